"""Honest answers: each status appears on its day and not before; missing facts bound an answer and never make it up."""

from datetime import date
from typing import Any, get_args

import polars as pl
import pytest
from asking import ask, changed, elections, facts, steel
from crowd import crowd
from oracle_example import pay, person, plan_year_rows, spell

from planrules import Answer, Plan
from planrules.answers.models import Status

Person = dict[str, Any]
UNTESTED = changed(top_heavy={"tested_through": "1995-09-30", "plan_years": []})
NEVER_TESTED = changed(top_heavy={"plan_years": []})
RATES_FROM_1995 = changed(match_rates=[{"from": "1995-01-01", "tier_1": 50, "tier_2": 25}])
BY_MONTH = steel(match_employment_condition="allocation_period_end")


def blank(row: dict[str, Any], *names: str) -> dict[str, Any]:
    """The pay row with these amounts not known."""
    return row | dict.fromkeys(names)


FIRST_YEAR = pay("1994-10-15", "1995-09-30", "940.00")
REST = [pay("1995-10-01", "1995-10-14", "60.00"), pay("1995-10-15", "1996-09-30", "1200.00")]
KNOWN = person(spell("1994-10-15"), rows=[FIRST_YEAR, *REST])
NO_HOURS = person(spell("1994-10-15"), rows=[blank(FIRST_YEAR, "hours"), *REST])
ENOUGH = person(
    spell("1994-10-15"),
    rows=[pay("1994-10-15", "1995-09-15", "1000.00"), blank(pay("1995-09-16", "1995-10-14", ""), "hours")],
)
NO_CLASSES = KNOWN | {"classes": None}
NO_PAY = KNOWN | {"pay": None}
NO_BIRTH = KNOWN | {"birth_date": None}
WORKED = [*plan_year_rows(1991, *["2000.00"] * 4), pay("1994-10-01", "1995-03-31", "1000.00")]
LEFT = person(spell("1990-10-01", "1995-03-31", "quit"), rows=WORKED)
UNTOLD = person(spell("1992-10-01", "1995-03-31"), rows=[*plan_year_rows(1993, *["2000.00"] * 2), WORKED[-1]])
DIED = person(spell("1990-10-01", "1995-03-31", "death"), rows=WORKED)
THREE_YEARS = person(
    spell("1993-10-01"), rows=[*plan_year_rows(1994, "2000.00", "2000.00"), pay("1995-10-01", "1996-03-31", "1000.00")]
)
JOINED_1994 = [pay("1993-10-01", "1994-09-30", "2000.00")]
MATCHED = person(spell("1993-10-01"), rows=[*JOINED_1994, pay("1994-10-01", "1994-10-14", "80.00", "2000.00", "60.00")])
ALL_YEAR = [pay(f"1994-{month}-01", f"1994-{month}-28", "160.00", "2000.00", "60.00") for month in ("10", "11", "12")]
DECEMBER = person(
    spell("1993-10-01"), rows=[*JOINED_1994, pay("1994-10-01", "1994-12-28", "480.00", "6000.00", "60.00")]
)
UNTIL_MARCH = person(spell("1994-10-01"), rows=[pay("1994-10-01", "1995-03-31", "232.00")])
UNTIL_MARCH_FEWER = person(spell("1994-10-01"), rows=[pay("1994-10-01", "1995-03-31", "231.99")])


def day_missing(hours: str) -> Person:
    """One day of a Plan Year has no pay row."""
    return person(
        spell("1994-10-01"), rows=[pay("1994-10-01", "1995-03-14", hours), pay("1995-03-16", "1995-09-30", "0.00")]
    )


