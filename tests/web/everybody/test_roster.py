"""Everybody on a day: whom each filter shows, checked against the people themselves."""

from datetime import date
from decimal import Decimal

import polars as pl
import pytest
from asking import ELECTIONS, ROOT, steel
from web.everybody.crowds import DAY, sample, worker

from planrules import People, Person, load_plan, read_people, read_person
from planrules.engine import evaluate
from planrules.people import PayRow
from planrules.web.everybody.filters import Show, filters, meaning
from planrules.web.everybody.roster import Roster, roster
from planrules.web.everybody.telling import told


@pytest.fixture(scope="module")
def everybody() -> Roster:
    return roster(steel(), sample(), DAY)


def shown(found: Roster, show: Show) -> set[str]:
    return set(found.rows.filter(show.flag)["employee_id"])


def row(found: Roster, employee_id: str) -> dict[str, object]:
    return next(each for each in found.rows.iter_rows(named=True) if each["employee_id"] == employee_id)


def test_each_filter_shows_those_it_is_about(everybody: Roster) -> None:
    assert shown(everybody, Show.EVERYONE) == {f"E{number}" for number in range(1001, 1013)}
    assert shown(everybody, Show.JOINING) == {"E1001"}  # joins on 1 January 1996
    assert shown(everybody, Show.AT_RISK) == {"E1003"}  # the part-timer
    assert shown(everybody, Show.MISSING) == {"E1006", "E1011", "E1012"}  # pay gap, hours, birth date
    assert not shown(everybody, Show.READING)  # every reading of this plan is decided
    assert not shown(everybody, Show.EARLY)


def test_counts_are_those_of_the_rows_shown(everybody: Roster) -> None:
    assert {each.show: each.count for each in filters(everybody)} == {
        show: len(shown(everybody, show)) for show in Show
    }


def test_the_quarter_is_three_months_from_the_day_and_names_the_entry_dates(everybody: Roster) -> None:
    assert everybody.quarter_through == date(1996, 3, 30)
    assert everybody.entry_dates == (date(1996, 1, 1),)
    assert "January 1, 1996" in meaning(Show.JOINING, everybody)


@pytest.mark.parametrize(("day", "joins"), [(date(1995, 10, 1), False), (date(1995, 10, 2), True)])
def test_the_last_of_the_three_months_is_counted_and_the_day_after_is_not(day: date, *, joins: bool) -> None:
    found = roster(steel(), sample(), day)
    assert row(found, "E1001")["joins_on"] == date(1996, 1, 1)
    assert ("E1001" in shown(found, Show.JOINING)) is joins


def test_a_row_in_words(everybody: Roster) -> None:
    risk = told(row(everybody, "E1003"))
    assert risk.joins == "April 1, 1996 at the earliest"
    assert risk.notes[0][0] == "At risk"
    assert "714 of 1,000 hours toward joining; at this pace about 894 by March 14, 1996" in risk.notes[0][1]
    assert told(row(everybody, "E1001")).joins == "joins January 1, 1996, if nothing changes"
    assert told(row(everybody, "E1006")).owns == "100%"
    assert told(row(everybody, "E1001")).owns == "0% now, 100% by September 30, 1999 at the earliest"


def test_a_row_says_that_later_money_is_owned_to_another_percentage() -> None:
    plan = load_plan(ELECTIONS, facts=ROOT / "docs" / "examples" / "top-heavy.facts.yaml")
    people = People.from_persons([read_person(ROOT / "docs" / "examples" / "top-heavy-floor.json")])
    after = row(roster(plan, people, date(1997, 9, 30)), "E1010")
    assert told(after).owns == "100% of what accrued before October 1, 1996, 0% of what accrued since"
    assert told(row(roster(plan, people, date(1996, 9, 30)), "E1010")).owns == "100%"


def _deferring(employee_id: str, paid_on: date) -> Person:
    """Somebody who joins on 1 January 1996 and deferred from one check."""
    months = {date(1994 + (9 + month) // 12, (9 + month) % 12 + 1, 1): "170" for month in range(1, 14)}
    person = worker(employee_id, date(1994, 10, 15), months, classes=())
    check = PayRow(
        start=date(1995, 12, 1),
        end=date(1995, 12, 31),
        paid_on=paid_on,
        hours=Decimal(170),
        compensation=Decimal(1000),
        salary_reduction=Decimal(50),
    )
    return person.model_copy(update={"pay": (*(person.pay or ()), check)})


def test_early_is_a_deferral_from_a_check_paid_before_joining() -> None:
    people = People.from_persons(
        [
            _deferring("early", date(1995, 12, 31)),
            _deferring("on the day", date(1996, 1, 1)),
        ]
    )
    found = roster(steel(), people, date(1996, 1, 31))
    assert shown(found, Show.EARLY) == {"early"}
    assert "deferred on December 31, 1995, before joining" in dict(told(row(found, "early")).notes)["Early"]


def test_an_undecided_reading_shows_whom_it_moves() -> None:
    plan = load_plan("elections/unreal-umbrellas.yaml")
    assert "match_employment_condition" in plan.terms.choices.undecided
    people = read_people("docs/examples/umbrellas-before-erisa.json")
    found = roster(plan, people, date(1996, 3, 31))
    assert shown(found, Show.READING) == set(people.employees["employee_id"])


def test_an_undecided_reading_that_moves_nobody_is_not_told() -> None:
    plan = steel()
    from_data = plan.elections.model_copy(update={"readings": {}})
    undecided = type(plan)(from_data, plan.facts)
    assert undecided.terms.choices.undecided == {"match_employment_condition"}
    found = roster(undecided, sample(), date(1996, 3, 31))
    moved = {
        employee_id
        for employee_id in sample().employees["employee_id"]
        for note in undecided.answer_among(sample(), employee_id, date(1996, 3, 31), other_readings=False).readings
        if note.chosen is None and any(other.changes for other in note.others)
    }
    assert shown(found, Show.READING) == moved
    assert moved
    assert moved < shown(found, Show.EVERYONE)


def test_people_whose_facts_cannot_be_true_are_set_aside_and_stop_nobody() -> None:
    wrong = worker("wrong", date(1995, 5, 1), {})
    spans = tuple(span.model_copy(update={"end": date(1995, 4, 1)}) for span in wrong.employment)
    people = People.from_persons([wrong.model_copy(update={"employment": spans}), worker("right", DAY, {})])
    found = roster(steel(), people, DAY)
    assert set(found.rows["employee_id"]) == {"right"}
    assert set(found.set_aside["employee_id"]) == {"wrong"}


def test_in_parts_everybody_is_the_same(everybody: Roster, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr("planrules.web.everybody.roster.AT_ONCE", 5)
    in_parts = roster(steel(), sample(), DAY)
    assert in_parts.rows.equals(everybody.rows)
    assert in_parts.set_aside.equals(everybody.set_aside)


def test_somebody_the_engine_fails_for_stops_nobody_else(everybody: Roster, monkeypatch: pytest.MonkeyPatch) -> None:
    def failing(people: People, *rest: object) -> object:
        if "E1005" in people.employees["employee_id"]:
            raise ArithmeticError
        return evaluate(people, *rest)  # type: ignore[arg-type]

    monkeypatch.setattr("planrules.web.everybody.roster.evaluate", failing)
    found = roster(steel(), sample(), DAY)
    assert set(found.set_aside["employee_id"]) == {"E1005"}
    assert found.rows.equals(everybody.rows.filter(pl.col("employee_id") != "E1005"))
