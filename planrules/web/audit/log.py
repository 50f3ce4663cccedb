"""The audit log in a database: SQLite unless told otherwise, whatever SQLAlchemy speaks to at its URL.

The database itself refuses to change or delete a row (SQLite and PostgreSQL, by triggers). A row is on disk when
`AuditLog.record` returns, and nothing is answered before it has returned.
"""

from collections.abc import Sequence
from dataclasses import asdict
from typing import Any

from sqlalchemy import DDL, Column, DateTime, Engine, Integer, MetaData, String, Table, create_engine, event, insert
from sqlalchemy import select as select_from
from sqlalchemy.exc import SQLAlchemyError
from sqlalchemy.pool import QueuePool

from planrules.errors import FileError, Problem
from planrules.web.audit.record import Asked
from planrules.web.clock import Clock, utc

METADATA = MetaData()
ASKED = Table(
    "asked",
    METADATA,
    Column("id", Integer, primary_key=True, autoincrement=True),
    Column("at", DateTime(timezone=True), nullable=False),
    *(Column(name, String, nullable=False) for name in Asked.__dataclass_fields__),
    sqlite_autoincrement=True,
)
"""One row a question; `at` is the hour in UTC, the other columns are those of `Asked`."""

_REFUSES = "the audit log is only added to"
_IN_SQLITE = tuple(
    f"CREATE TRIGGER asked_no_{name} BEFORE {event_} ON asked {when} BEGIN SELECT RAISE(ABORT, '{_REFUSES}'); END"
    for name, event_, when in (
        ("update", "UPDATE", ""),
        ("delete", "DELETE", ""),
        ("replace", "INSERT", "WHEN EXISTS (SELECT 1 FROM asked WHERE id = NEW.id)"),
    )
)
_FUNCTION = f"""CREATE OR REPLACE FUNCTION asked_refuses() RETURNS trigger LANGUAGE plpgsql AS
$$ BEGIN RAISE EXCEPTION '{_REFUSES}'; END $$"""
_IN_POSTGRESQL = (
    _FUNCTION,
    "CREATE TRIGGER asked_no_change BEFORE UPDATE OR DELETE ON asked FOR EACH ROW EXECUTE FUNCTION asked_refuses()",
    "CREATE TRIGGER asked_no_truncate BEFORE TRUNCATE ON asked FOR EACH STATEMENT EXECUTE FUNCTION asked_refuses()",
)
for _dialect, _texts in {"sqlite": _IN_SQLITE, "postgresql": _IN_POSTGRESQL}.items():
    for _text in _texts:
        _ddl = DDL(_text)  # type: ignore[no-untyped-call]  # SQLAlchemy gives it no types
        event.listen(ASKED, "after_create", _ddl.execute_if(dialect=_dialect))


class AuditLog:
    """Rows that are added and stay.

    Args:
        url: where, as SQLAlchemy writes it; without it in memory, for trials only.
        clock: what hour a row is given.

    Raises:
        FileError: the database cannot be opened.
    """

    def __init__(self, url: str = "sqlite://", clock: Clock = utc) -> None:
        self._clock = clock
        try:
            self.engine = _engine(url)
            METADATA.create_all(self.engine)
        except (SQLAlchemyError, ImportError) as error:
            raise FileError([_not_opened(type(error).__name__)]) from None

    def record(self, *rows: Asked) -> None:
        """Adds rows; they are on disk when this returns.

        Raises:
            FileError: the database does not take them, so that nothing may be answered.
        """
        at = self._clock()
        try:
            with self.engine.begin() as connection:
                connection.execute(insert(ASKED), [{"at": at, **asdict(row)} for row in rows])
        except SQLAlchemyError as error:
            raise FileError([_not_written(type(error).__name__)]) from None

    def rows(self) -> Sequence[Asked]:
        """Every row, in the order they were added."""
        names = [ASKED.c[name] for name in Asked.__dataclass_fields__]
        with self.engine.connect() as connection:
            return [Asked(**row) for row in connection.execute(select_from(*names).order_by(ASKED.c.id)).mappings()]

    def close(self) -> None:
        """Lets go of the database."""
        self.engine.dispose()


def _engine(url: str) -> Engine:
    if url in {"sqlite://", "sqlite:///:memory:"}:
        alone = {
            "poolclass": QueuePool,
            "pool_size": 1,
            "max_overflow": 0,
        }  # one connection, had by one thread at a time
        return create_engine(url, **alone, connect_args={"check_same_thread": False})
    engine = create_engine(url, pool_pre_ping=True)
    if engine.dialect.name == "sqlite":
        event.listen(engine, "connect", _for_good)
    return engine


def _for_good(connection: Any, _: object) -> None:  # noqa: ANN401  a connection of the driver
    """Writes reach the disk before a commit returns, and readers do not wait for them."""
    for pragma in ("journal_mode = WAL", "synchronous = FULL", "busy_timeout = 10000"):
        connection.execute(f"PRAGMA {pragma}")


def _not_opened(kind: str) -> Problem:
    return Problem(
        what=f"the database of the audit log cannot be opened ({kind})",
        where="--database",
        why="Nothing is answered that is not recorded.",
        do="Check the URL, for example sqlite:///audit.db, that its folder is there, and that its driver is installed.",
    )


def _not_written(kind: str) -> Problem:
    return Problem(
        what=f"the audit log could not be written ({kind})",
        where="the server's database",
        why="Nothing is answered that is not recorded.",
        do="Tell whoever runs this server; ask again once its database takes rows.",
    )
