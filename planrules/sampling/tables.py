"""The tables of people that a sample's files come to, once they are imported without a fault."""

from collections.abc import Mapping

import polars as pl

from planrules import dates
from planrules.people import People
from planrules.sampling.draws import NUMBER, Draws
from planrules.sampling.pay import SIZES, as_true
from planrules.sampling.shape import Shape
from planrules.sampling.workforce import KEY

_AMOUNT = pl.Decimal(16, 2)
_ACCOUNTS = ("deferral", "regular_matching", "employer", "qualified_nonelective")


def exact(hundredths: pl.Expr) -> pl.Expr:
    """Whole hundredths as a decimal of two places."""
    return decimal_text(hundredths).cast(_AMOUNT)


def decimal_text(hundredths: pl.Expr) -> pl.Expr:
    """Whole hundredths as a number with two decimals, such as -12.05."""
    size = hundredths.abs()
    sign = pl.when(hundredths < 0).then(pl.lit("-")).otherwise(pl.lit(""))
    return pl.concat_str(sign, size // 100, pl.lit("."), (size % 100).cast(pl.String).str.zfill(2))


def balances(people: pl.DataFrame, rows: pl.DataFrame, draws: Draws) -> pl.DataFrame:
    """Balances in cents by account: what was deferred lately and a sum from before, the match half of it."""
    deferred = rows.group_by(NUMBER).agg(lately=pl.col("salary_reduction").sum())
    before = pl.when(pl.col("percent") > 0).then(draws.below("deferred before", 900_000)).otherwise(0)
    told = people.select(NUMBER, KEY, "percent").join(deferred, on=NUMBER, how="left", maintain_order="left")
    total = pl.col("lately").fill_null(0) + before
    return told.select(
        NUMBER,
        KEY,
        deferral=pl.when(pl.col("lately").fill_null(0) > 0).then(total).otherwise(0),
        regular_matching=pl.when(pl.col("lately").fill_null(0) > 0).then(total // 2).otherwise(0),
        employer=draws.below("nonelective", 200_000),
        qualified_nonelective=pl.lit(0, pl.Int64),
    )


def employment(people: pl.DataFrame, shape: Shape) -> pl.DataFrame:
    """Every stretch of employment, the predecessor's too."""
    came_back = pl.col("back").is_not_null()
    own, other = pl.lit(shape.employer), pl.lit(shape.predecessor)
    nothing = pl.lit(None, pl.String)
    parts = [
        people.select(KEY, employer=own, start="hired", end="left", reason=pl.when(~came_back).then("last_reason")),
        people.filter(came_back).select(KEY, employer=own, start="back", end="left_again", reason="last_reason"),
        people.filter(pl.col("before").is_not_null()).select(
            KEY, employer=other, start="before", end=dates.days_after(pl.col("hired"), -1), reason=nothing
        ),
        people.filter(pl.col("after").is_not_null()).select(
            KEY, employer=other, start="after", end=pl.lit(None, pl.Date), reason=nothing
        ),
    ]
    return pl.concat(parts).sort(KEY, "start")


def classes(people: pl.DataFrame) -> pl.DataFrame:
    """Who is in a class of employees, and when."""
    named = people.filter(pl.col("class").is_not_null())
    return named.select(NUMBER, KEY, "class", start="class_start", end="class_end")


def truth(people: pl.DataFrame, rows: pl.DataFrame, owned: pl.DataFrame, shape: Shape) -> Mapping[str, pl.DataFrame]:
    """The tables, by name."""
    pay = as_true(rows).select(
        KEY,
        pl.lit(shape.employer).alias("employer"),
        "start",
        "end",
        "paid_on",
        *(exact(pl.col(name)).alias(name) for name in SIZES),
    )
    paid = pl.col(KEY).is_in(pay[KEY].unique().implode())
    tables = {
        "employees": people.select(KEY, birth_date="born", pay_known=paid),
        "employment": employment(people, shape),
        "classes": classes(people).drop(NUMBER),
        "pay": pay,
        "accounts": owned.select(KEY, *(exact(pl.col(name)).alias(name) for name in _ACCOUNTS)),
    }
    whole = People.from_tables(tables)
    return {name: getattr(whole, name) for name in tables}
