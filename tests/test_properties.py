"""What must hold for everybody: agreement with the oracle, each person judged alone, monotony, entry dates."""

from datetime import date, timedelta
from functools import cache
from pathlib import Path
from random import Random
from typing import Any

import oracle
import polars as pl
import strategies
from comparing import differences, plain
from hypothesis import HealthCheck, given, settings
from hypothesis import strategies as st
from polars.testing import assert_frame_equal

from planrules import People, Person, Plan, load_plan
from planrules.answers import answer
from planrules.elections import load_elections
from planrules.engine import Result
from planrules.plan import parse_facts
from planrules.plan.participation import plan_entry_dates

ELECTIONS = Path(__file__).parent.parent / "elections" / "steel-technologies.yaml"
KEY = "employee_id"
FRAMES = ("people", "participation_periods", "vesting_periods", "matching", "missing", "assumptions")
quick = settings(max_examples=60, deadline=None, suppress_health_check=list(HealthCheck))


@cache
def steel() -> Plan:
    return load_plan(ELECTIONS)


@st.composite
def crowds(draw: st.DrawFn, most: int = 6) -> tuple[list[dict[str, Any]], date]:
    """Several people with ids of their own, and a day that is an edge for one of them."""
    drawn = draw(st.lists(strategies.people(), min_size=1, max_size=most))
    crowd = [{**person, KEY: f"E{number}"} for number, person in enumerate(drawn)]
    return crowd, draw(strategies.as_of_dates(crowd[0]))


def evaluated(plan: Plan, crowd: list[dict[str, Any]], as_of: date) -> Result:
    return plan.evaluate(People.from_persons(Person.model_validate(person) for person in crowd), as_of)


@quick
@given(crowds(), strategies.terms())
def test_the_engine_and_the_oracle_agree(drawn: tuple[list[dict[str, Any]], date], terms: oracle.Terms) -> None:
    crowd, as_of = drawn
    plan = Plan(load_elections(ELECTIONS), parse_facts(terms.facts(), "facts"), terms.readings())
    result = evaluated(plan, crowd, as_of)
    for person in crowd:
        ours = answer(result, person[KEY], plan.reference, {}).model_dump(mode="json")
        theirs = plain(oracle.answer(person, as_of, terms=terms))
        differ = differences(ours, theirs)
        assert not differ, (as_of, person, terms.readings(), terms.facts(), differ)


@quick
@given(crowds(), st.randoms())
def test_each_person_is_judged_alone(drawn: tuple[list[dict[str, Any]], date], random: Random) -> None:
    crowd, as_of = drawn
    together = evaluated(steel(), random.sample(crowd, len(crowd)), as_of)
    for person in crowd:
        alone = evaluated(steel(), [person], as_of)
        for name in FRAMES:
            of_person = getattr(together, name).filter(pl.col(KEY) == person[KEY])
            assert_frame_equal(of_person, getattr(alone, name), check_row_order=name in FRAMES[:4])


@quick
@given(strategies.cases())
def test_an_entry_date_is_a_plan_entry_date_a_return_or_a_change_of_class(case: tuple[dict[str, Any], date]) -> None:
    person, as_of = case
    row = evaluated(steel(), [person], as_of).facts.row(0, named=True)
    if row["entry_on"] is None:
        return
    day = row["entry_on"].isoformat()
    returns = {span["start"] for span in person["employment"]}
    changes = {
        (date.fromisoformat(span["end"]) + timedelta(days=1)).isoformat() for span in person["classes"] if span["end"]
    }
    entry_dates = {each.isoformat() for each in plan_entry_dates(steel().terms.participation, as_of)}
    assert day in entry_dates | returns | changes
    assert row["entry_on"] >= row["scheduled_entry_on"] > row["eligibility_completed_on"]


@quick
@given(strategies.cases(), st.data())
def test_more_hours_never_delay_entry_or_lower_vesting(case: tuple[dict[str, Any], date], data: st.DataObject) -> None:
    person, as_of = case
    paid = [number for number, row in enumerate(person["pay"]) if row.get("kind", "paid") == "paid"]
    if not paid:
        return
    chosen = data.draw(st.sampled_from(paid))
    row = person["pay"][chosen]
    days = (date.fromisoformat(row["end"]) - date.fromisoformat(row["start"])).days + 1
    fuller = [{**each, "hours": str(24 * days)} if n == chosen else each for n, each in enumerate(person["pay"])]
    before, after = (
        evaluated(steel(), [each], as_of).facts.row(0, named=True) for each in (person, {**person, "pay": fuller})
    )
    for name in ("eligibility_completed_on", "entry_on", "scheduled_entry_on"):
        assert before[name] is None or after[name] <= before[name]
    for name in ("years_of_service", "owned_percent"):
        assert after[name] >= before[name]


@quick
@given(strategies.people(), st.data())
def test_an_entry_once_decided_stays_as_the_years_go_by(person: dict[str, Any], data: st.DataObject) -> None:
    first = data.draw(strategies.as_of_dates(person))
    later = first + timedelta(days=data.draw(st.sampled_from((1, 30, 365, 2000))))
    early, late = (evaluated(steel(), [person], day).facts.row(0, named=True) for day in (first, later))
    for name in ("eligibility_completed_on", "entry_on"):
        assert early[name] is None or late[name] == early[name]
