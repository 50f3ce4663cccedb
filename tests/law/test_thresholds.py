"""Thresholds that hold from a date: the day before, on and after each, and what is refused."""

from datetime import date

import pytest

from planrules import law
from planrules.errors import LawError
from planrules.law import dated_thresholds
from planrules.law.dated_thresholds import parse_threshold
from planrules.law.distribution_dates import parse_required_beginning
from planrules.law.minimum_vesting import Money, parse_vesting_minimums

STEEL = (9, 30)
CALENDAR = (12, 31)
NO_SOURCES: frozenset[str] = frozenset()

CASH_OUT = [
    ("1984-12-31", CALENDAR, 1750),
    ("1985-01-01", CALENDAR, 3500),
    ("1985-09-30", STEEL, 1750),
    ("1985-10-01", STEEL, 3500),
    ("1995-06-30", STEEL, 3500),
    ("1997-08-06", STEEL, 3500),  # the law's date has passed, its first Plan Year has not begun
    ("1997-09-30", STEEL, 3500),
    ("1997-10-01", STEEL, 5000),
    ("1997-12-31", CALENDAR, 3500),
    ("1998-01-01", CALENDAR, 5000),
    ("2023-12-31", STEEL, 5000),
    ("2024-01-01", STEEL, 7000),  # measured by the distribution, not by the Plan Year
]


@pytest.mark.parametrize(("on", "plan_year_end", "dollars"), CASH_OUT)
def test_the_cash_out_line_of_a_day(on: str, plan_year_end: tuple[int, int], dollars: int) -> None:
    line = law.threshold("involuntary_cash_out", date.fromisoformat(on), plan_year_end)
    assert (line.value, line.unit) == (dollars, "dollars")


def test_the_cash_out_line_needs_the_plan_year_only_while_it_decides() -> None:
    assert law.threshold("involuntary_cash_out", date(1997, 8, 5)).value == 3500
    assert law.threshold("involuntary_cash_out", date(1998, 8, 5)).value == 5000
    assert law.threshold("involuntary_cash_out", date(2024, 1, 1)).value == 7000
    with pytest.raises(LawError, match="plan_year_end"):
        law.threshold("involuntary_cash_out", date(1997, 10, 1))


def test_a_threshold_says_what_is_unconfirmed() -> None:
    shown = [str(line) for line in law.thresholds("involuntary_cash_out")]
    assert shown == [
        "$1,750 (amount unconfirmed, date unconfirmed)",
        "$3,500 (date unconfirmed)",
        "$5,000",
        "$7,000",
    ]
    assert [line.confirmed for line in law.thresholds("involuntary_cash_out")] == [False, False, True, True]


@pytest.mark.parametrize("name", law.threshold_names())
def test_every_threshold_is_cited_and_sourced(name: str) -> None:
    for entry in law.thresholds(name):
        assert entry.cites
        assert bool(entry.sources) == (entry.status == "confirmed")
        assert all(law.source(source_id) for source_id in entry.sources)


@pytest.mark.parametrize(("on", "held"), [(date(2005, 3, 27), False), (date(2005, 3, 28), True)])
def test_the_floor_of_automatic_rollovers_begins_in_2005(on: date, held: bool) -> None:  # noqa: FBT001 - a table
    if held:
        assert law.threshold("automatic_rollover_floor", on).value == 1000
    else:
        with pytest.raises(LawError, match="nothing is assumed before"):
            law.threshold("automatic_rollover_floor", on)


@pytest.mark.parametrize(("on", "percent"), [("2002-09-30", 25), ("2002-10-01", 100)])
def test_annual_additions_as_a_share_of_pay(on: str, percent: int) -> None:
    share = law.threshold("annual_additions_percent", date.fromisoformat(on), STEEL)
    assert (share.value, share.unit) == (percent, "percent")


def test_the_days_to_ask_for_a_review_of_a_denied_claim() -> None:
    days = law.threshold("claim_review_days", date(1996, 3, 31))
    assert (days.value, days.unit, str(days)) == (60, "days", "60 days (amount unconfirmed, date unconfirmed)")
    assert law.threshold("claim_review_days", date(2026, 3, 31)).value == 60
    assert law.threshold("claim_review_days_disability", date(2002, 1, 1)).value == 180
    with pytest.raises(LawError, match="nothing is assumed before"):
        law.threshold("claim_review_days_disability", date(2001, 12, 31))


