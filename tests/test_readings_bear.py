"""A reading of what a plan has not got moves no answer, and so is not among the unclear places of that plan."""

from collections.abc import Iterator
from dataclasses import replace
from datetime import date
from pathlib import Path
from typing import Any

import pytest
from asking import ELECTIONS, LEDGERS
from hypothesis import HealthCheck, Phase, assume, given, settings
from many_elections import AS_OF, EVALUATED, people

from planrules import Plan, load_plan
from planrules.elections import parse_elections
from planrules.engine import Result, evaluate
from planrules.errors import UnsupportedElectionError
from planrules.people import People
from planrules.plan import PlanFacts, Terms

MOVED = (
    *("match_pay_after_separation", "compensation_limit_in_match", "ten_years_of_service", "minimum_vested_covers"),
    *("top_heavy_floor", "deferrals_are_employer_contributions"),
)
"""The readings whose provision stands where a plan has nothing for it."""
ARTICLES = ("service", "participation", "compensation", "matching", "accrual", "vesting", "distribution", "deferral")
VALUES = {"deferrals_are_employer_contributions": {"yes": True, "no": False}}
PLANS = [file for file in sorted(ELECTIONS.parent.glob("*.yaml")) if not file.name.endswith(".facts.yaml")]


def idle(plan: Plan) -> Iterator[tuple[str, str, Terms]]:
    """Each reading whose other option makes the same plan, with that option forced upon the provision all the same."""
    for (name, option), other in plan.otherwise_read().items():
        if name not in MOVED or not plan.terms.same_as(other):
            continue
        for article in ARTICLES:
            provisions = getattr(plan.terms, article)
            if name in type(provisions).model_fields:
                forced = VALUES.get(name, {}).get(option, option)
                yield name, option, replace(plan.terms, **{article: provisions.model_copy(update={name: forced})})


def same(one: Result, other: Result) -> bool:
    return one.people.equals(other.people) and all(getattr(one, each).equals(getattr(other, each)) for each in LEDGERS)


def moved(plan: Plan, of: People, as_of: date) -> list[str]:
    here = evaluate(of, plan.terms, as_of)
    return [f"{name}: {option}" for name, option, terms in idle(plan) if not same(here, evaluate(of, terms, as_of))]


@pytest.mark.parametrize("file", PLANS, ids=lambda file: file.stem)
def test_what_a_sample_plan_has_not_got_moves_nobody(file: Path) -> None:
    plan = load_plan(file)
    assert moved(plan, people(plan.elections), AS_OF) == []


@settings(
    max_examples=30, deadline=None, suppress_health_check=list(HealthCheck), phases=[Phase.explicit, Phase.generate]
)
@given(data=EVALUATED)
def test_what_any_plan_has_not_got_moves_nobody(data: dict[str, Any]) -> None:
    elections = parse_elections(data, "drawn")
    try:
        plan = Plan(elections, PlanFacts())
    except UnsupportedElectionError:
        assume(False)  # noqa: FBT003  Hypothesis's own way to set an example aside
    assert moved(plan, people(elections), AS_OF) == []


def test_the_fictional_plans_have_fewer_unclear_places_than_steel() -> None:
    asked = {
        file.stem: {
            name
            for (name, _), other in load_plan(file).otherwise_read().items()
            if not load_plan(file).terms.same_as(other)
        }
        for file in PLANS
    }
    gone = asked["steel-technologies"] - asked["imaginary-instruments"]
    assert {"deferrals_are_employer_contributions", "top_heavy_floor", "first_plan_year", "distribution_dates"} <= gone
    assert "deferral_limit_base" not in asked["fictional-fasteners"] | asked["imaginary-instruments"]
    assert "payment_forms" in asked["steel-technologies"]
