"""AA 2.01, Plan Entry Dates: the Effective Date and the days that come every year."""

from datetime import date

import polars as pl

from planrules import dates
from planrules.dates import MonthDay
from planrules.plan.elected import Agreement, Elected

_SEVENTH_MONTH = 6
"""Months from the first month of a Plan Year to its seventh."""
_A_LEAP_YEAR = 2000


def first_plan_entry_date(agreement: Agreement, days: Elected[tuple[MonthDay, ...]]) -> Elected[date]:
    """The day typed into 2.01(f), or else the Effective Date. `days`: the days of every year, as elected."""
    typed = agreement.blank("2.01(f)", "effective") if agreement.elections.has("2.01(f)") else None
    if typed is not None:
        return Elected(typed, ("AA 2.01(f)",))
    effective = agreement.effective_date
    return Elected(effective.value, (*days.cites, *effective.cites))


def entry_months(agreement: Agreement, days: Elected[tuple[MonthDay, ...]]) -> Elected[tuple[int, ...]]:
    """How many months into a Plan Year there is a Plan Entry Date on the first day; none where days are named."""
    months = (0, _SEVENTH_MONTH) if agreement.elections.has("2.01(d)") else (0,)
    return Elected(() if agreement.elections.has("2.01(f)") else months, days.cites)


def plan_entry_days(agreement: Agreement, plan_year_ends: MonthDay) -> Elected[tuple[MonthDay, ...]]:
    """The days of every year that are Plan Entry Dates; by the Plan Year, those of an ordinary year.

    Raises:
        UnsupportedElectionError: none of 2.01(d), (e) and (f) is checked, or more than one.
    """

    def named(option: str) -> tuple[MonthDay, ...]:
        return tuple(agreement.blank(option, "each"))

    return agreement.one_of(
        "the Plan Entry Dates",
        {
            "2.01(d)": lambda _: (_of_plan_year(plan_year_ends, 0), _of_plan_year(plan_year_ends, _SEVENTH_MONTH)),
            "2.01(e)": lambda _: (_of_plan_year(plan_year_ends, 0),),
            "2.01(f)": named,
        },
    )


def _of_plan_year(ends: MonthDay, months: int) -> MonthDay:
    """The first day of the Plan Year, so many months on."""
    first = dates.days_after(dates.plan_year_through_in(pl.lit(_A_LEAP_YEAR - 1), ends), 1)
    found = dates.one_day(dates.months_after(first, months))
    return MonthDay(found.month, found.day)
