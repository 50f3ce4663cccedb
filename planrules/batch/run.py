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
| .lock | an empty file, held while a run writes the folder; gone when it is finished |
"""

import shutil
from collections.abc import Callable
from datetime import date
from pathlib import Path
from typing import NamedTuple

from planrules.api import Plan
from planrules.batch.determinations import answered
from planrules.batch.finishing import PARTS, finish, finished
from planrules.batch.folder import Folder
from planrules.batch.manifest import Manifest, inputs_of
from planrules.batch.opening import open_folder
from planrules.batch.writing import alone_in, clear_unfinished, made_whole, unwritable
from planrules.errors import FileError


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
        FileError: the folder cannot be written, or another run is writing it.
    """
    folder = open_folder(people, pace.employees)
    with alone_in(out):
        return _evaluate_folder(plan, folder, as_of, out, pace)


def _evaluate_folder(plan: Plan, folder: Folder, as_of: date, out: Path, pace: Pace) -> Manifest:
    inputs = inputs_of(plan, folder, as_of)
    done = finished(out, inputs)
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
    return finish(plan, folder, inputs, parts, out)


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
