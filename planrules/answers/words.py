"""How values are written for people: dates in full, hours and money with separators, percentages with their sign."""

from collections.abc import Sequence
from datetime import date
from decimal import Decimal
from typing import Any

from planrules.book import Unit
from planrules.dates import LEAP_DAY, MonthDay

MONEY = (
    *("vested_total", "total", "allocated_total", "annual_limit", "plan_year_compensation", "plan_year_maximum"),
    *("deferred_in_plan_year", "deferred_in_calendar_year"),
)
"""Fields of an answer that are dollars."""


PERIODS = {"plan_year": "Plan Year", "employment_year": "Employment Year"}
"""The vesting computation periods in words."""


def sourced(source: str | None) -> str:
    """What a facts file says of where its figures come from, as the end of a sentence."""
    return "" if source is None else f" (source: {source.rstrip('.')})"


_CLASSES = {
    "collective_bargaining": "Employees under collective bargaining",
    "leased": "Leased Employees",
    "nonresident_alien": "nonresident aliens",
    "commission_sales": "salesmen on commission",
    "salaried": "salaried Employees",
    "hourly": "hourly Employees",
}


def class_in_words(name: str) -> str:
    """A class of employees; one that the employer named itself by that name."""
    return _CLASSES.get(name, f"those of the class “{name.replace('_', ' ')}”")


_MONTHS = (
    "January",
    "February",
    "March",
    "April",
    "May",
    "June",
    "July",
    "August",
    "September",
    "October",
    "November",
    "December",
)


def year_end(day: MonthDay) -> str:
    """The last day of a year, as "September 30"; 29 February as what it is in most years."""
    return "the last day of February" if day == LEAP_DAY else month_day(day)


def month_day(day: MonthDay) -> str:
    """January 1."""
    return f"{_MONTHS[day.month - 1]} {day.day}"


def spoken_date(day: date) -> str:
    """January 1, 1996."""
    return f"{day:%B} {day.day}, {day.year}"


_FIRST_ORDINALS = ("first", "second", "third", "fourth", "fifth", "sixth", "seventh", "eighth", "ninth")
_ENDINGS = {"1": "st", "2": "nd", "3": "rd"}


def ordinal(number: int) -> str:
    """first, second, ... and from ten on in figures: 31st, 112th."""
    if 0 < number <= len(_FIRST_ORDINALS):
        return _FIRST_ORDINALS[number - 1]
    figures = f"{number:,}"
    teen = figures[-2:-1] == "1"
    return f"{figures}{'th' if teen else _ENDINGS.get(figures[-1], 'th')}"


def listed(names: Sequence[str], last: str = "and") -> str:
    """a, b and c; nothing of no names."""
    if not names:
        return ""
    *before, final = names
    return f"{', '.join(before)} {last} {final}" if before else final


class Told(str):
    """A value in words as a sentence takes it; `{fact:nth}` makes "31st" of a whole number."""

    __slots__ = ()

    def __format__(self, spec: str) -> str:
        if spec == "nth":
            return ordinal(int(self.replace(",", "")))
        return super().__format__(spec)


def spoken(value: Any, unit: Unit | None = None) -> str:  # noqa: ANN401  a cell of any column
    """A value as it stands in a sentence."""
    match value:
        case None:
            text = "not known"
        case date():
            text = spoken_date(value)
        case bool():
            text = "yes" if value else "no"
        case _ if unit == "money":
            text = f"${value:,.2f}"
        case Decimal() if value != value.to_integral_value():
            text = f"{value.normalize():,f}"
        case Decimal() | int():
            text = f"{value:,.0f}"
        case _:
            text = str(value)
    return text


def plain(value: Any, unit: Unit | None = None) -> Any:  # noqa: ANN401  a cell of any column
    """A value as JSON has it: days in ISO form, hours and money as decimal strings, whole percentages as numbers."""
    if unit == "percent" and isinstance(value, Decimal):
        return int(value) if value == value.to_integral_value() else format(value.normalize(), "f")
    if isinstance(value, date):
        return value.isoformat()
    return format(value, "f") if isinstance(value, Decimal) else value


def joined(cites: tuple[str, ...]) -> str:
    """Citations in one line: the source is named once for those that follow each other ("AA 2.01(f), 2.01(g)")."""
    shown: list[str] = []
    source = ""
    for cite in cites:
        head, _, rest = cite.partition(" ")
        shown.append(rest if head == source and head in ("AA", "Plan", "IRC") else cite)
        source = head
    return ", ".join(shown)
