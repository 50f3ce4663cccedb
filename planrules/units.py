"""The units of time that an equivalency counts, as calendars: weeks and half months (AA 1.27(b))."""

from datetime import date
from typing import Literal

import polars as pl

from planrules.dates import Calendar, calendar_months

WeekDay = Literal["sunday", "monday"]
ONE_HOUR = 100
"""An hour in hundredths, in which hours are counted."""
_DAYS_IN_A_WEEK = 7
_MIDDLE_OF_A_MONTH = 15


def half_months() -> Calendar:
    """The 1st to the 15th and the 16th to the end of each calendar month, numbered from the year 0.

    >>> from planrules.dates import one_day
    >>> halves = half_months()
    >>> one_day(halves.through(halves.number(pl.lit(date(1996, 2, 16)))))
    datetime.date(1996, 2, 29)
    >>> one_day(halves.start(halves.number(pl.lit(date(1996, 2, 15)))))
    datetime.date(1996, 2, 1)
    """
    months = calendar_months()

    def through(number: pl.Expr) -> pl.Expr:
        month_end = months.through(number // 2)
        fifteenth = pl.date(month_end.dt.year(), month_end.dt.month(), _MIDDLE_OF_A_MONTH)
        return pl.when(number % 2 == 1).then(month_end).otherwise(fifteenth)

    return Calendar(
        number=lambda day: months.number(day) * 2 + (day.dt.day() > _MIDDLE_OF_A_MONTH).cast(pl.Int32),
        through=through,
    )


def weeks(begin: WeekDay) -> Calendar:
    """Weeks of seven days that begin on the same day of the week.

    >>> from planrules.dates import one_day
    >>> of_sundays = weeks("sunday")
    >>> one_day(of_sundays.start(of_sundays.number(pl.lit(date(1995, 9, 30)))))
    datetime.date(1995, 9, 24)
    >>> of_mondays = weeks("monday")
    >>> one_day(of_mondays.through(of_mondays.number(pl.lit(date(1965, 9, 27)))))
    datetime.date(1965, 10, 3)
    """
    first = {"sunday": date(1970, 1, 4), "monday": date(1970, 1, 5)}[begin]
    return Calendar(
        number=lambda day: ((day - first).dt.total_days() // _DAYS_IN_A_WEEK).cast(pl.Int32),
        through=lambda number: pl.lit(first) + pl.duration(days=number * _DAYS_IN_A_WEEK + _DAYS_IN_A_WEEK - 1),
    )
