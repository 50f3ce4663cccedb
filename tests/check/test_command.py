"""`planrules check`: what it prints, its JSON and its exit status."""

import json
from pathlib import Path

import pytest
from check.filled import ANSWERED, STEEL
from jsonschema import Draft202012Validator
from pydantic import TypeAdapter

from planrules.check import Report, check_elections
from planrules.cli import run

CLEAN, FINDINGS, USAGE, BAD_DATA = 0, 1, 2, 3


@pytest.fixture
def shell(monkeypatch: pytest.MonkeyPatch, capsys: pytest.CaptureFixture[str]) -> "Shell":
    monkeypatch.setenv("COLUMNS", "500")
    return Shell(monkeypatch, capsys)


class Shell:
    """Runs the check in this process; what it finds is its output, so it stands on standard output."""

    def __init__(self, monkeypatch: pytest.MonkeyPatch, capsys: pytest.CaptureFixture[str]) -> None:
        self._monkeypatch, self._capsys = monkeypatch, capsys

    def __call__(self, *words: object) -> tuple[int, str, str]:
        self._monkeypatch.setattr("sys.argv", ["planrules", "check", *map(str, words)])
        with pytest.raises(SystemExit) as ended:
            run()
        said = self._capsys.readouterr()
        return int(ended.value.code or 0), said.out, said.err


def test_the_outcome_comes_first_and_each_finding_has_its_citation(shell: Shell) -> None:
    code, out, error = shell(STEEL)
    lines = out.splitlines()
    assert (code, error, lines[0]) == (
        FINDINGS,
        "",
        "steel-technologies.yaml: 3 errors, held against the law of August 1, 1993.",
    )
    assert [line.strip() for line in lines if line.strip().startswith("[")] == [
        "[none_chosen] AA 1.07(j), AA 1.07(k)",
        "[more_than_one] AA 6.01(b), AA 6.01(e)",
        "[alone_or_others] AA 6.02(a), AA 6.02(c), AA 6.02(d)",
    ]


def test_what_is_acknowledged_is_shown_with_its_reason_and_passes(shell: Shell) -> None:
    code, out, _ = shell(ANSWERED)
    assert (code, out.splitlines()[0]) == (
        CLEAN,
        "agreement-with-answers.yaml: 1 acknowledged, held against the law of January 1, 1994.",
    )
    assert "Acknowledged: No other employer belongs to the group" in out


def test_json_has_the_same_fields(shell: Shell) -> None:
    code, out, _ = shell(STEEL, "--json")
    data = json.loads(out)
    assert code == FINDINGS
    assert set(data) == {"elections", "law_of", "findings", "passed"}
    fields = {"severity", "code", "cites", "what", "why", "do", "readings", "acknowledged"}
    assert all(set(found) == fields for found in data["findings"])
    assert data == json.loads(check_elections(STEEL).model_dump_json())
    assert Report.model_validate({key: data[key] for key in data if key != "passed"}) == check_elections(STEEL)


def test_json_satisfies_its_schema(shell: Shell) -> None:
    schema = TypeAdapter(Report).json_schema(mode="serialization")
    for elections in (STEEL, ANSWERED):
        Draft202012Validator(schema).validate(json.loads(shell(elections, "--json")[1]))


def test_the_law_of_another_day(shell: Shell) -> None:
    code, out, _ = shell(STEEL, "--as-of", "2003-10-01")
    assert code == FINDINGS
    assert out.startswith("steel-technologies.yaml: 4 errors, held against the law of October 1, 2003.\n")
    assert "[vesting_too_slow] AA 5.03(b), IRC 411(a)(12) before 2007" in out


