"""The tables that hold people, and the conversion of `Person` objects into them.

| table | one row per | columns beside employee_id |
|---|---|---|
| employees | person | birth_date, classes_known, pay_known, top_heavy_schedule_kept_on, participant_since |
| employment | stretch of employment | employer, start, end, reason |
| classes | stretch in a class | class, start, end |
| pay | check and stretch of work | start, end, paid_on, hours, compensation, salary_reduction, kind, employer |
| accounts | person with known balances | deferral, regular_matching, employer, qualified_nonelective |
| distributions | cash-out | paid_on, kind, repaid_on |
| opt_outs | election not to participate | start, end |

Of a check that an election asks more about, pay also has days, bonus, overtime, commissions,
other_elective_contributions, cash_or_deferred and mandatory_contribution.
Spans are inclusive on both ends; money and hours are Decimal with two places. In `employees`, `classes_known` and
`pay_known` tell "none" (true, and no rows) from "not known" (false).
"""

from collections.abc import Iterable, Mapping
from dataclasses import dataclass, fields
from typing import Any

import polars as pl

from planrules.errors import PeopleError, Problem
from planrules.people.models import Person

_AMOUNT = pl.Decimal(16, 2)
_FINE = pl.Decimal(38, 12)
"""Fine enough to see what a cast to two places would lose."""

SCHEMAS: Mapping[str, Mapping[str, Any]] = {
    "employees": {
        "employee_id": pl.String,
        "birth_date": pl.Date,
        "classes_known": pl.Boolean,
        "pay_known": pl.Boolean,
        "top_heavy_schedule_kept_on": pl.Date,
        "participant_since": pl.Date,
    },
    "employment": {
        "employee_id": pl.String,
        "employer": pl.String,
        "start": pl.Date,
        "end": pl.Date,
        "reason": pl.String,
    },
    "classes": {"employee_id": pl.String, "class": pl.String, "start": pl.Date, "end": pl.Date},
    "pay": {
        "employee_id": pl.String,
        "start": pl.Date,
        "end": pl.Date,
        "paid_on": pl.Date,
        "hours": _AMOUNT,
        "compensation": _AMOUNT,
        "salary_reduction": _AMOUNT,
        "kind": pl.String,
        "employer": pl.String,
        "days": pl.Int32,
        "bonus": _AMOUNT,
        "overtime": _AMOUNT,
        "commissions": _AMOUNT,
        "other_elective_contributions": _AMOUNT,
        "cash_or_deferred": _AMOUNT,
        "mandatory_contribution": _AMOUNT,
    },
    "accounts": {
        "employee_id": pl.String,
        "deferral": _AMOUNT,
        "regular_matching": _AMOUNT,
        "employer": _AMOUNT,
        "qualified_nonelective": _AMOUNT,
    },
    "distributions": {"employee_id": pl.String, "paid_on": pl.Date, "kind": pl.String, "repaid_on": pl.Date},
    "opt_outs": {"employee_id": pl.String, "start": pl.Date, "end": pl.Date},
}

_OPTIONAL: Mapping[str, Mapping[str, Any]] = {
    "employees": {
        "birth_date": None,
        "classes_known": True,
        "pay_known": True,
        "top_heavy_schedule_kept_on": None,
        "participant_since": None,
    },
    "employment": {"end": None, "reason": None},
    "classes": {"end": None},
    "pay": {
        **dict.fromkeys(("hours", "compensation", "employer", "days")),
        **dict.fromkeys(("bonus", "overtime", "commissions", "other_elective_contributions")),
        **dict.fromkeys(("salary_reduction", "cash_or_deferred", "mandatory_contribution"), 0),
        "kind": "paid",
    },
    "distributions": {"kind": "cash_out", "repaid_on": None},
}


@dataclass(frozen=True)
class People:
    """Any number of people as Polars frames; see the module's table. Columns are checked and cast when made.

    Raises:
        PeopleError: a table lacks a column, has an unknown one, or holds values that do not fit the column's type.
    """

    employees: pl.DataFrame
    employment: pl.DataFrame
    classes: pl.DataFrame
    pay: pl.DataFrame
    accounts: pl.DataFrame
    distributions: pl.DataFrame
    opt_outs: pl.DataFrame

    def __post_init__(self) -> None:
        for field in fields(self):
            object.__setattr__(self, field.name, _fit(field.name, getattr(self, field.name)))

    @classmethod
    def from_tables(cls, tables: Mapping[str, pl.DataFrame | pl.LazyFrame]) -> "People":
        """Tables by name; one that is absent has no rows, and an absent `classes` or `pay` is not known for anyone."""
        unknown = [name for name in tables if name not in SCHEMAS]
        if unknown or "employees" not in tables or "employment" not in tables:
            raise PeopleError([_wrong_tables(unknown)])
        given = {name: _eager(table) for name, table in tables.items()}
        employees = given["employees"]
        for table in ("classes", "pay"):
            if table not in given:
                employees = employees.with_columns(pl.lit(value=False).alias(f"{table}_known"))
        given["employees"] = employees
        return cls(**{name: given.get(name, pl.DataFrame(schema=dict(schema))) for name, schema in SCHEMAS.items()})

    @classmethod
    def from_persons(cls, persons: Iterable[Person]) -> "People":
        """The same facts as tables, in the order given."""
        rows: dict[str, list[dict[str, Any]]] = {name: [] for name in SCHEMAS}
        for person in persons:
            _add_rows(rows, person)
        return cls(**{name: pl.DataFrame(rows[name], schema=dict(SCHEMAS[name])) for name in SCHEMAS})

    def only(self, employee_ids: pl.Series) -> "People":
        """These people and nobody else."""
        kept = {
            field.name: getattr(self, field.name).filter(pl.col("employee_id").is_in(employee_ids.implode()))
            for field in fields(self)
        }
        return People(**kept)


