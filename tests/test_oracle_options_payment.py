"""The oracle on Article VI beyond Steel's options, against dates worked by hand (AA 6.01, 6.03)."""

from typing import Any

import pytest
from oracle import Person, Terms
from oracle_example import EMPTY, ask, day, elected, person, plan_year_rows, spell

PRACTICAL = {"6.01": {"distribution_date": "As soon as practical"}}
FIRST_OF_NEXT = {"plan_years_after": 1, "day": "first"}


HELD = dict.fromkeys(EMPTY, "100.00")


def leaver(deferral: str, reason: str = "quit", left: str = "1995-03-31", born: str = "1955-01-15") -> Person:
    rows = plan_year_rows(1994, "2000.00")
    return person(
        spell("1993-10-01", left, reason), rows=rows, birth_date=born, accounts=EMPTY | {"deferral": deferral}
    )


def dates(checked: dict[str, Any], supplements: dict[str, Any], general: dict[str, Any] | None = None) -> Terms:
    """Steel's agreement with other boxes of 6.01(a) to (e) and 6.03(a) to (c), and another 6.01."""
    said = {"6.01": general or {"days_after_separation": 0}} | supplements
    boxes: dict[str, Any] = {}
    if not any(cite.startswith("6.01(") for cite in checked):
        boxes["6.01(b)"] = {"when": "As soon as practical"}
    if not any(cite.startswith("6.03(") for cite in checked):
        boxes["6.03(b)(2)"] = None
    return elected(boxes | checked, "6.01(b)", "6.01(e)", "6.03(b)", supplements=said)


def payable(someone: Person, terms: Terms, as_of: str = "1995-12-31") -> Any:  # noqa: ANN401
    return ask(someone, as_of, terms)["distribution"]["payable_after_on"]


@pytest.mark.parametrize(
    ("checked", "rule", "on"),
    [
        pytest.param({"6.01(a)": {}}, FIRST_OF_NEXT, "1995-10-01", id="(a) first day of the next Plan Year"),
        pytest.param({"6.01(a)": {}}, {"plan_years_after": 1, "day": 60}, "1995-11-29", id="(a) its 60th day"),
        pytest.param({"6.01(a)": {}}, {"plan_years_after": 2, "day": "last"}, "1997-09-30", id="(a) end of the second"),
        pytest.param({"6.01(b)": {"when": "words"}}, {"months_after_separation": 6}, "1995-09-30", id="(b) six months"),
        pytest.param(
            {"6.01(b)": {"when": "As soon as practical after the 30th day"}}, None, "1995-04-30", id="(b) words"
        ),
        pytest.param({"6.01(c)": {"breaks": 1}}, FIRST_OF_NEXT, "1995-10-01", id="(c) after one Break"),
        pytest.param({"6.01(d)": {"days": 60}}, {"days_after_separation": 0}, "2020-01-15", id="(d) at 65"),
        pytest.param({"6.01(e)": {"specify": "x"}}, {"days_after_separation": 45}, "1995-05-15", id="(e)"),
    ],
)
def test_small_benefits(checked: dict[str, Any], rule: dict[str, Any] | None, on: str) -> None:
    # Left on 31 March 1995 with 2,000 hours in 1993-94 and none in 1994-95, which is a Break over on 30 September 1995.
    supplements = {} if rule is None else {next(iter(checked)): rule}
    assert payable(leaver("2800.00"), dates(checked, supplements)) == day(on)


def test_a_date_after_breaks_is_not_known_before_them() -> None:
    terms = dates({"6.01(c)": {"breaks": 2}}, {"6.01(c)": FIRST_OF_NEXT})
    assert payable(leaver("2800.00"), terms, "1996-09-29") is None
    assert payable(leaver("2800.00"), terms, "1996-09-30") == day("1996-10-01")


