"""Census rows, one a person: stretches of employment and classes, and the rows from which none can be made."""

from datetime import date
from pathlib import Path
from typing import Any

import pytest
from importing import ANN, CENSUS, STEEL, Folder, census, told

from planrules.people.importing import Imported

HEAD = "Employee Number,DOB,Hire Date,First Termination Date,Rehire Date,Termination Date,Term Reason,Status,Class"
CODES = {
    "status": {"A": "active", "L": "leave", "T": "terminated", "R": "retired", "D": "deceased", "P": "not_hired"},
    "reason": {"V": "quit", "I": None},
    "class": {"U": "collective_bargaining", "H": None},
}
CODED: dict[str, Any] = CENSUS | {"codes": CODES, "class_dates": "employment"}
HIRED, LEFT, BACK, AGAIN = date(1990, 3, 1), date(1992, 5, 29), date(1994, 2, 1), date(1995, 8, 31)


@pytest.fixture
def folder(tmp_path: Path) -> Folder:
    return Folder(tmp_path)


def one(folder: Folder, row: str, **entry: Any) -> Imported:  # noqa: ANN401  any part of an entry
    return folder.imported({"census.csv": census(f"E1,1960-05-01,1990-03-01,{row}", head=HEAD)}, CODED | entry)


def spells(found: Imported) -> list[tuple[date, date | None, str | None]]:
    assert found.people.employment["employer"].unique().to_list() in ([STEEL], [])
    return found.people.employment.select("start", "end", "reason").rows()


SPELLS: dict[str, tuple[str, list[tuple[date, date | None, str | None]]]] = {
    "hired": (",,,,A,", [(HIRED, None, None)]),
    "left": (",,1992-05-29,V,T,", [(HIRED, LEFT, "quit")]),
    "left, by the first termination date": ("1992-05-29,,,V,T,", [(HIRED, LEFT, "quit")]),
    "left, in code the mapping has no reason for": (",,1992-05-29,I,T,", [(HIRED, LEFT, None)]),
    "left, reason by the status": (",,1992-05-29,,R,", [(HIRED, LEFT, "retirement")]),
    "died": (",,1992-05-29,,D,", [(HIRED, LEFT, "death")]),
    "back": ("1992-05-29,1994-02-01,,,A,", [(HIRED, LEFT, None), (BACK, None, None)]),
    "back, one termination date before the rehire": (
        ",1994-02-01,1992-05-29,V,A,",
        [(HIRED, LEFT, "quit"), (BACK, None, None)],
    ),
    "back and left, reason of the later": (
        "1992-05-29,1994-02-01,1995-08-31,V,T,",
        [(HIRED, LEFT, None), (BACK, AGAIN, "quit")],
    ),
    "rehire date that repeats the hire date": (",1990-03-01,,,A,", [(HIRED, None, None)]),
    "rehire that repeats the hire date, and left": (",1990-03-01,1992-05-29,V,T,", [(HIRED, LEFT, "quit")]),
}


@pytest.mark.parametrize("case", SPELLS)
def test_the_stretches_of_a_row(folder: Folder, case: str) -> None:
    row, expected = SPELLS[case]
    found = one(folder, row)
    assert told(found) == []
    assert spells(found) == expected


SET_ASIDE = {
    "hire after rehire": (",1989-01-01,,,A,", "Rehire Date", "hire_after_rehire"),
    "rehire without an end before it": (",1994-02-01,,,A,", "Rehire Date", "first_end_unknown"),
    "rehire, and only the later termination": (",1994-02-01,1995-08-31,V,T,", "Rehire Date", "first_end_unknown"),
    "two ends, one start": ("1992-05-29,,1995-08-31,V,T,", "First Termination Date", "two_ends_one_start"),
    "terminated without a day": (",,,,T,", "Status", "status_without_date"),
    "retired without a day": (",,,,R,", "Status", "status_without_date"),
    "dead without a day": (",,,,D,", "Status", "status_without_date"),
    "unknown status": (",,,,Z,", "Status", "unknown_code"),
    "unknown reason": (",,1992-05-29,9,T,", "Term Reason", "unknown_code"),
    "unknown class": (",,,,A,X", "Class", "unknown_code"),
    "left before hire": (",,1989-05-29,V,T,", "Termination Date", "cannot_be_true"),
    "first end after the rehire": ("1995-05-29,1994-02-01,,,A,", "Rehire Date", "cannot_be_true"),
    "words in a day": (",,Term,,A,", "Termination Date", "unreadable_day"),
}


