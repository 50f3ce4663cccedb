"""Plan facts: what the agreement leaves to the employer from time to time, which is not an election.

Match rates by tier and from when, and which Plan Years are top heavy. A month without a rate on file stays without
an amount; a Plan Year not listed as top heavy is not top heavy, and is assumed so only when it has not been tested.
"""

from datetime import date
from decimal import Decimal
from pathlib import Path
from typing import Annotated, Any, Self

import yaml
from pydantic import (
    AfterValidator,
    BaseModel,
    BeforeValidator,
    ConfigDict,
    Field,
    ValidationError,
    field_serializer,
    model_validator,
)

from planrules.errors import ElectionsError, FileError, Problem


def _exact(value: object) -> object:
    return str(value) if isinstance(value, float) else value


def _plainly(value: Decimal) -> Decimal:
    """50 and 50.0 are one rate, written one way."""
    return value.quantize(Decimal(1)) if value == value.to_integral_value() else value.normalize()


Percent = Annotated[Decimal, BeforeValidator(_exact), Field(ge=0, le=1000, decimal_places=4), AfterValidator(_plainly)]


class MatchRate(BaseModel):
    """Percent that the employer matches, from the first day of a month on until the next entry.

    Attributes:
        tier_1: of the first tier of eligible contributions, with tier_2; null where tiers or rate say it.
        tier_2: of the second tier.
        tiers: of every tier, first to last, where there are not just two.
        rate: of all eligible contributions, where 3.01(h)(3)(i) is elected.
    """

    model_config = ConfigDict(frozen=True, extra="forbid", populate_by_name=True)

    from_: date = Field(alias="from")
    tier_1: Percent | None = None
    tier_2: Percent | None = None
    tiers: tuple[Percent, ...] | None = None
    rate: Percent | None = None

    @model_validator(mode="after")
    def _says_something_once(self) -> Self:
        two = (self.tier_1 is not None, self.tier_2 is not None)
        if any(two) and (not all(two) or self.tiers is not None):
            msg = "tier_1 and tier_2 stand together, or tiers instead of them"
            raise ValueError(msg)
        if not any(two) and self.tiers is None and self.rate is None:
            msg = "tier_1 and tier_2, tiers, or rate is needed"
            raise ValueError(msg)
        return self

    @property
    def percents(self) -> tuple[Decimal, ...] | None:
        """The percentages of the tiers, first to last; null when the entry has none."""
        if self.tier_1 is not None and self.tier_2 is not None:
            return (self.tier_1, self.tier_2)
        return self.tiers


class HighlyCompensated(BaseModel):
    """The Highly Compensated Employees of one Plan Year, all of them; `plan_year` is its last day."""

    model_config = ConfigDict(frozen=True, extra="forbid")

    plan_year: date
    employee_ids: frozenset[str] = frozenset()

    @field_serializer("employee_ids")
    def _in_order(self, ids: frozenset[str]) -> list[str]:
        """Sorted, so that the same facts always have the same hash."""
        return sorted(ids)


class TopHeavy(BaseModel):
    """Which Plan Years are top heavy, by their last day; those that end after `tested_through` are untested."""

    model_config = ConfigDict(frozen=True, extra="forbid")

    plan_years: tuple[date, ...] = ()
    tested_through: date | None = None


class PlanFacts(BaseModel):
    """The facts file of a plan. `illustrative`: the figures are made up for the sample and must be said to be."""

    model_config = ConfigDict(frozen=True, extra="forbid")

    elections: str | None = None
    illustrative: bool = False
    source: str | None = None
    match_rates: tuple[MatchRate, ...] = ()
    top_heavy: TopHeavy = TopHeavy()
    highly_compensated: tuple[HighlyCompensated, ...] = ()

    @model_validator(mode="after")
    def _one_rate_a_day(self) -> Self:
        days = [rate.from_ for rate in self.match_rates]
        if days != sorted(set(days)):
            msg = "match_rates must be in the order of `from`, each day once"
            raise ValueError(msg)
        return self


def parse_facts(data: object, where: str) -> PlanFacts:
    """Plan facts from parsed YAML; `ElectionsError` names every wrong field."""
    try:
        return PlanFacts.model_validate(data if data is not None else {})
    except ValidationError as error:
        raise ElectionsError([_problem(finding, where) for finding in error.errors(include_url=False)]) from None


def load_facts(path: Path) -> PlanFacts:
    """Plan facts from a YAML file.

    Raises:
        FileError: the file cannot be read or is not YAML.
        ElectionsError: it breaks the format.
    """
    try:
        data = yaml.safe_load(path.read_text(encoding="utf-8"))
    except FileNotFoundError:
        why = "Match rates and top-heavy Plan Years are read from it."
        raise FileError([Problem("there is no such file", path.name, why, "Check the path.")]) from None
    except (OSError, UnicodeDecodeError, yaml.YAMLError) as error:
        problem = Problem(
            what=f"cannot be read ({type(error).__name__})",
            where=path.name,
            why="The plan facts file was named.",
            do="Check its name and its YAML.",
        )
        raise FileError([problem]) from None
    return parse_facts(data, path.name)


def _problem(finding: Any, where: str) -> Problem:  # noqa: ANN401  pydantic's error details are a loose dict
    place = ".".join(str(part) for part in finding["loc"]) or "the file"
    unknown = finding["type"] == "extra_forbidden"
    return Problem(
        what="unknown field" if unknown else finding["msg"],
        where=f"{where}, {place}",
        why="Plan facts hold match_rates, top_heavy and highly_compensated.",
        do="Correct this field; docs/reference/plan-facts.md shows the format.",
    )
