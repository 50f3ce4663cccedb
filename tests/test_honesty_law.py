"""Later law: from its day on, and only for those it reaches, the answer says which change overtook the elected term."""

from datetime import date, timedelta

import pytest
from asking import ask, steel
from oracle_example import person, plan_year_rows, spell
from overtaken import (
    OVERTAKEN,
    PARITY_FOR_DEFERRERS,
    TESTED,
    WHOLE,
    Person,
    at_work,
    balance,
    four_years,
    left,
    parity,
    part_time,
)

from planrules import Plan


def told(who: Person, as_of: str, plan: Plan) -> set[tuple[str, str]]:
    """Every change and field that the answer says was overtaken."""
    answer = ask(who, as_of, plan)
    named = {(change.change, field) for change in answer.superseded for field in change.fields}
    assert {field for _, field in named} == {name for name, status in answer.statuses.items() if status == "superseded"}
    return named


@pytest.mark.parametrize("pair", OVERTAKEN, ids=" overtakes ".join)
def test_a_change_is_named_from_its_day_on(pair: tuple[str, str]) -> None:
    who, day, plan = OVERTAKEN[pair]
    before = (date.fromisoformat(day) - timedelta(days=1)).isoformat()
    assert pair not in told(who, before, plan)
    assert pair in told(who, day, plan)


def test_an_overtaken_answer_stands_as_elected_with_the_law_and_its_citation() -> None:
    answer = ask(four_years(1999), "2002-10-01", TESTED)
    assert answer.vesting.vested_percent.regular_matching == 0
    (change,) = answer.superseded
    assert "Economic Growth and Tax Relief Reconciliation Act" in change.says
    assert change.cites == ("IRC 411(a)(12) before 2007",)


WORKED_TO_2002 = plan_year_rows(1999, *[WHOLE] * 4)
BARGAINED = {"class": "collective_bargaining", "start": "2021-01-01"}

# Whom a change does not reach, each beside somebody whom it does: who, as of, the field, why.
NOT_REACHED = [
    (left("1960-05-01", **balance("3500.00")), "1997-10-01", "consent_required", "not over the elected line"),
    (left("1960-05-01", **balance("5000.01")), "1997-10-01", "consent_required", "over the new line too"),
    (left("1930-03-31", **balance("5000.00")), "1997-10-01", "consent_required", "65: no consent under either line"),
    (left("1980-05-01", "2020-03-31", **balance("7000.01")), "2024-01-01", "consent_required", "over the line of 2024"),
    (four_years(1999, left="2002-09-30") | {"pay": WORKED_TO_2002}, "2003-09-30", "vested_percent", "no hour after"),
    (person(spell("1997-10-01"), rows=plan_year_rows(1998, *[WHOLE] * 6)), "2003-09-30", "vested_percent", "all owned"),
    (at_work("1925-05-01", 1990, "1997-01-01"), "1997-01-01", "required_beginning_on", "had to begin in 1996"),
    (left("1927-01-10"), "1998-10-01", "required_beginning_on", "left before 70 1/2: the same day under the new law"),
    (left("1949-06-30", "2015-03-31"), "2020-01-01", "required_beginning_on", "70 1/2 in 2019: age 72 is not for them"),
    (part_time("490.00"), "2023-12-31", "entry_on", "under 500 hours a year"),
    (part_time(classes=[BARGAINED]), "2025-10-01", "entry_on", "the unit is left out of the law too"),
    (part_time(since=2024), "2025-09-29", "entry_on", "one year of 500 hours is not two"),
    (parity(2006), "2006-09-30", "years_of_service", "dropped before the regulations reach the Plan"),
]  # fmt: skip


@pytest.mark.parametrize("line", NOT_REACHED, ids=lambda line: f"{line[2]}: {line[3]}")
def test_a_change_that_cannot_alter_the_answer_is_not_named(line: tuple[Person, str, str, str]) -> None:
    who, as_of, field, why = line
    plan = PARITY_FOR_DEFERRERS if field == "years_of_service" else TESTED
    assert ask(who, as_of, plan).statuses[field] in ("decided", "projected", "not_applicable"), why


def test_only_the_changes_that_reach_the_person_are_named() -> None:
    gone = {change for change, _ in told(four_years(1999, left="2002-10-01"), "2008-10-01", TESTED)}
    assert gone == {"egtrra-2001-match-vesting"}
    old = {change for change, _ in told(at_work("1930-05-01", 1990, "2024-01-31"), "2024-01-31", TESTED)}
    assert old == {"sbjpa-1996-required-beginning-date"}


def test_nothing_is_overtaken_in_the_agreement_s_own_time() -> None:
    for who in (left("1960-05-01", **balance("5000.00")), at_work("1924-05-01", 1985, "1996-09-30")):
        assert told(who, "1996-09-30", steel()) == set()
