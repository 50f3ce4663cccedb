"""The command line: what it prints, its exit codes, and that no refusal is a traceback or repeats a personal value."""

import json
import shlex
from pathlib import Path
from typing import Any

import pytest
import typer
import yaml
from asking import ELECTIONS, FACTS, ROOT, elections, elections_for, facts
from jsonschema import Draft202012Validator
from shell import BAD_DATA, CLEAN, FINDINGS, USAGE, Shell

from planrules import Answer
from planrules.cli import SchemaName, app

TITLES = {
    "answer": "Answer",
    "person": "Person",
    "elections": "Elections",
    "facts": "PlanFacts",
    "report": "Report",
    "mapping": "ImportMapping",
    "layout": "Layout",
    "manifest": "Manifest",
}
EXAMPLES = sorted((ROOT / "docs" / "examples").glob("*.json"))
JOINED = ROOT / "docs" / "examples" / "joined.json"
AS_OF = ("--as-of", "1996-03-31")
FILES = ROOT / "docs" / "examples" / "import"
CENSUS, MAP = FILES / "census-1996.csv", FILES / "one-row-a-person.yaml"
COMMANDS = typer.main.get_command(app).commands  # type: ignore[attr-defined]  # an app of several commands is a group


def schema(shell: Shell, name: str) -> dict[str, Any]:
    found: dict[str, Any] = json.loads(shell("schema", name).out)
    Draft202012Validator.check_schema(found)
    return found


# ---- what it prints ---------------------------------------------------------------------------


def test_an_answer_begins_with_the_sentence_and_ends_with_the_plan(shell: Shell) -> None:
    printed = shell("answer", ELECTIONS, JOINED, *AS_OF)
    assert printed.code == CLEAN
    assert printed.out.startswith("E1001 joined the Plan on January 1, 1996.\n")
    for part in ("October 14, 1995", "1,040 hours", "AA 2.01(b)(1)", "AA 2.01(f)", "1995-09-30", "illustrative"):
        assert part in printed.out


def test_json_is_the_answer_object(shell: Shell) -> None:
    printed = shell("answer", ELECTIONS, JOINED, *AS_OF, "--json")
    answer = Answer.model_validate_json(printed.out)
    assert (printed.code, answer.employee_id, str(answer.participation.entry_on)) == (CLEAN, "E1001", "1996-01-01")


@pytest.mark.parametrize("file", EXAMPLES, ids=lambda file: file.stem)
def test_example_answers_and_persons_satisfy_their_schemas(shell: Shell, file: Path) -> None:
    Draft202012Validator(schema(shell, "person")).validate(json.loads(file.read_text(encoding="utf-8")))
    printed = shell("answer", elections_for(file), file, *AS_OF, "--json")
    Draft202012Validator(schema(shell, "answer")).validate(json.loads(printed.out))


def test_an_answer_satisfies_its_schema_when_nobody_decided_how_to_read_the_agreement(
    shell: Shell, tmp_path: Path
) -> None:
    said = {key: value for key, value in elections().items() if key != "readings"}
    (undecided := tmp_path / "undecided.yaml").write_text(yaml.safe_dump(said), encoding="utf-8")
    left_in_march = json.loads(JOINED.read_text(encoding="utf-8"))
    left_in_march["employment"][0] |= {"end": "1996-03-31", "reason": "quit"}
    (person := tmp_path / "person.json").write_text(json.dumps(left_in_march), encoding="utf-8")
    assert shell("answer", undecided, person, "--as-of", "1996-09-30", "--facts", FACTS).code == CLEAN
    printed = shell("answer", undecided, person, "--as-of", "1996-09-30", "--facts", FACTS, "--json")
    Draft202012Validator(schema(shell, "answer")).validate(json.loads(printed.out))


def test_the_sample_elections_and_facts_satisfy_their_schemas(shell: Shell) -> None:
    for name, sample in (("elections", elections()), ("facts", facts())):
        plain = json.loads(json.dumps(sample, default=lambda day: day.isoformat()))
        Draft202012Validator(schema(shell, name)).validate(plain)


