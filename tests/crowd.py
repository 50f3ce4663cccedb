"""Many different people with long pay histories, made as tables at once: the same for the same numbers."""

from datetime import date

import polars as pl
from asking import MITECH, STEEL

from planrules import People

FIRST_DAY, LAST_DAY = date(1986, 1, 1), date(2005, 12, 31)
"""Twenty years."""
_DAY = pl.col("hired")
_N = pl.col("number")


def crowd(count: int) -> People:
    """`count` people over twenty years with semi-monthly pay.

    They differ in hire date, hours, pay, deferrals, leaving and return, class, predecessor service and what is not
    known; nobody's facts depend on how many people there are.
    """
    people = _people(count)
    return People.from_tables(
        {
            "employees": people.select(
                "employee_id",
                birth_date=pl.when(_N % 11 != 3).then(pl.date(1930 + _N * 7 % 50, 1 + _N % 12, 1 + _N * 5 % 28)),
                classes_known=_N % 13 != 5,
                pay_known=_N % 17 != 7,
            ),
            "employment": _employment(people),
            "classes": people.filter((_N % 5 == 2) & (_N % 13 != 5)).select(
                "employee_id",
                pl.lit("collective_bargaining").alias("class"),
                start=_DAY,
                end=pl.when(_N % 2 == 0).then(_DAY.dt.offset_by("4y")),
            ),
            "pay": _pay(people),
            "accounts": people.filter(_N % 7 != 4).select(
                "employee_id",
                deferral=(_N * 137 % 9000).cast(pl.Decimal(16, 2)),
                regular_matching=(_N * 59 % 3000).cast(pl.Decimal(16, 2)),
                employer=pl.lit(0),
                qualified_nonelective=pl.lit(0),
            ),
            "distributions": people.filter((_N % 6 == 1) & (_N % 4 == 3)).select(
                "employee_id", paid_on=pl.col("left").dt.offset_by("90d"), repaid_on=pl.col("back").dt.offset_by("1y")
            ),
        }
    )


def _people(count: int) -> pl.DataFrame:
    """Number, hire date, and of every fourth person the days of leaving and of return."""
    leaves = _N % 4 == 3
    return (
        pl.DataFrame({"number": pl.int_range(count, eager=True)})
        .with_columns(
            employee_id=pl.format("P{}", _N.cast(pl.String).str.zfill(5)),
            hired=pl.lit(FIRST_DAY) + pl.duration(days=_N * 37 % 3650),
        )
        .with_columns(left=pl.when(leaves).then(_DAY + pl.duration(days=300 + _N * 53 % 2500)))
        .with_columns(back=pl.when(_N % 8 == 3).then(pl.col("left") + pl.duration(days=1 + _N * 29 % 2600)))
    )


def _employment(people: pl.DataFrame) -> pl.DataFrame:
    reason = pl.when(pl.col("left").is_not_null() & (_N % 3 > 0)).then(
        pl.when(_N % 9 == 4).then(pl.lit("disability")).otherwise(pl.lit("quit"))
    )
    employer = pl.when(_N % 10 == 6).then(pl.lit(MITECH)).otherwise(pl.lit(STEEL))
    first = people.select("employee_id", employer=employer, start=_DAY, end=pl.col("left"), reason=reason)
    again = people.filter(pl.col("back").is_not_null()).select("employee_id", employer=pl.lit(STEEL), start="back")
    return pl.concat([first, again], how="diagonal")


def _pay(people: pl.DataFrame) -> pl.DataFrame:
    """A row each half month wholly in employment; the hours of one in 97 are blank."""
    halves = pl.date_range(FIRST_DAY, LAST_DAY, "1d", eager=True)
    spans = (
        halves.to_frame("start")
        .filter(pl.col("start").dt.day().is_in([1, 16]))
        .with_columns(
            end=pl.when(pl.col("start").dt.day() == 1)
            .then(pl.col("start").dt.offset_by("14d"))
            .otherwise(pl.col("start").dt.month_end())
        )
        .with_row_index("half")
    )
    at_work = (pl.col("start") >= _DAY) & (
        pl.col("left").is_null() | (pl.col("end") <= pl.col("left")) | (pl.col("start") >= pl.col("back"))
    )
    salt = _N * 31 + pl.col("half") * 17
    compensation = 700 + _N * 13 % 900
    return (
        people.filter(_N % 17 != 7)
        .join(spans, how="cross")
        .filter(at_work.fill_null(value=False))
        .select(
            "employee_id",
            "start",
            "end",
            paid_on=pl.col("end").dt.offset_by("5d"),
            hours=pl.when(salt % 97 != 0).then(20 + salt % 75).cast(pl.Decimal(16, 2)),
            compensation=compensation.cast(pl.Decimal(16, 2)),
            salary_reduction=(compensation * (_N % 9) // 100).cast(pl.Decimal(16, 2)),
        )
    )
