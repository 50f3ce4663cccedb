"""Joining under the options of Article II at the edge of every line: a table is one evaluation, a line one case."""

from datetime import date
from typing import Any

import pytest
from asking import ask, changed, column, elections, wrong
from crowd import crowd
from dateutil.relativedelta import relativedelta
from oracle_example import pay, person, plan_year_rows, spell

from planrules import Plan

LATER = "1997-01-01"


def plus(day: str, **step: int) -> str:
    return (date.fromisoformat(day) + relativedelta(**step)).isoformat()  # type: ignore[arg-type]  # years, days


def year_done(on: str, **facts: Any) -> dict[str, Any]:  # noqa: ANN401  any facts of a person
    """Somebody whose first twelve months, with the hours, end on a day."""
    hired = plus(on, days=1, years=-1)
    return person(spell(hired), rows=[pay(hired, on, "1000.00")], **facts)


def elected(*instead: str, **readings: str) -> Plan:
    """The sample plan with one box of 2.01(g)-(i) in place of (g)."""
    return changed(dict.fromkeys(instead), unchecked=("2.01(g)",), readings=elections()["readings"] | readings)


# completes, following, preceding, nearest, why
ENTRIES = [
    ("1993-02-27", "1993-08-01", "1993-08-01", "1993-08-01", "no Plan Entry Date is before"),
    ("1993-07-31", "1993-08-01", "1993-08-01", "1993-08-01", "the day before the first"),
    ("1993-08-01", "1993-10-01", "1993-08-01", "1993-08-01", "on the first: none is strictly before it"),
    ("1993-08-02", "1993-10-01", "1993-08-01", "1993-08-01", "the day after the first"),
    ("1993-08-31", "1993-10-01", "1993-08-01", "1993-08-01", "30 days after, 31 before"),
    ("1993-09-01", "1993-10-01", "1993-08-01", "1993-10-01", "31 days after, 30 before"),
    ("1994-11-15", "1995-01-01", "1994-10-01", "1994-10-01", "45 days after, 47 before"),
    ("1994-11-16", "1995-01-01", "1994-10-01", "1994-10-01", "46 days to either"),
    ("1994-11-17", "1995-01-01", "1994-10-01", "1995-01-01", "47 days after, 45 before"),
    ("1994-12-31", "1995-01-01", "1994-10-01", "1995-01-01", "the day before 1 January"),
    ("1995-01-01", "1995-04-01", "1994-10-01", "1995-01-01", "on 1 January"),
    ("1995-01-02", "1995-04-01", "1995-01-01", "1995-01-01", "the day after 1 January"),
    ("1995-02-15", "1995-04-01", "1995-01-01", "1995-01-01", "45 days to either"),
    ("1995-05-16", "1995-07-01", "1995-04-01", "1995-04-01", "45 days after, 46 before"),
    ("1995-05-17", "1995-07-01", "1995-04-01", "1995-07-01", "46 days after, 45 before"),
    ("1996-02-29", "1996-04-01", "1996-01-01", "1996-04-01", "29 February: 59 days after, 32 before"),
]


@pytest.mark.parametrize(("box", "at"), [("2.01(g)", 1), ("2.01(h)", 2), ("2.01(i)", 3)])
def test_each_entry_rule_about_every_entry_date(box: str, at: int) -> None:
    people = [year_done(line[0]) for line in ENTRIES]
    found = column(people, LATER, "eligibility_completed_on", "scheduled_entry_on", plan=elected(box))
    assert not wrong(ENTRIES, [completed for completed, _ in found], 0)
    assert not wrong(ENTRIES, [scheduled for _, scheduled in found], at)


# completes, preceding with the day itself, nearest with the later of two as near, why
READ_OTHERWISE = [
    ("1993-08-01", "1993-08-01", "1993-08-01", "on the first Plan Entry Date"),
    ("1994-11-16", "1994-10-01", "1995-01-01", "46 days to either"),
    ("1995-01-01", "1995-01-01", "1995-01-01", "on 1 January"),
    ("1995-01-02", "1995-01-01", "1995-01-01", "the day after it"),
    ("1995-02-15", "1995-01-01", "1995-04-01", "45 days to either"),
]


def test_the_readings_of_preceding_and_nearest() -> None:
    people = [year_done(line[0]) for line in READ_OTHERWISE]
    same_day = elected("2.01(h)", entry_on_completion_day="same_day")
    later = elected("2.01(i)", nearest_entry_tie="later")
    assert not wrong(READ_OTHERWISE, column(people, LATER, "scheduled_entry_on", plan=same_day), 1)
    assert not wrong(READ_OTHERWISE, column(people, LATER, "scheduled_entry_on", plan=later), 2)


