"""The reader of the cases: what it fills in, how it expands pay, what it refuses, how it compares."""

from datetime import date
from decimal import Decimal
from pathlib import Path
from typing import Any

import pytest
from case_files import completed_person, differences, load_case

SPELL = {"employer": "Steel Technologies Inc.", "start": date(1995, 1, 10), "end": None}
CASE = """
name: A name
cites: [AA 2.01(g)]
source: {title: Worked}
plan: steel-technologies
as_of: 1996-01-01
person: {employment: []}
expect: {participation: {entry_on: null}}
reason: Why.
"""


def spans(**stretch: Any) -> list[tuple[str, str]]:  # noqa: ANN401 - the values of a YAML row
    rows = completed_person({"employment": [SPELL], "pay": [stretch]})["pay"]
    return [(row["start"], row["end"]) for row in rows]


def test_what_a_case_leaves_out_is_filled_in() -> None:
    person = completed_person({"employment": [SPELL]})
    assert person["birth_date"] == "1960-05-01"
    assert person["classes"] == person["pay"] == []
    assert set(person["accounts"].values()) == {"0.00"}


def test_null_stays_unknown() -> None:
    person = completed_person({"employment": [SPELL], "birth_date": None, "pay": None, "accounts": None})
    assert (person["birth_date"], person["pay"], person["accounts"]) == (None, None, None)


def test_one_row_is_paid_on_its_last_day() -> None:
    stretch = {"start": date(1995, 1, 10), "end": date(1995, 2, 5), "hours": None, "compensation": Decimal("1000.17")}
    assert completed_person({"employment": [SPELL], "pay": [stretch]})["pay"] == [
        {
            "start": "1995-01-10",
            "end": "1995-02-05",
            "paid_on": "1995-02-05",
            "hours": None,
            "compensation": "1000.17",
            "salary_reduction": "0.00",
        },
    ]


@pytest.mark.parametrize(
    ("each", "expected"),
    [
        ("month", [("1995-08-20", "1995-08-31"), ("1995-09-01", "1995-09-30"), ("1995-10-01", "1995-10-04")]),
        ("plan_year", [("1995-08-20", "1995-09-30"), ("1995-10-01", "1995-10-04")]),
        ("calendar_year", [("1995-08-20", "1995-10-04")]),
    ],
)
def test_a_stretch_is_cut_at_the_ends_of_its_periods(each: str, expected: list[tuple[str, str]]) -> None:
    assert spans(start=date(1995, 8, 20), end=date(1995, 10, 4), each=each) == expected


def test_half_months_end_on_the_15th_and_on_the_last_day() -> None:
    halves = spans(start=date(1996, 2, 1), end=date(1996, 3, 15), each="semi_month")
    assert [end for _, end in halves] == ["1996-02-15", "1996-02-29", "1996-03-15"]


@pytest.mark.parametrize(
    ("change", "message"),
    [
        (("name: A name", "title: A name"), "title"),
        (("cites: [AA 2.01(g)]", "cites: []"), "cites"),
        (("as_of: 1996-01-01", "as_of: null"), "needs plan, as_of and person"),
        (("reason: Why.", "reason: Why.\nreason: Twice."), "key given twice: reason"),
        (("{employment: []}", "{employment: [], pay: [{start: 1996-01-01, ends: 1996-01-02}]}"), "unknown key"),
    ],
)
def test_a_case_that_breaks_the_format_is_refused(tmp_path: Path, change: tuple[str, str], message: str) -> None:
    path = tmp_path / "case.yaml"
    path.write_text(CASE.replace(*change), encoding="utf-8")
    with pytest.raises(ValueError, match=message):
        load_case(path)


def test_numbers_and_dates_equal_their_written_form() -> None:
    answer = {"entry_on": "1996-01-01", "hours": "1040.00", "earliest": "4", "percent": 100, "flag": True, "none": None}
    expected = {"entry_on": date(1996, 1, 1), "hours": 1040, "earliest": 4, "percent": 100, "flag": True, "none": None}
    assert differences(expected, answer) == []


@pytest.mark.parametrize(
    "expected",
    [
        {"hours": Decimal("1040.01")},
        {"entry_on": 1996},
        {"entry_on": None},
        {"rows": [{"start": date(1995, 1, 1)}]},
        {"rows": [{"hours": 6}]},
        {"rows": [{"hours": 5}, {"hours": 5}]},
        {"missing": [{"fact": "pay"}]},
        {"no_such_field": None},
    ],
)
def test_a_difference_is_said(expected: dict[str, Any]) -> None:
    rows = [{"start": "1994-01-01", "hours": "5.00"}]
    answer = {"hours": "1040.00", "entry_on": "1996-01-01", "rows": rows, "missing": [{"fact": "birth_date"}]}
    assert len(differences(expected, answer)) == 1


def test_a_row_is_found_by_its_start_and_a_missing_fact_anywhere() -> None:
    answer = {
        "rows": [{"start": "1994-01-01", "hours": "5.00"}, {"start": "1995-01-01", "hours": "6.00"}],
        "missing": [{"fact": "pay"}, {"fact": "birth_date", "earliest": "1995-03-31"}],
    }
    expected = {"rows": [{"start": date(1995, 1, 1), "hours": 6}], "missing": [{"fact": "birth_date"}]}
    assert differences(expected, answer) == []
