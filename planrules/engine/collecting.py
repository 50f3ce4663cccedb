"""How the engine has Polars work out its frames."""

import polars as pl


def collected(frame: pl.LazyFrame) -> pl.DataFrame:
    """The frame worked out, in memory: it is that of one person, or of one range of people that fits there.

    Polars' streaming engine, its default, takes a third longer for one person and no less for a range of them
    (docs/decisions/0021-where-the-time-goes.md).
    """
    return frame.collect(engine="in-memory")
