"""Years of Service on a day, for a match whose percentage goes by them (AA 3.01(h)(4))."""

import polars as pl

from planrules.engine.evaluation import Evaluation
from planrules.plan.matching import Formula
from planrules.rules import service

_AT = ["person", "month_end", "plan_year"]


def with_years(
    asked: Evaluation, periods: pl.LazyFrame, eligibility: pl.DataFrame, vesting: pl.DataFrame
) -> pl.LazyFrame:
    """Adds `years.<number>` for each formula by service: the Years of Service that count for an allocation period.

    `eligibility` and `vesting` are the ledgers of the measuring periods for joining and for owning. The day on which
    they are counted is never later than the evaluation date.
    """
    for number, formula in enumerate(asked.terms.matching.formulas):
        if not formula.by_years:
            continue
        dated = periods.select(*_AT).unique().with_columns(day=_day(asked, formula))
        if formula.years == "eligibility":
            counted = _eligibility_years(dated, eligibility.lazy())
        else:
            counted = _vesting_years(asked, dated, vesting.lazy())
        named = counted.select(*_AT, pl.col("years").alias(f"years.{number}"))
        periods = periods.join(named, on=_AT, how="left", maintain_order="left")
    return periods


def _day(asked: Evaluation, formula: Formula) -> pl.Expr:
    """The first day of the Plan Year, or the allocation date as far as it has come."""
    if formula.counted_on == "plan_year_start":
        return asked.plan_years.through(pl.col("plan_year") - 1).dt.offset_by("1d")
    return pl.min_horizontal("month_end", pl.lit(asked.as_of))


def _eligibility_years(dated: pl.LazyFrame, ledger: pl.LazyFrame) -> pl.LazyFrame:
    """Measuring periods over by the close of the day that were Years of Service."""
    over = (pl.col("through") <= pl.col("day")) & pl.col("year_of_service")
    counted = (
        dated.join(ledger.select("person", "through", "year_of_service"), on="person")
        .group_by(_AT)
        .agg(years=over.sum())
    )
    return dated.join(counted, on=_AT, how="left").with_columns(pl.col("years").fill_null(0))


def _vesting_years(asked: Evaluation, dated: pl.LazyFrame, ledger: pl.LazyFrame) -> pl.LazyFrame:
    """Years of Service of the last period over by the day, with that of the running one once its hours are reached."""
    years = pl.col("years_of_service")
    again = pl.col("person") == pl.col("person").shift(1)
    lines = (
        ledger.sort("person", "start")
        .with_columns(years_before=pl.when(again).then(years.shift(1)))
        .select(
            *("person", "start", "through", "years_of_service"),
            pl.col("years_before").fill_null(0),
            period_start="start",
        )
    )
    found = dated.sort("person", "day").join_asof(
        lines, left_on="day", right_on="start", by="person", strategy="backward", check_sortedness=False
    )
    worked = _hours_by_day(asked, found)
    enough = pl.col("so_far").fill_null(0) >= asked.terms.vesting.vesting_hours_required * 100
    credited = enough & pl.lit(asked.terms.vesting.vesting_credit == "when_hours_reached")
    over = pl.col("through") <= pl.col("day")
    counted = pl.when(over | credited).then(years).otherwise("years_before")
    return found.join(worked, on=_AT, how="left").with_columns(years=counted.fill_null(0))


def _hours_by_day(asked: Evaluation, found: pl.LazyFrame) -> pl.LazyFrame:
    """Hours from the first day of a running period to the day, as far as it is known by then. Columns: so_far."""
    provisions = asked.terms.service
    day_before = pl.col("period_start").dt.offset_by("-1d")
    within = (pl.col("known_on") <= pl.col("day")) & (pl.col("end") >= pl.col("period_start"))
    rows = asked.known.credited.lazy().filter("for_vesting")
    rows = rows.select("person", "start", "end", "known_on", "hours", "upper")
    return (
        found.select(*_AT, "day", "period_start")
        .join(rows, on="person")
        .filter(within)
        .group_by(_AT)
        .agg(so_far=(pl.col("hours") - service.hours_through(day_before, provisions).clip(lower_bound=0)).sum())
    )
