"""Honest answers: what follows from the facts, what rests on an assumption, and what a missing fact leaves open.

A person with a missing fact was evaluated at both of its extremes. Where the two answers agree the fact does not
matter and the answer is decided; where they differ the answer is null, its status `needs_data`, and `missing` gives
the bounds. A fact taken as the record stands gives `projected` and an assumption instead.
"""

from collections.abc import Sequence
from dataclasses import dataclass
from datetime import date

import polars as pl

from planrules.engine.bounds import (
    differences,
    later_money,
    match_together,
    unaged,
    unpaid_days,
    unpriced,
    untested,
    untested_percents,
    untold_pay,
    untold_payroll,
)
from planrules.engine.collecting import collected
from planrules.engine.determine import Determination
from planrules.engine.fields import fields
from planrules.engine.flags import OPEN, TAKEN, UNTOLD, Flags
from planrules.engine.knowledge import ASSUMED, EVERYTHING, MISSING, RECORDED
from planrules.engine.statuses import statuses
from planrules.engine.superseded import part_time
from planrules.plan import Terms, Untold

_KEY = "employee_id"


@dataclass(frozen=True)
class Honest:
    """People with statuses and open answers nulled, and what is missing or assumed."""

    people: pl.DataFrame
    missing: pl.DataFrame
    assumptions: pl.DataFrame


def honest(found: Determination, gaps: pl.DataFrame, terms: Terms, as_of: date) -> Honest:
    """The recorded people with a status a field; `found` holds every variant, `gaps` the days without a pay row."""
    everyone = _with_years(found, terms, as_of)
    recorded = everyone.filter(pl.col("variant") == RECORDED)
    differ = differences(recorded, everyone.filter(pl.col("variant") != RECORDED))
    told = recorded.lazy()
    lacking = [name for name in recorded.columns if name.startswith("untold.")]
    missing = _missing(told, differ, found, terms, lacking)
    assumed = differ.lazy().filter(pl.col("fact").is_in(ASSUMED)).select(_KEY, "fact", "needed_for")
    assumptions = pl.concat([assumed, *unpaid_days(told, gaps.lazy(), terms, as_of), *later_money(told)])
    taken = assumptions.unique(maintain_order=True).pipe(collected)
    flags = Flags(untold(terms), frozenset(missing["needed_for"]), frozenset(taken["needed_for"]))
    flagged = _flagged(_flagged(told, missing, OPEN), taken, TAKEN).with_columns(_untold_flags(terms, flags))
    people = flagged.with_columns(statuses(terms, as_of, flags)).with_columns(_nulled(flags))
    return Honest(people.drop(*lacking, *flags.columns).pipe(collected), missing, taken)


def _missing(
    told: pl.LazyFrame, differ: pl.DataFrame, found: Determination, terms: Terms, lacking: Sequence[str]
) -> pl.DataFrame:
    """What is missing, by person, fact and field: what bounds an answer first, then what only leaves it open."""
    asked = differ.lazy().filter(pl.col("fact").is_in([*MISSING, EVERYTHING]))
    alone = [asked, untested(told, terms), *unpriced(told, found), *untold_pay(told, lacking, terms)]
    missing = pl.concat([*alone, *untold_payroll(told, terms)]).pipe(collected)
    if missing.is_empty():
        return missing
    some = missing.lazy()
    together = pl.concat([some, *unaged(told, some, terms), *match_together(some)])
    return together.unique([_KEY, "fact", "needed_for"], keep="first", maintain_order=True).pipe(collected)


def untold(terms: Terms) -> frozenset[str]:
    """The fields that rest on an option in free text whose meaning is not told, whomever it reaches."""
    return frozenset(name for each in terms.untold for name in each.fields).intersection(fields())


def _untold_flags(terms: Terms, flags: Flags) -> list[pl.Expr]:
    """A flag for each of these fields, and whether the computation periods themselves rest on such words."""
    told = [_untold(terms, name).alias(flags.column(UNTOLD, name)) for name in sorted(flags.untold)]
    return [*told, _untold(terms, "periods").alias("periods_untold")]


