"""Readings: the named, cited choices where the documents are unclear, and what was chosen for a plan."""

from collections.abc import Mapping
from functools import cache
from importlib import resources

import yaml
from pydantic import BaseModel, ConfigDict, model_validator

from planrules.errors import ElectionsError, Problem


class Reading(BaseModel):
    """One unclear place.

    Attributes:
        question: what the document leaves open.
        cites: the options and sections it is about.
        options: each possible answer by name, and what it means.
        supported: the option the text supports; null when it supports none and the employer has to choose.
        why: what the text supports and why.
        bears_on: the parts of an answer it can move.
        literal: where the text supports no option, the one its words literally say.
        matters_with: the boxes that, checked together, make it matter to a plan that nobody has chosen for yet.
    """

    model_config = ConfigDict(frozen=True, extra="forbid")

    question: str
    cites: tuple[str, ...]
    options: Mapping[str, str]
    supported: str | None
    why: str
    bears_on: tuple[str, ...]
    literal: str | None = None
    matters_with: tuple[str, ...] = ()

    @model_validator(mode="after")
    def _known_option(self) -> "Reading":
        for named in {self.supported, self.literal} - {None}:
            if named not in self.options:
                msg = f"option {named} is not among the options"
                raise ValueError(msg)
        if (self.supported is None) != (self.literal is not None and bool(self.matters_with)):
            msg = "a reading says what the words literally say, and where it matters, when the text supports no option"
            raise ValueError(msg)
        return self

    @property
    def evaluated(self) -> str:
        """The option evaluated when nobody chose: the supported one, or the first where none is."""
        return self.supported or next(iter(self.options))


class Choices(BaseModel):
    """The option in force for every reading, and the readings nobody has decided."""

    model_config = ConfigDict(frozen=True, extra="forbid")

    options: Mapping[str, str]
    undecided: frozenset[str]

    def __getitem__(self, reading: str) -> str:
        return self.options[reading]


@cache
def catalogue() -> Mapping[str, Reading]:
    """Every reading planrules knows, by name."""
    text = resources.files(__package__).joinpath("readings.yaml").read_text(encoding="utf-8")
    return {name: Reading.model_validate(entry) for name, entry in yaml.safe_load(text).items()}


def choose(chosen: Mapping[str, str]) -> Choices:
    """The choices of an elections file, completed with what the text supports.

    Raises:
        ElectionsError: an unknown reading or option.
    """
    problems = unknown_choices(chosen)
    if problems:
        raise ElectionsError(problems)
    options = {name: chosen.get(name, reading.evaluated) for name, reading in catalogue().items()}
    undecided = {name for name, reading in catalogue().items() if reading.supported is None and name not in chosen}
    return Choices(options=options, undecided=frozenset(undecided))


def unknown_choices(chosen: Mapping[str, str]) -> list[Problem]:
    """A problem for every reading or option that is not in the catalogue."""
    return [problem for name, option in chosen.items() if (problem := _unknown(name, option))]


def _unknown(name: str, option: str) -> Problem | None:
    reading = catalogue().get(name)
    if reading is None:
        return Problem(
            what=f"unknown reading {name}",
            where="readings",
            why=f"The readings are {', '.join(catalogue())}.",
            do="Correct the name; docs/reference/readings.md explains each.",
            code="unknown_reading",
        )
    if option not in reading.options:
        return Problem(
            what=f"unknown option {option}",
            where=f"readings, {name}",
            why=f"Its options are {', '.join(reading.options)}.",
            do="Choose one of them.",
            code="unknown_reading",
        )
    return None