# who, as of, field, status, why; a plan of its own at the end where one is needed
LINES: list[tuple[Person, str, str, str, str] | tuple[Person, str, str, str, str, Plan]] = [
    (NO_HOURS, "1995-10-13", "eligibility_completed_on", "decided", "no period is over yet, whatever the hours"),
    (NO_HOURS, "1995-10-14", "eligibility_completed_on", "needs_data", "the first period is over"),
    (NO_HOURS, "1995-12-31", "entry_on", "decided", "nobody has joined before 1 January"),
    (NO_HOURS, "1996-01-01", "entry_on", "needs_data", "who had the hours has joined"),
    (NO_HOURS, "1996-10-01", "entry_on", "needs_data", "joined, but on which of two days"),
    (ENOUGH, "1996-01-01", "entry_on", "decided", "1,000 hours without the blank ones"),
    (NO_PAY, "1996-10-01", "entry_on", "needs_data", "no pay is on file"),
    (NO_PAY, "1996-10-01", "schedule", "decided", "the schedule does not depend on pay"),
    (NO_CLASSES, "1996-01-01", "eligibility_completed_on", "decided", "excluded service counts"),
    (NO_CLASSES, "1995-12-31", "entry_on", "decided", "the entry date is ahead"),
    (NO_CLASSES, "1996-01-01", "entry_on", "needs_data", "an excluded person does not enter"),
    (NO_BIRTH, "1996-01-01", "entry_on", "decided", "there is no age condition"),
    (NO_BIRTH, "1996-01-01", "vested_percent", "needs_data", "at 65 all of it is owned"),
    (NO_BIRTH, "1996-01-01", "required_beginning_on", "needs_data", "it goes by age"),
    (LEFT | {"birth_date": None}, "1995-03-30", "payable_after_on", "not_applicable", "still employed"),
    (LEFT | {"birth_date": None}, "1995-03-31", "payable_after_on", "needs_data", "at 65 there is no wait"),
    (LEFT | {"birth_date": None}, "1995-03-31", "event_on", "decided", "the day of leaving is known"),
    (LEFT | {"birth_date": None}, "1995-03-31", "vested_percent", "decided", "five Years are 100% at any age"),
    (DIED | {"birth_date": None}, "1995-03-31", "payable_after_on", "decided", "after a death at once, at any age"),
    (DIED | {"birth_date": None}, "1995-03-31", "default_payment_on", "decided", "after a death age does not matter"),
    (LEFT | {"accounts": None}, "1995-03-30", "vested_total", "not_applicable", "still employed"),
    (LEFT | {"accounts": None}, "1995-03-31", "vested_total", "needs_data", "no balances are on file"),
    (LEFT | {"accounts": None}, "1995-03-31", "consent_required", "needs_data", "it goes by the balance"),
    (LEFT | {"accounts": None}, "1995-03-31", "payable_after_on", "decided", "the 90 days do not depend on balances"),
    (LEFT | {"accounts": None, "birth_date": "1930-03-31"}, "1995-03-31", "consent_required", "decided", "65: never"),
    (LEFT | {"accounts": None, "birth_date": "1930-04-01"}, "1995-03-31", "consent_required", "needs_data", "64"),
    (THREE_YEARS, "1995-09-30", "vested_percent", "decided", "two Years are 0% in any Plan Year", UNTESTED),
    (THREE_YEARS, "1996-03-30", "vested_percent", "decided", "the third Year is not reached", UNTESTED),
    (THREE_YEARS, "1996-03-31", "vested_percent", "needs_data", "three Years, 100% if top heavy", UNTESTED),
    (THREE_YEARS, "1996-03-31", "years_of_service", "decided", "the count is the same", UNTESTED),
    (THREE_YEARS, "1996-03-31", "vested_percent", "needs_data", "no Plan Year was tested", NEVER_TESTED),
    (THREE_YEARS, "1996-03-31", "vested_percent", "decided", "the facts say tested through 2002"),
    (DIED, "1995-03-31", "vested_percent", "decided", "100% under either schedule", NEVER_TESTED),
    (DECEMBER, "1994-12-31", "total", "needs_data", "no rate for December 1994", RATES_FROM_1995),
    (DECEMBER, "1994-12-31", "total", "provisional", "a rate is on file from 1993"),
    (DECEMBER, "1994-12-31", "entry_on", "decided", "rates do not matter here", RATES_FROM_1995),
    (UNTIL_MARCH, "1995-05-01", "years_of_service", "decided", "31 days: the next pay row need not have ended"),
    (UNTIL_MARCH, "1995-05-02", "years_of_service", "projected", "32 days without pay, 768 hours at most"),
    (UNTIL_MARCH_FEWER, "1995-05-02", "years_of_service", "decided", "768 hours more are not 1,000"),
    (day_missing("976.00"), "1995-09-30", "years_of_service", "projected", "24 hours more are 1,000"),
    (day_missing("975.99"), "1995-09-30", "years_of_service", "decided", "24 hours more are not 1,000"),
    (UNTOLD, "1995-03-30", "vested_percent", "decided", "still employed"),
    (UNTOLD, "1995-03-31", "vested_percent", "projected", "disability would vest"),
    (UNTOLD, "1995-03-31", "immediate", "projected", "disability would be paid at once"),
    (UNTOLD, "1995-03-31", "event_on", "decided", "whatever the reason"),
    (LEFT, "1995-03-31", "immediate", "decided", "the reason is on file"),
    (KNOWN, "1995-10-13", "earliest_entry_on", "projected", "if the running period reaches the hours"),
    (KNOWN, "1995-10-13", "next_entry_on", "not_applicable", "the year is not done"),
    (KNOWN, "1995-10-14", "next_entry_on", "projected", "the entry is ahead"),
    (KNOWN, "1995-12-31", "next_entry_on", "projected", "if nothing changes overnight"),
    (KNOWN, "1996-01-01", "next_entry_on", "not_applicable", "has joined"),
    (KNOWN, "1996-01-01", "fully_vested_on", "projected", "if the coming years are Years of Service"),
    (LEFT, "1995-03-31", "fully_vested_on", "decided", "reached"),
    (MATCHED, "1994-10-13", "total", "decided", "no check has been paid"),
    (MATCHED, "1994-10-14", "total", "provisional", "employment is tested on 30 September"),
    (MATCHED, "1995-09-29", "total", "provisional", "the day before the test"),
    (MATCHED, "1995-09-30", "total", "decided", "the test day"),
    (MATCHED, "1995-10-01", "months", "decided", "the day after"),
    (MATCHED, "1994-10-30", "months", "provisional", "the month is not over", BY_MONTH),
    (MATCHED, "1994-10-31", "months", "decided", "the month's last day is the test", BY_MONTH),
    (MATCHED, "1994-09-30", "total", "decided", "not joined yet: no match"),
    (MATCHED, "1994-10-01", "total", "decided", "joined, and nothing paid"),
    (KNOWN, "1996-01-01", "consent_required", "not_applicable", "employed"),
    (KNOWN, "1996-01-01", "restored_on", "not_applicable", "never cashed out"),
    (KNOWN, "1996-01-01", "vested_percent_before_forfeiture_break", "not_applicable", "no Forfeiture Break"),
    (KNOWN, "2027-01-01", "annual_limit", "needs_data", "no limit is on file for 2027"),
]  # fmt: skip


