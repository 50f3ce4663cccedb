"""Article V, the years to come: what each would add, and how many Years of Service give everything by then.

Needs, of a person: years_of_service, year_now, schedule_kept and, where Years before an age are left out, birth_date.
Gives: coming_<n>, gain_<n> and needed_<n> for the n-th year from the running one on.
"""

from collections.abc import Sequence
from dataclasses import dataclass
from datetime import date

import polars as pl

from planrules.dates import Calendar
from planrules.nonforfeitable import included, is_top_heavy
from planrules.plan.vesting import Vesting


@dataclass(frozen=True)
class Given:
    """What the columns are made from: the provisions, the last days of the years, the Plan Years and the day asked."""

    provisions: Vesting
    coming: Sequence[pl.Expr]
    plan_years: Calendar
    as_of: date


def with_years_ahead(people: pl.DataFrame, given: Given) -> pl.DataFrame:
    """The people with the years ahead as columns, in steps, since each is read by all that follow it.

    coming_<n>: the last day of the n-th year from the running one on, null for a running year that is over; gain_<n>:
    whether it would add a Year of Service (1 or 0); needed_<n>: the Years that give everything then.
    """
    days = people.with_columns(through.alias(f"coming_{number}") for number, through in enumerate(given.coming))
    days = days.with_columns(coming_0=pl.when(pl.col("coming_0") > given.as_of).then("coming_0"))
    years = range(len(given.coming))
    needed = (_years_needed(given, pl.col(f"coming_{number}")).cast(pl.Int32) for number in years)
    return days.with_columns(
        *(_gain(given, number).cast(pl.Int32).alias(f"gain_{number}") for number in years),
        *(each.alias(f"needed_{number}") for number, each in enumerate(needed)),
    )


def _gain(given: Given, number: int) -> pl.Expr:
    day = pl.col(f"coming_{number}")
    gained = included(given.provisions, day) & day.is_not_null()
    return (gained & ~pl.col("year_now")).fill_null(value=False) if number == 0 else gained.fill_null(value=False)


def _years_needed(given: Given, through: pl.Expr) -> pl.Expr:
    """The Years of Service that give 100% of every account in the Plan Year that holds the day `through`."""
    pairs = given.provisions.schedules.values()
    plan_year = given.plan_years.through(given.plan_years.number(through))
    faster = is_top_heavy(plan_year, given.provisions) | pl.col("schedule_kept")
    by_faster = max(min(fast.full_years, slow.full_years) for fast, slow in pairs)
    return pl.when(faster).then(by_faster).otherwise(max(slow.full_years for _, slow in pairs))
