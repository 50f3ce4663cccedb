"""Stages shared between readings: what is kept is what would be worked out anew, for everybody and every reading."""

from collections.abc import Mapping
from datetime import date

import pytest
from asking import ELECTIONS, ROOT
from hypothesis import HealthCheck, given, settings
from hypothesis import strategies as st
from polars.testing import assert_frame_equal

from planrules import People, Person, load_plan, read_person
from planrules.api import Plan
from planrules.engine import Result, Stages, evaluate
from planrules.plan import Terms
from planrules.testing import trials

FRAMES = [
    *("people", "facts", "participation_periods", "vesting_periods", "matching"),
    *("missing", "assumptions", "gaps", "exceptions"),
]
STEEL = load_plan(ELECTIONS)
OTHERS: Mapping[str, Plan] = {
    name: load_plan(ROOT / "elections" / f"{name}.yaml") for name in ("fictional-fasteners", "imaginary-instruments")
}
SAMPLES = ("five-breaks-and-parity", "hours-missing", "top-heavy-floor")


def same(one: Result, other: Result) -> None:
    for name in FRAMES:
        assert_frame_equal(getattr(one, name), getattr(other, name))


def read_every_way(plan: Plan, person: Person, as_of: date) -> None:
    """Evaluates a person under every option of every reading, sharing stages and alone, and compares."""
    people, shared = People.from_persons([person]), Stages()
    same(evaluate(people, plan.terms, as_of, shared), evaluate(people, plan.terms, as_of))
    for terms in plan.otherwise_read().values():
        same(evaluate(people, terms, as_of, shared), evaluate(people, terms, as_of))


@pytest.mark.parametrize("sample", SAMPLES)
def test_sample_people_are_answered_alike_with_shared_stages(sample: str) -> None:
    person = read_person(ROOT / "docs" / "examples" / f"{sample}.json")
    read_every_way(STEEL, person, date(1997, 9, 30))


@pytest.mark.parametrize("plan", OTHERS.values(), ids=OTHERS)
def test_drawn_people_are_answered_alike_with_shared_stages(plan: Plan) -> None:
    @settings(max_examples=2, deadline=None, suppress_health_check=list(HealthCheck))
    @given(st.data())
    def check(data: st.DataObject) -> None:
        trial = data.draw(trials(plan))
        read_every_way(plan, trial.person, trial.as_of)

    check()


def test_a_stage_is_kept_unless_a_provision_it_read_is_another_one() -> None:
    stages, worked = Stages(), []
    other = next(terms for (name, _), terms in STEEL.otherwise_read().items() if name == "vesting_credit")

    def work(read: Terms) -> str:
        worked.append(read)
        return read.vesting.vesting_credit

    def ends(read: Terms) -> int:
        worked.append(read)
        return read.service.plan_year_ends.month

    assert stages.once("a", STEEL.terms, (), work) == STEEL.terms.vesting.vesting_credit
    assert stages.once("a", STEEL.terms, (), work) == STEEL.terms.vesting.vesting_credit
    assert len(worked) == 1
    assert stages.once("a", other, (), work) == other.vesting.vesting_credit != STEEL.terms.vesting.vesting_credit
    assert len(worked) == 2
    assert stages.once("b", STEEL.terms, (), ends) == stages.once("b", other, (), ends)
    assert len(worked) == 3


def test_a_stage_is_worked_out_anew_for_other_frames_and_a_like_value_stands_for_both() -> None:
    stages, one, other = Stages(), object(), object()
    first = stages.once("a", STEEL.terms, (one,), lambda _: ["made"])
    assert stages.once("a", STEEL.terms, (other,), lambda _: ["made"]) is first
    assert stages.once("a", STEEL.terms, (object(),), lambda _: ["otherwise"]) == ["otherwise"]


def test_what_is_read_after_a_stage_has_ended_is_refused() -> None:
    kept = Stages().once("a", STEEL.terms, (), lambda read: read)
    with pytest.raises(AssertionError, match=r"vesting\.vesting_credit is read after its stage has ended"):
        _ = kept.vesting.vesting_credit


def test_no_stage_reads_the_readings_or_the_boxes_themselves() -> None:
    with pytest.raises(AssertionError, match="neither readings nor boxes"):
        Stages().once("a", STEEL.terms, (), lambda read: read.choices.undecided)
    with pytest.raises(TypeError):
        Stages().once("a", STEEL.terms, (), lambda read: "1.07(b)" in read.checked)
