"""Section 3.06: whether the conditions for an allocation are met, of the match and of nonelective contributions.

Needs, of an allocation period: month_end, plan_year, period_hours and year_hours (hundredths), employed_on_test_day,
left, lifts_hours and lifts_employment (see leavings).
"""

import math
from dataclasses import dataclass
from datetime import date
from decimal import Decimal

import polars as pl

from planrules import dates
from planrules.book import Rule, rule
from planrules.dates import Calendar
from planrules.plan.accrual import Accrual

_FLAGS = ("left", "lifts_hours", "lifts_employment")


@dataclass(frozen=True)
class Given:
    """What the rules read besides columns; `periods`: allocation periods in a Plan Year."""

    provisions: Accrual
    plan_years: Calendar
    periods: int
    as_of: date


def leavings(relationships: pl.LazyFrame, people: pl.LazyFrame, given: Given) -> pl.LazyFrame:
    """The Plan Years in which somebody left, and which conditions the way of leaving lifts.

    Columns: person, plan_year, left, lifts_hours, lifts_employment. `people` has at_retirement_age_on. A return within
    the Plan Year does not undo it. Source: AA 3.06(d)(3), (d)(4), (e)(2)-(4).
    """
    last_day = dates.days_after(pl.col("before"), -1)
    ended = relationships.filter(pl.col("before") < dates.FAR_FUTURE).with_columns(last_day=last_day)
    ways = {
        "death": pl.col("reason") == "death",
        "disability": pl.col("reason") == "disability",
        "retirement_age": pl.col("last_day") >= pl.col("at_retirement_age_on"),
    }

    def by(named: tuple[str, ...]) -> pl.Expr:
        lifted = [ways[name].fill_null(value=False) for name in named]
        return pl.any_horizontal(pl.lit(value=False), *lifted)

    return (
        ended.join(people.select("person", "at_retirement_age_on"), on="person")
        .with_columns(
            plan_year=given.plan_years.number(pl.col("last_day")).cast(pl.Int32),
            left=pl.lit(value=True),
            lifts_hours=by(given.provisions.no_hours_after),
            lifts_employment=by(given.provisions.no_employment_after),
        )
        .group_by("person", "plan_year")
        .agg(pl.col(_FLAGS).any())
    )


def with_leavings(frame: pl.LazyFrame, left: pl.LazyFrame) -> pl.LazyFrame:
    """Adds the flags of leavings to a frame of persons and Plan Years."""
    joined = frame.join(left, on=["person", "plan_year"], how="left", maintain_order="left")
    return joined.with_columns(pl.col(_FLAGS).fill_null(value=False))


@rule(
    cites=["@match_employment_condition"],
    says="The condition for the period that ended on {month_end} is tested on {tested_on}.",
    unit="date",
)
def tested_on(given: Given) -> pl.Expr:
    """The day on which the conditions for the allocation are tested: the Plan Year's last day, or the period's."""
    if given.provisions.match_employment_condition == "plan_year_end":
        return given.plan_years.through(pl.col("plan_year"))
    return pl.col("month_end")


@rule(
    cites=["@match_employment_condition", "@match_hours", "AA 3.04(c)"],
    says="Employed by the Employer on {tested_on}.",
    unit="flag",
)
def allocated(given: Given) -> pl.Expr:
    """Whether the period's match is allocated: false until its test day has come, then the result of the test.

    Hours of the Plan Year are divided by its allocation periods, and each period asks for its part.
    """
    tested = pl.col("tested_on") <= given.as_of
    if given.provisions.safe_harbor:
        return tested & _safe_harbor(given)
    part = pl.col("period_hours") * given.periods
    enough = _enough(part, given.provisions.match_hours, given.provisions.match_leavers_hours)
    if given.provisions.match_employment_condition == "none":
        return tested & enough
    return tested & enough & (pl.col("employed_on_test_day") | pl.col("lifts_employment"))


def entitled(given: Given) -> pl.Expr:
    """Whether a leaver shares in nonelective contributions of the Plan Year of leaving.

    Needs year_hours, on_last_day (left on the Plan Year's last day), top_heavy and the flags of leavings. In a
    top-heavy Plan Year no hours are asked for. Source: AA 3.06(c)-(e); Plan 3.04(B), 5.04(C).
    """
    provisions = given.provisions
    if provisions.safe_harbor:
        return _safe_harbor(given, "on_last_day") | (pl.col("on_last_day") & pl.col("top_heavy"))
    enough = _enough(pl.col("year_hours"), provisions.accrual_hours, provisions.leavers_hours) | pl.col("top_heavy")
    stays = pl.col("on_last_day") | pl.col("lifts_employment") | pl.lit(not provisions.nonelective_employment)
    return enough & stays


def _safe_harbor(given: Given, employed: str = "employed_on_test_day") -> pl.Expr:
    """An hour in the Plan Year for who is employed on its last day, more for who is not (AA 3.06(c))."""
    hours = pl.col("year_hours")
    at_work = pl.col(employed) & (hours >= given.provisions.safe_harbor_hours_employed * 100)
    return at_work | (hours >= given.provisions.safe_harbor_hours * 100)


def _enough(hours: pl.Expr, required: Decimal, of_leavers: Decimal | None) -> pl.Expr:
    """Whether hundredths of hours are enough; who left in the Plan Year may need other hours, or none."""
    reached = hours >= math.ceil(required * 100)
    if of_leavers is not None:
        reached = pl.when("left").then(hours >= math.ceil(of_leavers * 100)).otherwise(reached)
    return reached | pl.col("lifts_hours")


RULES: tuple[Rule, ...] = (tested_on, allocated)