@pytest.mark.parametrize("case", SET_ASIDE)
def test_a_row_of_which_no_history_can_be_made_is_set_aside(folder: Folder, case: str) -> None:
    row, column, code = SET_ASIDE[case]
    found = one(folder, row)
    assert told(found) == [("census.csv", 2, column, code)]
    assert found.exit_code == 3  # nobody is left


def test_codes_are_compared_without_case_and_a_person_not_yet_hired_is_left_out(folder: Folder) -> None:
    rows = ["E1,1960-05-01,1990-03-01,,,,,a,u", "E2,1960-05-01,1990-03-01,,,,,P,"]
    found = folder.imported({"census.csv": census(*rows, head=HEAD)}, CODED)
    assert found.files.select("read", "used", "set_aside", "left_out").row(0) == (2, 1, 0, 1)
    assert found.people.classes.select("class", "start", "end").rows() == [("collective_bargaining", HIRED, None)]


def test_codes_that_nobody_explained_are_a_question_and_never_guessed(folder: Folder) -> None:
    found = folder.imported({"census.csv": census("E1,1960-05-01,1990-03-01,,,,,A,U", head=HEAD)}, CENSUS)
    assert [question.where for question in found.questions] == ["census.csv, Status", "census.csv, Class"]
    assert all("codes" in question.do for question in found.questions)
    assert found.exit_code == 3  # a status may say that somebody was never hired


def test_words_that_people_s_files_have_need_no_mapping(folder: Folder) -> None:
    found = folder.imported(
        {"census.csv": census("E1,1960-05-01,1990-03-01,,,1992-05-29,Quit,,Salaried", head=HEAD)},
        CENSUS | {"class_dates": "employment"},
    )
    assert spells(found) == [(HIRED, LEFT, "quit")]
    assert found.people.classes.select("class", "start", "end").rows() == [("salaried", HIRED, LEFT)]


def test_a_class_lasts_as_long_as_the_employment_only_where_the_mapping_says_so(folder: Folder) -> None:
    row = "1992-05-29,1994-02-01,,,A,U"
    whole = one(folder, row)
    assert whole.people.classes.select("start", "end").rows() == [(HIRED, LEFT), (BACK, None)]
    asked = one(folder, row, class_dates=None)
    assert "without the days" in asked.questions[0].what
    assert asked.exit_code == 1
    assert asked.people.employees["classes_known"].to_list() == [False]


def test_a_class_with_a_day_of_its_own(folder: Folder) -> None:
    head, row = f"{HEAD},Class Effective Date", "E1,1960-05-01,1990-03-01,,,,,A,U,1993-04-01"
    found = folder.imported({"census.csv": census(row, head=head)}, CODED | {"class_dates": None})
    assert found.people.classes.select("start", "end").rows() == [(date(1993, 4, 1), None)]


def test_an_empty_class_is_not_known_and_a_code_for_none_is_none(folder: Folder) -> None:
    rows = ["E1,1960-05-01,1990-03-01,,,,,A,H", "E2,1960-05-01,1990-03-01,,,,,A,"]
    found = folder.imported({"census.csv": census(*rows, head=HEAD)}, CODED)
    assert found.people.employees["classes_known"].to_list() == [True, False]
    assert found.people.classes.height == 0


def test_a_status_can_say_the_class(folder: Folder) -> None:
    codes = {"status": {"U": {"class": "collective_bargaining"}, "D": "deceased"}}
    rows = census("E1,1960-05-01,1990-03-01,U", head="EN,DOB,DOH,Status")
    found = folder.imported({"census.csv": rows}, CENSUS | {"codes": codes, "class_dates": "employment"})
    assert found.people.classes["class"].to_list() == ["collective_bargaining"]
    assert found.people.employment["reason"].to_list() == [None]


def test_company_codes_are_the_employers_the_mapping_names(folder: Folder) -> None:
    rows = ["E1,,1990-03-01,01", "E2,,1990-03-01,02", "E3,,1990-03-01,03"]
    head = "EN,DOB,DOH,Company"
    entry = CENSUS | {"codes": {"employer": {"01": STEEL, "02": "MiTech Steel Inc."}}}
    found = folder.imported({"census.csv": census(*rows, head=head)}, entry)
    assert found.people.employment["employer"].to_list() == [STEEL, "MiTech Steel Inc."]
    assert told(found) == [("census.csv", 4, "Company", "unknown_code")]
    named = folder.imported({"census.csv": census(f"E1,,1990-03-01,{STEEL}", head=head)})
    assert named.people.employment["employer"].to_list() == [STEEL]


