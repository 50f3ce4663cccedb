"""The oracle on Articles I and II beyond Steel's options, against dates worked by hand (AA, 29 CFR 2530)."""

from decimal import Decimal
from typing import Any

import pytest
from oracle import NotKnownError, Person, Terms
from oracle_example import ask, day, elected, pay, person, plan_year_rows, spell
from oracle_terms import PREDECESSOR

YEAR = [pay("1994-10-15", "1995-10-14", "1040.00")]
RELATED = "Steel Sales Inc."


def joins(someone: Person, as_of: str, terms: Terms) -> tuple[Any, Any]:
    found = ask(someone, as_of, terms)["participation"]
    return found["eligibility_completed_on"], found["entry_on"]


@pytest.mark.parametrize(
    ("checked", "supplements", "in_class", "excluded"),
    [
        pytest.param({"1.07(a)": None}, {}, "collective_bargaining", False, id="1.07(a) nobody is excluded"),
        pytest.param({"1.07(c)": None}, {}, "nonresident_alien", True, id="1.07(c)"),
        pytest.param({"1.07(d)": None}, {}, "commission_sales", True, id="1.07(d)"),
        pytest.param({"1.07(e)": None}, {}, "salaried", True, id="1.07(e)"),
        pytest.param({"1.07(f)": None}, {}, "hourly", True, id="1.07(f)"),
        pytest.param({"1.07(f)": None}, {}, "salaried", False, id="1.07(f) leaves the salaried in"),
        pytest.param({"1.07(g)": None}, {"1.07(g)": {"classes": ["driver"]}}, "driver", True, id="1.07(g)"),
        pytest.param({"1.07(a)": None, "1.07(i)": None}, {}, "leased", False, id="1.07(i)"),
    ],
)
def test_excluded_classes(
    checked: dict[str, Any],
    supplements: dict[str, Any],
    in_class: str,
    excluded: bool,  # noqa: FBT001  a column of the table
) -> None:
    terms = elected(checked, "1.07", supplements=supplements)
    spans = [{"class": in_class, "start": "1994-10-15", "end": None}]
    someone = person(spell("1994-10-15"), rows=YEAR, classes=spans)
    expected = (day("1995-10-14"), None if excluded else day("1996-01-01"))
    assert joins(someone, "1996-12-31", terms) == expected


def test_an_employer_named_in_1_07_k_is_the_employer() -> None:
    moved = [spell("1994-10-15", "1995-10-31", "quit", RELATED), spell("1995-11-01")]
    rows = [pay("1994-10-15", "1995-10-14", "1040.00"), pay("1995-10-15", "1995-10-31", "80.00")]
    terms = elected({"1.07(k)": {"related_employers": [RELATED]}})
    assert joins(person(*moved, rows=rows), "1996-12-31", terms)[1] == day("1996-01-01")
    at_the_other = person(spell("1994-10-15", employer=RELATED), rows=YEAR)
    assert joins(at_the_other, "1996-12-31", terms)[1] == day("1996-01-01")
    assert ask(person(*moved, rows=rows), "1995-10-31", terms)["distribution"]["event_on"] == day("1995-10-31")
    assert ask(person(*moved, rows=rows), "1995-11-01", terms)["distribution"]["event_on"] is None
    with pytest.raises(NotKnownError):
        joins(at_the_other, "1996-12-31", elected({}))


def test_an_employer_that_signed_joins_from_its_own_day() -> None:
    signed = {"participating_employer": RELATED, "participation_effective_on": day("1996-05-15")}
    terms = elected({"participation": signed})
    someone = person(spell("1994-10-15", employer=RELATED), rows=YEAR)
    assert joins(someone, "1996-12-31", terms) == (day("1995-10-14"), day("1996-05-15"))


@pytest.mark.parametrize(
    ("ends", "periods"),
    [
        pytest.param("12-31", [("1995-01-01", "1995-12-31"), ("1996-01-01", "1996-12-31")], id="calendar year"),
        pytest.param("06-15", [("1994-06-16", "1995-06-15"), ("1995-06-16", "1996-06-15")], id="within a month"),
        pytest.param("02-29", [("1995-03-01", "1996-02-29"), ("1996-03-01", "1997-02-28")], id="end of February"),
    ],
)
def test_any_plan_year(ends: str, periods: list[tuple[str, str]]) -> None:
    terms = elected({"1.17(a)": {"ends_every": ends}})
    found = ask(person(spell("1995-05-01")), "1996-06-15", terms)["vesting"]["periods"]
    inside = [(day(start), day(through)) for start, through in periods]
    assert [(each["start"], each["through"]) for each in found][:2] == inside
    written = elected({"1.17(b)": {"specify": "as stated"}}, "1.17(a)", supplements={"1.17(b)": {"ends_every": ends}})
    assert written.plan.service == terms.plan.service
    with pytest.raises(NotKnownError):
        elected({"1.17(b)": {"specify": "as stated"}}, "1.17(a)")


