"""Hours credited by the unit of time: each line one person with the hours of the Plan Year 1994-95, and its reason.

1 October 1994 and 30 September 1995 are Saturdays.
"""

from collections.abc import Mapping, Sequence
from typing import Any

import pytest
from asking import MITECH, ask, changed, column, evaluated
from oracle_example import pay, person, plan_year_rows, spell

from planrules import Plan

YEAR_END = "1995-09-30"
LATER = "1995-12-31"
Rows = Sequence[Mapping[str, Any]]


def credited(unit: str, *actual_for: str, **readings: str) -> Plan:
    """The sample plan with an equivalency, but actual hours for the purposes named; and readings."""
    excepted = {f"1.27(b)(2)({each})": None for each in actual_for}
    how = {"1.27(b)(2)": None, **excepted} if actual_for else {"1.27(b)(1)": None}
    chosen = {"match_employment_condition": "plan_year_end", **readings}
    return changed({"1.27(b)": {"equivalency": unit}, **how}, ["1.27(a)"], readings=chosen)


def years(plan: Plan, rows: Rows, hired: str = "1994-10-03", as_of: str = LATER) -> list[str]:
    """Hours of the first two Plan Years for vesting, "open" where a missing fact leaves them open."""
    someone = person(spell(hired), rows=[dict(row) for row in rows])
    told = evaluated([someone], as_of, plan).vesting_periods["hours"].to_list()
    return ["open" if hours is None else str(hours) for hours in told]


def of_days(row: Mapping[str, Any], days: int | None) -> dict[str, Any]:
    return dict(row) | {"days": days}


# rows, hours of 1994-95 when weeks begin on Sunday, on Monday, and on Sunday by the end of the row, why
WEEKS: list[tuple[Rows, str, str, str, str]] = [
    ([pay("1994-10-03", "1994-10-07", "1.00")], "45.00", "45.00", "45.00", "one hour in the week"),
    ([pay("1994-10-03", "1994-10-07", "0.99")], "0.00", "0.00", "0.00", "less than an hour"),
    ([pay("1994-10-03", "1994-10-07", "120.00")], "45.00", "45.00", "45.00", "no more than 45"),
    ([pay("1994-10-03", "1994-10-04", "0.50")] * 2, "45.00", "45.00", "45.00", "half an hour twice"),
    ([pay("1994-10-03", "1994-10-07", "40.00")] * 2, "45.00", "45.00", "45.00", "once, whatever the rows"),
    ([pay("1994-10-03", "1994-10-09", "40.00")], "90.00", "45.00", "45.00", "Monday to Sunday"),
    ([pay("1994-10-03", "1994-10-09", "6.00")], "45.00", "45.00", "45.00", "0.86 of an hour on the Sunday by days"),
    ([pay("1994-10-03", "1994-10-16", "80.00")], "135.00", "90.00", "45.00", "a fortnight"),
    ([pay("1994-10-03", "1994-10-07", "40.00"), pay("1994-10-08", "1994-10-08", "8.00")], *["45.00"] * 3, "a Saturday"),
    ([pay("1995-09-25", "1995-09-29", "40.00")], "45.00", "38.57", "45.00", "six of seven days before 1 October"),
]


@pytest.mark.parametrize("line", WEEKS, ids=lambda line: line[-1])
def test_weeks(line: tuple[Rows, str, str, str, str]) -> None:
    rows, sunday, monday, by_row_end, _ = line
    assert years(credited("weekly"), rows)[0] == sunday
    assert years(credited("weekly", week_begins="monday"), rows)[0] == monday
    assert years(credited("weekly", straddling_pay="by_row_end"), rows)[0] == by_row_end


# reading of pay that straddles, hours of 1994-95 and 1995-96 for the week from 25 September to 1 October 1995
AT_THE_YEAR_END = [
    ("by_days", ["38.57", "6.43"]),
    ("by_row_end", ["0.00", "45.00"]),
    ("set_aside", ["open", "open"]),
]


