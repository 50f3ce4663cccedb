"""What does not agree across rows, files and imports: errors that set aside, warnings that somebody answers for."""

from datetime import date
from pathlib import Path

import pytest
from importing import ANN, CENSUS, PAY, Folder, census, payroll, told

from planrules.people import importing
from planrules.people.importing import FAULTS
from planrules.people.importing.report import as_dict, lines

DAY = date(1995, 9, 30)
IMPORTING = Path(importing.__file__).parent
BEN = "E2,1961-07-23,1990-03-01,,"
FIRST, LATER = "1995-01-01,1995-01-15,1995-01-20", "1995-09-16,1995-09-30,1995-10-05"
PAID = "80,1200,60"
BOTH = (f"E1,{LATER},{PAID}", f"E2,{LATER},{PAID}")


@pytest.fixture
def folder(tmp_path: Path) -> Folder:
    return Folder(tmp_path)


ERRORS = {
    "hired before birth": (census("E1,1994-10-16,1994-10-15,,"), [("census.csv", 2, "Birth Date")]),
    "born in the future": (census("E1,1995-10-01,1994-10-15,,"), [("census.csv", 2, "Birth Date")]),
    "two rows that overlap": (census(ANN, ANN.replace("1994-10", "1994-11")), [("census.csv", 3, "Hire Date")]),
    "before anybody alive": (census("E1,,1890-10-15,,"), [("census.csv", 2, "Hire Date")]),
}


def test_a_row_that_repeats_another_in_everything_names_it(folder: Folder) -> None:
    found = folder.imported({"census.csv": census(ANN, BEN, ANN, ANN)})
    assert told(found) == [("census.csv", row, "Employee ID", "same_person_twice") for row in (4, 5)]
    assert set(found.errors["do"]) == {"It is the same as row 2: delete one of the two."}
    assert found.people.employees["employee_id"].to_list() == ["E2"]


@pytest.mark.parametrize("case", ERRORS)
def test_an_error_across_rows_is_told_once(folder: Folder, case: str) -> None:
    text, places = ERRORS[case]
    found = folder.imported({"census.csv": text}, as_of=DAY)
    assert [(file, row, column) for file, row, column, _ in told(found)] == places


def test_a_birth_in_the_future_needs_a_day_to_be_seen_and_the_report_says_so(folder: Folder) -> None:
    without = folder.imported({"census.csv": census("E1,1995-10-01,1995-10-15,,")})
    assert told(without) == []
    assert [note for note in without.notes if "births in the future" in note]
    found = folder.imported({"census.csv": None}, as_of=DAY)
    assert found.errors["rule"].to_list() == ["a birth date in the future"]


def test_people_paid_and_in_no_census_are_told_once_each(folder: Folder) -> None:
    pay = payroll(*BOTH, f"E9,{FIRST},{PAID}", f"E9,{LATER},{PAID}")
    found = folder.imported({"census.csv": census(ANN, BEN), "pay.csv": pay})
    assert told(found) == [("pay.csv", 4, "Employee ID", "cannot_be_true")]
    assert found.files.select("read", "used", "set_aside", "held_back").row(1) == (4, 2, 1, 1)


def test_what_follows_from_a_row_set_aside_is_not_told_again(folder: Folder) -> None:
    pay = payroll(*BOTH, f"E2,{FIRST},{PAID}")
    found = folder.imported({"census.csv": census(ANN, "E2,1961-07-23,,,"), "pay.csv": pay})
    assert told(found) == [("census.csv", 3, "Hire Date", "required")]
    assert found.people.pay["employee_id"].to_list() == ["E1"]
    assert told(found, "warning") == []


def test_a_day_typed_a_year_late_is_told_once_however_much_pay_is_before_it(folder: Folder) -> None:
    pay = payroll(f"E1,{FIRST},{PAID}", f"E1,{LATER},{PAID}", f"E2,{LATER},{PAID}")
    found = folder.imported({"census.csv": census(ANN.replace("1994", "1995"), BEN), "pay.csv": pay})
    assert told(found) == [("pay.csv", 2, "Period Start", "cannot_be_true")]


WARNINGS = {
    "age_out_of_bounds": (census("E1,1981-05-01,1994-10-15,,", BEN), payroll(*BOTH), ("census.csv", 2, "Birth Date")),
    "pay_without_hours": (
        census(ANN, BEN),
        payroll(*BOTH, f"E1,{FIRST},0.00,500,0"),
        ("pay.csv", 4, "Hours"),
    ),
    "hours_without_pay": (census(ANN, BEN), payroll(*BOTH, f"E1,{FIRST},80,,0"), ("pay.csv", 4, "Gross Pay")),
    "no_pay_while_employed": (
        census(ANN, BEN),
        payroll(f"E1,{LATER},{PAID}", f"E2,{FIRST},{PAID}", f"E2,{LATER},0,0,0").replace(f"E2,{FIRST},{PAID}\n", ""),
        ("census.csv", 3, "Employee ID"),
    ),
    "left_after_last_pay": (
        census(ANN, BEN.replace(",,", ",1995-09-30,")),
        payroll(BOTH[0], f"E2,{FIRST},{PAID}"),
        ("census.csv", 3, "Termination Date"),
    ),
    "termination_outside_plan_year": (
        census(ANN, "E2,1961-07-23,1990-03-01,1994-09-30,"),
        payroll(BOTH[0]),
        ("census.csv", 3, "Termination Date"),
    ),
    "nobody_defers": (
        census(ANN, BEN),
        payroll(*(row.replace(",60", ",0") for row in BOTH)),
        ("pay.csv", 2, "Deferral"),
    ),
}


