"""Who is at risk of a year that does not count: the hours on file, carried on at the same pace to the period's end.

A pace is a way to look ahead and no answer: nothing else reads it. It is worked out in whole hundredths of an hour.
"""

from collections.abc import Mapping
from datetime import date
from math import ceil
from typing import Any

import polars as pl

from planrules import dates
from planrules.answers.words import spoken
from planrules.engine import Result
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
        f"At work, and at the pace so far the period that is running ends with too few hours: {'; '.join(asked)}. "
        f"Nothing is said in the first {FIRST_DAYS} days of a period, or where hours are not known. It is a way to "
        "look ahead, and no answer."
    )


def at_risk(result: Result) -> pl.DataFrame:
    """The people at risk, one row each, with `COLUMNS`: of several running periods the first to end."""
    asked = result.people.select(KEY, "status_of_employee", "eligibility_completed_on", "entry_on", owned=_owned())
    work = result.facts.filter("employed").select(KEY, since="last_start_on").join(asked, on=KEY)
    work = work.filter(pl.col("status_of_employee").ne_missing("excluded"))
    met = pl.col("entry_on").is_not_null() | pl.col("eligibility_completed_on").is_not_null()
    joining = work.filter(~met) if _asks_hours(result.terms) else work.head(0)
    owning = work.filter(met, pl.col("owned").fill_null(0) < FULL)
    needed = result.terms.participation.eligibility_hundredths, ceil(result.terms.vesting.vesting_hours_required * 100)
    return pl.concat(
        [
            _short(result.participation_periods, joining, result.as_of, "joining", needed[0]),
            _short(result.vesting_periods, owning, result.as_of, "owning", needed[1]),
        ]
    )


def _asks_hours(terms: Terms) -> bool:
    return bool(terms.participation.conditions.years)


def _owned() -> pl.Expr:
    of = pl.col("vested_percent").struct.field
    return pl.min_horizontal(of("employer"), of("regular_matching"))


def _short(periods: pl.DataFrame, work: pl.DataFrame, as_of: date, toward: str, required: int) -> pl.DataFrame:
    """The people whose running periods all fall short at their pace."""
    day = pl.lit(as_of)
    running = periods.filter(pl.col("start") <= day, pl.col("through") >= day).join(work, on=KEY)
    begun = pl.max_horizontal("start", "since")
    gone, ahead = dates.days_in(begun, day), dates.days_in(day, pl.col("through")) - 1
    so_far = (pl.col("hours") * 100).cast(pl.Int64)
    # Multiplied first and divided rounding down, so that short means short of a whole hundredth.
    expected = so_far * (gone + ahead).cast(pl.Int64) // gone.cast(pl.Int64)
    judged = running.with_columns(expected=expected, gone=gone).with_columns(
        short=(pl.col("expected") < required) & (pl.col("gone") > FIRST_DAYS)
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


def _hours(hundredths: pl.Expr) -> pl.Expr:
    """Whole hundredths as hours, exactly."""
    return (hundredths.cast(pl.Decimal(18, 2)) / 100).cast(_AMOUNT)
