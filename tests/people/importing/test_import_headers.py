"""Which column is which: synonyms, what the mapping names, and what is asked when two would do."""

from pathlib import Path
from typing import Any

import pytest
from importing import CENSUS, Folder, census, payroll, told

from planrules.errors import PeopleError
from planrules.people.importing.fields import FIELDS
from planrules.people.importing.headers import match, plain, synonyms
from planrules.people.importing.mapping import FileMapping, parse_mapping

SAME = [
    ("Re-hire Date", "REHIRE DATE", "rehire_date", "Rehire\u00a0Date "),
    ("401(k)", "401k", "401 (K)"),
    ("\ufeffEmployee ID", "employee_id", "EmployeeID"),
]


@pytest.mark.parametrize("headers", SAME, ids=lambda headers: headers[0])
def test_headers_are_compared_without_case_spaces_and_punctuation(headers: tuple[str, ...]) -> None:
    assert len({plain(header) for header in headers}) == 1


def test_every_fact_of_every_kind_of_file_has_synonyms_and_no_header_names_two() -> None:
    for holds, fields in FIELDS.items():
        known = synonyms()[holds]
        assert known.keys() == fields.keys(), holds
        named = [name for names in known.values() for name in names]
        assert len(named) == len(set(named)), holds


def matched(holds: str, headers: list[str], **entry: Any) -> Any:  # noqa: ANN401  any part of an entry
    return match(headers, FileMapping(files="*", holds=holds, **entry), "file")  # type: ignore[arg-type]


def test_a_column_the_mapping_names_goes_before_synonyms() -> None:
    found = matched("census", ["EN", "Hire Date", "Badge"], columns={"employee_id": "Badge"})
    assert found.uses["employee_id"].headers == ("Badge",)
    assert found.unused == ("EN",)


def test_two_columns_that_could_be_one_fact_are_a_question_until_one_is_ignored_or_named() -> None:
    headers = ["EN", "Hire Date", "Original Hire Date"]
    asked = matched("census", headers)
    assert asked.open == ("hire_date",)
    assert "more than one column could be hire_date" in asked.questions[0].what
    for settled in ({"ignore": ["Hire Date"]}, {"columns": {"hire_date": "Original Hire Date"}}):
        found = matched("census", headers, **settled)
        assert found.uses["hire_date"].headers == ("Original Hire Date",)
        assert found.questions == ()


def test_the_same_header_twice_is_a_question() -> None:
    assert matched("census", ["EN", "Hire Date", "HIRE DATE"]).open == ("hire_date",)


TWO = "Employee ID,Hire Date,Original Hire Date,Term Date"


def test_two_columns_that_agree_in_every_row_count_as_one(tmp_path: Path) -> None:
    found = Folder(tmp_path).imported({"census.csv": census("E1,1994-10-15, 1994-10-15,", "E2,,,", head=TWO)})
    assert found.questions == ()
    assert told(found) == [("census.csv", 3, "Hire Date", "required")]
    assert (
        "census.csv: Hire Date and Original Hire Date say the same in every row and count as one column" in found.notes
    )
    assert not [note for note in found.notes if "not used" in note]


def test_two_columns_that_differ_are_told_apart_with_what_to_do(tmp_path: Path) -> None:
    text = census("E1,1994-10-15,1990-01-02,", "E2,1994-10-15,1994-10-15,", "E3,1994-10-15,,", head=TWO)
    found = Folder(tmp_path).imported({"census.csv": text})
    (asked,) = found.questions
    assert asked.what.endswith("hire_date: “Hire Date” and “Original Hire Date”, which differ in 2 rows")
    assert "the latest hire are two facts" in asked.why
    assert "“Rehire Date”" in asked.do
    assert not [note for note in found.notes if "did you mean" in note]


