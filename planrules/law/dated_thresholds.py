"""Amounts, percentages and spans that hold from a date until the law sets another: one threshold a file.

An entry has two marks, because the two can be known apart: `status` for the amount and `date_status` for the day from
which it counts.
"""

from datetime import date
from decimal import Decimal
from functools import cache
from itertools import pairwise
from typing import Literal, Self

from pydantic import Field, model_validator

from planrules.errors import LawError
from planrules.law.dating import Dated, MonthDay
from planrules.law.reading import LawModel, file_names, parse, place, problem, unknown
from planrules.law.sourcing import Amount, Sourced, Status, Text, load

# Tables in the same folder that are not one amount at a time, and have readers of their own.
OF_ANOTHER_SHAPE = ("distribution_start", "required_beginning_age", "vesting_minimums")


Unit = Literal["dollars", "percent", "years", "months", "days", "hours"]


class ThresholdEntry(Dated, Sourced):
    """One amount and the time from which it counts, as the file has it."""

    value: Amount
    date_status: Status
    law: Text
    note: Text | None = None

    @model_validator(mode="after")
    def _date_confirmed_by_a_source(self) -> Self:
        if self.date_status == "confirmed" and not self.sources:
            message = "the date is confirmed, but no source is named"
            raise ValueError(message)
        return self


class ThresholdFile(LawModel):
    """One threshold through time, as its file has it."""

    threshold: Text
    title: Text
    cites: tuple[Text, ...] = Field(min_length=1)
    unit: Unit
    note: Text | None = None
    entries: tuple[ThresholdEntry, ...] = Field(min_length=1)

    @model_validator(mode="after")
    def _one_after_the_other(self) -> Self:
        days = [entry.effective for entry in self.entries]
        if any(later <= earlier for earlier, later in pairwise(days)):
            message = "entries overlap: each has to take effect later than the one before it"
            raise ValueError(message)
        return self


class Threshold(Dated):
    """A threshold as it stood from one change of law to the next.

    Attributes:
        name: which threshold.
        amount: exact dollars, percent, or years, months, days or hours.
        unit: dollars, percent, years, months, days or hours.
        status: of the amount.
        date_status: of the day from which it counts.
        law: the act that set it.
        cites: the provisions that hold it.
        sources: ids of the sources that print the amount, or its date.
        note: what is doubtful.
    """

    name: str
    amount: Decimal
    unit: Unit
    status: Status
    date_status: Status
    law: str
    cites: tuple[str, ...]
    sources: tuple[str, ...]
    note: str | None = None

    @property
    def confirmed(self) -> bool:
        """Whether sources on file print both the amount and its date."""
        return self.status == self.date_status == "confirmed"

    @property
    def value(self) -> int:
        """Whole dollars, percent, years, months, days or hours; every threshold on file is whole."""
        return int(self.amount)

    @property
    def figure(self) -> str:
        """The value as it is written: $3,500, 25%, 21 years."""
        written = {"dollars": f"${self.value:,}", "percent": f"{self.value}%"}
        return written.get(self.unit, f"{self.value} {self.unit}")

    def __str__(self) -> str:
        marks = [
            mark
            for mark, status in (("amount unconfirmed", self.status), ("date unconfirmed", self.date_status))
            if status == "unconfirmed"
        ]
        return f"{self.figure} ({', '.join(marks)})" if marks else self.figure


def parse_threshold(text: str, where: str, known_sources: frozenset[str]) -> ThresholdFile:
    """One threshold from its YAML; raises `LawError` for overlapping entries and every other fault."""
    return parse(ThresholdFile, text, where, known_sources)


@cache
def threshold_names() -> tuple[str, ...]:
    """The names of the thresholds on file that are an amount or a percentage."""
    return tuple(name for name in file_names("thresholds") if name not in OF_ANOTHER_SHAPE)


@cache
def thresholds(name: str) -> tuple[Threshold, ...]:
    """One threshold through time, earliest first; raises `LawError` for a name that is not on file."""
    if name not in threshold_names():
        raise LawError([unknown("threshold", name, place("thresholds"), threshold_names())])
    read = load(ThresholdFile, "thresholds", f"{name}.yaml")
    if read.threshold != name:
        other = f"the file names another threshold, {read.threshold}"
        raise LawError([problem(other, place("thresholds", f"{name}.yaml"))])
    return tuple(_threshold(read, entry) for entry in read.entries)


def _threshold(read: ThresholdFile, entry: ThresholdEntry) -> Threshold:
    held = entry.model_dump(exclude={"value"})
    return Threshold(name=read.threshold, amount=entry.value, unit=read.unit, cites=read.cites, **held)


def threshold(name: str, on: date, plan_year_end: MonthDay | None = None) -> Threshold:
    """The threshold in force on a day.

    Args:
        name: the threshold, for instance `involuntary_cash_out`.
        on: the day; for a distribution the day it is made.
        plan_year_end: month and day of the last day of the Plan Year; needed only for days on which the answer
            depends on it.

    >>> threshold("involuntary_cash_out", date(1997, 9, 30), (9, 30)).value
    3500
    >>> threshold("involuntary_cash_out", date(1997, 10, 1), (9, 30)).value
    5000

    Raises:
        LawError: not on file, before the first entry, or dependent on a Plan Year that was not given.
    """
    for entry in reversed(thresholds(name)):
        if entry.in_force(on, plan_year_end):
            return entry
    first = thresholds(name)[0]
    too_early = problem(
        f"no {name} for that day is on file",
        place("thresholds", f"{name}.yaml"),
        f"The first on file is {first.measured_by} {first.effective}; nothing is assumed before it.",
        "Ask for a later day, or add the earlier law with its source.",
    )
    raise LawError([too_early])
