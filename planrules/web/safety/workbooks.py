"""What a workbook may not have: anything that runs, fetches, or is worked out when somebody opens it."""

import re
import zipfile

from planrules.web.safety.refusals import RefusedError, refused

_FORMULA = re.compile(rb"<(?:\w+:)?f[\s>/]")
_EXTERNAL = re.compile(rb"TargetMode\s*=\s*[\"']External[\"']", re.IGNORECASE)
_HYPERLINK = re.compile(rb"<Relationship\b[^>]*relationships/hyperlink[\"'][^>]*>")
_DOCTYPE = re.compile(rb"<!(?:DOCTYPE|ENTITY)", re.IGNORECASE)
_MACROS = ("vbaproject.bin", "macrosheets/", "activex", "customui/")
_LINKS = ("externallinks/", "connections.xml", "querytables/", "embeddings/", "ddelink")


def check_workbook(archive: zipfile.ZipFile) -> None:
    """Refuses a workbook with macros, links to elsewhere or formulas; another archive passes.

    Raises:
        RefusedError: the workbook has one of them.
    """
    names = [each.filename for each in archive.infolist()]
    if "[Content_Types].xml" not in names:
        return
    lower = [name.lower() for name in names]
    if any(part in name for name in lower for part in _MACROS):
        raise _not_taken(what="a workbook with macros")
    if any(part in name for name in lower for part in _LINKS):
        raise _not_taken(what="a workbook with links to other files or sources")
    if "xl/workbook.bin" in lower:
        raise _not_taken(what="a workbook of the binary format")
    for name in names:
        if name.lower().endswith((".xml", ".rels")):
            _check_part(name.lower(), _read(archive, name))


def _check_part(name: str, content: bytes) -> None:
    if _DOCTYPE.search(content):
        raise _not_taken(what="a workbook with declarations that workbooks do not have")
    if name.endswith(".rels") and _EXTERNAL.search(_HYPERLINK.sub(b"", content)):
        raise _not_taken(what="a workbook with links to other files or sources")
    if "worksheets/" in name and _FORMULA.search(content):
        raise _not_taken(what="a workbook with formulas")


def _read(archive: zipfile.ZipFile, name: str) -> bytes:
    try:
        return archive.read(name)
    except (zipfile.BadZipFile, RuntimeError, NotImplementedError, OSError, EOFError):
        raise _not_taken(what="a workbook that cannot be read") from None


def _not_taken(what: str) -> RefusedError:
    return refused(
        422,
        what,
        "A value that is worked out or fetched may not be what its author saw, and can reach out of this machine.",
        "Save the sheet's values alone (paste special, values), or as CSV.",
        "upload",
    )
