"""The oracle on Article V beyond Steel's options, against percentages worked by hand (AA 5.01 to 5.08, plan 7.05)."""

from decimal import Decimal
from typing import Any

import pytest
from oracle import Person, Terms
from oracle_example import EMPTY, ask, day, elected, pay, person, plan_year_rows, spell

GRADED = {"top_heavy": {2: 20, 3: 40, 4: 60, 5: 80, 6: 100}, "non_top_heavy": {3: 20, 4: 40, 5: 60, 6: 80, 7: 100}}


def vested(someone: Person, as_of: str, terms: Terms) -> tuple[Any, Any]:
    found = ask(someone, as_of, terms)["vesting"]["vested_percent"]
    return found["regular_matching"], found["employer"]


def years(count: int, first: int = 1993, **facts: Any) -> Person:  # noqa: ANN401
    return person(spell(f"{first - 1}-10-01"), rows=plan_year_rows(first, *["2000.00"] * count), **facts)


@pytest.mark.parametrize(
    ("retires", "born", "fully_on"),
    [
        pytest.param({"5.01(a)": {"age": 60}}, "1935-03-01", "1995-03-01", id="60"),
        pytest.param(
            {"5.01(b)": {"age": 60, "anniversary": 3}}, "1935-03-01", "1996-10-01", id="the third anniversary"
        ),
        pytest.param({"5.01(b)": {"age": 65, "anniversary": 1}}, "1930-03-01", "1995-03-01", id="the age is later"),
    ],
)
def test_normal_retirement_age(retires: dict[str, Any], born: str, fully_on: str) -> None:
    # Hired 1 October 1992, a Year on 30 September 1993, entry 1 October 1993: the first day of that Plan Year.
    someone = years(1, birth_date=born)
    terms = elected(retires, "5.01")
    before = (day(fully_on).replace(day=1) - (day("1995-03-01") - day("1995-02-28"))).isoformat()
    assert vested(someone, before, terms) == (0, 0)
    found = ask(someone, fully_on, terms)["vesting"]
    assert (found["vested_percent"]["employer"], found["fully_vested_on"]) == (100, day(fully_on))


def test_the_age_alone_for_one_who_never_entered() -> None:
    someone = person(spell("1994-10-01"), rows=[], birth_date="1935-03-01")
    terms = elected({"5.01(b)": {"age": 60, "anniversary": 5}}, "5.01")
    assert vested(someone, "1995-03-01", terms) == (100, 100)


@pytest.mark.parametrize(
    ("checked", "death", "disability"),
    [({"5.02(a)": None}, 0, 0), ({"5.02(b)": None}, 100, 0), ({"5.02(c)": None}, 0, 100)],
    ids=["neither", "death", "disability"],
)
def test_death_and_disability(checked: dict[str, Any], death: int, disability: int) -> None:
    terms = elected(checked, "5.02")
    for reason, expected in (("death", death), ("disability", disability)):
        assert vested(person(spell("1994-10-01", "1995-03-31", reason)), "1995-03-31", terms)[1] == expected


def test_full_vesting_at_once() -> None:
    assert vested(person(spell("1994-10-01")), "1994-10-01", elected({"5.03(a)": None}, "5.03")) == (100, 100)


@pytest.mark.parametrize(
    ("count", "plain", "top_heavy"), [(1, 0, 0), (2, 0, 20), (3, 20, 40), (5, 60, 80), (6, 80, 100), (7, 100, 100)]
)
def test_graded_schedules(count: int, plain: int, top_heavy: int) -> None:
    terms = elected({"5.03(b)": GRADED})
    as_of = f"{1992 + count}-09-30"
    assert vested(years(count), as_of, terms)[1] == plain
    heavy = elected({"5.03(b)": GRADED}, facts={"top_heavy": {"plan_years": [as_of]}})
    assert vested(years(count), as_of, heavy)[1] == top_heavy


