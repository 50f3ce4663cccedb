"""The day from which a person owns a percentage of the matching and Employer accounts (AA 6.03(e)(2))."""

from collections.abc import Sequence
from datetime import date

import polars as pl

from planrules import dates
from planrules.engine.evaluation import Evaluation
from planrules.plan.in_service import Percent
from planrules.plan.vesting import FULL, Vesting
from planrules.rules.vesting import ONE_HOUR, percent_at


def owned_from(
    asked: Evaluation, people: pl.LazyFrame, years: pl.LazyFrame, parts: pl.LazyFrame, percent: Percent
) -> pl.LazyFrame:
    """Adds `age_percent_on`: the first day on which at least so much is owned, or the earliest day it can be.

    A day ahead supposes that every Plan Year from now on is a Year of Service, as `fully_vested_on` does; null as long
    as no such day can be told. `years` is the vesting ledger, `parts` the pay rows cut by Plan Year.
    """
    if percent == 0:
        return people.with_columns(age_percent_on="entry_on")
    if percent >= FULL:
        return people.with_columns(age_percent_on="fully_vested_on")
    reached = _reached(asked.terms.vesting, years, parts, percent)
    frame = people.join(reached, on="person", how="left", maintain_order="left")
    by_age = pl.col("at_retirement_age_on")
    by_service = pl.coalesce("reached_on", _ahead(asked, percent))
    return frame.with_columns(age_percent_on=pl.min_horizontal(by_age, by_service)).drop("reached_on")


def _scheduled(years: pl.Expr, top_heavy: pl.Expr, provisions: Vesting) -> pl.Expr:
    """The percentage by service, the least of the accounts."""
    fast, slow = (
        percent_at(years, each) for each in (provisions.top_heavy_schedule, provisions.non_top_heavy_schedule)
    )
    return pl.when(top_heavy).then(pl.max_horizontal(fast, slow)).otherwise(slow)


def _reached(provisions: Vesting, years: pl.LazyFrame, parts: pl.LazyFrame, percent: Percent) -> pl.LazyFrame:
    """The day the hours came that gave the percentage first. Columns: person, reached_on.

    Under the period-end reading a Year is reached when its period ends.
    """
    enough = _scheduled(pl.col("years_of_service"), pl.col("top_heavy_applies"), provisions) >= percent
    first = years.filter(enough).sort("through").group_by("person", maintain_order=True).first()
    needed = pl.when("year").then(provisions.vesting_hours_required * ONE_HOUR).otherwise(ONE_HOUR)
    worked = (
        first.select("person", "start", "through", "year", needed=needed)
        .join(parts.filter("for_vesting").select("person", "part_through", "hours"), on="person")
        .filter(pl.col("part_through").is_between("start", "through"))
        .sort("person", "part_through")
        .with_columns(so_far=pl.col("hours").cum_sum().over("person"))
        .filter(pl.col("so_far") >= pl.col("needed"))
        .group_by("person")
        .agg(hours_on=pl.col("part_through").min())
    )
    at_end = pl.col("year") & pl.lit(provisions.vesting_credit == "period_end")
    day = pl.when(at_end).then("through").otherwise(pl.coalesce("hours_on", "through"))
    return first.join(worked, on="person", how="left").select("person", reached_on=day)


def _ahead(asked: Evaluation, percent: Percent) -> pl.Expr:
    """The close of the Plan Year that can bring the last Year of Service needed; null for who is not employed."""
    provisions, as_of = asked.terms.vesting, asked.as_of
    coming = _coming(asked, provisions)
    over = coming[0] <= as_of
    candidates = []
    for ahead, through in enumerate(coming):
        if through <= as_of:
            continue
        counted = 0 if over else pl.col("year_now").cast(pl.Int16)
        gained = pl.col("years_of_service") + ahead + (0 if over else 1) - counted
        listed = pl.lit(through in provisions.top_heavy_plan_years)
        candidates.append(pl.when(_scheduled(gained, listed, provisions) >= percent).then(pl.lit(through)))
    return pl.when("employed_anywhere").then(pl.coalesce(candidates))


def _coming(asked: Evaluation, provisions: Vesting) -> Sequence[date]:
    """The last days of this Plan Year and of as many more as the slowest schedule can ask for."""
    most = max(provisions.top_heavy_schedule.full_years, provisions.non_top_heavy_schedule.full_years)
    number = asked.plan_years.number(pl.lit(asked.as_of))
    return [dates.one_day(asked.plan_years.through(number + count)) for count in range(most + 2)]