def test_a_known_heading_that_another_column_goes_before_is_not_called_mistyped(tmp_path: Path) -> None:
    text = "Badge,Emp ID,Hired,Birthday,Terminated\nB1,E1,1994-10-15,1960-05-01,1995-01-31\n"
    found = Folder(tmp_path).imported({"census.csv": text}, CENSUS | {"columns": {"employee_id": "Badge"}})
    assert "census.csv: columns not used: Emp ID" in found.notes
    assert (
        found.people.employment.select("start", "end").height == found.people.employment.drop_nulls("end").height == 1
    )


def test_a_column_that_a_changed_template_no_longer_has_is_a_question() -> None:
    found = matched("census", ["EN", "Hire Date", "DOB"], columns={"birth_date": "Birthday"})
    assert found.open == ("birth_date",)
    assert "does not have" in found.questions[0].what


def test_social_security_numbers_are_not_read_and_are_no_key(tmp_path: Path) -> None:
    found = matched("census", ["SSN", "Hire Date"])
    assert found.open == ("employee_id",)
    assert "social security numbers are not read" in found.questions[0].what
    assert found.unused == ()
    text = "EN,SSN,Hire Date\nE1,900-11-2222,1994-10-15\n"
    imported = Folder(tmp_path).imported({"census.csv": text})
    assert imported.people.employees["employee_id"].to_list() == ["E1"]


def test_columns_nobody_asked_for_are_told(tmp_path: Path) -> None:
    text = census("E1,,1994-10-15,,,x,y", head="Employee ID,DOB,Hire Date,Term Date,Rehire Date,Shoe Size,Gender")
    found = Folder(tmp_path).imported({"census.csv": text}, CENSUS | {"ignore": ["gender"]})
    assert "census.csv: columns not used: Shoe Size" in found.notes


WRONG: list[tuple[dict[str, Any], str, str]] = [
    ({"files": []}, "files", "at least 1"),
    ({"colour": "red"}, "colour", "unknown key"),
    ({"files": [CENSUS | {"holds": "people"}]}, "files.0.holds", "'census'"),
    ({"files": [CENSUS | {"columns": {"shoe_size": "Size"}}]}, "files.0", "columns has shoe_size"),
    ({"files": [CENSUS | {"columns": {"hire_date": {"dates": ["us"]}}}]}, "files.0.columns.hire_date.dates.0", "mm/dd"),
    ({"files": [CENSUS | {"codes": {"status": {"A": "here"}}}]}, "files.0.codes.status.A.state", "'active'"),
    ({"files": [CENSUS | {"codes": {"reason": {"V": "bored"}}}]}, "files.0.codes.reason.V", "'quit'"),
    ({"files": [CENSUS | {"format": "fixed_width"}]}, "files.0", "a layout"),
    ({"files": [CENSUS | {"layout": {"employee_id": "1-9"}}]}, "files.0", "a layout"),
    ({"files": [CENSUS | {"columns": {"hire_date": ["A", "B"]}}]}, "files.0", "several headers"),
    ({"files": [CENSUS | {"columns": {"hire_date": {"blank": "zero"}}}]}, "files.0", "several headers"),
    ({"files": [CENSUS | {"columns": {"status": {"dates": ["mm/dd/yyyy"]}}}]}, "files.0", "`dates` is for days"),
    ({"files": [CENSUS | {"columns": {"hire_date": {"amounts": "implied_cents"}}}]}, "files.0", "`amounts` is for"),
    ({"plan_year_ends": "13-01"}, "plan_year_ends", "pattern"),
    (
        {"acknowledged": [{"rule": "required", "by": "P. Roll", "on": "1995-10-02", "why": "seen"}]},
        "acknowledged.0.rule",
        "not the code of a warning",
    ),
]


@pytest.mark.parametrize(("change", "place", "what"), WRONG, ids=[place for _, place, _ in WRONG])
def test_a_wrong_mapping_is_refused_at_its_place(change: dict[str, Any], place: str, what: str) -> None:
    with pytest.raises(PeopleError) as caught:
        parse_mapping({"profile": "test", "files": [CENSUS], **change}, "map.yaml")
    assert [problem.where for problem in caught.value.problems] == [f"map.yaml, {place}"]
    assert what in caught.value.problems[0].what