@pytest.mark.parametrize("name", list(SchemaName))
def test_every_schema_is_of_2020_12_and_knows_its_title(shell: Shell, name: SchemaName) -> None:
    found = schema(shell, name)
    assert found["$schema"] == "https://json-schema.org/draft/2020-12/schema"
    assert (found["type"], found["additionalProperties"]) == ("object", False)
    assert found["title"] == TITLES[name]


def test_the_person_schema_refuses_what_the_reader_refuses(shell: Shell) -> None:
    check = Draft202012Validator(schema(shell, "person"))
    person = json.loads(JOINED.read_text(encoding="utf-8"))
    assert check.is_valid(person)
    for wrong in (person | {"ssn": "1"}, person | {"employment": []}, {"employment": person["employment"]}):
        assert not check.is_valid(wrong)


def test_the_plan_is_shown_with_the_option_behind_each_line(shell: Shell) -> None:
    printed = shell("show", ELECTIONS)
    assert printed.code == CLEAN
    for part in (
        "Who can join",
        "Left out: Employees under collective bargaining, Leased Employees.",
        "AA 1.07(b)",
        "100% at 5 Years of Service",
        "90th day",
    ):
        assert part in printed.out
    assert "nobody has decided" not in printed.out


def test_facts_beside_the_elections_are_read_unless_others_are_named(shell: Shell, tmp_path: Path) -> None:
    assert "50% of the first tier and 25% of the next" in " ".join(shell("show", ELECTIONS).out.split())
    other = facts() | {"match_rates": [{"from": "1993-08-01", "tier_1": 100, "tier_2": 0}], "illustrative": False}
    (file := tmp_path / "other.yaml").write_text(yaml.safe_dump(other), encoding="utf-8")
    shown = " ".join(shell("show", ELECTIONS, "--facts", file).out.split())
    assert "100% of the first tier and 0% of the next" in shown
    assert "illustrative" not in shown


def test_without_facts_there_is_no_rate(shell: Shell, tmp_path: Path) -> None:
    (alone := tmp_path / "alone.yaml").write_text(ELECTIONS.read_text(encoding="utf-8"), encoding="utf-8")
    assert "No rates are on file" in shell("show", alone).out


# ---- help --------------------------------------------------------------------------------------


@pytest.mark.parametrize("command", COMMANDS)
def test_the_help_of_every_command_has_an_example_that_runs(shell: Shell, command: str) -> None:
    printed = shell(command, "--help")
    words = shlex.split(COMMANDS[command].epilog.partition("`")[2].rpartition("`")[0])
    assert printed.code == CLEAN
    assert " ".join(words) in " ".join(printed.out.split())
    assert words[:2] == ["planrules", command]
    assert shell(*words[1:]).code == CLEAN


def test_help_names_every_command(shell: Shell) -> None:
    out = shell("--help").out
    assert all(command in out for command in COMMANDS)


# ---- exit code 1: the plan ---------------------------------------------------------------------


@pytest.mark.parametrize(
    ("key", "value", "said"),
    [
        ("checked", elections()["checked"] | {"2.01(z)": None}, "2.01(z)"),
        ("checked", elections()["checked"] | {"2.03(b)": None}, "2.03(b)"),
        ("readings", {"match_employment_condition": "sometimes"}, "unknown option sometimes"),
        ("readings", {"the_moon": "full"}, "unknown reading the_moon"),
        ("colour", "blue", "colour is not a key"),
    ],
)
def test_a_wrong_plan_is_a_finding(shell: Shell, tmp_path: Path, key: str, value: object, said: str) -> None:
    (file := tmp_path / "elections.yaml").write_text(yaml.safe_dump(elections() | {key: value}), encoding="utf-8")
    for words in (("show", file), ("answer", file, JOINED, *AS_OF)):
        printed = shell(*words)
        assert printed.code == FINDINGS
        assert said in " ".join(printed.error.split())
        assert printed.out == ""


@pytest.mark.parametrize("content", ["match_rates: 50", "match_rates: [{from: never}]"])
def test_a_wrong_plan_file_is_a_finding(shell: Shell, tmp_path: Path, content: str) -> None:
    (file := tmp_path / "plan.yaml").write_text(content, encoding="utf-8")
    assert shell("show", file).code == FINDINGS
    assert shell("show", ELECTIONS, "--facts", file).code == FINDINGS