@pytest.mark.parametrize(
    ("checked", "rule", "on"),
    [
        pytest.param({"6.03(a)": {}}, FIRST_OF_NEXT, "1995-10-01", id="(a)"),
        pytest.param({"6.03(b)(1)": None}, None, "2020-09-30", id="(b)(1) the Plan Year of 65"),
        pytest.param({"6.03(b)(2)": None}, None, "1995-03-31", id="(b)(2)"),
        pytest.param({"6.03(b)(3)": {}}, {"plan_years_after": 2, "day": "first"}, "1996-10-01", id="(b)(3)"),
        pytest.param({"6.03(b)(4)": {"breaks": 1}}, None, "1995-10-01", id="(b)(4)"),
        pytest.param({"6.03(b)(5)": {"age": 50, "years_of_service": 1}}, None, "2005-01-15", id="(b)(5)"),
        pytest.param({"6.03(b)(5)": {"age": 50, "years_of_service": 2}}, None, None, id="(b)(5) too few Years"),
        pytest.param({"6.03(b)(6)": {}}, {"days_after_separation": 10}, "1995-04-10", id="(b)(6)"),
        pytest.param({"6.03(c)": {}}, {"months_after_separation": 1}, "1995-04-30", id="(c)"),
    ],
)
def test_large_benefits(checked: dict[str, Any], rule: dict[str, Any] | None, on: str | None) -> None:
    supplements = {} if rule is None else {next(iter(checked)): rule}
    found = payable(leaver("3500.01"), dates(checked, supplements))
    assert found == (None if on is None else day(on))


def test_a_large_benefit_waits_for_the_general_date_and_takes_the_earliest_of_its_own() -> None:
    terms = dates({"6.03(b)(4)": {"breaks": 1}, "6.03(a)": {}}, {"6.03(a)": {"plan_years_after": 2, "day": "first"}})
    assert payable(leaver("9000.00"), terms) == day("1995-10-01")
    assert payable(leaver("9000.00"), dates({}, {}, {"days_after_separation": 90})) == day("1995-06-29")


@pytest.mark.parametrize(
    ("checked", "rule", "on"),
    [
        pytest.param({"6.01(f)": {"when": "As soon as practical"}}, None, "1995-03-31", id="(f)"),
        pytest.param(
            {"6.01(f)": {"when": "as soon as practical after the 10th day"}}, None, "1995-04-10", id="(f) words"
        ),
        pytest.param({"6.01(g)": None}, None, "1995-06-29", id="(g) as without disability"),
        pytest.param({"6.01(h)": {"specify": "x"}}, FIRST_OF_NEXT, "1995-10-01", id="(h)"),
    ],
)
def test_disability(checked: dict[str, Any], rule: dict[str, Any] | None, on: str) -> None:
    supplements = {} if rule is None else {next(iter(checked)): rule}
    terms = elected(checked, "6.01(f)", supplements=supplements)
    assert payable(leaver("2800.00", "disability"), terms) == day(on)
    assert payable(leaver("2800.00", "death"), terms) == day("1995-03-31")


def test_an_earlier_retirement_age_sets_the_default_payment() -> None:
    terms = elected({"5.01(a)": {"age": 60}}, "5.01")
    small = ask(leaver("2800.00"), "1995-12-31", terms)["distribution"]
    large = ask(leaver("9000.00"), "1995-12-31", terms)["distribution"]
    assert small["default_payment_on"] == day("2015-11-29")  # 60 on 15 January 2015
    assert large["default_payment_on"] == day("2017-11-29")  # 62


def in_service(checked: dict[str, Any], born: str, as_of: str, count: int = 6, **more: Any) -> dict[str, Any]:  # noqa: ANN401
    rows = plan_year_rows(1993, *["2000.00"] * count)
    someone = person(spell("1992-10-01"), rows=rows, birth_date=born, accounts=HELD)
    found: dict[str, Any] = ask(someone, as_of, elected(checked, "6.03(d)", **more))["in_service"]
    return found


