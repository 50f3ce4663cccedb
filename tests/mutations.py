"""Single breaks of the engine, each tried in a copy of the package: do the cases and the properties notice?

    python tests/mutations.py [NAME ...]

tries every break (or those named) with many cases and every property of one answer, and prints who catches it: that is
how what `mutations.yaml` says was found. `test_mutations.py` holds the file to its word, with the catchers it names.
"""

import argparse
import json
import os
import shutil
import subprocess
import sys
import tempfile
from collections.abc import Iterator, Mapping, Sequence
from datetime import date
from functools import cache
from pathlib import Path
from typing import Literal

import yaml
from case_files import load_cases
from pydantic import BaseModel, ConfigDict, Field

import planrules
from planrules import load_plan
from planrules.testing import Trial
from planrules.testing.properties import PROPERTIES
from planrules.testing.searching import asked_on, drawn
from planrules.testing.turns import turns_of

TESTS = Path(__file__).parent
FILE = TESTS / "mutations.yaml"
ELECTIONS = TESTS.parent / "elections"
PACKAGE = Path(planrules.__file__).parent
WORKER = TESTS / "mutations_worker.py"
PEOPLE, SEED = 500, 4
"""How many people are drawn for each plan, and with which seed; chosen so that everybody needed is among them."""
LONGEST = 280
"""Seconds after which a copy is given up."""
_MOST_CASES, _ENOUGH = 120, 1

Plan = Literal["steel-technologies", "fictional-fasteners", "imaginary-instruments"]


class Mutation(BaseModel):
    """One break.

    Attributes:
        file: the file of the package in which it is.
        old: what stands there, exactly once.
        new: what is put in its place.
        breaks: what that means to a person.
        cites: the rule broken.
        plan: whose people the properties are held against.
        cases: cases that fail then, by folder and name.
        properties: properties that are broken then, by name.
    """

    model_config = ConfigDict(frozen=True, extra="forbid")

    name: str
    file: str
    old: str
    new: str
    breaks: str
    cites: tuple[str, ...] = Field(min_length=1)
    plan: Plan = "steel-technologies"
    cases: tuple[str, ...] = ()
    properties: tuple[str, ...] = ()


class Caught(BaseModel):
    """What a copy failed in: `cases` by folder and name, `properties` by name, `error` when it could not be asked."""

    model_config = ConfigDict(frozen=True, extra="forbid")

    cases: tuple[str, ...] = ()
    properties: tuple[str, ...] = ()
    error: str | None = None


@cache
def mutations() -> tuple[Mutation, ...]:
    """Every break on file."""
    return tuple(Mutation.model_validate(each) for each in yaml.safe_load(FILE.read_text(encoding="utf-8")))


def copied(folder: Path, mutation: Mutation | None = None) -> Path:
    """A copy of the package in a folder, broken if asked; gives the folder, which goes on Python's path."""
    target = folder / PACKAGE.name
    shutil.copytree(PACKAGE, target)
    if mutation is not None:
        file = target / mutation.file
        text = file.read_text(encoding="utf-8")
        assert text.count(mutation.old) == 1, (
            f"{mutation.name}: what it replaces stands {text.count(mutation.old)} times"
        )
        file.write_text(text.replace(mutation.old, mutation.new), encoding="utf-8")
    return folder


def people_file(plan: str, folder: Path) -> Path:
    """The trials of a plan as a file, the same every time; asked about on few days, which is far quicker."""
    file = folder / f"{plan}.json"
    if not file.exists():
        known = load_plan(ELECTIONS / f"{plan}.yaml")
        trials = asked_on(drawn(known, PEOPLE, SEED), list(days(plan)))
        file.write_text(json.dumps([_told(trial) for trial in trials]), encoding="utf-8")
    return file


def days(plan: str) -> Iterator[date]:
    """The days on which the people of a plan are asked about: beside its Plan Year ends and Plan Entry Dates."""
    turns = turns_of(load_plan(ELECTIONS / f"{plan}.yaml"))
    ends = [day for day in turns.plan_year_ends if turns.effective < day < turns.last]
    yield from (ends[1], ends[3], ends[5], turns.last)
    yield next(day for day in turns.entry_dates if day > ends[4])


def _told(trial: Trial) -> Mapping[str, object]:
    return {"person": trial.person.model_dump(mode="json", by_alias=True), "as_of": trial.as_of.isoformat()}


def tried(copy: Path, job: Mapping[str, object]) -> Caught:
    """What a copy of the package fails in, asked in a process of its own."""
    path = os.pathsep.join([str(copy), str(TESTS)])
    done = subprocess.run(  # noqa: S603  our own script
        [sys.executable, WORKER, json.dumps(job)],
        env={**os.environ, "PYTHONPATH": path},
        cwd=copy,
        capture_output=True,
        text=True,
        timeout=LONGEST,
        check=False,
    )
    if done.returncode:
        return Caught(error=done.stderr[-2000:])
    return Caught.model_validate_json(done.stdout)


def likely_cases(mutation: Mutation) -> list[str]:
    """Cases that may notice: those with one of its citations first, then those of its article's folder."""
    folders = {"rules/eligibility_periods.py": "participation", "rules/entry.py": "participation"}
    words = {"participation": ("2.0", "1.07", "1.29"), "vesting": ("5.0", "7.05"), "distribution": ("6.0", "5.04")}
    words |= {
        "matching": ("3.0", "1.12"),
        "in_service": ("6.03",),
        "deferral": ("3.01(k)", "402(g)"),
        "service": ("1.2",),
    }
    cited = " ".join(mutation.cites)
    near = {folder for folder, some in words.items() if any(word in cited for word in some)}
    near.add(folders.get(mutation.file, "vesting"))
    of_a_person = [case for case in load_cases() if case.kind == "person"]
    ranked = sorted(
        of_a_person, key=lambda case: (-len({*case.cites} & {*mutation.cites}), case.path.parent.name not in near)
    )
    return [case.slug for case in ranked][:_MOST_CASES]


def main(arguments: Sequence[str]) -> int:
    """Runs from the command line; 1 when a break is not caught."""
    parser = argparse.ArgumentParser(description=__doc__, formatter_class=argparse.RawDescriptionHelpFormatter)
    parser.add_argument("names", nargs="*", help="the breaks to try; all of them without")
    parser.add_argument("--likely", action="store_true", help="try the cases named in the file only")
    given = parser.parse_args(arguments)
    free = 0
    with tempfile.TemporaryDirectory() as folder:
        for mutation in mutations():
            if given.names and mutation.name not in given.names:
                continue
            people = people_file(mutation.plan, Path(folder))
            copy = Path(folder) / mutation.name
            copy.mkdir()
            job = {
                "cases": mutation.cases if given.likely else likely_cases(mutation),
                "enough_cases": _ENOUGH,
                "enough_properties": _ENOUGH,
                "plan": str(ELECTIONS / f"{mutation.plan}.yaml"),
                "people": str(people),
                "properties": [each.name for each in PROPERTIES if not each.beside],
            }
            found = tried(copied(copy, mutation), job)
            shutil.rmtree(copy)
            free += not (found.cases or found.properties)
            sys.stdout.write(f"{mutation.name} {found.model_dump_json(exclude_defaults=True)}\n")
            sys.stdout.flush()
    return 1 if free else 0


if __name__ == "__main__":
    raise SystemExit(main(sys.argv[1:]))
