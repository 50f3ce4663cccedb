"""Section 5.03: what a vesting schedule gives, as expressions for the rules and stages that ask."""

from math import ceil

import polars as pl

from planrules import dates
from planrules.ledger import Step
from planrules.plan.schedules import Schedule
from planrules.plan.vesting import Account, Vesting

MATCHING = "matching_"
"""Begins the columns of the account that receives the match, where it vests by schedules of its own."""
_FRACTIONS = pl.Decimal(11, 8)


def strands(provisions: Vesting) -> tuple[str, ...]:
    """The accounts with columns of their own: "" for the Employer account, which speaks for both where they agree."""
    return ("", MATCHING) if provisions.match_apart else ("",)


def strands_held(provisions: Vesting) -> list[str]:
    """How the columns begin of the accounts that the plan can have."""
    prefix = {"employer": "", "regular_matching": MATCHING if provisions.match_apart else ""}
    return list(dict.fromkeys(prefix[account] for account in provisions.accounts))


def of_accounts(provisions: Vesting, name: str) -> list[str]:
    """The names of a rule's columns for the accounts that the plan can have."""
    return [f"{strand}{name}" for strand in strands_held(provisions)]


def percent_type(provisions: Vesting) -> pl.DataType:
    """Whole numbers, or exact decimals for a plan whose schedules have fractions."""
    return pl.Int16() if provisions.whole_percents else _FRACTIONS


def percent_at(years: pl.Expr, schedule: Schedule, kind: pl.DataType) -> pl.Expr:
    """The Nonforfeitable percentage of a schedule at so many Years of Service."""
    reached = pl.lit(0).cast(kind)
    for needed, percent in schedule.rows:
        reached = pl.when(years >= needed).then(pl.lit(percent).cast(kind)).otherwise(reached)
    return reached


def scheduled(step: Step[Vesting], years: pl.Expr, top_heavy: pl.Expr) -> pl.Expr:
    """The percentage of a step's account at so many Years."""
    return gives(step.provisions, step.strand, years, top_heavy)


def gives(provisions: Vesting, strand: str, years: pl.Expr, top_heavy: pl.Expr) -> pl.Expr:
    """The percentage at so many Years; the Top Heavy schedule, where it applies, never gives less than the other."""
    account: Account = "regular_matching" if strand == MATCHING else "employer"
    fast, slow = provisions.schedules[account]
    kind = percent_type(provisions)
    other = percent_at(years, slow, kind)
    if fast == slow:
        return other
    return pl.when(top_heavy).then(pl.max_horizontal(percent_at(years, fast, kind), other)).otherwise(other)


def is_top_heavy(through: pl.Expr, provisions: Vesting) -> pl.Expr:
    """Whether the Top Heavy schedule is that of the Plan Year that ends on `through`."""
    listed = provisions.top_heavy_plan_years
    if not listed:
        return pl.lit(value=False)
    return through >= min(listed) if provisions.top_heavy_once else through.is_in(list(listed))


def hours_required(provisions: Vesting) -> int:
    """Hundredths of hours of a Year of Service."""
    return ceil(provisions.vesting_hours_required * 100)


def included(provisions: Vesting, through: pl.Expr) -> pl.Expr:
    """Whether a Year of Service whose period ends on `through` counts (AA 5.08(b), (c)).

    Not before an age is attained; the year in which it is counts. Not before the plan existed.
    """
    counts = pl.lit(value=True)
    if provisions.years_from_age is not None:
        attained = dates.anniversary(pl.col("birth_date"), provisions.years_from_age, provisions.leap_day_anniversary)
        counts &= (attained <= through).fill_null(value=False)
    if provisions.years_from_plan_on is not None:
        counts &= through >= provisions.years_from_plan_on
    return counts
