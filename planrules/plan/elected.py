"""How a provision gets its value: from a checked option, a reading or a number the document fixes, with citations."""

from collections.abc import Callable, Mapping
from dataclasses import dataclass, field
from datetime import date
from functools import cache
from importlib import resources
from typing import Any, Generic, Self, TypeVar

import yaml
from pydantic import BaseModel, ConfigDict

from planrules.elections import Elections
from planrules.errors import Problem, UnsupportedElectionError
from planrules.plan.citing import standing
from planrules.plan.readings import Choices, catalogue
from planrules.plan.scope import not_evaluated, scope
from planrules.supplements import Supplement

T = TypeVar("T")
S = TypeVar("S", bound=Supplement)
P = TypeVar("P", bound="Provisions")


@dataclass(frozen=True)
class Elected(Generic[T]):
    """A value and the options, sections or readings that set it."""

    value: T
    cites: tuple[str, ...]


class Provisions(BaseModel):
    """Typed provisions of one article; `set_by` names for each field what set it."""

    model_config = ConfigDict(frozen=True, extra="forbid")

    set_by: Mapping[str, tuple[str, ...]]

    @classmethod
    def of(cls, **elected: Elected[Any]) -> Self:
        """The provisions from their elected values."""
        values = {name: each.value for name, each in elected.items()}
        return cls(set_by={name: each.cites for name, each in elected.items()}, **values)


@dataclass(frozen=True)
class Untold:
    """An option whose effect nobody has told, mostly words of the employer's own, and the answers that rest on it.

    Attributes:
        option: the option's citation.
        fields: the fields of an answer that cannot be given.
        only: the column of the people it reaches (a flag of the engine); null when it reaches everybody.
        before: it reaches only people whose service began before this day; null when it does not depend on that.
        lacks: what would have to be told, as the rest of a sentence; null where it is the meaning of the words.
    """

    option: str
    fields: tuple[str, ...]
    only: str | None = None
    before: date | None = None
    lacks: str | None = None


@dataclass(frozen=True)
class Agreement:
    """What one employer checked and how it reads the unclear places: the source of every provision.

    `untold` collects the options in free text whose meaning is not told; `tell_not` adds to it.
    """

    elections: Elections
    choices: Choices
    untold: list[Untold] = field(default_factory=list)

    def meaning(self, option: str, kind: type[S], fields: tuple[str, ...], only: str | None = None) -> S | None:
        """The structured meaning of an option's free text; null where none is told, and the fields stay open.

        An option that is not checked has no meaning either, and leaves nothing open.
        """
        found = self.elections.supplements.get(option)
        if isinstance(found, kind):
            return found
        if self.elections.has(option):
            self.tell_not(option, fields, only)
        return None

    def words(self, option: str, blank: str, fields: tuple[str, ...]) -> str | None:
        """What the words in a blank mean, where they are understood; null where not, and the fields stay open."""
        meaning = scope().meaning(option, blank, self.elections.blank(option, blank))
        if meaning is None:
            self.tell_not(option, fields)
        return meaning

    def tell_not(
        self,
        option: str,
        fields: tuple[str, ...],
        only: str | None = None,
        *,
        before: date | None = None,
        lacks: str | None = None,
    ) -> None:
        """Notes that these answers rest on words whose meaning, or on something else that, is not told."""
        self.untold.append(Untold(option, fields, only, before, lacks))

    @property
    def effective_date(self) -> Elected[date]:
        """The Effective Date: that of a new plan, or the restated one (AA 1.18).

        Raises:
            UnsupportedElectionError: neither is filled in.
        """
        for name in ("new_plan_effective_on", "restated_effective_on"):
            if (day := self.elections.blank("1.18", name)) is not None:
                return Elected(day, ("AA 1.18",))
        raise UnsupportedElectionError([not_evaluated("1.18: no Effective Date is filled in")])

    @property
    def first_effective_date(self) -> Elected[date]:
        """The day the plan first came into force: of a restated plan, the day it was originally established (AA 1.18).

        Raises:
            UnsupportedElectionError: no Effective Date is filled in.
        """
        new = self.elections.blank("1.18", "new_plan_effective_on") is not None
        original = self.elections.blank("1.18", "originally_established_on")
        return self.effective_date if new or original is None else Elected(original, ("AA 1.18",))

    def one_of(self, what: str, options: Mapping[str, Callable[[str], T]]) -> Elected[T]:
        """The value of the one option of a group that is checked, made by its function from the citation.

        Raises:
            UnsupportedElectionError: none of these options is checked, or more than one.
        """
        checked = [option for option in options if self.elections.has(option)]
        if len(checked) != 1:
            raise UnsupportedElectionError([_not_one(what, options, checked)])
        return Elected(options[checked[0]](checked[0]), (f"AA {checked[0]}",))

    def flags(self, options: Mapping[str, T]) -> Elected[tuple[T, ...]]:
        """The values of all these options that are checked."""
        checked = [option for option in options if self.elections.has(option)]
        return Elected(tuple(options[option] for option in checked), tuple(f"AA {option}" for option in checked))

    def blank(self, option: str, name: str) -> Any:  # noqa: ANN401  each blank has its own type, checked on load
        """What was filled into a blank of a checked option."""
        return self.elections.blank(option, name)

    def reading(self, name: str, *, bears: bool = True) -> Elected[str]:
        """The option in force for a reading; where the plan has nothing it `bears` on, the one evaluated by default."""
        reading = catalogue()[name]
        return Elected(self.choices[name] if bears else reading.evaluated, reading.cites)

    def citing(self, provisions: P) -> P:
        """The provisions as this plan cites them: only by options that are checked, or a section left blank."""
        stand = {name: standing(cites, self.elections.checked) for name, cites in provisions.set_by.items()}
        return provisions.model_copy(update={"set_by": stand})

    def fixed(self, name: str) -> Elected[int]:
        """A number that the document or a printed option fixes."""
        return fixed_numbers()[name]


@cache
def fixed_numbers() -> Mapping[str, Elected[int]]:
    """The numbers of basic plan document #01 by name."""
    text = resources.files(__package__).joinpath("basic_plan_01.yaml").read_text(encoding="utf-8")
    return {name: Elected(int(entry["value"]), tuple(entry["cites"])) for name, entry in yaml.safe_load(text).items()}


def _not_one(what: str, options: Mapping[str, object], checked: list[str]) -> Problem:
    found = ", ".join(checked) or "none of them"
    return not_evaluated(f"{what}: exactly one of {', '.join(options)} is evaluated, and {found} is checked")
