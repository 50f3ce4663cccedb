"""Facts about a person that cannot all be true, each a named check over a table.

A check is a frame of the offending rows; the people in it are set aside with a `Problem`, and the others go on.
Column values never leave this module: a problem names table, row and rule only. `exceptions` has the columns
employee_id, table, row (counted from 1 within the person), column, rule, do.
"""

from collections.abc import Iterator, Mapping, Sequence
from functools import lru_cache
from typing import Any

import polars as pl

from planrules.errors import Problem
from planrules.people.checklist import CHECKS, Check, named
from planrules.people.frames import People

_KEY = "employee_id"
EXCEPTIONS = {
    _KEY: pl.String,
    "table": pl.String,
    "row": pl.UInt32,
    "column": pl.String,
    "rule": pl.String,
    "do": pl.String,
}
"""The columns of exceptions."""


def exceptions(people: People, *, employers: tuple[str, ...], classes: tuple[str, ...]) -> pl.DataFrame:
    """Every row that breaks a check; `employers` and `classes` are the names the plan knows."""
    checks = _checks(employers, classes)
    if not _any_broken(people, checks, _conditions(employers, classes)):
        return pl.DataFrame(schema=EXCEPTIONS)
    numbered = {table: _numbered(getattr(people, table)) for table in dict.fromkeys(check.table for check in checks)}
    found = [rows for _, rows in broken(people, checks, numbered)]
    return pl.concat([pl.DataFrame(schema=EXCEPTIONS), *found]).sort(_KEY, "table", "row", "rule")


def _checks(employers: tuple[str, ...], classes: tuple[str, ...]) -> tuple[Check, ...]:
    return (*CHECKS, *named(employers, classes))


@lru_cache(maxsize=64)
def _conditions(employers: tuple[str, ...], classes: tuple[str, ...]) -> Mapping[str, pl.Expr]:
    """For each table, whether a row breaks one of its conditions: the same for everybody of a plan."""
    by_table: dict[str, list[pl.Expr]] = {}
    for check in _checks(employers, classes):
        if isinstance(check.broken, pl.Expr):
            by_table.setdefault(check.table, []).append(check.broken.any())
    return {table: pl.any_horizontal(conditions) for table, conditions in by_table.items()}


def _any_broken(people: People, checks: tuple[Check, ...], conditions: Mapping[str, pl.Expr]) -> bool:
    """Whether a row breaks a check: looked at in one pass, since mostly none does."""
    looks = []
    for table in dict.fromkeys(check.table for check in checks):
        frame = getattr(people, table)
        if frame.is_empty():
            continue
        numbered = frame.lazy().with_row_index("row")
        selections = [check.broken for check in checks if check.table == table]
        looks.append(numbered.select(conditions[table]))
        looks += [each(numbered, people).select(pl.len() > 0) for each in selections if not isinstance(each, pl.Expr)]
    return any(found.item() for found in pl.collect_all(looks, engine="in-memory"))


def broken(
    people: People, checks: tuple[Check, ...], numbered: Mapping[str, pl.DataFrame]
) -> Iterator[tuple[Check, pl.DataFrame]]:
    """Each check that may be broken, with the rows that break it; `numbered` are the tables with their row numbers."""
    for table, frame in numbered.items():
        for check in _suspects(table, frame, checks):
            yield check, _rows(check, frame, people)


def _suspects(table: str, frame: pl.DataFrame, checks: tuple[Check, ...]) -> list[Check]:
    """The checks that some row of a table may break: conditions are tried in one pass, selections always looked at."""
    of_table = [check for check in checks if check.table == table]
    conditions = {str(n): check.broken for n, check in enumerate(of_table) if isinstance(check.broken, pl.Expr)}
    hit = frame.select(condition.any().alias(n) for n, condition in conditions.items()).row(0, named=True)
    return [check for n, check in enumerate(of_table) if hit.get(str(n), True)]


def not_evaluated(kind: str) -> tuple[str, str]:
    """What is said of somebody for whom the engine itself fails, and what to do; `kind` is the error's name."""
    return (
        f"the engine could not evaluate this person ({kind})",
        "Look for a value far outside what is usual, and report it: this should not happen.",
    )


def exceptions_not_evaluated(ids: Sequence[str | None], kind: str) -> pl.DataFrame:
    """An exception for each of these people, for whom the engine itself fails."""
    rule, do = not_evaluated(kind)
    told = {_KEY: list(ids), "table": "employees", "row": 1, "column": _KEY, "rule": rule, "do": do}
    return pl.DataFrame(told, schema=dict(EXCEPTIONS))


def problems(found: pl.DataFrame, where: str) -> list[Problem]:
    """The exceptions as problems, without anybody's values."""
    return [
        Problem(what=row["rule"], where=f"{where}, {_place(row)}", why="", do=row["do"])
        for row in found.iter_rows(named=True)
    ]


def _place(row: dict[str, Any]) -> str:
    """Where a person's file says it: lists by row, the person's own facts by name."""
    return str(row["column"]) if row["table"] == "employees" else f"{row['table']} row {row['row']}, {row['column']}"


def _numbered(frame: pl.DataFrame) -> pl.DataFrame:
    return frame.with_columns(row=pl.int_range(1, pl.len() + 1, dtype=pl.UInt32).over(_KEY))


def _rows(check: Check, numbered: pl.DataFrame, people: People) -> pl.DataFrame:
    rows = numbered.lazy()
    rows = rows.filter(check.broken) if isinstance(check.broken, pl.Expr) else check.broken(rows, people)
    return rows.select(
        _KEY,
        table=pl.lit(check.table),
        row="row",
        column=pl.lit(check.column),
        rule=pl.lit(check.rule),
        do=pl.lit(check.do),
    ).collect(engine="in-memory")
