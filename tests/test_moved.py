"""Whom the other readings move: an answer is the same whether or not it is known whom they do not."""

from datetime import date
from pathlib import Path

import pytest
from asking import ROOT

from planrules import People, Person, load_plan, read_person
from planrules.answers import answer
from planrules.answers.differences import told
from planrules.answers.moved import whom_they_move
from planrules.api import Plan
from planrules.engine import Stages, evaluate

EXAMPLES = sorted((ROOT / "docs" / "examples").glob("*.json"))
DAY = date(1999, 3, 31)
PLANS = sorted(file for file in (ROOT / "elections").glob("*.yaml") if not file.name.endswith(".facts.yaml"))


def examples_of(plan: Plan) -> list[Person]:
    """The sample people who worked for nobody whom the plan does not name."""
    names = {plan.terms.service.employer, *plan.terms.service.predecessors_for_vesting}
    persons = [read_person(each) for each in EXAMPLES]
    return [each for each in persons if {span.employer for span in each.employment} <= names]


@pytest.mark.parametrize("file", PLANS, ids=lambda file: file.stem)
def test_an_answer_is_the_same_where_it_is_known_whom_the_readings_move(file: Path) -> None:
    plan = load_plan(file)
    fit = examples_of(plan)
    people = People.from_persons(each.model_copy(update={"employee_id": str(n)}) for n, each in enumerate(fit))
    stages = Stages()
    result = evaluate(people, plan.terms, DAY, stages)
    others = {key: evaluate(people, terms, DAY, stages) for key, terms in plan.otherwise_read().items()}
    moves = whom_they_move(result, others)
    answered = list(result.people["employee_id"])
    assert answered
    for who in answered:
        assert answer(result, who, plan.reference, others, moves) == answer(result, who, plan.reference, others)
    assert not all(moves(key, who) for key in others for who in answered)
    assert any(moves(key, who) for key in others for who in answered)


@pytest.mark.parametrize("file", PLANS, ids=lambda file: file.stem)
def test_people_answered_together_are_answered_as_each_alone(file: Path) -> None:
    """Also those whom plan facts name: a Highly Compensated Employee stays one, and nobody else becomes one."""
    plan = load_plan(file)
    fit = examples_of(plan)
    twice = [*fit, *fit[:2]]
    for day in (DAY, date(1996, 1, 31)):
        alone = [plan.answer(each, day, other_readings=False) for each in twice]
        assert list(plan.answers(twice, day, other_readings=False)) == alone


def test_a_list_that_another_reading_gives_where_there_was_none_is_told_whole() -> None:
    key = ("vesting_credit", "period_end")
    here, there = {"hardship_accounts": None}, {"hardship_accounts": ["deferral"]}
    choices = load_plan(PLANS[0]).terms.choices
    assert told(here, {key: there}, choices)[key] == there
    assert told(there, {key: here}, choices)[key] == here
