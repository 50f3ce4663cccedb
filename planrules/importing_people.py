"""Census and payroll files into a folder of tables that `read_people` reads, by a mapping file.

The folder has one Parquet file a table, `exceptions.csv` (file, row, column, rule; never a value), `report.json`, and
`missing.csv` where there was a last import to compare with. The same files and mapping give the same bytes.
"""

import json
from collections.abc import Iterable
from datetime import date
from pathlib import Path
from typing import Any

import yaml

from planrules.errors import PeopleError, Problem
from planrules.form.strict_yaml import StrictYamlError, read_yaml
from planrules.people import People, read_people
from planrules.people.folders import written_whole
from planrules.people.frames import SCHEMAS
from planrules.people.importing import Imported, ImportMapping, import_files, parse_mapping
from planrules.people.importing.report import as_dict, safe_csv

EXCEPTIONS, REPORT, MISSING = "exceptions.csv", "report.json", "missing.csv"


def load_mapping(path: str | Path) -> ImportMapping:
    """The mapping of a YAML file.

    Raises:
        PeopleError: the file cannot be read, is not plain YAML, or says something that a mapping does not say.
    """
    file = Path(path)
    try:
        document = read_yaml(file.read_text(encoding="utf-8"))
    except (OSError, UnicodeDecodeError, StrictYamlError) as error:
        told = str(error) if isinstance(error, StrictYamlError) else type(error).__name__
        raise PeopleError([_unreadable(file.name, told)]) from None
    if document.duplicates:
        raise PeopleError([_twice(file.name, f"line {twice.line}") for twice in document.duplicates])
    return parse_mapping(document.data, file.name)


def import_people(
    files: Iterable[str | Path],
    mapping: ImportMapping | str | Path,
    *,
    as_of: date | None = None,
    last: People | str | Path | None = None,
    secret: bytes | None = None,
) -> Imported:
    """People from census and payroll files, with everything that was set aside.

    Args:
        files: the census, payroll and balance files.
        mapping: what the employer declares of them, or its file.
        as_of: the day on which the files were drawn; null: nothing is held against it.
        last: the people of the import before, or their folder; null: nothing is compared.
        secret: what only the employer has, for a key column that is `hashed`; null: there is none.

    Raises:
        PeopleError: a file, the mapping or the last import cannot be read at all.
    """
    declared = mapping if isinstance(mapping, ImportMapping) else load_mapping(mapping)
    before = last if last is None or isinstance(last, People) else read_people(last)
    return import_files([Path(file) for file in files], declared, as_of=as_of, last=before, secret=secret)


def write_import(imported: Imported, folder: str | Path, *, force: bool = False) -> None:
    """Writes the folder: each file whole or not at all.

    A folder with other content is written over only with `force`; then tables of an import before that are no longer
    there go.

    Raises:
        PeopleError: the folder cannot be written, or has other content.
    """
    target = Path(folder)
    report = json.dumps(as_dict(imported), indent=2, ensure_ascii=False) + "\n"
    texts = {EXCEPTIONS: safe_csv(imported.exceptions), REPORT: report}
    if imported.missing is not None:
        texts[MISSING] = safe_csv(imported.missing)
    before = {MISSING, *(f"{table}.parquet" for table in SCHEMAS)}
    with written_whole(target, "The tables go", force=force, written_before=before) as made:
        for name, table in imported.tables.items():
            table.write_parquet(made / f"{name}.parquet")
        for name, text in texts.items():
            (made / name).write_text(text, encoding="utf-8", newline="\n")


def profile_yaml(mapping: ImportMapping) -> str:
    """A mapping as a file, without what was left at its default."""
    said = mapping.model_dump(mode="json", by_alias=True, exclude_defaults=True)
    return yaml.safe_dump(_plain(said), sort_keys=False, allow_unicode=True, width=110)


def _plain(said: Any) -> Any:  # noqa: ANN401  any JSON value
    """Lists of one header as that header; everything else as it is."""
    if isinstance(said, dict):
        return {
            key: value[0] if key == "header" and isinstance(value, list) and len(value) == 1 else _plain(value)
            for key, value in said.items()
        }
    return [_plain(each) for each in said] if isinstance(said, list) else said


def _unreadable(where: str, told: str) -> Problem:
    return Problem(
        what=f"cannot be read ({told})",
        where=where,
        why="Files are read as their mapping declares.",
        do="Check its name and its YAML; docs/reference/mapping.md shows the format.",
    )


def _twice(name: str, place: str) -> Problem:
    return Problem("a key given twice", f"{name}, {place}", "One of the two would be lost.", "Keep one.")
