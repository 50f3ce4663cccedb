"""Small groups of people for the list."""

from collections.abc import Mapping
from datetime import date
from decimal import Decimal
from pathlib import Path

from planrules import People, Person, read_people
from planrules.people import EmploymentSpan, PayRow

ROOT = Path(__file__).parents[3]
STEEL = "Steel Technologies Inc."
SAMPLE = ROOT / "docs" / "examples" / "people"
DAY = date(1995, 12, 31)


def sample() -> People:
    """The sample people."""
    return read_people(SAMPLE)


def worker(employee_id: str, start: date, rows: Mapping[date, str], **more: object) -> Person:
    """Somebody at work since a day, with one pay row of hours a month, by the month's first day."""
    pay = tuple(_month(first, hours) for first, hours in rows.items())
    return Person(employee_id=employee_id, employment=(EmploymentSpan(employer=STEEL, start=start),), pay=pay, **more)


def _month(first: date, hours: str) -> PayRow:
    after = date(first.year + first.month // 12, first.month % 12 + 1, 1)
    last = date.fromordinal(after.toordinal() - 1)
    return PayRow(start=first, end=last, paid_on=last, hours=Decimal(hours), compensation=Decimal(1000))
