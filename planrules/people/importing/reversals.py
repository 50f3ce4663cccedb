"""Reversals in payroll: rows with negative amounts are taken from the row they reverse.

First a row that another reverses to the cent falls away with it. Then what is left of a reversal is taken from the
last check for the same stretch of work; the check keeps its own check date. Last, where the mapping says so, from the
last check of the same month. A reversal with nothing to take it from is a fault, and never a negative hour.
"""

from collections.abc import Sequence

import polars as pl

from planrules.people.importing.fields import PAY_AMOUNTS

_SIZES = ("hours", *PAY_AMOUNTS)
_STRETCH = ("employee_id", "employer", "kind", "start", "end")
_ID = "pay_row"


def netted(pay: pl.DataFrame, *, by_month: bool) -> tuple[pl.DataFrame, pl.DataFrame]:
    """The pay without reversals, in its order, and the reversals that reverse nothing on file."""
    sizes = [name for name in _SIZES if name in pay.columns]
    negative = (
        pl.any_horizontal(pl.col(name) < 0 for name in sizes).fill_null(value=False) if sizes else pl.lit(value=False)
    )
    numbered = pay.with_row_index(_ID)
    reversals = numbered.filter(negative)
    if not reversals.height:
        return pay, reversals.drop(_ID)
    checks = numbered.filter(~negative)
    checks, reversals = _without_pairs(checks, reversals, sizes)
    checks, reversals = _taken_from(checks, reversals, sizes, _STRETCH)
    if by_month:
        month = pl.col("paid_on").dt.month_start().alias("month")
        checks, reversals = _taken_from(
            checks.with_columns(month), reversals.with_columns(month), sizes, ("employee_id", "employer", "month")
        )
        checks, reversals = checks.drop("month"), reversals.drop("month")
    return checks.sort(_ID).drop(_ID), reversals.drop(_ID)


def _without_pairs(
    checks: pl.DataFrame, reversals: pl.DataFrame, sizes: list[str]
) -> tuple[pl.DataFrame, pl.DataFrame]:
    """Both without each check and the one reversal that is its exact opposite."""
    same = [*_STRETCH, *sizes]
    opposite = reversals.with_columns(-pl.col(name) for name in sizes)
    turn = pl.int_range(pl.len()).over(same).alias("turn")
    of_people = checks.join(reversals, on="employee_id", how="semi")
    pairs = of_people.with_columns(turn).join(
        opposite.with_columns(turn), on=[*same, "turn"], how="inner", nulls_equal=True, suffix="_reversal"
    )
    return (
        checks.join(pairs, on=_ID, how="anti"),
        reversals.join(pairs, left_on=_ID, right_on=f"{_ID}_reversal", how="anti"),
    )


def _taken_from(
    checks: pl.DataFrame, reversals: pl.DataFrame, sizes: list[str], by: Sequence[str]
) -> tuple[pl.DataFrame, pl.DataFrame]:
    """The checks less the reversals of the same group, each taken from its last check; and what found none."""
    last = (
        checks.join(reversals, on="employee_id", how="semi")
        .sort("paid_on", _ID)
        .group_by(by)
        .agg(pl.col(_ID).last().alias("target"))
    )
    aimed = reversals.join(last, on=list(by), how="left", nulls_equal=True)
    known = [pl.when(~pl.col(name).is_null().any()).then(pl.col(name).sum()).alias(name) for name in sizes]
    taken = aimed.filter(pl.col("target").is_not_null()).group_by("target").agg(*known)
    less = checks.join(taken, left_on=_ID, right_on="target", how="left", suffix="_taken", coalesce=True).join(
        taken.select("target", reversed=pl.lit(value=True)), left_on=_ID, right_on="target", how="left"
    )
    net = less.with_columns(
        pl.when("reversed").then(pl.col(name) + pl.col(f"{name}_taken")).otherwise(pl.col(name)).alias(name)
        for name in sizes
    ).select(checks.columns)
    return net, aimed.filter(pl.col("target").is_null()).drop("target")
