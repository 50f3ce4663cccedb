"""Whose answers hang on a reading that nobody has decided, or on words that nobody has said the meaning of."""

from collections.abc import Iterator

import polars as pl

from planrules.api import Plan
from planrules.engine import Result, Stages, evaluate
from planrules.people import People
from planrules.plan import Terms, catalogue

KEY = "employee_id"
_LEDGERS = ("participation_periods", "vesting_periods", "matching")
_BESIDE = ("statuses", "tested_on")
"""Columns that are no answer by themselves: two readings that differ in nothing else give the same answer."""


def open_for(plan: Plan, people: People, result: Result, stages: Stages) -> pl.DataFrame:
    """One row a person and what is open for the person: employee_id, open (a reading's name, or "untold")."""
    found = [pl.DataFrame(schema={KEY: pl.String, "open": pl.String}), _untold(result)]
    for name, terms in _undecided(plan):
        other = evaluate(people, terms, result.as_of, stages)
        found.append(pl.DataFrame({KEY: _moved(result, other)}).with_columns(open=pl.lit(name)))
    return pl.concat(found).unique(maintain_order=True)


def _undecided(plan: Plan) -> Iterator[tuple[str, Terms]]:
    """The plan under each other option of the readings nobody has decided, where that makes it another plan."""
    for (name, _), terms in plan.otherwise_read().items():
        bears = name in plan.terms.choices.undecided and catalogue()[name].bears_on
        if bears and not terms.same_as(plan.terms):
            yield name, terms


def _untold(result: Result) -> pl.DataFrame:
    open_now = pl.any_horizontal(pl.col("statuses").struct.unnest() == "needs_reading")
    return result.people.filter(open_now).select(KEY, open=pl.lit("untold"))


def _moved(here: Result, there: Result) -> pl.Series:
    """The people for whom any field, or any line of a ledger, is another one."""
    pairs = [(getattr(here, name), getattr(there, name)) for name in ("people", *_LEDGERS)]
    moved = [_lines_apart(one, other) for one, other in pairs] + [_lines_apart(other, one) for one, other in pairs]
    return pl.concat(moved).unique(maintain_order=True)


def _lines_apart(one: pl.DataFrame, other: pl.DataFrame) -> pl.Series:
    """Whose lines of `one` are not in `other`; null is equal to null."""
    names = [name for name in one.columns if name not in _BESIDE]
    here, there = (_as_text(frame.select(names)) for frame in (one, other))
    return here.join(there, on=here.columns, how="anti", nulls_equal=True)[KEY]


def _as_text(frame: pl.DataFrame) -> pl.DataFrame:
    """Structs and lists as their JSON text, since frames are joined on plain values only."""
    nested = [name for name, kind in frame.schema.items() if kind.is_nested()]
    return frame.with_columns(pl.struct(name).struct.json_encode().alias(name) for name in nested)
