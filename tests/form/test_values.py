"""What may be written in each type of blank."""

from datetime import date, datetime
from decimal import Decimal
from typing import Any

import pytest

from planrules.dates import MonthDay
from planrules.form import Blank
from planrules.form.values import BlankError, read_blank


def blank(kind: str, **limits: Any) -> Blank:  # noqa: ANN401  whatever a Blank takes
    return Blank.model_validate({"name": "x", "type": kind, **limits})


@pytest.mark.parametrize(
    ("kind", "written", "value"),
    [
        ("date", date(1993, 8, 1), date(1993, 8, 1)),
        ("date", "1993-08-01", date(1993, 8, 1)),
        ("month_day", "09-30", MonthDay(9, 30)),
        ("month_day", "02-29", MonthDay(2, 29)),
        ("month_days", ["07-01", "01-01"], (MonthDay(1, 1), MonthDay(7, 1))),
        ("percent", 15, 15),
        ("percent", Decimal("12.5"), Decimal("12.5")),
        ("percent", Decimal("15.00"), 15),
        ("percent", "12.5", Decimal("12.5")),
        ("percents", [3, Decimal("1.5")], (3, Decimal("1.5"))),
        ("age", Decimal("59.5"), Decimal("59.5")),
        ("hours", 1000, 1000),
        ("money", 3500, Decimal(3500)),
        ("months", 6, 6),
        ("text", " none ", "none"),
        ("texts", ["MiTech Steel Inc."], ("MiTech Steel Inc.",)),
        ("schedule", {5: 100, 3: 20}, {3: 20, 5: 100}),
        ("schedule", {"3": 100}, {3: 100}),
    ],
)
def test_a_value_is_read_exactly(kind: str, written: object, value: object) -> None:
    found = read_blank(blank(kind), written)
    assert found == value
    assert type(found) is type(value)


@pytest.mark.parametrize(
    ("kind", "written"),
    [
        ("date", "1993-08-32"),
        ("date", 19930801),
        ("date", datetime(1993, 8, 1)),  # noqa: DTZ001  as a YAML timestamp without a zone is read
        ("month_day", "02-30"),
        ("month_day", "9-30"),
        ("month_day", date(1995, 9, 30)),
        ("month_days", []),
        ("month_days", "01-01"),
        ("month_days", ["01-01", "01-01"]),
        ("month_days", ["02-29"]),
        ("percent", 12.5),
        ("percent", True),
        ("percent", "15%"),
        ("percent", -1),
        ("percent", Decimal("NaN")),
        ("percents", 3),
        ("percents", [3.5]),
        ("integer", Decimal("1.5")),
        ("months", "six"),
        ("text", ""),
        ("text", 2),
        ("texts", "one"),
        ("texts", [1]),
        ("schedule", {}),
        ("schedule", [100]),
        ("schedule", {"three": 100}),
        ("schedule", {Decimal("1.5"): 100}),
        ("schedule", {3: 50, "3": 100}),
        ("schedule", {3: None}),
    ],
)
def test_another_type_is_refused(kind: str, written: object) -> None:
    with pytest.raises(BlankError):
        read_blank(blank(kind), written)


@pytest.mark.parametrize(
    ("kind", "limits", "written", "says"),
    [
        ("age", {"max": 21}, 22, "no more than 21"),
        ("percent", {"min": 4}, Decimal("3.9"), "no less than 4"),
        ("percents", {"max": 100}, [3, 101], "no more than 100"),
        ("date", {"min": date(1985, 12, 31)}, date(1985, 12, 30), "no day before 1985-12-31"),
        ("date", {"max": date(1985, 12, 31)}, date(1986, 1, 1), "no day after 1985-12-31"),
        ("text", {"pattern": r"\d{3}"}, "2", "of the form"),
        ("choice", {"values": ["daily", "weekly"]}, "yearly", "daily, weekly"),
        ("schedule", {"max": 100}, {3: 120}, "no more than 100"),
        ("schedule", {"rising": True}, {3: 100, 5: 80}, "falls"),
    ],
)
def test_a_limit_holds(kind: str, limits: dict[str, Any], written: object, says: str) -> None:
    with pytest.raises(BlankError, match=says):
        read_blank(blank(kind, **limits), written)


def test_the_limit_itself_is_allowed() -> None:
    assert read_blank(blank("age", max=21), 21) == 21
    assert read_blank(blank("date", min=date(1985, 12, 31)), date(1985, 12, 31)) == date(1985, 12, 31)
