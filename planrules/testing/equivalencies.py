"""Hours by units of time in plain Python (AA 1.27(b), 29 CFR 2530.200b-3): bounds on what an equivalency credits."""

from calendar import monthrange
from collections.abc import Iterable, Iterator
from datetime import date, timedelta
from decimal import Decimal

from planrules.people.models import PayRow
from planrules.plan.service import Service
from planrules.testing.plan_calendar import DAY, Span

_WEEK = timedelta(days=6)
_MIDDLE = 15
_SUNDAY = 6
_ONE_HOUR = Decimal(1)


def unit_of(day: date, service: Service) -> Span:
    """The day, week, half month or month that holds a day."""
    match service.equivalency:
        case "weekly":
            back = (day.weekday() - (_SUNDAY if service.week_begins == "sunday" else 0)) % 7
            first = day - timedelta(days=back)
            return Span(first, first + _WEEK)
        case "monthly" | "semi_monthly":
            month = Span(day.replace(day=1), day.replace(day=monthrange(day.year, day.month)[1]))
            middle = day.replace(day=_MIDDLE)
            if service.equivalency == "monthly":
                return month
            return Span(month.first, middle) if day <= middle else Span(middle + DAY, month.last)
        case _:
            return Span(day, day)


def _units(row: PayRow, service: Service) -> Iterator[Span]:
    """The units that a row touches."""
    unit = unit_of(row.start, service)
    while unit.first <= row.end:
        yield unit
        unit = unit_of(unit.last + DAY, service)


def least_credited(rows: Iterable[PayRow], span: Span, service: Service) -> Decimal:
    """Hours of the units wholly within a span in each of which a row with an hour surely lies."""
    sure: set[Span] = set()
    told = 0
    for row in rows:
        unit = unit_of(row.start, service)
        inside = span.first <= unit.first and unit.last <= span.last
        if service.equivalency == "daily" and row.start < row.end:
            told += (row.days or 0) if (row.hours or 0) >= _ONE_HOUR and row.end <= span.last and inside else 0
        elif inside and unit.holds(row.end) and (row.hours or 0) >= _ONE_HOUR:
            sure.add(unit)
    return Decimal((len(sure) + told) * service.equivalency_hours)


def most_credited(rows: Iterable[PayRow], span: Span, service: Service) -> Decimal:
    """Hours of every unit that touches a span and a row with some hours, or with hours that are not on record."""
    touched = {
        unit
        for row in rows
        if row.hours is None or row.hours or row.days
        for unit in _units(row, service)
        if unit.meets(span)
    }
    return Decimal(len(touched) * service.equivalency_hours)
