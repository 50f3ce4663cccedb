"""Every property can fail: it holds for somebody it concerns, and finds the answer wrong once it is changed."""

from collections.abc import Mapping
from datetime import date
from functools import cache
from pathlib import Path

import pytest
from testing.broken_answers import ALSO_BROKEN, BROKEN, PEOPLE, Change, person, told, years

from planrules import Person, Plan, load_plan
from planrules.plan import parse_facts
from planrules.testing import PROPERTIES, Property, Trial
from planrules.testing.case import Case
from planrules.testing.run import cases_of

ELECTIONS = Path(__file__).parents[2] / "elections"
PROPERTY = {each.name: each for each in PROPERTIES}
TOP_HEAVY = "top_heavy_vesting_no_slower_than_the_law"
AT_WORK_ONLY = "no_deferrals_out_at_work_before_59_and_a_half"


@cache
def steel(*, top_heavy: bool = False) -> Plan:
    plan = load_plan(ELECTIONS / "steel-technologies.yaml")
    tested = {"tested_through": "2010-09-30", "plan_years": ["1994-09-30"] if top_heavy else []}
    facts = plan.facts.model_dump(mode="json", by_alias=True) | {"top_heavy": tested}
    return Plan(plan.elections, parse_facts(facts, "facts"), {"match_employment_condition": "plan_year_end"})


@cache
def everybody(*, top_heavy: bool = False) -> Mapping[str, Case]:
    trials = [Trial(Person.model_validate(facts), day) for facts, day in PEOPLE.values()]
    names = dict.fromkeys(name for each in PROPERTIES for name in each.beside)
    cases = cases_of(steel(top_heavy=top_heavy), trials, names)
    assert None not in cases
    return {name: case for name, case in zip(PEOPLE, cases, strict=True) if case is not None}


def case_for(name: str) -> Case:
    who, _ = BROKEN[name]
    return everybody(top_heavy=name == TOP_HEAVY)[who]


def test_every_property_is_broken_once() -> None:
    assert set(BROKEN) == set(PROPERTY) - {AT_WORK_ONLY}


@pytest.mark.parametrize("name", BROKEN)
def test_it_holds_for_somebody_it_concerns(name: str) -> None:
    claims = list(PROPERTY[name].claims(case_for(name)))
    assert claims
    assert all(claim.holds for claim in claims), [claim for claim in claims if not claim.holds]


@pytest.mark.parametrize("name", BROKEN)
def test_it_finds_the_changed_answer_wrong(name: str) -> None:
    _, change = BROKEN[name]
    claim = PROPERTY[name].broken(change(case_for(name)))
    assert claim is not None
    assert claim.why


@pytest.mark.parametrize(("name", "who", "change"), ALSO_BROKEN)
def test_it_finds_other_parts_of_the_answer_wrong(name: str, who: str, change: Change) -> None:
    claim = PROPERTY[name].broken(change(everybody()[who]))
    assert claim is not None


def test_withdrawal_at_work_is_found_too_early() -> None:
    """Fictional Fasteners lets deferrals out at work from 59 1/2; Steel does not, and the property says so."""
    about: Property = PROPERTY[AT_WORK_ONLY]
    assert about.not_about(steel().terms)
    plan = load_plan(ELECTIONS / "fictional-fasteners.yaml")
    assert about.not_about(plan.terms) is None
    facts, day = person("1990-07-01", years(1991, 1997), birth_date="1936-01-01"), date(1996, 12, 31)
    facts["employment"][0]["employer"] = plan.elections.employer.name
    (case,) = cases_of(plan, [Trial(Person.model_validate(facts), day)])
    assert case is not None
    assert [claim.holds for claim in about.claims(case)] == [True, True]
    assert about.broken(told(deferral_withdrawal_on=date(1995, 6, 30))(case)) is not None


@pytest.mark.parametrize("each", PROPERTIES, ids=lambda each: each.name)
def test_a_property_says_what_it_is(each: Property) -> None:
    assert each.cites
    assert each.reads
    assert each.statement.endswith(".")


def test_there_are_enough_of_them_and_each_has_a_name_of_its_own() -> None:
    assert len(PROPERTY) == len(PROPERTIES) >= 30
