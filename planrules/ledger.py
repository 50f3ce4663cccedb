"""What a ledger is: a history told year by year, wide, so that each year's rules read those of the year before.

Every rule has one column a year, `<rule>_<year>`; one that differs from account to account has one an account too. A
`Step` gives a rule its provisions, this year and the last one. A year is a span of days, the same for everybody (Plan
Years) or each person's own (Employment Years): its days are expressions.
"""

from collections.abc import Iterator, Sequence
from dataclasses import dataclass, replace
from datetime import date
from typing import Generic, TypeVar

import polars as pl

from planrules.book import Rule

P = TypeVar("P")
Level = tuple[Rule, ...]
"""Rules that do not read each other."""


@dataclass(frozen=True)
class Year:
    """One computation period of a wide ledger.

    Attributes:
        number: sets its columns apart; the last one of a ledger holds the evaluation date, for everybody.
        start: its first day.
        through: its last day.
        plan_year_through: the last day of the Plan Year that holds its last known day.
        plan_year_ends: of an Employment Year, the last day of the Plan Year that holds its first day and ends in it.
    """

    number: int
    start: pl.Expr
    through: pl.Expr
    plan_year_through: pl.Expr
    plan_year_ends: pl.Expr | None = None

    def __call__(self, name: str) -> pl.Expr:
        """A rule's column in this year."""
        return pl.col(f"{name}_{self.number}")


@dataclass(frozen=True)
class BeforeAll:
    """The time before the first year of the ledger: nothing has happened."""

    def __call__(self, name: str) -> pl.Expr:
        """Null for a day, zero for a count."""
        return pl.lit(None, dtype=pl.Date) if name.endswith("_on") else pl.lit(0, dtype=pl.Int16)


@dataclass(frozen=True)
class Step(Generic[P]):
    """What a rule of a ledger reads: the provisions, this year, the year before and the evaluation date.

    `strand` is the account, of rules that differ from account to account: it begins the names of their columns.
    """

    provisions: P
    this: Year
    last: Year | BeforeAll
    as_of: date
    strand: str = ""

    @property
    def close(self) -> pl.Expr:
        """The last day of the year that is known: its end, or the evaluation date."""
        return pl.min_horizontal(self.this.through, pl.lit(self.as_of))

    @property
    def over(self) -> pl.Expr:
        """Whether the year has closed by the evaluation date."""
        return self.this.through <= pl.lit(self.as_of)

    def own(self, name: str) -> pl.Expr:
        """A rule's column in this year, of the account."""
        return self.this(f"{self.strand}{name}")

    def held(self, name: str) -> pl.Expr:
        """A flag's column in the year before; false before all."""
        return self.last(name) if isinstance(self.last, Year) else pl.lit(value=False)

    def own_last(self, name: str) -> pl.Expr:
        """A rule's column in the year before, of the account."""
        return self.last(f"{self.strand}{name}")


@dataclass(frozen=True)
class Rules:
    """The rules of a ledger, level by level.

    Attributes:
        each_year: rules that look at one year alone; they are worked out for all years at once.
        running: rules that carry a person from year to year.
        by_account: those among them with a column an account.
    """

    each_year: tuple[Level, ...]
    running: tuple[Level, ...]
    by_account: frozenset[str]


def lay_out(wide: pl.LazyFrame, steps: Sequence[Step[P]], rules: Rules, strands: Sequence[str]) -> pl.LazyFrame:
    """The wide frame with every rule for every step, and for every strand where the rule differs by account."""
    for level in rules.each_year:
        wide = wide.with_columns(each for step in steps for each in _columns(level, step, rules, strands))
    for step in steps:
        for level in rules.running:
            wide = wide.with_columns(_columns(level, step, rules, strands))
    return wide


def steps(provisions: P, years: Sequence[Year], as_of: date) -> list[Step[P]]:
    """One step a year, each with the year before it."""
    lasts: list[Year | BeforeAll] = [BeforeAll(), *years[:-1]]
    return [Step(provisions, this, last, as_of) for this, last in zip(years, lasts, strict=True)]


def _columns(level: Level, step: Step[P], rules: Rules, strands: Sequence[str]) -> Iterator[pl.Expr]:
    for rule in level:
        for strand in strands if rule.name in rules.by_account else ("",):
            yield rule.build(replace(step, strand=strand)).alias(f"{strand}{rule.name}_{step.this.number}")
