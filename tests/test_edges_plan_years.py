"""Plan Years that end on any day, and what is measured by them: each line one case with its reason."""

from typing import Any

import pytest
from asking import changed, column, evaluated
from oracle_example import pay, person, spell

from planrules import Plan
from planrules.errors import ElectionsError, UnsupportedElectionError

UNTESTED = {"plan_years": [], "tested_through": None}


def ending(day: str, **other: Any) -> Plan:  # noqa: ANN401  keys of the elections or facts file
    return changed({"1.17(a)": {"ends_every": day}}, top_heavy=other.pop("top_heavy", UNTESTED), **other)


# Plan Years end on, first day of work, the first three Plan Years, why
PLAN_YEARS = [
    (
        "12-31",
        "1995-03-01",
        ["1995-01-01 1995-12-31", "1996-01-01 1996-12-31", "1997-01-01 1997-12-31"],
        "calendar years",
    ),
    (
        "02-29",
        "1995-03-01",
        ["1995-03-01 1996-02-29", "1996-03-01 1997-02-28", "1997-03-01 1998-02-28"],
        "last of February",
    ),
    (
        "02-28",
        "1995-03-01",
        ["1995-03-01 1996-02-28", "1996-02-29 1997-02-28", "1997-03-01 1998-02-28"],
        "28 February as written",
    ),
    (
        "03-31",
        "1995-04-01",
        ["1995-04-01 1996-03-31", "1996-04-01 1997-03-31", "1997-04-01 1998-03-31"],
        "begun on its first day",
    ),
    (
        "03-31",
        "1995-03-31",
        ["1994-04-01 1995-03-31", "1995-04-01 1996-03-31", "1996-04-01 1997-03-31"],
        "begun on its last day",
    ),
    (
        "06-15",
        "1995-06-16",
        ["1995-06-16 1996-06-15", "1996-06-16 1997-06-15", "1997-06-16 1998-06-15"],
        "the middle of a month",
    ),
]


@pytest.mark.parametrize("line", PLAN_YEARS, ids=lambda line: f"{line[0]} {line[-1]}")
def test_plan_years_begin_the_day_after_the_one_before_ends(line: tuple[str, str, list[str], str]) -> None:
    ends, hired, years, _ = line
    result = evaluated([person(spell(hired))], "1998-02-28", ending(ends))
    told = [f"{row['start']} {row['through']}" for row in result.vesting_periods.to_dicts()]
    assert told[:3] == years
    measured = [f"{row['start']} {row['through']}" for row in result.participation_periods.to_dicts()]
    assert set(measured[1:]) <= set(told)


# Plan Years end on, last day of work at age 66, the 60th day after the Plan Year, why
SIXTIETH_DAYS = [
    ("09-30", "1995-09-30", "1995-11-29", "as Steel's"),
    ("12-31", "1995-06-01", "1996-02-29", "January and February of a leap year have 60 days"),
    ("12-31", "1994-06-01", "1995-03-01", "in another year they have 59"),
    ("02-29", "1995-06-01", "1996-04-29", "1 March is the first of the 60 days"),
    ("02-29", "1996-02-29", "1996-04-29", "left on the leap day, the last of the Plan Year"),
    ("02-28", "1996-02-29", "1997-04-29", "left on the first day of the next Plan Year"),
]


@pytest.mark.parametrize("line", SIXTIETH_DAYS, ids=lambda line: f"{line[0]} {line[-1]}")
def test_payment_by_default_is_sixty_days_after_the_plan_year(line: tuple[str, str, str, str]) -> None:
    ends, left, due, _ = line
    someone = person(spell("1990-01-01", left, "quit"), birth_date="1928-05-01")
    assert column([someone], "1996-06-30", "default_payment_on", plan=ending(ends)) == [due]


# Plan Years end on, hours of the last Plan Year, last day of work, forfeited, why
DEEMED = [
    ("12-31", "1000.00", "1996-12-31", "1997-01-01", "an allocation for the year of leaving comes first"),
    ("12-31", "1000.00", "1996-12-30", "1996-12-30", "not there on the last day of the Plan Year"),
    ("12-31", "999.99", "1996-12-31", "1996-12-31", "short of the hours for an allocation"),
    ("02-29", "1000.00", "1996-02-29", "1996-03-01", "the leap day is the last of the Plan Year"),
    ("02-28", "1000.00", "1996-02-28", "1996-02-29", "and the day after it the first of the next"),
]


@pytest.mark.parametrize("line", DEEMED, ids=lambda line: f"{line[0]} {line[-1]}")
def test_a_deemed_cash_out_waits_for_the_first_day_of_the_next_plan_year(line: tuple[str, str, str, str, str]) -> None:
    ends, hours, left, forfeited, _ = line
    rows = [pay("1994-01-01", "1994-12-31", "1000.00"), pay(f"{left[:4]}-01-01", left, hours)]
    if ends != "12-31":
        rows = [pay("1994-01-01", "1994-12-31", "1000.00"), pay("1995-03-01", left, hours)]
    someone = person(spell("1994-01-01", left, "quit"), rows=rows)
    assert column([someone], "1997-06-30", "forfeiture_on", plan=ending(ends)) == [forfeited]


