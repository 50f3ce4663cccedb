"""The day on which service alone gave 100% of an account: that of the hours, or of a top-heavy Plan Year's first hour.

A history is known by its pay rows, so hours are reached on the last day of the row, or part of one, that brings them.
"""

from dataclasses import dataclass

import polars as pl

from planrules.dates import Calendar
from planrules.engine.collecting import collected
from planrules.engine.evaluation import Evaluation
from planrules.engine.vesting_periods import Worked
from planrules.nonforfeitable import gives, hours_required, included, is_top_heavy
from planrules.plan.schedules import FULL
from planrules.plan.vesting import Vesting
from planrules.units import ONE_HOUR


@dataclass(frozen=True)
class _Deciding:
    """The columns of who has 100%: the last day of the deciding period, the Years before it, and the days below.

    `reached`: the period's own hours; `first` and `second`: the first hour in the Plan Year with its first day, and in
    the one with its last known day; `since`: the first hour in or after the first top-heavy Plan Year.
    """

    provisions: Vesting
    strand: str

    def full(self, more: int, *, top_heavy: bool) -> pl.Expr:
        """Whether the Years before, and so many more, give 100% by a schedule."""
        years = pl.col("years_before") + more
        return gives(self.provisions, self.strand, years, pl.lit(top_heavy)) == FULL

    def under_top_heavy(self, day: pl.Expr) -> list[pl.Expr]:
        """The days of 100% where the Top Heavy schedule applies from a day on."""
        own = pl.when(pl.col("reached").is_not_null()).then(pl.max_horizontal("reached", day))
        return [
            pl.when(self.full(0, top_heavy=True)).then(day),
            pl.when(self.full(1, top_heavy=True) & day.is_not_null()).then(own),
        ]


def full_vesting_day(asked: Evaluation, people: pl.DataFrame, worked: Worked, strand: str) -> pl.DataFrame:
    """Columns: person and full_hours_reached_on, of an account; `people` have the columns of the ledger's last year."""
    provisions, name = asked.terms.vesting, f"{strand}full_hours_reached_on"
    if people[f"{strand}full_by_service_on"].null_count() == people.height:
        return people.select("person", pl.lit(None, dtype=pl.Date).alias(name))
    frame = _deciding(asked, people, worked, strand)
    given = _Deciding(provisions, strand)
    days: list[pl.Expr] = [pl.when(given.full(1, top_heavy=False)).then("reached")]
    kept = pl.when("schedule_kept").then("top_heavy_schedule_kept_on")
    days += given.under_top_heavy(kept)
    if provisions.top_heavy_once:
        days += given.under_top_heavy(pl.col("since"))
    elif provisions.top_heavy_plan_years:
        days += given.under_top_heavy(pl.when(_in_force(asked, "second_through")).then("second"))
        first = pl.when(_in_force(asked, "first_through") & _covers(provisions)).then("first")
        days += [pl.when(day <= pl.col("first_through")).then(day) for day in given.under_top_heavy(first)]
    return frame.select("person", pl.min_horizontal(days).alias(name)).pipe(collected)


def _in_force(asked: Evaluation, through: str) -> pl.Expr:
    return is_top_heavy(pl.col(through), asked.terms.vesting)


def _covers(provisions: Vesting) -> pl.Expr:
    """Whether the floor of a Plan Year that is over covers the person (Plan 7.05)."""
    running = pl.col("first_through") == pl.col("second_through")
    if provisions.top_heavy_floor == "all_money":
        return pl.lit(value=True)
    return running | (pl.col("entry_on") <= pl.col("first_through")).fill_null(value=False)


def _deciding(asked: Evaluation, people: pl.DataFrame, worked: Worked, strand: str) -> pl.LazyFrame:
    """Who has 100% by service, with the columns of `_Deciding`."""
    provisions, years = asked.terms.vesting, asked.plan_years
    through, close = pl.col("through"), pl.min_horizontal("through", pl.lit(asked.as_of))
    start = worked.calendar.start(pl.col("number"))
    frame = (
        people.lazy()
        .rename({f"{strand}full_by_service_on": "through", f"{strand}years_before_full": "years_before"})
        .filter(through.is_not_null())
        .with_columns(number=worked.calendar.number(through))
        .with_columns(first_number=years.number(start), second_number=years.number(close))
        .with_columns(
            first_through=years.through(pl.col("first_number")), second_through=years.through(pl.col("second_number"))
        )
    )
    required = hours_required(provisions)
    frame = _reached(frame, worked.by_period, "number", required, "reached")
    frame = _reached(frame, worked.by_plan_year, "first_number", ONE_HOUR, "first")
    frame = _reached(frame, worked.by_plan_year, "second_number", ONE_HOUR, "second")
    if provisions.top_heavy_once:
        frame = _since(frame, worked.by_plan_year, years, provisions)
    credited = pl.col("reached")
    if provisions.vesting_credit == "period_end":
        credited = pl.when(credited.is_not_null() & (through <= asked.as_of)).then(through)
    return frame.with_columns(reached=pl.when(included(provisions, through)).then(credited))


def _reached(frame: pl.LazyFrame, parts: pl.DataFrame, number: str, hundredths: int, name: str) -> pl.LazyFrame:
    """Adds the day on which so many hours were reached in the period of each one's own `number`."""
    reached = (
        frame.select("person", number=pl.col(number).cast(pl.Int32))
        .join(parts.lazy().filter("for_vesting").with_columns(pl.col("number").cast(pl.Int32)), on=["person", "number"])
        .sort("person", "part_through")
        .with_columns(so_far=pl.col("hours").cum_sum().over("person"))
        .filter(pl.col("so_far") >= hundredths)
        .group_by("person")
        .agg(pl.col("part_through").first().alias(name))
    )
    return frame.join(reached, on="person", how="left", maintain_order="left")


def _since(frame: pl.LazyFrame, parts: pl.DataFrame, years: Calendar, provisions: Vesting) -> pl.LazyFrame:
    """Adds `since`: the first hour in or after the first top-heavy Plan Year."""
    listed = provisions.top_heavy_plan_years
    if not listed:
        return frame.with_columns(since=pl.lit(None, dtype=pl.Date))
    since = (
        parts.lazy()
        .filter("for_vesting", pl.col("number") >= years.number(pl.lit(min(listed))))
        .sort("person", "number", "part_through")
        .with_columns(so_far=pl.col("hours").cum_sum().over("person", "number"))
        .filter(pl.col("so_far") >= ONE_HOUR)
        .group_by("person")
        .agg(since=pl.col("part_through").min())
    )
    return frame.join(since, on="person", how="left", maintain_order="left")
