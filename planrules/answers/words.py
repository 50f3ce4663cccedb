"""How values are written for people: dates in full, hours and money with separators, percentages with their sign."""

from datetime import date
from decimal import Decimal
from typing import Any

from planrules.book import Unit

MONEY = (
    *("vested_total", "total", "allocated_total", "annual_limit", "plan_year_compensation", "plan_year_maximum"),
    *("deferred_in_plan_year", "deferred_in_calendar_year"),
)
"""Fields of an answer that are dollars."""


PERIODS = {"plan_year": "Plan Year", "employment_year": "Employment Year"}
"""The vesting computation periods in words."""


def spoken_date(day: date) -> str:
    """January 1, 1996."""
    return f"{day:%B} {day.day}, {day.year}"


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
