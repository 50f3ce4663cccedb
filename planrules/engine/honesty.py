"""Statuses: what follows from the facts, what rests on an assumption, and what a missing fact leaves open.

A person with a missing fact was evaluated at both of its extremes. Where the two answers agree the fact does not
matter and the answer is decided; where they differ the answer is null, its status `needs_data`, and `missing` gives
the bounds. A fact taken as the record stands gives `projected` and an assumption instead.
"""

from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from datetime import date

import polars as pl

from planrules.engine.determine import Determination
from planrules.engine.knowledge import ASSUMED, EVERYTHING, MISSING, RECORDED
from planrules.engine.superseded import bites
from planrules.plan import Terms
from planrules.rules.vesting import percent_at

FIELDS: Mapping[str, tuple[str, ...]] = {
    "participation": (
        "status_of_employee",
        "eligibility_completed_on",
        "scheduled_entry_on",
        "entry_on",
        "next_entry_on",
        "earliest_entry_on",
    ),
    "vesting": (
        "years_of_service",
        "schedule",
        "vested_percent",
        "fully_vested_on",
        "forfeiture_break_on",
        "vested_percent_before_forfeiture_break",
    ),
    "matching": ("months", "total"),
    "distribution": (
        "event_on",
        "immediate",
        "payable_after_on",
        "vested_total",
        "consent_required",
        "default_payment_on",
        "required_beginning_on",
        "forfeiture_on",
        "restored_on",
        "restoration_valued_on",
    ),
    "deferral": (
        "next_change_on",
        "maximum_percent",
        "annual_limit",
        "plan_year_compensation",
        "plan_year_maximum",
        "deferred_in_plan_year",
        "deferred_in_calendar_year",
    ),
}
"""The fields of an answer by section; each has a status."""

_COMPARED = {"vested_percent": "owned_percent"}
"""Fields compared through a plain column."""
_KEY = "employee_id"


@dataclass(frozen=True)
class Honest:
    """People with statuses and open answers nulled, and what is missing or assumed."""

    people: pl.DataFrame
    missing: pl.DataFrame
    assumptions: pl.DataFrame


def fields() -> tuple[str, ...]:
    """Every field of an answer that has a status."""
    return tuple(name for section in FIELDS.values() for name in section)


def honest(found: Determination, terms: Terms, as_of: date) -> Honest:
    """The recorded people with a status a field; `found` holds every variant."""
    everyone = _with_years(found, terms, as_of)
    recorded = everyone.filter(pl.col("variant") == RECORDED)
    differences = _differences(recorded, everyone.filter(pl.col("variant") != RECORDED))
    asked = differences.filter(pl.col("fact").is_in([*MISSING, EVERYTHING]))
    missing = pl.concat([asked, _untested(recorded, terms), _unpriced(recorded, found)])
    assumptions = differences.filter(pl.col("fact").is_in(ASSUMED)).select(_KEY, "fact", "needed_for")
    flagged = _flags(_flags(recorded, missing, "open"), assumptions, "assumed")
    people = flagged.with_columns(_statuses(terms, as_of)).with_columns(_nulled())
    dropped = [name for name in people.columns if name.startswith(("open.", "assumed."))]
    return Honest(people.drop(dropped), missing, assumptions)


def _with_years(found: Determination, terms: Terms, as_of: date) -> pl.DataFrame:
    """Adds the start of the last Plan Year with hours, and whether an untested one could change the percentage."""
    worked = found.vesting_periods.filter(pl.col("hours") > 0)
    tested = terms.vesting.top_heavy_tested_through
    listed = list(terms.vesting.top_heavy_plan_years)
    untested = ~pl.col("through").is_in(listed) & (pl.lit(tested is None) | (pl.col("through") > (tested or as_of)))
    enough = pl.col("years_of_service") >= terms.vesting.top_heavy_schedule.rows[0][0]
    last = worked.group_by("person").agg(
        last_worked_year_start=pl.col("start").max(), untested_could_matter=(untested & enough).any()
    )
    frame = found.people.join(last, on="person", how="left", maintain_order="left")
    could = pl.col("untested_could_matter").fill_null(value=False) & (pl.col("owned_percent") < 100)  # noqa: PLR2004
    return frame.with_columns(untested_could_matter=could, months=pl.lit(None, dtype=pl.Boolean))


