"""What differs although nothing new can have happened: a decided value that lies in the past of both runs.

Of two runs of the same day that is every decided value. Of a later day it is a day on or before the older run's, a
percentage that fell, or a line of a ledger that was over by then.
"""

from collections.abc import Iterator

import polars as pl

from planrules.batch.determinations import STATUS
from planrules.batch.folder import KEY
from planrules.batch.pair import FIRM, HERE, HERE_NEW, NEW, Pair, text
from planrules.engine.fields import FIELDS

LEDGERS = (
    ("participation_periods", "through", ("hours", "year_of_service")),
    ("vesting_periods", "through", ("hours", "year")),
    ("matching", "month_end", ("match",)),
)
"""The ledgers, the day that tells their lines apart, and the values of them that a correction can move."""
EVENT = {"field": pl.String, "before": pl.String, "after": pl.String, "on": pl.Date}
"""What a change says besides whom it is about and its kind."""


def corrected(pair: Pair) -> Iterator[pl.LazyFrame]:
    """The corrections of each field and ledger, with the columns employee_id and those of `EVENT`."""
    people = pair.people().filter(pl.col(HERE) & pl.col(HERE_NEW))
    for name in pair.values:
        moved = _moved(pair, name)
        if moved is not None:
            yield people.filter(_firm(name) & moved).select(KEY, *event(pair, name))
    yield from ledger_lines(pair)


def event(pair: Pair, name: str, on: pl.Expr | None = None) -> list[pl.Expr]:
    """The columns of `EVENT` for a field: what it was and what it is."""
    dtype = pair.types[name]
    day = pl.coalesce(f"{name}{NEW}", name) if dtype == pl.Date else pl.lit(None, pl.Date)
    return [
        pl.lit(name).alias("field"),
        text(name, dtype).alias("before"),
        text(f"{name}{NEW}", dtype).alias("after"),
        (day if on is None else on).alias("on"),
    ]


def ledger_lines(pair: Pair) -> Iterator[pl.LazyFrame]:
    """The lines of the ledgers whose known value is another one now; `field` is `<ledger>.<value>`."""
    for table, day, values in LEDGERS:
        lines = pair.ledger(table, day, values)
        for value in values:
            other = pl.col(value).is_not_null() & pl.col(value).ne_missing(pl.col(f"{value}{NEW}"))
            yield lines.filter(other).select(
                KEY,
                pl.lit(f"{table}.{value}").alias("field"),
                pl.col(value).cast(pl.String).alias("before"),
                pl.col(f"{value}{NEW}").cast(pl.String).alias("after"),
                pl.col(day).alias("on"),
            )


def _moved(pair: Pair, name: str) -> pl.Expr | None:
    """Whether a value differs where it could not; null for a field that may always move on."""
    was, now = pl.col(name), pl.col(f"{name}{NEW}")
    other = was.ne_missing(now)
    if pair.same_day:
        return other
    day = pair.before.inputs.as_of
    if name.startswith("vested_percent"):
        return (now < was).fill_null(value=False) & ~_left_or_back(pair)
    if pair.types[name] != pl.Date:
        return None
    past = (pl.min_horizontal(was, now) <= day).fill_null(value=False)
    follows = name in {*FIELDS["distribution"], *FIELDS["vesting"]}
    return other & past & ~_left_or_back(pair) if follows else other & past


def _left_or_back(pair: Pair) -> pl.Expr:
    """Whether the day of leaving changed by what happened since the older run: left since, or at work again."""
    was, now = pl.col("event_on"), pl.col(f"event_on{NEW}")
    employed = now.is_null() & (pl.col(f"event_on{STATUS}{NEW}") == "not_applicable")
    since = employed | (now > pair.before.inputs.as_of).fill_null(value=False)
    return was.ne_missing(now) & since


def _firm(name: str) -> pl.Expr:
    """Whether the older run decided the value."""
    status = "vested_percent" if name.startswith("vested_percent_") and "forfeiture" not in name else name
    joined = ("matching_entry_on", "nonelective_entry_on", "qualified_nonelective_entry_on")
    return pl.col(f"{'contributions' if name in joined else status}{STATUS}").is_in(list(FIRM))
