"""Evaluates a folder of people, a range of employees at a time, into a folder of tables with a manifest.

| in the folder | what |
|---|---|
| determinations.parquet | one row a person: every field of the answer and its status |
| participation_periods, vesting_periods, matching (.parquet) | the ledgers |
| missing, assumptions, gaps (.parquet) | what is not known or was taken as the record stands |
| reasons.parquet | the sentence behind when somebody joined, what is owned and when it is payable |
| exceptions.csv | people set aside: table, row, column, rule, and never a value |
| manifest.json | from what it was made, and the hash of every file |
| .parts | finished ranges of a run that was stopped; gone when it is finished |
"""

import hashlib
import shutil
from collections.abc import Callable
from datetime import date
from pathlib import Path
from typing import NamedTuple

import polars as pl

from planrules.api import Plan
from planrules.batch.determinations import DETERMINATIONS, SET_ASIDE, TABLES, answered
from planrules.batch.folder import KEY, Folder, open_folder
from planrules.batch.manifest import MANIFEST, Counts, Inputs, Manifest, cites_of, inputs_of, load_manifest
from planrules.batch.writing import clear_unfinished, made_whole, unwritable
from planrules.errors import FileError
from planrules.people.importing.report import safe_csv

PARTS = ".parts"
FILES = {name: f"{name}.csv" if name == SET_ASIDE else f"{name}.parquet" for name in TABLES}
"""The file of each table."""
_ROW_GROUP = 100_000


class Pace(NamedTuple):
    """How a run goes about it. Neither the answers nor the bytes depend on it.

    Attributes:
        employees: people evaluated at once: what bounds the memory; null: by how many pay rows they have.
        told: is called after each range with how many people are done, and of how many.
    """

    employees: int | None = None
    told: Callable[[int, int], None] = lambda *_: None


USUAL = Pace()


def evaluate_folder(plan: Plan, people: Path, as_of: date, out: Path, pace: Pace = USUAL) -> Manifest:
    """Answers for everybody in a folder, written to `out`; the same inputs give the same bytes.

    What a run before left in `out` stays until everything is worked out. A run that was stopped goes on where it was;
    a finished run of the same inputs is left as it is.

    Args:
        plan: the plan.
        people: a folder of tables; see `folder`.
        as_of: the day at whose close the answers hold.
        out: the folder to write to; it is made where there is none.
        pace: how many people are evaluated at once, and who is told of the progress.

    Raises:
        PeopleError: the tables cannot be read, or are not those of people.
        FileError: the folder cannot be written.
    """
    folder = open_folder(people, pace.employees)
    inputs = inputs_of(plan, folder, as_of)
    done = _finished(out, inputs)
    if done is not None:
        pace.told(folder.people, folder.people)
        return done
    parts = out / PARTS / f"{inputs.key}-{folder.at_once}"
    _only_these(parts)
    folder = folder.cut_into_ranges(parts / "tables")
    for number in range(folder.ranges):
        target = parts / f"{number:08}"
        if not target.exists():
            _evaluate_range(plan, folder, number, as_of, target)
        pace.told(min((number + 1) * folder.at_once, folder.people), folder.people)
    return _finish(plan, folder, inputs, parts, out)


def _only_these(parts: Path) -> None:
    """Keeps the finished ranges of these inputs, and drops those of any others."""
    try:
        parts.mkdir(parents=True, exist_ok=True)
        for other in parts.parent.iterdir():
            if other != parts:
                shutil.rmtree(other)
        clear_unfinished(parts)
        clear_unfinished(parts / "tables")
    except OSError as error:
        raise FileError([unwritable(parts.parent.parent.name, type(error).__name__)]) from error


def _evaluate_range(plan: Plan, folder: Folder, number: int, as_of: date, target: Path) -> None:
    with made_whole(target) as made:
        made.mkdir()
        for piece, tables in enumerate(answered(plan, folder.read(number), as_of)):
            for name, table in tables.items():
                (made / name).mkdir(exist_ok=True)
                table.write_parquet(made / name / f"{piece:08}.parquet")


def _scan(parts: Path, ranges: int, table: str) -> pl.LazyFrame:
    files = [file for n in range(ranges) for file in sorted((parts / f"{n:08}" / table).glob("*.parquet"))]
    return pl.scan_parquet(files, glob=False, hive_partitioning=False)


def _finish(plan: Plan, folder: Folder, inputs: Inputs, parts: Path, out: Path) -> Manifest:
    """Puts the ranges together, and only then replaces what was there: first its manifest goes, last the new comes."""
    whole = parts / "whole"
    rows: dict[str, int] = {}
    with made_whole(whole) as made:
        made.mkdir()
        for name, file in FILES.items():
            table = _scan(parts, folder.ranges, name)
            rows[name] = int(table.select(pl.len()).collect().item())
            if name == SET_ASIDE:
                told = table.collect().sort(KEY, "table", "row", "column", "rule")
                set_aside = told[KEY].drop_nulls().n_unique()
                (made / file).write_text(safe_csv(told), encoding="utf-8", newline="\n")
            else:
                table.sink_parquet(made / file, row_group_size=_ROW_GROUP, maintain_order=True)
    manifest = Manifest(
        inputs=inputs,
        counts=Counts(people=folder.people, answered=rows[DETERMINATIONS], set_aside=set_aside, rows=rows),
        cites=cites_of(plan),
        outputs={file: _sha256(whole / file) for file in sorted(FILES.values())},
    )
    _publish(whole, out, manifest)
    return manifest


def _publish(whole: Path, out: Path, manifest: Manifest) -> None:
    try:
        (out / MANIFEST).unlink(missing_ok=True)
        for file in FILES.values():
            (whole / file).replace(out / file)
        with made_whole(out / MANIFEST) as made:
            made.write_text(manifest.text, encoding="utf-8", newline="\n")
        shutil.rmtree(out / PARTS)
        clear_unfinished(out)
    except OSError as error:
        raise FileError([unwritable(out.name, type(error).__name__)]) from error


def _finished(out: Path, inputs: Inputs) -> Manifest | None:
    """The run that is there, where it was made from these inputs and its files are as it left them."""
    try:
        found = load_manifest(out)
        whole = found.inputs == inputs and all(_sha256(out / file) == told for file, told in found.outputs.items())
    except (FileError, OSError):
        return None
    return found if whole else None


def _sha256(file: Path) -> str:
    with file.open("rb") as opened:
        return hashlib.file_digest(opened, "sha256").hexdigest()