def _differences(recorded: pl.DataFrame, variants: pl.DataFrame) -> pl.DataFrame:
    """Columns: employee_id, fact, needed_for, earliest, latest (text; latest null when there may be no answer at all)."""
    empty = pl.DataFrame(schema={_KEY: pl.String, "fact": pl.String, "needed_for": pl.String, "earliest": pl.String, "latest": pl.String})
    if variants.is_empty():
        return empty
    names = [name for name in fields() if name != "months"]
    sides = [_COMPARED.get(name, name) for name in names]
    pairs = recorded.select(_KEY, *dict.fromkeys(sides)).join(
        variants.select(_KEY, "variant", *dict.fromkeys(sides)), on=_KEY, suffix=".other"
    )
    unbounded = ("required_beginning_on",)
    differs = {name: pl.col(side).ne_missing(pl.col(f"{side}.other")) for name, side in zip(names, sides, strict=True)}
    moved = pairs.select(differ.any().alias(name) for name, differ in differs.items()).row(0, named=True)
    found = [
        pairs.filter(differs[name]).select(_KEY, fact="variant", needed_for=pl.lit(name), **_bounds(side, name not in unbounded))
        for name, side in zip(names, sides, strict=True)
        if moved[name]
    ]
    return _together_only(pl.concat([empty, *found]))


def _bounds(side: str, bounded: bool) -> dict[str, pl.Expr]:  # noqa: FBT001  whether the extremes bound the answer
    one, other = pl.col(side), pl.col(f"{side}.other")
    nothing = one.is_null() | other.is_null() | pl.lit(not bounded)
    return {
        "earliest": pl.when(pl.lit(bounded)).then(pl.min_horizontal(one, other)).cast(pl.String),
        "latest": pl.when(~nothing).then(pl.max_horizontal(one, other)).cast(pl.String),
    }


def _together_only(found: pl.DataFrame) -> pl.DataFrame:
    """Drops what several facts move together where one of them moves it alone."""
    alone = found.filter(pl.col("fact") != EVERYTHING)
    together = found.filter(pl.col("fact") == EVERYTHING)
    return pl.concat([alone, together.join(alone, on=[_KEY, "needed_for"], how="anti")])


def _unpriced(recorded: pl.DataFrame, found: Determination) -> pl.DataFrame:
    """People with a month whose match cannot be worked out, and the fact it lacks."""
    months = found.matching.join(recorded.select(_KEY, "person"), on="person").filter(pl.col("match").is_null())
    fact = (
        pl.when(pl.col("compensation").is_null())
        .then(pl.lit("compensation"))
        .when(pl.col("compensation_counted").is_null())
        .then(pl.lit("compensation_limit"))
        .otherwise(pl.lit("match_rates"))
    )
    nothing = pl.lit(None, dtype=pl.String)
    each = months.select(_KEY, fact=fact).unique(maintain_order=True)
    return pl.concat(
        each.with_columns(needed_for=pl.lit(name), earliest=nothing, latest=nothing) for name in FIELDS["matching"]
    )


def _untested(recorded: pl.DataFrame, terms: Terms) -> pl.DataFrame:
    """People whose percentage would be higher if a Plan Year that was not tested turned out to be top heavy."""
    faster = percent_at(pl.col("years_of_service"), terms.vesting.top_heavy_schedule)
    who = recorded.filter("untested_could_matter")
    nothing = pl.lit(None, dtype=pl.String)
    key = (_KEY, pl.lit("top_heavy").alias("fact"))
    percent = who.select(*key, needed_for=pl.lit("vested_percent"), earliest=pl.col("owned_percent").cast(pl.String), latest=faster.cast(pl.String))
    day = who.select(*key, needed_for=pl.lit("fully_vested_on"), earliest=nothing, latest=pl.col("fully_vested_on").cast(pl.String))
    return pl.concat([percent, day])


def _flags(people: pl.DataFrame, rows: pl.DataFrame, prefix: str) -> pl.DataFrame:
    """One flag a field: whether the person has a row that names it."""
    if rows.is_empty():
        return people.with_columns(pl.lit(value=False).alias(f"{prefix}.{name}") for name in fields())
    named = rows.group_by(_KEY).agg(
        (pl.col("needed_for") == name).any().alias(f"{prefix}.{name}") for name in fields()
    )
    flags = [f"{prefix}.{name}" for name in fields()]
    return people.join(named, on=_KEY, how="left", maintain_order="left").with_columns(pl.col(flags).fill_null(value=False))


