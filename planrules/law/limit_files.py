"""What one file of planrules/law/limits says: a limit through the years, with its citation and its keying.

Refused on reading: a year missing between the first and the last, a source that is not in sources.yaml, a confirmed
amount without a source, an amount that is not exact, a key that has no meaning here.
"""

from collections.abc import Mapping
from datetime import date
from typing import Literal, Self

from pydantic import Field, model_validator

from planrules.law.reading import LawModel, parse
from planrules.law.sourcing import Amount, Sourced, SourceId, Text

KeyedBy = Literal[
    "calendar_year", "plan_year_begins_in", "plan_year_ends_in", "limitation_year_ends_in", "look_back_year_begins_in"
]


class Keying(Sourced):
    """Which calendar year's amount a period uses, and where that was read."""

    year: KeyedBy
    note: Text | None = None


class YearAmount(Sourced):
    """One year of a series as the file has it."""

    value: Amount
    conflict: Mapping[SourceId, Amount] = Field(default_factory=dict)

    @model_validator(mode="after")
    def _conflict_is_one(self) -> Self:
        if set(self.conflict) & set(self.sources) or self.value in self.conflict.values():
            message = "a source in conflict must print another amount and confirm nothing"
            raise ValueError(message)
        return self


class Transition(Sourced):
    """A year whose new amount does not reach periods that began earlier."""

    year: int
    periods_beginning_before: date
    value: Amount
    note: Text


class LimitSeries(LawModel):
    """One limit through the years, as its file has it."""

    series: Text
    title: Text
    cites: tuple[Text, ...] = Field(min_length=1)
    unit: Literal["dollars"]
    keyed_by: Keying
    note: Text | None = None
    transitions: tuple[Transition, ...] = ()
    years: Mapping[int, YearAmount] = Field(min_length=1)

    @model_validator(mode="after")
    def _no_gap(self) -> Self:
        missing = sorted(set(range(min(self.years), max(self.years))) - set(self.years))
        if missing:
            message = f"years missing between the first and the last: {', '.join(map(str, missing))}"
            raise ValueError(message)
        unknown = [transition.year for transition in self.transitions if transition.year not in self.years]
        if unknown:
            message = f"a transition for a year that is not there: {unknown[0]}"
            raise ValueError(message)
        return self

    @property
    def years_on_file(self) -> str:
        """The years, for messages: "1987 to 2026"."""
        return f"{min(self.years)} to {max(self.years)}"


def parse_series(text: str, where: str, known_sources: frozenset[str]) -> LimitSeries:
    """One series from its YAML; raises `LawError` for a gap, an unknown source or an amount without one."""
    return parse(LimitSeries, text, where, known_sources)
