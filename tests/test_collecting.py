"""Queries of few people run as they stand, those of many are improved first: the answers are the same."""

from datetime import date

import polars as pl
import pytest
from asking import ROOT, steel
from crowd import crowd
from hypothesis import HealthCheck, given, settings
from hypothesis import strategies as st
from polars.testing import assert_frame_equal

from planrules import People, load_plan
from planrules.api import FACTS_ENDING, Plan
from planrules.engine import Result, collecting
from planrules.testing import trials

FRAMES = ("people", "participation_periods", "vesting_periods", "matching", "missing", "assumptions", "gaps")
PLANS = {
    file.stem: file for file in sorted((ROOT / "elections").glob("*.yaml")) if not file.name.endswith(FACTS_ENDING)
}


def evaluated(plan: Plan, people: People, as_of: date, few: int) -> Result:
    with pytest.MonkeyPatch.context() as patch:
        patch.setattr(collecting, "FEW", few)
        return plan.evaluate(people, as_of)


def compare(plan: Plan, people: People, as_of: date) -> None:
    improved, as_it_stands = (evaluated(plan, people, as_of, few) for few in (-1, 10**6))
    for name in FRAMES:
        one, other = getattr(improved, name), getattr(as_it_stands, name)
        if name in {"missing", "assumptions", "gaps"}:  # who comes first in these is left open
            one, other = (frame.sort(pl.all()) for frame in (one, other))
        assert_frame_equal(one, other)
    assert improved.people.height + improved.exceptions.height > 0


@pytest.mark.parametrize("as_of", ["1996-03-31", "2005-12-31"])
def test_a_query_as_it_stands_answers_as_an_improved_one(as_of: str) -> None:
    compare(steel(), crowd(150), date.fromisoformat(as_of))


@pytest.mark.parametrize("name", PLANS)
def test_it_does_so_for_drawn_people_of_every_plan_here(name: str) -> None:
    plan = load_plan(PLANS[name])

    @settings(max_examples=10, deadline=None, suppress_health_check=list(HealthCheck))
    @given(st.data())
    def check(data: st.DataObject) -> None:
        trial = data.draw(trials(plan))
        compare(plan, People.from_persons([trial.person]), trial.as_of)

    check()
