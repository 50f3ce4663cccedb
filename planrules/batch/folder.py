"""A folder of people's tables in Parquet, read a range of employees at a time.

A table is one file, `pay.parquet`, or a folder of files, `pay/*.parquet`, in the order of their names. Where its rows
are in the order of employee_id, a range is found by the statistics of the row groups; a table in another order is
first cut into its ranges, once, so that nothing is read again and again.
"""

from collections.abc import Mapping
from dataclasses import dataclass, field, replace
from hashlib import file_digest
from pathlib import Path

import polars as pl

from planrules.batch.writing import made_whole

KEY = "employee_id"
_RANGE = "range"


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
