"""Puts the finished ranges of a run together, and lets the whole take the place of what was there."""

import hashlib
import shutil
from pathlib import Path

import polars as pl

from planrules.api import Plan
from planrules.batch.determinations import DETERMINATIONS, SET_ASIDE, TABLES
from planrules.batch.folder import KEY, Folder
from planrules.batch.manifest import MANIFEST, Counts, Inputs, Manifest, cites_of, load_manifest
from planrules.batch.writing import clear_unfinished, made_whole, unwritable
from planrules.errors import FileError
from planrules.people.importing.report import safe_csv

PARTS = ".parts"
FILES = {name: f"{name}.csv" if name == SET_ASIDE else f"{name}.parquet" for name in TABLES}
"""The file of each table."""
_ROW_GROUP = 100_000


def _scan(parts: Path, ranges: int, table: str) -> pl.LazyFrame:
    files = [file for n in range(ranges) for file in sorted((parts / f"{n:08}" / table).glob("*.parquet"))]
    return pl.scan_parquet(files, glob=False, hive_partitioning=False)


def finish(plan: Plan, folder: Folder, inputs: Inputs, parts: Path, out: Path) -> Manifest:
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


def finished(out: Path, inputs: Inputs) -> Manifest | None:
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
