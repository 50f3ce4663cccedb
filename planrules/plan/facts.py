"""Plan facts: what the agreement leaves to the employer from time to time, which is not an election.

Match rates by tier and from when, and which Plan Years are top heavy. A month without a rate on file stays without
an amount; a Plan Year not listed as top heavy is not top heavy, and is assumed so only when it has not been tested.
"""

from datetime import date
from decimal import Decimal
from pathlib import Path
from typing import Annotated, Any, Self

import yaml
from pydantic import AfterValidator, BaseModel, BeforeValidator, ConfigDict, Field, ValidationError, model_validator

from planrules.errors import ElectionsError, Problem


def _exact(value: object) -> object:
    return str(value) if isinstance(value, float) else value


def _plainly(value: Decimal) -> Decimal:
    """50 and 50.0 are one rate, written one way."""
    return value.quantize(Decimal(1)) if value == value.to_integral_value() else value.normalize()


Percent = Annotated[Decimal, BeforeValidator(_exact), Field(ge=0, le=1000, decimal_places=4), AfterValidator(_plainly)]


class MatchRate(BaseModel):
    """Percent of each tier that the employer matches, from the first day of a month on until the next entry."""

    model_config = ConfigDict(frozen=True, extra="forbid", populate_by_name=True)

    from_: date = Field(alias="from")
    tier_1: Percent
    tier_2: Percent


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
        ElectionsError: the file cannot be read or breaks the format.
    """
    try:
        data = yaml.safe_load(path.read_text(encoding="utf-8"))
    except (OSError, UnicodeDecodeError, yaml.YAMLError) as error:
        problem = Problem(
            what=f"cannot be read ({type(error).__name__})",
            where=path.name,
            why="The plan facts file was named.",
            do="Check its name and its YAML.",
        )
        raise ElectionsError([problem]) from None
    return parse_facts(data, path.name)


def _problem(finding: Any, where: str) -> Problem:  # noqa: ANN401  pydantic's error details are a loose dict
    place = ".".join(str(part) for part in finding["loc"]) or "the file"
    unknown = finding["type"] == "extra_forbidden"
    return Problem(
        what="unknown field" if unknown else finding["msg"],
        where=f"{where}, {place}",
        why="Plan facts hold match_rates and top_heavy.",
        do="Correct this field; docs/reference/plan-facts.md shows the format.",
    )