def test_several_files_are_told_one_after_the_other_and_the_worst_decides(shell: Shell, tmp_path: Path) -> None:
    code, out, error = shell(ANSWERED, STEEL)
    heads = [line for line in out.splitlines() if line.endswith(("1994.", "1993."))]
    assert (code, error) == (FINDINGS, "")
    assert [head.partition(":")[0] for head in heads] == [str(ANSWERED), str(STEEL)]
    assert out.splitlines()[-2:] == [
        "2 files checked: 1 without an open error, 1 with some.",
        f"Next: begin with `planrules check {STEEL}`, which says what to do about each of its errors.",
    ]
    assert shell(ANSWERED, ANSWERED)[0] == CLEAN
    code, out, error = shell(STEEL, tmp_path / "none.yaml", ANSWERED)
    assert (code, error.partition(":")[0]) == (BAD_DATA, "none.yaml")
    assert "agreement-with-answers.yaml: 1 acknowledged" in out


def test_a_whole_folder_can_be_given_and_its_plan_facts_are_left_out(shell: Shell) -> None:
    files = sorted((STEEL.parent).glob("*.yaml"))
    facts = [file for file in files if file.name.endswith(".facts.yaml")]
    code, out, error = shell(*files)
    assert (code, error) == (FINDINGS, "")
    assert [line.partition(":")[0] for line in out.splitlines() if "not checked" in line] == [f.name for f in facts]
    found = json.loads(shell(*files, "--json")[1])
    assert [report["elections"] for report in found] == [file.name for file in files if file not in facts]
    assert shell(*facts)[0] == USAGE
    assert shell(facts[0])[0] == FINDINGS


def test_json_of_several_files_is_an_array_and_of_one_an_object(shell: Shell, tmp_path: Path) -> None:
    one = json.loads(shell(STEEL, "--json")[1])
    assert json.loads(shell(STEEL, ANSWERED, "--json")[1])[0] == one
    code, out, _ = shell(STEEL, tmp_path / "none.yaml", "--json")
    assert (code, json.loads(out)) == (BAD_DATA, [one])


@pytest.mark.parametrize(
    ("wrong", "next_step"),
    [
        (None, "`planrules show {file}` tells the plan"),
        ("2.01(z)", "correct {file}; until then no question"),
        ("6.02(e)", "compare {file} with the signed agreement"),
    ],
)
def test_the_last_line_says_what_to_do_next(shell: Shell, tmp_path: Path, wrong: str | None, next_step: str) -> None:
    text = ANSWERED.read_text(encoding="utf-8")
    (file := tmp_path / "mills.yaml").write_text(
        text.replace("checked:\n", f"checked:\n  {wrong}:\n", 1) if wrong else text, encoding="utf-8"
    )
    _, _, last = shell(file)[1].rpartition("Next: ")
    assert next_step.format(file=file) in last.splitlines()[0]
    assert ("  acknowledged:\n    - finding: 6.02(" in last) == (wrong == "6.02(e)")


def test_a_slip_in_a_citation_leads_to_no_advice_to_amend_the_agreement(shell: Shell, tmp_path: Path) -> None:
    text = ANSWERED.read_text(encoding="utf-8")
    (file := tmp_path / "mills.yaml").write_text(text.replace("  2.01(g):", "  2.1(g):", 1), encoding="utf-8")
    code, out, _ = shell(file)
    assert (code, out.startswith("mills.yaml: 1 error and 1 acknowledged,")) == (FINDINGS, True)
    assert "[unknown_option] AA 2.01(g)" in out
    assert "amended" not in out


def test_no_line_is_wider_than_the_terminal(shell: Shell, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setenv("COLUMNS", "80")
    _, out, _ = shell(STEEL)
    assert max(len(line) for line in out.splitlines()) <= 80
    assert [line for line in out.splitlines() if line != line.rstrip()] == []


def test_a_file_that_cannot_be_read_and_wrong_usage_have_their_own_status(shell: Shell, tmp_path: Path) -> None:
    assert shell(tmp_path / "none.yaml")[0] == BAD_DATA
    assert shell(STEEL, "--as-of", "1996-13-01")[0] == USAGE
    assert shell()[0] == USAGE
