"""The three rules as one writes them by hand in Polars: no names, no citations, no plan."""

from importlib.metadata import version

import polars as pl
from peers.workload import HOURS, YEARS, Answers, People, answers

ENGINE, VERSION = "Polars, by hand", version("polars")


def prepare(people: People) -> pl.DataFrame:
    """The people as one wide frame."""
    hours = {f"hours_{year}": people.hours[:, year] for year in range(YEARS)}
    return pl.DataFrame({name: array for name, array in people._asdict().items() if name != "hours"} | hours)


def evaluate(frame: pl.DataFrame) -> pl.DataFrame:
    """The three answers of everybody."""
    reached = [pl.col(f"hours_{year}") >= HOURS for year in range(YEARS)]
    years = pl.sum_horizontal([each.cast(pl.UInt8) for each in reached])
    first = pl.coalesce([pl.when(each).then(pl.lit(year)) for year, each in enumerate(reached)])
    month = pl.col("hired_month")
    on_quarter = (pl.col("hired_day") == 1) & ((month - 1) % 3 == 0)
    next_quarter = ((month - 1) // 3 + 1) * 3 + 1
    closed = pl.col("hired_year") + first + 1
    entry_month = pl.when(on_quarter).then(month).when(next_quarter == 13).then(1).otherwise(next_quarter)
    entry_year = pl.when(~on_quarter & (next_quarter == 13)).then(closed + 1).otherwise(closed)
    deferral = pl.col("deferral")
    share = pl.min_horizontal(deferral, 0.03) + 0.5 * (deferral - 0.03).clip(0, 0.03)
    return (
        frame.lazy()
        .select(
            vested=pl.when(years >= 5).then(100).otherwise(0),
            entry=(entry_year * 100 + entry_month).fill_null(0),
            match=pl.col("compensation") * share,
        )
        .collect()
    )


def told(found: pl.DataFrame) -> Answers:
    """The answers as arrays."""
    return answers(*(found[name].to_numpy() for name in Answers._fields))
