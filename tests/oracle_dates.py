"""Dates of the plan, one day at a time: anniversaries, Plan Years, Plan Entry Dates."""

from collections.abc import Iterator
from datetime import date, timedelta

from dateutil.relativedelta import relativedelta
from oracle_terms import ENTRY_DAYS, FIRST_ENTRY_DATE, Terms

DAY = timedelta(days=1)


def anniversary(day: date, years: int, terms: Terms) -> date:
    """Same day `years` later; for 29 February in a common year 28 February or 1 March (convention 7)."""
    same = day + relativedelta(years=years)
    if same.day != day.day and terms.leap_day_anniversary == "mar_1":
        return same + DAY
    return same


def plan_year_end(day: date) -> date:
    """Last day, 30 September, of the Plan Year that holds the day (AA 1.17(a))."""
    end = date(day.year, 9, 30)
    return end if day <= end else date(day.year + 1, 9, 30)


def plan_year_start(day: date) -> date:
    """First day, 1 October, of the Plan Year that holds the day (AA 1.17(a))."""
    return date(plan_year_end(day).year - 1, 10, 1)


def month_end(day: date) -> date:
    """Last day of the calendar month that holds the day."""
    while (day + DAY).month == day.month:
        day += DAY
    return day


def is_entry_date(day: date) -> bool:
    """Say whether the day is 1 August 1993 or a 1 January, April, July or October after it (AA 2.01(f))."""
    return day == FIRST_ENTRY_DATE or (day > FIRST_ENTRY_DATE and (day.month, day.day) in ENTRY_DAYS)


def entry_date_after(day: date) -> date:
    """Plan Entry Date strictly after the day, found by walking (AA 2.01(f), (g); convention 30)."""
    walker = max(day + DAY, FIRST_ENTRY_DATE)
    while not is_entry_date(walker):
        walker += DAY
    return walker


def days(first: date, last: date) -> Iterator[date]:
    """Every day from the first to the last, both included."""
    while first <= last:
        yield first
        first += DAY