def test_one_schedule_serves_every_year() -> None:
    terms = elected({"5.03(b)": {"top_heavy": GRADED["top_heavy"], "non_top_heavy": None}}, "5.03(d)")
    found = ask(years(4), "1996-09-30", terms)["vesting"]
    assert (found["schedule"], found["vested_percent"]["employer"]) == ("top_heavy", 60)
    # Two more Years on 30 September 1998 make six.
    assert found["fully_vested_on"] == day("1998-09-30")


def test_the_graded_floor_stays_for_what_had_accrued() -> None:
    heavy = {"top_heavy": {"plan_years": ["1994-09-30", "1995-09-30"]}}
    found = ask(years(4), "1996-09-30", elected({"5.03(b)": GRADED}, facts=heavy))["vesting"]
    # Three Years at the close of the last top-heavy Plan Year: 40% of what accrued by then. Four Years now: 40% too.
    assert (found["vested_percent"]["employer"], found["portions"]) == (40, [])
    heavy["top_heavy"]["plan_years"].append("1996-09-30")
    found = ask(years(5), "1997-09-30", elected({"5.03(b)": GRADED}, facts=heavy))["vesting"]
    assert found["vested_percent"]["employer"] == 60
    found = ask(years(5), "1997-01-31", elected({"5.03(b)": GRADED}, facts=heavy))["vesting"]
    assert [part["percent"] for part in found["portions"]] == [60, 40]
    assert found["portions"][0]["accrued_through"] == day("1996-09-30")


def test_the_top_heavy_schedule_in_all_later_years() -> None:
    heavy = {"top_heavy": {"plan_years": ["1994-09-30"]}}
    terms = elected({"5.03(b)": GRADED, "5.03(d)(2)": None}, "5.03(d)(1)", facts=heavy)
    found = ask(years(4), "1996-09-30", terms)["vesting"]
    assert (found["schedule"], found["vested_percent"]["employer"], found["portions"]) == ("top_heavy", 60, [])
    gone_before = person(spell("1989-10-01", "1993-09-30", "quit"), rows=plan_year_rows(1990, *["2000.00"] * 4))
    assert vested(gone_before, "1996-09-30", terms)[1] == 40


def test_the_match_may_vest_otherwise() -> None:
    at_once = elected({"5.03(c)": None, "5.03(c)(1)": None})
    assert vested(years(1), "1993-09-30", at_once) == (100, 0)
    assert ask(years(1), "1993-09-30", at_once)["vesting"]["fully_vested_on"] == day("1997-09-30")
    own = elected({"5.03(c)": None, "5.03(c)(2)": None}, supplements={"5.03(c)(2)": GRADED})
    assert vested(years(3), "1995-09-30", own) == (20, 0)
    assert vested(years(5), "1997-09-30", own) == (60, 100)


def test_a_least_amount_is_vested() -> None:
    terms = elected({"5.03(f)": {"amount": "1000.00"}}, "5.03(e)")
    left = spell("1993-10-01", "1995-03-31", "quit")
    rows = plan_year_rows(1994, "2000.00")
    for employer, deferral, total in (
        ("9000.00", "2500.00", "2500.00"),
        ("9000.00", "400.00", "1000.00"),
        ("300.00", "400.00", "700.00"),
    ):
        someone = person(left, rows=rows, accounts=EMPTY | {"employer": employer, "deferral": deferral})
        assert ask(someone, "1995-03-31", terms)["distribution"]["vested_total"] == Decimal(total)


def test_no_deemed_cash_out() -> None:
    someone = person(spell("1992-10-01", "1995-01-15", "quit"), rows=plan_year_rows(1993, "2000.00", "2000.00"))
    assert ask(someone, "1995-12-31")["distribution"]["forfeiture_on"] == day("1995-01-15")
    terms = elected({"5.04(a)": None}, "5.04")
    assert ask(someone, "1995-12-31", terms)["distribution"]["forfeiture_on"] is None
    assert ask(someone, "1999-09-30", terms)["distribution"]["forfeiture_on"] == day("1999-09-30")


