"""The oracle on Article III beyond Steel's options, against amounts worked by hand (AA 1.12, 3.01, 3.04, 3.06)."""

from decimal import Decimal
from typing import Any

import pytest
from oracle import NotKnownError, Person, Terms
from oracle_example import ask, day, elected, pay, person, plan_year_rows, spell

QUARTER = (("1995-10", "31"), ("1995-11", "30"), ("1995-12", "31"))


def months(*rows: dict[str, Any], end: str | None = None, reason: str | None = None, **facts: Any) -> Person:  # noqa: ANN401
    """Somebody hired 1 October 1993 who entered 1 October 1994, with rows from October 1995 on."""
    before = plan_year_rows(1994, "2000.00", "2000.00")
    return person(spell("1993-10-01", end, reason), rows=[*before, *rows], **facts)


def paid(month: str, last: str, deferred: str, compensation: str = "2000.00", **more: Any) -> dict[str, Any]:  # noqa: ANN401
    return pay(f"{month}-01", f"{month}-{last}", "160.00", compensation, deferred) | more


def quarter(*deferred: str, **more: Any) -> Person:  # noqa: ANN401
    rows = [paid(*month, each, **more) for month, each in zip(QUARTER, deferred, strict=False)]
    return months(*rows)


def matched(someone: Person, terms: Terms, as_of: str = "1995-12-31", name: str = "match") -> list[Any]:
    found = ask(someone, as_of, terms)["matching"]["months"]
    return [each[name] for each in found if each["compensation"]]


def money(*amounts: str) -> list[Decimal]:
    return [Decimal(each) for each in amounts]


def formula(checked: dict[str, Any], *without: str, **more: Any) -> Terms:  # noqa: ANN401
    return elected(checked, "3.01(h)", *without, **more)


@pytest.mark.parametrize(
    ("checked", "part", "counted"),
    [
        pytest.param({"1.12(b)": None}, {"other_elective_contributions": "60.00"}, "1840.00", id="(b) elective"),
        pytest.param({"1.12(f)": None}, {"bonus": "500.00"}, "1500.00", id="(f) bonus"),
        pytest.param({"1.12(g)": None}, {"overtime": "0.01"}, "1999.99", id="(g) overtime"),
        pytest.param({"1.12(h)": None}, {"commissions": "2000.00"}, "0.00", id="(h) commissions"),
        pytest.param(
            {"1.12(f)": None, "1.12(g)": None}, {"bonus": "500.00", "overtime": "100.00"}, "1400.00", id="two parts"
        ),
    ],
)
def test_compensation_without_its_parts(checked: dict[str, Any], part: dict[str, Any], counted: str) -> None:
    terms = elected(checked, "1.12(a)" if "1.12(b)" in checked else "1.12(c)")
    someone = quarter("100.00", **part)
    found = ask(someone, "1995-10-31", terms)
    assert found["matching"]["months"][-1]["compensation_counted"] == Decimal(counted)
    base = "2000.00" if "1.12(b)" in checked else counted
    assert found["deferral"]["plan_year_compensation"] == Decimal(base)
    if "1.12(b)" not in checked:
        with pytest.raises(NotKnownError):
            ask(quarter("100.00"), "1995-10-31", terms)


def test_a_highest_compensation() -> None:
    terms = elected({"1.12(d)": {"maximum": "3000.00"}}, "1.12(c)")
    someone = quarter("100.00", "100.00", "100.00")
    assert matched(someone, terms, name="compensation_counted") == money("2000.00", "1000.00", "0.00")
    assert ask(someone, "1995-12-31", terms)["deferral"]["plan_year_compensation"] == Decimal("3000.00")