@pytest.mark.parametrize(("reading", "expected"), AT_THE_YEAR_END)
def test_a_week_over_the_end_of_a_plan_year(reading: str, expected: list[str]) -> None:
    plan = credited("weekly", week_begins="monday", straddling_pay=reading)
    assert years(plan, [pay("1995-09-25", "1995-09-29", "40.00")]) == expected


# rows, hours of 1994-95 by days and by the end of the row, why
HALF_MONTHS: list[tuple[Rows, str, str, str]] = [
    ([pay("1994-10-16", "1994-10-31", "1.00")], "95.00", "95.00", "the 16th to the 31st"),
    ([pay("1994-10-10", "1994-10-20", "11.00")], "190.00", "95.00", "over the 15th"),
    ([pay("1994-10-15", "1994-10-17", "1.00")], "0.00", "95.00", "0.33 and 0.67 of an hour by days"),
    ([pay("1995-02-16", "1995-02-28", "80.00")], "95.00", "95.00", "to the end of February"),
    ([pay("1995-02-16", "1995-03-01", "80.00")], "190.00", "95.00", "a day of March"),
]


@pytest.mark.parametrize("line", HALF_MONTHS, ids=lambda line: line[-1])
def test_half_months(line: tuple[Rows, str, str, str]) -> None:
    rows, by_days, by_row_end, _ = line
    assert years(credited("semi-monthly payroll periods"), rows)[0] == by_days
    assert years(credited("semi-monthly payroll periods", straddling_pay="by_row_end"), rows)[0] == by_row_end


# rows, hours of 1994-95, why
DAYS: list[tuple[Rows, str, str]] = [
    ([pay("1994-10-03", "1994-10-03", "1.00")], "10.00", "one hour in the day"),
    ([pay("1994-10-03", "1994-10-03", "0.99")], "0.00", "less than an hour"),
    ([pay("1994-10-03", "1994-10-03", "0.50")] * 2, "10.00", "half an hour twice"),
    ([pay("1994-10-03", "1994-10-03", "24.00")] * 1, "10.00", "no more than 10"),
    ([of_days(pay("1994-10-03", "1994-10-07", "40.00"), 5)], "50.00", "the row says five days"),
    ([of_days(pay("1994-10-03", "1994-10-07", "0.00"), 0)], "0.00", "the row says none"),
    ([of_days(pay("1994-10-03", "1994-10-07", "40.00"), None)], "open", "two to five days could hold 40 hours"),
    ([of_days(pay("1994-10-03", "1994-10-07", "1.50"), None)], "10.00", "one and a half hours are one day"),
    ([of_days(pay("1994-10-03", "1994-10-07", "120.00"), None)], "50.00", "24 hours a day are every day"),
    ([of_days(pay("1994-10-03", "1994-10-07", "0.50"), None)], "0.00", "no day has an hour"),
    ([of_days(pay("1994-10-03", "1994-10-07", "0.50"), 1)], "0.00", "nor has one that the row names"),
    ([of_days(pay("1995-09-25", "1995-10-04", "64.00"), 8)], "48.00", "six of ten days before 1 October: 80 by days"),
]


@pytest.mark.parametrize("line", DAYS, ids=lambda line: line[-1])
def test_days(line: tuple[Rows, str, str]) -> None:
    rows, hours, _ = line
    assert years(credited("daily"), rows)[0] == hours


def test_days_that_are_told_need_no_hours() -> None:
    row = of_days(pay("1994-10-03", "1994-10-07", "40.00"), 5) | {"hours": None}
    assert years(credited("daily"), [row])[0] == "50.00"