def _statuses(terms: Terms, as_of: date) -> pl.Expr:
    overtaken = bites(terms, as_of)
    return pl.struct(_status(name, as_of, overtaken).alias(name) for name in fields()).alias("statuses")


def _status(name: str, as_of: date, overtaken: Mapping[str, pl.Expr]) -> pl.Expr:
    return (
        pl.when(f"open.{name}")
        .then(pl.lit("needs_data"))
        .when(_not_applicable(name))
        .then(pl.lit("not_applicable"))
        .when(overtaken.get(name, pl.lit(value=False)).fill_null(value=False))
        .then(pl.lit("superseded"))
        .when(_provisional(name))
        .then(pl.lit("provisional"))
        .when(pl.col(f"assumed.{name}") | _ahead(name, as_of))
        .then(pl.lit("projected"))
        .when(_unknown(name))
        .then(pl.lit("needs_data"))
        .otherwise(pl.lit("decided"))
    )


def _not_applicable(name: str) -> pl.Expr:
    """Nothing to answer: no separation for payment dates, no entry for the match."""
    if name == "required_beginning_on":
        return ~pl.col("separated") & pl.col("required_beginning_on").is_null()
    if name in ("restored_on", "restoration_valued_on"):
        return pl.col("cashed_out_on").is_null() & pl.col("restored_on").is_null()
    if name == "forfeiture_on":
        return ~pl.col("separated") & pl.col("forfeiture_on").is_null()
    if name in FIELDS["distribution"]:
        return ~pl.col("separated")
    if name in FIELDS["matching"]:
        return pl.col("entry_on").is_null()
    if name == "fully_vested_on":
        return pl.col("fully_vested_on").is_null() & ~pl.col("employed_anywhere")
    if name in ("next_entry_on", "earliest_entry_on"):
        return pl.col(name).is_null()
    if name == "vested_percent_before_forfeiture_break":
        return pl.col("forfeiture_break_on").is_null()
    return pl.lit(value=False)


def _provisional(name: str) -> pl.Expr:
    return (pl.col("provisional_months") > 0).fill_null(value=False) if name in FIELDS["matching"] else pl.lit(value=False)


def _ahead(name: str, as_of: date) -> pl.Expr:
    """A day that only an assumption about the future brings."""
    if name in ("next_entry_on", "earliest_entry_on", "fully_vested_on"):
        return (pl.col(name) > as_of).fill_null(value=False)
    return pl.lit(value=False)


def _unknown(name: str) -> pl.Expr:
    """No amount on file where one is needed."""
    needed: Sequence[str] = ("annual_limit", "plan_year_compensation", "plan_year_maximum")
    return pl.col(name).is_null() if name in needed else pl.lit(value=False)


def _nulled() -> list[pl.Expr]:
    """Answers that a missing fact leaves open are null."""
    plain = [name for name in fields() if name not in ("months", "vested_percent")]
    nulled = [pl.when(~pl.col(f"open.{name}")).then(name).alias(name) for name in plain]
    account = pl.col("vested_percent").struct
    whole = account.field("deferral")
    part = pl.when(~pl.col("open.vested_percent")).then("owned_percent")
    struct = pl.struct(deferral=whole, regular_matching=part, employer=part, qualified_nonelective=whole)
    return [*nulled, struct.alias("vested_percent"), part.alias("owned_percent")]


def open_ledger(recorded: pl.DataFrame, variants: pl.DataFrame, by: Sequence[str]) -> pl.DataFrame:
    """A ledger of the recorded people, null where a variant of the same person says otherwise.

    Both frames have `employee_id`, the columns `by` and the same others.
    """
    if variants.is_empty():
        return recorded
    values = [name for name in recorded.columns if name not in (_KEY, *by)]
    key = [_KEY, *by]
    pairs = recorded.join(variants, on=key, suffix=".other")
    differ = pairs.group_by(key).agg(
        pl.col(name).ne_missing(pl.col(f"{name}.other")).any().alias(f"open.{name}") for name in values
    )
    joined = recorded.join(differ, on=key, how="left", maintain_order="left")
    opened = [
        pl.when(~pl.col(f"open.{name}").fill_null(value=False)).then(name).alias(name) for name in values
    ]
    return joined.with_columns(opened).select(recorded.columns)
