"""Tables that are only added to: the database itself refuses to change, replace or delete a row, by triggers."""

from collections.abc import Iterator

from sqlalchemy import DDL, Table, event


def append_only(table: Table, refuses: str) -> None:
    """Lets SQLite and PostgreSQL make the triggers where they make the table; `refuses` is what they say."""
    for dialect, statements in (("sqlite", _in_sqlite(table, refuses)), ("postgresql", _in_postgresql(table, refuses))):
        for statement in statements:
            ddl = DDL(statement)  # type: ignore[no-untyped-call]  # SQLAlchemy gives it no types
            event.listen(table, "after_create", ddl.execute_if(dialect=dialect))


def _in_sqlite(table: Table, refuses: str) -> Iterator[str]:
    name, key = table.name, " AND ".join(f"{column.name} = NEW.{column.name}" for column in table.primary_key)
    replacing = f"WHEN EXISTS (SELECT 1 FROM {name} WHERE {key})"  # noqa: S608  names of our own
    for what, before, when in (("update", "UPDATE", ""), ("delete", "DELETE", ""), ("replace", "INSERT", replacing)):
        yield (
            f"CREATE TRIGGER {name}_no_{what} BEFORE {before} ON {name} {when} "
            f"BEGIN SELECT RAISE(ABORT, '{refuses}'); END"
        )


def _in_postgresql(table: Table, refuses: str) -> Iterator[str]:
    """The triggers are ENABLE ALWAYS: a connection that plays a replica does not get past them."""
    name = table.name
    yield (
        f"CREATE OR REPLACE FUNCTION {name}_refuses() RETURNS trigger LANGUAGE plpgsql AS "
        f"$$ BEGIN RAISE EXCEPTION '{refuses}'; END $$"
    )
    for what, before, each in (("change", "UPDATE OR DELETE", "ROW"), ("truncate", "TRUNCATE", "STATEMENT")):
        yield (
            f"CREATE TRIGGER {name}_no_{what} BEFORE {before} ON {name} "
            f"FOR EACH {each} EXECUTE FUNCTION {name}_refuses()"
        )
        yield f"ALTER TABLE {name} ENABLE ALWAYS TRIGGER {name}_no_{what}"
