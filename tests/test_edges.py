"""Joining and counting at the edge of every line: each table is one evaluation, each line one case with its reason."""

from datetime import date
from typing import Any

import pytest
from asking import column, evaluated, steel, wrong
from dateutil.relativedelta import relativedelta
from oracle_example import pay, person, plan_year_rows, spell

DAY = relativedelta(days=1)
LATER = "1997-01-01"
THOUSAND = "1000.00"


def plus(day: str, **step: int) -> str:
    return (date.fromisoformat(day) + relativedelta(**step)).isoformat()  # type: ignore[arg-type]  # years, days


def first_year(hired: str, hours: str = THOUSAND, **facts: Any) -> dict[str, Any]:  # noqa: ANN401  any facts of a person
    """Hired on a day, with all hours of the first twelve months in one row that ends with them."""
    return person(spell(hired), rows=[pay(hired, plus(hired, years=1, days=-1), hours)], **facts)


# hired, completes, joins, joins when a completion on an entry date counts that day, why
ENTRY_DATES = [
    ("1992-01-01", "1992-12-31", "1993-08-01", "1993-08-01", "before there was a Plan: on its first day"),
    ("1992-07-31", "1993-07-30", "1993-08-01", "1993-08-01", "two days before the first Plan Entry Date"),
    ("1992-08-01", "1993-07-31", "1993-08-01", "1993-08-01", "the day before it"),
    ("1992-08-02", "1993-08-01", "1993-10-01", "1993-08-01", "on it"),
    ("1992-08-03", "1993-08-02", "1993-10-01", "1993-10-01", "the day after it"),
    ("1993-12-31", "1994-12-30", "1995-01-01", "1995-01-01", "two days before 1 January"),
    ("1994-01-01", "1994-12-31", "1995-01-01", "1995-01-01", "the day before 1 January"),
    ("1994-01-02", "1995-01-01", "1995-04-01", "1995-01-01", "on 1 January"),
    ("1994-01-03", "1995-01-02", "1995-04-01", "1995-04-01", "the day after 1 January"),
    ("1994-03-31", "1995-03-30", "1995-04-01", "1995-04-01", "two days before 1 April"),
    ("1994-04-01", "1995-03-31", "1995-04-01", "1995-04-01", "the day before 1 April"),
    ("1994-04-02", "1995-04-01", "1995-07-01", "1995-04-01", "on 1 April"),
    ("1994-04-03", "1995-04-02", "1995-07-01", "1995-07-01", "the day after 1 April"),
    ("1994-06-30", "1995-06-29", "1995-07-01", "1995-07-01", "two days before 1 July"),
    ("1994-07-01", "1995-06-30", "1995-07-01", "1995-07-01", "the day before 1 July"),
    ("1994-07-02", "1995-07-01", "1995-10-01", "1995-07-01", "on 1 July"),
    ("1994-07-03", "1995-07-02", "1995-10-01", "1995-10-01", "the day after 1 July"),
    ("1994-09-30", "1995-09-29", "1995-10-01", "1995-10-01", "two days before 1 October"),
    ("1994-10-01", "1995-09-30", "1995-10-01", "1995-10-01", "the day before 1 October"),
    ("1994-10-02", "1995-10-01", "1996-01-01", "1995-10-01", "on 1 October"),
    ("1994-10-03", "1995-10-02", "1996-01-01", "1996-01-01", "the day after 1 October"),
]


@pytest.mark.parametrize(("option", "at"), [("next_entry_date", 2), ("same_day", 3)])
def test_completing_about_every_entry_date(option: str, at: int) -> None:
    people = [first_year(line[0]) for line in ENTRY_DATES]
    plan = steel(entry_on_completion_day=option)
    assert not wrong(ENTRY_DATES, column(people, LATER, "eligibility_completed_on", plan=plan), 1)
    assert not wrong(ENTRY_DATES, column(people, LATER, "entry_on", plan=plan), at)


# hired, last day, joins, why
LAST_DAYS = [
    ("1992-03-01", "1993-07-31", None, "left the day before 1 August 1993"),
    ("1992-03-01", "1993-08-01", "1993-08-01", "left on it, employed that day"),
    ("1992-03-01", "1993-08-02", "1993-08-01", "left the day after"),
    *(
        (
            hired,
            left.isoformat(),
            entry if left >= date.fromisoformat(entry) else None,
            f"left {left}, entry date {entry}",
        )
        for hired, entry in (
            ("1993-12-01", "1995-01-01"),
            ("1994-03-01", "1995-04-01"),
            ("1994-06-01", "1995-07-01"),
            ("1994-09-01", "1995-10-01"),
        )
        for left in (date.fromisoformat(entry) + step for step in (-DAY, 0 * DAY, DAY))
    ),
]


