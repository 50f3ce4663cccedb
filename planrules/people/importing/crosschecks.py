"""Checks across rows and files: those of people, told by file and row, and what somebody should look at."""

from collections.abc import Iterator, Mapping, Sequence
from datetime import date

import polars as pl

from planrules import dates
from planrules.people.checklist import CHECKS, dated
from planrules.people.checks import broken
from planrules.people.frames import People
from planrules.people.importing import faults
from planrules.people.importing.assemble import SOURCE, at, file_of
from planrules.people.importing.census import AGAIN, PART
from planrules.people.importing.convert import Converted
from planrules.people.importing.headers import KEY
from planrules.people.importing.mapping import ImportMapping
from planrules.people.importing.sources import LINE

_ROW = "row"
_CENSUS_FACTS = {"start": "hire_date", "end": "termination_date", "reason": "termination_reason"}


def impossible(
    people: People,
    tables: Mapping[str, pl.DataFrame],
    reads: Sequence[Converted],
    faulty: pl.Series,
    as_of: date | None,
) -> pl.DataFrame:
    """What cannot be true of people, once for each row; what follows from another fault is not told again.

    A check across rows is told at the first row of the person, and not at all for people with a row set aside already.
    """
    checks = (*(dated(as_of) if as_of else ()), *CHECKS)
    numbered = {
        table: getattr(people, table).with_columns(pl.int_range(1, pl.len() + 1, dtype=pl.UInt32).alias(_ROW))
        for table in dict.fromkeys(check.table for check in checks)
    }
    order: list[pl.DataFrame] = []
    for number, (check, rows) in enumerate(broken(people, checks, numbered)):
        told = rows.with_columns(order=pl.lit(number))
        if not isinstance(check.broken, pl.Expr):
            told = told.filter(~pl.col(KEY).is_in(faulty.implode())).sort(_ROW).unique(KEY, keep="first")
        order.append(told)
    if not any(part.height for part in order):
        return faults.none()
    found = pl.concat(order).sort("order").unique(["table", _ROW], keep="first", maintain_order=True)
    placed = [
        _placed(found.filter(pl.col("table") == table), tables[table], reads) for table in dict.fromkeys(found["table"])
    ]
    return pl.concat(placed)


def _placed(found: pl.DataFrame, table: pl.DataFrame, reads: Sequence[Converted]) -> pl.DataFrame:
    """Findings with file, row and header instead of table, row and column."""
    where = table.with_row_index(_ROW, 1).select(_ROW, SOURCE, LINE, *([PART] if PART in table.columns else []))
    known = found.join(where, on=_ROW)
    part = pl.col(PART) if PART in known.columns else pl.lit(None, pl.String)
    column = pl.col("column")
    for number, read in enumerate(reads):
        if read.file.holds == "census":
            here = pl.col(SOURCE) == number
            fact = column.replace(_CENSUS_FACTS)
            fact = pl.when((part == AGAIN) & (column == "start")).then(pl.lit("rehire_date")).otherwise(fact)
            column = pl.when(here).then(fact).otherwise(column)
    headers = [
        {"source": number, "fact": fact, "header": header}
        for number, read in enumerate(reads)
        for fact, header in read.headers.items()
    ]
    names = pl.DataFrame(headers, schema={"source": pl.UInt32, "fact": pl.String, "header": pl.String})
    told = known.with_columns(fact=column).join(names, on=[SOURCE, "fact"], how="left")
    return told.select(
        file=file_of(reads),
        row=pl.col(LINE).cast(pl.UInt32),
        column=pl.coalesce("header", "fact"),
        level=pl.lit("error"),
        code=pl.lit("cannot_be_true"),
        value=pl.lit("a value that does not agree with another"),
        rule="rule",
        do="do",
    )


