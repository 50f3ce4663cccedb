"""Section 3.01(k) and Article XIV: the next day for a change, and the limits on elective deferrals.

Needs: plan_year_compensation, deferred_in_plan_year and deferred_in_calendar_year (cents).
"""

from collections.abc import Sequence
from dataclasses import dataclass
from datetime import date

import polars as pl

from planrules import dates
from planrules.book import Rule, rule
from planrules.plan.deferral import Deferral


@dataclass(frozen=True)
class Given:
    """What the rules read besides columns. `annual_limit`: dollars for the calendar year, null when not on file."""

    provisions: Deferral
    entry_dates: Sequence[date]
    annual_limit: int | None
    as_of: date


@rule(
    cites=["AA 3.01(k)(2)(ii)", "AA 3.01(k)(3)(ii)", "AA 3.01(k)(4)(iii)", "@plan_entry_days"],
    says="A salary reduction agreement can next be changed on {next_change_on}.",
    unit="date",
)
def next_change_on(given: Given) -> pl.Expr:
    """The next Plan Entry Date strictly after the evaluation date."""
    return dates.first_strictly_after(pl.lit(given.as_of), given.entry_dates)


@rule(
    cites=["@deferral_percent", "@deferral_limit_base"],
    says="At most {maximum_percent}% of Compensation for the Plan Year may be deferred.",
    unit="rate",
)
def maximum_percent(given: Given) -> pl.Expr:
    """The most that may be deferred, in percent of the Plan Year's Compensation."""
    return pl.lit(given.provisions.deferral_percent, dtype=pl.Decimal(7, 4))


@rule(cites=["IRC 402(g)", "Plan 14.07"], says="And at most {annual_limit} in the calendar year.", unit="money")
def annual_limit(given: Given) -> pl.Expr:
    """The calendar-year limit on elective deferrals, in cents; null when none is on file for the year."""
    return pl.lit(None if given.annual_limit is None else given.annual_limit * 100, dtype=pl.Int64)


@rule(
    cites=["@deferral_percent", "@deferral_limit_base"],
    says="{maximum_percent}% of {plan_year_compensation} paid so far is {plan_year_maximum}.",
    unit="money",
)
def plan_year_maximum(given: Given) -> pl.Expr:
    """The percentage limit on the Compensation of the Plan Year so far, rounded down to the cent."""
    scaled = int(given.provisions.deferral_percent * 100)
    return pl.col("plan_year_compensation") * scaled // 10_000


RULES: tuple[Rule, ...] = (next_change_on, maximum_percent, annual_limit, plan_year_maximum)
