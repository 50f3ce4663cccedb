"""The audit log in a database: SQLite unless told otherwise, whatever SQLAlchemy speaks to at its URL.

The database itself refuses to change or delete a row (SQLite and PostgreSQL, by triggers). A row is on disk when
`AuditLog.record` returns, and nothing is answered before it has returned.
"""

from collections.abc import Iterator, Mapping, Sequence
from contextlib import contextmanager
from dataclasses import asdict
from typing import Any

from sqlalchemy import Connection, Table, insert, select
from sqlalchemy.exc import SQLAlchemyError

from planrules.errors import FileError, Problem
from planrules.web.audit.databases import checkpoint, made, opened
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
        self.clock = clock
        self.engine = opened(url)
        made(self.engine, METADATA)
        checkpoint(self.engine)  # of a server that was killed

    def record(self, *rows: Asked) -> None:
        """Adds questions; they are on disk when this returns.

        Raises:
            FileError: the database does not take them, so that nothing may be answered.
        """
        with self._adding(ASKED, rows):
            pass

    def note(self, *rows: Done) -> None:
        """Adds what was done or refused; it is on disk when this returns.

        Raises:
            FileError: the database does not take them.
        """
        with self._adding(DONE, rows):
            pass

    @contextmanager
    def recording(self, *rows: Asked) -> Iterator[Connection]:
        """Adds rows, and in the same transaction whatever else is written through the connection: all or nothing.

        Raises:
            FileError: the database does not take it.
        """
        with self._adding(ASKED, rows) as connection:
            yield connection

    @contextmanager
    def _adding(self, table: Table, rows: Sequence[Asked | Done]) -> Iterator[Connection]:
        at = self.clock()
        try:
            with self.engine.begin() as connection:
                connection.execute(insert(table), [{"at": at, **asdict(row)} for row in rows])
                yield connection
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
        """Lets go of the database; the file of SQLite has every row then, unless somebody else reads it."""
        checkpoint(self.engine)
        self.engine.dispose()


def _not_written(kind: str) -> Problem:
    return Problem(
        what=f"the audit log could not be written ({kind})",
        where="the server's database",
        why="Nothing is answered that is not recorded.",
        do="Tell whoever runs this server; ask again once its database takes rows.",
    )
