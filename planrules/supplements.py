"""What free text written in a blank means, in structure: the shapes of `supplements` in an elections file.

The form leaves some blanks to the employer's own words. Their meaning is never guessed: an elections file gives it
under the option's citation in one of these shapes, or answers that rest on the option say that it is not told.
"""

from collections.abc import Mapping
from datetime import date
from decimal import Decimal
from typing import Annotated, Literal, Self

from pydantic import (
    BaseModel,
    BeforeValidator,
    ConfigDict,
    Field,
    GetJsonSchemaHandler,
    PlainSerializer,
    Strict,
    model_validator,
)
from pydantic.json_schema import JsonSchemaValue
from pydantic_core import CoreSchema

from planrules.dates import MonthDay

Contribution = Literal["matching", "nonelective", "qualified_nonelective"]


class Supplement(BaseModel):
    """The meaning of one free text."""

    model_config = ConfigDict(frozen=True, extra="forbid", populate_by_name=True)


def _month_day(value: object) -> object:
    """A day of the year written MM-DD; one that comes every year or, as a Plan Year end, 29 February."""
    if not isinstance(value, str):
        return value
    month, dash, day = value.partition("-")
    if dash and len(month) == len(day) == 2 and month.isdigit() and day.isdigit():  # noqa: PLR2004  two digits each
        date(2000, int(month), int(day))
        return MonthDay(int(month), int(day))
    msg = "not a day of the year written MM-DD"
    raise ValueError(msg)


DayOfYear = Annotated[
    MonthDay,
    BeforeValidator(_month_day),
    PlainSerializer(lambda value: f"{value[0]:02}-{value[1]:02}", return_type=str),
]
Count = Annotated[int, Strict(), Field(ge=0)]
Percent = Annotated[Decimal, Field(ge=0, le=100, max_digits=8, decimal_places=4)]
Dollars = Annotated[Decimal, Field(ge=0, max_digits=14, decimal_places=2)]
Rows = Mapping[Count, Percent]


class Classes(Supplement):
    """Classes of employees, by the names the people files use."""

    classes: tuple[Annotated[str, Field(min_length=1)], ...] = Field(min_length=1)


class PlanYearEnd(Supplement):
    """A Plan Year of twelve months that ends every year on this day."""

    ends_every: DayOfYear


class ExceptedSpan(Supplement):
    """Service with one employer that does not count; null: no bound on that side, both days included."""

    employer: str = Field(min_length=1)
    start: date | None = None
    end: date | None = None


class ExceptedService(Supplement):
    """The service that 1.29(c) leaves out."""

    except_: tuple[ExceptedSpan, ...] = Field(alias="except", min_length=1)


class YearsForMatch(Supplement):
    """Which Years of Service set the percentage of 3.01(h)(4), and on which day they are counted."""

    years: Literal["vesting", "eligibility"]
    counted_on: Literal["plan_year_start", "allocation_date"]


class YearlyLimit(Supplement):
    """An amount a Plan Year, in dollars or as a percentage of its Compensation; exactly one of the two."""

    dollars: Dollars | None = None
    percent_of_compensation: Percent | None = None

    @model_validator(mode="after")
    def _one(self) -> Self:
        if (self.dollars is None) == (self.percent_of_compensation is None):
            msg = "exactly one of dollars and percent_of_compensation is needed"
            raise ValueError(msg)
        return self


class AllocationDates(Supplement):
    """How often matching contributions are allocated."""

    every: Literal["pay_period", "month", "quarter", "plan_year"]


class Contributions(Supplement):
    """The contributions a condition does not reach."""

    contributions: tuple[Contribution, ...] = Field(min_length=1)


class LeastDeferral(Supplement):
    """The least percentage of Compensation that may be deferred."""

    minimum_percent: Percent


class LastDay(Supplement):
    """The last day of the year for something."""

    no_later_than: DayOfYear


class Days(Supplement):
    """The days of the year on which something can be done."""

    days: tuple[DayOfYear, ...] = Field(min_length=1)


class Schedules(Supplement):
    """Vesting schedules: percentage by Years of Service; `non_top_heavy` null when the one serves for every year."""

    top_heavy: Rows = Field(min_length=1)
    non_top_heavy: Rows | None = None


class AtOnceFrom(Supplement):
    """One condition for payment without a wait: an age, with the years of service it also asks for (null: none)."""

    age: Literal["normal_retirement_age"] | Annotated[int, Strict()]
    years_of_service: int | None = Field(default=None, ge=0, strict=True)


class DistributionDate(Supplement):
    """When payment can be made after separation: one wait, and who need not wait.

    Attributes:
        days_after_separation: payment is after this many days.
        months_after_separation: payment is after this many months.
        plan_years_after: payment is in the so many-th Plan Year that begins after the separation, on `day`.
        day: of that Plan Year: its first or last day, or its so many-th day.
        at_once_from: conditions, any one of which makes payment due without the wait.
    """

    days_after_separation: Count | None = None
    months_after_separation: Count | None = None
    plan_years_after: Annotated[int, Strict(), Field(ge=1)] | None = None
    day: Literal["first", "last"] | Annotated[int, Strict(), Field(ge=1, le=366)] | None = None
    at_once_from: tuple[AtOnceFrom, ...] = ()

    @model_validator(mode="after")
    def _one_wait(self) -> Self:
        waits = (self.days_after_separation, self.months_after_separation, self.plan_years_after)
        if sum(wait is not None for wait in waits) != 1:
            msg = "exactly one of days_after_separation, months_after_separation and plan_years_after is needed"
            raise ValueError(msg)
        if (self.day is None) != (self.plan_years_after is None):
            msg = "day and plan_years_after stand together"
            raise ValueError(msg)
        return self


_DATE_RULES = (
    *("6.01", "6.01(a)", "6.01(b)", "6.01(c)", "6.01(d)", "6.01(e)", "6.01(f)", "6.01(h)"),
    *("6.03(a)", "6.03(b)(3)", "6.03(b)(6)", "6.03(c)"),
)
SUPPLEMENTS: Mapping[str, type[Supplement]] = {
    "1.07(g)": Classes,
    "1.17(b)": PlanYearEnd,
    "1.29(c)": ExceptedService,
    "3.01(h)(4)": YearsForMatch,
    "3.01(h)(5)(i)": YearlyLimit,
    "3.01(h)(5)(ii)": YearlyLimit,
    "3.01(j)(2)": YearlyLimit,
    "3.01(k)(1)(iii)": LeastDeferral,
    "3.01(k)(2)(i)": LastDay,
    "3.01(k)(2)(iv)": Days,
    "3.01(k)(3)(iv)": Days,
    "3.01(k)(4)(iv)": Days,
    "3.04(c)": AllocationDates,
    "3.06(d)(5)": Contributions,
    "3.06(e)(5)": Contributions,
    "5.03(c)(2)": Schedules,
    **dict.fromkeys(_DATE_RULES, DistributionDate),
}
"""The free texts whose meaning can be given in structure, by citation."""


class SchemaByCitation:
    """Marks a mapping of supplements, so that its JSON Schema names the shape of each citation."""

    def __get_pydantic_json_schema__(self, _: CoreSchema, handler: GetJsonSchemaHandler) -> JsonSchemaValue:
        shapes = {cite: handler(kind.__pydantic_core_schema__) for cite, kind in SUPPLEMENTS.items()}
        return {"type": "object", "additionalProperties": False, "properties": shapes}
