"""Readers of people: what a file may look like, and what is said of one that cannot be read, without any facts."""

import json
from pathlib import Path
from typing import Any

import pytest
from oracle_example import pay, person, spell
from polars.testing import assert_frame_equal

from planrules import People, Person, read_people, read_person
from planrules.errors import PeopleError, Problem
from planrules.people.frames import SCHEMAS

ANN = person(spell("1994-10-15"), rows=[pay("1994-10-15", "1994-10-31", "88.00", "1200.00", "60.00")])
BEN = person(spell("1990-03-01", "1995-05-17", "layoff"), employee_id="E2", birth_date=None, classes=None, pay=None)
FACT = "1961-07-23"
"""A personal value that no message may repeat."""


@pytest.fixture
def file(tmp_path: Path) -> Path:
    return tmp_path / "people.json"


def written(file: Path, content: object) -> Path:
    file.write_text(content if isinstance(content, str) else json.dumps(content), encoding="utf-8")
    return file


def refused(file: Path, *, one: bool = False) -> tuple[Problem, ...]:
    """The problems of a file, each with its place and what to do."""
    with pytest.raises(PeopleError) as caught:
        (read_person if one else read_people)(file)
    assert caught.value.exit_code == 3
    assert all(problem.where.startswith(file.name) and problem.what and problem.do for problem in caught.value.problems)
    assert FACT not in str(caught.value)
    return caught.value.problems


def same(one: People, other: People) -> None:
    for table in SCHEMAS:
        assert_frame_equal(getattr(one, table), getattr(other, table))


# ---- what a file may look like --------------------------------------------------------


def test_one_person(file: Path) -> None:
    found = read_person(written(file, ANN))
    assert found.model_dump(mode="json", by_alias=True)["pay"][0]["compensation"] == "1200.00"
    same(read_people(file), People.from_persons([found]))


def test_a_path_may_be_text(file: Path) -> None:
    assert read_person(str(written(file, ANN))).employee_id == "E1"


def test_a_list(file: Path) -> None:
    people = read_people(written(file, [ANN, BEN]))
    assert people.employees["employee_id"].to_list() == ["E1", "E2"]
    assert people.employees["pay_known"].to_list() == [True, False]


def test_json_lines_with_empty_lines_between(file: Path) -> None:
    lines = written(file.with_suffix(".jsonl"), f"{json.dumps(ANN)}\n\n{json.dumps(BEN)}\n")
    same(read_people(lines), read_people(written(file, [ANN, BEN])))


def test_json_lines_end_at_line_feeds_only(file: Path) -> None:
    text = json.dumps(ANN | {"employee_id": "E\u20281\x85"}, ensure_ascii=False)
    assert read_people(written(file.with_suffix(".jsonl"), text)).employees["employee_id"].to_list() == ["E\u20281\x85"]


def test_a_folder_of_parquet_tables(tmp_path: Path) -> None:
    people = read_people(written(tmp_path / "people.json", [ANN, BEN]))
    (folder := tmp_path / "tables").mkdir()
    for table in SCHEMAS:
        getattr(people, table).write_parquet(folder / f"{table}.parquet")
    same(read_people(folder), people)


def test_a_folder_without_classes_or_pay_leaves_both_unknown(tmp_path: Path) -> None:
    people = People.from_persons([Person.model_validate(ANN)])
    people.employees.select("employee_id").write_parquet(tmp_path / "employees.parquet")
    people.employment.write_parquet(tmp_path / "employment.parquet")
    found = read_people(tmp_path)
    assert found.employees.select("classes_known", "pay_known").row(0) == (False, False)
    assert (found.classes.height, found.pay.height) == (0, 0)


def test_a_byte_order_mark_is_no_content(file: Path) -> None:
    file.write_bytes(b"\xef\xbb\xbf" + json.dumps(ANN).encode())
    assert read_person(file).employee_id == "E1"