def equivalent(method: str, *exceptions: str, **readings: str) -> Terms:
    checked: dict[str, Any] = {"1.27(b)": {"equivalency": method}, "1.27(b)(1)": None}
    if exceptions:
        checked = {"1.27(b)": {"equivalency": method}, "1.27(b)(2)": None} | dict.fromkeys(exceptions)
    return elected(checked, "1.27", **readings)


def vesting_hours(rows: list[dict[str, Any]], as_of: str, terms: Terms, hired: str = "1994-10-01") -> list[Decimal]:
    found = ask(person(spell(hired), rows=rows), as_of, terms)
    return [period["hours"] for period in found["vesting"]["periods"]]


@pytest.mark.parametrize(
    ("method", "rows", "hours"),
    [
        pytest.param("monthly", [pay("1994-10-03", "1994-10-03", "1.00")], "190.00", id="one hour makes the month"),
        pytest.param("monthly", [pay("1994-10-03", "1994-10-03", "0.99")], "0.00", id="less than an hour does not"),
        pytest.param(
            "monthly",
            [pay("1994-10-03", "1994-10-03", "0.50"), pay("1994-10-31", "1994-10-31", "0.50")],
            "190.00",
            id="the month's hours are added up",
        ),
        pytest.param("monthly", [pay("1994-10-16", "1994-11-15", "80.00")], "380.00", id="a row over two months"),
        pytest.param(
            "semi-monthly payroll periods", [pay("1994-10-15", "1994-10-16", "16.00")], "190.00", id="1-15 and 16-31"
        ),
        pytest.param("weekly", [pay("1994-10-03", "1994-10-07", "40.00")], "45.00", id="one week"),
        pytest.param("weekly", [pay("1994-10-08", "1994-10-09", "16.00")], "90.00", id="Saturday and Sunday: two"),
        pytest.param("daily", [pay("1994-10-03", "1994-10-03", "1.00")], "10.00", id="one day"),
        pytest.param(
            "daily",
            [pay("1994-10-03", "1994-10-03", "0.50"), pay("1994-10-03", "1994-10-03", "4.00")],
            "10.00",
            id="two rows of one day",
        ),
        pytest.param("daily", [pay("1994-10-01", "1994-10-31", "160.00") | {"days": 21}], "210.00", id="21 days"),
    ],
)
def test_equivalencies(method: str, rows: list[dict[str, Any]], hours: str) -> None:
    assert vesting_hours(rows, "1994-12-31", equivalent(method)) == [Decimal(hours)]


def test_a_week_that_runs_over_the_end_of_a_plan_year() -> None:
    # 30 September 1995 is a Saturday: with weeks from Monday the week 25 September to 1 October has six days before
    # it. 45 x 6/7 is 38.571...
    rows = [pay("1995-09-25", "1995-09-29", "40.00")]
    monday = equivalent("weekly", week_begins="monday")
    assert vesting_hours(rows, "1995-10-01", monday) == [Decimal("38.57"), Decimal("6.43")]
    assert vesting_hours(rows, "1995-10-01", equivalent("weekly")) == [Decimal("45.00"), Decimal("0.00")]
    by_row_end = equivalent("weekly", week_begins="monday", straddling_pay="by_row_end")
    assert vesting_hours(rows, "1995-10-01", by_row_end) == [Decimal("0.00"), Decimal("45.00")]


def test_the_unit_of_the_first_day_counts_whole() -> None:
    found = ask(person(spell("1994-10-15"), rows=YEAR), "1995-10-14", equivalent("monthly"))["participation"]
    # Twelve whole months from October 1994 on, and 14 of 31 days of October 1995: 2280 + 190 x 14/31.
    assert found["periods"][0]["hours"] == Decimal("2365.81")


