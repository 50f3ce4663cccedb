"""Folders of people's tables, and runs over them, for the tests of the batch."""

from datetime import date
from pathlib import Path

import polars as pl
from asking import ELECTIONS

from planrules import People, load_plan
from planrules.batch import Manifest, Pace, evaluate_folder
from planrules.people.frames import SCHEMAS

PLAN = load_plan(ELECTIONS)


def folder_of(people: People, folder: Path) -> Path:
    """Writes the tables of people as a folder."""
    folder.mkdir(parents=True, exist_ok=True)
    for name in SCHEMAS:
        getattr(people, name).write_parquet(folder / f"{name}.parquet")
    return folder


def run(people: Path, as_of: date, out: Path, at_once: int = 1000) -> Manifest:
    """A run of Steel's plan."""
    return evaluate_folder(PLAN, people, as_of, out, Pace(at_once))


def written(folder: Path) -> dict[str, bytes]:
    """Every file below a folder, by its place in it; but for the empty one that a run holds while it writes."""
    files = (file for file in sorted(folder.rglob("*")) if file.is_file() and file.name != ".lock")
    return {file.relative_to(folder).as_posix(): file.read_bytes() for file in files}


def table(run_folder: Path, name: str) -> pl.DataFrame:
    """A table of a run."""
    return pl.read_parquet(run_folder / f"{name}.parquet")
