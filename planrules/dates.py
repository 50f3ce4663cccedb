"""Every date convention of planrules, named, as Polars expressions.

Anniversaries of 29 February, Plan Year ends, month ends and "strictly following" are decided here and nowhere
else. Inside the code a span is half-open: it holds `start` and every day up to, but not including, `before`.
Files and answers say `through`, the last day included. No function reads today's date. Imports only Polars.
"""

from calendar import monthrange
from collections.abc import Callable
from dataclasses import dataclass
from datetime import date
from functools import lru_cache
from typing import Literal, NamedTuple

import polars as pl

LeapDay = Literal["feb_28", "mar_1"]
HOURS_IN_A_DAY = 24
MONTHS_IN_A_YEAR = 12

FAR_FUTURE = date(9999, 12, 31)
"""Stands for "no end known" where an open span is compared with days."""


class MonthDay(NamedTuple):
    """A day that comes every year, such as the last day of the Plan Year."""

    month: int
    day: int

    def in_year(self, year: int) -> date:
        """That day of a calendar year, or the month's last day where the month is shorter.

        >>> MonthDay(2, 29).in_year(1995)
        datetime.date(1995, 2, 28)
        """
        return date(year, self.month, min(self.day, monthrange(year, self.month)[1]))


LEAP_DAY = MonthDay(2, 29)
"""As the end of a Plan Year: the last day of February."""


def days_after(day: pl.Expr, count: int) -> pl.Expr:
    """The `count`-th day after `day`; the day itself is day 0.

    >>> one_day(days_after(pl.lit(date(1995, 3, 31)), 90))
    datetime.date(1995, 6, 29)
    """
    return day.dt.offset_by(f"{count}d")


def anniversary(day: pl.Expr, years: int, leap_day: LeapDay) -> pl.Expr:
    """The same day `years` years on; 29 February falls on `leap_day` in years that have none.

    >>> one_day(anniversary(pl.lit(date(1992, 2, 29)), 1, "feb_28"))
    datetime.date(1993, 2, 28)
    >>> one_day(anniversary(pl.lit(date(1992, 2, 29)), 1, "mar_1"))
    datetime.date(1993, 3, 1)
    >>> one_day(anniversary(pl.lit(date(1992, 2, 29)), 4, "mar_1"))
    datetime.date(1996, 2, 29)
    """
    clamped = day.dt.offset_by(f"{years}y")
    if leap_day == "feb_28":
        return clamped
    return pl.when(clamped.dt.day() < day.dt.day()).then(days_after(clamped, 1)).otherwise(clamped)


def twelve_months_through(start: pl.Expr, leap_day: LeapDay) -> pl.Expr:
    """The last day of the 12 months that begin on `start`: the day before its first anniversary.

    >>> one_day(twelve_months_through(pl.lit(date(1994, 10, 15)), "feb_28"))
    datetime.date(1995, 10, 14)
    >>> one_day(twelve_months_through(pl.lit(date(1992, 2, 29)), "feb_28"))
    datetime.date(1993, 2, 27)
    """
    return days_after(anniversary(start, 1, leap_day), -1)


def months_after(day: pl.Expr, months: int) -> pl.Expr:
    """The same day of the month `months` months on, or that month's last day where it is shorter.

    >>> one_day(months_after(pl.lit(date(1994, 8, 31)), 6))
    datetime.date(1995, 2, 28)
    """
    return day.dt.offset_by(f"{months}mo")


def months_over(day: pl.Expr, months: int, leap_day: LeapDay) -> pl.Expr:
    """The day on which so many months from `day` are over: of whole years the anniversary.

    >>> one_day(months_over(pl.lit(date(1992, 2, 29)), 12, "mar_1"))
    datetime.date(1993, 3, 1)
    >>> one_day(months_over(pl.lit(date(1992, 8, 31)), 6, "mar_1"))
    datetime.date(1993, 2, 28)
    """
    years, part = divmod(months, MONTHS_IN_A_YEAR)
    return months_after(day, months) if part else anniversary(day, years, leap_day)


