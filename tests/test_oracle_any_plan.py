"""The engine against the oracle under any agreement: drawn boxes, supplements, facts, readings and people.

Where a status says that the answer needs a fact or a reading, there is nothing to compare; the engine says why.
"""

from datetime import date
from typing import Any

import oracle
from comparing import differences, plain
from hypothesis import HealthCheck, Phase, given, settings
from hypothesis import strategies as st
from strategies_agreements import Drawn, agreements
from strategies_any import as_of_dates_of, crowd_of

from planrules import People, Person, Plan
from planrules.answers import answer
from planrules.engine import Result

# Such an example takes minutes to shrink; it is small enough to read as drawn.
unshrunk = (Phase.explicit, Phase.reuse, Phase.generate)
OPEN = {"needs_data", "needs_reading"}


class Case:
    def __init__(self, drawn: Drawn, crowd: list[dict[str, Any]], as_of: date) -> None:
        self.drawn, self.crowd, self.as_of = drawn, crowd, as_of

    def __repr__(self) -> str:
        return f"{self.as_of} {self.drawn}"


@st.composite
def cases(draw: st.DrawFn) -> Case:
    """Draw an agreement, people under it, and a day that is an edge for the first of them."""
    drawn = draw(agreements())
    crowd = list(draw(crowd_of(drawn)))
    return Case(drawn, crowd, draw(as_of_dates_of(crowd[0], drawn)))


def evaluated(drawn: Drawn, crowd: list[dict[str, Any]], as_of: date) -> tuple[Plan, Result]:
    plan = Plan.from_data(drawn.elections | {"readings": drawn.readings()}, drawn.facts)
    result = plan.evaluate(People.from_persons(Person.model_validate(person) for person in crowd), as_of)
    assert result.exceptions.is_empty(), result.exceptions.to_dicts()
    return plan, result


def decided(ours: dict[str, Any], theirs: Any) -> dict[str, Any]:  # noqa: ANN401  any JSON value
    """Fields that the engine decides otherwise, as (ours, theirs)."""
    return {
        field: both
        for field, both in differences(ours, theirs).items()
        if ours["statuses"].get(field.split(".")[1]) not in OPEN
    }


@settings(max_examples=80, phases=unshrunk, deadline=None, suppress_health_check=list(HealthCheck))
@given(cases())
def test_the_engine_and_the_oracle_agree_under_any_agreement(case: Case) -> None:
    drawn, as_of = case.drawn, case.as_of
    plan, result = evaluated(drawn, case.crowd, as_of)
    for person in case.crowd:
        ours = answer(result, person["employee_id"], plan.reference, {}).model_dump(mode="json")
        theirs = plain(oracle.answer(person, as_of, terms=drawn.terms))
        found = decided(ours, theirs)
        assert not found, (found, as_of, drawn, person)


@settings(max_examples=60, phases=unshrunk, deadline=None, suppress_health_check=list(HealthCheck))
@given(st.data())
def test_the_oracle_has_an_answer_under_every_agreement(data: st.DataObject) -> None:
    drawn = data.draw(agreements())
    person = data.draw(crowd_of(drawn, most=1))[0]
    as_of = data.draw(as_of_dates_of(person, drawn))
    found = oracle.answer(person, as_of, terms=drawn.terms)
    joined, vested = found["participation"], found["vesting"]
    assert joined["entry_on"] is None or joined["entry_on"] <= as_of
    assert all(0 <= percent <= 100 for percent in vested["vested_percent"].values())
    assert not vested["periods"] or (min(vested["vested_percent"].values()) == 100) == (
        vested["fully_vested_on"] is not None and vested["fully_vested_on"] <= as_of
    )