def _eager(table: pl.DataFrame | pl.LazyFrame) -> pl.DataFrame:
    return table.collect() if isinstance(table, pl.LazyFrame) else table


def _add_rows(rows: dict[str, list[dict[str, Any]]], person: Person) -> None:
    facts = person.model_dump(by_alias=True)
    key = {"employee_id": person.employee_id}
    rows["employees"].append(
        key
        | {
            "birth_date": person.birth_date,
            "classes_known": person.classes is not None,
            "pay_known": person.pay is not None,
            "top_heavy_schedule_kept_on": person.top_heavy_schedule_kept_on,
            "participant_since": person.participant_since,
        }
    )
    for table in ("employment", "classes", "pay", "distributions", "opt_outs"):
        rows[table].extend(key | row for row in facts[table] or ())
    if facts["accounts"] is not None:
        rows["accounts"].append(key | facts["accounts"])


def _fit(table: str, frame: pl.DataFrame) -> pl.DataFrame:
    schema = SCHEMAS[table]
    if dict(frame.schema) == dict(schema):
        return frame
    optional = _OPTIONAL.get(table, {})
    missing = [name for name in schema if name not in frame.columns and name not in optional]
    unknown = [name for name in frame.columns if name not in schema]
    if missing or unknown:
        raise PeopleError([_wrong_columns(table, missing, unknown)])
    filled = frame.with_columns(pl.lit(optional[name]).alias(name) for name in schema if name not in frame.columns)
    try:
        fitted = filled.select(exactly(name, filled.schema[name], dtype) for name, dtype in schema.items())
        lossy = filled.select(
            loses(name, filled.schema[name], dtype).any().alias(name) for name, dtype in schema.items()
        )
    except (pl.exceptions.PolarsError, TypeError) as error:
        raise PeopleError([_wrong_type(table)]) from error
    lost = [name for name, loses in lossy.row(0, named=True).items() if loses]
    if lost:
        raise PeopleError([_wrong_type(table, *lost)])
    known = [name for name in ("classes_known", "pay_known") if name in schema]
    return fitted.with_columns(pl.col(known).fill_null(value=False))


def exactly(name: str, given: pl.DataType, wanted: pl.DataType, *, strict: bool = True) -> pl.Expr:
    """A column in its type; not strict: null where a value does not fit. Numbers are never taken for days."""
    if wanted == pl.Date and given.is_numeric():
        msg = f"{name} holds numbers"
        raise TypeError(msg)
    if wanted == _AMOUNT and given.is_float():
        return pl.col(name).cast(pl.String).cast(_AMOUNT, strict=strict)
    return pl.col(name).cast(wanted, strict=strict)


def loses(name: str, given: pl.DataType, wanted: pl.DataType, *, strict: bool = True) -> pl.Expr:
    """Whether a row's value would be rounded or cut: more than two decimals, or a time of day."""
    if wanted == _AMOUNT and not given.is_integer() and given != pl.Null:
        written = pl.col(name).cast(pl.String)
        return written.cast(_FINE, strict=strict) != written.cast(_AMOUNT, strict=strict).cast(_FINE)
    if wanted == pl.Date and isinstance(given, pl.Datetime):
        return pl.col(name) != pl.col(name).dt.truncate("1d")
    return pl.lit(value=False)


def _wrong_tables(unknown: list[str]) -> Problem:
    return Problem(
        what=f"unknown tables {unknown}" if unknown else "the tables employees and employment are needed",
        where="people",
        why=f"The tables are {', '.join(SCHEMAS)}.",
        do="Rename the table or leave it out.",
    )


def _wrong_columns(table: str, missing: list[str], unknown: list[str]) -> Problem:
    return Problem(
        what=f"columns missing {missing}, columns unknown {unknown}",
        where=f"table {table}",
        why=f"Its columns are {', '.join(SCHEMAS[table])}.",
        do="Rename, add or drop the columns named.",
    )


def _wrong_type(table: str, *columns: str) -> Problem:
    return Problem(
        what="a value that does not fit its column's type" + (f" in {', '.join(columns)}" if columns else ""),
        where=f"table {table}",
        why="Every row names its employee_id; days are dates; hours and money have at most two decimal places.",
        do="Convert the column before it is handed over.",
    )
