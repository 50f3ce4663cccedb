"""What a ledger is: a history told year by year, wide, so that each year's rules read those of the year before.

Every rule has one column a year, `<rule>_<year>`. A `Step` gives a rule its provisions, this year and the last one.
"""

from collections.abc import Sequence
from dataclasses import dataclass
from datetime import date
from typing import Generic, TypeVar

import polars as pl

from planrules.book import Rule

P = TypeVar("P")
Level = tuple[Rule, ...]
"""Rules that do not read each other."""


@dataclass(frozen=True)
class Year:
    """One Plan Year of a wide ledger. `start` and `through` are its first and last day."""

    number: int
    start: date
    through: date

    def __call__(self, name: str) -> pl.Expr:
        """A rule's column in this year."""
        return pl.col(f"{name}_{self.number}")


@dataclass(frozen=True)
class BeforeAll:
    """The time before the first Plan Year of the ledger: nothing has happened."""

    def __call__(self, name: str) -> pl.Expr:
        """Null for a day, zero for a count."""
        return pl.lit(None, dtype=pl.Date) if name.endswith("_on") else pl.lit(0, dtype=pl.Int16)


@dataclass(frozen=True)
class Step(Generic[P]):
    """What a rule of a ledger reads: the provisions, this year, the year before and the evaluation date."""

    provisions: P
    this: Year
    last: Year | BeforeAll
    as_of: date

    @property
    def close(self) -> date:
        """The last day of the year that is known: its end, or the evaluation date."""
        return min(self.this.through, self.as_of)

    @property
    def over(self) -> bool:
        """Whether the year has closed by the evaluation date."""
        return self.this.through <= self.as_of


def lay_out(
    wide: pl.LazyFrame,
    steps: Sequence[Step[P]],
    *,
    each_year: Sequence[Level],
    running: Sequence[Level],
) -> pl.LazyFrame:
    """The wide frame with every rule for every step.

    `each_year` rules look at one year alone and are worked out for all years at once, level by level; `running` rules
    carry a person from year to year.
    """
    for level in each_year:
        wide = wide.with_columns(_column(rule, step) for step in steps for rule in level)
    for step in steps:
        for level in running:
            wide = wide.with_columns(_column(rule, step) for rule in level)
    return wide


def steps(provisions: P, years: Sequence[Year], as_of: date) -> list[Step[P]]:
    """One step a year, each with the year before it."""
    lasts: list[Year | BeforeAll] = [BeforeAll(), *years[:-1]]
    return [Step(provisions, this, last, as_of) for this, last in zip(years, lasts, strict=True)]


def _column(rule: Rule, step: Step[P]) -> pl.Expr:
    return rule.build(step).alias(f"{rule.name}_{step.this.number}")
