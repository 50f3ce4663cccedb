"""Files of cells between separators. A row with more or fewer cells than the header is set aside, not guessed at."""

import csv
import io
from pathlib import Path

import polars as pl

from planrules.people.importing import faults
from planrules.people.importing.mapping import FileMapping
from planrules.people.importing.sources import LINE, Source, names, unreadable
from planrules.people.importing.text_files import text_of

_LONGEST_ROW = 20
"""Lines that one quoted row may go over; more is a quotation mark that nobody closed."""


def read_delimited(file: Path, mapping: FileMapping) -> Source:
    """A CSV file, or one with another separator."""
    text, notes = text_of(file, mapping.encoding)
    rows = _records(pl.Series("text", text.split("\n"), dtype=pl.String).to_frame().with_row_index(LINE, 1))
    head, body = rows.filter(pl.col(LINE) == mapping.header_row), rows.filter(pl.col(LINE) > mapping.header_row)
    if not head.height or not head["text"][0].strip():
        raise unreadable(file.name, "no header row", "Say in the mapping which row has the headers.")
    headers = _row(head["text"][0], mapping.separator)
    if not headers:
        raise unreadable(file.name, "a header row that is not one row of cells", "Mend its quotation marks.")
    separators = pl.col("text").str.replace_all(r'"[^"]*"', "").str.count_matches(mapping.separator, literal=True)
    empty = pl.col("text").str.strip_chars(f' \t"{mapping.separator}') == ""
    fits = (separators == len(headers) - 1) & (_marks() % 2 == 0)
    rows = body.filter(~empty).with_columns(fits=fits)
    frame, odd = _cells(rows.filter("fits"), len(headers), mapping.separator)
    broken = pl.concat([rows.filter(~pl.col("fits")), odd]).sort(LINE)
    wrong = faults.found("cells", broken, file.name, "", "a whole row")
    partly = _one_by_one(broken, len(headers), mapping.separator)
    return Source(file.name, tuple(header.strip() for header in headers), frame, wrong, notes, partly)


def _marks() -> pl.Expr:
    return pl.col("text").str.count_matches('"', literal=True)


def _records(lines: pl.DataFrame) -> pl.DataFrame:
    """Lines joined where a quoted cell goes over several; `line` is the first."""
    marks = _marks()
    if not lines.select((marks % 2 == 1).any()).item():
        return lines
    opened = lines.with_columns(within=(marks.cum_sum() - marks) % 2 == 1)
    joined = (
        opened.group_by((~pl.col("within")).cum_sum().alias("record"), maintain_order=True)
        .agg(pl.col(LINE).first(), pl.col("text").str.join("\n"), height=pl.len())
        .drop("record")
    )
    closes = lines.select(marks.sum() % 2 == 0).item() and joined.select(pl.col("height").max()).item() <= _LONGEST_ROW
    return joined.drop("height") if closes else lines


def _cells(rows: pl.DataFrame, count: int, separator: str) -> tuple[pl.DataFrame, pl.DataFrame]:
    """The rows as cells, and the rows in which quotation marks stand so that they come to another number of cells."""
    if not rows.height:
        return pl.DataFrame(schema=dict.fromkeys(names(count), pl.String) | {LINE: pl.UInt32}), rows
    lines = io.BytesIO("\n".join(rows["text"]).encode())
    try:
        cells = pl.read_csv(
            lines, has_header=False, separator=separator, infer_schema=False, new_columns=names(count), quote_char='"'
        )
    except pl.exceptions.PolarsError:
        cells = pl.DataFrame()
    if cells.shape == (rows.height, count):
        return cells.with_columns(rows[LINE]), rows.clear()
    found = [len(_row(text, separator)) == count for text in rows["text"]]
    return _one_by_one(rows.filter(found), count, separator), rows.filter([not fits for fits in found])


def _one_by_one(rows: pl.DataFrame, count: int, separator: str) -> pl.DataFrame:
    """Rows read each by itself, cut or filled to the right number of cells."""
    cells = [[*_row(text, separator), *([""] * count)][:count] for text in rows["text"]]
    frame = pl.DataFrame(cells, schema=dict.fromkeys(names(count), pl.String), orient="row")
    return frame.with_columns(rows[LINE])


def _row(text: str, separator: str) -> list[str]:
    """The cells of one row; none where quotation marks stand so that it is not one row."""
    try:
        rows = list(csv.reader(io.StringIO(text, newline=""), delimiter=separator))
    except csv.Error:
        return []
    return rows[0] if len(rows) == 1 else []
