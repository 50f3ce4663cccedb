"""The cells of a file for payroll, written as its layout declares; none is a formula to a spreadsheet."""

from collections.abc import Iterator

import polars as pl

from planrules.batch.layout import Column, Layout
from planrules.batch.payroll_facts import DAYS, FACTS
from planrules.errors import FileError, Problem

FORMULA = r"^[=+\-@\t\r\n]"
"""How a text begins that a spreadsheet may take for a formula."""
OPEN = "match_open"
"""The column that says whether somebody's match is not known."""


def cell(column: Column, rows: pl.DataFrame) -> pl.Expr:
    """A column of the file, as text; an amount of the match that is not known is empty.

    Raises:
        FileError: a value has no code in the layout.
    """
    if column.fact is None:
        return _safe(pl.lit(column.text)).alias(column.header)
    value, kind = pl.col(column.fact), FACTS[column.fact]
    if kind == "day":
        told = value.dt.to_string(DAYS[column.days or "yyyy-mm-dd"])
    elif kind == "money":
        told = value.cast(pl.String)
        told = told.str.replace(".", "", literal=True) if column.amounts == "implied_cents" else told
    elif kind == "percent":
        told = value.cast(pl.String).str.strip_chars_end("0").str.strip_chars_end(".")
    else:
        told = _safe(_coded(column, rows, value.cast(pl.String)))
    blank = _safe(pl.lit(column.blank))
    not_known = pl.when(OPEN).then(pl.lit("")).otherwise(blank)
    return told.fill_null(not_known if kind == "money" else blank).alias(column.header)


def _coded(column: Column, rows: pl.DataFrame, value: pl.Expr) -> pl.Expr:
    if column.codes is None:
        return value
    known = rows.select(value.is_null().or_(value.is_in(list(column.codes))).all()).item()
    if not known:
        raise FileError([_no_code(column)])
    return value.replace_strict(dict(column.codes), return_dtype=pl.String)


def _safe(text: pl.Expr) -> pl.Expr:
    return pl.when(text.str.contains(FORMULA)).then("'" + text).otherwise(text)


def written(cells: pl.DataFrame, layout: Layout) -> bytes:
    """The file.

    Raises:
        FileError: a letter is not in the encoding.
    """
    ending = "\r\n" if layout.ending == "crlf" else "\n"
    headed = cells.rename(dict(zip(cells.columns, _headers(cells), strict=True)))
    if layout.separator is None:
        text = "".join(f"{line}{ending}" for line in _in_widths(headed, layout))
    else:
        text = headed.write_csv(separator=layout.separator, include_header=layout.header, line_terminator=ending)
    try:
        return text.encode("cp1252" if layout.encoding == "windows-1252" else "utf-8")
    except UnicodeEncodeError:
        raise FileError([_no_letter(layout)]) from None


def _in_widths(headed: pl.DataFrame, layout: Layout) -> pl.Series:
    """The lines of a file of fixed width.

    Raises:
        FileError: a value is longer than its column.
    """
    if layout.header:
        headed = pl.concat([pl.DataFrame([headed.columns], schema=headed.schema, orient="row"), headed])
    padded = []
    for name, column in zip(headed.columns, layout.columns, strict=True):
        width = column.width or 0
        if headed.select((pl.col(name).str.len_chars() > width).any()).item():
            raise FileError([_too_long(column)])
        value = pl.col(name).str
        filled = value.pad_start(width, column.pad) if column.align == "right" else value.pad_end(width, column.pad)
        # Nothing stays nothing: filled up with zeros, an amount that is not known would be one of zero.
        padded.append(pl.when(pl.col(name) == "").then(pl.lit(" " * width)).otherwise(filled))
    return headed.select(pl.concat_str(padded).alias("line"))["line"]


def _headers(cells: pl.DataFrame) -> Iterator[str]:
    yield from pl.DataFrame({"header": cells.columns}).select(_safe(pl.col("header"))).to_series()


def _no_code(column: Column) -> Problem:
    return Problem(
        f"a value of {column.fact} without a code",
        f"column {column.header}",
        "A value is never written in words that payroll does not know.",
        "Give every value a code in the layout.",
    )


def _too_long(column: Column) -> Problem:
    return Problem(
        f"a value or header longer than {column.width} letters",
        f"column {column.header}",
        "It would be cut short, and mean something else.",
        "Declare a greater width, or mend the value.",
    )


def _no_letter(layout: Layout) -> Problem:
    return Problem(
        "a letter that the layout's encoding does not have",
        layout.name,
        "It would be lost.",
        "Declare `encoding: utf-8`, or mend the key.",
    )
