"""The day of a list that goes with another day: the Plan Entry Date after, before or nearest a completion.

The lists ascend. Each gives a Polars expression, null where the list has no such day.
"""

from collections.abc import Sequence
from datetime import date
from typing import Literal

import polars as pl


def first_strictly_after(day: pl.Expr, days: Sequence[date]) -> pl.Expr:
    """The first of the ascending `days` that is later than `day`; null when there is none.

    >>> from planrules.dates import one_day
    >>> quarters = [date(1995, 1, 1), date(1995, 4, 1)]
    >>> one_day(first_strictly_after(pl.lit(date(1995, 1, 1)), quarters))
    datetime.date(1995, 4, 1)
    """
    return _pick(day, days, side="right")


def first_on_or_after(day: pl.Expr, days: Sequence[date]) -> pl.Expr:
    """The first of the ascending `days` that is `day` or later; null when there is none.

    >>> from planrules.dates import one_day
    >>> one_day(first_on_or_after(pl.lit(date(1995, 1, 1)), [date(1995, 1, 1), date(1995, 4, 1)]))
    datetime.date(1995, 1, 1)
    """
    return _pick(day, days, side="left")


def last_strictly_before(day: pl.Expr, days: Sequence[date]) -> pl.Expr:
    """The last of the ascending `days` that is earlier than `day`; null when there is none.

    >>> from planrules.dates import one_day
    >>> quarters = [date(1995, 1, 1), date(1995, 4, 1)]
    >>> one_day(last_strictly_before(pl.lit(date(1995, 4, 1)), quarters))
    datetime.date(1995, 1, 1)
    """
    return _pick(day, days, side="left", back=1)


def last_on_or_before(day: pl.Expr, days: Sequence[date]) -> pl.Expr:
    """The last of the ascending `days` that is `day` or earlier; null when there is none.

    >>> from planrules.dates import one_day
    >>> one_day(last_on_or_before(pl.lit(date(1995, 4, 1)), [date(1995, 1, 1), date(1995, 4, 1)]))
    datetime.date(1995, 4, 1)
    """
    return _pick(day, days, side="right", back=1)


def nearest(day: pl.Expr, days: Sequence[date], tie: Literal["earlier", "later"]) -> pl.Expr:
    """The one of the ascending `days` with the fewest days between it and `day`; of two as near, the `tie`.

    >>> from planrules.dates import one_day
    >>> halves = [date(1995, 1, 1), date(1995, 7, 1), date(1996, 1, 1)]
    >>> one_day(nearest(pl.lit(date(1995, 4, 1)), halves, "earlier"))
    datetime.date(1995, 1, 1)
    >>> one_day(nearest(pl.lit(date(1995, 10, 1)), halves, "earlier"))
    datetime.date(1995, 7, 1)
    >>> one_day(nearest(pl.lit(date(1995, 10, 1)), halves, "later"))
    datetime.date(1996, 1, 1)
    """
    back, ahead = last_on_or_before(day, days), first_on_or_after(day, days)
    before, after = (day - back).dt.total_days(), (ahead - day).dt.total_days()
    earlier = before <= after if tie == "earlier" else before < after
    return pl.when(earlier | ahead.is_null()).then(pl.coalesce(back, ahead)).otherwise(ahead)


def _pick(day: pl.Expr, days: Sequence[date], side: Literal["left", "right"], back: int = 0) -> pl.Expr:
    series = pl.lit(pl.Series("days", list(days), dtype=pl.Date))
    position = series.search_sorted(day, side=side).cast(pl.Int64) - back
    # A negative position would count from the end.
    found = series.gather(position.clip(lower_bound=0), null_on_oob=True)
    return pl.when(day.is_not_null() & (position >= 0)).then(found)
