"""Section 3.01(k) and Article XIV: the next days for a change, and the limits on elective deferrals.

Needs: plan_year_compensation, deferred_in_plan_year and deferred_in_calendar_year (cents).
"""

from bisect import bisect_right
from collections.abc import Sequence
from dataclasses import dataclass
from datetime import date, timedelta

import polars as pl

from planrules.book import Rule, rule
from planrules.dates import MonthDay
from planrules.plan.deferral import Deferral, Times

_DAY = timedelta(days=1)


@dataclass(frozen=True)
class Given:
    """What the rules read besides columns.

    Attributes:
        entry_dates: the Plan Entry Dates, ascending.
        plan_year_through: the last day of the Plan Year that contains the evaluation date.
        annual_limit: dollars for the calendar year, null when not on file.
    """

    provisions: Deferral
    entry_dates: Sequence[date]
    plan_year_through: date
    annual_limit: int | None
    as_of: date


def _next(times: Times | None, given: Given) -> pl.Expr:
    """The next of these times strictly after the evaluation date; null when it is not known."""
    return pl.lit(None if times is None else _day(times, given), dtype=pl.Date)


def _day(times: Times, given: Given) -> date | None:
    as_of = given.as_of
    match times.kind:
        case "plan_entry_date":
            at = bisect_right(given.entry_dates, as_of)
            return given.entry_dates[at] if at < len(given.entry_dates) else None
        case "month":
            return date(as_of.year + as_of.month // 12, as_of.month % 12 + 1, 1)
        case "plan_year":
            return given.plan_year_through + _DAY
        case "until_day" if times.days:
            return _until(times.days[0], given)
        case "days" if times.days:
            coming = [day.in_year(year) for year in (as_of.year, as_of.year + 1) for day in times.days]
            return min(day for day in coming if day > as_of)
        case _:
            return None


def _until(last: MonthDay, given: Given) -> date:
    """The day after, while that day of the Plan Year has not passed; else the first day of the next Plan Year."""
    through = given.plan_year_through
    year = through.year if last.in_year(through.year) <= through else through.year - 1
    tomorrow = given.as_of + _DAY
    return tomorrow if tomorrow <= last.in_year(year) else through + _DAY


@rule(
    cites=["@changing"],
    says="A salary reduction agreement can next be changed on {next_change_on}.",
    unit="date",
)
def next_change_on(given: Given) -> pl.Expr:
    """The next day on which the reduction can be raised or lowered; null when the payroll calendar is not known."""
    return _next(given.provisions.changing, given)


@rule(
    cites=["@revoking"],
    says="A salary reduction agreement can next be revoked on {next_revocation_on}.",
    unit="date",
)
def next_revocation_on(given: Given) -> pl.Expr:
    """The next day on which a salary reduction agreement can be revoked."""
    return _next(given.provisions.revoking, given)


@rule(
    cites=["@resuming"],
    says="After one revoked now, a new agreement can take effect on {next_resumption_on}.",
    unit="date",
)
def next_resumption_on(given: Given) -> pl.Expr:
    """The first day on which a new agreement can take effect for somebody who revoked the last one by now."""
    return _next(given.provisions.resuming, given)


@rule(
    cites=["@deferral_percent", "@deferral_limit_base"],
    says="At most {maximum_percent}% of Compensation for the Plan Year may be deferred.",
    unit="rate",
)
def maximum_percent(given: Given) -> pl.Expr:
    """The most that may be deferred, in percent of the Plan Year's Compensation; null without such a limit."""
    return pl.lit(given.provisions.deferral_percent, dtype=pl.Decimal(7, 4))


@rule(
    cites=["@least_deferral_percent"],
    says="Who defers has to defer at least {minimum_percent}% of Compensation.",
    unit="rate",
)
def minimum_percent(given: Given) -> pl.Expr:
    """The least that may be deferred, in percent of Compensation; null without such a limit."""
    return pl.lit(given.provisions.least_deferral_percent, dtype=pl.Decimal(7, 4))


@rule(
    cites=["IRC 402(g)", "Plan 14.07"],
    says="At most {annual_limit} may be deferred in the calendar year.",
    unit="money",
)
def annual_limit(given: Given) -> pl.Expr:
    """The calendar-year limit on elective deferrals, in cents; null when none is on file for the year."""
    return pl.lit(None if given.annual_limit is None else given.annual_limit * 100, dtype=pl.Int64)


@rule(
    cites=["@deferral_percent", "@deferral_limit_base"],
    says="{maximum_percent}% of {plan_year_compensation} paid so far is {plan_year_maximum}.",
    unit="money",
)
def plan_year_maximum(given: Given) -> pl.Expr:
    """The percentage limit on the Compensation of the Plan Year so far, rounded down to the cent; null without one."""
    if given.provisions.deferral_percent is None:
        return pl.lit(None, dtype=pl.Int64)
    scaled = int(given.provisions.deferral_percent * _PERCENT_SCALE)
    product = pl.col("plan_year_compensation").cast(pl.Int128) * scaled
    return (product // (100 * _PERCENT_SCALE)).cast(pl.Int64)


_PERCENT_SCALE = 10**8
"""Makes a whole number of any percentage that a blank can hold."""

RULES: tuple[Rule, ...] = (
    *(next_change_on, next_revocation_on, next_resumption_on, maximum_percent, minimum_percent),
    *(annual_limit, plan_year_maximum),
)
