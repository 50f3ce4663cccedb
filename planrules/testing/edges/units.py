"""The units of an equivalency in which somebody worked, counted from pay rows (AA 1.27(b))."""

from collections.abc import Callable, Iterator, Sequence
from datetime import date
from decimal import Decimal

from planrules.dates import MONTHS_IN_A_YEAR
from planrules.people.models import PayRow
from planrules.plan.service import Service

_MIDDLE_OF_A_MONTH = 15
_DAYS_IN_A_WEEK = 7
_FIRST_DAYS_OF_WEEK = {"sunday": date(1899, 12, 31), "monday": date(1900, 1, 1)}


def units(rows: Sequence[PayRow], service: Service) -> Iterator[tuple[date, date, Decimal]]:
    """Each unit with work once: the day it is counted on, twice, and its hours.

    A row counts for every unit that it reaches into; under a daily equivalency as many days as it says, on its span.
    """
    value = Decimal(service.equivalency_hours)
    worked = [row for row in rows if row.hours]
    if service.equivalency == "daily":
        for row in worked:
            yield row.start, row.end, (row.days or 0) * value
        return
    number = _numbers(service)
    first_days: dict[int, date] = {}
    for row in worked:
        first = number(row.start)
        first_days.setdefault(first, row.start)
        for each in range(first + 1, number(row.end) + 1):
            first_days.setdefault(each, _first_day(each, row, number))
    for day in first_days.values():
        yield day, day, value


def _numbers(service: Service) -> Callable[[date], int]:
    if service.equivalency == "weekly":
        monday = _FIRST_DAYS_OF_WEEK[service.week_begins]
        return lambda day: (day - monday).days // _DAYS_IN_A_WEEK
    if service.equivalency == "monthly":
        return lambda day: day.year * MONTHS_IN_A_YEAR + day.month
    return lambda day: (day.year * MONTHS_IN_A_YEAR + day.month) * 2 + (day.day > _MIDDLE_OF_A_MONTH)


def _first_day(unit: int, row: PayRow, number: Callable[[date], int]) -> date:
    """The first day of a unit that a row reaches into, found by halving."""
    low, high = row.start.toordinal(), row.end.toordinal()
    while low < high:
        middle = (low + high) // 2
        if number(date.fromordinal(middle)) < unit:
            low = middle + 1
        else:
            high = middle
    return date.fromordinal(low)