@pytest.mark.parametrize("line", LINES, ids=lambda line: f"{line[2]} {line[1]} {line[3]}, {line[4]}")
def test_the_status_of_the_day(line: tuple[Any, ...]) -> None:
    who, as_of, field, status, why, plan = (*line, None)[:6]
    answer = ask(who, as_of, plan)
    assert answer.statuses[field] == status, why
    if status == "needs_data" and field != "annual_limit":
        assert field in {missing.needed_for for missing in answer.missing}


def test_the_lines_and_the_tests_of_readings_and_law_know_every_status() -> None:
    assert {line[3] for line in LINES} | {"needs_reading", "superseded"} == set(get_args(Status))


def test_nothing_is_made_up_where_something_is_missing() -> None:
    for who, as_of, field, status, *_ in LINES:
        if status == "needs_data" and field not in ("annual_limit", "total", "vested_percent"):
            found = ask(who, as_of)
            if found.statuses[field] == "needs_data":
                assert value(found, field) is None


def value(answer: Answer, field: str) -> object:
    sections = (answer.participation, answer.vesting, answer.matching, answer.distribution, answer.deferral)
    return next(getattr(section, field) for section in sections if field in type(section).model_fields)


# ---- what a missing fact could lead to ------------------------------------------------------------

BOUNDS = [
    (NO_HOURS, "1996-10-31", "hours", "entry_on", "1996-01-01", "1996-10-01"),
    (NO_HOURS, "1996-10-31", "hours", "years_of_service", 1, 2),
    (LEFT | {"birth_date": None}, "1995-09-30", "birth_date", "payable_after_on", "1995-03-31", "1995-06-29"),
    (LEFT | {"birth_date": None}, "1995-09-30", "birth_date", "immediate", False, True),
    (LEFT | {"birth_date": None}, "1995-09-30", "birth_date", "default_payment_on", "1995-11-29", None),
    (LEFT | {"birth_date": None}, "1995-09-30", "birth_date", "required_beginning_on", None, None),
    (KNOWN | {"classes": None}, "1996-10-31", "classes", "entry_on", "1996-01-01", None),
    (KNOWN | {"classes": None}, "1996-10-31", "classes", "status_of_employee", "excluded", "participant"),
    (MATCHED | {"classes": None}, "1994-10-31", "classes", "total", "0.00", "30.00"),
    (LEFT | {"accounts": None}, "1995-09-30", "accounts", "vested_total", "0.00", None),
    (LEFT | {"accounts": None}, "1995-09-30", "accounts", "consent_required", False, True),
]  # fmt: skip


