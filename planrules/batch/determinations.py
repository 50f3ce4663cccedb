"""The answers of a range of people as flat tables: one value a column, so that any database or sheet takes them."""

from collections.abc import Iterator, Mapping, Sequence
from datetime import date

import polars as pl

from planrules.answers.sentences import sentences
from planrules.api import Plan
from planrules.batch.folder import KEY
from planrules.engine import Result
from planrules.engine.fields import fields
from planrules.engine.halving import in_halves, name_of
from planrules.people.checks import exceptions_not_evaluated

DETERMINATIONS, SET_ASIDE = "determinations", "exceptions"
LEDGERS = ("participation_periods", "vesting_periods", "matching", "missing", "assumptions", "gaps")
"""Tables beside the determinations, named as in a `Result`."""
REASONS = "reasons"
TABLES = (DETERMINATIONS, *LEDGERS, REASONS, SET_ASIDE)
STATUS = "_status"
"""How the name of the column ends that holds a field's status."""
PERCENT = pl.Decimal(38, 12)
"""The type of every column of what is owned, in percent."""
_LIST_SEPARATOR = ";"


def tables(result: Result) -> Mapping[str, pl.DataFrame]:
    """Every table of a run, in the order of employee_id."""
    found = {name: _steady(getattr(result, name)) for name in LEDGERS}
    flat = determinations(result).sort(KEY, maintain_order=True)
    ordered = {name: table.sort(KEY, maintain_order=True) for name, table in found.items()}
    return {DETERMINATIONS: flat, **ordered, REASONS: sentences(result), SET_ASIDE: result.exceptions}


def determinations(result: Result) -> pl.DataFrame:
    """One row a person: employee_id, as_of, every field of the answer in one or more columns, and their statuses.

    A percentage a kind of account is `vested_percent_<account>`; a list is its words with `;` between, empty for none;
    joining in a contribution with conditions of its own is `<contribution>_entry_on`. `months` has no column: its lines
    are the table matching.
    """
    people = result.people
    plain = [
        name for name in fields() if name not in {"months", "vested_percent", "contributions", "hardship_accounts"}
    ]
    owned = [
        pl.col("vested_percent").struct.field(account).cast(PERCENT).alias(f"vested_percent_{account}")
        for account in ("deferral", "regular_matching", "employer", "qualified_nonelective")
    ]
    percents = ("vested_percent_before_forfeiture_break",)
    values = [pl.col(name).cast(PERCENT) if name in percents else pl.col(name) for name in plain]
    listed = pl.col("hardship_accounts").list.join(_LIST_SEPARATOR)
    return people.select(
        KEY,
        pl.lit(result.as_of).alias("as_of"),
        *values,
        *owned,
        listed,
        *_contributions(),
        *(pl.col("statuses").struct.field(name).alias(f"{name}{STATUS}") for name in fields()),
    )


def _contributions() -> Iterator[pl.Expr]:
    of = pl.element().struct.field
    for kind in ("matching", "nonelective", "qualified_nonelective"):
        entry = pl.when(of("contribution") == kind).then(of("entry_on"))
        yield pl.col("contributions").list.eval(entry.drop_nulls()).list.first().alias(f"{kind}_entry_on")


def _steady(table: pl.DataFrame) -> pl.DataFrame:
    """A ledger whose columns have the same type whatever the people in it."""
    percents = [name for name in ("percent",) if name in table.columns]
    return table.with_columns(pl.col(percents).cast(PERCENT))


def answered(plan: Plan, people: Mapping[str, pl.DataFrame], as_of: date) -> Iterator[Mapping[str, pl.DataFrame]]:
    """The tables of a range of people. Somebody for whom the engine itself fails is set aside, and nobody else."""
    everybody = people["employees"][KEY].unique().sort().to_list()

    def work(ids: Sequence[str]) -> Mapping[str, pl.DataFrame]:
        # Everybody comes first, and mostly nobody after: then nothing is filtered.
        return tables(plan.evaluate(people if ids is everybody else _only(people, ids), as_of))

    yield from in_halves(everybody, work, lambda ids, error: _failed(plan, people, as_of, ids, name_of(error)))


def _only(people: Mapping[str, pl.DataFrame], ids: Sequence[str]) -> Mapping[str, pl.DataFrame]:
    return {name: table.filter(pl.col(KEY).is_in(ids)) for name, table in people.items()}


def _failed(
    plan: Plan, people: Mapping[str, pl.DataFrame], as_of: date, ids: Sequence[str], kind: str
) -> Mapping[str, pl.DataFrame]:
    """Tables without rows, but for the exception of who could not be evaluated."""
    nobody = {name: table.head(0) for name, table in people.items()}
    set_aside = exceptions_not_evaluated(list(ids) or [None], kind)
    return {**tables(plan.evaluate(nobody, as_of)), SET_ASIDE: set_aside}
