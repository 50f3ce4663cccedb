"""Which file is read by which entry of the mapping, and by which reader."""

from collections.abc import Sequence
from fnmatch import fnmatchcase
from pathlib import Path

from planrules.errors import PeopleError, Problem
from planrules.people.importing.delimited import read_delimited
from planrules.people.importing.fixed_width import read_fixed_width
from planrules.people.importing.mapping import FileFormat, FileMapping, ImportMapping
from planrules.people.importing.records import read_json_lines, read_parquet
from planrules.people.importing.sources import Source, unreadable
from planrules.people.importing.spreadsheets import read_workbook

_READERS = {
    "csv": read_delimited,
    "xlsx": read_workbook,
    "parquet": read_parquet,
    "jsonl": read_json_lines,
    "fixed_width": read_fixed_width,
}
_ENDINGS: dict[str, FileFormat] = {
    ".csv": "csv",
    ".txt": "csv",
    ".tsv": "csv",
    ".xlsx": "xlsx",
    ".parquet": "parquet",
    ".jsonl": "jsonl",
    ".ndjson": "jsonl",
}


def chosen(files: Sequence[Path], mapping: ImportMapping) -> list[tuple[Path, FileMapping]]:
    """Each file with the first entry whose pattern fits its name.

    Raises:
        PeopleError: a file that is not there, one without an entry, or two files of one name.
    """
    absent = [_absent(file) for file in files if not file.is_file()]
    if absent:
        raise PeopleError(absent)
    entries = [next((each for each in mapping.files if fnmatchcase(file.name, each.files)), None) for file in files]
    strangers = [file.name for file, entry in zip(files, entries, strict=True) if entry is None]
    names = [file.name for file in files]
    strangers += [f"{name} (twice)" for name in dict.fromkeys(names) if names.count(name) > 1]
    if strangers:
        patterns = ", ".join(each.files for each in mapping.files)
        why, do = f"It has entries for: {patterns}.", "Add an entry under files, or leave the file out."
        raise PeopleError([Problem("a file that the mapping says nothing of", name, why, do) for name in strangers])
    return [(file, entry) for file, entry in zip(files, entries, strict=True) if entry is not None]


def _absent(file: Path) -> Problem:
    if file.is_dir():
        return Problem("a folder, not a file", file.name, "An import reads files.", "Name the files in it.")
    return Problem("there is no such file", file.name, "Nothing was read.", "Check the name and the folder.")


def source(file: Path, entry: FileMapping) -> Source:
    """The rows of a file as text, by the reader of its format."""
    form = entry.format or _ENDINGS.get(file.suffix.lower())
    if form is None:
        known = ", ".join(_ENDINGS)
        raise unreadable(
            file.name, "an ending that no reader takes", f"Say the format in the mapping; known are {known}."
        )
    return _READERS[form](file, entry)
