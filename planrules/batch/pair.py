"""Two runs beside each other: everybody's answers before and after, as text that can be compared and shown."""

from collections.abc import Mapping
from dataclasses import dataclass
from functools import cached_property
from pathlib import Path

import polars as pl

from planrules.answers.sentences import SAID
from planrules.batch.determinations import DETERMINATIONS, REASONS, SET_ASIDE, STATUS
from planrules.batch.finishing import FILES
from planrules.batch.folder import KEY
from planrules.batch.manifest import Manifest, load_manifest
from planrules.errors import FileError, Problem

NEW = ".new"
"""How the column of the newer run ends."""
SAYS = "says."
"""How the columns begin that hold the newer run's sentence for a field."""
HERE, HERE_NEW = "here", f"here{NEW}"
"""Flags: whether the older and the newer run answered for the person."""
FIRM = ("decided", "superseded", "not_applicable")
"""Statuses of an answer that only other facts, another plan or another reading can move."""


@dataclass(frozen=True)
class Pair:
    """An older and a newer run."""

    old: Path
    new: Path

    @cached_property
    def before(self) -> Manifest:
        """The manifest of the older run."""
        return load_manifest(self.old)

    @cached_property
    def after(self) -> Manifest:
        """The manifest of the newer run."""
        return load_manifest(self.new)

    @property
    def same_day(self) -> bool:
        """Whether both are answers of one day, so that whatever differs was corrected."""
        return self.before.inputs.as_of == self.after.inputs.as_of

    @cached_property
    def types(self) -> Mapping[str, pl.DataType]:
        """The columns of the determinations that both runs have, by their type in the newer one."""
        common = set(self._scan(self.old, DETERMINATIONS).collect_schema())
        schema = self._scan(self.new, DETERMINATIONS).collect_schema()
        return {name: dtype for name, dtype in schema.items() if name in common and name not in {KEY, "as_of"}}

    @cached_property
    def values(self) -> tuple[str, ...]:
        """The fields among these columns, without their statuses."""
        return tuple(name for name in self.types if not name.endswith(STATUS))

    def people(self) -> pl.LazyFrame:
        """One row a person of either run: each column as it was, with `NEW` at its end as it is, and sentences."""
        sides = (self._scan(self.old, DETERMINATIONS), self._scan(self.new, DETERMINATIONS))
        before, after = (side.select(KEY, *self.types, pl.lit(value=True).alias(HERE)) for side in sides)
        both = before.join(after, on=KEY, how="full", coalesce=True, suffix=NEW)
        said = self._scan(self.new, REASONS)
        for field in SAID:
            of_field = said.filter(pl.col("field") == field).select(KEY, pl.col("says").alias(f"{SAYS}{field}"))
            both = both.join(of_field, on=KEY, how="left")
        return both.with_columns(pl.col(HERE, HERE_NEW).fill_null(value=False))

    def ledger(self, table: str, day: str, values: tuple[str, ...]) -> pl.LazyFrame:
        """The lines that both runs have of a ledger, and that were over when the older one was made."""
        sides = (self._scan(self.old, table), self._scan(self.new, table))
        before, after = (side.select(KEY, day, *values) for side in sides)
        over = before.filter(pl.col(day) <= self.before.inputs.as_of)
        return over.join(after, on=[KEY, day], how="inner", suffix=NEW)

    def set_aside(self) -> pl.Series:
        """Who was set aside in the newer run."""
        return pl.read_csv(self.new / FILES[SET_ASIDE], schema_overrides={KEY: pl.String})[KEY].drop_nulls().unique()

    def _scan(self, run: Path, table: str) -> pl.LazyFrame:
        return pl.scan_parquet(run / FILES[table], glob=False, hive_partitioning=False)


def pair_of(old: str | Path, new: str | Path) -> Pair:
    """Two finished runs, the older one first.

    Raises:
        FileError: one is not a finished run, or the first is of a later day than the second.
    """
    pair = Pair(Path(old), Path(new))
    if pair.before.inputs.as_of > pair.after.inputs.as_of:
        raise FileError([_wrong_order(pair.old.name)])
    return pair


def text(column: str, dtype: pl.DataType) -> pl.Expr:
    """A value as text: days as ISO days, exact decimals without zeros at their end unless they are money."""
    told = pl.col(column).cast(pl.String)
    money = 2
    if isinstance(dtype, pl.Decimal) and dtype.scale != money:
        return told.str.strip_chars_end("0").str.strip_chars_end(".")
    return told


def _wrong_order(where: str) -> Problem:
    return Problem(
        what="the first run is of a later day than the second",
        where=where,
        why="Changes are told from the older to the newer.",
        do="Give the older run first.",
    )