@pytest.mark.parametrize(
    ("words", "ends", "amounts"),
    [
        pytest.param(
            "the last day of each month", ["10-31", "11-30", "12-31"], ["30.00", "40.00", "30.00"], id="month"
        ),
        pytest.param("the last day of each calendar quarter", ["12-31"], ["105.00"], id="quarter"),
        pytest.param(
            "the end of each pay period", ["10-31", "11-30", "12-31"], ["30.00", "40.00", "30.00"], id="period"
        ),
        pytest.param(None, ["09-30"], ["105.00"], id="Accounting Date only"),
    ],
)
def test_allocation_dates(words: str | None, ends: list[str], amounts: list[str]) -> None:
    # 60 and 180 and 60 deferred of 2,000 a month: the first 3% is 60, the next 60; over three months 180 and 120.
    boxes: dict[str, Any] = {} if words is None else {"3.04(c)": {"additional_dates": words}}
    terms = elected(boxes, "3.04(c)")
    someone = quarter("60.00", "180.00", "60.00")
    expected = money(*amounts) if len(ends) > 1 else money("120.00")
    found = ask(someone, "1995-12-31", terms)["matching"]["months"][-len(ends) :]
    assert [each["month_end"].isoformat()[5:] for each in found] == ends
    assert [each["match"] for each in found] == (expected if len(ends) == 1 else money("30.00", "45.00", "30.00"))


def test_allocation_dates_in_words_of_their_own() -> None:
    boxes = {"3.04(c)": {"additional_dates": "every quarter end"}}
    terms = elected(boxes, "3.04(c)", supplements={"3.04(c)": {"every": "quarter"}})
    assert terms.plan.match.allocated_every == "quarter"
    with pytest.raises(NotKnownError):
        elected(boxes, "3.04(c)")


def test_the_accounting_date_ends_a_period_of_its_own() -> None:
    terms = elected({"1.17(a)": {"ends_every": "10-15"}})
    rows = [pay("1995-10-01", "1995-10-15", "80.00", "1000.00", "30.00")]
    someone = months(*rows, pay("1995-10-16", "1995-10-31", "80.00", "1000.00", "30.00"))
    found = ask(someone, "1995-10-31", terms)["matching"]["months"][-2:]
    assert [each["month_end"] for each in found] == [day("1995-10-15"), day("1995-10-31")]


def test_tiers_of_the_plan_year() -> None:
    tiers = {"first_tier_percent": 3, "subsequent_tier_percents": [3], "of": "Compensation for the Plan Year"}
    terms = elected({"3.01(j)(3)": tiers})
    # Deferred 60, 180, 60 of 2,000 each: so far 60 of 60 + 60; 240 of 120 + 120; 300 of 180 + 180.
    # Due so far: 30; 60 + 30 = 90; 90 + 30 = 120.
    assert matched(quarter("60.00", "180.00", "60.00"), terms) == money("30.00", "60.00", "30.00")


@pytest.mark.parametrize(
    ("checked", "amount"),
    [
        pytest.param({"3.01(h)(1)": {"percent": 50}}, "75.00", id="(1) a percentage of everything"),
        pytest.param(
            {"3.01(h)(2)": {"first_tier_percent": 100, "subsequent_tier_percents": [50]}}, "90.00", id="(2) by tiers"
        ),
        pytest.param(
            {"3.01(h)(1)": {"percent": 10}, "3.01(h)(3)": None, "3.01(h)(3)(ii)": None}, "60.00", id="(1) and (3)(ii)"
        ),
    ],
)
def test_formulas(checked: dict[str, Any], amount: str) -> None:
    # 150 deferred of 2,000: 60 in the first tier, 60 in the second, 30 beyond; 50% and 25% on file.
    assert matched(quarter("150.00"), formula(checked)) == money(amount)


def test_tiers_are_null_where_the_formula_has_none() -> None:
    found = ask(quarter("150.00"), "1995-10-31", formula({"3.01(h)(1)": {"percent": 50}}))["matching"]["months"][-1]
    assert (found["tier_1"], found["tier_2"]) == (None, None)


def test_three_tiers_and_one_rate() -> None:
    tiers = {"first_tier_percent": 2, "subsequent_tier_percents": [2, 1], "of": "compensation paid in the period"}
    facts = {"match_rates": [{"from": "1993-08-01", "tiers": [50, 25, 10], "rate": 1}]}
    terms = elected({"3.01(j)(3)": tiers}, facts=facts)
    found = ask(quarter("150.00"), "1995-10-31", terms)["matching"]["months"][-1]
    # 40 at 50%, 40 at 25%, 20 at 10%.
    assert [found[name] for name in ("tier_1", "tier_2", "match")] == money("20.00", "10.00", "32.00")
    rate = formula({"3.01(h)(3)": None, "3.01(h)(3)(i)": None}, facts=facts)
    assert matched(quarter("150.00"), rate) == money("1.50")
    assert ask(quarter("150.00"), "1995-10-31", formula({"3.01(h)(3)(i)": None}))["matching"]["total"] is None


