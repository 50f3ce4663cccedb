"""Findings that the elections file answers for."""

from typing import Any

import pytest
from check.filled import ANSWERED, STEEL, changed, codes, report

from planrules.check import check_elections
from planrules.elections import load_elections, parse_elections
from planrules.form.strict_yaml import read_yaml

OPEN = "1.07(j)"


def answered(*entries: dict[str, Any]) -> dict[str, Any]:
    """The lawful agreement without a choice between 1.07 (j) and (k), and these entries about it."""
    return changed(unchecked=[OPEN], acknowledged=list(entries))


@pytest.mark.parametrize("name", ["none_chosen", "1.07(j)", "AA 1.07(k)"])
def test_an_acknowledged_finding_is_shown_and_does_not_count(name: str) -> None:
    checked = report(answered({"finding": name, "reason": "no group", "reading": "related_employers"}))
    (only,) = checked.findings
    assert (only.severity, only.code, checked.passed, checked.open_errors) == ("error", "none_chosen", True, ())
    assert only.acknowledged is not None
    assert (only.acknowledged.reason, only.acknowledged.reading) == ("no group", "related_employers")


def test_without_an_entry_the_error_counts() -> None:
    assert not report(answered()).passed


def test_an_entry_reaches_only_what_it_names() -> None:
    data = changed({"2.01(e)": None}, [OPEN], acknowledged=[{"finding": OPEN, "reason": "no group"}])
    assert [(each.code, each.acknowledged is None) for each in report(data).findings] == [
        ("none_chosen", False),
        ("more_than_one", True),
    ]


@pytest.mark.parametrize(
    ("entry", "code"),
    [
        ({"finding": "9.99(a)", "reason": "r"}, "acknowledgment_unknown"),
        ({"finding": "none_such", "reason": "r"}, "acknowledgment_unknown"),
        ({"finding": OPEN, "reason": "r", "reading": "none_such"}, "acknowledgment_unknown"),
        ({"finding": "2.01(a)", "reason": "r"}, "acknowledgment_idle"),
        ({"finding": "more_than_one", "reason": "r"}, "acknowledgment_idle"),
    ],
)
def test_an_entry_that_is_wrong_or_idle_is_a_finding_of_its_own(entry: dict[str, Any], code: str) -> None:
    assert sorted(codes(answered(entry))) == sorted(["none_chosen", code])


def test_what_keeps_the_file_from_loading_cannot_be_answered_for() -> None:
    data = changed({"2.01(a)": {"age": 30}}, acknowledged=[{"finding": "2.01(a)", "reason": "r"}])
    checked = report(data)
    assert [each.code for each in checked.findings] == ["outside_limit", "acknowledgment_idle"]
    assert not checked.passed


def test_the_sample_with_answers_passes_and_loads() -> None:
    assert [each.acknowledged is None for each in check_elections(ANSWERED).findings] == [False]
    assert load_elections(ANSWERED).acknowledged[0].finding == OPEN


def test_the_hash_of_a_plan_does_not_depend_on_who_answers_for_it() -> None:
    data = read_yaml(STEEL.read_text("utf-8")).data
    entry = {"finding": OPEN, "reason": "no group"}
    assert parse_elections(data | {"acknowledged": [entry]}, "x").content_hash == load_elections(STEEL).content_hash