NEW = {"new_plan_effective_on": "1993-08-01"}
# Plan Years end on, what 1.18 says, the Compensation of the Plan Year that counts on 31 December 1993, why
FIRST_YEARS = [
    ("09-30", NEW, "235840.00", "the first Plan Year, of two months, is over"),
    ("12-31", NEW, "98266.67", "August to December: five twelfths of $235,840"),
    ("06-30", NEW, "216186.67", "August 1993 to June 1994: eleven twelfths"),
    ("07-31", NEW, "235840.00", "from the first day of a Plan Year: all of it"),
    ("02-29", NEW, "137573.33", "August to February: seven twelfths"),
    ("12-31", {"new_plan_effective_on": "1993-12-16"}, "19653.33", "a month that has begun: one twelfth"),
    ("12-31", {"restated_effective_on": "1993-08-01"}, "98266.67", "restated, its origin not told"),
    (
        "12-31",
        {"restated_effective_on": "1993-08-01", "originally_established_on": "1980-01-01"},
        "235840.00",
        "in force since 1980: a restatement begins no Plan Year",
    ),
]


@pytest.mark.parametrize("line", FIRST_YEARS, ids=lambda line: f"{line[0]} {line[-1]}")
def test_a_short_first_plan_year_is_that_of_the_plan_and_prorates_the_limit(
    line: tuple[str, dict[str, str], str, str],
) -> None:
    ends, effective, counted, _ = line
    plan = changed(
        {"1.17(a)": {"ends_every": ends}, "1.18": effective},
        top_heavy=UNTESTED,
        readings={"first_plan_year": "two_months"},
    )
    row = pay("1993-12-01", "1993-12-31", "170.00", "250000.00")
    found = column([person(spell("1993-12-01"), rows=[row])], "1993-12-31", "plan_year_compensation", plan=plan)
    assert [str(each) for each in found] == [counted]


# Plan Years end on, a check date, the limit of $235,840 of 1993 or the $150,000 of 1994, why
LIMITS = [
    ("12-31", "1993-12-31", "235840.00", "the Plan Year of 1993"),
    ("12-31", "1994-01-31", "150000.00", "the Plan Year of 1994"),
    ("02-29", "1994-02-28", "235840.00", "the Plan Year that began in March 1993"),
    ("02-29", "1994-03-31", "150000.00", "the one that began in March 1994"),
    ("09-30", "1994-09-30", "235840.00", "the one that began in October 1993"),
]


@pytest.mark.parametrize("line", LIMITS, ids=lambda line: f"{line[0]} {line[-1]}")
def test_the_limit_is_that_of_the_year_in_which_the_plan_year_begins(line: tuple[str, str, str, str]) -> None:
    ends, paid, counted, _ = line
    row = pay(f"{paid[:7]}-01", paid, "170.00", "300000.00")
    found = column([person(spell("1993-01-01"), rows=[row])], paid, "plan_year_compensation", plan=ending(ends))
    assert [str(each) for each in found] == [counted]


@pytest.mark.parametrize(
    ("ends", "named", "fits"),
    [
        ("02-29", "1995-02-28", True),
        ("02-29", "1996-02-29", True),
        ("02-29", "1996-02-28", False),
        ("02-28", "1996-02-28", True),
        ("02-28", "1996-02-29", False),
        ("12-31", "1995-09-30", False),
    ],
)
def test_a_top_heavy_year_is_named_by_the_last_day_of_a_plan_year(ends: str, named: str, fits: bool) -> None:  # noqa: FBT001  of a table
    facts = {"plan_years": [named], "tested_through": None}
    if fits:
        assert ending(ends, top_heavy=facts).terms.vesting.top_heavy_plan_years[0].isoformat() == named
    else:
        with pytest.raises(ElectionsError, match=named):
            ending(ends, top_heavy=facts)


def test_a_limitation_year_of_its_own_is_a_provision_with_its_option() -> None:
    terms = changed({"1.17(d)": {"ends_every": "12-31"}}, ["1.17(c)"]).terms
    assert (terms.service.limitation_year_ends, terms.set_by["limitation_year_ends"]) == ((12, 31), ("AA 1.17(d)",))
    assert terms.service.plan_year_ends == (9, 30)


def test_a_plan_without_a_plan_year_is_refused() -> None:
    with pytest.raises(UnsupportedElectionError, match="Plan Year"):
        changed(unchecked=["1.17(a)"])


def test_service_is_left_out_of_a_predecessor_s_only() -> None:
    stranger = {"1.29(c)": {"except": [{"employer": "Steel Technologies Inc."}]}}
    with pytest.raises(ElectionsError, match="predecessor"):
        changed({"1.29(c)": {"specify": "some service"}}, supplements=stranger)