@pytest.mark.parametrize(
    ("years", "counted_on", "amounts"),
    [
        pytest.param("vesting", "plan_year_start", ["10.00", "10.00"], id="two Years on 1 October 1995"),
        pytest.param("vesting", "allocation_date", ["10.00", "25.00"], id="the third in December"),
        pytest.param("eligibility", "allocation_date", ["10.00", "10.00"], id="the third is not over"),
    ],
)
def test_a_match_by_years(years: str, counted_on: str, amounts: list[str]) -> None:
    boxes = {"3.01(h)(4)": {"percent_by_years": {2: 10, 3: 25}, "years_determined_by": "words"}}
    terms = formula(boxes, supplements={"3.01(h)(4)": {"years": years, "counted_on": counted_on}})
    rows = [pay("1995-10-01", "1995-10-31", "500.00", "2000.00", "100.00")]
    someone = months(*rows, pay("1995-11-01", "1995-12-31", "500.00", "2000.00", "100.00"))
    assert matched(someone, terms) == money(*amounts)


@pytest.mark.parametrize(
    ("cite", "limit", "as_of", "amounts"),
    [
        pytest.param("(i)", {"dollars": 50}, "1995-12-31", ["30.00", "20.00", "0.00"], id="no more than 50 dollars"),
        pytest.param(
            "(i)",
            {"percent_of_compensation": 1},
            "1995-12-31",
            ["20.00", "20.00", "20.00"],
            id="no more than 1% of the pay so far",
        ),
        pytest.param("(ii)", {"dollars": 200}, "1995-12-31", ["30.00", "30.00", "30.00"], id="the year is not over"),
        pytest.param("(ii)", {"dollars": 200}, "1996-09-30", ["30.00", "30.00", "140.00"], id="no less than 200"),
    ],
)
def test_a_limit_on_the_match(cite: str, limit: dict[str, Any], as_of: str, amounts: list[str]) -> None:
    cites = {"3.01(h)(5)": None, f"3.01(h)(5){cite}": {"limit": "words"}}
    terms = elected(cites, supplements={f"3.01(h)(5){cite}": limit})
    assert matched(quarter("60.00", "60.00", "60.00"), terms, as_of) == money(*amounts)
    if cite == "(ii)":
        assert matched(quarter("0.00"), terms, as_of) == money("0.00")


def test_eligible_contributions() -> None:
    someone = quarter("40.00", cash_or_deferred="15.00", mandatory_contribution="5.00")
    for boxes, amount in (("1", "20.00"), ("2", "7.50"), ("3", "2.50"), ("123", "30.00")):
        checked = dict.fromkeys(f"3.01(i)({each})" for each in boxes)
        assert matched(someone, elected(checked, "3.01(i)(")) == money(amount)


@pytest.mark.parametrize(
    ("limit", "amounts"),
    [
        pytest.param({"percent_of_compensation": 4}, ["40.00", "40.00"], id="4% of the period's Compensation"),
        pytest.param({"dollars": 130}, ["50.00", "15.00"], id="130 dollars a Plan Year"),
    ],
)
def test_contributions_above_a_limit_are_disregarded(limit: dict[str, Any], amounts: list[str]) -> None:
    terms = formula(
        {"3.01(h)(1)": {"percent": 50}, "3.01(j)(2)": {"limit": "words"}}, "3.01(j)", supplements={"3.01(j)(2)": limit}
    )
    assert matched(quarter("100.00", "100.00"), terms) == money(*amounts)
    everything = formula({"3.01(h)(1)": {"percent": 50}, "3.01(j)(1)": None}, "3.01(j)")
    assert matched(quarter("100.00", "100.00"), everything) == money("50.00", "50.00")


