"""The two tables of the audit log, which the database only lets be added to."""

from dataclasses import fields
from typing import Any

from sqlalchemy import BigInteger, Column, DateTime, Integer, MetaData, String, Table

from planrules.web.audit.append_only import append_only
from planrules.web.audit.record import Asked, Done

METADATA = MetaData()


def _table(name: str, row: type[Asked] | type[Done]) -> Table:
    """The table of a kind of row."""
    columns: list[Column[Any]] = [
        Column(each.name, Integer if each.type is int else String, nullable=False) for each in fields(row)
    ]
    made = Table(
        name,
        METADATA,
        # Four bytes, which a bare Integer has in PostgreSQL, are used up after a year and a half of 50 rows a second.
        Column("id", BigInteger().with_variant(Integer, "sqlite"), primary_key=True, autoincrement=True),
        Column("at", DateTime(timezone=True), nullable=False),
        *columns,
        sqlite_autoincrement=True,
    )
    append_only(made, "the audit log is only added to")
    return made


ASKED = _table("asked", Asked)
"""One row a question; `at` is the hour in UTC, the other columns are those of `Asked`."""
DONE = _table("done", Done)
"""One row a request that did something else, or was refused; the columns are those of `Done`."""
