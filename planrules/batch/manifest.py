"""The manifest of a run: from what it was made and what it gave. It holds no time, place or name of a machine.

The same inputs give the same manifest, byte for byte. It is written last: a folder without one is not a finished run.
"""

import hashlib
import json
from collections.abc import Mapping
from datetime import date
from pathlib import Path

import polars as pl
from pydantic import BaseModel, ConfigDict, ValidationError

from planrules.answers.explain import EXPLAINED
from planrules.answers.models import PlanReference
from planrules.api import Plan
from planrules.batch.folder import Folder
from planrules.errors import FileError, Problem

MANIFEST = "manifest.json"
FORMAT = 1


class Inputs(BaseModel):
    """What a run depends on.

    Attributes:
        format: the number of this layout of a run.
        plan: the plan's name, the hash over elections, facts and readings, and the engine's version.
        elections: SHA-256 of what the elections mean; comments and order do not matter.
        facts: SHA-256 of the plan facts.
        readings: the option in force of every reading.
        as_of: the day at whose close the answers hold.
        people: SHA-256 of every file, by its place in the folder.
        polars: the version of Polars, which lays out the bytes of the tables.
    """

    model_config = ConfigDict(frozen=True, extra="forbid")

    format: int
    plan: PlanReference
    elections: str
    facts: str
    readings: Mapping[str, str]
    as_of: date
    people: Mapping[str, str]
    polars: str

    @property
    def key(self) -> str:
        """One hash over all of it."""
        return hashlib.sha256(_text(self).encode()).hexdigest()


class Counts(BaseModel):
    """How many people there were, were answered for and set aside, and how many rows each table has."""

    model_config = ConfigDict(frozen=True, extra="forbid")

    people: int
    answered: int
    set_aside: int
    rows: Mapping[str, int]


class Manifest(BaseModel):
    """A finished run.

    Attributes:
        inputs: what it was made from.
        counts: how many people and rows.
        cites: the citations of each fact that a reason can name, in this plan.
        outputs: SHA-256 of every file written.
    """

    model_config = ConfigDict(frozen=True, extra="forbid")

    inputs: Inputs
    counts: Counts
    cites: Mapping[str, tuple[str, ...]]
    outputs: Mapping[str, str]

    @property
    def text(self) -> str:
        """The manifest as its file."""
        return _text(self)


def inputs_of(plan: Plan, folder: Folder, as_of: date) -> Inputs:
    """What a run over this folder depends on. Reads every file once."""
    facts = json.dumps(plan.facts.model_dump(mode="json"), sort_keys=True)
    return Inputs(
        format=FORMAT,
        plan=plan.reference,
        elections=plan.elections.content_hash,
        facts=hashlib.sha256(facts.encode()).hexdigest(),
        readings=dict(sorted(plan.terms.choices.options.items())),
        as_of=as_of,
        people=folder.hashes(),
        polars=pl.__version__,
    )


def cites_of(plan: Plan) -> Mapping[str, tuple[str, ...]]:
    """The citations of every rule that speaks about a person."""
    return {rule.name: plan.terms.cites(rule.cites) for rule in sorted(EXPLAINED, key=lambda rule: rule.name)}


def load_manifest(run: Path) -> Manifest:
    """The manifest of a finished run.

    Raises:
        FileError: the folder has none, or one that this version does not read.
    """
    try:
        return Manifest.model_validate_json((run / MANIFEST).read_bytes())
    except (OSError, ValidationError) as error:
        raise FileError([_no_run(run.name, type(error).__name__)]) from None


def _text(model: BaseModel) -> str:
    return json.dumps(model.model_dump(mode="json"), indent=2, sort_keys=True, ensure_ascii=False) + "\n"


def _no_run(where: str, kind: str) -> Problem:
    return Problem(
        what=f"no finished run ({MANIFEST}: {kind})",
        where=where,
        why="The manifest is written last, and says what the tables were made from.",
        do="Give the folder that `planrules evaluate` wrote; if it was stopped, run it again.",
    )
