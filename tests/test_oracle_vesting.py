"""The oracle's vesting against examples worked by hand: Breaks and maternity, the top-heavy floor, 7.05 and age 65."""

from decimal import Decimal
from typing import Any

import pytest
from oracle import Person, Terms
from oracle_example import ask, day, pay, person, plan_year_rows, spell
from oracle_terms import PREDECESSOR


def away(start: str, end: str, hours: str) -> dict[str, Any]:
    return pay(start, end, hours) | {"kind": "maternity"}


def breaks(someone: Person, as_of: str) -> list[bool]:
    return [period["break"] for period in ask(someone, as_of)["vesting"]["periods"]]


def test_maternity_hours_prevent_a_break_where_the_absence_begins_or_in_the_next_year() -> None:
    absence = away("1996-07-01", "1996-12-31", "900.00")
    for hours, expected in ((("400.00", "0.00"), [False, True]), (("700.00", "0.00"), [False, False])):
        someone = person(spell("1995-10-01"), rows=[*plan_year_rows(1996, *hours), absence])
        periods = ask(someone, "1997-09-30")["vesting"]["periods"]
        assert [period["break"] for period in periods] == expected
        assert [period["hours"] for period in periods] == [Decimal(each) for each in hours]


@pytest.mark.parametrize(
    ("first", "second", "expected"),
    [
        pytest.param(["300.00", "300.00"], [], [False, True], id="absences of one year are added up"),
        pytest.param(["600.00"], [], [False, True], id="an absence is 501 hours at most"),
        pytest.param(["250.00", "250.00"], ["501.00"], [True, False], id="not enough there, nor added in the next"),
        pytest.param(["300.00"], ["200.01"], [True, False], id="own and carried hours add up"),
        pytest.param(["300.00"], ["200.00"], [True, True], id="own and carried hours of 500 are a Break"),
    ],
)
def test_maternity_hours_of_several_absences(first: list[str], second: list[str], expected: list[bool]) -> None:
    months = ("01", "03", "05")
    rows = [away(f"1996-{month}-01", f"1996-{month}-28", each) for month, each in zip(months, first, strict=False)]
    rows += [away(f"1997-{month}-01", f"1997-{month}-28", each) for month, each in zip(months, second, strict=False)]
    assert breaks(person(spell("1995-10-01"), rows=rows), "1997-09-30") == expected


def test_maternity_hours_go_one_year_on_and_no_further() -> None:
    rows = [*plan_year_rows(1996, "600.00", "600.00"), away("1996-07-01", "1996-07-28", "501.00")]
    assert breaks(person(spell("1995-10-01"), rows=rows), "1998-09-30") == [False, False, True]


def test_whether_an_absence_is_used_up_in_its_year_is_asked_without_the_hours_carried_in() -> None:
    rows = [away("1996-03-01", "1996-03-28", "200.00"), away("1997-03-01", "1997-03-28", "400.00")]
    for hours, expected in (("50.00", [True, False, False]), ("101.00", [True, False, True])):
        someone = person(spell("1995-10-01"), rows=[*rows, *plan_year_rows(1997, hours, "101.00")])
        assert breaks(someone, "1998-09-30") == expected


def test_an_unfinished_year_counts_breaks_by_its_paid_hours_alone() -> None:
    rows = [*plan_year_rows(1995, "0.00", "0.00"), away("1996-01-01", "1996-02-28", "501.00")]
    someone = person(spell("1994-10-01"), rows=rows)
    running = ask(someone, "1996-09-29")["vesting"]["periods"]
    assert [period["consecutive_breaks"] for period in running] == [1, 1]
    over = ask(someone, "1996-09-30")["vesting"]["periods"]
    assert [period["consecutive_breaks"] for period in over] == [1, 0]


def test_the_top_heavy_percentage_stays_for_what_had_accrued() -> None:
    top_heavy = Terms(top_heavy_plan_years=frozenset({day("1995-09-30")}))
    someone = person(spell("1992-10-01"), rows=plan_year_rows(1993, *["2000.00"] * 4))
    during = ask(someone, "1995-09-30", top_heavy)["vesting"]
    assert (during["schedule"], during["vested_percent"]["employer"]) == ("top_heavy", 100)
    after = ask(someone, "1996-09-30", top_heavy)["vesting"]
    assert (after["schedule"], after["vested_percent"]["employer"]) == ("non_top_heavy", 100)
    assert after["portions"] == [
        {"accrued_from": None, "accrued_through": day("1995-09-30"), "percent": 100},
        {"accrued_from": day("1995-10-01"), "accrued_through": None, "percent": 0},
    ]
    assert after["fully_vested_on"] == day("1995-09-30")
    everything = ask(someone, "1996-09-30", top_heavy.reading(top_heavy_floor="all_money"))["vesting"]
    assert (everything["portions"], everything["fully_vested_on"]) == ([], day("1995-09-30"))


