"""The people that are drawn could exist, are as varied as real ones, are the same by seed, and shrink to small ones."""

from collections import Counter
from datetime import date, timedelta
from itertools import pairwise

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st
from many_elections import EVALUATED
from testing.drawing import NAMES, PLAIN, drawn, plan_of, smallest

from planrules import People, Person, Plan
from planrules.elections import parse_elections
from planrules.errors import UnsupportedElectionError
from planrules.plan import parse_facts
from planrules.testing import as_of_dates, facts, people, trials

COUNT = 400


def crowd(name: str) -> People:
    numbered = enumerate(drawn(name, COUNT))
    return People.from_persons(trial.person.model_copy(update={"employee_id": f"P{n}"}) for n, trial in numbered)


@pytest.mark.parametrize("name", NAMES)
def test_everybody_drawn_passes_the_checks_of_people(name: str) -> None:
    result = plan_of(name).evaluate(crowd(name), date(2000, 1, 31))
    assert result.exceptions.to_dicts() == []
    assert result.people.height == len(drawn(name, COUNT))


@pytest.mark.parametrize("name", NAMES)
def test_a_pay_row_lies_in_one_spell_of_one_employer(name: str) -> None:
    for trial in drawn(name, COUNT):
        person = trial.person
        for row in person.pay or ():
            inside = [
                spell
                for spell in person.employment
                if spell.start <= row.start and (spell.end is None or row.end <= spell.end)
            ]
            assert len(inside) == 1
            assert row.employer in {None, inside[0].employer}


@pytest.mark.parametrize("name", NAMES)
def test_rows_of_one_person_do_not_overlap(name: str) -> None:
    for trial in drawn(name, COUNT):
        rows = sorted(trial.person.pay or (), key=lambda row: row.start)
        assert all(before.end < after.start for before, after in pairwise(rows))


@pytest.mark.parametrize("name", NAMES)
def test_the_day_asked_about_is_no_earlier_than_the_eve_of_the_first_day(name: str) -> None:
    assert all(trial.as_of >= trial.person.employment[0].start - timedelta(days=1) for trial in drawn(name, COUNT))


def test_pay_comes_in_every_frequency() -> None:
    lengths = Counter(
        (row.end - row.start).days + 1 for trial in drawn(NAMES[0], COUNT) for row in trial.person.pay or ()
    )
    for days in (7, 14, 15, 31, 365):
        assert lengths[days] > 5


@pytest.mark.parametrize("name", NAMES)
def test_answers_differ(name: str) -> None:
    found = plan_of(name).evaluate(crowd(name), date(2000, 1, 31)).people
    assert {"participant", "former_participant", "not_eligible"} <= set(found["status_of_employee"].drop_nulls())
    assert found["entry_on"].n_unique() > 20
    assert found["years_of_service"].n_unique() > 4


def test_the_same_seed_draws_the_same_and_another_seed_others() -> None:
    first = list(drawn(NAMES[0], 50))
    drawn.cache_clear()
    assert list(drawn(NAMES[0], 50)) == first
    assert list(drawn(NAMES[0], 50, 1)) != first


@pytest.mark.parametrize("name", NAMES)
def test_a_rehire_shrinks_to_two_plain_spells_and_few_rows(name: str) -> None:
    person = smallest(name, "rehire").person
    assert len(person.employment) == 2
    assert [(spell.start.month, spell.start.day) for spell in person.employment] in ([(1, 1), (1, 1)], [(1, 1), (1, 2)])
    assert len(person.pay or ()) <= 2
    assert person.classes == ()
    assert person.distributions == ()


def test_five_breaks_shrink_to_somebody_who_left_and_did_not_work() -> None:
    trial = smallest(NAMES[0], "breaks_exactly")
    assert len(trial.person.employment) <= 2
    assert len(trial.person.pay or ()) <= 2


@settings(PLAIN, max_examples=15)
@given(st.data())
def test_people_can_be_drawn_for_any_elections_that_are_evaluated(data: st.DataObject) -> None:
    elections = parse_elections(data.draw(EVALUATED), "drawn")
    try:
        plan = Plan(elections, data.draw(facts(elections)))
    except UnsupportedElectionError:
        return
    trial = data.draw(trials(plan))
    result = plan.evaluate(People.from_persons([trial.person]), trial.as_of)
    assert result.exceptions.to_dicts() == []


@settings(PLAIN, max_examples=60)
@given(st.data())
def test_drawn_facts_leave_nothing_of_the_match_or_the_schedules_untold(data: st.DataObject) -> None:
    for name in NAMES:
        elections = plan_of(name).elections
        told = data.draw(facts(elections))
        assert parse_facts(told.model_dump(mode="json", by_alias=True), "again") == told
        matching = Plan(elections, told).terms.matching
        if any(formula.discretionary for formula in matching.formulas):
            assert told.match_rates[0].from_ <= plan_of(name).terms.participation.first_plan_entry_date
        for rate in told.match_rates:
            on_tiers = any(formula.discretionary and formula.on_tiers for formula in matching.formulas)
            assert (rate.percents is not None) == on_tiers
            assert rate.percents is None or len(rate.percents) == len(matching.tier_percents)


@settings(PLAIN, max_examples=30)
@given(st.data())
def test_days_can_be_drawn_for_a_person_of_ones_own(data: st.DataObject) -> None:
    plan = plan_of(NAMES[0])
    person = data.draw(people(plan))
    mine = Person.model_validate(person.model_dump(by_alias=True) | {"birth_date": None, "pay": None, "classes": None})
    day = data.draw(as_of_dates(plan, mine))
    assert plan.evaluate(People.from_persons([mine]), day).exceptions.to_dicts() == []
