"""The files of a sample as employers have them: each of another kind, with its own headers, days, amounts and codes."""

from collections.abc import Mapping
from dataclasses import dataclass
from datetime import date

import polars as pl

from planrules import dates
from planrules.sampling.draws import NUMBER, Draws
from planrules.sampling.pay import as_paid
from planrules.sampling.shape import Shape
from planrules.sampling.tables import classes, decimal_text
from planrules.sampling.workforce import KEY

CENSUS, PAYROLL, SERVICE, CLASSES, BALANCES = (
    "census.csv",
    "payroll.csv",
    "predecessor-service.csv",
    "classes.txt",
    "balances.jsonl",
)
LINE = "line_text"
_STATUS = {"retirement": "R", "death": "D"}
_REASON = {"quit": "V", "discharge": "D", "layoff": "L", "retirement": "R", "death": "X", "disability": "I"}
_CLASS = {"collective_bargaining": "U ", "nonresident_alien": "N ", "commission_sales": "C "}
_LAST_NAMES = ("Abbott", "Núñez", "O'Brien", "Müller", "Carter", "Lefèvre", "Webb", "García", "Young", "Ødegård")
_FIRST_NAMES = ("Ann", "José", "Kim", "Renée", "Lee", "Björn", "Pat", "Zoë")
_SERIAL_ZERO = date(1899, 12, 30)


@dataclass(frozen=True)
class Written:
    """How a file is written: the columns that make its lines, the first line, what ends a line, and the encoding."""

    columns: tuple[str, ...]
    header: str | None
    ending: str
    encoding: str


WRITTEN: Mapping[str, Written] = {
    CENSUS: Written(
        (
            "Employee Number",
            "Last Name",
            "First Name",
            "Location",
            "DOB",
            "Date of Hire",
            "First Termination Date",
            "Re-hire Date",
            "Term Date",
            "Term Reason",
            "Employee Status",
        ),
        "csv",
        "\r\n",
        "windows-1252",
    ),
    PAYROLL: Written(
        ("Clock No", "Period Begin", "Period End", "Check Date", "Hours Worked", "Gross Pay", "401(k)"),
        "csv",
        "\n",
        "utf-8-sig",
    ),
    SERVICE: Written(("EMP ID", "COMPANY NAME", "START DATE", "END DATE"), "csv", "\n", "utf-8"),
    CLASSES: Written(("id", "code", "first", "last"), None, "\n", "utf-8"),
    BALANCES: Written(
        ("employee_id", "deferral", "regular_matching", "employer", "qualified_nonelective"), None, "\n", "utf-8"
    ),
}


def sheets(
    people: pl.DataFrame, rows: pl.DataFrame, owned: pl.DataFrame, shape: Shape, draws: Draws
) -> dict[str, pl.DataFrame]:
    """Each file's cells as text, one row a line, with the person's number."""
    return {
        CENSUS: _census(people, shape, draws),
        PAYROLL: _payroll(rows),
        SERVICE: _service(people, shape),
        CLASSES: _classes(people),
        BALANCES: owned.select(NUMBER, KEY, *(decimal_text(pl.col(name)).alias(name) for name in owned.columns[2:])),
    }


def lines(file: str, cells: pl.DataFrame) -> pl.Series:
    """The lines of a file; a cell with a separator is quoted."""
    columns = WRITTEN[file].columns
    if file == CLASSES:
        text = pl.concat_str(columns)
    elif file == BALANCES:
        pairs = [pl.format('"{}": "{}"', pl.lit(name), pl.col(name)) for name in columns]
        text = pl.concat_str(pl.lit("{"), pl.concat_str(pairs, separator=", "), pl.lit("}"))
    else:
        quoted = [
            pl.when(pl.col(name).str.contains(",", literal=True))
            .then(pl.format('"{}"', pl.col(name)))
            .otherwise(pl.col(name))
            for name in columns
        ]
        text = pl.concat_str([cell.fill_null("") for cell in quoted], separator=",")
    return cells.select(text.alias(LINE))[LINE]


def header(file: str) -> str:
    """The first line of a file, with what ends it; empty where there is none."""
    written = WRITTEN[file]
    return "" if written.header is None else ",".join(written.columns) + written.ending


def _american(day: pl.Expr) -> pl.Expr:
    return day.dt.strftime("%m/%d/%Y").fill_null("")


