"""The two tables of the audit log, and the triggers by which the database refuses to change or delete a row."""

from collections.abc import Iterator
from dataclasses import fields
from typing import Any

from sqlalchemy import DDL, Column, DateTime, Integer, MetaData, String, Table, event

from planrules.web.audit.record import Asked, Done

METADATA = MetaData()
_REFUSES = "the audit log is only added to"
_FUNCTION = f"""CREATE OR REPLACE FUNCTION asked_refuses() RETURNS trigger LANGUAGE plpgsql AS
$$ BEGIN RAISE EXCEPTION '{_REFUSES}'; END $$"""


def _table(name: str, row: type[Asked] | type[Done]) -> Table:
    """The table of a kind of row, which the database only lets be added to."""
    columns: list[Column[Any]] = [
        Column(each.name, Integer if each.type is int else String, nullable=False) for each in fields(row)
    ]
    made = Table(
        name,
        METADATA,
        Column("id", Integer, primary_key=True, autoincrement=True),
        Column("at", DateTime(timezone=True), nullable=False),
        *columns,
        sqlite_autoincrement=True,
    )
    for dialect, texts in {"sqlite": _in_sqlite(name), "postgresql": _in_postgresql(name)}.items():
        for text in texts:
            ddl = DDL(text)  # type: ignore[no-untyped-call]  # SQLAlchemy gives it no types
            event.listen(made, "after_create", ddl.execute_if(dialect=dialect))
    return made


def _in_sqlite(table: str) -> Iterator[str]:
    for name, occasion, when in (
        ("update", "UPDATE", ""),
        ("delete", "DELETE", ""),
        ("replace", "INSERT", f"WHEN EXISTS (SELECT 1 FROM {table} WHERE id = NEW.id)"),  # noqa: S608  our own names
    ):
        head = f"CREATE TRIGGER {table}_no_{name} BEFORE {occasion} ON {table} {when}"
        yield f"{head} BEGIN SELECT RAISE(ABORT, '{_REFUSES}'); END"


def _in_postgresql(table: str) -> Iterator[str]:
    yield _FUNCTION
    does = "EXECUTE FUNCTION asked_refuses()"
    yield f"CREATE TRIGGER {table}_no_change BEFORE UPDATE OR DELETE ON {table} FOR EACH ROW {does}"
    yield f"CREATE TRIGGER {table}_no_truncate BEFORE TRUNCATE ON {table} FOR EACH STATEMENT {does}"


ASKED = _table("asked", Asked)
"""One row a question; `at` is the hour in UTC, the other columns are those of `Asked`."""
DONE = _table("done", Done)
"""One row a request that did something else, or was refused; the columns are those of `Done`."""
