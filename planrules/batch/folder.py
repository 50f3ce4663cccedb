"""A folder of people's tables in Parquet, read a range of employees at a time.

A table is one file, `pay.parquet`, or a folder of files, `pay/*.parquet`, in the order of their names. Where its rows
are in the order of employee_id, a range is found by the statistics of the row groups; a table in another order is
first cut into its ranges, once, so that nothing is read again and again.
"""

from collections.abc import Iterator, Mapping
from dataclasses import dataclass, field, replace
from hashlib import file_digest
from pathlib import Path

import polars as pl

from planrules.batch.writing import made_whole
from planrules.errors import PeopleError, Problem
from planrules.people.frames import SCHEMAS

KEY = "employee_id"
_RANGE = "range"
_PAY_ROWS, _MOST = 1_000_000, 20_000
"""Pay rows and people in a range where nobody says how many: what bounds the memory, at some two gigabytes."""


@dataclass(frozen=True)
class Folder:
    """The tables of a folder.

    Attributes:
        path: the folder.
        files: the files of each table that is there, by name.
        columns: the columns of each table as the files have them.
        starts: the first employee_id of every range but the first.
        people: how many different people there are.
        at_once: how many of them are in a range.
        cut: tables cut into ranges, each in a folder with one folder a range.
    """

    path: Path
    files: Mapping[str, tuple[Path, ...]]
    columns: Mapping[str, pl.Schema]
    starts: tuple[str, ...]
    people: int
    at_once: int
    cut: Mapping[str, Path] = field(default_factory=dict)

    @property
    def ranges(self) -> int:
        """How many ranges of employees there are."""
        return len(self.starts) + 1

    def hashes(self) -> Mapping[str, str]:
        """The SHA-256 of every file, by its place in the folder."""
        found = {}
        for file in (each for files in self.files.values() for each in files):
            with file.open("rb") as opened:
                found[file.relative_to(self.path).as_posix()] = file_digest(opened, "sha256").hexdigest()
        return dict(sorted(found.items()))

    def scan(self, table: str) -> pl.LazyFrame:
        """A whole table, not read yet."""
        return pl.scan_parquet(list(self.files[table]), hive_partitioning=False, glob=False)

    def read(self, number: int) -> Mapping[str, pl.DataFrame]:
        """The tables of one range, people in the order of employee_id; rows that name nobody are in the first."""
        found = {name: self._range(name, number) for name in self.files}
        return found | {"employees": found["employees"].sort(KEY, maintain_order=True)}

    def _range(self, table: str, number: int) -> pl.DataFrame:
        if table in self.cut:
            parts = sorted((self.cut[table] / str(number)).glob("*.parquet"))
            rows = pl.scan_parquet(parts, hive_partitioning=False, glob=False).collect() if parts else None
            return (
                pl.DataFrame(schema=self.columns[table]) if rows is None else rows.select(self.columns[table].names())
            )
        wanted = [pl.lit(value=True)]
        if number:
            wanted.append(pl.col(KEY) >= self.starts[number - 1])
        if number < len(self.starts):
            wanted.append(pl.col(KEY) < self.starts[number])
        inside = pl.all_horizontal(wanted)
        return self.scan(table).filter(inside if number else inside | pl.col(KEY).is_null()).collect()

    def cut_into_ranges(self, scratch: Path) -> "Folder":
        """The same folder with every table that is in another order cut into its ranges under `scratch`."""
        if not self.starts:
            return self
        cut = {name: scratch / name for name in self.files if not self._in_order(name)}
        for name, target in cut.items():
            if not target.exists():
                with made_whole(target) as made:
                    self._cut(name, made)
        return replace(self, cut=cut)

    def _in_order(self, table: str) -> bool:
        key = pl.col(KEY)
        ordered = (key >= key.shift(1)).all() & (key.null_count() == 0)
        return bool(self.scan(table).select(ordered).collect(engine="streaming").item())

    def _cut(self, table: str, target: Path) -> None:
        starts = pl.Series(KEY, self.starts, dtype=pl.String)

        def ranges(keys: pl.Series) -> pl.Series:
            return starts.search_sorted(keys.fill_null(""), side="right").cast(pl.UInt32)

        number = pl.col(KEY).map_batches(ranges, return_dtype=pl.UInt32, is_elementwise=True)
        target.mkdir(parents=True)
        self.scan(table).with_columns(number.alias(_RANGE)).sink_parquet(
            pl.PartitionBy(target, key=_RANGE, include_key=False, file_path_provider=_place), mkdir=True
        )


def _place(given: pl.io.partition.FileProviderArgs) -> Path:
    number = given.partition_keys.item(0, 0)
    return Path(str(number)) / f"{given.index_in_partition:08}.parquet"


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
