"""Tables as they are handed over, and the people in them whose values do not fit: these are set aside, nobody else.

A table that lacks a column, or has numbers or texts where days belong, is refused as a whole: that is nobody's own
mistake.
"""

from collections.abc import Iterator, Mapping
from typing import Any, Protocol

import polars as pl

from planrules.people.checks import EXCEPTIONS
from planrules.people.frames import SCHEMAS, People, exactly, loses

_KEY = "employee_id"
_RULE = "a value that does not fit its column's type"
_DO = "Write days as dates, and hours and money with at most two decimal places."
_NOBODY = "a row that names nobody"
_NAME = "Fill in the employee_id."


class ArrowTable(Protocol):
    """A table of another library that hands itself over by the Arrow PyCapsule interface."""

    def __arrow_c_stream__(self, requested_schema: object | None = None) -> object:
        """The table as a stream of Arrow batches."""


Table = pl.DataFrame | pl.LazyFrame | ArrowTable
"""One table of people: of Polars, or of whatever speaks Arrow."""


def people_that_fit(tables: Mapping[str, Table]) -> tuple[People, pl.DataFrame]:
    """The people whose values fit, and the exceptions of the others, one a row and column; see `checks`.

    Raises:
        PeopleError: a table is unknown or missing, or its columns are not those of the table.
    """
    given = {name: _frame(table) for name, table in tables.items()}
    found = [row for name, table in given.items() if _KEY in table.columns for row in _unfit(name, table)]
    wrong = pl.concat([pl.DataFrame(schema=EXCEPTIONS), *found]).sort(_KEY, "table", "row", "column")
    return People.from_tables({name: _without(table, wrong) for name, table in given.items()}), wrong


def _frame(table: Table) -> pl.DataFrame:
    if isinstance(table, pl.DataFrame):
        return table
    return table.collect() if isinstance(table, pl.LazyFrame) else pl.DataFrame(table)


def _without(table: pl.DataFrame, wrong: pl.DataFrame) -> pl.DataFrame:
    if wrong.is_empty() or _KEY not in table.columns:
        return table
    key = pl.col(_KEY).cast(pl.String)
    return table.filter(key.is_not_null() & ~key.is_in(wrong[_KEY].drop_nulls().implode()))


def _unfit(name: str, table: pl.DataFrame) -> Iterator[pl.DataFrame]:
    """The exceptions of each column that has any; one pass says which those are."""
    schema = SCHEMAS.get(name, {})
    broken: dict[str, pl.Expr] = {_KEY: pl.col(_KEY).is_null()}
    for column, wanted in schema.items():
        given = table.schema.get(column)
        if given is not None and given != wanted and _by_row(given, wanted):
            broken[column] = _does_not_fit(column, given, wanted) | (broken.get(column, pl.lit(value=False)))
    hit = table.select(each.any().alias(column) for column, each in broken.items()).row(0, named=True)
    for column, each in broken.items():
        if hit[column]:
            yield _told(name, table, column, each)


def _by_row(given: pl.DataType, wanted: Any) -> bool:  # noqa: ANN401  as the schemas have it
    """Whether some values of such a column can fit and others not."""
    return isinstance(given, pl.Datetime) if wanted == pl.Date else wanted not in {pl.String, pl.Boolean}


def _does_not_fit(column: str, given: pl.DataType, wanted: Any) -> pl.Expr:  # noqa: ANN401  as the schemas have it
    cast = exactly(column, given, wanted, strict=False)
    return (pl.col(column).is_not_null() & cast.is_null()) | loses(column, given, wanted, strict=False).fill_null(
        value=False
    )


def _told(name: str, table: pl.DataFrame, column: str, broken: pl.Expr) -> pl.DataFrame:
    numbered = table.with_columns(row=pl.int_range(1, pl.len() + 1, dtype=pl.UInt32).over(_KEY))
    nobody = pl.col(_KEY).is_null()
    return numbered.filter(broken).select(
        pl.col(_KEY).cast(pl.String),
        table=pl.lit(name),
        row="row",
        column=pl.lit(column),
        rule=pl.when(nobody).then(pl.lit(_NOBODY)).otherwise(pl.lit(_RULE)),
        do=pl.when(nobody).then(pl.lit(_NAME)).otherwise(pl.lit(_DO)),
    )
