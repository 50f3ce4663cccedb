"""The day of a list that goes with another day: the Plan Entry Date after, before or nearest a completion.

The lists ascend. Each gives a Polars expression, null where the list has no such day.
"""

from collections.abc import Sequence
from datetime import date, timedelta
from functools import lru_cache
from typing import Literal

import polars as pl

_ONE_DAY = timedelta(days=1)


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
    if not days:
        return pl.lit(None, dtype=pl.Date)
    table = _by_day(tuple(days), side, back)
    # Every day before the first of the table has the answer of its first, every later one that of its last.
    place = (day - (days[0] - _ONE_DAY)).dt.total_days().clip(0, len(table) - 1)
    return pl.lit(table).gather(place)


@lru_cache(maxsize=32)
def _by_day(days: tuple[date, ...], side: Literal["left", "right"], back: int) -> pl.Series:
    """The answer for each day from the one before the list to the one after it: finding it needs no search a person."""
    listed = pl.Series("days", days, dtype=pl.Date)
    every = pl.date_range(days[0] - _ONE_DAY, days[-1] + _ONE_DAY, eager=True)
    positions = listed.search_sorted(every, side=side).cast(pl.Int64) - back
    return listed.gather(positions.set(positions < 0, None), null_on_oob=True)