def test_numbers_with_a_point_are_exact(file: Path) -> None:
    text = json.dumps(ANN).replace('"88.00"', "88.07").replace('"1200.00"', "1200.1")
    found = read_person(written(file, text)).pay
    assert found is not None
    assert (str(found[0].hours), str(found[0].compensation)) == ("88.07", "1200.1")


# ---- what cannot be read ----------------------------------------------------------------


@pytest.mark.parametrize("content", ["", " \n\t\n", "\ufeff"])
def test_an_empty_file_has_nobody(file: Path, content: str) -> None:
    for one in (True, False):
        (problem,) = refused(written(file, content), one=one)
        assert problem.what == "no person in it"


def test_an_empty_list_has_nobody(file: Path) -> None:
    (problem,) = refused(written(file, []))
    assert problem.what == "no person in it"


def test_a_file_that_is_not_there(file: Path) -> None:
    for one in (True, False):
        (problem,) = refused(file, one=one)
        assert problem.what == "there is no such file"


def test_a_directory_is_not_one_person(tmp_path: Path) -> None:
    (problem,) = refused(tmp_path, one=True)
    assert problem.what.startswith("cannot be read")


def test_text_that_is_not_utf_8(file: Path) -> None:
    file.write_bytes(json.dumps(ANN).encode("utf-16"))
    (problem,) = refused(file, one=True)
    assert problem.what == "cannot be read (UnicodeDecodeError)"


@pytest.mark.parametrize(
    ("content", "place"),
    [
        ('{"employee_id": "E1",', "line 1, column 22"),
        ('{"employee_id": "E1"\n "employment": []}', "line 2, column 2"),
        ("employee_id,start", "line 1, column 1"),
        ('{"birth_date": 1961-07-23}', "line 1, column 20"),
    ],
)
def test_bad_json_is_told_by_line_and_column(file: Path, content: str, place: str) -> None:
    (problem,) = refused(written(file, content), one=True)
    assert (problem.what, problem.where) == ("not valid JSON", f"people.json, {place}")


@pytest.mark.parametrize(
    "content",
    [
        pytest.param("[" * 100_000, id="nested too deep"),
        pytest.param('{"employee_id": ' + "9" * 5000 + "}", id="a number too long for a computer"),
    ],
)
def test_json_that_only_a_machine_would_write_is_refused_too(file: Path, content: str) -> None:
    assert refused(written(file, content), one=True)


@pytest.mark.parametrize("content", [[ANN], [ANN, BEN], None, "E1", 1, []])
def test_a_file_asked_for_one_person_holds_one(file: Path, content: object) -> None:
    assert refused(written(file, json.dumps(content)), one=True)


def test_a_key_given_twice_is_refused_because_one_of_them_would_be_lost(file: Path) -> None:
    text = json.dumps(BEN).replace('"pay": null', '"pay": [], "pay": null')
    assert refused(written(file, text), one=True)


# ---- a person that is not valid -------------------------------------------------------------


def broken(*path: str | int, value: object) -> dict[str, Any]:
    """Ann with one value replaced or added."""
    copy: dict[str, Any] = json.loads(json.dumps(ANN))
    place: Any = copy
    for step in path[:-1]:
        place = place[step]
    place[path[-1]] = value
    return copy


WRONG = [
    (broken("nickname", value=FACT), "nickname", "unknown field"),
    (broken("pay", 0, "shift", value=FACT), "pay row 1, shift", "unknown field"),
    (broken("pay", 0, "hours", value="88.123"), "pay row 1, hours", "more than two decimal places"),
    (broken("pay", 0, "hours", value=-1), "pay row 1, hours", "a negative amount or negative hours"),
    (broken("pay", 0, "paid_on", value=f"{FACT}x"), "pay row 1, paid_on", "date"),
    (broken("birth_date", value="1961-02-29"), "birth_date", "date"),
    (broken("birth_date", value=FACT.replace("-", "/")), "birth_date", "date"),
    (broken("employment", value=[]), "employment", "an empty list where at least one entry is needed"),
    (broken("employment", 0, "reason", value="was bored"), "employment row 1, reason", "'quit'"),
    (broken("accounts", value={"deferral": "1.00"}), "accounts, employer", "a required field is missing"),
]