def test_the_days_not_told_are_named_with_what_they_could_lead_to() -> None:
    rows = [pay("1994-10-03", "1995-10-02", "1000.00"), pay("1995-10-03", "1995-12-31", "0.00")]
    missing = evaluated([person(spell("1994-10-03"), rows=rows)], LATER, credited("daily")).missing
    told = missing.filter(needed_for="eligibility_completed_on").drop("employee_id").to_dicts()
    assert told == [
        {"fact": "days", "needed_for": "eligibility_completed_on", "earliest": "1995-10-02", "latest": None}
    ]


def test_a_month_is_known_once_the_row_with_its_hour_has_ended() -> None:
    rows = [pay("1994-10-03", "1994-10-15", "80.00"), pay("1994-10-16", "1994-10-31", "80.00")]
    assert [years(credited("monthly"), rows, as_of=day)[0] for day in ("1994-10-14", "1994-10-15", "1994-10-31")] == [
        *("0.00", "190.00", "190.00")
    ]


def test_the_month_of_hire_counts_whole_and_the_month_over_the_anniversary_by_its_days() -> None:
    """190 for October 1994 from the 20th on, eleven months, and 19 of 31 days of October 1995."""
    rows = [pay("1994-10-20", "1995-10-31", "1500.00")]
    found = evaluated([person(spell("1994-10-20"), rows=rows)], LATER, credited("monthly")).participation_periods
    assert str(found["hours"][0]) == "2396.45"


def test_a_month_over_the_end_of_a_plan_year_in_mid_month_is_shared() -> None:
    plan = changed(
        {"1.27(b)": {"equivalency": "monthly"}, "1.27(b)(1)": None, "1.17(a)": {"ends_every": "06-15"}},
        ["1.27(a)"],
        top_heavy={"plan_years": [], "tested_through": None},
    )
    assert years(plan, [pay("1995-06-01", "1995-06-30", "160.00")], "1995-01-02") == ["95.00", "95.00"]


def test_the_unit_of_the_first_day_over_the_end_of_a_plan_year_is_shared_by_all_its_days() -> None:
    """The week from Monday, 25 September to 1 October 1995: six of its seven days in 1994-95, whenever work began."""
    rows = [pay("1995-09-28", "1995-10-01", "30.00")]
    plan = credited("weekly", week_begins="monday")
    assert years(plan, rows, "1995-09-28") == ["38.57", "6.43"]
    assert years(plan, [pay("1995-10-01", "1995-10-01", "8.00")], "1995-10-01") == ["45.00"]


HALF_TIME = [
    pay(f"{year}-{month:02}-01", f"{year}-{month:02}-28", "100.00") for year, month in ((1994, 10), (1994, 11))
]
HALF_TIME += [pay(f"1995-{month:02}-01", f"1995-{month:02}-28", "100.00") for month in range(1, 5)]
HALF_TIME += [pay("1995-05-01", YEAR_END, "0.00")]


@pytest.mark.parametrize(
    ("actual_for", "joined", "vested_years"),
    [
        ((), "1995-10-01", 1),
        (("i",), None, 1),
        (("ii",), "1995-10-01", 0),
        (("iii",), "1995-10-01", 1),
        (("i", "ii"), None, 0),
    ],
)
def test_600_actual_hours_in_six_months_are_1140_but_for_the_exceptions(
    actual_for: tuple[str, ...], joined: str | None, vested_years: int
) -> None:
    someone = person(spell("1994-10-01"), rows=HALF_TIME)
    found = column([someone], "1995-10-01", "entry_on", "years_of_service", plan=credited("monthly", *actual_for))
    assert found == [(joined, vested_years)]


@pytest.mark.parametrize(
    ("actual_for", "forfeited"), [((), "1995-10-01"), (("iii",), YEAR_END), (("i",), "1995-10-01")]
)
def test_the_hours_for_an_allocation_are_credited_too(actual_for: tuple[str, ...], forfeited: str) -> None:
    rows = [*plan_year_rows(1993, "2000.00", "2000.00"), *HALF_TIME]
    leaver = person(spell("1992-10-01", YEAR_END, "quit"), rows=rows)
    found = column([leaver], LATER, "entry_on", "forfeiture_on", plan=credited("monthly", *actual_for))
    assert found == [("1993-10-01", forfeited)]


