"""Defects that payroll files have in practice, put into a sample on request; each is one fault of one row.

What an import must say of each is written down beside the files: file, row, column and rule.
"""

from collections.abc import Mapping
from dataclasses import dataclass, field
from datetime import date
from itertools import zip_longest

import polars as pl

from planrules.sampling.draws import NUMBER, Draws
from planrules.sampling.files import BALANCES, CENSUS, CLASSES, PAYROLL

CUT = "cut"
_UNREADABLE_DAY = "not a day"
_NO_SUCH_DAY = "a day that the calendar does not have, read in the form of its column"
_UNREADABLE_AMOUNT = "not an amount in the form of its column"
_UNKNOWN_CODE = "a code that the mapping does not explain"
_MISSING = "a value is missing that a row needs"


@dataclass(frozen=True)
class Defect:
    """One kind of defect.

    Attributes:
        file: the file it is in.
        column: the header at which it must be told; empty for a whole row.
        rule: the rule it breaks.
        where: the rows it can be put in.
        cells: what the row says instead, by column.
        again: the row is repeated at the file's end instead of changed.
        cut: the line is cut short.
    """

    file: str
    column: str
    rule: str
    where: pl.Expr
    cells: Mapping[str, pl.Expr] = field(default_factory=dict)
    again: bool = False
    cut: bool = False


def _moved(days: int, column: str, into: str) -> dict[str, pl.Expr]:
    """Another column's day, so many days later, in the census's form."""
    day = pl.col(column).str.to_date("%m/%d/%Y", strict=False) + pl.duration(days=days)
    return {into: day.dt.strftime("%m/%d/%Y")}


_ACTIVE = pl.col("Employee Status") == "A"
_FIRST_ONLY = (pl.col("Re-hire Date") == "") & (pl.col("First Termination Date") == "")
_BACK = (pl.col("Re-hire Date") != "") & (pl.col("Term Date") == "")
_PAID_HOURS = ~pl.col("reversed") & ~pl.col("Hours Worked").is_in(["", "0.00"])
_LONG = _PAID_HOURS & (pl.col("Period Begin") < pl.col("Period End"))


_IN_CENSUS = (
    Defect(CENSUS, "Date of Hire", _MISSING, _ACTIVE & _FIRST_ONLY, {"Date of Hire": pl.lit("")}),
    Defect(CENSUS, "Term Date", _UNREADABLE_DAY, _ACTIVE & _FIRST_ONLY, {"Term Date": pl.lit("Term")}),
    Defect(CENSUS, "DOB", _NO_SUCH_DAY, _ACTIVE, {"DOB": pl.lit("02/30/1961")}),
    Defect(
        CENSUS,
        "Term Date",
        "the employment ends before it starts",
        _FIRST_ONLY & (pl.col("Employee Status") == "T"),
        _moved(-40, "Date of Hire", "Term Date"),
    ),
    Defect(
        CENSUS,
        "Re-hire Date",
        "the hire date is after the rehire date",
        _BACK,
        _moved(-30, "Date of Hire", "Re-hire Date"),
    ),
    Defect(
        CENSUS,
        "DOB",
        "the first day of employment is before birth",
        _ACTIVE & _FIRST_ONLY,
        _moved(10, "Date of Hire", "DOB"),
    ),
    Defect(CENSUS, "Employee Status", _UNKNOWN_CODE, _ACTIVE, {"Employee Status": pl.lit("Q")}),
    Defect(
        CENSUS,
        "Employee Status",
        "a status says that the employment ended, and no day does",
        _ACTIVE & _FIRST_ONLY,
        {"Employee Status": pl.lit("T")},
    ),
    Defect(CENSUS, "Term Reason", _UNKNOWN_CODE, pl.col("Term Reason") != "", {"Term Reason": pl.lit("99")}),
    Defect(CENSUS, "Employee Number", "the same row as an earlier one", _ACTIVE & _FIRST_ONLY, again=True),
    Defect(
        CENSUS,
        "Re-hire Date",
        "a rehire, and no day on which the employment before it ended",
        _BACK,
        {"First Termination Date": pl.lit("")},
    ),
    Defect(CENSUS, "", "the row has more or fewer cells than the header", _ACTIVE, cut=True),
)
_IN_PAYROLL = (
    Defect(PAYROLL, "Hours Worked", _UNREADABLE_AMOUNT, _PAID_HOURS, {"Hours Worked": pl.lit("8O.00")}),
    Defect(PAYROLL, "Hours Worked", _UNREADABLE_AMOUNT, _PAID_HOURS, {"Hours Worked": pl.lit("80.125")}),
    Defect(
        PAYROLL,
        "Gross Pay",
        "a negative number, and no row that it takes back (a reversal)",
        _LONG,
        {"Hours Worked": pl.lit("-8.00"), "Gross Pay": pl.lit("($80.00)"), "401(k)": pl.lit("0.00")},
    ),
    Defect(PAYROLL, "Hours Worked", "more than 24 hours a day", _PAID_HOURS, {"Hours Worked": pl.lit("999.00")}),
    Defect(
        PAYROLL,
        "Period End",
        "the pay row ends before it starts",
        _LONG,
        {"Period Begin": pl.col("Period End"), "Period End": pl.col("Period Begin")},
    ),
    Defect(PAYROLL, "Check Date", _MISSING, _PAID_HOURS, {"Check Date": pl.lit("")}),
    Defect(PAYROLL, "Check Date", _NO_SUCH_DAY, _PAID_HOURS, {"Check Date": pl.lit("19950231")}),
    Defect(
        PAYROLL,
        "401(k)",
        "a salary reduction above the compensation it is taken from",
        _PAID_HOURS,
        {"401(k)": pl.lit("99999.00")},
    ),
    Defect(PAYROLL, "Gross Pay", _UNREADABLE_AMOUNT, _PAID_HOURS, {"Gross Pay": pl.lit("$1,23.45")}),
    Defect(PAYROLL, "Clock No", "the same pay row twice", _PAID_HOURS, again=True),
    Defect(
        PAYROLL,
        "Clock No",
        "rows of somebody who is not among the employees",
        _PAID_HOURS,
        {"Clock No": pl.format("X{}", pl.col("Clock No").str.slice(1))},
    ),
    Defect(PAYROLL, "", "the row has more or fewer cells than the header", _PAID_HOURS, cut=True),
)
_ELSEWHERE = (
    Defect(BALANCES, "", "the line is not one JSON object", pl.lit(value=True), cut=True),
    Defect(CLASSES, "class", _UNKNOWN_CODE, pl.lit(value=True), {"code": pl.lit("ZZ")}),
    Defect(CLASSES, "end", "the class ends before it starts", pl.lit(value=True), {"last": pl.lit("19600101")}),
)