def test_a_top_heavy_year_is_a_floor_only_for_one_who_had_entered_by_its_last_day() -> None:
    top_heavy = Terms(top_heavy_plan_years=frozenset({day("1995-09-30")}))
    all_money = top_heavy.reading(top_heavy_floor="all_money")
    for excluded_through, after in (("1995-09-29", 100), ("1995-09-30", 0)):
        classes = [{"class": "collective_bargaining", "start": "1992-10-01", "end": excluded_through}]
        someone = person(spell("1992-10-01"), rows=plan_year_rows(1993, *["2000.00"] * 4), classes=classes)
        assert ask(someone, "1995-09-29", top_heavy)["vesting"]["vested_percent"]["employer"] == 0
        assert ask(someone, "1995-09-30", top_heavy)["vesting"]["vested_percent"]["employer"] == 100
        found = ask(someone, "1996-09-30", top_heavy)["vesting"]
        assert found["vested_percent"]["employer"] == after
        assert found["fully_vested_on"] == day("1995-09-30" if after else "1997-09-30")
        assert [portion["percent"] for portion in found["portions"]] == ([100, 0] if after else [])
        everything = ask(someone, "1996-09-30", all_money)["vesting"]
        assert (everything["vested_percent"]["employer"], everything["portions"]) == (100, [])


def test_the_money_before_a_forfeiture_break_keeps_its_own_percentage() -> None:
    rows = [*plan_year_rows(1991, *["2000.00"] * 4), *plan_year_rows(2000, "2000.00", "2000.00")]
    rows[3] |= {"compensation": "9000.00", "salary_reduction": "90.00"}
    someone = person(spell("1990-10-01", "1994-09-30", "quit"), spell("1999-10-01"), rows=rows)
    found = ask(someone, "2000-09-30")["vesting"]
    assert (found["years_of_service"], found["vested_percent"]["regular_matching"]) == (5, 100)
    assert found["vested_percent_before_forfeiture_break"] == 0
    assert [portion["percent"] for portion in found["portions"]] == [0, 100]


@pytest.mark.parametrize(
    ("filed_on", "fully_on"),
    [
        pytest.param("1995-09-30", None, id="two Years at the close before the Plan Year of filing"),
        pytest.param("1995-10-01", "1995-10-01", id="three, and the top-heavy year is long over"),
        pytest.param("1996-03-01", "1996-03-01", id="later in that Plan Year"),
    ],
)
def test_the_faster_schedule_is_kept_by_a_filing(filed_on: str, fully_on: str | None) -> None:
    top_heavy = Terms(top_heavy_plan_years=frozenset({day("1993-09-30")}))
    rows = plan_year_rows(1993, *["2000.00"] * 4)
    someone = person(spell("1992-10-01"), rows=rows, top_heavy_schedule_kept_on=filed_on)
    found = ask(someone, "1996-09-30", top_heavy)["vesting"]
    assert found["vested_percent"]["employer"] == (0 if fully_on is None else 100)
    assert found["fully_vested_on"] == day(fully_on or "1997-09-30")
    assert found["portions"] == []


def test_a_filing_is_nothing_before_its_day_or_without_an_earlier_top_heavy_year_at_work() -> None:
    rows = plan_year_rows(1993, *["2000.00"] * 4)
    someone = person(spell("1992-10-01"), rows=rows, top_heavy_schedule_kept_on="1995-11-20")
    before = Terms(top_heavy_plan_years=frozenset({day("1993-09-30")}))
    assert ask(someone, "1995-11-19", before)["vesting"]["vested_percent"]["employer"] == 0
    assert ask(someone, "1995-11-20", before)["vesting"]["vested_percent"]["employer"] == 100
    for ends in ("1996-09-30", "1992-09-30"):
        other = Terms(top_heavy_plan_years=frozenset({day(ends)}))
        assert ask(someone, "1995-11-20", other)["vesting"]["fully_vested_on"] != day("1995-11-20")


def test_65_vests_only_at_the_employer() -> None:
    spells = [spell("1993-10-01", "1995-01-31", "quit"), spell("1995-02-01", employer=PREDECESSOR)]
    rows = plan_year_rows(1996, "2000.00")
    someone = person(*spells, rows=rows, birth_date="1930-06-15")
    before, after = ask(someone, "1995-06-14")["vesting"], ask(someone, "1995-06-15")["vesting"]
    assert before["fully_vested_on"] == day("1999-09-30")
    assert after["vested_percent"]["employer"] == 0
    at_steel = person(spell("1993-10-01"), rows=rows, birth_date="1930-06-15")
    assert ask(at_steel, "1995-06-14")["vesting"]["fully_vested_on"] == day("1995-06-15")
    assert ask(at_steel, "1995-06-15")["vesting"]["vested_percent"]["employer"] == 100
    back = person(*(spell("1993-10-01", "1995-01-31", "quit"), spell("1996-02-01")), birth_date="1930-06-15")
    assert ask(back, "1996-02-01")["vesting"]["fully_vested_on"] == day("1996-02-01")


def test_the_last_day_vests_under_either_reading_of_when_separated() -> None:
    someone = person(spell("1994-10-01", "1995-03-31", "disability"))
    for reading in ("at_close", "next_day"):
        found = ask(someone, "1995-03-31", Terms(separated_on_last_day=reading))
        assert found["vesting"]["fully_vested_on"] == day("1995-03-31")
        assert (found["distribution"]["event_on"] is None) == (reading == "next_day")
        after = ask(someone, "1995-04-01", Terms(separated_on_last_day=reading))
        assert after["distribution"]["event_on"] == day("1995-03-31")
