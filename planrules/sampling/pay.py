"""The pay of a sample: a check each half month, bonuses in December, absences without pay, and checks made twice over.

Hours are hundredths and money cents, as whole numbers. A check that was reversed stands three times in the payroll
file: as first paid, taken back, and paid right; `as_paid` has all of them, `as_true` the last.
"""

from datetime import date

import polars as pl

from planrules import dates
from planrules.sampling.draws import NUMBER, Draws
from planrules.sampling.shape import Shape
from planrules.sampling.workforce import KEY

SIZES = ("hours", "compensation", "salary_reduction")
_MIDDLE = 15
_FULL_TIME, _PART_TIME, _QUARTER = 7200, 2000, 25
_SALARIED_HALF_MONTH = 8667
_DAYS_TO_CHECK, _DAYS_TO_REVERSAL, _DAYS_TO_RIGHT = 5, 8, 9
_WAITS_DAYS = 455
_BONUS_MONTH = 12
_TOO_MUCH_HOURS, _TOO_MUCH_CENTS = 800, 11_150


def pay_rows(people: pl.DataFrame, shape: Shape, draws: Draws, years: int) -> pl.DataFrame:
    """Every check of the last years, in the order of people and days; `reversed` says that it was made twice."""
    first = date(shape.through.year - years, shape.through.month, 1)
    first = pl.select(dates.days_after(dates.month_through(pl.lit(first)), 1)).item()
    spells = _spells(people, shape, first)
    return pl.concat([_regular(spells, shape, draws), _bonuses(spells, shape, draws)]).sort(
        NUMBER, "start", "end", maintain_order=True
    )


def _spells(people: pl.DataFrame, shape: Shape, first: date) -> pl.DataFrame:
    """The employments with the employer as far as pay is on file."""
    facts = ["part_time", "hourly", "hours_not_kept", "absent_from", "absent_to", "cents_an_hour", "cents_a_half_month"]
    keep = [NUMBER, KEY, *facts, "percent", "hired"]
    once = people.select(*keep, begin="hired", stop="left")
    again = people.filter(pl.col("back").is_not_null()).select(*keep, begin="back", stop="left_again")
    open_end = pl.coalesce("stop", pl.lit(shape.through))
    return (
        pl.concat([once, again])
        .with_columns(
            begin=pl.max_horizontal("begin", pl.lit(first)), stop=pl.min_horizontal(open_end, pl.lit(shape.through))
        )
        .filter(pl.col("begin") <= pl.col("stop"))
    )


def _half(day: str) -> pl.Expr:
    months = pl.col(day).dt.year().cast(pl.Int64) * dates.MONTHS_IN_A_YEAR + pl.col(day).dt.month().cast(pl.Int64) - 1
    return months * 2 + (pl.col(day).dt.day() > _MIDDLE).cast(pl.Int64)


