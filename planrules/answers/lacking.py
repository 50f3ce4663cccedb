"""Which facts an answer lacks, by name, and of which days the hours are lacking."""

from collections.abc import Iterator
from datetime import date, timedelta

from planrules.answers.models import Answer
from planrules.answers.notes import FACTS
from planrules.answers.status_words import names_behind
from planrules.answers.words import listed, spoken_date
from planrules.people import Person

_TOGETHER = "everything"
_NEXT = timedelta(days=1)


def lacking(answer: Answer, section: str, person: Person | None = None) -> str | None:
    """The facts that a section's sentence lacks, as a noun; null where it lacks none.

    With the `person`, missing hours are told with the days of the rows that have none.
    """
    names = names_behind(answer, section)
    facts = dict.fromkeys(each.fact for each in answer.missing if each.needed_for in names)
    if len(facts) > 1:
        facts.pop(_TOGETHER, None)
    told = [f"{FACTS[fact]}{_days(person, answer.as_of) if fact == 'hours' else ''}" for fact in facts]
    return listed(told) or None


def _days(person: Person | None, as_of: date) -> str:
    spans = [f"{spoken_date(start)} to {spoken_date(end)}" for start, end in _without_hours(person, as_of)]
    return f" ({listed(spans)})" if spans else ""


def _without_hours(person: Person | None, as_of: date) -> Iterator[tuple[date, date]]:
    """The days of rows without hours; rows that follow on each other are one span."""
    rows = () if person is None else person.pay or ()
    blank = sorted((row.start, row.end) for row in rows if row.hours is None and row.end <= as_of)
    joined: list[tuple[date, date]] = []
    for start, end in blank:
        if joined and start <= joined[-1][1] + _NEXT:
            first, last = joined.pop()
            joined.append((first, max(end, last)))
        else:
            joined.append((start, end))
    yield from joined
