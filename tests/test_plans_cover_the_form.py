"""The plans in elections/ choose between them every option of the form that an answer can rest on."""

from collections import Counter

import pytest
from asking import ELECTIONS

from planrules import check_elections, load_plan
from planrules.elections import load_elections
from planrules.form import load_form
from planrules.plan.scope import scope

FORM = load_form("adoption-agreement-005")
STEEL = ELECTIONS
FICTIONAL = [
    file for file in sorted(ELECTIONS.parent.glob("*.yaml")) if not file.name.endswith(".facts.yaml") and file != STEEL
]
CHECKED = {file: frozenset(load_elections(file).checked) for file in (STEEL, *FICTIONAL)}
CHOSEN = frozenset().union(*CHECKED.values())

# Evaluated options that no plan in elections/ can elect, each with the reason. This may only shrink.
A_HEADING = "the form prints neither box nor blank, so nothing is written: it is elected by what stands under it"
NO_PLAN_CAN = {"2.01(c)(1)": A_HEADING, "2.01(c)(2)": A_HEADING}
MOST_NO_PLAN_CAN = 2


def test_every_evaluated_option_is_elected_by_a_plan_or_listed_with_the_reason() -> None:
    assert sorted(scope().evaluated - CHOSEN) == sorted(NO_PLAN_CAN)
    assert len(NO_PLAN_CAN) <= MOST_NO_PLAN_CAN


def test_a_listed_heading_is_one_and_something_under_it_is_elected() -> None:
    for cite, reason in NO_PLAN_CAN.items():
        assert reason == A_HEADING
        assert cite not in FORM.fillable
        assert any(each.startswith(f"{cite}(") for each in CHOSEN)


def test_the_fictional_plans_together_elect_all_that_steel_did_not() -> None:
    fictional = frozenset().union(*(CHECKED[file] for file in FICTIONAL))
    assert scope().evaluated - CHECKED[STEEL] - fictional == NO_PLAN_CAN.keys()


@pytest.mark.parametrize("file", FICTIONAL, ids=lambda file: file.stem)
def test_a_fictional_plan_says_that_it_is_one_and_has_a_part_of_its_own(file: object) -> None:
    times = Counter(cite for checked in CHECKED.values() for cite in checked & scope().evaluated)
    assert [cite for cite in CHECKED[file] & scope().evaluated if times[cite] == 1]
    assert "No such employer exists" in file.read_text(encoding="utf-8").splitlines()[0]


@pytest.mark.parametrize("file", FICTIONAL, ids=lambda file: file.stem)
def test_a_fictional_plan_passes_its_check_with_nothing_left_to_look_at(file: object) -> None:
    report = check_elections(file)
    assert report.passed
    assert [finding for finding in report.findings if finding.acknowledged is None] == []
    load_plan(file)