def test_an_unknown_threshold_names_those_on_file() -> None:
    with pytest.raises(LawError, match=r"no threshold cash_out is on file.*involuntary_cash_out"):
        law.threshold("cash_out", date(1995, 1, 1))


# ---- required beginning ----------------------------------------------------------

AGES = [
    ("1917-06-30", 70, 6),
    ("1949-06-30", 70, 6),  # attains 70 1/2 on 30 December 2019
    ("1949-07-01", 72, 0),
    ("1950-12-31", 72, 0),
    ("1951-01-01", 73, 0),
    ("1959-12-31", 73, 0),
    ("1960-01-01", 75, 0),
]


@pytest.mark.parametrize(("born", "years", "months"), AGES)
def test_the_age_by_date_of_birth(born: str, years: int, months: int) -> None:
    age = law.required_beginning_age(date.fromisoformat(born))
    assert (age.years, age.months) == (years, months)
    assert age.confirmed


def test_who_may_wait_while_still_at_work() -> None:
    assert law.still_working_rule(date(1996, 12, 31)).born_before == date(1917, 7, 1)
    assert law.still_working_rule(date(1997, 1, 1)).open_to == "not_five_percent_owners"
    assert law.still_working_rule(date(2030, 1, 1)).confirmed
    with pytest.raises(LawError, match="1989-01-01"):
        law.still_working_rule(date(1988, 12, 31))


def test_the_statutory_start_of_payment() -> None:
    start = law.distribution_start()
    assert (start.days_after_plan_year_end, start.age, start.participation_years) == (60, 65, 10)
    assert start.latest_of == ("age_or_normal_retirement_age", "participation_anniversary", "separation")


# ---- vesting ---------------------------------------------------------------------

FIVE_YEAR_CLIFF = {5: 100}
THREE_YEAR_CLIFF = {3: 100}
TWO_TO_SIX = {2: 20, 3: 40, 4: 60, 5: 80, 6: 100}
THREE_TO_SEVEN = {3: 20, 4: 40, 5: 60, 6: 80, 7: 100}

SCHEDULES: list[tuple[Money, str, bool, dict[int, int], bool]] = [
    ("matching", "1993-10-01", False, FIVE_YEAR_CLIFF, True),
    ("matching", "1993-10-01", False, THREE_TO_SEVEN, True),
    ("matching", "1993-10-01", False, {6: 100}, False),
    ("matching", "1993-10-01", True, FIVE_YEAR_CLIFF, False),
    ("matching", "1993-10-01", True, THREE_YEAR_CLIFF, True),
    ("matching", "2001-10-01", False, FIVE_YEAR_CLIFF, True),
    ("matching", "2001-12-31", False, FIVE_YEAR_CLIFF, True),
    ("matching", "2002-01-01", False, FIVE_YEAR_CLIFF, False),
    ("matching", "2002-10-01", False, TWO_TO_SIX, True),
    ("matching", "2002-10-01", False, THREE_TO_SEVEN, False),
    ("nonelective", "2002-10-01", False, FIVE_YEAR_CLIFF, True),
    ("nonelective", "2006-10-01", False, FIVE_YEAR_CLIFF, True),
    ("nonelective", "2007-10-01", False, FIVE_YEAR_CLIFF, False),
    ("nonelective", "2007-10-01", False, THREE_YEAR_CLIFF, True),
    ("nonelective", "2007-10-01", False, {1: 100}, True),
    ("nonelective", "1980-01-01", False, {10: 100}, True),
    ("nonelective", "1980-01-01", False, {11: 100}, False),
]


@pytest.mark.parametrize(("money", "start", "top_heavy", "schedule", "allowed"), SCHEDULES)
def test_the_slowest_schedule_allowed(
    money: Money,
    start: str,
    top_heavy: bool,  # noqa: FBT001 - a table
    schedule: dict[int, int],
    allowed: bool,  # noqa: FBT001 - a table
) -> None:
    minimum = law.vesting_minimum(money, date.fromisoformat(start), top_heavy=top_heavy)
    assert minimum.allows(schedule) is allowed


