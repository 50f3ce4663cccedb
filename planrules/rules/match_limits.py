"""Section 3.01(h)(5): the match of an allocation period, within the limits on a Plan Year's match.

Needs, of an allocation period: person, plan_year, month_end, by_formulas, compensation_counted and
eligible_contributions (cents). A limit is reached in date order over the Plan Year's periods.
"""

from dataclasses import dataclass
from datetime import date

import polars as pl

from planrules.book import Rule, rule
from planrules.dates import Calendar
from planrules.plan.matching import Matching
from planrules.supplements import YearlyLimit

_YEAR = ["person", "plan_year"]
_PERCENT_SCALE = 10_000


@dataclass(frozen=True)
class Given:
    """What the rules read besides columns."""

    provisions: Matching
    plan_years: Calendar
    as_of: date


@rule(cites=["AA 3.01(b)", "@formulas"], says="{match} for the period that ended on {month_end}.", unit="money")
def match(given: Given) -> pl.Expr:
    """The period's match; null when no rate, limit or compensation it needs is on file.

    No more than the highest amount, of what the Plan Year has brought so far; where the Plan Year's match falls short
    of the least amount, its last period makes it up for somebody who contributes at all. The highest amount is rounded
    down to the cent, the least one up.
    """
    above, below = given.provisions.no_match_above, given.provisions.no_match_below
    due = pl.col("by_formulas")
    if above is None and below is None:
        return due
    so_far = _running(due)
    if above is not None:
        so_far = pl.min_horizontal(so_far, _limit(above, up=False)) + _null_like(so_far, above)
    if below is not None:
        over = given.plan_years.through(pl.col("plan_year")) <= given.as_of
        last = pl.col("month_end") == pl.col("month_end").max().over(_YEAR)
        contributes = pl.col("eligible_contributions").sum().over(_YEAR) > 0
        least = pl.max_horizontal(so_far, _limit(below, up=True)) + _null_like(so_far, below)
        so_far = pl.when(over & last & contributes).then(least).otherwise(so_far)
    return so_far - so_far.shift(1, fill_value=0).over(_YEAR)


def _running(amount: pl.Expr) -> pl.Expr:
    """The sum over the Plan Year so far; null from the first period on that is not known."""
    unknown = amount.is_null().cum_sum().over(_YEAR) > 0
    return pl.when(~unknown).then(amount.cum_sum().over(_YEAR))


def _limit(limit: YearlyLimit, *, up: bool) -> pl.Expr:
    """Cents of the limit on the Plan Year so far; null when the Compensation it is a percentage of is not known."""
    if limit.dollars is not None:
        return pl.lit(int(limit.dollars * 100), dtype=pl.Int64)
    percent = int((limit.percent_of_compensation or 0) * _PERCENT_SCALE)
    product = _running(pl.col("compensation_counted")).cast(pl.Int128) * percent
    hundred = 100 * _PERCENT_SCALE
    return ((product + (hundred - 1 if up else 0)) // hundred).cast(pl.Int64)


def _null_like(so_far: pl.Expr, limit: YearlyLimit) -> pl.Expr:
    """Zero, or null where the match or the limit is not known: a minimum would otherwise skip that."""
    return so_far * 0 + _limit(limit, up=False) * 0


RULES: tuple[Rule, ...] = (match,)
