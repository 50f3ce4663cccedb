"""What a version keeps: read again it is the same plan, by the same hash."""

import json
from pathlib import Path
from typing import Any

import pytest
from hypothesis import HealthCheck, given, settings
from strategies_agreements import Drawn, agreements
from web.serving import ROOT

from planrules.api import Plan, load_plan
from planrules.elections import parse_elections
from planrules.form.strict_yaml import read_yaml
from planrules.testing import elections_data
from planrules.web.versions.document import as_in_yaml, document, parts_of, plan_of, said

FILES = sorted(file for file in (ROOT / "elections").glob("*.yaml") if ".facts" not in file.name)
SLOW = [HealthCheck.too_slow, HealthCheck.data_too_large]


@pytest.mark.parametrize("file", FILES, ids=lambda file: file.stem)
def test_a_plan_is_the_same_again(file: Path) -> None:
    plan = load_plan(file)
    kept = document(plan)
    again = plan_of(kept)
    assert again.reference == plan.reference
    assert (again.elections, again.facts) == (plan.elections, plan.facts)
    assert document(again) == kept
    assert list(parts_of(kept)) == ["elections", "facts"]


@pytest.mark.parametrize("file", FILES, ids=lambda file: file.stem)
def test_a_file_in_json_is_the_same_plan(file: Path) -> None:
    data = json.loads(json.dumps(read_yaml(file.read_text(encoding="utf-8")).data, default=str))
    assert parse_elections(as_in_yaml(data), "elections") == load_plan(file).elections


@given(elections_data())
@settings(max_examples=25, deadline=None, suppress_health_check=SLOW)
def test_any_filling_of_the_form_is_the_same_again(data: dict[str, Any]) -> None:
    elections = parse_elections(data, "elections")
    again = parse_elections(as_in_yaml(json.loads(json.dumps(said(elections)))), "elections")
    assert again == elections
    assert again.content_hash == elections.content_hash


@given(agreements())
@settings(max_examples=25, deadline=None, suppress_health_check=SLOW)
def test_any_agreement_with_its_facts_and_readings_is_the_same_again(drawn: Drawn) -> None:
    plan = Plan.from_data(drawn.elections, drawn.facts)
    assert plan_of(document(plan)).reference == plan.reference


def test_years_are_numbers_again_and_nothing_else_is() -> None:
    given_ = {"5.03(b)": {"top_heavy": {"3": "100"}}, "1.03": {"010": [{"7": 1}]}, "2": None}
    assert as_in_yaml(given_) == {"5.03(b)": {"top_heavy": {3: "100"}}, "1.03": {"010": [{7: 1}]}, 2: None}
