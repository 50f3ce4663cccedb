"""The Plan Entry Dates of a sheet, and which of them follows on completing the conditions (AA 2.01(d)-(i))."""

from collections.abc import Sequence
from dataclasses import dataclass
from datetime import date

import polars as pl

from planrules import law
from planrules.among import (
    first_on_or_after,
    first_strictly_after,
    last_on_or_before,
    last_strictly_before,
    nearest,
)
from planrules.check.sheet import Sheet
from planrules.dates import (
    MonthDay,
    months_after,
)

_DATES = ("2.01(d)", "2.01(e)", "2.01(f)")
_CHOICE = ("2.01(g)", "2.01(h)", "2.01(i)")
_HALF_YEAR = 6


@dataclass(frozen=True)
class EntryRule:
    """When somebody who completes the conditions takes part.

    Attributes:
        dates: the option that sets the Plan Entry Dates.
        choice: the option that chooses between them.
        plan_year_ends: the last day of the Plan Year.
        days: the days of the year of 2.01(f); empty for the other options.
        same_day: whether somebody who completes on a Plan Entry Date takes part that day.
        later_of_two: whether of two as near the later one counts.
    """

    dates: str
    choice: str
    plan_year_ends: MonthDay
    days: tuple[MonthDay, ...]
    same_day: bool
    later_of_two: bool

    def entered(self, completed: pl.Expr, first_year: int, last_year: int) -> pl.Expr:
        """The day of taking part after a completion well between these years."""
        days = self._between(first_year, last_year)
        if self.choice == "2.01(g)":
            return (first_on_or_after if self.same_day else first_strictly_after)(completed, days)
        if self.choice == "2.01(h)":
            return (last_on_or_before if self.same_day else last_strictly_before)(completed, days)
        return nearest(completed, days, "later" if self.later_of_two else "earlier")

    def _between(self, first_year: int, last_year: int) -> Sequence[date]:
        years = range(first_year, last_year + 1)
        if self.dates == "2.01(f)":
            return sorted(day.in_year(year) for year in years for day in self.days)
        starts = plan_year_starts(self.plan_year_ends, first_year, last_year)
        if self.dates == "2.01(e)":
            return starts
        halves = pl.DataFrame({"start": starts}).select(months_after(pl.col("start"), _HALF_YEAR)).to_series().to_list()
        return sorted([*starts, *halves])


def plan_year_starts(ends: MonthDay, first_year: int, last_year: int) -> list[date]:
    """The first day of every Plan Year that begins in these calendar years."""
    found = {law.plan_year_start_after(date(year, 1, 1), ends) for year in range(first_year - 1, last_year + 1)}
    return sorted(found)


def entry_rule(sheet: Sheet, ends: MonthDay) -> EntryRule | None:
    """The rule a sheet elects; null when its choices are not made or not clear."""
    dates, choice = sheet.only(*_DATES), sheet.only(*_CHOICE)
    days = tuple(sheet.blank("2.01(f)", "each") or ()) if dates == "2.01(f)" else ()
    if dates is None or choice is None or (dates == "2.01(f)" and not days):
        return None
    same_day = sheet.readings["entry_on_completion_day"] == "same_day"
    later = sheet.readings.get("nearest_entry_tie") == "later"
    return EntryRule(dates, choice, ends, days, same_day, later)