def test_no_vesting_minimum_before_the_first_on_file() -> None:
    with pytest.raises(LawError, match="no vesting minimum"):
        law.vesting_minimum("matching", date(1975, 12, 31))


# ---- refused ---------------------------------------------------------------------

LINE = """
threshold: line
title: A line
cites: ["IRC 1"]
unit: dollars
entries:
  - {{value: 1, effective: 1990-01-01, measured_by: calendar_date, law: A, status: unconfirmed, date_status: {status}}}
  - {{value: 2, effective: {second}, measured_by: calendar_date, law: B, status: unconfirmed, date_status: unconfirmed}}
"""


@pytest.mark.parametrize("second", ["1990-01-01", "1989-12-31"])
def test_overlapping_thresholds_are_refused(second: str) -> None:
    with pytest.raises(LawError, match="overlap"):
        parse_threshold(LINE.format(second=second, status="unconfirmed"), "line.yaml", NO_SOURCES)


def test_a_file_is_named_as_its_threshold(monkeypatch: pytest.MonkeyPatch) -> None:
    text = LINE.format(second="1991-01-01", status="unconfirmed")
    other = parse_threshold(text, "line.yaml", NO_SOURCES)
    monkeypatch.setattr(dated_thresholds, "load", lambda *_: other)
    with pytest.raises(LawError, match="another threshold, line"):
        law.thresholds.__wrapped__("involuntary_cash_out")


def test_a_confirmed_date_needs_a_source() -> None:
    with pytest.raises(LawError, match="date is confirmed, but no source"):
        parse_threshold(LINE.format(second="1991-01-01", status="confirmed"), "line.yaml", NO_SOURCES)


AGE_TABLE = """
title: Ages
cites: ["IRC 1"]
ages:
  - {{born_from: null, born_through: 1949-06-30, years: 70, law: A, applies: x, status: unconfirmed}}
  - {{born_from: {born_from}, born_through: {born_through}, years: 72, law: A, applies: x, status: unconfirmed}}
still_working:
  - {{first_day: 1989-01-01, last_day: 1996-12-31, open_to: born_before, law: A, status: unconfirmed}}
  - {{first_day: {first_day}, last_day: null, open_to: not_five_percent_owners, law: A, status: unconfirmed}}
"""
AGE_FAULTS = [
    ("1949-06-30", "null", "1997-01-01", "ages overlap or leave days out"),
    ("1949-07-02", "null", "1997-01-01", "ages overlap or leave days out"),
    ("1949-07-01", "1960-12-31", "1997-01-01", "without end"),
    ("1949-07-01", "null", "1996-12-31", "still-working rules overlap"),
]


@pytest.mark.parametrize(("born_from", "born_through", "first_day", "message"), AGE_FAULTS)
def test_spans_that_overlap_or_leave_days_out_are_refused(
    born_from: str, born_through: str, first_day: str, message: str
) -> None:
    text = AGE_TABLE.format(born_from=born_from, born_through=born_through, first_day=first_day)
    with pytest.raises(LawError, match=message):
        parse_required_beginning(text, "ages.yaml", NO_SOURCES)


MINIMUM = (
    "  - {{money: [matching], effective: {effective}, measured_by: plan_years_beginning_after, law: A, "
    "cites: [IRC], status: unconfirmed, date_status: unconfirmed, options: [{{name: cliff, percents: {percents}}}]}}\n"
)


@pytest.mark.parametrize("percents", ["{3: 90}", "{3: 100, 4: 50}", "{2: 100, 3: 100}"])
def test_a_schedule_rises_to_full(percents: str) -> None:
    text = "title: V\nminimums:\n" + MINIMUM.format(effective="1988-12-31", percents=percents)
    with pytest.raises(LawError, match="end at 100"):
        parse_vesting_minimums(text, "vesting.yaml", NO_SOURCES)


def test_overlapping_vesting_minimums_are_refused() -> None:
    one = MINIMUM.format(effective="1988-12-31", percents="{5: 100}")
    with pytest.raises(LawError, match="overlap"):
        parse_vesting_minimums("title: V\nminimums:\n" + one + one, "vesting.yaml", NO_SOURCES)
