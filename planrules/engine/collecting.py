"""How the engine has Polars work out its frames: in memory, and of few people without looking for a better plan.

Polars' streaming engine, its default, takes a third longer for one person and no less for a range of them; and to
improve a query takes longer than to run it as it stands where the frames have a handful of rows
(docs/decisions/0021-where-the-time-goes.md).
"""

from collections.abc import Iterator, Sequence
from contextlib import contextmanager
from contextvars import ContextVar

import polars as pl
from polars import QueryOptFlags

FEW = 40
"""People up to whom a query is run as it stands: for some fifty the better plan pays for itself."""

_IMPROVED = QueryOptFlags()
_AS_IT_STANDS = QueryOptFlags.none(simplify_expression=True)
"""The one improvement that Polars itself makes to the methods of a DataFrame."""
_flags: ContextVar[QueryOptFlags] = ContextVar("flags", default=_IMPROVED)


@contextmanager
def of_as_many(people: int) -> Iterator[None]:
    """Within it, frames are worked out as is quickest for so many people."""
    token = _flags.set(_AS_IT_STANDS if people <= FEW else _IMPROVED)
    try:
        yield
    finally:
        _flags.reset(token)


def collected(frame: pl.LazyFrame) -> pl.DataFrame:
    """The frame worked out."""
    return frame.collect(engine="in-memory", optimizations=_flags.get())


def all_collected(frames: Sequence[pl.LazyFrame]) -> Sequence[pl.DataFrame]:
    """The frames worked out side by side, in their order."""
    return pl.collect_all(frames, engine="in-memory", optimizations=_flags.get())
