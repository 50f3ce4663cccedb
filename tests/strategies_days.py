"""Days that matter to the plan, for Hypothesis: the edges and their neighbours, never any day at all."""

from collections.abc import Iterable
from dataclasses import dataclass
from datetime import date, timedelta
from typing import Final

from dateutil.relativedelta import relativedelta
from hypothesis import strategies as st

FIRST_YEAR: Final = 1985
LAST_YEAR: Final = 2001
DAY: Final = timedelta(days=1)

# Month ends, leap days and Steel's edges, each with the days beside it. Simplest first.
MONTH_DAYS: Final = (
    *((10, 1), (9, 30), (10, 2), (1, 1), (12, 31), (1, 2), (4, 1), (3, 31), (4, 2), (7, 1), (6, 30), (7, 2)),
    *((8, 1), (7, 31), (2, 28), (3, 1), (1, 31), (4, 30), (5, 31), (10, 15), (11, 29)),
)
EDGES: Final = tuple(date(year, *each) for year in range(FIRST_YEAR, LAST_YEAR + 1) for each in MONTH_DAYS)
LEAP_DAYS: Final = tuple(date(year, 2, 29) for year in range(1988, LAST_YEAR, 4))


@dataclass(frozen=True)
class Calendar:
    """Days that matter to one plan: the last day of its Plan Years (29: the last of February) and its entry days."""

    ends: tuple[int, int] = (9, 30)
    entry_days: tuple[tuple[int, int], ...] = ((1, 1), (4, 1), (7, 1), (10, 1))

    def plan_year_end(self, day: date) -> date:
        """Give the last day of a Plan Year on or after the day."""
        end = self._end_in(day.year)
        return end if day <= end else self._end_in(day.year + 1)

    def _end_in(self, year: int) -> date:
        return date(year, self.ends[0], 1) + relativedelta(day=self.ends[1])

    def plan_year_ends(self, last_year: int = LAST_YEAR) -> tuple[date, ...]:
        """Give the last days of the Plan Years up to a calendar year."""
        return tuple(self._end_in(year) for year in range(FIRST_YEAR, last_year + 1))

    def entry_dates(self, first: date, last: date) -> list[date]:
        """Give the entry days between two days."""
        years = range(first.year, last.year + 1)
        return [day for year in years for each in self.entry_days if first <= (day := date(year, *each)) <= last]

    def edges(self) -> tuple[date, ...]:
        """Give the last days of Plan Years with the days beside them, the entry days, and the edges of any plan."""
        if self == STEEL:
            return EDGES
        return (
            *beside(*self.plan_year_ends()),
            *self.entry_dates(date(FIRST_YEAR, 1, 1), date(LAST_YEAR, 1, 1)),
            *EDGES,
        )


STEEL: Final = Calendar()


def some_of(days: Iterable[date], first: date, last: date) -> st.SearchStrategy[date]:
    """Draw one of the days that lie between two others, both included; the first day if none does."""
    inside = list(dict.fromkeys(day for day in days if first <= day <= last))
    return st.sampled_from(inside or [first])


def edge_days(first: date, last: date, calendar: Calendar = STEEL) -> st.SearchStrategy[date]:
    """Draw an edge between two days, both included; leap days far more often than the calendar has them."""
    if not any(first <= day <= last for day in LEAP_DAYS):
        return some_of(calendar.edges(), first, last)
    edges = some_of(calendar.edges(), first, last)
    return st.one_of(edges, edges, some_of(LEAP_DAYS, first, last))


def beside(*days: date) -> list[date]:
    """Give each day, the day after and the day before."""
    return [day + shift for day in days for shift in (timedelta(), DAY, -DAY)]


def years_after(day: date, *years: int) -> list[date]:
    """Give the anniversaries of a day; 28 February for a leap day in a common year."""
    return [day + relativedelta(years=each) for each in years]