@pytest.mark.parametrize("line", BOUNDS, ids=lambda line: f"{line[2]} for {line[3]}")
def test_bounds(line: tuple[Any, ...]) -> None:
    who, as_of, fact, field, earliest, latest = line
    answer = ask(who, as_of)
    found = {(each.fact, each.needed_for): (each.earliest, each.latest) for each in answer.missing}
    assert found[fact, field] == (earliest, latest)
    assert answer.statuses[field] == "needs_data"
    assert value(answer, field) is None


def test_bounds_of_an_untested_plan_year_and_of_a_month_without_a_rate() -> None:
    (percent, *_) = [
        each for each in ask(THREE_YEARS, "1996-03-31", UNTESTED).missing if each.needed_for == "vested_percent"
    ]
    assert (percent.fact, percent.earliest, percent.latest) == ("top_heavy", 0, 100)
    unpriced = ask(DECEMBER, "1994-12-31", RATES_FROM_1995)
    assert {(each.fact, each.earliest, each.latest) for each in unpriced.missing} == {("match_rates", None, None)}
    assert (unpriced.matching.total, unpriced.matching.months[0].tier_1) == (None, None)
    assert unpriced.matching.months[0].eligible_contributions == 60


def test_open_months_have_the_status_of_their_total() -> None:
    answer = ask(MATCHED | {"classes": None}, "1994-10-31")
    assert (answer.statuses["total"], answer.statuses["months"]) == ("needs_data", "needs_data")


def test_several_facts_missing_bound_the_answer_together() -> None:
    """Neither the blank hours nor the unknown classes alone change the entry: without the hours nobody enters."""
    both = NO_HOURS | {"classes": None}
    answer = ask(both, "1996-01-01")
    assert answer.statuses["entry_on"] == "needs_data"
    assert answer.participation.entry_on is None
    assert {each.fact for each in answer.missing if each.needed_for == "eligibility_completed_on"} == {"hours"}


# ---- assumptions ----------------------------------------------------------------------------------


def test_an_assumption_says_what_is_taken_and_what_rests_on_it() -> None:
    (gap,) = ask(UNTIL_MARCH, "1995-05-02").assumptions
    assert (gap.fact, gap.needed_for[0]) == ("pay_gap", "years_of_service")
    assert {"plan_year_compensation", "deferred_in_calendar_year"} < set(gap.needed_for)
    assert "April 1, 1995 to May 2, 1995" in gap.says
    (reason,) = ask(UNTOLD, "1995-03-31").assumptions
    assert (reason.fact, "vested_percent" in reason.needed_for) == ("reason", True)
    assert "neither death nor disability" in reason.says
    assert ask(KNOWN, "1996-09-30").assumptions == ()


