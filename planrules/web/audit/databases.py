"""The server's database: SQLite so that what is written is on disk, or another by its URL, and the tables in it."""

import os
from contextlib import suppress
from typing import Any

from sqlalchemy import Connection, Engine, MetaData, create_engine, event, make_url, text
from sqlalchemy.exc import SQLAlchemyError
from sqlalchemy.pool import QueuePool

from planrules.errors import FileError, Problem

_IN_MEMORY = frozenset({"sqlite://", "sqlite:///:memory:"})
_WRITE_BACK = text("PRAGMA wal_checkpoint(TRUNCATE)")
_TURN = text("SELECT pg_advisory_xact_lock(hashtext('planrules tables'))")

_PATIENCE = 10
"""Seconds that PostgreSQL has to answer the door: whoever asks waits for it. The URL may say another number."""


def opened(url: str) -> Engine:
    """The database at a URL as SQLAlchemy writes it. A connection that it lost, as by a restart, is made anew.

    Raises:
        FileError: the URL is none, or its driver is not installed.
    """
    try:
        return _engine(url)
    except (SQLAlchemyError, ImportError, OSError) as error:
        raise FileError([not_opened(type(error).__name__)]) from None


def made(engine: Engine, tables: MetaData) -> None:
    """Makes the tables that are not there yet. Of servers that start at once on PostgreSQL one makes them.

    Raises:
        FileError: the database cannot be reached, or does not let them be made.
    """
    try:
        with engine.begin() as connection:
            _take_turn(connection)
            tables.create_all(connection)
    except SQLAlchemyError as error:
        engine.dispose()
        raise FileError([not_opened(type(error).__name__)]) from None


def _take_turn(connection: Connection) -> None:
    if connection.dialect.name == "postgresql":
        connection.execute(_TURN)


def _engine(url: str) -> Engine:
    if url in _IN_MEMORY:
        # One connection, had by one thread at a time.
        alone: dict[str, Any] = {"poolclass": QueuePool, "pool_size": 1, "max_overflow": 0}
        return create_engine(url, **alone, connect_args={"check_same_thread": False})
    parsed = make_url(url)
    patience = parsed.get_backend_name() == "postgresql" and "connect_timeout" not in parsed.query
    engine = create_engine(parsed, pool_pre_ping=True, connect_args={"connect_timeout": _PATIENCE} if patience else {})
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


def checkpoint(engine: Engine) -> None:
    """Writes what SQLite keeps in the file `-wal` into the database itself, so that a copy of that alone has it all.

    Whoever reads meanwhile may keep it from being done; then nothing is lost, and the next one does it.
    """
    if engine.dialect.name == "sqlite":
        with suppress(SQLAlchemyError), engine.connect() as connection:
            connection.execute(_WRITE_BACK)


def not_opened(kind: str) -> Problem:
    """The database cannot be had; `kind` is how the error is called."""
    return Problem(
        what=f"the database of the audit log cannot be opened ({kind})",
        where="--database",
        why="Nothing is answered that is not recorded.",
        do="Check the URL, for example sqlite:///audit.db, that its folder is there, and that its driver is installed.",
    )
