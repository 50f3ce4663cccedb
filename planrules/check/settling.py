"""Readings that say how planrules understands an agreement while one of its choices is broken or not made."""

from collections.abc import Collection, Mapping, Sequence
from functools import cache
from importlib import resources

import yaml
from pydantic import BaseModel, ConfigDict

from planrules.check.sheet import Sheet
from planrules.plan.readings import catalogue


class Settled(BaseModel):
    """The broken choice that a reading settles.

    Attributes:
        group: the group of options.
        checked: those checked in it; none where no choice is made.
    """

    model_config = ConfigDict(frozen=True, extra="forbid")

    group: str
    checked: frozenset[str]


@cache
def settled_choices() -> Mapping[str, Settled]:
    """The broken choice by the name of the reading that settles it."""
    text = resources.files(__package__).joinpath("settled.yaml").read_text(encoding="utf-8")
    return {name: Settled.model_validate(entry) for name, entry in yaml.safe_load(text).items()}


def settling(group: str, checked: Collection[str]) -> tuple[str, ...]:
    """The readings that settle exactly this: these options of the group checked."""
    here = Settled(group=group, checked=frozenset(checked))
    return tuple(name for name, settled in settled_choices().items() if settled == here)


def advice(sheet: Sheet, do: str, readings: Sequence[str]) -> str:
    """What to do, and how planrules goes on until it is done."""
    if not readings:
        return do
    meant = "; ".join(f"{catalogue()[name].options[sheet.readings[name]]} (reading {name})" for name in readings)
    return f"{do} Until then planrules takes it as: {meant}."
