"""When payment has to begin: the age by date of birth, the rule for those still at work, and the start in time.

The ages turn on the person's own date of birth, so they are a table to be joined and not a chain of conditions.
"""

from datetime import date, timedelta
from functools import cache
from itertools import pairwise
from typing import Literal, Self

from pydantic import Field, model_validator

from planrules.errors import LawError
from planrules.law.reading import LawModel, parse, place, problem
from planrules.law.sourcing import Sourced, Text, load

ONE_DAY = timedelta(days=1)


class RequiredBeginningAge(Sourced):
    """The age whose calendar year sets the required beginning date, for people born in one span.

    Attributes:
        born_from: first date of birth, null for everyone born earlier.
        born_through: last date of birth, inclusive; null for everyone born later.
        years: full years of the age.
        months: months above them: 70 years and 6 months is 70 1/2.
        law: the act that set the age.
        applies: whom the act names, in its own measure.
    """

    born_from: date | None
    born_through: date | None
    years: int = Field(gt=0)
    months: int = Field(default=0, ge=0, lt=12)
    law: Text
    applies: Text
    note: Text | None = None


class StillWorkingRule(Sourced):
    """Whether somebody still at work may wait until retirement, in one span of time.

    Attributes:
        first_day: first day of the rule.
        last_day: last day, inclusive; null while it is in force.
        open_to: `born_before` only people born before `born_before` may wait; `not_five_percent_owners` everybody but
            a more-than-5% owner may.
        born_before: see `open_to`; null otherwise.
    """

    first_day: date
    last_day: date | None
    open_to: Literal["born_before", "not_five_percent_owners"]
    born_before: date | None = None
    law: Text
    note: Text | None = None


class DistributionStart(Sourced):
    """The statutory start of payment in time, unless the person elects later.

    Attributes:
        cites: the statute.
        days_after_plan_year_end: the last day, counted from the end of the Plan Year that holds the latest event.
        age: the age of the first event; the plan's Normal Retirement Age when that is earlier.
        participation_years: the second event is this anniversary of the year in which participation began.
        latest_of: the three events.
    """

    cites: tuple[Text, ...] = Field(min_length=1)
    title: Text
    days_after_plan_year_end: int = Field(gt=0)
    age: int = Field(gt=0)
    participation_years: int = Field(gt=0)
    latest_of: tuple[Literal["age_or_normal_retirement_age", "participation_anniversary", "separation"], ...]
    note: Text | None = None


class RequiredBeginning(LawModel):
    """The ages and the rules for those still at work, as required_beginning_age.yaml has them."""

    title: Text
    cites: tuple[Text, ...] = Field(min_length=1)
    note: Text | None = None
    ages: tuple[RequiredBeginningAge, ...] = Field(min_length=1)
    still_working: tuple[StillWorkingRule, ...] = Field(min_length=1)

    @model_validator(mode="after")
    def _spans_meet(self) -> Self:
        born = [(entry.born_from, entry.born_through) for entry in self.ages]
        if born[0][0] is not None or born[-1][1] is not None:
            message = "the first age reaches back without end and the last one forward"
            raise ValueError(message)
        _meet(born, "ages")
        _meet([(rule.first_day, rule.last_day) for rule in self.still_working], "still-working rules")
        return self


def _meet(spans: list[tuple[date | None, date | None]], name: str) -> None:
    """Refuses spans that overlap or leave days out."""
    for (_, last), (first, _) in pairwise(spans):
        if last is None or first is None or first != last + ONE_DAY:
            message = f"{name} overlap or leave days out"
            raise ValueError(message)


def parse_required_beginning(text: str, where: str, known_sources: frozenset[str]) -> RequiredBeginning:
    """The table from its YAML; raises `LawError` for overlaps, gaps and every other fault."""
    return parse(RequiredBeginning, text, where, known_sources)


@cache
def required_beginning() -> RequiredBeginning:
    """The whole table, to be joined as a frame; raises `LawError` when the file is faulty."""
    return load(RequiredBeginning, "thresholds", "required_beginning_age.yaml")


def required_beginning_age(born: date) -> RequiredBeginningAge:
    """The age that counts for somebody born on that day.

    >>> required_beginning_age(date(1949, 6, 30)).months, required_beginning_age(date(1949, 7, 1)).years
    (6, 72)
    """
    return next(
        entry for entry in required_beginning().ages if entry.born_through is None or born <= entry.born_through
    )


def still_working_rule(on: date) -> StillWorkingRule:
    """The rule on a day for those still at work; raises `LawError` before the first one on file."""
    for rule in required_beginning().still_working:
        if rule.first_day <= on <= (rule.last_day or on):
            return rule
    too_early = problem(
        "no rule for those still at work is on file for that day",
        place("thresholds", "required_beginning_age.yaml"),
        f"The first on file begins on {required_beginning().still_working[0].first_day}.",
        "Ask for a later day, or add the earlier law with its source.",
    )
    raise LawError([too_early])


@cache
def distribution_start() -> DistributionStart:
    """The statutory start of payment in time; raises `LawError` when the file is faulty."""
    return load(DistributionStart, "thresholds", "distribution_start.yaml")
