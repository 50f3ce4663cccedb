"""Files that somebody uploads: what they may be, and how large they may become.

Nothing of a file is told in a refusal but the kind of what is wrong with it: names of files can be personal too.
"""

import zipfile
from collections.abc import Mapping
from io import BytesIO
from pathlib import PurePosixPath

import polars as pl

from planrules.web.safety.limits import Limits
from planrules.web.safety.parquet import MARK as _PARQUET
from planrules.web.safety.parquet import unpacks_to
from planrules.web.safety.refusals import RefusedError, refused
from planrules.web.safety.workbooks import check_workbook

_MOST_ENTRIES = 20
_MOST_TIMES_LARGER = 1_000
_ZIP, _OLD_OFFICE = b"PK\x03\x04", b"\xd0\xcf\x11\xe0"
_ZIP_END, _END_BYTES = b"PK\x05\x06", 22
"""How an archive without a comment ends: the mark, and the bytes from it on."""
_WORKBOOKS = (".xlsx", ".xlsm", ".xlsb", ".xls", ".ods")
_UPLOAD = "upload"


def check_upload(content: bytes, limits: Limits) -> None:
    """Refuses an uploaded file that is too large, unpacks to too much, or can run, fetch or work out anything.

    A workbook may hold values only. Text and Parquet are taken as they are; see `check_rows` for the latter.

    Raises:
        RefusedError: 413 where it is too large, 422 where it may not be taken.
    """
    if len(content) > limits.max_upload:
        raise too_large(what="the file", most=limits.max_upload)
    if content.startswith(_OLD_OFFICE):
        raise _not_taken(what="a workbook of the old binary format, or one with a password")
    if content.startswith(_ZIP):
        with _opened(content) as archive:
            _check_sizes(archive, limits)
            check_workbook(archive)
    elif zipfile.is_zipfile(BytesIO(content)) or (_ZIP_END in content and not content.startswith(_PARQUET)):
        raise _not_taken(what="an archive with something before it")


def check_named(name: str, content: bytes, *, as_workbook: bool = False) -> None:
    """Refuses what is to be read as a workbook, by its name or on request, and does not begin as one.

    Raises:
        RefusedError: 422 where it may not be taken.
    """
    if (as_workbook or name.lower().endswith(_WORKBOOKS)) and not content.startswith(_ZIP):
        raise _not_taken(what="a workbook that does not begin as one")


def unpacked(content: bytes, limits: Limits) -> Mapping[str, bytes]:
    """The files of an uploaded zip by name, without folders.

    Raises:
        RefusedError: it is no zip, or has too many files, files in files, passwords or more than may be unpacked.
    """
    if len(content) > limits.max_upload:
        raise too_large(what="the archive", most=limits.max_upload)
    with _opened(content) as archive:
        _check_sizes(archive, limits)
        files = [each for each in archive.infolist() if not each.is_dir()]
        try:
            found = {PurePosixPath(each.filename).name: archive.read(each) for each in files}
        except (zipfile.BadZipFile, RuntimeError, NotImplementedError, OSError, EOFError):
            raise _not_taken(what="an archive that cannot be unpacked") from None
    if len(found) < len(files):
        raise _not_taken(what="an archive with two files of one name")
    if any(each.startswith(_ZIP) for each in found.values()):
        raise _not_taken(what="an archive in an archive")
    return found


def check_rows(content: bytes, limits: Limits) -> int:
    """The rows of a Parquet file, once its headers say that neither they nor what it unpacks to are too many.

    Its texts are added up too, whole: one of them written once can stand in every row.

    Raises:
        RefusedError: it is no Parquet file, or has or unpacks to more than may be taken.
    """
    if not content.startswith(_PARQUET):
        raise _not_taken(what="a file that is not Parquet")
    try:
        size, most = unpacks_to(content)
        scanned = pl.scan_parquet(BytesIO(content))
        rows = max(most, int(scanned.select(pl.len()).collect().item()))
        if rows <= limits.max_rows and size <= limits.max_unpacked:
            texts = [name for name, kind in scanned.collect_schema().items() if kind == pl.String]
            size = sum(_bytes_of(scanned, name) for name in texts)
    except (pl.exceptions.PolarsError, OSError, ValueError):
        raise _not_taken(what="a Parquet file that cannot be read") from None
    if rows > limits.max_rows:
        raise too_many(what="rows", most=limits.max_rows)
    if size > limits.max_unpacked:
        raise too_large(what="what the file unpacks to", most=limits.max_unpacked)
    return rows


def _bytes_of(scanned: pl.LazyFrame, name: str) -> int:
    """The bytes of a column of texts, one column at a time."""
    length = pl.col(name).str.len_bytes().cast(pl.UInt64).sum()
    return int(scanned.select(length).collect(engine="streaming").item())


def too_large(what: str, most: int) -> RefusedError:
    """More bytes than a request may have."""
    return refused(
        413,
        f"{what} is larger than {most:,} bytes",
        "The server holds what it is sent in memory.",
        "Send it in parts, or evaluate it with `planrules evaluate` on the machine itself.",
        _UPLOAD,
    )


def too_many(what: str, most: int) -> RefusedError:
    """More people or rows than a request may have."""
    return refused(
        413,
        f"more than {most:,} {what}",
        "The server holds what it is sent in memory.",
        "Send them in parts, or evaluate them with `planrules evaluate` on the machine itself.",
        _UPLOAD,
    )


def _opened(content: bytes) -> zipfile.ZipFile:
    """An archive that is nothing but one: readers could else find another one in it than the one that is checked."""
    try:
        archive = zipfile.ZipFile(BytesIO(content))
        entries = archive.infolist()
        end = content[-_END_BYTES:]
        start = min((each.header_offset for each in entries), default=0)
        if start or not (end.startswith(_ZIP_END) and end.endswith(b"\0\0")):
            raise _not_taken(what="an archive with something before or behind it")
        return archive  # noqa: TRY300  what is raised here is not what is caught
    except (zipfile.BadZipFile, OSError, ValueError, NotImplementedError):
        raise _not_taken(what="an archive that cannot be unpacked") from None


def _check_sizes(archive: zipfile.ZipFile, limits: Limits) -> None:
    """Refuses by what the archive says of itself; whoever lies in it is found out on reading, by the zip's own sums."""
    entries = archive.infolist()
    workbook = any(each.filename == "[Content_Types].xml" for each in entries)
    if len(entries) > (50 * _MOST_ENTRIES if workbook else _MOST_ENTRIES):
        raise _not_taken(what="an archive with too many files in it")
    if any(each.flag_bits & 1 for each in entries):
        raise _not_taken(what="an archive with a password")
    whole = sum(each.file_size for each in entries)
    packed = sum(each.compress_size for each in entries)
    if whole > limits.max_unpacked or whole > _MOST_TIMES_LARGER * max(packed, 1):
        raise too_large(what="what the archive unpacks to", most=limits.max_unpacked)


def _not_taken(what: str) -> RefusedError:
    return refused(
        422,
        what,
        "Files are read for the values in them, and for nothing else.",
        "Save the values alone, as CSV, Parquet or a workbook without macros, formulas and links.",
        _UPLOAD,
    )
