"""The day from which a person owns a percentage of the matching and Employer accounts (AA 6.03(e)(2))."""

import polars as pl

from planrules.engine.evaluation import Evaluation
from planrules.engine.vesting_ledger import coming_years
from planrules.engine.vesting_periods import vesting_calendar
from planrules.nonforfeitable import gives, hours_required, included, is_top_heavy, strands_held
from planrules.plan.in_service import Percent
from planrules.plan.schedules import FULL
from planrules.plan.vesting import Vesting
from planrules.units import ONE_HOUR


def owned_from(
    asked: Evaluation, people: pl.LazyFrame, years: pl.LazyFrame, parts: pl.LazyFrame, percent: Percent
) -> pl.LazyFrame:
    """Adds `age_percent_on`: the first day on which at least so much is owned, or the earliest day it can be.

    A day ahead supposes that every computation period from now on is a Year of Service, as `fully_vested_on` does; null
    as long as no such day can be told. `years` is the vesting ledger, `parts` the pay rows cut by Plan Year.
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


def _reached(provisions: Vesting, years: pl.LazyFrame, parts: pl.LazyFrame, percent: Percent) -> pl.LazyFrame:
    """The day the hours came that gave the percentage first. Columns: person, reached_on.

    Those of a Year of Service, which under the period-end reading is reached when its period ends; the first hour of a
    top-heavy Plan Year, where its schedule gives as much for the Years before; or the period's first day, where any
    schedule does.
    """
    first = (
        years.filter(pl.col("least_earned_percent") >= percent)
        .sort("through")
        .group_by("person", maintain_order=True)
        .first()
        .with_columns(
            by_year=pl.col("year") & (_without_the_year(provisions, pl.col("top_heavy_applies")) < percent),
            by_start=_without_the_year(provisions, pl.lit(value=False)) >= percent,
        )
    )
    needed = pl.when("by_year").then(hours_required(provisions)).otherwise(ONE_HOUR)
    worked = (
        first.select("person", "start", "through", needed=needed)
        .join(parts.filter("for_vesting").select("person", "part_through", "hours"), on="person")
        .filter(pl.col("part_through").is_between("start", "through"))
        .sort("person", "part_through")
        .with_columns(so_far=pl.col("hours").cum_sum().over("person"))
        .filter(pl.col("so_far") >= pl.col("needed"))
        .group_by("person")
        .agg(hours_on=pl.col("part_through").min())
    )
    at_end = pl.col("by_year") & pl.lit(provisions.vesting_credit == "period_end")
    by_hours = pl.when(at_end).then("through").otherwise(pl.coalesce("hours_on", "through"))
    day = pl.when("by_start").then("start").otherwise(by_hours)
    return first.join(worked, on="person", how="left").select("person", reached_on=day)


def _without_the_year(provisions: Vesting, faster: pl.Expr) -> pl.Expr:
    """What the Years of Service before a period give in it, by the Top Heavy schedule where that applies."""
    before = (pl.col("years_of_service") - pl.col("year").cast(pl.Int32)).clip(lower_bound=0)
    return pl.min_horizontal(gives(provisions, strand, before, faster) for strand in strands_held(provisions))


def _ahead(asked: Evaluation, percent: Percent) -> pl.Expr:
    """The close of the period that can bring the last Year of Service needed; null for who is not employed."""
    provisions, calendar = asked.terms.vesting, vesting_calendar(asked)
    coming = coming_years(asked, calendar)
    over = coming[0] <= asked.as_of
    gained = pl.col("years_of_service").cast(pl.Int32)
    candidates = []
    for ahead, through in enumerate(coming):
        running = ~over if ahead == 0 else pl.lit(value=True)
        gain = included(provisions, through) & (running & ~pl.col("year_now") if ahead == 0 else running)
        gained = gained + gain.cast(pl.Int32)
        plan_year = asked.plan_years.through(asked.plan_years.number(through))
        faster = is_top_heavy(plan_year, provisions) | pl.col("schedule_kept")
        given = pl.min_horizontal(gives(provisions, strand, gained, faster) for strand in strands_held(provisions))
        candidates.append(pl.when(running & (given >= percent)).then(through))
    return pl.when("employed_anywhere").then(pl.coalesce(candidates))