def test_leaving_about_every_entry_date() -> None:
    people = [first_year(hired) | {"employment": [spell(hired, left, "quit")]} for hired, left, *_ in LAST_DAYS]
    assert not wrong(LAST_DAYS, column(people, LATER, "entry_on"), 2)


# employment after a first year from 1994-03-01 to 1995-02-28, excluded class, joins, why; the entry date is 1995-04-01
AROUND_AN_ENTRY_DATE: list[tuple[list[tuple[str, str | None]], tuple[str, str | None] | None, str | None, str]] = [
    ([("1994-03-01", "1995-03-01"), ("1995-03-31", None)], None, "1995-04-01", "back the day before"),
    ([("1994-03-01", "1995-03-01"), ("1995-04-01", None)], None, "1995-04-01", "back on the entry date"),
    ([("1994-03-01", "1995-03-01"), ("1995-04-02", None)], None, "1995-04-02", "back the day after"),
    ([("1994-03-01", "1995-03-31"), ("1995-04-01", None)], None, "1995-04-01", "one employment follows on the other"),
    ([("1994-03-01", "1995-04-01"), ("1996-05-01", None)], None, "1995-04-01", "entered before leaving"),
    ([("1994-03-01", None)], ("1994-03-01", "1995-03-30"), "1995-04-01", "out of the class two days before"),
    ([("1994-03-01", None)], ("1994-03-01", "1995-03-31"), "1995-04-01", "in the class until the day before"),
    ([("1994-03-01", None)], ("1994-03-01", "1995-04-01"), "1995-04-02", "in the class on the entry date"),
    ([("1994-03-01", None)], ("1995-04-01", "1995-04-01"), "1995-04-02", "in the class that day only"),
    ([("1994-03-01", None)], ("1995-04-02", None), "1995-04-01", "in the class from the day after"),
    ([("1994-03-01", None)], ("1995-03-31", None), None, "in the class from the day before"),
]


def test_returning_and_changing_class_about_an_entry_date() -> None:
    people = [
        first_year("1994-03-01")
        | {
            "employment": [spell(start, end, end and "layoff") for start, end in spells],
            "classes": [{"class": "leased", "start": held[0], "end": held[1]}] if held else [],
        }
        for spells, held, *_ in AROUND_AN_ENTRY_DATE
    ]
    assert not wrong(AROUND_AN_ENTRY_DATE, column(people, LATER, "entry_on"), 2)


# hired, completes when 29 February's anniversary is 28 February, and when it is 1 March, why
ANNIVERSARIES = [
    ("1992-02-28", "1993-02-27", "1993-02-27", "the day before the leap day"),
    ("1992-02-29", "1993-02-27", "1993-02-28", "on the leap day"),
    ("1992-03-01", "1993-02-28", "1993-02-28", "the day after it"),
    ("1993-02-28", "1994-02-27", "1994-02-27", "no leap year near"),
    ("1993-03-01", "1994-02-28", "1994-02-28", "no leap year near"),
    ("1995-02-28", "1996-02-27", "1996-02-27", "into a leap year"),
    ("1995-03-01", "1996-02-29", "1996-02-29", "the year ends on the leap day"),
    ("1996-02-29", "1997-02-27", "1997-02-28", "another leap day"),
    ("1994-12-31", "1995-12-30", "1995-12-30", "the last day of a year"),
]


@pytest.mark.parametrize(("option", "at"), [("feb_28", 1), ("mar_1", 2)])
def test_the_first_anniversary(option: str, at: int) -> None:
    # The hours lie early, so that only the end of the period decides the day.
    people = [person(spell(hired), rows=[pay(hired, plus(hired, days=50), THOUSAND)]) for hired, *_ in ANNIVERSARIES]
    plan = steel(leap_day_anniversary=option)
    assert not wrong(ANNIVERSARIES, column(people, "1999-12-31", "eligibility_completed_on", plan=plan), at)
    periods = evaluated(people, "1999-12-31", plan).participation_periods.group_by("employee_id", maintain_order=True)
    assert not wrong(ANNIVERSARIES, [through.isoformat() for through in periods.first()["through"]], at)


# hours of the Plan Year; (a year for joining, Years of Service, Break), why
HOURS = [
    ("0.00", (False, 0, True), "no hour"),
    ("499.99", (False, 0, True), "just under 500"),
    ("500.00", (False, 0, True), "not more than 500 is a Break"),
    ("500.01", (False, 0, False), "more than 500 is none"),
    ("500.50", (False, 0, False), "between 500 and 501"),
    ("501.00", (False, 0, False), "501 is none"),
    ("999.99", (False, 0, False), "just under 1,000"),
    ("1000.00", (True, 1, False), "1,000 is a year"),
    ("1000.01", (True, 1, False), "more is one year too"),
    ("8760.00", (True, 1, False), "every hour of the year is one year"),
]