def _census(people: pl.DataFrame, shape: Shape, draws: Draws) -> pl.DataFrame:
    last = pl.when(pl.col("back").is_null()).then("left").otherwise("left_again")
    away = pl.lit(shape.through).is_between("absent_from", "absent_to").fill_null(value=False)
    at_work = pl.when(away).then(pl.lit("L")).otherwise(pl.lit("A"))
    ended = pl.col("last_reason").replace_strict(_STATUS, default="T")
    return people.select(
        NUMBER,
        pl.col(KEY).alias("Employee Number"),
        pl.lit(pl.Series(_LAST_NAMES)).gather(draws.below("last name", len(_LAST_NAMES))).alias("Last Name"),
        pl.lit(pl.Series(_FIRST_NAMES)).gather(draws.below("first name", len(_FIRST_NAMES))).alias("First Name"),
        pl.col("plant").alias("Location"),
        _american(pl.col("born")).alias("DOB"),
        _american(pl.col("hired")).alias("Date of Hire"),
        _american(pl.when(pl.col("back").is_not_null()).then("left")).alias("First Termination Date"),
        _american(pl.col("back")).alias("Re-hire Date"),
        _american(last).alias("Term Date"),
        pl.when(last.is_not_null())
        .then(pl.col("last_reason").replace_strict(_REASON))
        .fill_null("")
        .alias("Term Reason"),
        pl.when(last.is_null()).then(at_work).otherwise(ended).alias("Employee Status"),
    )


def _payroll(rows: pl.DataFrame) -> pl.DataFrame:
    return as_paid(rows).select(
        NUMBER,
        pl.col(KEY).alias("Clock No"),
        pl.col("start").dt.strftime("%Y%m%d").alias("Period Begin"),
        pl.col("end").dt.strftime("%Y%m%d").alias("Period End"),
        pl.col("paid_on").dt.strftime("%Y%m%d").alias("Check Date"),
        decimal_text(pl.col("hours")).fill_null("").alias("Hours Worked"),
        _dollars(pl.col("compensation")).alias("Gross Pay"),
        _in_brackets(pl.col("salary_reduction")).alias("401(k)"),
        "reversed",
    )


def _dollars(cents: pl.Expr) -> pl.Expr:
    """$1,234.50, and ($1,234.50) for less than nothing."""
    size = cents.abs()
    thousands, rest = size // 100_000, size % 100_000
    small = decimal_text(size)
    large = pl.concat_str(thousands, pl.lit(","), decimal_text(rest).str.zfill(6))
    told = pl.concat_str(pl.lit("$"), pl.when(thousands > 0).then(large).otherwise(small))
    return pl.when(cents < 0).then(pl.format("({})", told)).otherwise(told)


def _in_brackets(cents: pl.Expr) -> pl.Expr:
    told = decimal_text(cents.abs())
    return pl.when(cents < 0).then(pl.format("({})", told)).otherwise(told)


def _service(people: pl.DataFrame, shape: Shape) -> pl.DataFrame:
    """Service with the predecessor, its days as spreadsheets count them."""
    came = people.filter(pl.col("before").is_not_null()).select(
        NUMBER, KEY, start="before", end=dates.days_after(pl.col("hired"), -1)
    )
    went = people.filter(pl.col("after").is_not_null()).select(NUMBER, KEY, start="after", end=pl.lit(None, pl.Date))
    return (
        pl.concat([came, went])
        .sort(NUMBER, "start")
        .select(
            NUMBER,
            pl.col(KEY).alias("EMP ID"),
            pl.lit(shape.predecessor).alias("COMPANY NAME"),
            *(
                (pl.col(day) - pl.lit(_SERIAL_ZERO))
                .dt.total_days()
                .cast(pl.String)
                .fill_null("")
                .alias(f"{day.upper()} DATE")
                for day in ("start", "end")
            ),
        )
    )


def _classes(people: pl.DataFrame) -> pl.DataFrame:
    return classes(people).select(
        NUMBER,
        pl.col(KEY).alias("id"),
        pl.col("class").replace_strict(_CLASS).alias("code"),
        pl.col("start").dt.strftime("%Y%m%d").alias("first"),
        pl.col("end").dt.strftime("%Y%m%d").fill_null("00000000").alias("last"),
    )