@pytest.mark.parametrize(
    ("checked", "born", "on"),
    [
        pytest.param({"6.03(d)": None}, "1930-03-01", None, id="(d) never"),
        pytest.param({"6.03(e)": None, "6.03(e)(1)": None}, "1935-03-01", "2000-03-01", id="(e)(1) 65"),
        pytest.param({"6.03(e)": None, "6.03(e)(1)": None}, "1920-03-01", "1993-10-01", id="(e)(1) not before entry"),
        pytest.param(
            {"6.03(e)(2)": {"age": 50, "vested_percent": 100}}, "1943-03-01", "1997-09-30", id="(e)(2) vesting"
        ),
        pytest.param(
            {"6.03(e)(2)": {"age": 55, "vested_percent": 100}}, "1943-03-01", "1998-03-01", id="(e)(2) the age"
        ),
        pytest.param({"6.03(f)": {"years": 5}}, "1960-03-01", "1998-10-01", id="(f) five years from 1 October 1993"),
        pytest.param(
            {"6.03(f)": {"years": 5}, "6.03(e)(2)": {"age": 50, "vested_percent": 0}},
            "1945-06-01",
            "1995-06-01",
            id="both",
        ),
    ],
)
def test_withdrawals_of_employer_money(checked: dict[str, Any], born: str, on: str | None) -> None:
    found = in_service(checked, born, "1998-10-01")["employer_withdrawal_on"]
    assert found == (None if on is None else day(on))


@pytest.mark.parametrize(
    ("checked", "born", "on"),
    [
        pytest.param({"6.03(i)": None}, "1930-03-01", None, id="(i) never"),
        pytest.param({"6.03(j)": None, "6.03(j)(1)": None}, "1940-08-31", "2005-08-31", id="(j)(1) 65"),
        pytest.param({"6.03(j)(2)": {"age": "59.5"}}, "1940-08-31", "2000-02-29", id="(j)(2) 59 1/2"),
        pytest.param({"6.03(j)(2)": {"age": 60}}, "1930-03-01", "1993-10-01", id="(j)(2) not before entry"),
    ],
)
def test_withdrawals_of_deferrals(checked: dict[str, Any], born: str, on: str | None) -> None:
    found = in_service(checked, born, "1998-10-01")["deferral_withdrawal_on"]
    assert found == (None if on is None else day(on))


def test_hardship_in_service() -> None:
    policy = {"6.03(g)": None, "6.03(g)(2)": None}
    # Nothing of the match is owned before the fifth Year, so there is nothing of it to distribute.
    assert in_service(policy, "1960-03-01", "1994-10-01")["hardship_accounts"] == ["deferral"]
    assert in_service(policy, "1960-03-01", "1997-10-01")["hardship_accounts"] == [
        "deferral",
        "regular_matching",
        "employer",
    ]
    vested = policy | {"6.03(g)(4)": {"vested_percent": 100}}
    assert in_service(vested, "1960-03-01", "1994-10-01")["hardship_accounts"] == ["deferral"]
    assert len(in_service(vested, "1960-03-01", "1997-10-01")["hardship_accounts"]) == 3


@pytest.mark.parametrize(
    ("checked", "accounts"),
    [
        pytest.param({"6.01(i)": None}, [], id="(i)"),
        pytest.param({"6.01(j)": None, "6.01(j)(1)": None}, ["regular_matching", "employer"], id="(j)(1)"),
        pytest.param({"6.01(j)": None, "6.01(j)(2)": None}, ["deferral", "regular_matching", "employer"], id="(j)(2)"),
    ],
)
def test_hardship_after_separation(checked: dict[str, Any], accounts: list[str]) -> None:
    rows = plan_year_rows(1990, *["2000.00"] * 5)
    someone = person(spell("1989-10-01", "1995-03-31", "quit"), rows=rows, accounts=HELD)
    found = ask(someone, "1995-12-31", elected(checked, "6.01(i)"))["in_service"]
    assert found["hardship_accounts"] == accounts
