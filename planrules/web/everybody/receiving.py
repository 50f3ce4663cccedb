"""Uploaded files into people: checked before anything reads them, written to a folder that goes with the request."""

import re
import tempfile
from collections.abc import Callable, Sequence
from dataclasses import dataclass
from datetime import date
from fnmatch import fnmatchcase
from pathlib import Path, PurePosixPath, PureWindowsPath

from planrules.errors import PeopleError, Problem
from planrules.people import People
from planrules.people.importing import Imported, ImportMapping, import_files
from planrules.web.safety.limits import Limits
from planrules.web.safety.uploads import check_named, check_rows, check_upload, too_large, too_many

_STRANGE = re.compile(r"[^\w .()+-]", re.ASCII)
_LONGEST_NAME = 80
_LINES = (".csv", ".txt", ".tsv", ".jsonl", ".ndjson")


@dataclass(frozen=True)
class File:
    """A file as it came: its name without folders or strange characters, and what is in it."""

    name: str
    content: bytes


def named(name: str | None, content: bytes) -> File:
    """A file under a name that is safe on any disk and on any page.

    >>> named("../Census 1996.csv", b"").name, named(None, b"").name
    ('Census 1996.csv', 'file')
    """
    last = PureWindowsPath(PurePosixPath(name or "").name).name
    return File(_STRANGE.sub("_", last).strip(". ")[-_LONGEST_NAME:] or "file", content)


def check_files(files: Sequence[File], limits: Limits) -> None:
    """Refuses files that may not be taken, before anything reads them.

    Raises:
        RefusedError: a file is too large, unpacks to too much, has macros, formulas or links, or too many rows.
        PeopleError: two files of one name.
    """
    if sum(len(file.content) for file in files) > limits.max_upload:
        raise too_large(what="all of it together", most=limits.max_upload)
    for file in files:
        check_upload(file.content, limits)
        check_named(file.name, file.content)
        if file.name.lower().endswith(".parquet") or file.content.startswith(b"PAR1"):
            check_rows(file.content, limits)
        if file.name.lower().endswith(_LINES) and file.content.count(b"\n") > limits.max_rows:
            raise too_many(what="rows", most=limits.max_rows)
    names = [file.name for file in files]
    twice = [name for name in dict.fromkeys(names) if names.count(name) > 1]
    if twice:
        do = "Rename one of them and upload again."
        raise PeopleError([Problem("two files of one name", name, "Findings are told by file.", do) for name in twice])


@dataclass(frozen=True)
class Beside:
    """What an import takes besides files and a mapping.

    Attributes:
        last: the people to compare with; null where nobody asked for that.
        secret: makes the keys of a column that is hashed; null where there is none. It is kept no longer than that.
    """

    last: People | None = None
    secret: bytes | None = None


def read(
    files: Sequence[File],
    mapping_for: Callable[[], ImportMapping],
    as_of: date,
    limits: Limits,
    beside: Beside = Beside(),
) -> Imported:
    """The people in the files, with everything that was set aside. Nothing is left on the disk.

    Raises:
        RefusedError: as `check_files`, or there are too many rows.
        PeopleError: a file or the mapping cannot be read at all.
    """
    check_files(files, limits)
    mapping = mapping_for()
    for file in files:
        declared = {entry.format for entry in mapping.files if fnmatchcase(file.name, entry.files)}
        check_named(file.name, file.content, as_workbook="xlsx" in declared)
    with tempfile.TemporaryDirectory(prefix="planrules-") as folder:
        paths = [Path(folder) / file.name for file in files]
        for path, file in zip(paths, files, strict=True):
            path.write_bytes(file.content)
        imported = import_files(paths, mapping, as_of=as_of, last=beside.last, secret=beside.secret)
    if int(imported.files["read"].sum()) > limits.max_rows:
        raise too_many(what="rows", most=limits.max_rows)
    return imported
