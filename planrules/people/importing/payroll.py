"""Pay rows: one a check, or one a line of a check by earning code, which are added up by what each code counts for."""

from collections.abc import Callable, Mapping
from functools import partial

import polars as pl

from planrules.people.importing import faults
from planrules.people.importing.amounts import AMOUNT
from planrules.people.importing.census import Tables
from planrules.people.importing.convert import Converted
from planrules.people.importing.declared_codes import EarningCode
from planrules.people.importing.fields import PAY_AMOUNTS
from planrules.people.importing.headers import KEY
from planrules.people.importing.mapping import FileMapping
from planrules.people.importing.sources import LINE

_CHECK = (KEY, "employer", "kind", "start", "end", "paid_on")
_PARTS = ("bonus", "overtime", "commissions", "other_elective_contributions")


def pay_tables(read: Converted) -> Tables:
    """The pay of one file, a row a check. Lines of one check by earning code have the row of its first line."""
    rows = _with_names(read.rows, read.file)
    if "earning_code" not in read.rows.columns:
        return Tables({"pay": rows})
    twice = _doubled(rows)
    found = faults.found("same_row_twice", twice, read.name, read.headers["earning_code"], "a whole row")
    return Tables({"pay": _by_check(rows.join(twice, on=LINE, how="anti"), read.file)}, found)


def _with_names(rows: pl.DataFrame, file: FileMapping) -> pl.DataFrame:
    employer = pl.col("employer") if "employer" in rows.columns else pl.lit(None, pl.String)
    kind = pl.col("kind") if "kind" in rows.columns else pl.lit(None, pl.String)
    return rows.with_columns(employer=employer.fill_null(pl.lit(file.employer, pl.String)), kind=kind.fill_null("paid"))


def _doubled(lines: pl.DataFrame) -> pl.DataFrame:
    """Lines that repeat an earlier one in everything, where no line takes one of them back."""
    facts = [name for name in lines.columns if name != LINE]
    repeated = lines.filter(pl.struct(facts).is_duplicated())
    later = repeated.filter(~pl.struct(facts).is_first_distinct())
    sized = [name for name in ("hours", "amount") if name in lines.columns]
    opposite = lines.with_columns(-pl.col(name) for name in sized)
    return later.join(opposite, on=facts, how="anti", nulls_equal=True)


def _by_check(lines: pl.DataFrame, file: FileMapping) -> pl.DataFrame:
    codes = {code.casefold(): meaning for code, meaning in file.codes.earning.items()}
    amount = pl.col("amount") if "amount" in lines.columns else pl.lit(None, AMOUNT)
    used = dict.fromkeys(target for meaning in codes.values() for target in _targets(meaning))
    hours = [_of_codes(codes, lambda meaning: meaning.hours == "service", "hours")] if "hours" in lines.columns else []
    sums = [
        _of_codes(codes, partial(_counts_in, target), "told").alias(target) for target in PAY_AMOUNTS if target in used
    ]
    return (
        lines.with_columns(told=amount).group_by(_CHECK, maintain_order=True).agg(pl.col(LINE).first(), *hours, *sums)
    )


def _counts_in(target: str, meaning: EarningCode) -> bool:
    return target in _targets(meaning)


def _targets(meaning: EarningCode) -> tuple[str, ...]:
    """The pay columns an amount is added to; a part of the compensation is in both."""
    if meaning.amount in _PARTS:
        return (meaning.amount, "compensation")
    return () if meaning.amount == "none" else (meaning.amount,)


def _of_codes(codes: Mapping[str, EarningCode], wanted: Callable[[EarningCode], bool], column: str) -> pl.Expr:
    """The sum of a check's lines whose code is wanted; null when one of them has no number."""
    chosen = [code for code, meaning in codes.items() if wanted(meaning)]
    mine = pl.col(column).filter(pl.col("earning_code").is_in(chosen))
    return pl.when(~mine.is_null().any()).then(mine.sum().fill_null(0)).alias(column)