def test_hours_about_every_threshold() -> None:
    people = [person(spell("1994-10-01"), rows=plan_year_rows(1995, hours)) for hours, *_ in HOURS]
    result = evaluated(people, "1995-09-30")
    rows = zip(result.people.to_dicts(), result.vesting_periods.to_dicts(), strict=True)
    found = [(who["entry_on"] or who["next_entry_on"], who["years_of_service"], year["break"]) for who, year in rows]
    assert not wrong(HOURS, [(joins is not None, years, stopped) for joins, years, stopped in found], 1)


def test_hours_before_the_year_is_over() -> None:
    """The day before, the hours count for owning, nothing is completed for joining and nothing is a Break."""
    people = [person(spell("1994-10-01"), rows=[pay("1994-10-01", "1995-08-31", hours)]) for hours, *_ in HOURS[:-1]]
    for as_of, plan, credited in (
        ("1995-09-29", steel(), True),
        ("1995-09-29", steel(vesting_credit="period_end"), False),
        ("1995-09-30", steel(vesting_credit="period_end"), True),
    ):
        result = evaluated(people, as_of, plan)
        years = [int(credited and enough) for _, (enough, _, _), _ in HOURS[:-1]]
        assert result.vesting_periods["year"].to_list() == [year == 1 for year in years]
        over = as_of == "1995-09-30"
        assert result.vesting_periods["break"].to_list() == [over and stopped for _, (_, _, stopped), _ in HOURS[:-1]]
        completed = [day is not None for day in result.people["eligibility_completed_on"]]
        assert completed == [over and enough for _, (enough, _, _), _ in HOURS[:-1]]


# a last pay row after 992 hours; Years of Service at the close of 30 September 1995, why
YEAR_ENDS = [
    (("1995-09-30", "1995-09-30", "8.00"), 1, "eight hours on the last day"),
    (("1995-10-01", "1995-10-01", "8.00"), 0, "eight hours the day after"),
    (("1995-09-30", "1995-10-01", "16.00"), 1, "a row of two days, half each"),
    (("1995-09-30", "1995-10-01", "15.98"), 0, "half of it is too little"),
    (("1995-09-30", "1995-10-01", "15.99"), 1, "7.995 hours are 8.00, half-up"),
]


def test_hours_about_the_end_of_the_plan_year() -> None:
    before = pay("1994-10-01", "1995-09-29", "992.00")
    people = [person(spell("1994-10-01"), rows=[before, pay(*row)]) for row, *_ in YEAR_ENDS]
    found = evaluated(people, "1995-10-01").vesting_periods.filter(through=date(1995, 9, 30))
    assert not wrong(YEAR_ENDS, found["years_of_service"].to_list(), 1)


# hired; first and last day of the first Plan Year of the ledger, second measuring period, why
PLAN_YEARS = [
    ("1994-09-30", ("1993-10-01", "1994-09-30", "1994-10-01"), "hired on the last day of a Plan Year"),
    ("1994-10-01", ("1994-10-01", "1995-09-30", "1995-10-01"), "hired on its first day"),
    ("1994-10-02", ("1994-10-01", "1995-09-30", "1995-10-01"), "hired on its second day"),
    ("1992-02-29", ("1991-10-01", "1992-09-30", "1992-10-01"), "hired on a leap day"),
]


def test_the_plan_year_of_hire_and_the_one_of_the_first_anniversary() -> None:
    result = evaluated([first_year(hired) for hired, *_ in PLAN_YEARS], "1997-09-30")
    years = result.vesting_periods.group_by("employee_id", maintain_order=True).first()
    second = result.participation_periods.group_by("employee_id", maintain_order=True).agg("start")["start"]
    rows = zip(years["start"], years["through"], second.list.get(1), strict=True)
    assert not wrong(PLAN_YEARS, [tuple(day.isoformat() for day in row) for row in rows], 1)


# last day; match of September allocated, why
TEST_DAYS = [
    ("1995-09-29", False, "left the day before the test"),
    ("1995-09-30", True, "employed on the last day of the Plan Year"),
    ("1995-10-01", True, "left the day after"),
]


def test_employment_about_the_test_day_of_the_match() -> None:
    rows = [*plan_year_rows(1994, "2000.00"), pay("1994-10-01", "1995-09-15", "1900.00", "24000.00", "720.00")]
    people = [person(spell("1993-10-01", left, "quit"), rows=rows) for left, *_ in TEST_DAYS]
    assert not wrong(TEST_DAYS, evaluated(people, "1995-10-01").matching["allocated"].to_list(), 1)
    days = [(day, status, day) for day, status in (("1995-09-29", "provisional"), ("1995-09-30", "decided"))]
    stayed = person(spell("1993-10-01"), rows=rows)
    assert not wrong(days, [column([stayed], day, "statuses")[0]["total"] for day, *_ in days], 1)