@pytest.mark.parametrize(("data", "place", "what"), WRONG, ids=[f"{place} {what}" for _, place, what in WRONG])
def test_each_wrong_field_is_named_and_its_value_is_not(file: Path, data: object, place: str, what: str) -> None:
    problems = refused(written(file, data), one=True)
    assert [problem for problem in problems if problem.where.endswith(f", {place}") and what in problem.what]
    assert len(problems) == (3 if place == "accounts, employer" else 1)
    said = " ".join(str(problem) for problem in problems)
    assert not [value for value in ("88.123", "1961-02-29", "1961/07/23", "was bored") if value in said]


@pytest.mark.parametrize(
    ("right", "slip", "place"),
    [("birth_date", "birthdate", "birthdate"), ("employment", "employement", "employement")],
)
def test_a_slip_in_a_field_is_told_once_with_the_field_it_is_nearest_to(
    file: Path, right: str, slip: str, place: str
) -> None:
    data = {slip if name == right else name: value for name, value in ANN.items()}
    (problem,) = refused(written(file, data), one=True)
    assert (problem.what, problem.where.endswith(f", {place}")) == ("unknown field", True)
    assert problem.do == f"Write `{right}` if it is meant, or take it out."
    assert right in problem.why


def test_a_slip_in_a_row_is_told_by_its_row(file: Path) -> None:
    (problem,) = refused(written(file, broken("pay", 0, "hourz", value="1")), one=True)
    assert problem.where.endswith(", pay row 1, hourz")
    assert "`hours`" in problem.do


def test_no_file_and_a_file_of_a_plan_are_told_in_one_sentence(file: Path) -> None:
    (absent,) = refused(file.with_name("absent.json"), one=True)
    assert str(absent) == "absent.json: there is no such file. A person is read from a file. Check the path."
    (plan,) = refused(written(file, "form: adoption-agreement-005\nchecked: {}\n"), one=True)
    assert plan.what == "this is a file of a plan, not a person"


def test_every_problem_of_everybody_is_told_with_the_person_s_place(file: Path) -> None:
    people = [broken("birth_date", value="x"), ANN, broken("pay", 0, "hours", value="x") | {"nickname": 1}]
    in_list = [problem.where for problem in refused(written(file, people))]
    assert in_list == [
        f"people.json person {place}" for place in ("1, birth_date", "3, pay row 1, hours", "3, nickname")
    ]
    lines = "\n".join(json.dumps(each) for each in people)
    in_lines = [problem.where for problem in refused(written(file.with_suffix(".jsonl"), lines))]
    assert in_lines == [
        f"people.jsonl line {place}" for place in ("1, birth_date", "3, pay row 1, hours", "3, nickname")
    ]


def test_a_line_that_is_not_json_hides_no_other_problem(file: Path) -> None:
    lines = f"{{\n{json.dumps(broken('birth_date', value='x'))}"
    assert len(refused(written(file.with_suffix(".jsonl"), lines))) == 2


# ---- folders --------------------------------------------------------------------------------


def test_a_folder_needs_employees_and_employment(tmp_path: Path) -> None:
    with pytest.raises(PeopleError, match="employees and employment are needed"):
        read_people(tmp_path)


def test_a_table_that_is_not_parquet(tmp_path: Path) -> None:
    (tmp_path / "employees.parquet").write_text(FACT, encoding="utf-8")
    with pytest.raises(PeopleError, match="cannot be read") as caught:
        read_people(tmp_path)
    assert FACT not in str(caught.value)


def test_a_table_of_an_unknown_name_is_not_passed_over(tmp_path: Path) -> None:
    people = People.from_persons([])
    for table in ("employees", "employment"):
        getattr(people, table).write_parquet(tmp_path / f"{table}.parquet")
    people.pay.write_parquet(tmp_path / "payroll.parquet")
    with pytest.raises(PeopleError, match="payroll"):
        read_people(tmp_path)
