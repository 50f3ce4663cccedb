"""What the strategies draw is valid, reaches the edges, and the oracle has an answer for all of it."""

from datetime import date
from decimal import Decimal
from itertools import pairwise

import pytest
from hypothesis import HealthCheck, Phase, find, given, settings
from hypothesis import strategies as st
from oracle import Person, Terms, answer
from oracle_person import known
from oracle_terms import EMPLOYER, PREDECESSOR
from oracle_vesting import vesting_state
from strategies import cases, people, terms

KEYS = {"participation", "vesting", "matching", "distribution", "deferral", "in_service"}


def overlap(first: dict[str, str | None], second: dict[str, str | None]) -> bool:
    start, end = second["start"] or "", first["end"]
    return end is None or start <= end


@given(people())
@settings(max_examples=150, deadline=None, suppress_health_check=list(HealthCheck))
def test_people_are_valid(person: Person) -> None:
    spells = person["employment"]
    assert all(spell["end"] is None or spell["start"] <= spell["end"] for spell in spells)
    assert not any(overlap(*pair) for pair in pairwise(spells))
    assert "death" not in [spell["reason"] for spell in spells[:-1]]
    assert {spell["employer"] for spell in spells} <= {EMPLOYER, PREDECESSOR}
    spans = person["classes"]
    assert not any(overlap(*pair) for pair in pairwise(spans))
    for row in person["pay"]:
        length = (date.fromisoformat(row["end"]) - date.fromisoformat(row["start"])).days + 1
        delay = (date.fromisoformat(row["paid_on"]) - date.fromisoformat(row["end"])).days
        assert 0 <= Decimal(row["hours"]) <= 24 * length
        assert 0 <= Decimal(row["salary_reduction"]) <= Decimal(row["compensation"])
        assert 0 <= delay <= 14
        inside = [
            spell
            for spell in spells
            if spell["start"] <= row["start"] and (spell["end"] is None or row["end"] <= spell["end"])
        ]
        assert len(inside) == 1
        assert row.get("employer", inside[0]["employer"]) == inside[0]["employer"]
    rows = sorted(person["pay"], key=lambda row: str(row["start"]))
    assert all(before["end"] < after["start"] for before, after in pairwise(rows))


@given(cases(), terms())
@settings(max_examples=150, deadline=None, suppress_health_check=list(HealthCheck))
def test_the_oracle_answers_and_agrees_with_itself(case: tuple[Person, date], drawn: Terms) -> None:
    person, as_of = case
    found = answer(person, as_of, terms=drawn)
    assert set(found) == KEYS
    joined, vested = found["participation"], found["vesting"]
    if joined["entry_on"] is not None:
        assert joined["eligibility_completed_on"] <= joined["scheduled_entry_on"] <= joined["entry_on"] <= as_of
    fully_on, percent = vested["fully_vested_on"], vested["vested_percent"]["employer"]
    assert percent in {0, 100}
    assert (percent == 100) == (fully_on is not None and fully_on <= as_of)
    if drawn.straddling_pay == "by_days" and vested["periods"]:
        ended = [row for row in person["pay"] if date.fromisoformat(row["end"]) <= as_of and "kind" not in row]
        total = sum((Decimal(row["hours"]) for row in ended), Decimal(0))
        assert sum(period["hours"] for period in vested["periods"]) == total
    for month in found["matching"]["months"]:
        assert month["match"] is None or month["match"] == month["tier_1"] + month["tier_2"]


def test_a_filing_that_keeps_the_faster_schedule_is_reached() -> None:
    quick = settings(max_examples=5000, deadline=None, database=None, phases=[Phase.generate])

    def decides(drawn: tuple[tuple[Person, date], Terms]) -> bool:
        (person, as_of), chosen = drawn
        if "top_heavy_schedule_kept_on" not in person:
            return False
        return vesting_state(known(person, as_of), chosen).kept_on is not None

    find(st.tuples(cases(), terms()), decides, settings=quick)


@pytest.mark.parametrize("status", ["not_eligible", "awaiting_entry", "participant", "former_participant", "excluded"])
def test_every_status_is_reached(status: str) -> None:
    quick = settings(max_examples=2000, deadline=None, database=None, phases=[Phase.generate])
    find(cases(), lambda case: answer(*case)["participation"]["status_of_employee"] == status, settings=quick)
