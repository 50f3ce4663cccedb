"""Where versions are kept: a table beside the audit log, which the database only lets be added to."""

from collections.abc import Sequence
from dataclasses import asdict, fields
from datetime import UTC, datetime
from typing import Any

from sqlalchemy import (
    Column,
    Connection,
    DateTime,
    Engine,
    Integer,
    MetaData,
    Row,
    Select,
    String,
    Table,
    Text,
    insert,
    select,
)
from sqlalchemy.exc import IntegrityError, SQLAlchemyError

from planrules.errors import FileError, Problem
from planrules.web.audit.append_only import append_only
from planrules.web.audit.databases import made
from planrules.web.versions.version import Version

METADATA = MetaData()
VERSIONS = Table(
    "election_versions",
    METADATA,
    Column("plan", String, primary_key=True),
    Column("number", Integer, primary_key=True, autoincrement=False),
    Column("hash", String, nullable=False),
    Column("at", DateTime(timezone=True), nullable=False),
    Column("by", String, nullable=False),
    Column("origin", String, nullable=False),
    Column("document", Text, nullable=False),
)
"""One row a version; that nobody else has the number is how two who change at once are told apart."""
append_only(VERSIONS, "versions are only added to")
_COLUMNS = [VERSIONS.c[each.name] for each in fields(Version)]


class OvertakenError(Exception):
    """Somebody else has put a version in the meantime."""


class Versions:
    """The versions of every plan in a database; their table is made where it is not there yet.

    Raises:
        FileError: the database cannot be opened.
    """

    def __init__(self, engine: Engine) -> None:
        self._engine = engine
        made(engine, METADATA)

    def chain(self, plan: str) -> Sequence[Version]:
        """The versions of a plan, first to last; none where it was never served with this database.

        Raises:
            FileError: the database cannot be read.
        """
        return self._found(select(*_COLUMNS).where(VERSIONS.c.plan == plan).order_by(VERSIONS.c.number))

    def last(self, plan: str) -> Version | None:
        """The last version of a plan; null where there is none."""
        wanted = select(*_COLUMNS).where(VERSIONS.c.plan == plan).order_by(VERSIONS.c.number.desc()).limit(1)
        return next(iter(self._found(wanted)), None)

    def named(self, plan: str, content_hash: str) -> Version | None:
        """The version of a plan by its hash, the last where it was put more than once; null where there is none."""
        wanted = select(*_COLUMNS).where(VERSIONS.c.plan == plan, VERSIONS.c.hash == content_hash)
        return next(iter(self._found(wanted.order_by(VERSIONS.c.number.desc()).limit(1))), None)

    def _found(self, wanted: Select[Any]) -> Sequence[Version]:
        try:
            with self._engine.connect() as connection:
                return [version_of(row) for row in connection.execute(wanted)]
        except SQLAlchemyError as error:
            raise FileError([_not_read(type(error).__name__)]) from None

    def add(self, version: Version) -> None:
        """Keeps a version for good.

        Raises:
            OvertakenError: another has its number.
            FileError: the database does not take it.
        """
        try:
            with self._engine.begin() as connection:
                add(connection, version)
        except SQLAlchemyError as error:
            raise FileError([_not_kept(type(error).__name__)]) from None


def add(connection: Connection, version: Version) -> None:
    """Keeps a version within a transaction.

    Raises:
        OvertakenError: another has its number.
    """
    try:
        connection.execute(insert(VERSIONS).values(**asdict(version)))
    except IntegrityError:
        raise OvertakenError from None


def version_of(row: Row[Any]) -> Version:
    """A version as it was kept; SQLite gives its hour without a zone, PostgreSQL in that of the connection."""
    found = row._asdict()
    at: datetime = found["at"]
    return Version(**{**found, "at": at.replace(tzinfo=UTC) if at.tzinfo is None else at.astimezone(UTC)})


def _not_read(kind: str) -> Problem:
    return Problem(
        what=f"the versions of a plan could not be read ({kind})",
        where="the server's database",
        why="Which elections are in force stands there.",
        do="Tell whoever runs this server; ask again once its database can be read.",
    )


def _not_kept(kind: str) -> Problem:
    return Problem(
        what=f"a version could not be kept ({kind})",
        where="the server's database",
        why="Nothing is in force that is not recorded.",
        do="Tell whoever runs this server; try again once its database takes rows.",
    )
