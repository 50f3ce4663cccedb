"""The file that goes back to payroll: the match of the period and who is newly eligible, in a declared layout.

The period is the latest allocation period that was over on the day of the run. Newly eligible is who joined in it or
since.
"""

from dataclasses import dataclass
from datetime import date
from pathlib import Path

import polars as pl

from planrules.batch.determinations import DETERMINATIONS
from planrules.batch.finishing import FILES
from planrules.batch.folder import KEY
from planrules.batch.layout import Layout
from planrules.batch.manifest import load_manifest
from planrules.batch.payroll_facts import FACTS
from planrules.batch.payroll_file import OPEN, cell, written
from planrules.batch.writing import made_whole
from planrules.errors import FileError, Problem

_MONTH = ("match", "tier_1", "tier_2", "compensation_counted", "eligible_contributions", "allocated")
_NOT_KNOWN = ("needs_data", "needs_reading")


@dataclass(frozen=True)
class Payback:
    """What a file that goes back to payroll holds.

    Attributes:
        through: last day of the allocation period; null where nobody has a line of the match in one that was over.
        since: the day after which somebody who joined is newly eligible.
        rows: the file's cells, one row a person.
        matched: how many people have a match.
        newly_eligible: how many people are newly eligible.
        match_open: how many people have a match in the period that is not known; it is never written as an amount.
        entry_open: of how many people it is not known when they joined, so neither whether they are newly eligible.
        text: the file.
    """

    through: date | None
    since: date | None
    rows: pl.DataFrame
    matched: int
    newly_eligible: int
    match_open: int
    entry_open: int
    text: bytes


def payback(run: str | Path, layout: Layout, since: date | None = None) -> Payback:
    """The match of the period and the newly eligible of a finished run.

    Args:
        run: its folder.
        layout: how the file is written.
        since: who joined after this day is newly eligible; null: the last day of the period before.

    Raises:
        FileError: there is no finished run, no day since when is known, or a value has no code in the layout.
    """
    folder = Path(run)
    as_of = load_manifest(folder).inputs.as_of
    through, before = _periods(folder, as_of)
    begin = since or before
    if begin is None and layout.rows != "match":
        raise FileError([_no_period(folder.name)])
    people = _people(folder, through, begin, layout)
    wanted = {"match": pl.col("match") > 0, "newly_eligible": pl.col("newly_eligible")}
    which = [flag.fill_null(value=False) for name, flag in wanted.items() if layout.rows in {name, "both"}]
    rows = people.filter(pl.any_horizontal(which)).with_columns(as_of=pl.lit(as_of))
    cells = rows.select(cell(column, rows) for column in layout.columns)
    return Payback(
        through=through,
        since=begin,
        rows=cells,
        matched=rows.filter(pl.col("match") > 0).height,
        newly_eligible=rows.filter("newly_eligible").height,
        match_open=people.filter(OPEN).height if layout.rows != "newly_eligible" else 0,
        entry_open=people["newly_eligible"].null_count() if layout.rows != "match" else 0,
        text=written(cells, layout),
    )


def write_payback(made: Payback, file: str | Path) -> None:
    """Writes the file, whole or not at all.

    Raises:
        FileError: it cannot be written.
    """
    with made_whole(Path(file)) as target:
        target.write_bytes(made.text)


def _periods(run: Path, as_of: date) -> tuple[date | None, date | None]:
    """The last days of the latest two allocation periods that were over on the day of the run."""
    months = pl.scan_parquet(run / FILES["matching"], glob=False).select(pl.col("month_end").unique())
    over = months.filter(pl.col("month_end") <= as_of).collect(engine="streaming")["month_end"].sort(descending=True)
    ends: list[date | None] = [*over.head(2), None, None]
    return ends[0], ends[1]


def _people(run: Path, through: date | None, since: date | None, layout: Layout) -> pl.DataFrame:
    """Everybody with the match of the period, whether newly eligible, and whether the match is left open."""
    columns = ["entry_on_status"]
    columns += [name for name in FACTS if name not in {*_MONTH, "newly_eligible", "period_through", "as_of"}]
    told = pl.scan_parquet(run / FILES[DETERMINATIONS], glob=False).select(columns)
    months = pl.scan_parquet(run / FILES["matching"], glob=False).filter(pl.col("month_end").eq_missing(through))
    lines = months.select(KEY, *_MONTH, period_through="month_end")
    joined = pl.col("entry_on") > (since or date.max)
    if layout.announce:
        joined |= pl.col("next_entry_on").is_not_null()
    both = told.join(lines, on=KEY, how="left", maintain_order="left")
    return both.with_columns(
        newly_eligible=pl.when(~pl.col("entry_on_status").is_in(_NOT_KNOWN)).then(joined.fill_null(value=False)),
        **{OPEN: pl.col("period_through").is_not_null() & pl.col("match").is_null()},
    ).collect()


def _no_period(where: str) -> Problem:
    return Problem(
        "fewer than two allocation periods that were over have a line of the match",
        where,
        "Newly eligible is who joined since the period before; periods are told by the lines of the match.",
        "Say since when with --since.",
    )
