"""The oracle against dated examples worked by hand (plan document part X) and the design's own facts."""

from decimal import Decimal
from typing import Any

import pytest
from oracle import Person, Terms
from oracle_example import EMPTY, ask, day, pay, person, plan_year_rows, spell
from oracle_terms import PREDECESSOR


@pytest.mark.parametrize(
    ("hired", "rows", "completed", "entered"),
    [
        pytest.param("1994-10-15", [pay("1994-10-15", "1995-10-14", "1040.00")], "1995-10-14", "1996-01-01", id="X1"),
        pytest.param(
            "1994-10-15",
            [
                pay("1994-10-15", "1995-09-30", "940.00"),
                pay("1995-10-01", "1995-10-14", "40.00"),
                pay("1995-10-15", "1996-09-30", "1160.00"),
            ],
            "1996-09-30",
            "1996-10-01",
            id="X2",
        ),
        pytest.param("1994-01-01", [pay("1994-01-01", "1994-12-31", "1000.00")], "1994-12-31", "1995-01-01", id="X3"),
        pytest.param("1994-01-02", [pay("1994-01-02", "1995-01-01", "1000.00")], "1995-01-01", "1995-04-01", id="X4"),
        pytest.param("1992-03-01", [pay("1992-03-01", "1993-02-28", "1000.00")], "1993-02-28", "1993-08-01", id="X5"),
    ],
)
def test_joins(hired: str, rows: list[dict[str, Any]], completed: str, entered: str) -> None:
    found = ask(person(spell(hired), rows=rows), "1996-12-31")["participation"]
    assert found["eligibility_completed_on"] == day(completed)
    assert found["entry_on"] == day(entered)
    assert found["status_of_employee"] == "participant"


def test_completion_on_an_entry_date_joins_that_day_under_the_other_reading() -> None:
    someone = person(spell("1994-01-02"), rows=[pay("1994-01-02", "1995-01-01", "1000.00")])
    found = ask(someone, "1996-12-31", Terms(entry_on_completion_day="same_day"))
    assert found["participation"]["entry_on"] == day("1995-01-01")


def test_awaits_entry_between_completion_and_the_entry_date() -> None:
    someone = person(spell("1994-10-15"), rows=[pay("1994-10-15", "1995-10-14", "1040.00")])
    before = ask(someone, "1995-10-13")["participation"]
    assert (before["status_of_employee"], before["next_entry_on"]) == ("not_eligible", None)
    found = ask(someone, "1995-10-14")["participation"]
    assert (found["status_of_employee"], found["next_entry_on"]) == ("awaiting_entry", day("1996-01-01"))
    assert found["entry_on"] is None


@pytest.mark.parametrize(
    ("as_of", "hours", "earliest"),
    [
        pytest.param("1995-10-13", "664.00", "1996-01-01", id="14 unpaid days at 24 hours are just enough"),
        pytest.param("1995-10-13", "663.99", "1996-10-01", id="14 days do not suffice: the running Plan Year"),
        pytest.param("1995-09-30", "663.99", None, id="14 days do not suffice and no other period has begun"),
    ],
)
def test_earliest_entry_follows_a_running_period_that_can_still_be_a_year(
    as_of: str, hours: str, earliest: str | None
) -> None:
    someone = person(spell("1994-10-15"), rows=[pay("1994-10-15", "1995-09-30", hours)])
    found = ask(someone, as_of)["participation"]["earliest_entry_on"]
    assert found == (None if earliest is None else day(earliest))


def test_left_before_the_entry_date_and_returned_joins_on_return() -> None:
    someone = person(
        spell("1994-10-15", "1995-12-15", "layoff"),
        spell("1996-05-06"),
        rows=[pay("1994-10-15", "1995-10-14", "1040.00")],
    )
    assert ask(someone, "1996-05-05")["participation"]["status_of_employee"] == "not_eligible"
    assert ask(someone, "1996-12-31")["participation"]["entry_on"] == day("1996-05-06")


def test_leaving_the_bargaining_unit_joins_the_next_day() -> None:
    someone = person(
        spell("1994-10-15"),
        rows=[pay("1994-10-15", "1995-10-14", "1040.00")],
        classes=[{"class": "collective_bargaining", "start": "1994-10-15", "end": "1996-01-09"}],
    )
    assert ask(someone, "1996-01-09")["participation"]["status_of_employee"] == "excluded"
    assert ask(someone, "1996-01-10")["participation"]["entry_on"] == day("1996-01-10")


def test_mitech_years_count_and_its_staff_join_on_the_first_day_at_steel() -> None:
    someone = person(
        spell("1990-10-01", "1994-01-31", "quit", PREDECESSOR),
        spell("1994-02-01"),
        rows=[
            *plan_year_rows(1991, "2000.00", "2000.00", "2000.00"),
            pay("1993-10-01", "1994-01-31", "700.00"),
            pay("1994-02-01", "1994-09-30", "1300.00"),
            *plan_year_rows(1995, "2000.00"),
        ],
    )
    at_mitech = ask(someone, "1994-01-31")
    assert at_mitech["participation"]["status_of_employee"] == "not_eligible"
    assert at_mitech["distribution"]["event_on"] is None
    found = ask(someone, "1995-09-30")
    assert found["participation"]["entry_on"] == day("1994-02-01")
    assert found["vesting"]["years_of_service"] == 5
    assert found["vesting"]["fully_vested_on"] == day("1995-09-30")


