"""The people of a sample: where they work, from when to when, why they left, whether they came back, in which class."""

import polars as pl

from planrules import dates
from planrules.sampling.draws import NUMBER, Draws
from planrules.sampling.shape import Shape

KEY = "employee_id"
_STRIDE = 101
"""Steps through a workforce so that neighbours in the census work in different plants; prime, as its size may be."""
_YOUNGEST_DAYS, _AGE_DAYS = 18 * 366, 38 * 365
_LONGEST_TENURE = 9
_THOUSAND = 1000


def workforce(first: int, count: int, shape: Shape, draws: Draws) -> pl.DataFrame:
    """People by number from `first` on, one row each, with everything about their employment and class.

    `hired` to `left` is the first employment with the employer, `back` to `left_again` the second; `before` is the
    first day with the predecessor, and `after` the first day of those who went there.
    """
    numbers = pl.DataFrame({NUMBER: pl.int_range(first, first + count, eager=True)})
    people = numbers.with_columns(_place(shape)).with_columns(_plant(shape))
    return (
        people.with_columns(_employee_id(), *_first_days(shape, draws))
        .with_columns(_leaving(shape, draws))
        .with_columns(_reason(shape, draws))
        .with_columns(_return(shape, draws))
        .with_columns(*_second_leaving(shape, draws), *_elsewhere(shape, draws))
        .with_columns(*_class(shape, draws), *_work(shape, draws))
    )


def _place(shape: Shape) -> pl.Expr:
    return (pl.col(NUMBER) * _STRIDE % shape.size).alias("place")


def _plant(shape: Shape) -> list[pl.Expr]:
    ends = [sum(plant.people for plant in shape.plants[: n + 1]) for n in range(len(shape.plants))]
    at = sum((pl.col("place") >= end).cast(pl.Int64) for end in ends)

    def told(values: list[object], kind: type[pl.DataType]) -> pl.Expr:
        return pl.lit(pl.Series(values, dtype=kind)).gather(at)

    plants = shape.plants
    return [
        told([plant.name for plant in plants], pl.String).alias("plant"),
        told([plant.opened for plant in plants], pl.Date).alias("opened"),
        told([plant.hourly_percent for plant in plants], pl.Int64).alias("hourly_percent"),
        told([plant.bargaining_from for plant in plants], pl.Date).alias("bargaining_from"),
        told([plant.class_ for plant in plants], pl.String).alias("plant_class"),
    ]


def _employee_id() -> pl.Expr:
    return pl.format("S{}", (pl.col(NUMBER) + 1).cast(pl.String).str.zfill(7)).alias(KEY)