def leaves(reason: str, end: str = "1996-02-20", hours: str = "500.00", **facts: Any) -> Person:  # noqa: ANN401
    row = pay("1995-10-01", "1995-10-31", hours, "2000.00", "60.00")
    return months(row, end=end, reason=reason, **facts)


def allocated(someone: Person, as_of: str, terms: Terms) -> bool:
    found: bool = ask(someone, as_of, terms)["matching"]["months"][-1]["allocated"]
    return found


REQUIREMENTS = ("3.06(d)", "3.06(e)")


@pytest.mark.parametrize(
    ("someone", "expected"),
    [
        pytest.param(leaves("quit"), False, id="gone with 500 hours"),
        pytest.param(leaves("quit", hours="501.00"), True, id="gone with 501"),
        pytest.param(months(pay("1995-10-01", "1995-10-31", "1.00", "20.00", "0.60")), True, id="there with one"),
        pytest.param(months(pay("1995-10-01", "1995-10-31", "0.99", "20.00", "0.60")), False, id="there without one"),
    ],
)
def test_the_safe_harbor(someone: Person, expected: bool) -> None:  # noqa: FBT001  a column of the table
    terms = elected({"3.06(c)": None}, *REQUIREMENTS)
    assert allocated(someone, "1996-09-29", terms) is False
    assert allocated(someone, "1996-09-30", terms) is expected


@pytest.mark.parametrize(
    ("checked", "hours", "expected"),
    [
        pytest.param({"3.06(d)(1)": None}, "83.33", False, id="1,000 over 12 months are 83.33 and a third"),
        pytest.param({"3.06(d)(1)": None}, "83.34", True, id="reached"),
        pytest.param({"3.06(d)(2)": {"hours": 600}}, "50.00", True, id="600"),
        pytest.param({"3.06(d)(2)": {"hours": 600}}, "49.99", False, id="less"),
    ],
)
def test_hours_are_divided_over_the_periods(checked: dict[str, Any], hours: str, expected: bool) -> None:  # noqa: FBT001
    terms = elected(checked, *REQUIREMENTS)
    someone = months(pay("1995-10-01", "1995-10-31", hours, "2000.00", "60.00"))
    assert allocated(someone, "1995-10-31", terms) is expected


@pytest.mark.parametrize(
    ("checked", "reason", "born", "expected"),
    [
        pytest.param({"3.06(d)(1)": None, "3.06(d)(3)(i)": None}, "death", "1960-05-01", True, id="(d)(3)(i) death"),
        pytest.param({"3.06(d)(1)": None, "3.06(d)(3)(i)": None}, "quit", "1960-05-01", False, id="not by quitting"),
        pytest.param({"3.06(d)(1)": None, "3.06(d)(3)(ii)": None}, "disability", "1960-05-01", True, id="(d)(3)(ii)"),
        pytest.param({"3.06(d)(1)": None, "3.06(d)(3)(iii)": None}, "quit", "1931-02-20", True, id="(d)(3)(iii) at 65"),
        pytest.param({"3.06(d)(1)": None, "3.06(d)(3)(iii)": None}, "quit", "1931-02-21", False, id="a day before it"),
        pytest.param({"3.06(d)(1)": None, "3.06(d)(4)": {"hours": 120}}, "quit", "1960-05-01", True, id="(d)(4) 120"),
        pytest.param({"3.06(d)(1)": None, "3.06(d)(4)": {"hours": 121}}, "quit", "1960-05-01", False, id="(d)(4) 121"),
        pytest.param({"3.06(d)(1)": None, "3.06(d)(5)": {}}, "quit", "1960-05-01", True, id="(d)(5) not for the match"),
        pytest.param({"3.06(e)": None, "3.06(e)(1)": None}, "death", "1960-05-01", False, id="(e)(1) no exceptions"),
        pytest.param({"3.06(e)": None, "3.06(e)(2)": None}, "death", "1960-05-01", True, id="(e)(2) death"),
        pytest.param({"3.06(e)": None, "3.06(e)(3)": None}, "disability", "1960-05-01", True, id="(e)(3)"),
        pytest.param({"3.06(e)": None, "3.06(e)(4)": None}, "quit", "1931-02-20", True, id="(e)(4) at 65"),
        pytest.param({"3.06(e)": None, "3.06(e)(5)": {}}, "quit", "1960-05-01", True, id="(e)(5) not for the match"),
    ],
)
def test_exceptions_for_leavers_and_contributions(
    checked: dict[str, Any],
    reason: str,
    born: str,
    expected: bool,  # noqa: FBT001  a column of the table
) -> None:
    # 10 hours in October 1995: a twelfth of 120, and less than one of 121.
    said = {cite: {"contributions": ["matching"]} for cite in ("3.06(d)(5)", "3.06(e)(5)") if cite in checked}
    terms = elected(checked, *REQUIREMENTS, supplements=said)
    someone = leaves(reason, hours="10.00", birth_date=born)
    assert allocated(someone, "1996-09-30", terms) is expected