# hired, months, their last day, the same day so many months on, why
MONTHS = [
    ("1994-08-31", 6, "1995-02-27", "1995-02-28", "no 31st in February"),
    ("1994-08-30", 6, "1995-02-27", "1995-02-28", "no 30th in February"),
    ("1994-08-29", 6, "1995-02-27", "1995-02-28", "no 29th in February 1995"),
    ("1994-08-28", 6, "1995-02-27", "1995-02-28", "a 28th there is"),
    ("1995-08-31", 6, "1996-02-28", "1996-02-29", "the last day of February 1996"),
    ("1994-10-01", 1, "1994-10-31", "1994-11-01", "a calendar month"),
    ("1995-01-31", 1, "1995-02-27", "1995-02-28", "one month from 31 January"),
    ("1995-03-31", 1, "1995-04-29", "1995-04-30", "one month from 31 March"),
    ("1994-10-15", 12, "1995-10-14", "1995-10-15", "twelve months, as a Year of Service"),
    ("1992-02-29", 12, "1993-02-27", "1993-02-28", "twelve months from 29 February, as a Year of Service"),
]


@pytest.mark.parametrize("months", [1, 6, 12])
@pytest.mark.parametrize(("reading", "at"), [("last_day_of_months", 2), ("monthly_anniversary", 3)])
def test_months_end_on_their_last_day_or_the_day_after(months: int, reading: str, at: int) -> None:
    lines = [line for line in MONTHS if line[1] == months]
    readings = elections()["readings"] | {"months_condition_completed_on": reading}
    plan = changed({"2.01(b)(2)": {"months": months}}, unchecked=("2.01(b)(1)",), readings=readings)
    people = [person(spell(line[0]), rows=[]) for line in lines]
    assert not wrong(lines, column(people, LATER, "eligibility_completed_on", plan=plan), at)
    for line, who in zip(lines, people, strict=True):
        day_before = plus(str(line[at]), days=-1)
        assert column([who], day_before, "eligibility_completed_on", plan=plan) == [None], line


# born, completes at 21, and where the leap day falls on 1 March, why
BIRTHDAYS = [
    ("1974-05-20", "1995-05-20", "1995-05-20", "an ordinary birthday"),
    ("1974-07-01", "1995-07-01", "1995-07-01", "on a Plan Entry Date"),
    ("1976-02-29", "1997-02-28", "1997-03-01", "born on a leap day"),
    ("1972-11-30", "1993-11-30", "1993-11-30", "the day after the year was done"),
    ("1972-11-29", "1993-11-29", "1993-11-29", "the day the year was done"),
    ("1972-11-28", "1993-11-29", "1993-11-29", "the day before it"),
    ("1940-01-01", "1993-11-29", "1993-11-29", "long of age"),
]


@pytest.mark.parametrize(("reading", "at"), [("feb_28", 1), ("mar_1", 2)])
def test_the_later_of_the_age_and_the_year_decides(reading: str, at: int) -> None:
    readings = elections()["readings"] | {"leap_day_anniversary": reading}
    plan = changed({"2.01(a)": {"age": 21}}, readings=readings)
    people = [year_done("1993-11-29", birth_date=line[0]) for line in BIRTHDAYS]
    assert not wrong(BIRTHDAYS, column(people, "1998-01-01", "eligibility_completed_on", plan=plan), at)


# hired, joins, why
ABOUT_THE_DATE = [
    ("1993-07-31", "1993-08-01", "before the Effective Date: on it"),
    ("1993-08-01", "1993-08-01", "on the Effective Date"),
    ("1993-08-02", "1993-08-02", "after it: on the day of hire"),
    ("1993-12-31", "1993-12-31", "the day before the date"),
    ("1994-01-01", "1994-01-01", "on the date"),
    ("1994-01-02", "1995-04-01", "the day after: by the conditions, done on 1 January 1995"),
]


def test_who_was_employed_on_or_before_the_date_of_dual_eligibility_joins_at_once() -> None:
    boxes = {"2.01(k)": {"employed_after": "1994-01-01"}, "2.01(k)(1)": {"age": 18}}
    marks = [mark for mark in elections()["not_applicable"] if mark != "2.01(j)-(k)"]
    people = [
        person(spell(line[0]), rows=[pay(line[0], plus(line[0], years=1, days=-1), "1000.00")])
        for line in ABOUT_THE_DATE
    ]
    plan = changed(boxes, not_applicable=marks)
    assert not wrong(ABOUT_THE_DATE, column(people, LATER, "entry_on", plan=plan), 1)