# ---- nobody decided how to read it ------------------------------------------------------------------


def undecided() -> Plan:
    return Plan.from_data({key: each for key, each in elections().items() if key != "readings"}, facts())


GONE_IN_MARCH = person(
    spell("1993-10-01", "1995-03-31", "quit"), rows=[*JOINED_1994, *ALL_YEAR, pay("1995-01-01", "1995-03-31", "480.00")]
)


def test_an_answer_that_hangs_on_an_undecided_reading_gives_every_option_and_no_value() -> None:
    answer = ask(GONE_IN_MARCH, "1995-09-30", undecided())
    assert answer.statuses["months"] == "needs_reading"
    assert answer.matching.allocated_total is None
    assert [month.allocated for month in answer.matching.months] == [None] * 4
    (note,) = (each for each in answer.readings if each.reading == "match_employment_condition")
    assert note.chosen is None
    told = {other.option: other.changes["allocated_total"] for other in note.others}
    assert told == {"plan_year_end": "0.00", "allocation_period_end": "90.00", "none": "90.00"}


def test_an_open_answer_can_be_written_and_keeps_to_the_known_fields() -> None:
    answer = ask(GONE_IN_MARCH, "1995-09-30", undecided())
    assert Answer.model_validate_json(answer.model_dump_json()).matching.months == answer.matching.months
    assert answer.statuses.keys() == ask(GONE_IN_MARCH, "1995-09-30").statuses.keys()


def test_an_undecided_reading_that_does_not_matter_leaves_the_answer_decided() -> None:
    stayed = GONE_IN_MARCH | {"employment": [spell("1993-10-01")]}
    answer = ask(stayed, "1995-09-30", undecided())
    assert (answer.statuses["months"], str(answer.matching.allocated_total)) == ("decided", "90.00")
    assert set(answer.statuses.values()).isdisjoint({"needs_reading"})


def test_the_future_is_not_known() -> None:
    """What is dated after the day asked about changes nothing."""
    later = KNOWN | {
        "employment": [spell("1994-10-15", "1996-02-01", "death"), spell("1997-01-01")],
        "classes": [{"class": "leased", "start": "1996-01-02", "end": None}],
    }
    for as_of in ("1995-10-14", "1996-01-01"):
        assert ask(later | {"employment": [later["employment"][0]]}, as_of) == ask(KNOWN, as_of)


def test_statuses_missing_facts_and_assumptions_of_a_crowd_agree() -> None:
    for as_of in ("1996-03-31", "2005-12-31"):
        result = steel().evaluate(crowd(200), date.fromisoformat(as_of))
        statuses = {row["employee_id"]: row["statuses"] for row in result.people.to_dicts()}
        missing = set(result.missing.select("employee_id", "needed_for").iter_rows())
        each_month = (pl.col("fact") == "pay_gap") & (pl.col("needed_for") == "months")  # days without pay add months
        assumed = set(result.assumptions.filter(~each_month).select("employee_id", "needed_for").iter_rows())
        every = {(who, field): status for who, fields in statuses.items() for field, status in fields.items()}
        assert {every[pair] for pair in missing} == {"needs_data"}
        assert {every[pair] for pair in assumed} & {"decided", "not_applicable"} == set()
        assert {pair for pair, status in every.items() if status == "needs_data"} <= missing
        assert not [
            row for row in result.missing.iter_rows(named=True) if row["earliest"] and row["earliest"] == row["latest"]
        ]


def test_an_answer_that_is_open_or_does_not_apply_has_no_value() -> None:
    rows = steel().evaluate(crowd(200), date(1999, 9, 30)).people.to_dicts()
    for row in rows:
        open_ = {field for field, status in row["statuses"].items() if status in ("needs_data", "not_applicable")}
        given = {field for field in open_ - {"months", "schedule", "vested_percent"} if row[field] is not None}
        assert given == set(), row["employee_id"]