def worth_a_look(
    people: People,
    tables: Mapping[str, pl.DataFrame],
    reads: Sequence[Converted],
    mapping: ImportMapping,
    as_of: date | None,
) -> Iterator[pl.DataFrame]:
    """The warnings about rows that may well be true."""
    first = people.employment.group_by(KEY).agg(pl.col("start").min(), pl.col("end").fill_null(dates.FAR_FUTURE).max())
    persons = tables["employees"].join(first, on=KEY)
    age = whole_years("birth_date", "start")
    odd = persons.filter(~age.is_between(mapping.youngest, mapping.oldest))
    yield at("age_out_of_bounds", odd, reads, "birth_date", "a day")
    spells = tables["employment"]
    if as_of and mapping.plan_year_ends:
        month, day = (int(part) for part in mapping.plan_year_ends.split("-"))
        ends = dates.plan_year_number(pl.col("end"), dates.MonthDay(month, day))
        outside = spells.filter(ends != dates.plan_year_number(pl.lit(as_of), dates.MonthDay(month, day)))
        yield at("termination_outside_plan_year", outside, reads, "termination_date", "a day")
    if "pay" in tables:
        yield from _about_pay(tables["pay"], persons, reads)


def whole_years(earlier: str, later: str) -> pl.Expr:
    """Whole years from one day to another."""
    months = (pl.col(later).dt.year() - pl.col(earlier).dt.year()) * dates.MONTHS_IN_A_YEAR
    months = months + pl.col(later).dt.month().cast(pl.Int32) - pl.col(earlier).dt.month().cast(pl.Int32)
    months = months - (pl.col(later).dt.day() < pl.col(earlier).dt.day()).cast(pl.Int32)
    return months // dates.MONTHS_IN_A_YEAR


def _about_pay(pay: pl.DataFrame, persons: pl.DataFrame, reads: Sequence[Converted]) -> Iterator[pl.DataFrame]:
    paid = pay.filter(pl.col("kind") == "paid")
    if {"hours", "compensation"} <= set(pay.columns):
        no_hours, no_pay = pl.col("hours").fill_null(0) == 0, pl.col("compensation").fill_null(0) == 0
        yield at(
            "pay_without_hours", paid.filter(no_hours & (pl.col("compensation") > 0)), reads, "hours", "zero or blank"
        )
        yield at(
            "hours_without_pay", paid.filter(no_pay & (pl.col("hours") > 0)), reads, "compensation", "zero or blank"
        )
    last = paid.group_by(KEY).agg(last_paid=pl.col("end").max())
    span = pay.select(first=pl.col("start").min(), last=pl.col("end").max()).row(0)
    if span[1] is None:
        return
    employed = persons.filter(pl.col("end") > span[1], pl.col("start") <= span[1])
    some = paid.filter(pl.col("compensation") > 0) if "compensation" in pay.columns else paid
    yield at("no_pay_while_employed", employed.join(some, on=KEY, how="anti"), reads, KEY, "no rows, or zero")
    ended = persons.filter(pl.col("end") != dates.FAR_FUTURE).join(last, on=KEY)
    yield at(
        "left_after_last_pay", ended.filter(pl.col("end") > pl.col("last_paid")), reads, "termination_date", "a day"
    )
    if "salary_reduction" not in pay.columns or not pay.select((pl.col("salary_reduction") > 0).any()).item():
        yield at("nobody_defers", pay.head(1), reads, "salary_reduction", "zero or blank")


def since_last_file(
    last: People, persons: pl.DataFrame, people: People, reads: Sequence[Converted]
) -> Iterator[pl.DataFrame]:
    """What does not agree with the people of the last import: other birth dates, and returns nobody told of."""
    before = last.employees.select(KEY, before="birth_date")
    changed = persons.join(before, on=KEY).filter(pl.col("birth_date") != pl.col("before"))
    yield at("birth_date_changed", changed, reads, "birth_date", "a day")
    ended = (
        last.employment.group_by(KEY)
        .agg(pl.col("end").is_not_null().all().alias("left"), pl.col("end").max().alias("last_day"))
        .filter("left")
        .join(people.employment.filter(pl.col("end").is_null()), on=KEY)
        .filter(pl.col("start") <= pl.col("last_day"))
    )
    yield at("back_without_rehire", persons.join(ended, on=KEY, how="semi"), reads, "rehire_date", "blank")
