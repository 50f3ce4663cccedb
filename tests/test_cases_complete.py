"""The cases are complete: all published material is posed or declined with a reason, every convention has a case."""

import json
import re
from pathlib import Path

import pytest
from case_files import NOT_ENCODED, load_cases, read_yaml

PUBLISHED = Path(__file__).parents[2] / "shared" / "cases"
FILES = ("published.jsonl", "questions.jsonl")
PART_X = {f"X{number}" for number in range(1, 12)}
CONVENTIONS = set(range(1, 53))

CASES = load_cases()
ENCODED = {case.source.id for case in CASES if case.source.id}
DECLINED = read_yaml(NOT_ENCODED)


def published_ids() -> set[str]:
    if not all((PUBLISHED / name).is_file() for name in FILES):
        pytest.skip("the published examples (../shared/cases) are not on this machine")
    lines = [line for name in FILES for line in (PUBLISHED / name).read_text(encoding="utf-8").splitlines()]
    return {json.loads(line)["id"] for line in lines}


def conventions_named(text: str) -> set[int]:
    lists = re.findall(r"[Cc]onventions? ((?:\d+(?:, | and )?)+)", text)
    return {int(number) for one in lists for number in re.findall(r"\d+", one)}


def test_every_published_example_is_a_case_or_declined_with_a_reason() -> None:
    assert published_ids() - ENCODED - DECLINED.keys() == set()


def test_nothing_is_declined_that_is_a_case_or_does_not_exist() -> None:
    assert DECLINED.keys() & ENCODED == set()
    assert DECLINED.keys() - published_ids() == set()


def test_every_source_id_exists() -> None:
    assert ENCODED - PART_X - published_ids() == set()


def test_every_dated_example_of_the_plan_document_is_a_case() -> None:
    assert not PART_X - ENCODED


def test_every_declined_example_has_a_reason() -> None:
    assert [key for key, reason in DECLINED.items() if not str(reason or "").strip()] == []


def test_every_numbered_convention_is_named_by_a_case() -> None:
    assert CONVENTIONS - {number for case in CASES for number in conventions_named(case.reason)} == set()


def test_names_are_sentences_of_their_own() -> None:
    names = [case.name for case in CASES]
    assert len(names) == len(set(names))
