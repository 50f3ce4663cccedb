"""The three rules for TTSIM, the engine of GETTSIM: scalar functions that it turns into NumPy."""

import importlib
import sys
import tempfile
from importlib.metadata import version
from pathlib import Path
from typing import Any, NamedTuple

import numpy as np
from peers.workload import HOURS, YEARS, Answers, People, answers
from ttsim import InputData, MainTarget, OrigPolicyObjects, TTTargets, main
from ttsim.tt import policy_function, policy_input

ENGINE, VERSION = "TTSIM", version("ttsim-backend")
DATE = "2026-01-01"
FACTS = {"hired_year": "int", "hired_month": "int", "hired_day": "int", "compensation": "float", "deferral": "float"}
COLUMNS = [f"hours_{year}" for year in range(YEARS)]
ARGUMENTS = ", ".join(f"{column}: int" for column in COLUMNS)
COUNTED = " + ".join(f"(1 if {column} >= {HOURS} else 0)" for column in COLUMNS)
LADDER = "".join(
    f"    {'elif' if year else 'if'} {column} >= {HOURS}:\n        return {year}\n"
    for year, column in enumerate(COLUMNS)
)
# TTSIM reads the source of a rule from its file; two rules name twenty columns each, and so are written by loops.
SOURCE = f"""
def years({ARGUMENTS}) -> int:
    return {COUNTED}


def first({ARGUMENTS}) -> int:
{LADDER}    else:
        return -1


def vested(years: int) -> int:
    return 100 if years >= 5 else 0


def quarter(hired_month: int, hired_day: int) -> int:
    if hired_day == 1 and (hired_month == 1 or hired_month == 4 or hired_month == 7 or hired_month == 10):
        return hired_month
    elif hired_month < 4:
        return 4
    elif hired_month < 7:
        return 7
    elif hired_month < 10:
        return 10
    else:
        return 13


def entry(first: int, hired_year: int, quarter: int) -> int:
    if first < 0:
        return 0
    elif quarter == 13:
        return (hired_year + first + 2) * 100 + 1
    else:
        return (hired_year + first + 1) * 100 + quarter


def match(compensation: float, deferral: float) -> float:
    return compensation * (min(deferral, 0.03) + 0.5 * min(max(deferral - 0.03, 0.0), 0.03))
"""
SOURCE += "".join(
    f"\n\ndef {name}() -> {kind}: ...\n"
    for name, kind in {**dict.fromkeys(COLUMNS, "int"), **FACTS, "p_id": "int"}.items()
)
RULES = ("years", "first", "vested", "quarter", "entry", "match")


class Prepared(NamedTuple):
    """What a run needs; the folder of the rules' source, which each run reads again, lasts as long."""

    objects: dict[tuple[str, str], Any]
    tree: dict[str, Any]
    place: tempfile.TemporaryDirectory[str]


def prepare(people: People) -> Prepared:
    """The rules, and the people as TTSIM takes them: columns of 64 bits."""
    tree: dict[str, Any] = {column: people.hours[:, year].astype(np.int64) for year, column in enumerate(COLUMNS)}
    for name, kind in FACTS.items():
        tree[name] = getattr(people, name).astype(kind)
    place = tempfile.TemporaryDirectory()
    return Prepared(_objects(Path(place.name) / "rules.py"), tree | {"p_id": np.arange(people.count)}, place)


def _objects(file: Path) -> dict[tuple[str, str], Any]:
    """Every rule and every fact, by file and name."""
    file.write_text(SOURCE, encoding="utf-8")
    sys.path.insert(0, str(file.parent))
    module = importlib.import_module(file.stem)
    rules = {name: policy_function(leaf_name=name)(getattr(module, name)) for name in RULES}
    facts = {name: policy_input()(getattr(module, name)) for name in [*COLUMNS, *FACTS, "p_id"]}
    return {(file.name, name): each for name, each in (rules | facts).items()}


def evaluate(prepared: Prepared) -> dict[str, Any]:
    """The three answers of everybody, by the NumPy backend; each run sets up its environment."""
    objects = OrigPolicyObjects(column_objects_and_param_functions=prepared.objects, param_specs={})
    found: dict[str, Any] = main(
        main_target=MainTarget.results.tree,
        policy_date_str=DATE,
        input_data=InputData.tree(prepared.tree),
        tt_targets=TTTargets.tree(dict.fromkeys(Answers._fields)),
        orig_policy_objects=objects,
        backend="numpy",
        include_fail_nodes=False,
        include_warn_nodes=False,
        rounding=False,
    )
    return found


def told(found: dict[str, Any]) -> Answers:
    """The answers as arrays."""
    return answers(*(found[name] for name in Answers._fields))
