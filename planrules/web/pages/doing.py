"""What to do next about facts that were typed: they are changed in the form, for there is no file of the person."""

from collections.abc import Iterator, Mapping
from dataclasses import dataclass
from datetime import date, timedelta
from typing import Final

from planrules.answers import Answer
from planrules.answers.next_steps import wanted_facts
from planrules.answers.words import listed, spoken_date
from planrules.people import Person
from planrules.web.cases import Case

_IN_FORM: Final[Mapping[str, tuple[str, str]]] = {
    "hours": ("Fill in the hours that are not known", "hours-rows"),
    "days": ("Give the hours by shorter periods", "hours-rows"),
    "pay": ("Tell the hours worked", "hours-rows"),
    "birth_date": ("Tell the birth date", "birth_date-month"),
    "classes": ("Tell whether they were ever in a group that the plan leaves out", "class-rows"),
    "accounts": ("Tell the account balances", "accounts_known"),
    "reason": ("Tell why the employment ended", "spell-rows"),
}
"""What the form asks for, by the fact that is missing, and where."""
_GAP: Final = "pay_gap"
_DAY: Final = timedelta(days=1)
FACTS: Final = frozenset({*_IN_FORM, _GAP})
"""The facts that are told in the form."""


@dataclass(frozen=True)
class Step:
    """What to do in the form, and the place there."""

    says: str
    field: str


def steps(case: Case, answer: Answer) -> Iterator[Step]:
    """The steps of somebody whose facts were typed; none for anybody else."""
    if case.source != "typed" or case.person is None:
        return
    wanted = wanted_facts(answer)
    yield from (Step(f"{_IN_FORM[fact][0]}.", _IN_FORM[fact][1]) for fact in wanted if fact in _IN_FORM)
    if _GAP in wanted:
        gaps = [f"{spoken_date(start)} to {spoken_date(end)}" for start, end in _gaps(case.person, case.as_of)]
        rows = "a row of hours" if len(gaps) == 1 else "rows of hours"
        if gaps:
            yield Step(f"Add {rows} for {listed(gaps)}, 0 where none were worked.", "hours-rows")


def _gaps(person: Person, as_of: date) -> Iterator[tuple[date, date]]:
    """The employed days so far that no row of hours has, first and last."""
    rows = sorted((row.start, row.end) for row in person.pay or ())
    for span in sorted(person.employment, key=lambda span: span.start):
        day, last = span.start, min(span.end or as_of, as_of)
        for start, end in rows:
            if day < start <= last:
                yield day, start - _DAY
            day = max(day, end + _DAY)
        if day <= last:
            yield day, last
