"""Who is at risk of a year that does not count: the hours on file, carried on at the same pace to the period's end.

A pace is a way to look ahead and no answer: nothing else reads it. It is worked out in whole hundredths of an
hour, over the days up to the last one with a pay row: days that payroll has not come to yet are not days without work.
"""

from collections.abc import Mapping
from datetime import date
from math import ceil
from typing import Any

import polars as pl

from planrules import dates
from planrules.answers.words import spoken
from planrules.engine import Result
from planrules.people import People
from planrules.plan import Terms
from planrules.plan.vesting import FULL

KEY = "employee_id"
FIRST_DAYS = 60
"""Days of a period within which no pace is told: one check more or less would turn it."""
_AMOUNT = pl.Decimal(16, 2)
COLUMNS: Mapping[str, Any] = {
    KEY: pl.String,
    "pace_toward": pl.String,
    "pace_through": pl.Date,
    "pace_hours": _AMOUNT,
    "pace_required": _AMOUNT,
    "pace_expected": _AMOUNT,
}
"""What the pace is toward ("joining" or "owning"), the period's last day, hours so far, asked for, expected."""


def definition(terms: Terms) -> str:
    """What being at risk means under this plan, in one or two sentences."""
    asked = []
    if _asks_hours(terms):
        hours = spoken(terms.participation.eligibility_hours_required)
        asked.append(
            f"fewer than {hours} in any measuring period, for somebody who has not met the conditions for joining"
        )
    hours, period = spoken(terms.vesting.vesting_hours_required), terms.vesting.vesting_period
    asked.append(
        f"fewer than {hours} in the {period}, for somebody who has met those for joining and owns less than 100%"
    )
    return (
        "At work, and at the pace up to the last paid day the period that is running ends with too few hours: "
        f"{'; '.join(asked)}. Nothing is said in the first {FIRST_DAYS} days of a period, where less than half of its "
        "days so far have pay rows, or where hours are not known. It is a way to look ahead, and no answer."
    )


def at_risk(result: Result, people: People) -> pl.DataFrame:
    """The people at risk, one row each, with `COLUMNS`: of several running periods the first to end."""
    pay = people.pay.select(KEY, paid_from="start", paid_through="end")
    asked = result.people.select(KEY, "status_of_employee", "eligibility_completed_on", "entry_on", owned=_owned())
    work = result.facts.filter("employed").select(KEY, since="last_start_on").join(asked, on=KEY)
    work = work.filter(pl.col("status_of_employee").ne_missing("excluded"))
    met = pl.col("entry_on").is_not_null() | pl.col("eligibility_completed_on").is_not_null()
    joining = work.filter(~met) if _asks_hours(result.terms) else work.head(0)
    owning = work.filter(met, pl.col("owned").fill_null(0) < FULL)
    needed = result.terms.participation.eligibility_hundredths, ceil(result.terms.vesting.vesting_hours_required * 100)
    return pl.concat(
        [
            _short(result.participation_periods, joining, pay, result.as_of, "joining", needed[0]),
            _short(result.vesting_periods, owning, pay, result.as_of, "owning", needed[1]),
        ]
    )


def _asks_hours(terms: Terms) -> bool:
    return bool(terms.participation.conditions.years)


def _owned() -> pl.Expr:
    of = pl.col("vested_percent").struct.field
    return pl.min_horizontal(of("employer"), of("regular_matching"))


def _short(  # noqa: PLR0913, PLR0917  what a pace is of, over, and toward
    periods: pl.DataFrame, work: pl.DataFrame, pay: pl.DataFrame, as_of: date, toward: str, required: int
) -> pl.DataFrame:
    """The people whose running periods all fall short at their pace."""
    day = pl.lit(as_of)
    running = periods.filter(pl.col("start") <= day, pl.col("through") >= day).join(work, on=KEY)
    running = running.with_columns(begun=pl.max_horizontal("start", "since"))
    elapsed, whole = dates.days_in(pl.col("begun"), day), dates.days_in(pl.col("begun"), pl.col("through"))
    gone = dates.days_in(pl.col("begun"), pl.col("last_paid_on")).cast(pl.Int64)
    so_far = (pl.col("hours") * 100).cast(pl.Int64)
    # Multiplied first and divided rounding down, so that short means short of a whole hundredth.
    paced = running.join(_paid(running, pay, as_of), on=[KEY, "begun"], how="left").with_columns(
        expected=so_far * whole.cast(pl.Int64) // gone
    )
    judged = paced.with_columns(
        short=(pl.col("expected") < required) & (elapsed > FIRST_DAYS) & (pl.col("paid_days") * 2 >= elapsed)
    )
    every = judged.group_by(KEY).agg(all_short=pl.col("short").fill_null(value=False).all())
    found = judged.join(every.filter("all_short"), on=KEY, how="semi").sort(KEY, "through").unique(KEY, keep="first")
    return found.select(
        KEY,
        pace_toward=pl.lit(toward),
        pace_through="through",
        pace_hours=pl.col("hours").cast(_AMOUNT),
        pace_required=_hours(pl.lit(required)),
        pace_expected=_hours(pl.col("expected")),
    ).cast(pl.Schema(COLUMNS))


def _paid(running: pl.DataFrame, pay: pl.DataFrame, as_of: date) -> pl.DataFrame:
    """The days with a pay row in each running period so far, and the last of them; a day in two rows counts once."""
    rows = running.select(KEY, "begun").unique().join(pay, on=KEY)
    rows = rows.with_columns(
        paid_from=pl.max_horizontal("paid_from", "begun"), paid_through=pl.min_horizontal("paid_through", pl.lit(as_of))
    )
    rows = rows.filter(pl.col("paid_from") <= pl.col("paid_through")).sort(KEY, "begun", "paid_from")
    covered = pl.col("paid_through").cum_max().shift(1).over(KEY, "begun")
    new_from = pl.max_horizontal("paid_from", dates.days_after(covered, 1))
    new = dates.days_in(new_from, pl.col("paid_through")).clip(lower_bound=0)
    return (
        rows.with_columns(new=new)
        .group_by(KEY, "begun")
        .agg(paid_days=pl.col("new").sum(), last_paid_on=pl.col("paid_through").max())
    )


def _hours(hundredths: pl.Expr) -> pl.Expr:
    """Whole hundredths as hours, exactly."""
    return (hundredths.cast(pl.Decimal(18, 2)) / 100).cast(_AMOUNT)