# hours of the Plan Year that ended on 30 September 1995, first day of the suspension, why
FEW_HOURS = [
    ("0.00", "1995-10-01", "none"),
    ("499.99", "1995-10-01", "fewer than 500"),
    ("500.00", "1995-10-01", "500 exactly"),
    ("500.01", None, "a hundredth more"),
    ("501.00", None, "501"),
]


def test_five_hundred_hours_suspend_a_participant_and_a_hundredth_more_does_not() -> None:
    plan = changed({"2.03(b)": None}, unchecked=("2.03(a)",))
    people = [
        person(spell("1992-10-01"), rows=plan_year_rows(1993, "2000.00", "2000.00", hours)) for hours, *_ in FEW_HOURS
    ]
    found = column(people, "1995-10-15", "suspended_from", "status_of_employee", plan=plan)
    assert not wrong(FEW_HOURS, [first for first, _ in found], 1)
    assert [status for _, status in found] == ["not_eligible"] * 3 + ["participant"] * 2
    day_before = column(people, "1995-09-29", "suspended_from", "status_of_employee", plan=plan)
    assert set(day_before) == {(None, "participant")}


# the election not to participate, joins, why
OPT_OUTS = [
    (None, "1996-01-01", "none"),
    (("1994-10-01", "1995-09-30"), "1996-01-01", "over before"),
    (("1995-10-01", "1996-09-30"), "1996-10-01", "the Plan Year of the entry date"),
    (("1996-10-01", "1997-09-30"), "1996-01-01", "only after joining"),
    (("1994-10-01", "1995-12-31"), "1996-01-01", "through the day before"),
    (("1994-10-01", "1996-01-01"), "1996-01-02", "through the day itself"),
]


def test_an_election_not_to_participate_puts_the_entry_off_to_the_day_after_it() -> None:
    plan = changed({"2.06(b)": None}, unchecked=("2.06(a)",))
    people = [
        year_done("1995-10-14", opt_outs=[] if days is None else [{"start": days[0], "end": days[1]}])
        for days, *_ in OPT_OUTS
    ]
    assert not wrong(OPT_OUTS, column(people, LATER, "entry_on", plan=plan), 1)


OPTIONS: dict[str, dict[str, Any]] = {
    "age": {"checked": {"2.01(a)": {"age": 21}}},
    "months, preceding": {
        "checked": {"2.01(b)(2)": {"months": 9}, "2.01(h)": None},
        "unchecked": ("2.01(b)(1)", "2.01(g)"),
    },
    "nearest of half-yearly": {
        "checked": {"2.01(i)": None, "2.01(d)": None},
        "unchecked": ("2.01(g)", "2.01(f)"),
    },
    "anniversaries, hold-out, preceding": {
        "checked": {"2.02(c)": None, "2.03(b)": None, "2.01(h)": None},
        "unchecked": ("2.02(d)", "2.03(a)", "2.01(g)"),
    },
}


@pytest.mark.parametrize("name", OPTIONS)
def test_the_earliest_entry_is_never_later_than_the_entry_and_an_entry_stays(name: str) -> None:
    plan, people = changed(**OPTIONS[name]), crowd(120)
    days = [date(1995, 1, 1), date(1996, 6, 30), date(1999, 9, 30)]
    early, middle, late = (
        plan.evaluate(people, day).people.select("employee_id", "entry_on", "earliest_entry_on") for day in days
    )
    for before, after in ((early, middle), (middle, late)):
        both = before.join(after, on="employee_id", suffix="_then").to_dicts()
        told = [row for row in both if row["entry_on_then"] is not None]
        assert any(row["earliest_entry_on"] for row in before.to_dicts())
        for row in told:
            assert row["earliest_entry_on"] is None or row["earliest_entry_on"] <= row["entry_on_then"], row
            assert row["entry_on"] in (None, row["entry_on_then"]), row


def test_a_reading_about_something_the_plan_does_not_have_is_not_asked() -> None:
    who = year_done("1994-11-16")
    here = {note.reading for note in ask(who, LATER, other_readings=True).readings}
    there = {note.reading for note in ask(who, LATER, elected("2.01(i)"), other_readings=True).readings}
    assert here & {"nearest_entry_tie", "months_condition_completed_on"} == set()
    assert there & {"nearest_entry_tie", "entry_on_completion_day"} == {"nearest_entry_tie"}