def highly(*employees: str) -> dict[str, Any]:
    named = [{"plan_year": end, "employee_ids": list(employees)} for end in ("1995-09-30", "1996-09-30")]
    return {"highly_compensated": named}


def test_highly_compensated_employees() -> None:
    everything = {"3.06(k)": None, "3.06(k)(1)": None}
    assert matched(quarter("60.00"), elected(everything, "3.06(j)", facts=highly("E1"))) == money("0.00")
    assert matched(quarter("60.00"), elected(everything, "3.06(j)", facts=highly("E2"))) == money("30.00")
    with pytest.raises(NotKnownError):
        matched(quarter("60.00"), elected(everything, "3.06(j)"))
    named = {"3.06(k)(2)": {"options": ["3.01(h)(3)"]}, "3.01(h)(1)": {"percent": 10}}
    assert matched(quarter("60.00"), elected(named, "3.06(j)", facts=highly("E1"))) == money("6.00")


@pytest.mark.parametrize(
    ("checked", "supplements", "name", "on"),
    [
        pytest.param(
            "(2)(i)", {"no_later_than": "03-31"}, "next_revocation_on", "1996-02-01", id="revoke before a day"
        ),
        pytest.param("(2)(i)", {"no_later_than": "01-31"}, "next_revocation_on", "1996-10-01", id="that day is past"),
        pytest.param("(2)(iii)", None, "next_revocation_on", "1996-02-01", id="revoke on a first of month"),
        pytest.param("(2)(iv)", {"days": ["01-31", "05-15"]}, "next_revocation_on", "1996-05-15", id="on other days"),
        pytest.param("(3)(i)", None, "next_resumption_on", "1996-10-01", id="resume next Plan Year"),
        pytest.param("(3)(iii)", None, "next_resumption_on", "1996-02-01", id="resume on a first of month"),
        pytest.param("(3)(iv)", {"days": ["02-29"]}, "next_resumption_on", "1996-02-29", id="resume on other days"),
        pytest.param("(4)(i)", None, "next_change_on", None, id="change any payroll period"),
        pytest.param("(4)(ii)", None, "next_change_on", "1996-02-01", id="change on a first of month"),
        pytest.param("(4)(iv)", {"days": ["02-01"]}, "next_change_on", "1996-02-01", id="change on other days"),
    ],
)
def test_days_of_salary_reduction(checked: str, supplements: dict[str, Any] | None, name: str, on: str | None) -> None:
    cite = f"3.01(k){checked}"
    said = {} if supplements is None else {cite: supplements}
    terms = elected({cite: None}, cite[: cite.rindex("(") + 1], supplements=said)
    found = ask(quarter("60.00"), "1996-01-31", terms)["deferral"]
    assert found[name] == (None if on is None else day(on))


def test_limits_of_salary_reduction() -> None:
    found = ask(quarter("60.00"), "1995-12-31", elected({"3.01(k)(1)(i)": None}, "3.01(k)(1)"))["deferral"]
    assert (found["maximum_percent"], found["plan_year_maximum"], found["minimum_percent"]) == (None, None, None)
    said = {"3.01(k)(1)(iii)": {"minimum_percent": 1}}
    found = ask(quarter("60.00"), "1995-12-31", elected({"3.01(k)(1)(iii)": None}, supplements=said))["deferral"]
    assert (found["maximum_percent"], found["minimum_percent"]) == (15, 1)