@pytest.mark.parametrize("code", WARNINGS)
def test_a_warning_is_told_and_stops_nothing(folder: Folder, code: str) -> None:
    people, pay, place = WARNINGS[code]
    found = folder.imported({"census.csv": people, "pay.csv": pay}, as_of=DAY, plan_year_ends="09-30")
    assert told(found) == []
    assert told(found, "warning") == [(*place, code)]
    assert found.exit_code == 0
    assert found.people.employees.height == 2


def test_the_day_before_the_bounds_and_the_day_on_them(folder: Folder) -> None:
    rows = census("E1,1980-10-16,1994-10-15,,", "E2,1980-10-15,1994-10-15,,", "E3,1894-10-15,1995-10-15,,")
    found = folder.imported({"census.csv": rows})
    assert told(found, "warning") == [("census.csv", row, "Birth Date", "age_out_of_bounds") for row in (2, 4)]
    lower = folder.imported({"census.csv": None}, youngest=13, oldest=101)
    assert told(lower, "warning") == []


def test_every_fault_is_one_that_the_import_tells() -> None:
    source = "\n".join(file.read_text("utf-8") for file in sorted(IMPORTING.glob("*.py")) if file.name != "faults.py")
    assert [code for code in FAULTS if f'"{code}"' not in source] == []


def test_every_fault_is_of_a_known_level_and_says_what_to_do() -> None:
    assert all(fault.do.endswith(".") and not fault.rule.endswith(".") for fault in FAULTS.values())


# ---- the import before ----------------------------------------------------------------------


def test_people_missing_since_the_last_file_are_listed(folder: Folder) -> None:
    last = folder.imported({"census.csv": census(ANN, BEN)}).people
    found = folder.imported({"census.csv": census(ANN)}, last=last)
    assert found.missing is not None
    assert found.missing["employee_id"].to_list() == ["E2"]
    assert "1 person of the last import is in none of the files." in list(lines(found))
    assert told(found, "warning") == [
        ("employees.parquet of the last import", 2, "employee_id", "missing_since_last_file")
    ]
    set_aside = folder.imported({"census.csv": census(ANN, "E2,1961-07-23,,,")}, last=last)
    assert set_aside.missing is not None
    assert set_aside.missing.height == 0  # in the file, though not usable


def test_a_birth_date_other_than_in_the_last_file_is_an_error(folder: Folder) -> None:
    last = folder.imported({"census.csv": census(ANN, BEN)}).people
    found = folder.imported({"census.csv": census(ANN, BEN.replace("07-23", "07-24"))}, last=last)
    assert told(found) == [("census.csv", 3, "Birth Date", "birth_date_changed")]
    blank = folder.imported({"census.csv": census(ANN, "E2,,1990-03-01,,")}, last=last)
    assert told(blank) == []


def test_somebody_back_without_a_rehire_date_is_a_warning(folder: Folder) -> None:
    last = folder.imported({"census.csv": census(ANN, "E2,1961-07-23,1990-03-01,1994-05-31,")}).people
    found = folder.imported({"census.csv": census(ANN, BEN)}, last=last)
    assert told(found, "warning") == [("census.csv", 3, "Rehire Date", "back_without_rehire")]
    back = folder.imported({"census.csv": census(ANN, "E2,1961-07-23,1990-03-01,1994-05-31,1995-02-01")}, last=last)
    assert told(back, "warning") == []


# ---- acknowledged warnings ------------------------------------------------------------------


def test_a_warning_somebody_answers_for_says_who_and_when(folder: Folder) -> None:
    looked = {"rule": "age_out_of_bounds", "by": "P. Roll", "on": "1995-10-02", "why": "checked against the passport"}
    found = folder.imported({"census.csv": census("E1,1981-05-01,1994-10-15,,")}, acknowledged=[looked])
    assert as_dict(found)["warnings"][0]["acknowledged"] == {
        "by": "P. Roll",
        "on": "1995-10-02",
        "why": "checked against the passport",
    }
    assert [line for line in lines(found) if "P. Roll looked at it on 1995-10-02" in line]


def test_no_message_repeats_a_value(folder: Folder) -> None:
    secret = ["1961-02-30", "QUITE-PERSONAL", "777.777", "E-99417"]
    rows = census(ANN, f"{secret[3]},{secret[0]},1990-03-01,{secret[1]},")
    found = folder.imported({"census.csv": rows, "pay.csv": payroll(f"{secret[3]},{FIRST},{secret[2]},{secret[1]},0")})
    assert found.errors.height == 4
    said = str(as_dict(found)) + found.exceptions.write_csv() + "\n".join(lines(found))
    assert [value for value in secret if value in said] == []


def test_rows_of_a_pay_file_in_question_hold_back_whom_they_are_about(folder: Folder) -> None:
    files: dict[str, str | bytes | None] = {
        "census.csv": census(ANN, BEN),
        "pay-1.csv": payroll(*BOTH),
        "pay-2.csv": payroll(f"E2,{FIRST},{PAID}").replace("1995-01-20", "01/02/1995"),
    }
    found = folder.imported(files, CENSUS, PAY)
    assert [question.where for question in found.questions] == ["pay-2.csv, Check Date"]
    assert found.people.employees["employee_id"].to_list() == ["E1"]
