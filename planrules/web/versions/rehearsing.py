"""What a start with a database would do, tried on a copy in memory: nothing is written, and nothing is made."""

from collections.abc import Sequence
from dataclasses import asdict, fields
from pathlib import Path

from sqlalchemy import create_engine, insert, inspect, make_url, select
from sqlalchemy.exc import SQLAlchemyError

from planrules.errors import FileError
from planrules.web.audit import AuditLog
from planrules.web.audit.databases import not_opened
from planrules.web.versions.store import METADATA, VERSIONS, version_of
from planrules.web.versions.version import Version


def rehearsal(url: str) -> AuditLog:
    """An audit log in memory, beside the versions that the database has.

    Raises:
        FileError: the database is there, and cannot be read.
    """
    try:
        found = _versions(url)
    except (SQLAlchemyError, ImportError) as error:
        raise FileError([not_opened(type(error).__name__)]) from None
    copy = AuditLog()
    METADATA.create_all(copy.engine)
    if found:
        with copy.engine.begin() as connection:
            connection.execute(insert(VERSIONS), [asdict(each) for each in found])
    return copy


def _versions(url: str) -> Sequence[Version]:
    """The versions in a database; none where it is a file that is not there yet, or has no table of them."""
    parsed = make_url(url)
    if parsed.get_backend_name() == "sqlite" and not (parsed.database and Path(parsed.database).exists()):
        return []
    engine = create_engine(parsed)
    try:
        with engine.connect() as connection:
            if not inspect(connection).has_table(VERSIONS.name):
                return []
            wanted = select(*(VERSIONS.c[each.name] for each in fields(Version)))
            return [version_of(row) for row in connection.execute(wanted)]
    finally:
        engine.dispose()
