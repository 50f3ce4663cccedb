"""Days that matter to the plan, for Hypothesis: the edges and their neighbours, never any day at all."""

from collections.abc import Iterable
from datetime import date, timedelta
from typing import Final

from dateutil.relativedelta import relativedelta
from hypothesis import strategies as st

FIRST_YEAR: Final = 1985
LAST_YEAR: Final = 2001
DAY: Final = timedelta(days=1)

# Plan Year ends, Plan Entry Dates, month ends and leap days, each with the days beside it. Simplest first.
MONTH_DAYS: Final = (
    *((10, 1), (9, 30), (10, 2), (1, 1), (12, 31), (1, 2), (4, 1), (3, 31), (4, 2), (7, 1), (6, 30), (7, 2)),
    *((8, 1), (7, 31), (2, 28), (3, 1), (1, 31), (4, 30), (5, 31), (10, 15), (11, 29)),
)
EDGES: Final = tuple(date(year, *each) for year in range(FIRST_YEAR, LAST_YEAR + 1) for each in MONTH_DAYS)
LEAP_DAYS: Final = tuple(date(year, 2, 29) for year in range(1988, LAST_YEAR, 4))
PLAN_YEAR_ENDS: Final = tuple(date(year, 9, 30) for year in range(FIRST_YEAR, LAST_YEAR + 1))


def some_of(days: Iterable[date], first: date, last: date) -> st.SearchStrategy[date]:
    """Draw one of the days that lie between two others, both included; the first day if none does."""
    inside = list(dict.fromkeys(day for day in days if first <= day <= last))
    return st.sampled_from(inside or [first])


def edge_days(first: date, last: date) -> st.SearchStrategy[date]:
    """Draw an edge between two days, both included; leap days far more often than the calendar has them."""
    if not any(first <= day <= last for day in LEAP_DAYS):
        return some_of(EDGES, first, last)
    return st.one_of(some_of(EDGES, first, last), some_of(EDGES, first, last), some_of(LEAP_DAYS, first, last))


def beside(*days: date) -> list[date]:
    """Give each day, the day after and the day before."""
    return [day + shift for day in days for shift in (timedelta(), DAY, -DAY)]


def years_after(day: date, *years: int) -> list[date]:
    """Give the anniversaries of a day; 28 February for a leap day in a common year."""
    return [day + relativedelta(years=each) for each in years]


def plan_year_end(day: date) -> date:
    """Give the 30 September on or after the day."""
    return date(day.year + (day > date(day.year, 9, 30)), 9, 30)


def entry_dates(first: date, last: date) -> list[date]:
    """Give the first days of the quarters between two days."""
    return [day for day in EDGES if day.day == 1 and day.month in {1, 4, 7, 10} and first <= day <= last]