def test_two_rows_are_two_stretches_unless_they_overlap(folder: Folder) -> None:
    two = ["E1,1960-05-01,1990-03-01,1992-05-29,", "E1,1960-05-01,1994-02-01,,"]
    found = folder.imported({"census.csv": census(*two)})
    assert spells(found) == [(HIRED, LEFT, None), (BACK, None, None)]
    again = folder.imported({"census.csv": census(*two, "E1,1960-05-01,1995-02-01,,")})
    assert told(again) == [("census.csv", 4, "Hire Date", "cannot_be_true")]


def test_two_birth_dates_for_one_person(folder: Folder) -> None:
    two = ["E1,1960-05-01,1990-03-01,1992-05-29,", "E1,1960-05-02,1994-02-01,,", ANN.replace("E1", "E2")]
    found = folder.imported({"census.csv": census(*two)})
    assert told(found) == [("census.csv", 3, "Birth Date", "birth_dates_differ")]
    assert found.people.employees["employee_id"].to_list() == ["E2"]
    assert found.files.select("set_aside", "held_back").row(0) == (1, 1)


def test_stretches_and_classes_in_files_of_their_own(folder: Folder) -> None:
    files: dict[str, str | bytes | None] = {
        "spells.csv": "Employee,Company,Start Date,End Date,Birthdate\n"
        "E1,MiTech Steel Inc.,1988-01-04,1990-02-28,1960-05-01\nE1,Steel Technologies Inc.,1990-03-01,,1960-05-01\n",
        "classes.csv": "Employee,Class,Effective Date,End\nE1,U,1990-03-01,1992-05-29\nE1,H,1992-05-30,\n",
    }
    entries = (
        {"files": "spells.csv", "holds": "employment"},
        {"files": "classes.csv", "holds": "classes", "codes": {"class": CODES["class"]}},
    )
    found = folder.imported(files, *entries)
    assert told(found) == []
    assert found.people.employment.select("employer", "start", "end").rows() == [
        ("MiTech Steel Inc.", date(1988, 1, 4), date(1990, 2, 28)),
        (STEEL, HIRED, None),
    ]
    assert found.people.classes.select("class", "start", "end").rows() == [("collective_bargaining", HIRED, LEFT)]
    assert found.people.employees.select("birth_date", "classes_known", "pay_known").row(0) == (
        date(1960, 5, 1),
        True,
        False,
    )


def test_a_column_of_which_no_code_is_known_is_one_question_and_the_rest_is_read(folder: Folder) -> None:
    rows = [f"E{number},1960-05-01,1990-03-01,,,,,A,{code}" for number, code in enumerate("XYZ")]
    found = folder.imported({"census.csv": census(*rows, head=HEAD)}, CODED)
    (question,) = found.questions
    assert question.where == "census.csv, Class"
    assert "3 rows have a code there, and none of the codes is known; these are: " in question.what
    assert (told(found), found.people.employees["classes_known"].to_list()) == ([], [False] * 3)


def test_a_yes_or_no_is_a_code_only_where_the_mapping_says_of_which_group(folder: Folder) -> None:
    rows = [f"E{number},1960-05-01,1990-03-01,{code}" for number, code in enumerate(("Y", "no", "N", ""))]
    text = {"census.csv": census(*rows, head="Employee ID,Birth Date,Hire Date,Union")}
    codes = {"class": {"H": None}, "yes_no": {"Union": "collective_bargaining"}}
    entry = CENSUS | {"class_dates": "employment"}
    found = folder.imported(text, entry | {"codes": codes})
    assert found.people.classes.select("employee_id", "class").rows() == [("E0", "collective_bargaining")]
    assert found.people.employees["classes_known"].to_list() == [True, True, True, False]
    asked = folder.imported(text, entry | {"codes": codes | {"yes_no": {"Bargaining Unit": "x"}}})
    assert "none of the other groups" in asked.questions[0].why
    assert asked.people.classes.height == 0


def test_a_code_that_is_not_known_hides_no_other_mistake_of_its_row(folder: Folder) -> None:
    rows = ["E1,1960-05-01,1990-03-01,,1989-01-01,,,A,X", "E2,1960-05-01,1990-03-01,,,,,A,U"]
    found = folder.imported({"census.csv": census(*rows, head=HEAD)}, CODED)
    assert {code for *_, code in told(found)} == {"unknown_code", "hire_after_rehire"}
    assert found.people.employees["employee_id"].to_list() == ["E2"]
