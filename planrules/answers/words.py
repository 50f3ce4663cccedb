"""How values are written for people: dates in full, hours and money with separators, percentages with their sign."""

from datetime import date
from decimal import Decimal
from typing import Any

from planrules.book import Unit


def spoken_date(day: date) -> str:
    """January 1, 1996."""
    return f"{day:%B} {day.day}, {day.year}"


def spoken(value: Any, unit: Unit | None = None) -> str:  # noqa: ANN401  a cell of any column
    """A value as it stands in a sentence."""
    if value is None:
        return "not known"
    if isinstance(value, date):
        return spoken_date(value)
    if isinstance(value, bool):
        return "yes" if value else "no"
    if unit == "money":
        return f"${value:,.2f}"
    if isinstance(value, Decimal):
        whole = value == value.to_integral_value()
        return f"{value:,.0f}" if whole else f"{value.normalize():,f}"
    if isinstance(value, int):
        return f"{value:,}"
    return str(value)


def joined(cites: tuple[str, ...]) -> str:
    """Citations in one line: the source is named once for those that follow each other ("AA 2.01(f), 2.01(g)")."""
    shown: list[str] = []
    source = ""
    for cite in cites:
        head, _, rest = cite.partition(" ")
        shown.append(rest if head == source and head in ("AA", "Plan", "IRC") else cite)
        source = head
    return ", ".join(shown)
