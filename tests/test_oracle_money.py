"""The oracle's match and deferral against amounts worked by hand (AA 3.01(j)(3), (k)(1)(ii))."""

from decimal import Decimal
from typing import Any

from oracle import MatchRate, Person, Terms
from oracle_example import ask, day, pay, person, plan_year_rows, spell


def leaver_in_february() -> Person:
    return person(
        spell("1994-10-01", "1996-02-20", "quit"),
        rows=[
            *plan_year_rows(1995, "2000.00"),
            pay("1995-10-01", "1995-10-31", "160.00", "2000.00", "100.00"),
            pay("1996-01-01", "1996-01-15", "80.00", "1000.50", "100.05"),
            pay("1996-01-16", "1996-01-31", "80.00", "1000.50", "0.00"),
            pay("1996-02-01", "1996-02-20", "100.00", "1000.00", "60.00") | {"paid_on": "1996-02-27"},
        ],
    )


def matched(**terms: Any) -> dict[str, Any]:  # noqa: ANN401
    matching: dict[str, Any] = ask(leaver_in_february(), "1996-09-30", Terms(**terms))["matching"]
    return matching


def test_match_by_calendar_month() -> None:
    found = matched()
    october, january = found["months"]
    assert october == {
        "month_end": day("1995-10-31"),
        "compensation": Decimal("2000.00"),
        "compensation_counted": Decimal("2000.00"),
        "eligible_contributions": Decimal("100.00"),
        "tier_1": Decimal("30.00"),
        "tier_2": Decimal("10.00"),
        "match": Decimal("40.00"),
        "allocated": False,
    }
    # 3% of 2,001.00 is 60.03: half of it is 30.015, and a quarter of the 40.02 beyond it 10.005.
    assert (january["tier_1"], january["tier_2"]) == (Decimal("30.02"), Decimal("10.01"))
    assert found["total"] == Decimal("80.03")


def test_match_under_the_other_readings() -> None:
    assert [month["allocated"] for month in matched(match_employment_condition="none")["months"]] == [True, True]
    unconditional = Terms(match_employment_condition="none")
    on_the_way = ask(leaver_in_february(), "1996-01-30", unconditional)["matching"]["months"]
    assert [month["allocated"] for month in on_the_way] == [True, False]
    by_month = matched(match_employment_condition="allocation_period_end", match_pay_after_separation="in")
    assert [month["allocated"] for month in by_month["months"]] == [True, True, False]
    # Each check by itself: 3% of 1,000.50 is 30.015; 15.0075 and 7.50375.
    assert matched(allocation_period="pay_period")["months"][1]["match"] == Decimal("22.51")
    none_yet = matched(match_rates=(MatchRate(day("1996-01-31"), Decimal(100), Decimal(0)),))
    assert [month["match"] for month in none_yet["months"]] == [None, Decimal("60.03")]
    assert none_yet["total"] is None


def test_the_dollar_limit_stops_the_match_in_date_order() -> None:
    months = [("1995-10", "31"), ("1995-11", "30"), ("1995-12", "31")]
    rows = [pay(f"{month}-01", f"{month}-{last}", "160.00", "60000.00", "3000.00") for month, last in months]
    someone = person(spell("1993-10-01"), rows=[*plan_year_rows(1994, "2000.00", "2000.00"), *rows])
    counted = [month["compensation_counted"] for month in ask(someone, "1995-12-31")["matching"]["months"][-3:]]
    assert counted == [Decimal("60000.00"), Decimal("60000.00"), Decimal("30000.00")]
    shared = Terms(compensation_limit_in_match="monthly_share")
    counted = [month["compensation_counted"] for month in ask(someone, "1995-12-31", shared)["matching"]["months"][-3:]]
    assert counted == [Decimal("12500.00")] * 3


def test_deferral() -> None:
    rows = [pay("1995-10-01", "1995-12-31", "480.00", "6000.03", "300.00"), pay("1996-01-01", "1996-01-31", "0.00")]
    found = ask(person(spell("1994-10-01"), rows=rows), "1996-01-31")["deferral"]
    assert found == {
        "next_change_on": day("1996-04-01"),
        "next_revocation_on": day("1996-04-01"),
        "next_resumption_on": day("1996-04-01"),
        "maximum_percent": 15,
        "minimum_percent": None,
        "annual_limit": Decimal("9500.00"),
        "plan_year_compensation": Decimal("6000.03"),
        "plan_year_maximum": Decimal("900.00"),
        "deferred_in_plan_year": Decimal("300.00"),
        "deferred_in_calendar_year": Decimal("0.00"),
    }
