"""The shape of a sample workforce: plants and their sizes, and how often what happens. Data, in `steel.yaml`."""

from collections.abc import Mapping
from datetime import date
from functools import cache
from importlib.resources import files
from typing import Annotated

import yaml
from pydantic import BaseModel, ConfigDict, Field

PerThousand = Annotated[int, Field(ge=0, le=1000)]


class _Given(BaseModel):
    model_config = ConfigDict(frozen=True, extra="forbid")


class Plant(_Given):
    """One place of work.

    Attributes:
        name: what the census calls it.
        people: how many work there, of all people together.
        opened: nobody was hired before.
        hourly_percent: how many are paid by the hour.
        bargaining_from: the day on which its hourly people are covered by a union's agreement; null when never.
        class_: the class of employees all of it is in; null when none.
    """

    name: str
    people: Annotated[int, Field(ge=1)]
    opened: date
    hourly_percent: Annotated[int, Field(ge=0, le=100)]
    bargaining_from: date | None = None
    class_: str | None = Field(default=None, alias="class")


class Shape(_Given):
    """A workforce: who employs it, where, until when, and how often what happens to people in it."""

    employer: str
    predecessor: str
    predecessor_from: date
    through: date
    plants: tuple[Plant, ...] = Field(min_length=1)
    per_thousand: Mapping[str, PerThousand]
    reasons: Mapping[str, PerThousand]
    retirement_age: int

    @property
    def size(self) -> int:
        """People in one workforce of this shape; a larger sample has several."""
        return sum(plant.people for plant in self.plants)


@cache
def steel() -> Shape:
    """The default shape."""
    text = files("planrules.sampling").joinpath("steel.yaml").read_text("utf-8")
    return Shape.model_validate(yaml.safe_load(text))
