"""People files that the command line refuses: exit code 3, the place, what to do, never a value or a traceback."""

import json
from pathlib import Path
from typing import Any

import pytest
from asking import ELECTIONS, ROOT
from shell import BAD_DATA, CLEAN, Shell

GOOD = json.loads((ROOT / "docs" / "examples" / "joined.json").read_text(encoding="utf-8"))
SPELL = {"employer": "Steel Technologies Inc.", "start": "1994-10-17", "end": None}
ROW = {"start": "1995-03-06", "end": "1995-03-19", "paid_on": "1995-03-24", "hours": "86.31", "compensation": "1061.37"}
PERSON: dict[str, Any] = {
    "employee_id": "E-70417",
    "birth_date": "1961-07-23",
    "employment": [SPELL],
    "classes": [],
    "pay": [ROW],
    "accounts": dict.fromkeys(("deferral", "regular_matching", "employer", "qualified_nonelective"), "1061.37"),
}


def spells(*changes: dict[str, Any]) -> dict[str, Any]:
    return {"employment": [SPELL | change for change in changes]}


def row(**changes: Any) -> dict[str, Any]:  # noqa: ANN401  any value, wrong ones too
    return {"pay": [ROW | changes]}


# What is changed in the person; the place and the rule that are told.
REFUSED: dict[str, tuple[dict[str, Any], str, str]] = {
    "hire after termination": (
        spells({"end": "1994-10-16"}),
        "employment row 1, end",
        "the employment ends before it starts",
    ),
    "overlapping spells": (
        spells({"end": "1996-01-09"}, {"start": "1996-01-09"}),
        "employment row 2, start",
        "two stretches with one employer overlap",
    ),
    "more than 24 hours a day": (row(hours="336.01"), "pay row 1, hours", "more than 24 hours a day"),
    "unknown class": (
        {"classes": [{"class": "night shift", "start": "1994-10-17"}]},
        "classes row 1, class",
        "a class of employees the plan does not know",
    ),
    "unknown employer": (
        spells({"employer": "Acme Ltd."}),
        "employment row 1, employer",
        "an employer the plan does not name",
    ),
    "work before hire": (row(start="1994-10-16"), "pay row 1, start", "work before the first day of employment"),
    "born after hire": (
        {"birth_date": "1994-10-18"},
        "person.json, birth_date",
        "the first day of employment is before birth",
    ),
    "reduction above pay": (row(salary_reduction="1061.38"), "pay row 1, salary_reduction", "a salary reduction above"),
    "negative hours": (row(hours="-0.01"), "pay row 1, hours", "a negative amount or negative hours"),
    "unknown reason": (
        spells({"end": "1996-01-09", "reason": "was bored"}),
        "employment row 1, reason",
        "not one of the words 'quit', 'discharge'",
    ),
    "a date that is none": (row(end="1995-02-29"), "pay row 1, end", "date"),
    "another date that is none": ({"birth_date": "7/23/1961"}, "birth_date", "date"),
    "three decimals": (row(compensation=1061.375), "pay row 1, compensation", "more than two decimal places"),
    "an unknown field": ({"nickname": "Red"}, "nickname", "unknown field"),
    "no employment": ({"employment": []}, "employment", "an empty list where at least one entry is needed"),
}


@pytest.fixture
def file(tmp_path: Path) -> Path:
    return tmp_path / "person.json"


def refused(shell: Shell, file: Path) -> str:
    """What is said of a refused file, as text and as JSON alike; nothing is printed as an answer."""
    said = [shell("answer", ELECTIONS, file, "--as-of", "1996-03-31", *more) for more in ((), ("--json",))]
    assert [(each.code, each.out) for each in said] == [(BAD_DATA, "")] * 2
    assert said[0].error == said[1].error
    return said[0].error


def values(data: Any) -> set[str]:  # noqa: ANN401  any JSON value
    """Every value in the file, as it would be repeated."""
    match data:
        case dict():
            return {value for item in data.values() for value in values(item)}
        case list():
            return {value for item in data for value in values(item)}
        case _:
            return set() if data is None else {str(data)}


def test_the_person_is_good_before_it_is_changed(shell: Shell, file: Path) -> None:
    file.write_text(json.dumps(PERSON), encoding="utf-8")
    assert shell("answer", ELECTIONS, file, "--as-of", "1996-03-31").code == CLEAN


@pytest.mark.parametrize("name", REFUSED)
def test_bad_data_is_told_with_its_place_and_without_its_value(shell: Shell, file: Path, name: str) -> None:
    change, place, rule = REFUSED[name]
    data = PERSON | change
    file.write_text(json.dumps(data), encoding="utf-8")
    said = refused(shell, file)
    assert place in said
    assert rule in said
    assert [value for value in values(data) - {SPELL["employer"]} if value in said] == []


@pytest.mark.parametrize("name", ["three decimals", "hire after termination"])
def test_bad_data_is_told_with_the_name_of_the_file(shell: Shell, file: Path, name: str) -> None:
    file.write_text(json.dumps(PERSON | REFUSED[name][0]), encoding="utf-8")
    assert refused(shell, file).startswith("person.json, ")


@pytest.mark.parametrize(
    ("content", "said"),
    [
        (None, "there is no such file"),
        ("", "no person in it"),
        ("\n", "no person in it"),
        ('{"employee_id": "E-70417"', "not valid JSON"),
        ("employee_id,birth_date\nE-70417,1961-07-23", "not valid JSON"),
        ("[]", ""),
        ("null", ""),
        (json.dumps([PERSON, PERSON]), ""),
        ("[" * 100_000, ""),
        ('{"employee_id": ' + "9" * 5000 + "}", ""),
    ],
    ids=lambda value: str(value)[:20],
)
def test_a_file_that_does_not_hold_one_person(shell: Shell, file: Path, content: str | None, said: str) -> None:
    if content is not None:
        file.write_text(content, encoding="utf-8")
    error = refused(shell, file)
    assert error.startswith("person.json")
    assert said in error
    assert "70417" not in error
    assert "1961" not in error


def test_a_directory_is_not_a_person(shell: Shell, file: Path) -> None:
    said = refused(shell, file.parent)
    assert "a folder, which may hold the tables of many people" in said
    assert "--employee" in said


def test_every_problem_is_told_at_once(shell: Shell, file: Path) -> None:
    data = PERSON | row(hours="336.01", salary_reduction="1061.38") | {"birth_date": "1994-10-18"}
    file.write_text(json.dumps(data), encoding="utf-8")
    assert len([line for line in refused(shell, file).splitlines() if not line.startswith(" ")]) == 3


@pytest.mark.parametrize("key", ["[/x]", "[red]", "pay[0]", "[bold"])
def test_an_unknown_field_with_brackets_is_shown_as_it_is(shell: Shell, file: Path, key: str) -> None:
    file.write_text(json.dumps(PERSON | {key: 1}), encoding="utf-8")
    assert f"{key}: unknown field" in refused(shell, file)


@pytest.mark.parametrize("number", ["E[/bold]1", "E[red]1", "E[1]", "=1+1"])
def test_a_number_with_brackets_is_shown_as_it_is(shell: Shell, file: Path, number: str) -> None:
    file.write_text(json.dumps(PERSON | {"employee_id": number}), encoding="utf-8")
    printed = shell("answer", ELECTIONS, file, "--as-of", "1996-03-31")
    assert (printed.code, number in printed.out.splitlines()[0]) == (CLEAN, True)
