"""Defects put into a sample and found again: each once at its file, row, column and rule, everybody else untouched.

As a script, the large one: python tests/seeded_defects.py 10000 200
"""

import sys
import tempfile
from dataclasses import dataclass
from datetime import date
from pathlib import Path

import polars as pl

from planrules import People, import_people, load_plan, read_people
from planrules.engine.fields import fields
from planrules.people.frames import SCHEMAS
from planrules.sampling import make_sample

ELECTIONS = Path(__file__).resolve().parents[1] / "elections" / "steel-technologies.yaml"
THROUGH = date(1996, 9, 30)
FILES = ("census.csv", "predecessor-service.csv", "classes.txt", "payroll.csv", "balances.jsonl")
_PLACE = ("file", "row", "column", "rule")
_KEY = "employee_id"


@dataclass(frozen=True)
class Found:
    """What an import made of a sample with defects.

    Attributes:
        seeded: where the defects are.
        told: the errors the import told.
        not_told: defects that no error tells.
        not_seeded: errors that tell no defect.
        twice: errors told more than once.
        clean: people of the sample without a defect, as they are true.
        imported: the same people as imported.
    """

    seeded: pl.DataFrame
    told: pl.DataFrame
    not_told: pl.DataFrame
    not_seeded: pl.DataFrame
    twice: int
    clean: People
    imported: People


def seeded_and_found(folder: Path, people: int, defects: int, seed: int) -> Found:
    """A sample with defects, imported."""
    make_sample(folder, people, seed, spoiled=defects)
    given = import_people([folder / "files" / name for name in FILES], folder / "files" / "map.yaml", as_of=THROUGH)
    seeded = pl.read_csv(
        folder / "defects.csv", schema_overrides={"row": pl.UInt32, _KEY: pl.String, "column": pl.String}
    )
    seeded = seeded.with_columns(pl.col("column").fill_null(""))
    told = given.errors.select(_PLACE)
    truth = read_people(folder / "people")
    spared = truth.employees.filter(~pl.col(_KEY).is_in(seeded[_KEY].implode()))[_KEY]
    return Found(
        seeded=seeded,
        told=told,
        not_told=seeded.join(told, on=_PLACE, how="anti"),
        not_seeded=told.join(seeded, on=_PLACE, how="anti"),
        twice=int(told.is_duplicated().sum()),
        clean=truth.only(spared),
        imported=given.people.only(spared),
    )


def same_facts(found: Found) -> bool:
    """Whether everybody without a defect was imported as they are."""
    return all(getattr(found.clean, name).equals(getattr(found.imported, name)) for name in SCHEMAS)


def same_answers(found: Found) -> bool:
    """Whether everybody without a defect gets the answers of the sample without defects, statuses too."""
    plan = load_plan(ELECTIONS)
    answers = [plan.evaluate(people, THROUGH).people.sort(_KEY) for people in (found.clean, found.imported)]
    return answers[0].height > 0 and set(fields()) <= set(answers[0].columns) and answers[0].equals(answers[1])


if __name__ == "__main__":
    with tempfile.TemporaryDirectory() as made:
        result = seeded_and_found(Path(made), int(sys.argv[1]), int(sys.argv[2]), seed=1)
        lost, extra = result.not_told.height, result.not_seeded.height
        sys.stdout.write(
            f"{result.seeded.height} defects, {result.told.height} errors told, {lost} not told, {extra} not seeded, "
            f"{result.twice} told twice; the other {result.clean.employees.height} people: "
            f"facts {'the same' if same_facts(result) else 'DIFFERENT'}, "
            f"answers {'the same' if same_answers(result) else 'DIFFERENT'}\n"
        )