def leaver(born: str, hired: str, left: str, hours: list[str], **accounts: str) -> Person:
    rows = plan_year_rows(int(left[:4]) - len(hours) + 1, *hours)
    rows[0]["start"] = hired
    rows[-1] |= {"end": left, "paid_on": left}
    return person(spell(hired, left, "quit"), rows=rows, birth_date=born, accounts=EMPTY | accounts)


def test_x6_small_benefit_is_payable_after_the_90th_day() -> None:
    someone = leaver("1955-01-15", "1993-10-01", "1995-03-31", ["2000.00", "1000.00"], deferral="2800.00")
    found = ask(someone, "1995-03-31")["distribution"]
    assert found["event_on"] == day("1995-03-31")
    assert found["immediate"] is False
    assert found["payable_after_on"] == day("1995-06-29")
    assert found["consent_required"] is False
    assert found["default_payment_on"] == day("2020-11-29")
    assert found["required_beginning_on"] == day("2026-04-01")


def test_x7_55_with_ten_years_is_payable_at_once() -> None:
    someone = leaver("1938-02-01", "1984-10-01", "1995-03-31", ["2000.00"] * 10 + ["1000.00"])
    found = ask(someone, "1995-03-31")
    assert found["vesting"]["years_of_service"] == 11
    assert found["distribution"]["immediate"] is True
    assert found["distribution"]["payable_after_on"] == day("1995-03-31")


@pytest.mark.parametrize(
    ("hours", "is_break"), [("500.00", True), ("500.50", False), ("501.00", False), ("0.00", True)], ids=str
)
def test_x8_a_break_is_500_hours_or_fewer(hours: str, is_break: bool) -> None:  # noqa: FBT001
    someone = person(spell("1994-10-01"), rows=plan_year_rows(1995, hours))
    running, over = ask(someone, "1995-09-29"), ask(someone, "1995-09-30")
    assert running["vesting"]["periods"][0]["break"] is False
    assert over["vesting"]["periods"][0]["break"] is is_break


def test_x9_the_run_of_breaks_stops_at_one() -> None:
    someone = person(spell("1994-10-01"), rows=plan_year_rows(1995, "1100.00", "500.00", "501.00"))
    periods = ask(someone, "1997-09-30")["vesting"]["periods"]
    assert [period["year"] for period in periods] == [True, False, False]
    assert [period["break"] for period in periods] == [False, True, False]
    assert [period["consecutive_breaks"] for period in periods] == [0, 1, 0]


def test_x10_a_repaid_cash_out_is_restored_at_the_value_before_it() -> None:
    someone = person(
        spell("1992-10-01", "1995-01-15", "quit"),
        spell("1996-06-01"),
        rows=[
            *plan_year_rows(1993, "2000.00", "2000.00"),
            pay("1994-10-01", "1995-01-15", "600.00"),
            pay("1996-06-01", "1996-09-30", "640.00"),
            *plan_year_rows(1997, "2000.00", "600.00", "600.00"),
        ],
        accounts=EMPTY | {"deferral": "900.00"},
        distributions=[{"paid_on": "1995-02-01", "kind": "cash_out", "repaid_on": "1999-09-15"}],
    )
    assert ask(someone, "1995-02-01")["distribution"]["forfeiture_on"] == day("1995-02-01")
    found = ask(someone, "1999-09-30")["distribution"]
    assert found["restored_on"] == day("1999-09-30")
    assert found["restoration_valued_on"] == day("1994-09-30")


def test_five_breaks_freeze_forfeit_and_drop_the_years_before() -> None:
    someone = person(
        spell("1992-10-01", "1994-09-30", "quit"),
        spell("1999-10-01"),
        rows=plan_year_rows(1993, "2000.00", "2000.00") + plan_year_rows(2000, "2000.00"),
    )
    gone = ask(someone, "1999-09-30")
    assert gone["vesting"]["forfeiture_break_on"] == day("1999-09-30")
    assert gone["vesting"]["vested_percent_before_forfeiture_break"] == 0
    assert gone["vesting"]["years_of_service"] == 0
    assert gone["distribution"]["forfeiture_on"] == day("1994-10-01")
    kept = ask(someone | {"accounts": EMPTY | {"deferral": "10.00"}}, "2000-09-30")
    assert kept["vesting"]["years_of_service"] == 3
    assert ask(someone, "2000-09-30")["vesting"]["years_of_service"] == 1


def test_a_leap_day_hire_completes_on_27_or_28_february() -> None:
    someone = person(spell("1992-02-29"), rows=[pay("1992-02-29", "1993-02-27", "1000.00")])
    assert ask(someone, "1993-12-31")["participation"]["eligibility_completed_on"] == day("1993-02-27")
    found = ask(someone, "1993-12-31", Terms(leap_day_anniversary="mar_1"))["participation"]
    assert found["eligibility_completed_on"] == day("1993-02-28")


def test_a_straddling_row_is_shared_by_days_and_its_parts_sum_to_it() -> None:
    someone = person(spell("1994-10-01"), rows=[pay("1995-09-16", "1995-10-15", "100.01")])
    periods = ask(someone, "1995-10-15")["vesting"]["periods"]
    assert [period["hours"] for period in periods] == [Decimal("50.01"), Decimal("50.00")]
    by_row_end = ask(someone, "1995-10-15", Terms(straddling_pay="by_row_end"))["vesting"]["periods"]
    assert [period["hours"] for period in by_row_end] == [Decimal("0.00"), Decimal("100.01")]
