"""What the engine can evaluate: everything else that is checked is refused by name, never passed over."""

from collections.abc import Iterator, Mapping
from functools import cache
from importlib import resources
from typing import Annotated

import yaml
from pydantic import BaseModel, BeforeValidator, ConfigDict

from planrules.elections import Elections
from planrules.errors import Problem, UnsupportedElectionError
from planrules.form import load_form


def _flattened(by_article: Mapping[str, list[list[str]]]) -> frozenset[str]:
    """The options of every article and section; the file keeps a line a section."""
    return frozenset(option for sections in by_article.values() for section in sections for option in section)


class Scope(BaseModel):
    """The options evaluated, those without effect on an answer, the words understood, the groups readings settle.

    `shown` have no effect on an answer either, and are told where a plan is shown in words.
    `meanings` holds words of blanks and what they stand for; answers that rest on other words are left open.
    `distribution_dates` are the words that tell a date in a blank of 6.01 or 6.03; "Nth" stands for any ordinal.
    """

    model_config = ConfigDict(frozen=True, extra="forbid")

    evaluated: Annotated[frozenset[str], BeforeValidator(_flattened)]
    no_effect: Mapping[str, frozenset[str]]
    shown: frozenset[str]
    meanings: Mapping[str, Mapping[str, Mapping[str, str]]]
    distribution_dates: tuple[str, ...]
    settled: Mapping[str, str]

    @property
    def known(self) -> frozenset[str]:
        """Every option that may be checked."""
        return self.evaluated.union(self.shown, *self.no_effect.values())

    def meaning(self, option: str, blank: str, words: object) -> str | None:
        """The provision that words in a blank stand for; null when they are not understood."""
        known = {_plain(each): value for each, value in self.meanings[option][blank].items()}
        return known.get(_plain(words))


@cache
def scope() -> Scope:
    """The scope of this version of the engine."""
    text = resources.files(__package__).joinpath("scope.yaml").read_text(encoding="utf-8")
    return Scope.model_validate(yaml.safe_load(text))


def refuse_what_is_not_evaluated(elections: Elections) -> None:
    """Nothing for an agreement the engine evaluates in full.

    Raises:
        UnsupportedElectionError: every option, contradiction and wording that it does not.
    """
    problems = [*_options(elections), *_contradictions(elections)]
    if problems:
        raise UnsupportedElectionError(problems)


def _options(elections: Elections) -> Iterator[Problem]:
    for option in elections.checked:
        if option not in scope().known:
            yield not_evaluated(f"{option}: the engine does not evaluate this option")


def _contradictions(elections: Elections) -> Iterator[Problem]:
    for group in load_form(elections.form).group.values():
        sole = (
            {option.citation for option in group.options}
            if group.choose.rule == "exactly_one"
            else {*group.choose.sole}
        )
        counted = [
            option.citation
            for option in group.options
            if elections.has(option.citation) and option.citation not in group.choose.additional
        ]
        if len(counted) > 1 and sole.intersection(counted) and group.citation not in scope().settled:
            yield not_evaluated(f"{', '.join(counted)}: the form allows one of these, and no reading settles which")


def _plain(words: object) -> str:
    return " ".join(str(words or "").split()).casefold()


def not_evaluated(what: str) -> Problem:
    """An election outside the engine's range."""
    return Problem(
        what=what,
        where="elections, checked",
        why="Answers for this plan would be guesses, so there are none.",
        do="docs/reference/elections.md lists what is evaluated.",
    )
