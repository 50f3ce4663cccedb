"""Opens a folder of people: which tables it has, who is in it, and how many people are taken at once."""

from collections.abc import Iterator, Mapping
from pathlib import Path

import polars as pl

from planrules.batch.folder import KEY, Folder
from planrules.errors import PeopleError, Problem
from planrules.people.frames import SCHEMAS

_PAY_ROWS, _MOST = 1_000_000, 20_000
"""Pay rows and people in a range where nobody says how many: what bounds the memory, at some two gigabytes."""


def open_folder(path: Path, employees: int | None = None) -> Folder:
    """The folder, its people in ranges of so many; null: of as many as have some `_PAY_ROWS` pay rows.

    Raises:
        PeopleError: a table is missing, unknown or cannot be read, or there is nobody in it.
    """
    files = {name: found for name in SCHEMAS if (found := tuple(_files(path, name)))}
    lacking = [name for name in ("employees", "employment") if name not in files]
    if lacking:
        raise PeopleError([_lacking(path.name, lacking)])
    try:
        columns = {name: pl.scan_parquet(list(found), glob=False).collect_schema() for name, found in files.items()}
        if any(dict(schema).get(KEY) != pl.String for schema in columns.values()):
            raise PeopleError([_without_key(path.name)])
        keys = pl.scan_parquet(list(files["employees"]), glob=False).select(KEY).unique().collect(engine="streaming")
    except (OSError, pl.exceptions.PolarsError) as error:
        raise PeopleError([_unreadable(path.name, type(error).__name__)]) from error
    people = keys[KEY].drop_nulls().sort()
    if people.is_empty():
        raise PeopleError([_nobody(path.name)])
    each = employees or _at_once(files, people.len())
    return Folder(path, files, columns, tuple(people[each::each]), people.len(), each)


def _at_once(files: Mapping[str, tuple[Path, ...]], people: int) -> int:
    """How many people have about `_PAY_ROWS` pay rows; of everybody's number of rows, which the files tell at once."""
    if "pay" not in files:
        return _MOST
    rows = int(pl.scan_parquet(list(files["pay"]), glob=False).select(pl.len()).collect().item())
    return max(1, min(_MOST, _PAY_ROWS * people // max(rows, 1)))


def _files(path: Path, table: str) -> Iterator[Path]:
    one = path / f"{table}.parquet"
    if one.is_file():
        yield one
    yield from sorted((path / table).glob("*.parquet"))


def _lacking(where: str, tables: list[str]) -> Problem:
    return Problem(
        what=f"no table {' and no table '.join(tables)}",
        where=where,
        why="A folder of people has one Parquet file a table, such as employees.parquet, or one folder of files.",
        do="Give the folder that `planrules import` wrote; docs/reference/person.md lists the tables.",
    )


def _without_key(where: str) -> Problem:
    return Problem(
        "a table without employee_id as text", where, "It says whose row it is.", "Write employee_id as text."
    )


def _unreadable(where: str, kind: str) -> Problem:
    return Problem(f"cannot be read ({kind})", where, "The tables are needed.", "Check the files; write them again.")


def _nobody(where: str) -> Problem:
    return Problem("nobody in employees", where, "There is nobody to answer for.", "Give at least one person.")
