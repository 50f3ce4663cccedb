"""Pay rows: earning codes added up, reversals taken from what they reverse, and rows that stand twice."""

from datetime import date
from decimal import Decimal
from pathlib import Path
from typing import Any

import pytest
from importing import ANN, CENSUS, PAY, Folder, census, payroll, told

from planrules.people.importing import Imported

FIRST = "E1,1995-01-01,1995-01-15,1995-01-20"
SECOND = "E1,1995-01-16,1995-01-31,1995-02-05"


@pytest.fixture
def folder(tmp_path: Path) -> Folder:
    return Folder(tmp_path)


def paid(folder: Folder, *rows: str, **mapping: Any) -> Imported:  # noqa: ANN401  any part of a mapping
    return folder.imported({"census.csv": census(ANN), "pay.csv": payroll(*rows)}, **mapping)


def amounts(found: Imported) -> list[tuple[date, str, str, str]]:
    columns = ("hours", "compensation", "salary_reduction")
    rows = found.people.pay.select("paid_on", *columns).rows()
    return [(day, *(str(value) for value in sizes)) for day, *sizes in rows]


REVERSED: dict[str, tuple[list[str], list[tuple[date, str, str, str]]]] = {
    "wholly, and paid again": (
        [f"{FIRST},80,1200,60", f"{FIRST[:-2]}22,-80,-1200,-60", f"{FIRST[:-2]}23,72,1080,54"],
        [(date(1995, 1, 23), "72.00", "1080.00", "54.00")],
    ),
    "wholly, by brackets": ([f"{FIRST},80,$960.00,60", f"{FIRST},(80),($960.00),(60)"], []),
    "in part, on the day of the check it is taken from": (
        [f"{FIRST},80,1200,60", f"{FIRST[:-2]}27,-8,-120,-6"],
        [(date(1995, 1, 20), "72.00", "1080.00", "54.00")],
    ),
    "before the check it reverses": (
        [f"{FIRST},-80,-1200,-60", f"{FIRST},80,1200,60", f"{SECOND},88,1320,66"],
        [(date(1995, 2, 5), "88.00", "1320.00", "66.00")],
    ),
    "one of two alike": (
        [f"{FIRST},80,1200,60", f"{FIRST},80,1200,60", f"{FIRST},-80,-1200,-60"],
        [(date(1995, 1, 20), "80.00", "1200.00", "60.00")],
    ),
    "money alone": (
        [f"{FIRST},80,1200,60", f"{FIRST},0,-100,0"],
        [(date(1995, 1, 20), "80.00", "1100.00", "60.00")],
    ),
    "of hours that are not known": (
        [f"{FIRST},80,1200,60", f"{FIRST},,-100,0"],
        [(date(1995, 1, 20), "None", "1100.00", "60.00")],
    ),
}


@pytest.mark.parametrize("case", REVERSED)
def test_a_reversal(folder: Folder, case: str) -> None:
    rows, expected = REVERSED[case]
    found = paid(folder, *rows)
    assert told(found) == []
    assert amounts(found) == expected


def test_a_reversal_of_nothing_is_told_and_its_person_held_back(folder: Folder) -> None:
    found = paid(folder, f"{FIRST},-8,-120,0", f"{SECOND},88,1320,66")
    assert told(found) == [("pay.csv", 2, "Gross Pay", "reversal_unmatched")]
    assert found.exit_code == 3


def test_a_negative_number_that_takes_nothing_back_is_told_at_its_own_column(folder: Folder) -> None:
    found = paid(folder, "E1,1995-01-01,1995-01-15,1995-01-20,-10,2000,60")
    assert told(found) == [("pay.csv", 2, "Hours", "reversal_unmatched")]


def test_a_reversal_is_taken_from_the_month_where_the_mapping_says_so(folder: Folder) -> None:
    rows = [f"{SECOND},88,1320,66", "E1,1995-01-01,1995-01-15,1995-02-10,-8,-120,-6"]
    found = paid(folder, *rows, net_reversals_by="month")
    assert amounts(found) == [(date(1995, 2, 5), "80.00", "1200.00", "60.00")]
    other = paid(folder, rows[0], rows[1].replace("1995-02-10", "1995-03-10"), net_reversals_by="month")
    assert told(other) == [("pay.csv", 3, "Gross Pay", "reversal_unmatched")]


def test_more_reversed_than_paid_is_a_negative_amount_of_the_check(folder: Folder) -> None:
    found = paid(folder, f"{FIRST},80,1200,60", f"{FIRST},-90,-1300,-60")
    assert [(row, rule) for row, rule in found.errors.select("row", "rule").rows()] == [(2, "negative hours")]


def test_the_same_row_twice_is_told_once_in_the_same_file_and_in_another(folder: Folder) -> None:
    found = paid(folder, f"{FIRST},80,1200,60", f"{FIRST},80,1200,60")
    assert told(found) == [("pay.csv", 3, "Employee ID", "same_row_twice")]
    files: dict[str, str | bytes | None] = {
        "census.csv": census(ANN),
        "pay-1.csv": payroll(f"{FIRST},80,1200,60"),
        "pay-2.csv": payroll(f"{FIRST},80,1200,60", f"{SECOND},88,1320,66"),
    }
    assert told(folder.imported(files)) == [("pay-2.csv", 2, "Employee ID", "same_row_twice")]


