"""Plan 2.02 and 2.03: the eligibility computation periods, the Years of Service and the Breaks among them.

Needs: per person the day measuring starts (`start`), hours by period and, for Breaks, maternity absences. Gives rows of
person, start, through, hours (hundredths), complete, year_of_service and, where asked for, eligibility_break.
"""

from dataclasses import dataclass
from datetime import date

import polars as pl

from planrules import dates
from planrules.book import Rule, build_columns, rule
from planrules.dates import Calendar
from planrules.plan.participation import Participation


@dataclass(frozen=True)
class Given:
    """What the rules read besides columns."""

    provisions: Participation
    plan_years: Calendar
    as_of: date


def by_plan_year(initial: pl.LazyFrame, hours: pl.LazyFrame, given: Given) -> pl.LazyFrame:
    """The initial 12 months, then Plan Years from the one with the first anniversary; the two overlap.

    `initial` has the first period with its hours, `hours` those by Plan Year. Only periods begun by the evaluation
    date. Source: AA 2.02(d), Plan 2.02.
    """
    first = given.plan_years.number(dates.days_after(pl.col("through"), 1))
    current = given.plan_years.number(pl.lit(given.as_of)) + 1
    numbers = (
        initial.select("person", number=pl.int_ranges(first, current, dtype=pl.Int32))
        .explode("number")
        .filter(pl.col("number").is_not_null())
    )
    worked = hours.select("person", pl.col("number").cast(pl.Int32), hours="participation_hours")
    later = numbers.join(worked, on=["person", "number"], how="left").select(
        "person",
        start=given.plan_years.start(pl.col("number")),
        through=given.plan_years.through(pl.col("number")),
        hours=pl.col("hours").fill_null(0),
    )
    return pl.concat([initial, later])


def by_anniversary(starts: pl.LazyFrame, hours: pl.LazyFrame, years: Calendar, given: Given) -> pl.LazyFrame:
    """The 12 months from each anniversary of the day measuring starts, those begun by the evaluation date.

    `years` are the periods of a person with a column `measured_from`, `hours` the participation hours by them. The
    first is listed even when it is ahead. Source: AA 2.02(c), Plan 2.02.
    """
    last = years.number(pl.max_horizontal(pl.lit(given.as_of), "measured_from"))
    worked = hours.select("person", pl.col("number").cast(pl.Int32), hours="participation_hours")
    return (
        starts.select("person", measured_from="start")
        .with_columns(number=pl.int_ranges(pl.lit(0), last + 1, dtype=pl.Int32))
        .explode("number")
        .join(worked, on=["person", "number"], how="left")
        .select(
            "person",
            start=years.start(pl.col("number")),
            through=years.through(pl.col("number")),
            hours=pl.col("hours").fill_null(0),
        )
    )


@rule(cites=["@later_eligibility_periods", "Plan 2.02"], says="The measuring period ends on {through}.", unit="flag")
def complete(given: Given) -> pl.Expr:
    """Whether the computation period is over: its last day has closed by the evaluation date."""
    return pl.col("through") <= given.as_of


@rule(
    cites=["@eligibility_hours_required", "@later_eligibility_periods", "29 CFR 2530.202-2"],
    says="{hours} hours from {start} to {through}.",
    unit="flag",
)
def year_of_service(given: Given) -> pl.Expr:
    """Whether the period is a Year of Service: the hours and the completed period, never the day of the last hour."""
    return pl.col("complete") & (pl.col("hours") >= given.provisions.eligibility_hundredths)


@rule(
    cites=["@eligibility_break_hours_at_most", "Plan 1.27"],
    says="{hours} hours from {start} to {through}: {eligibility_break_hours_at_most} or fewer.",
    unit="flag",
)
def eligibility_break(given: Given) -> pl.Expr:
    """Whether the period is a Break in Service: over, no Year of Service, and at most 500 hours after maternity hours.

    Maternity hours go to the period in which the absence begins if they are needed there, else to the next one.
    """
    most = given.provisions.eligibility_break_hours_at_most * 100
    hours, own = pl.col("hours"), pl.col("absence_hours")
    mine = pl.col("person") == pl.col("person").shift(1)
    before, carried = hours.shift(1), own.shift(1)
    used = (before <= most) & (before + carried > most)
    left_over = pl.when(mine & ~used).then(carried).otherwise(0)
    return pl.col("complete") & ~pl.col("year_of_service") & (hours + own + left_over <= most)


RULES: tuple[Rule, ...] = (complete, year_of_service)


def measured(periods: pl.LazyFrame, given: Given) -> pl.LazyFrame:
    """The periods with whether each is over and a Year of Service."""
    return build_columns(periods, RULES, given)


def with_breaks(periods: pl.LazyFrame, absences: pl.LazyFrame, at_most: int, given: Given) -> pl.LazyFrame:
    """The periods with whether each is a Break, in the order of their last days.

    `absences`: person, start, hours of maternity absences, of which `at_most` hundredths count an absence. An absence
    that begins in two overlapping periods is that of the earlier one.
    """
    ends = periods.select("person", "start", "through").sort("person", "through")
    begun = (
        absences.rename({"start": "away_from"})
        .join(ends, on="person")
        .filter(pl.col("away_from").is_between(pl.col("start"), pl.col("through")))
        .group_by("person", "away_from")
        .agg(pl.col("through").min(), hours=pl.col("hours").first())
        .group_by("person", "through")
        .agg(absence_hours=pl.col("hours").clip(upper_bound=at_most).sum())
    )
    return (
        periods.join(begun, on=["person", "through"], how="left")
        .with_columns(pl.col("absence_hours").fill_null(0))
        .sort("person", "through")
        .with_columns(eligibility_break.column(given))
    )