def attained_on(born: pl.Expr, years: int, months: int, leap_day: LeapDay) -> pl.Expr:
    """The day an age is attained: the birthday, or so many months after it.

    >>> one_day(attained_on(pl.lit(date(1935, 8, 31)), 59, 6, "feb_28"))
    datetime.date(1995, 2, 28)
    """
    return months_after(anniversary(born, years, leap_day), months)


def month_through(day: pl.Expr) -> pl.Expr:
    """The last day of the calendar month that contains `day`.

    >>> one_day(month_through(pl.lit(date(1996, 2, 10))))
    datetime.date(1996, 2, 29)
    """
    return day.dt.month_end()


def plan_year_through(day: pl.Expr, ends_every: MonthDay) -> pl.Expr:
    """The last day of the Plan Year that contains `day`.

    >>> one_day(plan_year_through(pl.lit(date(1994, 9, 30)), MonthDay(9, 30)))
    datetime.date(1994, 9, 30)
    >>> one_day(plan_year_through(pl.lit(date(1994, 10, 1)), MonthDay(9, 30)))
    datetime.date(1995, 9, 30)
    """
    return plan_year_through_in(plan_year_number(day, ends_every), ends_every)


def plan_year_number(day: pl.Expr, ends_every: MonthDay) -> pl.Expr:
    """The calendar year in which the Plan Year that contains `day` ends.

    >>> pl.select(plan_year_number(pl.lit(date(1994, 10, 1)), MonthDay(9, 30))).item()
    1995
    """
    month, month_day = day.dt.month(), day.dt.day()
    after = (month > ends_every.month) | ((month == ends_every.month) & (month_day > ends_every.day))
    return day.dt.year() + after.cast(pl.Int32)


def plan_year_through_in(number: pl.Expr, ends_every: MonthDay) -> pl.Expr:
    """The last day of the Plan Year that ends in calendar year `number`; a 29 February end is kept to month ends.

    >>> one_day(plan_year_through_in(pl.lit(1995), MonthDay(2, 28)))
    datetime.date(1995, 2, 28)
    >>> one_day(plan_year_through_in(pl.lit(1996), MonthDay(2, 29)))
    datetime.date(1996, 2, 29)
    """
    if ends_every == LEAP_DAY:
        return pl.date(number, 2, 1).dt.month_end()
    return pl.date(number, ends_every.month, ends_every.day)


@dataclass(frozen=True)
class Calendar:
    """Consecutive periods with a running number, such as Plan Years or calendar months.

    `number` gives the period that contains a day, `through` the last day of a period, `start` its first.
    """

    number: Callable[[pl.Expr], pl.Expr]
    through: Callable[[pl.Expr], pl.Expr]

    def start(self, number: pl.Expr) -> pl.Expr:
        """The first day of a period: the day after the last one of the period before.

        >>> one_day(plan_years(MonthDay(9, 30)).start(pl.lit(1995)))
        datetime.date(1994, 10, 1)
        >>> one_day(plan_years(MonthDay(2, 28)).start(pl.lit(1997)))
        datetime.date(1996, 2, 29)
        >>> one_day(plan_years(MonthDay(2, 29)).start(pl.lit(1997)))
        datetime.date(1996, 3, 1)
        """
        return days_after(self.through(number - 1), 1)


def plan_years(ends_every: MonthDay) -> Calendar:
    """Plan Years, numbered by the calendar year in which they end."""
    return Calendar(
        number=lambda day: plan_year_number(day, ends_every),
        through=lambda number: plan_year_through_in(number, ends_every),
    )


@lru_cache(maxsize=1024)
def plan_year_end(day: date, ends_every: MonthDay) -> date:
    """The last day of the Plan Year that contains `day`, as a day.

    >>> str(plan_year_end(date(1994, 10, 1), MonthDay(9, 30)))
    '1995-09-30'
    """
    return one_day(plan_year_through(pl.lit(day), ends_every))


class PlanYear(NamedTuple):
    """One Plan Year: the calendar year in which it ends, its first and its last day."""

    number: int
    start: date
    through: date