def _regular(spells: pl.DataFrame, shape: Shape, draws: Draws) -> pl.DataFrame:
    half, month = pl.col("half"), pl.col("half") // 2
    first_of_month = pl.date(month // dates.MONTHS_IN_A_YEAR, month % dates.MONTHS_IN_A_YEAR + 1, 1)
    second = half % 2 == 1
    rows = (
        spells.with_columns(half=pl.int_ranges(_half("begin"), _half("stop") + 1))
        .explode("half")
        .with_columns(
            whole_start=pl.when(second).then(first_of_month + pl.duration(days=_MIDDLE)).otherwise(first_of_month),
            whole_end=pl.when(second)
            .then(first_of_month.dt.month_end())
            .otherwise(first_of_month + pl.duration(days=_MIDDLE - 1)),
        )
        .with_columns(start=pl.max_horizontal("whole_start", "begin"), end=pl.min_horizontal("whole_end", "stop"))
        .with_columns(
            days=dates.days_in(pl.col("start"), pl.col("end")),
            of=dates.days_in(pl.col("whole_start"), pl.col("whole_end")),
        )
    )
    at_work = ~((pl.col("end") >= pl.col("absent_from")) & (pl.col("start") <= pl.col("absent_to"))).fill_null(
        value=False
    )
    usual = pl.when("part_time").then(_PART_TIME).otherwise(_FULL_TIME) + _QUARTER * draws.below("hours", 100, of=half)
    hours = pl.when("hourly").then(usual).otherwise(_SALARIED_HALF_MONTH) * pl.col("days") // pl.col("of")
    by_the_hour = hours * pl.col("cents_an_hour") // 100
    pay = pl.when("hourly").then(by_the_hour).otherwise(pl.col("cents_a_half_month") * pl.col("days") // pl.col("of"))
    often = shape.per_thousand["reversed_check"]
    twice = draws.happens("reversed", often, of=half) & (pl.col("days") == pl.col("of")) & ~pl.col("hours_not_kept")
    checks = rows.filter(at_work).with_columns(
        paid_on=dates.days_after(pl.col("end"), _DAYS_TO_CHECK), hours=hours, compensation=pay, reversed=twice
    )
    return _deferred(checks, shape, pl.col("hours_not_kept"))


def _bonuses(spells: pl.DataFrame, shape: Shape, draws: Draws) -> pl.DataFrame:
    """One in December to those of one half of the people who are employed on the fifteenth."""
    years = pl.int_ranges(pl.col("begin").dt.year(), pl.col("stop").dt.year() + 1)
    rows = (
        spells.with_columns(year=years)
        .explode("year")
        .with_columns(start=pl.date(pl.col("year"), _BONUS_MONTH, _MIDDLE))
        .filter(
            draws.happens("bonus", shape.per_thousand["bonus"], of=pl.col("year")),
            pl.col("start").is_between("begin", "stop"),
        )
        .with_columns(
            end=pl.col("start"),
            paid_on=dates.days_after(pl.col("start"), _DAYS_TO_CHECK),
            hours=pl.lit(0, pl.Int64),
            compensation=40_000 + draws.below("bonus of", 100_000, of=pl.col("year")),
            reversed=pl.lit(value=False),
        )
    )
    return _deferred(rows, shape, pl.lit(value=False))


def _deferred(checks: pl.DataFrame, shape: Shape, unknown: pl.Expr) -> pl.DataFrame:
    joined = pl.col("start") >= dates.days_after(pl.col("hired"), _WAITS_DAYS)
    return checks.filter(pl.col("paid_on") <= shape.through).select(
        NUMBER,
        KEY,
        "start",
        "end",
        "paid_on",
        pl.when(~unknown).then("hours").cast(pl.Int64).alias("hours"),
        pl.col("compensation").cast(pl.Int64),
        pl.when(joined)
        .then(pl.col("compensation") * pl.col("percent") // 100)
        .otherwise(0)
        .cast(pl.Int64)
        .alias("salary_reduction"),
        "reversed",
    )


def as_true(rows: pl.DataFrame) -> pl.DataFrame:
    """The checks as they stand after all reversals."""
    right = dates.days_after(pl.col("end"), _DAYS_TO_RIGHT)
    return rows.with_columns(paid_on=pl.when("reversed").then(right).otherwise("paid_on"))


def as_paid(rows: pl.DataFrame) -> pl.DataFrame:
    """The lines of the payroll file, wrong checks and their reversals included."""
    made_twice = rows.filter("reversed")
    wrong = made_twice.with_columns(
        hours=pl.col("hours") + _TOO_MUCH_HOURS, compensation=pl.col("compensation") + _TOO_MUCH_CENTS
    )
    back = wrong.with_columns(-pl.col(SIZES), paid_on=dates.days_after(pl.col("end"), _DAYS_TO_REVERSAL))
    lines = [
        as_true(rows).with_columns(turn=pl.lit(2)),
        wrong.with_columns(turn=pl.lit(0)),
        back.with_columns(turn=pl.lit(1)),
    ]
    return pl.concat(lines).sort(NUMBER, "start", "end", "turn", maintain_order=True)