def _first_days(shape: Shape, draws: Draws) -> list[pl.Expr]:
    through = pl.lit(shape.through)
    longest = (through - pl.col("opened")).dt.total_days()
    # The product of two draws: many recent hires, few of long ago.
    share = draws.below("hired", _THOUSAND) * draws.below("hired before", _THOUSAND)
    hired = through - pl.duration(days=longest * share // _THOUSAND**2)
    born = hired - pl.duration(days=_YOUNGEST_DAYS + draws.below("age", _AGE_DAYS))
    hourly = draws.below("hourly", 100) < pl.col("hourly_percent")
    return [hired.alias("hired"), born.alias("born"), hourly.alias("hourly")]


def _leaving(shape: Shape, draws: Draws) -> pl.Expr:
    days = 1 + draws.below("leaves", _THOUSAND) * draws.below("leaves early", _THOUSAND) * _LONGEST_TENURE // _THOUSAND
    left = pl.col("hired") + pl.duration(days=days)
    return pl.when(left <= shape.through).then(left).alias("left")


def _reason(shape: Shape, draws: Draws) -> pl.Expr:
    at, told = draws.below("reason", _THOUSAND), pl.lit("quit")
    highest = 0
    for reason, share in shape.reasons.items():
        highest += share
        told = pl.when(at.is_between(highest - share, highest - 1)).then(pl.lit(reason)).otherwise(told)
    old = dates.anniversary(pl.col("born"), shape.retirement_age, "feb_28") <= pl.col("left")
    return (
        pl.when(pl.col("left").is_not_null())
        .then(pl.when(old).then(pl.lit("retirement")).otherwise(told))
        .alias("reason")
    )


def _return(shape: Shape, draws: Draws) -> pl.Expr:
    back = pl.col("left") + pl.duration(days=20 + draws.below("away", 900))
    can = pl.col("reason").is_in(["quit", "discharge", "layoff"]) & (back <= shape.through)
    return pl.when(can & draws.happens("rehired", shape.per_thousand["rehired"])).then(back).alias("back")


def _second_leaving(shape: Shape, draws: Draws) -> list[pl.Expr]:
    left = pl.col("back") + pl.duration(days=30 + draws.below("leaves again", 1200))
    again = draws.happens("ends again", shape.per_thousand["ends_again"]) & (left <= shape.through)
    return [
        pl.when(again).then(left).alias("left_again"),
        pl.when(pl.col("back").is_null()).then("reason").when(again).then(pl.lit("quit")).alias("last_reason"),
    ]


def _elsewhere(shape: Shape, draws: Draws) -> list[pl.Expr]:
    """Service with the predecessor: before the employer's own, or after it."""
    before = pl.col("hired") - pl.duration(days=60 + draws.below("before", 1500))
    came = draws.happens("from predecessor", shape.per_thousand["from_predecessor"]) & (
        before >= shape.predecessor_from
    )
    after = dates.days_after(pl.col("left"), 1)
    once = pl.col("back").is_null() & pl.col("reason").is_in(["quit"]) & (after <= shape.through)
    went = once & draws.happens("to predecessor", shape.per_thousand["to_predecessor"])
    return [pl.when(came).then(before).alias("before"), pl.when(went & ~came).then(after).alias("after")]


def _class(shape: Shape, draws: Draws) -> list[pl.Expr]:
    """The class of employees and its days; a plant's own class lasts from the first day."""
    last = pl.coalesce(
        pl.when(pl.col("back").is_not_null()).then("left_again").otherwise("left"), pl.lit(shape.through)
    )
    covered = pl.col("hourly") & (pl.col("bargaining_from") < last)
    since = pl.max_horizontal("bargaining_from", "hired")
    promoted = since + pl.duration(days=20 + draws.below("promoted", 150))
    leaves = covered & draws.happens("leaves the unit", shape.per_thousand["leaves_the_unit"]) & (promoted < last)
    whole = pl.col("plant_class").is_not_null()
    return [
        pl.when(whole).then("plant_class").when(covered).then(pl.lit("collective_bargaining")).alias("class"),
        pl.when(whole).then("hired").when(covered).then(since).alias("class_start"),
        pl.when(leaves & ~whole).then(promoted).alias("class_end"),
    ]


def _work(shape: Shape, draws: Draws) -> list[pl.Expr]:
    often = shape.per_thousand
    years_ago = pl.lit(shape.through) - pl.duration(days=draws.below("absent when", 1000))
    absent = draws.happens("absent", often["absent"])
    hourly_rate = 850 + draws.below("hourly rate", 1200)
    salary = 90_000 + draws.below("salary", 210_000)
    defers = draws.happens("defers", often["defers"])
    return [
        (pl.col("hourly") & draws.happens("part time", often["part_time"])).alias("part_time"),
        (~pl.col("hourly") & draws.happens("hours not kept", often["hours_not_kept"])).alias("hours_not_kept"),
        pl.when(absent).then(years_ago).alias("absent_from"),
        pl.when(absent).then(years_ago + pl.duration(days=25 + draws.below("absent for", 100))).alias("absent_to"),
        hourly_rate.alias("cents_an_hour"),
        salary.alias("cents_a_half_month"),
        pl.when(defers).then(2 + draws.below("percent", 9)).otherwise(0).alias("percent"),
    ]
