"""The changes of law that overtook what the agreement elects, each with the day from which it counts for a plan.

`status` speaks of the date: confirmed when a source on file prints it. A change that is `permitted` only allows a plan
to follow; until the plan was amended its own term stood, so an answer has to say so and not switch by itself.
"""

from datetime import date
from functools import cache
from typing import Annotated, Literal, Self

from pydantic import Field, StringConstraints, model_validator

from planrules.errors import LawError
from planrules.law.annual_limits import limit_names
from planrules.law.dating import Dated
from planrules.law.reading import LawModel, file_names, parse, place, problem, unknown
from planrules.law.sourcing import Sourced, Text, load

ChangeId = Annotated[str, StringConstraints(pattern=r"^[a-z0-9]+(-[a-z0-9]+)*$")]
AnswerField = Annotated[str, StringConstraints(pattern=r"^[a-z]+(_[a-z]+)*$")]
Option = Annotated[str, StringConstraints(pattern=r"^\d\.\d\d(\([a-z0-9]+\))*$")]


class Overtakes(LawModel):
    """What of an answer, and which elected options of the agreement, a change overtakes."""

    answers: tuple[AnswerField, ...] = ()
    options: tuple[Option, ...] = ()


class Change(Dated, Sourced):
    """One dated change of law.

    Attributes:
        id: its name here, stable.
        law: the act or regulation, with its section.
        what: what it changed, in our words.
        who: whom or which money it reaches; null when everyone.
        cites: the provisions it changed.
        nature: `required` of every plan, or `permitted` to a plan that is amended for it.
        overtakes: answer fields and elected options whose meaning it changes; empty when no elected term is touched.
        carried_by: limit series and thresholds that already follow it, so that an amount looked up there is right.
        note: what is doubtful.
    """

    id: ChangeId
    law: Text
    what: Text
    who: Text | None = None
    cites: tuple[Text, ...] = Field(min_length=1)
    nature: Literal["required", "permitted"]
    overtakes: Overtakes = Overtakes()
    carried_by: tuple[Text, ...] = ()
    note: Text | None = None

    def touches(self, name: str) -> bool:
        """Whether it overtakes that answer field ("vested_percent") or elected option ("5.03(b)")."""
        return name in self.overtakes.answers or name in self.overtakes.options


class _ChangeFile(LawModel):
    changes: tuple[Change, ...]

    @model_validator(mode="after")
    def _in_order_and_once(self) -> Self:
        ids = [change.id for change in self.changes]
        repeated = sorted({name for name in ids if ids.count(name) > 1})
        if repeated:
            message = f"a change is given twice: {', '.join(repeated)}"
            raise ValueError(message)
        days = [change.effective for change in self.changes]
        if days != sorted(days):
            late = next(ids[i + 1] for i in range(len(days) - 1) if days[i + 1] < days[i])
            message = f"changes stand in the order of their dates; {late} is out of order"
            raise ValueError(message)
        return self


def parse_changes(text: str, where: str, known_sources: frozenset[str]) -> tuple[Change, ...]:
    """Changes from their YAML; raises `LawError` for every fault found."""
    return parse(_ChangeFile, text, where, known_sources).changes


@cache
def changes() -> tuple[Change, ...]:
    """Every change on file, by the law's date; raises `LawError` when the file is faulty."""
    read = load(_ChangeFile, "changes.yaml").changes
    on_file = {*limit_names(), *file_names("thresholds")}
    strays = [(found.id, name) for found in read for name in found.carried_by if name not in on_file]
    if strays:
        problems = [
            problem(f"{where} is carried by {name}, not on file", place("changes.yaml")) for where, name in strays
        ]
        raise LawError(problems)
    return read


def change(change_id: str) -> Change:
    """The change with that id; raises `LawError` for one that is not on file.

    >>> change("egtrra-2001-match-vesting").first_plan_year_start((9, 30)).isoformat()
    '2002-10-01'
    """
    for candidate in changes():
        if candidate.id == change_id:
            return candidate
    raise LawError([unknown("change", change_id, place("changes.yaml"), (found.id for found in changes()))])


def changes_overtaking(name: str, on: date, plan_year_end: tuple[int, int]) -> tuple[Change, ...]:
    """The changes in force on a day that overtake an answer field or an elected option.

    Args:
        name: an answer field ("vested_percent") or an option's citation ("5.03(b)").
        on: the day; for a distribution the day it is made.
        plan_year_end: month and day of the last day of the Plan Year.

    >>> [found.id for found in changes_overtaking("consent_required", date(1997, 10, 1), (9, 30))]
    ['tra-1997-cash-out']
    """
    return tuple(found for found in changes() if found.touches(name) and found.in_force(on, plan_year_end))
