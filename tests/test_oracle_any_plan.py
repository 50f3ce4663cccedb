"""The engine against the oracle under any agreement: drawn boxes, supplements, facts, readings and people.

Where a status says that the answer needs a fact or a reading, there is nothing to compare; the engine says why.
"""

from datetime import date
from typing import Any

import oracle
from hypothesis import HealthCheck, Phase, given, settings
from hypothesis import strategies as st
from strategies_agreements import Drawn, agreements
from strategies_any import as_of_dates_of, crowd_of
from test_properties import plain, same

from planrules import People, Person, Plan
from planrules.answers import answer
from planrules.engine import Result

# Such an example takes minutes to shrink; it is small enough to read as drawn.
unshrunk = (Phase.explicit, Phase.reuse, Phase.generate)
OPEN = {"needs_data", "needs_reading"}
# A bound, not a date: how near the two come to it differs where a month is counted whole; it is still to be settled.
BOUNDS = {"earliest_entry_on"}


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


def unsettled(case: Case, person: dict[str, Any], field: str, day: str | None) -> bool:
    """A field in a corner on which the two differ and nobody has decided yet; may only shrink.

    What a day says of full vesting is asked only of who had joined by then, and not on a last day of employment that is
    read as one more day of it. Conditions of their own while earlier service is set aside; periods that begin with
    service that is excepted; the first week or month of an Employment Year.
    """
    plan = case.drawn.terms.plan
    by_units = plan.service.equivalency is not None and "vesting" not in plan.service.actual_for
    last_days = {spell["end"] for spell in person["employment"]}
    if field == "vesting.fully_vested_on":
        return day is None or case.as_of.isoformat() in last_days
    return (
        (field == "participation.contributions" and plan.eligibility.hold_out)
        or (field == "participation.periods" and bool(plan.service.excepted))
        or (field.startswith("vesting.") and by_units and plan.vesting.by_employment_years)
    )


def differences(case: Case, person: dict[str, Any], ours: dict[str, Any], theirs: Any) -> dict[str, Any]:  # noqa: ANN401
    """Fields that the engine decides otherwise, as (ours, theirs)."""
    joined_on, owns_on = theirs["participation"]["entry_on"], theirs["vesting"]["fully_vested_on"]
    owned = owns_on if joined_on is not None and owns_on is not None and joined_on <= owns_on else None
    return {
        f"{section}.{name}": (ours[section][name], value)
        for section, fields in theirs.items()
        for name, value in fields.items()
        if name not in BOUNDS
        and ours["statuses"].get(name) not in OPEN
        and not same(ours[section][name], value)
        and not unsettled(case, person, f"{section}.{name}", owned)
    }


@settings(max_examples=80, phases=unshrunk, deadline=None, suppress_health_check=list(HealthCheck))
@given(cases())
def test_the_engine_and_the_oracle_agree_under_any_agreement(case: Case) -> None:
    drawn, as_of = case.drawn, case.as_of
    plan, result = evaluated(drawn, case.crowd, as_of)
    for person in case.crowd:
        ours = answer(result, person["employee_id"], plan.reference, {}).model_dump(mode="json")
        theirs = plain(oracle.answer(person, as_of, terms=drawn.terms))
        found = differences(case, person, ours, theirs)
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
