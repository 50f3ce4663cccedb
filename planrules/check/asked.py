"""What a sheet asks of somebody who joins, for the Plan and for contributions that ask for more (AA 2.01(a)-(c))."""

from collections.abc import Iterator, Mapping
from dataclasses import dataclass
from decimal import Decimal

import polars as pl

from planrules.check.sheet import Sheet
from planrules.dates import (
    MONTHS_IN_A_YEAR,
    LeapDay,
    MonthDay,
    anniversary,
    attained_on,
    days_after,
    months_over,
    plan_year_number,
    plan_year_through_in,
)

_Blanks = Mapping[str, int | Decimal | None]
_SERVICE = ("2.01(b)(1)", "2.01(b)(2)", "2.01(b)(3)")


@dataclass(frozen=True)
class Measures:
    """How service and ages are measured: anniversaries of 29 February, later periods, the day months are completed."""

    leap_day: LeapDay
    plan_year_ends: MonthDay
    by_plan_years: bool
    months_end_day_before: bool

    def years(self, hired: pl.Expr, count: int) -> pl.Expr:
        """The last day of so many Years of Service in the earliest periods; with none, the day of hire.

        The first period is that from the day of hire. The first Plan Year to count includes its anniversary, so that
        the two overlap.
        """
        if self.by_plan_years and count > 1:
            second = plan_year_number(anniversary(hired, 1, self.leap_day), self.plan_year_ends)
            return plan_year_through_in(second + (count - 2), self.plan_year_ends)
        return self.years_from_hire(hired, count)

    def years_from_hire(self, hired: pl.Expr, count: int) -> pl.Expr:
        """The last day of so many 12-month periods from the day of hire; with none, that day."""
        return days_after(anniversary(hired, count, self.leap_day), -1) if count else hired

    def months(self, hired: pl.Expr, count: int) -> pl.Expr:
        """The day on which so many months from the day of hire are completed."""
        over = months_over(hired, count, self.leap_day)
        return days_after(over, -1 if self.months_end_day_before and count else 0)

    def age(self, born: pl.Expr, age: int | Decimal) -> pl.Expr:
        """The day on which an age is reached; a fraction of a year is so many whole months."""
        whole = int(age)
        months = int((Decimal(age) - whole) * MONTHS_IN_A_YEAR)
        return attained_on(born, whole, months, self.leap_day)


@dataclass(frozen=True)
class Asked:
    """Conditions for joining one part of the plan.

    Attributes:
        part: what one joins, for sentences.
        cites: the options that ask.
        years: Years of Service; 0 when none are asked for.
        months: months from the day of hire; 0 when none are asked for.
        age: null when none is asked for.
    """

    part: str
    cites: tuple[str, ...]
    years: int = 0
    months: int = 0
    age: int | Decimal | None = None

    def more_than(self, years: int) -> bool:
        """Whether more than so many Years of Service, or the same in months, are asked for."""
        return self.years > years or self.months > years * MONTHS_IN_A_YEAR


def all_asked(sheet: Sheet) -> Iterator[Asked]:
    """The conditions of the Plan and, if there are any, those of 2.01(c); none whose blanks are not known."""
    ages = {"2.01(a)": sheet.blank("2.01(a)", "age")} if sheet.has("2.01(a)") else {}
    if sheet.has("2.01(b)"):
        service = sheet.only(*_SERVICE)
        months = {"2.01(b)(2)": sheet.blank("2.01(b)(2)", "months")} if service == "2.01(b)(2)" else {}
        if service is not None:
            years = {service: 1} if service == "2.01(b)(1)" else {service: 0}
            yield from _known("the Plan", years, months, ages)
    elif ages:
        yield from _known("the Plan", {}, {}, ages)
    if sheet.has("2.01(c)"):
        yield from _other(sheet)


def measures(sheet: Sheet, ends: MonthDay) -> Measures:
    """How a sheet measures."""
    months = sheet.readings.get("months_condition_completed_on", "last_day_of_months")
    leap_day: LeapDay = "mar_1" if sheet.readings["leap_day_anniversary"] == "mar_1" else "feb_28"
    return Measures(leap_day, ends, not sheet.has("2.02(c)"), months == "last_day_of_months")


def _other(sheet: Sheet) -> Iterator[Asked]:
    blanks = {"2.01(c)(2)(i)": "years", "2.01(c)(2)(ii)": "months", "2.01(c)(2)(iv)": "age"}
    years, months, ages = (
        {option: sheet.blank(option, blank)} if sheet.has(option) else {} for option, blank in blanks.items()
    )
    if years or months or ages or sheet.has("2.01(c)(2)(iii)"):
        yield from _known("the contributions of 2.01(c)", years, months, ages)


def _known(part: str, years: _Blanks, months: _Blanks, ages: _Blanks) -> Iterator[Asked]:
    """The conditions, unless a blank among them is not known."""
    if None not in (*years.values(), *months.values(), *ages.values()):
        served, waited = (int(sum(each or 0 for each in blanks.values())) for blanks in (years, months))
        yield Asked(part, (*ages, *years, *months), served, waited, next(iter(ages.values()), None))