def test_employment_years() -> None:
    rows = [pay("1994-03-15", "1995-03-14", "1000.00"), pay("1995-03-15", "1996-03-14", "500.00")]
    someone = person(spell("1994-03-15"), rows=[*rows, pay("1996-03-15", "1996-12-31", "1000.00")])
    terms = elected({"5.06(b)": None}, "5.06(a)")
    found = ask(someone, "1996-12-31", terms)["vesting"]
    assert [each["start"] for each in found["periods"]] == [day(f"{year}-03-15") for year in (1994, 1995, 1996)]
    assert [(each["year"], each["break"]) for each in found["periods"]] == [(True, False), (False, True), (True, False)]
    assert found["years_of_service"] == 2
    # Three more Employment Years, the last from 15 March 1999 to 14 March 2000.
    assert found["fully_vested_on"] == day("2000-03-14")


def test_the_floor_under_employment_years_is_taken_at_the_close_of_the_plan_year() -> None:
    rows = [pay(f"{year}-03-15", f"{year + 1}-03-14", "2000.00") for year in range(1992, 1997)]
    someone = person(spell("1992-03-15"), rows=rows)
    heavy = {"top_heavy": {"plan_years": ["1994-09-30"]}}
    terms = elected({"5.06(b)": None, "5.03(b)": GRADED}, "5.06(a)", facts=heavy, vesting_credit="period_end")
    # On 30 September 1994 two Employment Years are over: 20%; on 14 March 1995 the third is: 20% too.
    assert [vested(someone, each, terms)[1] for each in ("1994-03-13", "1994-03-14", "1995-03-13")] == [0, 20, 20]
    assert vested(someone, "1996-03-14", terms)[1] == 40


def test_other_hours_for_a_year() -> None:
    terms = elected({"5.06(d)": {"hours": 750}}, "5.06(c)")
    someone = person(spell("1994-10-01"), rows=plan_year_rows(1995, "750.00", "749.99"))
    assert ask(someone, "1996-09-30", terms)["vesting"]["years_of_service"] == 1


def test_years_left_out() -> None:
    young = years(4, birth_date="1977-10-01")  # 18 on 1 October 1995
    assert ask(young, "1996-09-30", elected({"5.08(b)": {"age": 18}}, "5.08"))["vesting"]["years_of_service"] == 1
    just = years(4, birth_date="1977-09-30")
    assert ask(just, "1996-09-30", elected({"5.08(b)": {"age": 18}}, "5.08"))["vesting"]["years_of_service"] == 2
    early = person(spell("1990-10-01"), rows=plan_year_rows(1991, *["2000.00"] * 4))
    # Established on 1 August 1993: the Plan Year that ended on 30 September 1993 is the first that counts.
    assert ask(early, "1994-09-30", elected({"5.08(c)": None}, "5.08"))["vesting"]["years_of_service"] == 2
    assert ask(early, "1994-09-30", elected({"5.08(a)": None}, "5.08"))["vesting"]["years_of_service"] == 4


def test_parity_only_where_elected_and_only_at_0_percent_in_both_accounts() -> None:
    rows = plan_year_rows(1993, "2000.00", "2000.00") + plan_year_rows(2000, "2000.00")
    someone = person(spell("1992-10-01", "1994-09-30", "quit"), spell("1999-10-01"), rows=rows)
    assert ask(someone, "2000-09-30", elected({"5.08(d)": None}))["vesting"]["years_of_service"] == 1
    assert ask(someone, "2000-09-30", elected({"5.08(a)": None}, "5.08"))["vesting"]["years_of_service"] == 3
    match_vests = elected({"5.03(c)": None, "5.03(c)(1)": None})
    assert ask(someone, "2000-09-30", match_vests)["vesting"]["years_of_service"] == 3