def _untold(terms: Terms, name: str) -> pl.Expr:
    return pl.any_horizontal(pl.lit(value=False), *(_reached(each) for each in terms.untold if name in each.fields))


def _first_service() -> pl.Expr:
    return pl.min_horizontal("commenced_for_participation_on", "commenced_for_vesting_on")


def _reached(option: Untold) -> pl.Expr:
    reached = pl.lit(value=True) if option.only is None else pl.col(option.only).fill_null(value=False)
    if option.before is not None:
        reached &= (_first_service() < option.before).fill_null(value=False)
    return reached


def _with_years(found: Determination, terms: Terms, as_of: date) -> pl.DataFrame:
    """Adds the start of the last year with hours, and whether an untested one could change the percentage.

    `untested_years` is the most Years of Service at the close of one of these; null when there is none.
    """
    worked = found.vesting_periods.lazy().filter(pl.col("hours") > 0)
    tested = terms.vesting.top_heavy_tested_through
    listed = list(terms.vesting.top_heavy_plan_years)
    ends = pl.col("plan_year_through")
    untested = ~ends.is_in(listed) & (pl.lit(tested is None) | (ends > (tested or as_of)))
    years = pl.col("years_of_service").filter(untested & ~pl.col("top_heavy_applies")).max()
    last = worked.group_by("person").agg(last_worked_year_start=pl.col("start").max(), untested_years=years)
    counted = found.participation_periods.lazy().filter(
        pl.col("complete") & part_time(pl.col("start"), pl.col("hours"))
    )
    periods = counted.group_by("person").agg(part_time_periods=pl.len())
    frame = found.people.lazy().join(last, on="person", how="left", maintain_order="left")
    frame = frame.join(periods, on="person", how="left", maintain_order="left")
    frame = frame.with_columns(untested_could_matter=_could(terms), months=pl.lit(None, dtype=pl.Boolean))
    return frame.pipe(collected)


def _could(terms: Terms) -> pl.Expr:
    """Whether an account would be owned to more if a Plan Year that was not tested turned out to be top heavy."""
    more = (percent > pl.col(name) for name, percent in untested_percents(terms).items())
    return pl.any_horizontal(more).fill_null(value=False)


def _flagged(people: pl.LazyFrame, rows: pl.DataFrame, kind: str) -> pl.LazyFrame:
    """One flag a field that the rows name: whether they name it of the person."""
    if rows.is_empty():
        return people
    names = sorted(set(rows["needed_for"]))
    columns = [Flags.column(kind, name) for name in names]
    named = (pl.col("needed_for") == name for name in names)
    told = rows.lazy().group_by(_KEY).agg(flag.any().alias(column) for flag, column in zip(named, columns, strict=True))
    joined = people.join(told, on=_KEY, how="left", maintain_order="left")
    return joined.with_columns(pl.col(columns).fill_null(value=False))


def _nulled(flags: Flags) -> list[pl.Expr]:
    """Answers that a missing fact, or words whose meaning is not told, leave open are null."""
    plain = [name for name in fields() if name not in ("months", "vested_percent") and flags.unsaid(name) is not None]
    nulled = [_said(flags, name, name) for name in plain]
    account = pl.col("vested_percent").struct
    whole = account.field("deferral")
    match, part = (_said(flags, "vested_percent", name) for name in ("owned_matching_percent", "owned_percent"))
    struct = pl.struct(deferral=whole, regular_matching=match, employer=part, qualified_nonelective=whole)
    return [*nulled, struct.alias("vested_percent"), match, part]


def _said(flags: Flags, field: str, column: str) -> pl.Expr:
    """A column of a field where the field's answer is given; null where it is left open."""
    unsaid = flags.unsaid(field)
    return pl.col(column) if unsaid is None else pl.when(~unsaid).then(column).alias(column)
