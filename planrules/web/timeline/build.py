"""A timeline from an answer, the person's spells and the plan's terms."""

from collections.abc import Iterator, Mapping
from datetime import date, timedelta
from decimal import Decimal
from typing import Final

from planrules.answers import Answer
from planrules.answers.payable import paid_by
from planrules.answers.words import PERIODS, class_in_words
from planrules.people import Person
from planrules.plan import Terms
from planrules.plan.participation import plan_entry_dates
from planrules.web.cases import WANTS, Want
from planrules.web.timeline.marks import marks
from planrules.web.timeline.model import Kind, Mark, Measured, Outcome, Owned, Span, Timeline, VestingYear, Wait

_MARKED: Final[Mapping[Kind, Want]] = {
    "join": "join",
    "can_join": "join",
    "owned": "own",
    "leave": "paid",
    "payable": "paid",
    "paid_by": "paid",
}
"""The question that each day belongs to."""
_MARGIN = timedelta(days=92)
"""Room after the last day, so that what it is called can stand beside it."""


def timeline(
    answer: Answer, person: Person, terms: Terms, asked: tuple[Want, ...] = WANTS, *, guessed: bool = False
) -> Timeline:
    """The timeline of an answer for this person under these terms, as far as it bears on what is asked.

    `guessed`: the facts were taken as they stand, so that no day is decided.
    """
    found = tuple(_unsure(mark, guessed=guessed) for mark in marks(answer) if _MARKED[mark.kind] in asked)
    start, through = _bounds(answer, person, [mark.day for mark in found])
    dates = plan_entry_dates(terms.participation, through)
    return Timeline(
        who=answer.employee_id,
        asked=asked,
        as_of=answer.as_of,
        start=start,
        through=through,
        employment=tuple(Span(words=each.employer, start=each.start, through=each.end) for each in person.employment),
        left_out=tuple(_left_out(person, terms)),
        measured=tuple(_measured(answer, terms)) if "join" in asked else (),
        hours_needed=Decimal(terms.participation.eligibility_hours_required),
        entry_dates=tuple(day for day in dates if start <= day <= through) if "join" in asked else (),
        marks=found,
        vesting_years=tuple(
            VestingYear(start=row.start, through=row.through, hours=row.hours, earned=row.year, a_break=row.break_)
            for row in (answer.vesting.periods if "own" in asked else ())
        ),
        vesting_hours_needed=Decimal(terms.vesting.vesting_hours_required),
        owned=_owned(answer, terms),
        wait=_wait(answer) if "paid" in asked else None,
    )


def _unsure(mark: Mark, *, guessed: bool) -> Mark:
    return mark.model_copy(update={"status": "projected"}) if guessed and mark.status == "decided" else mark


def _bounds(answer: Answer, person: Person, days: list[date]) -> tuple[date, date]:
    """The first of the months that the picture begins with, and its last day."""
    starts = [each.start for each in person.employment] + [row.start for row in answer.participation.periods]
    ends = [answer.as_of, *days, *(row.through for row in answer.participation.periods)]
    first, last = min(*starts, answer.as_of), max(ends)
    return first.replace(day=1), min(last, date.max - _MARGIN) + _MARGIN


def _left_out(person: Person, terms: Terms) -> Iterator[Span]:
    for each in person.classes or ():
        if each.class_ in terms.participation.excluded_classes:
            yield Span(words=class_in_words(each.class_), start=each.start, through=each.end)


def _measured(answer: Answer, terms: Terms) -> Iterator[Measured]:
    needed = Decimal(terms.participation.eligibility_hours_required)
    for row in answer.participation.periods:
        outcome: Outcome = "year" if row.year_of_service else "short"
        if row.year_of_service is None or row.hours is None:
            outcome = "unknown"
        if not row.complete:
            outcome = "running"
        yield Measured(start=row.start, through=row.through, hours=row.hours, needed=needed, outcome=outcome)


def _owned(answer: Answer, terms: Terms) -> Owned:
    """The boxes: of the Employer's money, by the schedule that applies, or the one of ordinary Plan Years."""
    fast, slow = terms.vesting.schedules["employer"]
    needed = fast.full_years if answer.vesting.schedule == "top_heavy" else slow.full_years
    return Owned(
        earned=answer.vesting.years_of_service,
        needed=needed,
        year=PERIODS[answer.vesting.computation_period],
        schedule=answer.vesting.schedule,
    )


def _wait(answer: Answer) -> Wait | None:
    part = answer.distribution
    if part.event_on is None or part.payable_after_on is None or paid_by(answer) is not None:
        return None
    if part.payable_after_on <= part.event_on:
        return None
    first = part.event_on + timedelta(days=1)
    return Wait(start=first, through=part.payable_after_on, days=(part.payable_after_on - part.event_on).days)
