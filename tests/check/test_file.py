"""What keeps a file from being loaded is a finding beside the others, and nothing stops the check."""

from pathlib import Path
from typing import Any

import pytest
from check.filled import changed, codes, found, lawful

from planrules.check import check_elections, finding_kinds
from planrules.elections import parse_elections
from planrules.errors import ElectionsError, FileError


@pytest.mark.parametrize(
    ("checked", "expected"),
    [
        ({"2.01(a)": {"age": 22}}, ("outside_limit", ("AA 2.01(a)", "IRC 410(a)(1)(A)(i)"))),
        ({"2.01(a)": {"age": "old"}}, ("wrong_blank", ("AA 2.01(a)",))),
        ({"2.01(a)": None}, ("missing_blank", ("AA 2.01(a)",))),
        ({"2.01(a)": {"age": 21, "years": 3}}, ("unknown_blank", ("AA 2.01(a)",))),
        ({"2.01(a)": 21}, ("not_a_mapping", ("AA 2.01(a)",))),
        ({"2.01(z)": None}, ("unknown_option", ("AA 2.01(z)",))),
        ({"9.99(a)": None}, ("unknown_option", ())),
        ({"3.01(k)(1)": None}, ("no_box", ("AA 3.01(k)(1)",))),
        ({"1.31(a)": None}, ("checked_and_not_applicable", ("AA 1.31(a)",))),
    ],
)
def test_a_wrong_box_or_blank_is_found_with_its_citation(checked: dict[str, Any], expected: object) -> None:
    findings = found(changed(checked))
    assert findings[0] == expected
    assert len(findings) == 1 or checked == {"2.01(a)": 21}


@pytest.mark.parametrize(
    ("change", "code"),
    [
        ({"surprise": 1}, "unknown_key"),
        ({"employer": {}}, "wrong_value"),
        ({"source": []}, "not_a_mapping"),
        ({"source": {"document": 5}}, "wrong_value"),
        ({"not_applicable": "1.31"}, "not_a_list"),
        ({"supplements": {"1.02": {}}}, "unknown_key"),
        ({"supplements": {"6.01": {"days": 1}}}, "wrong_value"),
        ({"readings": {"none_such": "x"}}, "unknown_reading"),
        ({"readings": {"payment_forms": "x"}}, "unknown_reading"),
        ({"acknowledged": "x"}, "not_a_list"),
        ({"acknowledged": [{"finding": "1.07(j)"}]}, "wrong_value"),
        ({"form": "adoption-agreement-006"}, "unknown_form"),
        ({"checked": []}, "not_a_mapping"),
    ],
)
def test_a_wrong_part_of_the_file_is_found(change: dict[str, Any], code: str) -> None:
    assert code in codes(lawful() | change)


def test_a_missing_part_is_found() -> None:
    data = lawful()
    del data["employer"]
    assert codes(data) == ["missing_key"]


def test_everything_wrong_is_found_at_once() -> None:
    data = changed({"2.01(a)": {"age": 30}, "2.01(e)": None}, surprise=1)
    assert codes(data) == ["unknown_key", "outside_limit", "more_than_one"]


def test_what_keeps_the_file_from_loading_is_found_and_of_that_family() -> None:
    data = changed({"2.01(a)": {"age": 30}}, surprise=1, employer={}, not_applicable=["9.99"])
    with pytest.raises(ElectionsError) as caught:
        parse_elections(data, "elections")
    refused = {problem.code for problem in caught.value.problems}
    assert refused == {code for code in codes(data) if finding_kinds()[code].family == "file"}
    assert refused == {"unknown_key", "outside_limit", "wrong_value", "unknown_option"}


def test_a_key_that_stands_twice_is_found(tmp_path: Path) -> None:
    (file := tmp_path / "twice.yaml").write_text("form: adoption-agreement-005\nform: adoption-agreement-005\n")
    assert [each.code for each in check_elections(file).findings] == ["stands_twice", *["missing_key"] * 3]


@pytest.mark.parametrize("text", ["[1, 2]", "a: [", "", "a: &b 1"])
def test_a_file_without_elections_is_no_report(tmp_path: Path, text: str) -> None:
    (file := tmp_path / "odd.yaml").write_text(text, encoding="utf-8")
    with pytest.raises(FileError):
        check_elections(file)


def test_no_file_is_no_report(tmp_path: Path) -> None:
    with pytest.raises(FileError, match="no such file"):
        check_elections(tmp_path / "none.yaml")
