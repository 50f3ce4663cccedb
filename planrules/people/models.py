"""One person as typed facts, in the words and field names of the files.

Spans are inclusive on both ends, dates are calendar days, money is in dollars and hours in hours, both exact to
the hundredth. Null means not known and is never read as zero.
"""

import re
from contextlib import suppress
from datetime import date, datetime
from decimal import Decimal
from typing import Annotated, Any, Literal

from pydantic import BaseModel, BeforeValidator, ConfigDict, Field, WrapSerializer

Reason = Literal["quit", "discharge", "layoff", "retirement", "death", "disability"]
PayKind = Literal["paid", "maternity"]


def _two_decimals(value: Decimal, _: Any) -> str:  # noqa: ANN401  pydantic's serializer hook is untyped
    return format(value.quantize(Decimal("0.01")), "f")


_ISO = re.compile(r"\d{4}-\d{2}-\d{2}", re.ASCII)


def _day(value: object) -> date:
    """A calendar day and nothing that could be taken for one: no clock numbers, no time of day."""
    if isinstance(value, date) and not isinstance(value, datetime):
        return value
    if isinstance(value, str) and _ISO.fullmatch(value):
        with suppress(ValueError):
            return date.fromisoformat(value)
    msg = "not a valid date written YYYY-MM-DD"
    raise ValueError(msg)


Day = Annotated[date, BeforeValidator(_day)]

Hundredths = Annotated[
    Decimal,
    Field(ge=0, max_digits=14, decimal_places=2),
    WrapSerializer(_two_decimals, return_type=str, when_used="json"),
]


class _Facts(BaseModel):
    model_config = ConfigDict(frozen=True, extra="forbid", populate_by_name=True)


class EmploymentSpan(_Facts):
    """One unbroken stretch of employment. `end` null: still employed. `reason`: why it ended, null when not told."""

    employer: str = Field(min_length=1)
    start: Day
    end: Day | None = None
    reason: Reason | None = None


class ClassSpan(_Facts):
    """Days spent in a class of employees that an election may exclude. `end` null: still in it."""

    class_: str = Field(alias="class", min_length=1)
    start: Day
    end: Day | None = None


class PayRow(_Facts):
    """What one check says of one stretch of work.

    Attributes:
        start: first day of the work paid for.
        end: last day of it; the row counts from the close of this day.
        paid_on: the check date, which decides the month for the match.
        hours: Hours of Service; null when not known.
        compensation: pay before any reduction; null when not known.
        salary_reduction: the elective deferral taken from it.
        kind: "maternity" holds the hours normally worked of an unpaid absence for pregnancy, birth, adoption or the
            care that follows, one row an absence; they can only prevent a Break in Service (plan section 5.07).
        employer: who paid; null when the employment it falls in says so already.
        days: days of the row with at least one Hour of Service, for a daily equivalency (AA 1.27(b)); null when not
            known.
        bonus: part of the compensation; null when not known. Likewise overtime, commissions and
            other_elective_contributions (elective contributions besides the elective deferral).
        cash_or_deferred: the cash or deferred contribution deferred (AA 3.01(a)(2)).
        mandatory_contribution: the Participant's own mandatory contribution (AA 4.01(c)).
    """

    start: Day
    end: Day
    paid_on: Day
    hours: Hundredths | None = None
    compensation: Hundredths | None = None
    salary_reduction: Hundredths = Decimal(0)
    kind: PayKind = "paid"
    employer: str | None = None
    days: Annotated[int, Field(ge=0, le=366, strict=True)] | None = None
    bonus: Hundredths | None = None
    overtime: Hundredths | None = None
    commissions: Hundredths | None = None
    other_elective_contributions: Hundredths | None = None
    cash_or_deferred: Hundredths = Decimal(0)
    mandatory_contribution: Hundredths = Decimal(0)


class Account(_Facts):
    """Balances by account at the evaluation date, in dollars, as last valued."""

    deferral: Hundredths
    regular_matching: Hundredths
    employer: Hundredths
    qualified_nonelective: Hundredths


class CashOut(_Facts):
    """The whole Nonforfeitable balance paid out. `repaid_on`: when it was paid back in full, null if it was not."""

    paid_on: Day
    kind: Literal["cash_out"] = "cash_out"
    repaid_on: Day | None = None


class OptOut(_Facts):
    """Plan Years in which the person has elected not to participate (AA 2.06(b)), both days included."""

    start: Day
    end: Day


class Person(_Facts):
    """All the facts that a rule may ask of one person.

    `birth_date`, `classes`, `pay` and `accounts` are null when not known. `top_heavy_schedule_kept_on` is the day on
    which the person filed the election of plan section 7.05 to stay on the faster schedule, null when never.
    `participant_since` is the day since which the person was a Participant under the terms before a restatement, null
    when never.
    """

    employee_id: str = Field(min_length=1)
    birth_date: Day | None = None
    employment: tuple[EmploymentSpan, ...] = Field(min_length=1)
    classes: tuple[ClassSpan, ...] | None = None
    pay: tuple[PayRow, ...] | None = None
    accounts: Account | None = None
    distributions: tuple[CashOut, ...] = ()
    top_heavy_schedule_kept_on: Day | None = None
    opt_outs: tuple[OptOut, ...] = ()
    participant_since: Day | None = None