@pytest.mark.parametrize(("first_half", "reached"), [("80.00", "1995-03-15"), ("0.00", "1995-03-31")])
def test_the_fifth_year_is_reached_when_the_sixth_month_is_known(first_half: str, reached: str) -> None:
    rows = [*plan_year_rows(1991, *["2000.00"] * 4)]
    rows += [pay("1994-10-01", "1995-02-28", "500.00"), pay("1995-03-01", "1995-03-15", first_half)]
    rows += [pay("1995-03-16", "1995-03-31", "80.00"), pay("1995-04-01", YEAR_END, "900.00")]
    someone = person(spell("1990-10-01"), rows=rows)
    assert column([someone], YEAR_END, "fully_vested_on", plan=credited("monthly")) == [reached]


def test_the_hours_of_one_long_row_are_known_when_it_ends() -> None:
    """Weeks of 45 hours make 1,000 by the end of February, but no record says so before the row ends in May."""
    rows = [*plan_year_rows(1991, *["2000.00"] * 4), pay("1994-10-01", "1995-05-30", "1000.00")]
    someone = person(spell("1990-10-01"), rows=rows)
    assert column([someone], "1995-06-30", "fully_vested_on", plan=credited("weekly")) == ["1995-05-30"]


def test_hours_of_two_employers_make_a_unit_only_where_both_count() -> None:
    """Half an hour at each in October; at the Employer alone that is no month for the allocation, nor for vesting."""
    rows = [
        pay("1994-10-03", "1994-10-14", "0.50") | {"employer": MITECH},
        pay("1994-10-17", "1994-10-28", "0.50"),
    ]
    someone = person(spell("1994-10-03", "1994-10-16", "quit", MITECH), spell("1994-10-17"), rows=rows)
    plan = changed({"1.27(b)": {"equivalency": "monthly"}, "1.27(b)(1)": None}, ["1.27(a)", "1.29(b)"])
    result = evaluated([someone], LATER, plan)
    assert [str(result.participation_periods["hours"][0]), str(result.vesting_periods["hours"][0])] == [
        "190.00",
        "0.00",
    ]


# weeks of work from 2 October 1994, hours the first year could reach with those from 24 September 1995 on, joins
COULD_REACH = [
    (22, "1996-01-01", "990, and the week of 24 September makes 1,035"),
    (21, None, "945, that week makes 990 and a seventh of the next 6.43"),
]


@pytest.mark.parametrize("line", COULD_REACH, ids=lambda line: line[-1])
def test_a_running_period_can_only_reach_what_units_are_left(line: tuple[int, str | None, str]) -> None:
    weeks, joins, _ = line
    rows = [pay("1994-10-02", {22: "1995-03-04", 21: "1995-02-25"}[weeks], "800.00")]
    rows += [pay("1995-03-05", "1995-09-23", "0.00")]
    someone = person(spell("1994-10-02"), rows=rows)
    assert column([someone], "1995-09-23", "earliest_entry_on", plan=credited("weekly")) == [joins]


def test_an_answer_says_how_its_hours_are_credited() -> None:
    plan = credited("weekly", "ii")
    someone = person(spell("1994-10-03"), rows=[pay("1994-10-03", "1994-10-07", "40.00")])
    (step,) = [each for each in ask(someone, LATER, plan).because if each.fact == "hours"]
    assert step.says == (
        "Hours of Service are credited: 45 for each week with at least one hour, for joining and the hours an "
        "allocation asks for."
    )
    assert step.cites == ("AA 1.27(b)", "AA 1.27(b)(2)", "AA 1.27(b)(2)(ii)", "29 CFR 2530.200b-3(e)")
