"""Small files and mappings for tests of the import, written to a folder and imported."""

from collections.abc import Mapping
from datetime import date
from pathlib import Path
from typing import Any

from planrules import People
from planrules.people.importing import Imported, import_files, parse_mapping

STEEL = "Steel Technologies Inc."
CENSUS: dict[str, Any] = {"files": "census*", "holds": "census", "employer": STEEL}
PAY: dict[str, Any] = {"files": "pay*", "holds": "pay"}
HEAD = "Employee ID,Birth Date,Hire Date,Termination Date,Rehire Date"
PAY_HEAD = "Employee ID,Period Start,Period End,Check Date,Hours,Gross Pay,Deferral"
ANN = "E1,1960-05-01,1994-10-15,,"


class Folder:
    """A folder with files, imported under a mapping that is given in part."""

    def __init__(self, folder: Path) -> None:
        self.folder = folder

    def file(self, name: str, content: str | bytes) -> Path:
        """A file with this content, lines ended as written."""
        path = self.folder / name
        path.write_bytes(content.encode() if isinstance(content, str) else content)
        return path

    def imported(
        self,
        files: Mapping[str, str | bytes | None],
        *entries: dict[str, Any],
        as_of: date | None = None,
        last: People | None = None,
        secret: bytes | None = None,
        **mapping: Any,  # noqa: ANN401  any part of a mapping
    ) -> Imported:
        """What these files come to; a file without content is there already."""
        paths = [self.folder / name if text is None else self.file(name, text) for name, text in files.items()]
        declared = parse_mapping({"profile": "test", "files": list(entries or (CENSUS, PAY)), **mapping}, "map.yaml")
        return import_files(paths, declared, as_of=as_of, last=last, secret=secret)


def census(*rows: str, head: str = HEAD) -> str:
    """A census file of these rows."""
    return "\n".join([head, *rows]) + "\n"


def payroll(*rows: str, head: str = PAY_HEAD) -> str:
    """A payroll file of these rows."""
    return "\n".join([head, *rows]) + "\n"


def told(imported: Imported, level: str = "error") -> list[tuple[str, int, str, str]]:
    """The findings of one level as file, row, column and code."""
    return [
        (each["file"], each["row"], each["column"], each["code"])
        for each in imported.exceptions.iter_rows(named=True)
        if each["level"] == level
    ]