@lru_cache(maxsize=1024)
def plan_years_from(day: date, ends_every: MonthDay, count: int) -> tuple[PlanYear, ...]:
    """The Plan Year that contains `day`, and those that follow it: `count` in all.

    >>> [str(year.through) for year in plan_years_from(date(1994, 10, 1), MonthDay(9, 30), 2)]
    ['1995-09-30', '1996-09-30']
    """
    years = plan_years(ends_every)
    first = years.number(pl.lit(day)).cast(pl.Int32)
    number = pl.col("number")
    each = pl.select(number=pl.int_range(first, first + count, dtype=pl.Int32)).select(
        number, start=years.start(number), through=years.through(number)
    )
    return tuple(map(PlanYear._make, each.rows()))


def calendar_months() -> Calendar:
    """Calendar months, numbered from the year 0.

    >>> months = calendar_months()
    >>> one_day(months.through(months.number(pl.lit(date(1996, 2, 10)))))
    datetime.date(1996, 2, 29)
    """
    return Calendar(
        number=lambda day: day.dt.year() * 12 + day.dt.month().cast(pl.Int32) - 1,
        through=lambda number: pl.date(number // 12, number % 12 + 1, 1).dt.month_end(),
    )


def calendar_quarters() -> Calendar:
    """Calendar quarters, numbered from the year 0.

    >>> quarters = calendar_quarters()
    >>> one_day(quarters.through(quarters.number(pl.lit(date(1996, 2, 10)))))
    datetime.date(1996, 3, 31)
    """
    return Calendar(
        number=lambda day: day.dt.year() * 4 + (day.dt.month().cast(pl.Int32) - 1) // 3,
        through=lambda number: pl.date(number // 4, number % 4 * 3 + 3, 1).dt.month_end(),
    )


def years_from(commenced: pl.Expr, leap_day: LeapDay) -> Calendar:
    """The 12-month periods that begin on a person's own day and on each anniversary of it; the first is number 0.

    >>> years = years_from(pl.lit(date(1992, 2, 29)), "feb_28")
    >>> one_day(years.through(years.number(pl.lit(date(1993, 2, 27)))))
    datetime.date(1993, 2, 27)
    >>> one_day(years.through(years.number(pl.lit(date(1993, 2, 28)))))
    datetime.date(1994, 2, 27)
    """

    def number(day: pl.Expr) -> pl.Expr:
        years = day.dt.year() - commenced.dt.year()
        return (years - (anniversary_of(years) > day).cast(pl.Int32)).cast(pl.Int32)

    def anniversary_of(years: pl.Expr) -> pl.Expr:
        year, month, day = commenced.dt.year() + years, commenced.dt.month(), commenced.dt.day()
        # 29 February alone is a day that other years lack; asking for the end of every month would take twice as long.
        leap = (year % 4 == 0) & ((year % 100 != 0) | (year % 400 == 0))
        lacking = (month == LEAP_DAY.month) & (day == LEAP_DAY.day) & ~leap
        if leap_day == "feb_28":
            return pl.date(year, month, day - lacking.cast(pl.Int8))
        return pl.date(year, month + lacking.cast(pl.Int8), pl.when(lacking).then(1).otherwise(day))

    return Calendar(number=number, through=lambda years: days_after(anniversary_of(years + 1), -1))


def april_1_after_year_of(day: pl.Expr) -> pl.Expr:
    """1 April after the calendar year that contains `day`.

    >>> one_day(april_1_after_year_of(pl.lit(date(1994, 7, 1))))
    datetime.date(1995, 4, 1)
    """
    return pl.date(day.dt.year() + 1, 4, 1)


def days_in(start: pl.Expr, through: pl.Expr) -> pl.Expr:
    """How many days a span has, first and last included."""
    return (through - start).dt.total_days() + 1


def one_day(expression: pl.Expr) -> date:
    """The single date an expression of literals gives; for documentation examples and tests."""
    value = pl.select(expression).item()
    if not isinstance(value, date):
        msg = "the expression does not give one date"
        raise TypeError(msg)
    return value
