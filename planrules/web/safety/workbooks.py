"""What a workbook may not have: anything that runs, fetches, or is worked out when somebody opens it.

Every part is looked at, whatever it is called: a part is known by what is in it and by what the workbook's
relationships make of it. What is not understood is refused.
"""

import re
import zipfile
from collections.abc import Iterator
from typing import Final
from xml.etree import ElementTree as ET

from planrules.web.safety.refusals import RefusedError, refused

_NAME: Final = rb"(?:[^\s<>/!?:]+:)?"
_FORMULA = re.compile(rb"<" + _NAME + rb"f[\s>/]")
_SHEET = re.compile(rb"<" + _NAME + rb"(?:sheetData|worksheet|dialogsheet)[\s>/]")
_DOCTYPE = re.compile(rb"<!(?:DOCTYPE|ENTITY)", re.IGNORECASE)
_ENCODING = re.compile(rb"^[^<]*<\?xml[^>]*\sencoding\s*=\s*[\"']([^\"']*)[\"']")
_ENCODINGS = frozenset({b"utf-8", b"us-ascii", b"ascii"})
_MACROS = ("vbaproject.bin", "macrosheets/", "activex", "customui/")
_LINKS = ("externallinks/", "connections.xml", "querytables/", "embeddings/", "ddelink")
_XML = (".xml", ".rels", ".vml")
_OTHER = ("/image", "/printersettings", "/thumbnail")
"""What a part that is not XML may be to the workbook, by how the type of its relationship ends."""


def check_workbook(archive: zipfile.ZipFile) -> None:
    """Refuses an archive with macros, links to elsewhere or formulas of a workbook; one of other files passes.

    Raises:
        RefusedError: it has one of them, or a part of a workbook that is not understood.
    """
    names = [each.filename for each in archive.infolist()]
    lower = [name.lower().replace("\\", "/") for name in names]
    if len(set(lower)) < len(lower):
        raise _not_taken(what="an archive with two files of one name")
    if any(part in name for name in lower for part in _MACROS):
        raise _not_taken(what="a workbook with macros")
    if any(part in name for name in lower for part in _LINKS):
        raise _not_taken(what="a workbook with links to other files or sources")
    if {"xl/workbook.bin", "content.xml", "mimetype"} & set(lower):
        raise _not_taken(what="a workbook of the binary or the OpenDocument format")
    for name, plain in zip(names, lower, strict=True):
        if plain.endswith(_XML):
            _check_part(plain, _read(archive, name))


def _check_part(name: str, content: bytes) -> None:
    if _DOCTYPE.search(content):
        raise _not_taken(what="a workbook with declarations that workbooks do not have")
    declared = _ENCODING.match(content)
    if b"\0" in content or (declared is not None and declared[1].lower() not in _ENCODINGS):
        raise _not_taken(what="a workbook with parts that are not in UTF-8")
    if name.endswith(".rels"):
        _check_relationships(content)
    elif ("worksheets/" in name or _SHEET.search(content)) and _FORMULA.search(content):
        raise _not_taken(what="a workbook with formulas")


def _check_relationships(content: bytes) -> None:
    """What the parts are to each other. A page of the web that a cell links to is only opened by whoever clicks it."""
    for kind, target, external in _relationships(content):
        if external and not kind.endswith("/hyperlink"):
            raise _not_taken(what="a workbook with links to other files or sources")
        if not external and not target.endswith(_XML) and not kind.endswith(_OTHER) and not target.startswith("#"):
            raise _not_taken(what="a workbook with parts that are not understood")


def _relationships(content: bytes) -> Iterator[tuple[str, str, bool]]:
    """The type and the target of each relationship in lower case, and whether it leads out of the workbook."""
    try:
        root = ET.fromstring(content)  # noqa: S314  declarations of entities are refused before
    except (ET.ParseError, ValueError, LookupError):
        raise _not_taken(what="a workbook that cannot be read") from None
    for each in root.iter():
        found = {name.rpartition("}")[2].lower(): value.strip().lower() for name, value in each.attrib.items()}
        if "target" in found:
            yield found.get("type", ""), found["target"], found.get("targetmode") == "external"


def _read(archive: zipfile.ZipFile, name: str) -> bytes:
    try:
        return archive.read(name)
    except (zipfile.BadZipFile, RuntimeError, NotImplementedError, OSError, EOFError, KeyError):
        raise _not_taken(what="a workbook that cannot be read") from None


def _not_taken(what: str) -> RefusedError:
    return refused(
        422,
        what,
        "A value that is worked out or fetched may not be what its author saw, and can reach out of this machine.",
        "Save the sheet's values alone (paste special, values), or as CSV.",
        "upload",
    )
