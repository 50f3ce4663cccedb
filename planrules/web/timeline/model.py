"""What stands on a timeline. Spans hold their first and last day; hours are exact and null when not known."""

from datetime import date, timedelta
from decimal import Decimal
from typing import Literal

from pydantic import BaseModel, ConfigDict

from planrules.answers.models import Amount
from planrules.answers.status_words import status_in_words
from planrules.web.cases import Want

Outcome = Literal["year", "short", "running", "unknown"]
"""What a measuring period came to: a Year of Service, too few hours, not over yet, or hours that are not known."""
Kind = Literal["join", "can_join", "leave", "owned", "payable", "paid_by"]
"""`payable` is the first day on which payment can be made, `paid_by` the last where it comes by itself before that."""


class _Part(BaseModel):
    model_config = ConfigDict(frozen=True)


class Span(_Part):
    """A stretch of employment, or of days in a class of employees that takes no part. `through` null: it goes on."""

    words: str
    start: date
    through: date | None


class Measured(_Part):
    """A measuring period: the hours worked in it and the hours that are needed."""

    start: date
    through: date
    hours: Amount | None
    needed: Amount
    outcome: Outcome


class VestingYear(_Part):
    """A computation period for vesting, with the hours in it; `earned` is null when it is not known."""

    start: date
    through: date
    hours: Amount | None
    earned: bool | None
    a_break: bool | None


class Owned(_Part):
    """The Years of Service that count, of those that the schedule asks for to own all; null when not known."""

    earned: int | None
    needed: int
    year: str
    schedule: str | None


class Mark(_Part):
    """A day that matters. `status` is that of the answer it comes from."""

    kind: Kind
    day: date
    words: str
    status: str

    @property
    def unsure(self) -> str:
        """What stands after the day unless it is decided: " (estimate)"."""
        return "" if self.status == "decided" else f" ({status_in_words(self.status).lower()})"


class Wait(_Part):
    """The days between leaving and the day after which payment can be made, both included."""

    start: date
    through: date
    days: int


class Timeline(_Part):
    """One person's timeline at the close of `as_of`; `start` and `through` bound the picture.

    `asked` are the questions that it shows: what bears on the others is left out.
    """

    who: str
    asked: tuple[Want, ...]
    as_of: date
    start: date
    through: date
    employment: tuple[Span, ...]
    left_out: tuple[Span, ...]
    measured: tuple[Measured, ...]
    hours_needed: Amount
    entry_dates: tuple[date, ...]
    marks: tuple[Mark, ...]
    vesting_years: tuple[VestingYear, ...]
    vesting_hours_needed: Amount
    owned: Owned
    wait: Wait | None

    def mark(self, *kinds: Kind) -> Mark | None:
        """The first mark of one of these kinds; null when there is none."""
        return next((mark for mark in self.marks if mark.kind in kinds), None)


def day_after(day: date) -> date:
    """The next day, or the last there is."""
    return day + timedelta(days=1) if day < date.max else day


def amount(hours: Decimal | None) -> str:
    """Hours as people read them: 1,040 or 999.99, and a question mark where they are not known."""
    if hours is None:
        return "?"
    return f"{hours:,.0f}" if hours == hours.to_integral_value() else f"{hours:,.2f}"