@pytest.mark.parametrize(
    ("exception", "participation", "vesting"),
    [
        pytest.param("1.27(b)(2)(i)", "100.00", "190.00", id="participation"),
        pytest.param("1.27(b)(2)(ii)", "190.00", "100.00", id="vesting"),
        pytest.param("1.27(b)(2)(iii)", "190.00", "190.00", id="accrual"),
    ],
)
def test_actual_hours_for_some_purposes(exception: str, participation: str, vesting: str) -> None:
    someone = person(spell("1994-10-01"), rows=[pay("1994-10-01", "1994-10-31", "100.00")])
    found = ask(someone, "1994-10-31", equivalent("monthly", exception))
    assert found["participation"]["periods"][0]["hours"] == Decimal(participation)
    assert found["vesting"]["periods"][0]["hours"] == Decimal(vesting)


def test_days_worked_that_are_not_known_are_refused() -> None:
    with pytest.raises(NotKnownError):
        vesting_hours([pay("1994-10-01", "1994-10-31", "160.00")], "1994-12-31", equivalent("daily"))


def from_mitech() -> Person:
    rows = [*plan_year_rows(1992, "2000.00", "2000.00"), pay("1993-10-01", "1993-12-31", "520.00")]
    spells = [spell("1991-10-01", "1993-12-31", "quit", PREDECESSOR), spell("1994-01-01")]
    return person(*spells, rows=[*rows, pay("1994-01-01", "1994-12-31", "2000.00")])


def test_predecessor_service_for_one_purpose() -> None:
    participation, vesting = elected({}, "1.29(b)"), elected({}, "1.29(a)")
    found = ask(from_mitech(), "1995-01-31", participation)
    assert found["participation"]["entry_on"] == day("1994-01-01")
    # 1 January to 30 September 1994 has 273 of the row's 365 days: 1,495.89 hours, and the next Plan Year the rest.
    assert found["vesting"]["years_of_service"] == 1
    found = ask(from_mitech(), "1995-01-31", vesting)
    assert found["participation"]["entry_on"] == day("1995-01-01")
    assert found["vesting"]["years_of_service"] == 3


def test_excepted_predecessor_service() -> None:
    said = {"1.29(c)": {"except": [{"employer": PREDECESSOR, "start": None, "end": "1992-09-30"}]}}
    terms = elected({"1.29(c)": {"specify": "before the purchase"}}, supplements=said)
    found = ask(from_mitech(), "1995-01-31", terms)
    assert found["vesting"]["periods"][0]["start"] == day("1992-10-01")
    assert found["vesting"]["years_of_service"] == 2
    assert found["participation"]["eligibility_completed_on"] == day("1993-09-30")
    with pytest.raises(NotKnownError):
        elected({"1.29(c)": {"specify": "before the purchase"}})


@pytest.mark.parametrize(
    ("checked", "born", "completed", "entered"),
    [
        pytest.param({"2.01(a)": {"age": 21}}, "1974-11-20", "1995-11-20", "1996-01-01", id="the age comes later"),
        pytest.param({"2.01(a)": {"age": 21}}, "1974-02-28", "1995-10-14", "1996-01-01", id="the Year comes later"),
        pytest.param({"2.01(a)": {"age": 18}}, "1977-12-31", "1995-12-31", "1996-01-01", id="18"),
    ],
)
def test_an_age_is_asked(checked: dict[str, Any], born: str, completed: str, entered: str) -> None:
    someone = person(spell("1994-10-15"), rows=YEAR, birth_date=born)
    assert joins(someone, "1996-12-31", elected(checked)) == (day(completed), day(entered))


@pytest.mark.parametrize(
    ("checked", "hired", "completed", "entered"),
    [
        pytest.param({"2.01(b)(2)": {"months": 6}}, "1994-10-15", "1995-04-14", "1995-07-01", id="six months"),
        pytest.param({"2.01(b)(2)": {"months": 6}}, "1994-08-31", "1995-02-27", "1995-04-01", id="months clamp"),
        pytest.param({"2.01(b)(3)": None}, "1994-10-15", "1994-10-15", "1995-01-01", id="one hour"),
        pytest.param({"2.01(a)": {"age": 21}}, "1994-10-15", "1994-10-15", "1995-01-01", id="age alone"),
    ],
)
def test_other_service_conditions(checked: dict[str, Any], hired: str, completed: str, entered: str) -> None:
    terms = elected(checked, "2.01(b)")
    assert joins(person(spell(hired)), "1996-12-31", terms) == (day(completed), day(entered))


def test_months_are_completed_on_the_day_itself_under_the_other_reading() -> None:
    terms = elected({"2.01(b)(2)": {"months": 6}}, "2.01(b)", months_condition_completed_on="monthly_anniversary")
    assert joins(person(spell("1994-10-15")), "1996-12-31", terms)[0] == day("1995-04-15")
