"""Makes the people of the benchmark: twenty years of pay, every fifth has left and every tenth come back.

The same people on every machine: nothing is drawn, numbers that look drawn are worked out.
"""

from datetime import date
from pathlib import Path

import polars as pl

STEEL = "Steel Technologies Inc."
FIRST, AS_OF = date(1985, 10, 1), date(2005, 9, 30)
BLOCK = 20_000
_N = pl.col("number")
_AMOUNT = pl.Decimal(16, 2)


def make(folder: Path, people: int, every: str = "1mo") -> None:
    """Writes the tables of so many people, a block a file, so that making them needs no more memory than a block.

    `every`: how much time a pay row stands for, "1mo" or "1y".
    """
    for start in range(0, people, BLOCK):
        for name, table in _block(start, min(people, start + BLOCK), every).items():
            (folder / name).mkdir(parents=True, exist_ok=True)
            table.write_parquet(folder / name / f"{start:010}.parquet")


def _block(start: int, end: int, every: str) -> dict[str, pl.DataFrame]:
    numbers = pl.DataFrame({"number": pl.int_range(start, end, eager=True)})
    people = numbers.with_columns(
        employee_id=pl.format("B{}", _N.cast(pl.String).str.zfill(9)),
        hired=pl.lit(FIRST) + pl.duration(days=_N * 37 % 365),
        left=pl.when(_N % 5 == 3).then(pl.lit(date(1996, 1, 31)) + pl.duration(days=_N * 53 % 1500)),
    ).with_columns(back=pl.when(_N % 10 == 3).then(pl.col("left") + pl.duration(days=30 + _N * 29 % 1500)))
    own = pl.lit(STEEL).alias("employer")
    first = people.select("employee_id", own, start="hired", end="left")
    again = people.filter(pl.col("back").is_not_null()).select(
        "employee_id", own, start="back", end=pl.lit(None, pl.Date)
    )
    return {
        "employees": people.select("employee_id", birth_date=pl.date(1940 + _N % 30, 1 + _N % 12, 1 + _N % 28)),
        "employment": pl.concat([first, again]).sort("employee_id", "start"),
        "classes": pl.DataFrame(
            schema={"employee_id": pl.String, "class": pl.String, "start": pl.Date, "end": pl.Date}
        ),
        "accounts": people.select(
            "employee_id",
            **{
                name: (500 + _N * salt % 20_000).cast(_AMOUNT)
                for salt, name in enumerate(("deferral", "regular_matching", "employer", "qualified_nonelective"))
            },
        ),
        "pay": _pay(people, pl.concat([first, again]), every),
    }


def _pay(people: pl.DataFrame, spells: pl.DataFrame, every: str) -> pl.DataFrame:
    """A row a month or a Plan Year of every spell, cut to the days of it."""
    months = pl.date_range(FIRST, AS_OF, every, eager=True).to_frame("first")
    months = months.with_columns(last=pl.col("first").dt.offset_by(every).dt.offset_by("-1d"))
    last = pl.col("end").fill_null(AS_OF)
    rows = (
        spells.select("employee_id", "start", "end")
        .join(people.select("employee_id", "number"), on="employee_id", maintain_order="left")
        .join(months, how="cross", maintain_order="left")
        .filter((pl.col("first") <= last) & (pl.col("last") >= pl.col("start")))
        .with_columns(start=pl.max_horizontal("start", "first"), end=pl.min_horizontal(last, "last"))
    )
    days = (pl.col("end") - pl.col("start")).dt.total_days() + 1
    return rows.select(
        "employee_id",
        "start",
        "end",
        paid_on="end",
        hours=_hundredths(days * (130 + _mixed(7) % 430)),
        compensation=_hundredths(days * (5000 + _mixed(11) % 10_000)),
        salary_reduction=_hundredths(days * 50 * (_N % 9)),
    )


def _mixed(salt: int) -> pl.Expr:
    """A number that looks drawn, of the person and the first day of a pay row: the same on every machine."""
    seed = _N * 2_654_435_761 + pl.col("start").to_physical().cast(pl.Int64) * 40_503 + salt
    return (seed % 4_294_967_291 * 48_271) % 2_147_483_647


def _hundredths(number: pl.Expr) -> pl.Expr:
    return (number.cast(pl.Decimal(18, 2)) / 100).cast(_AMOUNT)
