"""Edges of the calendar: month ends, 29 February, Plan Year ends, Plan Entry Dates and the days beside them."""

from collections.abc import Callable, Iterable
from datetime import date, timedelta

from planrules.api import Plan
from planrules.testing.edges.edge import Edge
from planrules.testing.edges.sight import Sight
from planrules.testing.turns import DAY

_NONE = timedelta()


def _started(sight: Sight) -> Iterable[date]:
    return (each.start for each in sight.own)


def _left(sight: Sight) -> Iterable[date]:
    return sight.left_on


def _asked(sight: Sight) -> Iterable[date]:
    return (sight.as_of,)


def _completed(sight: Sight) -> Iterable[date]:
    return () if sight.completed_on is None else (sight.completed_on,)


def _on_plan_year_end(days: Callable[[Sight], Iterable[date]], shift: timedelta) -> Callable[[Sight], bool]:
    return lambda sight: any(sight.turns.plan_year_end(day - shift) == day - shift for day in days(sight))


def _on_entry_date(days: Callable[[Sight], Iterable[date]], shift: timedelta) -> Callable[[Sight], bool]:
    return lambda sight: any(day - shift in sight.turns.entry_date_set for day in days(sight))


def _on_leap_day(day: date) -> bool:
    return (day.month, day.day) == (2, 29)


def _on_month_end(sight: Sight) -> bool:
    return any((day + DAY).day == 1 for each in sight.own for day in (each.start, each.end) if day is not None)


def _on_leap_anniversary(sight: Sight) -> bool:
    """On 27 or 28 February or 1 March of another year, where an anniversary of 29 February matters."""
    first = sight.spells[0].start if sight.spells else None
    if first is None or not _on_leap_day(first):
        return False
    days = [sight.as_of, *sight.left_on, *(row.end for row in sight.rows)]
    return any(day > first and (day.month, day.day) in {(2, 27), (2, 28), (3, 1)} for day in days)


def _completes(plan: Plan) -> bool:
    """Whether the day of completion is another than the first day."""
    asked = plan.terms.participation.conditions
    return bool(asked.years or asked.months or asked.age)


_WHO: tuple[tuple[str, str, Callable[[Sight], Iterable[date]]], ...] = (
    ("hired", "the first day of a stretch of employment is", _started),
    ("left", "the last day of a stretch of employment is", _left),
    ("asked", "the day asked about is", _asked),
)
_WHEN_BESIDE = (("day_before", "the day before", -DAY), ("on", "", _NONE), ("day_after", "the day after", DAY))


def _of_plan_years() -> Iterable[Edge]:
    for who, says, days in _WHO:
        yield Edge(f"{who}_on_plan_year_end", f"{says} the last day of a Plan Year", _on_plan_year_end(days, _NONE))
        yield Edge(
            f"{who}_day_after_plan_year_end", f"{says} the first day of a Plan Year", _on_plan_year_end(days, DAY)
        )


def _of_entry_dates() -> Iterable[Edge]:
    completed = ("completed", "the conditions for joining are completed on", _completed)
    for who, says, days in (*_WHO, completed):
        for when, words, shift in _WHEN_BESIDE:
            yield Edge(
                f"{who}_{when}_entry_date",
                " ".join(f"{says} {words} a Plan Entry Date".split()),
                _on_entry_date(days, shift),
                *((_completes,) if who == "completed" else ()),
            )


OF_DAYS: tuple[Edge, ...] = (
    Edge("month_end", "employment begins or ends on the last day of a month", _on_month_end),
    Edge(
        "leap_day_start",
        "employment begins on 29 February",
        lambda sight: any(_on_leap_day(each.start) for each in sight.spells),
    ),
    Edge(
        "leap_day_birth",
        "born on 29 February",
        lambda sight: sight.person.birth_date is not None and _on_leap_day(sight.person.birth_date),
    ),
    Edge(
        "leap_day_anniversary",
        "of somebody who began on 29 February something ends, or is asked, about an anniversary",
        _on_leap_anniversary,
    ),
    *_of_plan_years(),
    *_of_entry_dates(),
)