def test_numbers_in_yaml_are_the_words_they_are_written_as() -> None:
    entry = {"files": "pay*", "holds": "pay", "columns": {"salary_reduction": 401}}
    codes = {"earning": {1: {"hours": "service", "amount": "compensation"}}}
    found = parse_mapping({"profile": 1995, "files": [entry | {"codes": codes}]}, "map.yaml").files[0]
    assert found.columns["salary_reduction"].headers == ("401",)
    assert list(found.codes.earning) == ["1"]


def test_a_file_is_read_by_the_first_entry_that_fits_its_name_and_one_name_is_read_once(tmp_path: Path) -> None:
    folder = Folder(tmp_path)
    ids = {"columns": {"employee_id": "Badge"}}
    text = "EN,Badge,Hire Date\nE1,B1,1994-10-15\n"
    found = folder.imported({"census-1.csv": text}, CENSUS | {"files": "census-1*"} | ids, CENSUS)
    assert found.people.employees["employee_id"].to_list() == ["B1"]
    with pytest.raises(PeopleError, match="twice"):
        folder.imported({"census.csv": text, "./census.csv": None})


def test_pay_alone_says_nothing_of_who_was_employed(tmp_path: Path) -> None:
    found = Folder(tmp_path).imported({"pay.csv": payroll("E1,1995-01-01,1995-01-15,1995-01-20,80,1200,60")})
    assert found.exit_code == 3
    assert found.questions[-1].what == "no census and no file of employment"


# ---- social security numbers as keys ----------------------------------------------------------

HASHED = {"employee_id": {"header": "SSN", "hashed": True}}
NUMBERS = "SSN,Hire Date\n900-11-2222,1994-10-15\n900113333,1994-10-15\n"


def test_a_file_keyed_by_numbers_gets_keys_that_only_the_secret_makes(tmp_path: Path) -> None:
    folder = Folder(tmp_path)
    entry = CENSUS | {"columns": HASHED}
    found = folder.imported({"census.csv": NUMBERS}, entry, secret=b"ours")
    again = folder.imported({"census.csv": NUMBERS.replace("-", "", 2)}, entry, secret=b"ours")
    other = folder.imported({"census.csv": NUMBERS}, entry, secret=b"theirs")
    keys = found.people.employees["employee_id"]
    assert keys.n_unique() == 2
    assert keys.equals(again.people.employees["employee_id"])
    assert not set(keys) & set(other.people.employees["employee_id"])
    assert not [key for key in keys if "1122" in key]


def test_numbers_are_not_hashed_without_a_secret_and_not_taken_as_they_are(tmp_path: Path) -> None:
    folder = Folder(tmp_path)
    no_secret = folder.imported({"census.csv": NUMBERS}, CENSUS | {"columns": HASHED})
    assert "no secret was given" in no_secret.questions[0].what
    plainly = folder.imported({"census.csv": NUMBERS}, CENSUS | {"columns": {"employee_id": "SSN"}})
    assert "not taken as they are" in plainly.questions[0].what
    assert (no_secret.exit_code, plainly.exit_code) == (3, 3)


def test_what_is_no_number_is_told_and_lost_zeros_are_restored_and_told(tmp_path: Path) -> None:
    rows = ["1234567,1994-10-15", "90-011-2222,1994-10-15", "999999999,1994-10-15", "123,1994-10-15"]
    text = "\n".join(["SSN,Hire Date", *rows])
    found = Folder(tmp_path).imported({"census.csv": text}, CENSUS | {"columns": HASHED}, secret=b"ours")
    assert told(found) == [("census.csv", row, "SSN", "unreadable_number") for row in (3, 4, 5)]
    assert "census.csv: SSN: leading zeros restored" in found.notes
    whole = Folder(tmp_path).imported(
        {"census.csv": "SSN,Hire Date\n001-23-4567,1994-10-15\n"}, CENSUS | {"columns": HASHED}, secret=b"ours"
    )
    assert whole.people.employees["employee_id"].equals(found.people.employees["employee_id"])
