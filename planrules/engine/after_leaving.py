"""What the vesting ledger says of the time after a separation: Breaks in a row, and Years of Service completed."""

from collections.abc import Iterable

import polars as pl

from planrules.plan.payment_dates import PaymentDate


def after_leaving(frame: pl.LazyFrame, years: pl.LazyFrame, elected: Iterable[PaymentDate]) -> pl.LazyFrame:
    """Adds `breaks_<n>_on` and `years_<n>_on` for every number that the elected dates ask for.

    The first is the close of the n-th Break in a row that closed on the last day or later (AA 6.01(c), 6.03(b)(4)), the
    second the last day, or the later close of a period, by which n Years of Service are completed (AA 6.03(b)(5)). Both
    are null as long as that has not come about, and while employed. `years` is the vesting ledger.
    """
    told = tuple(elected)
    breaks = sorted({date.breaks for date in told if date.counted_from == "breaks"})
    counts = sorted({date.years for date in told if date.counted_from == "age"})
    if not breaks and not counts:
        return frame
    left = frame.select("person", "event_on", "last_day_years").filter(pl.col("event_on").is_not_null())
    since = years.join(left, on="person").filter(pl.col("through") >= pl.col("event_on")).sort("person", "through")
    for number in breaks:
        frame = _joined(frame, _closed(since, number), f"breaks_{number}_on")
    for number in counts:
        frame = _joined(frame, _completed(since, left, number), f"years_{number}_on")
    return frame


def _joined(frame: pl.LazyFrame, days: pl.LazyFrame, name: str) -> pl.LazyFrame:
    return frame.join(days.rename({"day": name}), on="person", how="left", maintain_order="left")


def _closed(since: pl.LazyFrame, number: int) -> pl.LazyFrame:
    """The close of the first run of so many Breaks. Columns: person, day."""
    other = (~pl.col("break")).cum_sum().over("person")
    in_a_row = pl.col("break").cum_sum().over("person", "other")
    return (
        since.with_columns(other=other)
        .filter(pl.col("break") & (in_a_row == number))
        .group_by("person")
        .agg(day=pl.col("through").min())
    )


def _completed(since: pl.LazyFrame, left: pl.LazyFrame, number: int) -> pl.LazyFrame:
    """The day by which so many Years of Service are completed, from the last day on. Columns: person, day."""
    on_leaving = left.filter(pl.col("last_day_years").fill_null(0) >= number).select("person", day="event_on")
    later = since.filter(pl.col("years_of_service") >= number).select("person", day="through")
    return pl.concat([on_leaving, later]).group_by("person").agg(pl.col("day").min())