def kinds(through: date) -> tuple[Defect, ...]:
    """Every kind of defect, in the order in which they are put in, for files that were drawn on a day."""
    later = pl.lit(through) + pl.duration(days=90)
    unborn = Defect(CENSUS, "DOB", "a birth date in the future", _ACTIVE, {"DOB": later.dt.strftime("%m/%d/%Y")})
    in_turn = zip_longest((*_IN_CENSUS, unborn), _IN_PAYROLL)
    return (*(kind for pair in in_turn for kind in pair if kind is not None), *_ELSEWHERE)


def put_in(
    sheets: dict[str, pl.DataFrame], count: int, through: date, draws: Draws
) -> tuple[dict[str, pl.DataFrame], pl.DataFrame]:
    """The sheets with so many defects, each at another person, and where they are.

    The second frame has file, row (counted from 0 within the sheet), column, rule and the person's number.
    """
    order = kinds(through)
    changed = {
        name: sheet.with_columns(pl.lit(value=False).alias(CUT)).with_row_index("at") for name, sheet in sheets.items()
    }
    used: set[int] = set()
    found: list[tuple[str, int, str, str, int]] = []
    for turn, defect in enumerate(order):
        wanted = count // len(order) + (turn < count % len(order))
        sheet = changed[defect.file]
        rows = _victims(sheet, defect, used, wanted, draws, turn)
        used.update(rows[NUMBER])
        changed[defect.file], at = _with(sheet, defect, rows)
        found += [
            (defect.file, row, defect.column, defect.rule, number) for row, number in zip(at, rows[NUMBER], strict=True)
        ]
    schema = {"file": pl.String, "row": pl.Int64, "column": pl.String, "rule": pl.String, NUMBER: pl.Int64}
    return {name: sheet.drop("at") for name, sheet in changed.items()}, pl.DataFrame(found, schema=schema, orient="row")


def _victims(  # noqa: PLR0913, PLR0917  the parts of one draw
    sheet: pl.DataFrame, defect: Defect, used: set[int], wanted: int, draws: Draws, turn: int
) -> pl.DataFrame:
    """The rows to spoil: one of a person, and nobody twice."""
    can = sheet.filter(defect.where, ~pl.col(NUMBER).is_in(list(used)))
    drawn = can.with_columns(drawn=draws.below(f"defect {turn}", 1 << 31, of=pl.col("at")))
    return drawn.sort("drawn", "at").unique(NUMBER, keep="first", maintain_order=True).head(wanted)


def _with(sheet: pl.DataFrame, defect: Defect, rows: pl.DataFrame) -> tuple[pl.DataFrame, list[int]]:
    """The sheet with the defect in these rows, and where it then stands."""
    if defect.again:
        copies = rows.select(sheet.columns).with_columns(
            at=pl.int_range(sheet.height, sheet.height + pl.len(), dtype=pl.UInt32)
        )
        return pl.concat([sheet, copies]), list(copies["at"])
    here = pl.col("at").is_in(rows["at"].implode())
    cells = {name: pl.when(here).then(cell).otherwise(pl.col(name)) for name, cell in defect.cells.items()}
    if defect.cut:
        cells[CUT] = here | pl.col(CUT)
    return sheet.with_columns(**cells), list(rows["at"])
