"""What a rule is: one named column, its citation, its sentence and its expression.

The rule's function name is the column, the JSON field and the heading in the docs. Its sentence (`says`) names in
braces the facts that decided it; those facts are what an explanation lists under `from`. A single sentence is said
where the rule has a value. A rule whose reason differs from person to person gives a sentence a case, and its `case`
makes the column (`<rule>.case`) that tells them apart; a person whose case is null gets no sentence.
"""

from collections.abc import Callable, Mapping, Sequence
from dataclasses import dataclass
from datetime import date
from string import Formatter
from typing import Any, Generic, Literal, TypeVar

import polars as pl

from planrules.dates import Calendar

Unit = Literal["date", "hours", "money", "percent", "count", "rate", "flag", "word", "words"]
Build = Callable[..., pl.Expr]
P = TypeVar("P")

ALWAYS = "always"
"""The case of a rule with a single sentence."""


@dataclass(frozen=True)
class Rule:
    """A named, cited column.

    Attributes:
        name: the column it gives.
        unit: what its values are; hours and money are whole hundredths inside the engine.
        cites: provisions whose election set it ("@name"), or sections and statutes by name.
        says: the sentence of each case, with facts in braces.
        case: makes the expression of the case; null for a rule with one sentence, said where there is a value.
        build: makes the expression from the plan's provisions (and, in a ledger, from this and the last period).
    """

    name: str
    unit: Unit
    cites: tuple[str, ...]
    says: Mapping[str, str]
    case: Build | None
    build: Build

    @property
    def doc(self) -> str:
        """The rule's docstring: what the value is, and what null means."""
        return (self.build.__doc__ or "").strip()

    @property
    def case_column(self) -> str:
        """The name of the column that holds the case."""
        return f"{self.name}.case"

    @property
    def cites_column(self) -> str:
        """The name of the column, where there is one, of the citations that decided for the person alone."""
        return f"{self.name}.cites"

    def column(self, *provisions: Any) -> pl.Expr:  # noqa: ANN401  each module's rules take their own provisions
        """The expression under the rule's name."""
        return self.build(*provisions).alias(self.name)


def rule(
    *, cites: Sequence[str], says: str | Mapping[str, str], unit: Unit, case: Build | None = None
) -> Callable[[Build], Rule]:
    """Makes a rule of a function from provisions to an expression; the function's name is the column's name."""
    sentences = {ALWAYS: says} if isinstance(says, str) else dict(says)
    if not cites or not all(sentences.values()):
        msg = "a rule needs a citation and a sentence"
        raise ValueError(msg)

    def make(build: Build) -> Rule:
        name = getattr(build, "__name__", "")
        return Rule(name=name, unit=unit, cites=tuple(cites), says=sentences, case=case, build=build)

    return make


def facts_in(sentence: str) -> tuple[str, ...]:
    """The facts a sentence names, in order, each once."""
    return tuple(dict.fromkeys(field for _, field, _, _ in Formatter().parse(sentence) if field))


def build_columns(frame: pl.LazyFrame, rules: Sequence[Rule], *provisions: Any) -> pl.LazyFrame:  # noqa: ANN401
    """The frame with one column a rule, in the order given, each rule seeing the columns before it."""
    for each in rules:
        frame = frame.with_columns(each.column(*provisions))
        if each.case is not None:
            frame = frame.with_columns(each.case(*provisions).alias(each.case_column))
    return frame


@dataclass(frozen=True)
class Given(Generic[P]):
    """What the rules of an article read besides columns: its provisions, the Plan Years and the evaluation date."""

    provisions: P
    plan_years: Calendar
    as_of: date

    def plan_year_through(self, day: pl.Expr) -> pl.Expr:
        """The last day of the Plan Year that contains `day`."""
        return self.plan_years.through(self.plan_years.number(day))