# ---- by earning code ------------------------------------------------------------------------

CODES = {
    "REG": {"hours": "service", "amount": "compensation"},
    "OVT": {"hours": "service", "amount": "overtime"},
    "BON": {"hours": "not_service", "amount": "bonus"},
    "SEV": {"hours": "not_service", "amount": "none"},
    "401": {"hours": "not_service", "amount": "salary_reduction"},
}
REGISTER = PAY | {"codes": {"earning": CODES}}
LINES = "Employee ID,Start,End,Paid On,Earning Code,Hours,Amount"


def register(folder: Folder, *rows: str) -> Imported:
    files: dict[str, str | bytes | None] = {
        "census.csv": census(ANN),
        "pay.csv": payroll(*(f"{FIRST},{row}" for row in rows), head=LINES),
    }
    return folder.imported(files, CENSUS, REGISTER)


def test_lines_of_a_check_are_added_up_by_what_each_code_counts_for(folder: Folder) -> None:
    found = register(folder, "REG,80,1200.00", "OVT,6.5,150.00", "bon,0,500.00", "SEV,40,900.00", "401,0,60.00")
    assert amounts(found) == [(date(1995, 1, 20), "86.50", "1850.00", "60.00")]
    assert found.people.pay.select("overtime", "bonus").row(0) == (Decimal("150.00"), Decimal("500.00"))


def test_a_line_without_its_hours_makes_the_hours_of_its_check_unknown(folder: Folder) -> None:
    assert amounts(register(folder, "REG,,1200.00", "OVT,6.5,150.00")) == [
        (date(1995, 1, 20), "None", "1350.00", "0.00")
    ]
    assert amounts(register(folder, "REG,80,1200.00", "SEV,,900.00")) == [
        (date(1995, 1, 20), "80.00", "1200.00", "0.00")
    ]


def test_a_check_of_a_bonus_alone_has_no_hours(folder: Folder) -> None:
    found = register(folder, "BON,40,500.00")
    assert amounts(found) == [(date(1995, 1, 20), "0.00", "500.00", "0.00")]
    assert ("pay.csv", 2, "Hours", "pay_without_hours") in told(found, "warning")


def test_a_code_nobody_explained_sets_its_line_aside_and_holds_the_person_back(folder: Folder) -> None:
    found = register(folder, "REG,80,1200.00", "XYZ,8,96.00")
    assert told(found) == [("pay.csv", 3, "Earning Code", "unknown_code")]
    assert found.files.select("set_aside", "held_back").rows() == [(0, 1), (1, 1)]


def test_a_line_twice_is_told_and_a_line_taken_back_is_not(folder: Folder) -> None:
    twice = register(folder, "REG,80,1200.00", "OVT,6.5,150.00", "REG,80,1200.00")
    assert told(twice) == [("pay.csv", 4, "Earning Code", "same_row_twice")]
    back = register(folder, "REG,80,1200.00", "REG,80,1200.00", "REG,-80,-1200.00")
    assert told(back) == []
    assert amounts(back) == [(date(1995, 1, 20), "80.00", "1200.00", "0.00")]


def test_money_the_plan_does_not_have_is_a_fault(folder: Folder) -> None:
    files: dict[str, str | bytes | None] = {
        "census.csv": census(ANN),
        "pay.csv": payroll(f"{FIRST},80,1200,60,0.00,", f"{SECOND},88,1320,66,25.00,", head=f"{PAY_HEAD},Roth,Loan"),
    }
    found = folder.imported(files, CENSUS, PAY | {"must_be_zero": ["Roth", "Loan"]})
    assert told(found) == [("pay.csv", 3, "Roth", "must_be_zero")]


PAY_HEAD = "Employee ID,Period Start,Period End,Check Date,Hours,Gross Pay,Deferral"


def test_values_given_for_all_rows(folder: Folder) -> None:
    columns = {
        name: {"value": value}
        for name, value in (("start", "1994-10-01"), ("end", "1995-09-30"), ("paid_on", "1995-09-30"))
    }
    files: dict[str, str | bytes | None] = {
        "census.csv": census(ANN.replace("1994-10-15", "1994-10-01")),
        "pay.csv": "Employee ID,Hours,Gross\nE1,2060.00,20600.00\n",
    }
    found = folder.imported(files, CENSUS, PAY | {"columns": columns})
    assert found.people.pay.select("start", "end", "hours").row(0) == (
        date(1994, 10, 1),
        date(1995, 9, 30),
        Decimal("2060.00"),
    )
    wrong = folder.imported(files, CENSUS, PAY | {"columns": columns | {"start": {"value": "10/01/1994"}}})
    assert "not of its kind" in wrong.questions[0].what


def test_a_total_of_a_year_is_not_taken_for_the_hours_of_a_stretch_of_work(folder: Folder) -> None:
    text = "Employee ID,YTD Hours,W-2 Wages\nE1,2060.00,20600.00\n"
    found = folder.imported({"census.csv": census(ANN), "pay.csv": text})
    assert {question.what for question in found.questions} == {
        f"no column for {field}" for field in ("start", "end", "paid_on")
    }
    assert found.people.employees["pay_known"].to_list() == [False]