# ---- every command alike -------------------------------------------------------------------------

# Each command with a file in the place of one that it reads; those that read none are left out by name.
READING: dict[str, tuple[tuple[object, ...], ...]] = {
    "answer": (
        ("{file}", JOINED, *AS_OF),
        (ELECTIONS, "{file}", *AS_OF),
        (ELECTIONS, JOINED, *AS_OF, "--facts", "{file}"),
    ),
    "check": (("{file}",), ("{file}", ELECTIONS)),
    "evaluate": (("{file}", "--people", "docs/examples/people", *AS_OF, "--out", "never"),),
    "payback": (("docs/examples/answers-1996-03-31", "--layout", "{file}", "--out", "never.csv"),),
    "read": (("{file}",),),
    "serve": (("{file}", "--check"), (ELECTIONS, "--facts", "{file}", "--check")),
    "show": (("{file}",), (ELECTIONS, "--facts", "{file}")),
    "prove": (("{file}",), (ELECTIONS, "--facts", "{file}")),
    "import": (
        ("{file}", "--map", MAP, "--dry-run"),
        (CENSUS, "--map", "{file}", "--dry-run"),
        (CENSUS, "--map", MAP, "--last", "{file}", "--dry-run"),
    ),
}
READING_NONE = {"changes", "sample", "schema"}


def given(command: str, words: tuple[object, ...], file: Path) -> tuple[object, ...]:
    return (command, *(file if word == "{file}" else word for word in words))


def test_every_command_is_tried_with_files_that_cannot_be_read() -> None:
    assert set(READING) | READING_NONE == set(COMMANDS)


@pytest.mark.parametrize("command", READING)
@pytest.mark.parametrize("content", [None, b"checked: [", b"\xff\xfe\x81\x00", b""])
def test_a_file_that_cannot_be_read_is_bad_data_to_every_command(
    shell: Shell, tmp_path: Path, command: str, content: bytes | None
) -> None:
    file = tmp_path / "wrong.yaml"
    if content is not None:
        file.write_bytes(content)
    for words in READING[command]:
        if content == b"" and "--facts" in words:
            continue  # an empty file of facts holds no facts, and is one
        printed = shell(*given(command, words, file))
        assert (printed.code, words) == (BAD_DATA, words)
        assert printed.error.startswith("wrong.yaml")


@pytest.mark.parametrize("command", READING)
def test_a_folder_is_bad_data_to_every_command(shell: Shell, tmp_path: Path, command: str) -> None:
    for words in READING[command]:
        assert shell(*given(command, words, tmp_path)).code == BAD_DATA


@pytest.mark.parametrize("command", COMMANDS)
def test_an_unknown_option_is_wrong_usage_of_every_command(shell: Shell, command: str) -> None:
    words = shlex.split(COMMANDS[command].epilog.partition("`")[2].rpartition("`")[0])[1:]
    assert shell(*words, "--colour").code == USAGE


# ---- exit code 2: usage --------------------------------------------------------------------------


@pytest.mark.parametrize(
    "words",
    [
        ("answer",),
        ("answer", ELECTIONS, JOINED),
        ("answer", ELECTIONS, *AS_OF),
        ("answer", ELECTIONS, JOINED, "--as-of", "31.3.1996"),
        ("answer", ELECTIONS, JOINED, "--as-of", "1996-02-30"),
        ("answer", ELECTIONS, JOINED, "--as-of", ""),
        ("answer", ELECTIONS, JOINED, *AS_OF, "--jason"),
        ("show",),
        ("schema",),
        ("schema", "letter"),
        ("guess",),
        (),
    ],
    ids=lambda words: " ".join(getattr(word, "name", word) for word in words) or "nothing",
)
def test_wrong_usage(shell: Shell, words: tuple[object, ...]) -> None:
    assert shell(*words).code == USAGE


@pytest.mark.parametrize("as_of", ["0001-01-01", "1974-09-01", "9998-12-31", "9999-12-31"])
def test_a_day_far_from_the_plan_s_time_is_refused_in_words(shell: Shell, as_of: str) -> None:
    assert shell("answer", ELECTIONS, JOINED, "--as-of", as_of).code in (USAGE, BAD_DATA)
