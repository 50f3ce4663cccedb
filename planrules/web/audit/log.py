"""The audit log in a database: SQLite unless told otherwise, whatever SQLAlchemy speaks to at its URL.

The database itself refuses to change or delete a row (SQLite and PostgreSQL, by triggers). A row is on disk when
`AuditLog.record` returns, and nothing is answered before it has returned.
"""

import os
from collections.abc import Mapping, Sequence
from dataclasses import asdict
from typing import Any

from sqlalchemy import Engine, Table, create_engine, event, insert, select
from sqlalchemy.exc import SQLAlchemyError
from sqlalchemy.pool import QueuePool

from planrules.errors import FileError, Problem
from planrules.web.audit.record import Asked, Done
from planrules.web.audit.tables import ASKED, DONE, METADATA
from planrules.web.clock import Clock, utc


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
        except (SQLAlchemyError, ImportError, OSError) as error:
            raise FileError([_not_opened(type(error).__name__)]) from None

    def record(self, *rows: Asked) -> None:
        """Adds questions; they are on disk when this returns.

        Raises:
            FileError: the database does not take them, so that nothing may be answered.
        """
        self._add(ASKED, rows)

    def note(self, *rows: Done) -> None:
        """Adds what was done or refused; it is on disk when this returns.

        Raises:
            FileError: the database does not take them.
        """
        self._add(DONE, rows)

    def _add(self, table: Table, rows: Sequence[Asked | Done]) -> None:
        at = self._clock()
        try:
            with self.engine.begin() as connection:
                connection.execute(insert(table), [{"at": at, **asdict(row)} for row in rows])
        except SQLAlchemyError as error:
            raise FileError([_not_written(type(error).__name__)]) from None

    def rows(self) -> Sequence[Asked]:
        """Every question, in the order they were added."""
        return [Asked(**row) for row in self._all(ASKED)]

    def done(self) -> Sequence[Done]:
        """Everything else that was done or refused, in the order it was added."""
        return [Done(**row) for row in self._all(DONE)]

    def _all(self, table: Table) -> Sequence[Mapping[str, Any]]:
        columns = [each for each in table.c if each.name not in {"id", "at"}]
        with self.engine.connect() as connection:
            found = connection.execute(select(*columns).order_by(table.c.id)).mappings().all()
        return [{str(name): value for name, value in row.items()} for row in found]

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
        _make_private(engine.url.database)
        event.listen(engine, "connect", _for_good)
    return engine


def _make_private(file: str | None) -> None:
    """A new file is for its owner alone: whoever guesses at somebody's facts could compare their hash."""
    if file and not file.startswith("file:"):
        os.close(os.open(file, os.O_RDWR | os.O_CREAT, 0o600))


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
