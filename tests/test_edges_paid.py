"""Owning, leaving and being paid at the edge of every line: each table is one evaluation, each line one case."""

from collections.abc import Mapping
from typing import Any

import pytest
from asking import changed, column, elections, steel, wrong
from oracle_example import EMPTY, pay, person, plan_year_rows, spell

LEFT = "1995-03-31"
WHOLE = "2000.00"


def leaver(left: str = LEFT, years: int = 10, **facts: Any) -> dict[str, Any]:  # noqa: ANN401  any facts of a person
    """Left with so many Years of Service for vesting, the last of them ended on 30 September 1994."""
    rows = plan_year_rows(1995 - years, *[WHOLE] * years)
    return person(
        spell(f"{1994 - years}-10-01", left, "quit"), rows=[*rows, pay("1994-10-01", LEFT, "900.00")], **facts
    )


def balances(**amounts: str) -> dict[str, Any]:
    return {"accounts": EMPTY | amounts}


# left, the 90th day after it, why
NINETIETH = [
    ("1995-03-31", "1995-06-29", "31 March"),
    ("1995-11-30", "1996-02-28", "the day before the leap day"),
    ("1995-12-01", "1996-02-29", "the leap day itself"),
    ("1995-12-02", "1996-03-01", "the day after it"),
    ("1994-12-01", "1995-03-01", "no leap day in 1995"),
    ("1995-07-02", "1995-09-30", "the last day of the Plan Year"),
    ("1995-07-03", "1995-10-01", "the first day of the next"),
    ("1995-10-02", "1995-12-31", "the last day of the calendar year"),
    ("1995-10-03", "1996-01-01", "the first day of the next"),
]


def test_the_ninetieth_day() -> None:
    people = [person(spell("1990-10-01", left, "quit")) for left, *_ in NINETIETH]
    assert not wrong(NINETIETH, column(people, "1996-12-31", "payable_after_on"), 1)


@pytest.mark.parametrize(("days", "after"), [(0, LEFT), (89, "1995-06-28"), (90, "1995-06-29"), (91, "1995-06-30")])
def test_the_days_are_those_of_the_elections(days: int, after: str) -> None:
    text = {"6.01": {"days_after_separation": days, "at_once_from": [{"age": 55, "years_of_service": 10}]}}
    assert column([leaver(years=4)], LEFT, "payable_after_on", plan=changed(supplements=text)) == [after]


# born, Years of Service, paid at once on leaving on 31 March 1995, why
AGES = [
    ("1940-03-30", 10, True, "55 the day before, ten years"),
    ("1940-03-31", 10, True, "55 that day, ten years"),
    ("1940-04-01", 10, False, "55 the day after"),
    ("1940-03-31", 9, False, "55, nine years"),
    ("1940-03-31", 11, True, "55, eleven years"),
    ("1930-03-30", 1, True, "65 the day before"),
    ("1930-03-31", 1, True, "65 that day"),
    ("1930-04-01", 1, False, "65 the day after"),
    ("1930-04-01", 10, True, "64 with ten years"),
    ("1933-03-31", 4, False, "62 gives nothing by itself"),
]


def test_ages_on_the_day_of_leaving() -> None:
    people = [leaver(years=years, birth_date=born) for born, years, *_ in AGES]
    assert not wrong(AGES, column(people, "1995-04-30", "immediate"), 2)
    days = [(*line[:2], LEFT if line[2] else "1995-06-29", line[-1]) for line in AGES]
    assert not wrong(days, column(people, "1995-04-30", "payable_after_on"), 2)


def test_everybody_waits_when_the_general_rule_is_read_to_stand_alone() -> None:
    people = [leaver(birth_date=born) for born in ("1929-03-31", "1930-03-31", "1938-03-31")]
    plan = steel(distribution_dates="general_only")
    assert column(people, "1995-04-30", "immediate", "payable_after_on", plan=plan) == [(False, "1995-06-29")] * 3


# born on 29 February of a leap year; last day; at 65 when the birthday is 28 February, when it is 1 March, why
LEAP_BIRTHDAYS = [
    ("1932-02-29", "1997-02-27", False, False, "two days before March"),
    ("1932-02-29", "1997-02-28", True, False, "the last day of February"),
    ("1932-02-29", "1997-03-01", True, True, "the first of March"),
    ("1932-02-28", "1997-02-28", True, True, "born the day before"),
    ("1932-03-01", "1997-02-28", False, False, "born the day after"),
]


@pytest.mark.parametrize(("option", "at"), [("feb_28", 2), ("mar_1", 3)])
def test_a_leap_day_birthday(option: str, at: int) -> None:
    people = [person(spell("1994-10-01", left, "quit"), birth_date=born) for born, left, *_ in LEAP_BIRTHDAYS]
    plan = steel(leap_day_anniversary=option)
    assert not wrong(LEAP_BIRTHDAYS, column(people, "1997-12-31", "immediate", plan=plan), at)
    owned = [(*line[:at], 100 if line[at] else 0, line[-1]) for line in LEAP_BIRTHDAYS]
    assert not wrong(owned, column(people, "1997-12-31", "owned_percent", plan=plan), at)


# born, consent needed on 30 April 1995, why; $5,000 is owned
CONSENT_AT_65 = [
    ("1930-04-29", False, "65 the day before"),
    ("1930-04-30", False, "65 that day"),
    ("1930-05-01", True, "65 the day after"),
    ("1933-04-30", True, "62 is not enough where the Plan says 65"),
]
CONSENT_AT_62 = [
    ("1933-04-29", False, "62 the day before"),
    ("1933-04-30", False, "62 that day"),
    ("1933-05-01", True, "62 the day after"),
    ("1935-04-30", True, "60, Normal Retirement Age, is not enough"),
]


@pytest.mark.parametrize(("age", "table"), [(65, CONSENT_AT_65), (60, CONSENT_AT_62)], ids=["65", "62"])
def test_consent_falls_away_at_the_later_of_62_and_retirement_age(age: int, table: list[tuple[Any, ...]]) -> None:
    plan = changed(elections()["checked"] | {"5.01(a)": {"age": age}})
    people = [leaver(birth_date=born, **balances(deferral="5000.00")) for born, *_ in table]
    assert not wrong(table, column(people, "1995-04-30", "consent_required", plan=plan), 1)


# balances, Years of Service, (vested, consent), why
LINE = [
    ({"deferral": "3499.99"}, 10, ("3499.99", False), "a cent under"),
    ({"deferral": "3500.00"}, 10, ("3500.00", False), "the line itself is not over it"),
    ({"deferral": "3500.01"}, 10, ("3500.01", True), "a cent over"),
    ({"deferral": "3500.00", "regular_matching": "0.01"}, 5, ("3500.01", True), "a cent of owned match"),
    ({"deferral": "3500.00", "regular_matching": "0.01"}, 4, ("3500.00", False), "the match is not owned"),
    ({"qualified_nonelective": "3500.00", "employer": "9.99"}, 4, ("3500.00", False), "always owned, and not owned"),
    ({"qualified_nonelective": "1750.01", "deferral": "1750.00"}, 4, ("3500.01", True), "all accounts together"),
    ({}, 10, ("0.00", False), "nothing"),
]


def test_the_line_of_3500_dollars() -> None:
    people = [leaver(years=years, **balances(**amounts)) for amounts, years, *_ in LINE]
    found = [(str(total), consent) for total, consent in column(people, LEFT, "vested_total", "consent_required")]
    assert not wrong(LINE, found, 2)


def test_a_share_of_an_odd_cent_is_rounded_half_up() -> None:
    plan = changed({"5.03(b)": {"top_heavy": {"3": 100}, "non_top_heavy": {"3": 50, "5": 100}}})
    people = [leaver(years=3, **balances(regular_matching=amount)) for amount in ("0.01", "0.02", "0.03", "7000.01")]
    assert list(map(str, column(people, LEFT, "vested_total", plan=plan))) == ["0.01", "0.01", "0.02", "3500.01"]


# born, last day, (required beginning date, default payment), why
AT_THE_LATEST = [
    ("1925-06-29", LEFT, ("1996-04-01", "1995-11-29"), "70 1/2 on 29 December 1995"),
    ("1925-06-30", LEFT, ("1996-04-01", "1995-11-29"), "70 1/2 on 30 December 1995"),
    ("1925-07-01", LEFT, ("1997-04-01", "1995-11-29"), "70 1/2 on 1 January 1996"),
    ("1917-06-30", LEFT, ("1996-04-01", "1995-11-29"), "70 1/2 in 1987: the year of leaving counts"),
    ("1917-07-01", LEFT, ("1989-04-01", "1995-11-29"), "70 1/2 on 1 January 1988: it does not"),
    ("1925-08-31", LEFT, ("1997-04-01", "1995-11-29"), "70 1/2 on 29 February 1996"),
    ("1930-09-30", LEFT, ("2002-04-01", "1995-11-29"), "65 on the last day of the Plan Year"),
    ("1930-10-01", LEFT, ("2002-04-01", "1996-11-29"), "65 on the first day of the next"),
    ("1925-01-01", "1995-09-30", ("1996-04-01", "1995-11-29"), "left on the last day of the Plan Year"),
    ("1925-01-01", "1995-10-01", ("1996-04-01", "1996-11-29"), "left on the first day of the next"),
]


def test_the_latest_days_of_payment() -> None:
    people = [person(spell("1980-10-01", left, "quit"), birth_date=born) for born, left, *_ in AT_THE_LATEST]
    found = column(people, "1996-12-31", "required_beginning_on", "default_payment_on")
    assert not wrong(AT_THE_LATEST, found, 2)


def test_somebody_at_work_has_a_required_day_from_the_year_of_seventy_and_a_half() -> None:
    table = [("1925-06-30", "1996-04-01", "70 1/2 on 30 December 1995"), ("1925-07-01", None, "on 1 January 1996")]
    people = [person(spell("1994-10-01"), birth_date=born) for born, *_ in table]
    assert not wrong(table, column(people, "1995-12-31", "required_beginning_on"), 1)
    assert column(people, "1996-01-01", "required_beginning_on") == ["1996-04-01", "1997-04-01"]


# Years, Breaks after them, deferred, (Years that count, Breaks in a row, Forfeiture Break, frozen percent), why
BREAKS = [
    (2, ["0.00"] * 4, False, (2, 4, None, None), "four Breaks take nothing"),
    (2, ["0.00"] * 5, False, (0, 5, "1999-09-30", 0), "five equal the greater of five and two"),
    (2, ["0.00"] * 6, False, (0, 6, "1999-09-30", 0), "the fifth stays the day"),
    (4, ["0.00"] * 4, False, (4, 4, None, None), "four Breaks after four Years are less than five"),
    (4, ["0.00"] * 5, False, (0, 5, "1999-09-30", 0), "five after four Years"),
    (5, ["0.00"] * 5, False, (5, 5, "1999-09-30", 100), "what is owned in full is kept"),
    (4, ["0.00"] * 5, True, (4, 5, "1999-09-30", 0), "a deferrer keeps the Years"),
    (4, ["0.00"] * 6, True, (4, 6, "1999-09-30", 0), "also at the sixth"),
    (2, ["500.00"] * 5, False, (0, 5, "1999-09-30", 0), "500 hours are a Break"),
    (2, [*["500.00"] * 4, "500.01"], False, (2, 0, None, None), "a hundredth more ends the run"),
    (2, ["0.00", "0.00", "501.00", "0.00", "0.00", "0.00"], False, (2, 3, None, None), "a year between ends the run"),
    (2, [*["0.00"] * 5, "1000.00"], False, (1, 0, "1999-09-30", 0), "a new Year after the loss"),
    (2, [*["0.00"] * 4, "1000.00"], False, (3, 0, None, None), "back in the fifth year: nothing lost"),
]


def with_breaks(years: int, after: list[str], *, deferred: bool) -> dict[str, Any]:
    first = 1995 - years
    worked = [*plan_year_rows(first, *[WHOLE] * years)]
    worked[-1] |= {"compensation": "20000.00", "salary_reduction": "400.00" if deferred else "0.00"}
    return person(spell(f"{first - 1}-10-01"), rows=[*worked, *plan_year_rows(1995, *after)])


def test_four_five_and_six_breaks() -> None:
    people = [with_breaks(years, after, deferred=deferred) for years, after, deferred, *_ in BREAKS]
    fields = ("years_of_service", "consecutive_breaks", "forfeiture_break_on", "vested_percent_before_forfeiture_break")
    ends = {len(after): f"{1994 + len(after)}-09-30" for _, after, *_ in BREAKS}
    for count, as_of in ends.items():
        chosen = [number for number, line in enumerate(BREAKS) if len(line[1]) == count]
        found = column([people[number] for number in chosen], as_of, *fields)
        assert not wrong([BREAKS[number] for number in chosen], found, 3)


def test_the_fifth_break_comes_with_the_close_of_its_year() -> None:
    someone = [with_breaks(2, ["0.00"] * 5, deferred=False)]
    fields = ("years_of_service", "forfeiture_break_on")
    assert column(someone, "1999-09-29", *fields) == [(2, None)]
    assert column(someone, "1999-09-30", *fields) == [(0, "1999-09-30")]


# paid out, back at work, repaid, (restored as of, at the amount of), why; two Years of Service, so nothing is owned
REPAID = [
    ("1995-02-01", "1996-06-01", "2001-05-31", ("2001-09-30", "1994-09-30"), "the day before five years are over"),
    ("1995-02-01", "1996-06-01", "2001-06-01", ("2001-09-30", "1994-09-30"), "five years to the day"),
    ("1995-02-01", "1996-06-01", "2001-06-02", (None, None), "the day after"),
    ("1995-02-01", "1996-06-01", "1996-06-01", ("1996-09-30", "1994-09-30"), "on the first day back"),
    ("1995-02-01", "1996-06-01", "1996-05-31", (None, None), "before the return"),
    ("1995-02-01", "1996-06-01", "1999-09-30", ("1999-09-30", "1994-09-30"), "on an Accounting Date"),
    ("1995-02-01", "1996-06-01", "1999-10-01", ("2000-09-30", "1994-09-30"), "the day after one"),
    ("1995-09-30", "1996-06-01", "1999-09-15", ("1999-09-30", "1994-09-30"), "paid out on an Accounting Date"),
    ("1995-10-01", "1996-06-01", "1999-09-15", ("1999-09-30", "1995-09-30"), "paid out the day after one"),
]


def repaid(paid: str, back: str, on: str) -> Mapping[str, Any]:
    rows = [*plan_year_rows(1993, WHOLE, WHOLE), pay("1994-10-01", "1994-12-31", "480.00", "6000.00", "60.00")]
    return person(
        spell("1992-10-01", "1994-12-31", "quit"),
        spell(back),
        rows=[*rows, *plan_year_rows(1997, *["600.00"] * 6)],
        distributions=[{"paid_on": paid, "kind": "cash_out", "repaid_on": on}],
    )


def test_repaying_a_cash_out() -> None:
    people = [repaid(paid, back, on) for paid, back, on, *_ in REPAID]
    assert not wrong(REPAID, column(people, "2002-09-30", "restored_on", "restoration_valued_on"), 3)


@pytest.mark.parametrize(
    ("option", "last_day"), [("feb_28", "2001-02-28"), ("mar_1", "2001-03-01")], ids=["feb_28", "mar_1"]
)
def test_five_years_from_a_leap_day(option: str, last_day: str) -> None:
    plan = steel(leap_day_anniversary=option)
    days = ("2001-02-28", "2001-03-01", "2001-03-02")
    people = [repaid("1995-02-01", "1996-02-29", on) for on in days]
    table = [(on, "2001-09-30" if on <= last_day else None, f"repaid on {on}") for on in days]
    assert not wrong(table, column(people, "2002-09-30", "restored_on", plan=plan), 1)


def test_a_plan_year_that_ends_with_february() -> None:
    """A Plan Year that ends on the last day of February ends on the 29th in a leap year."""
    plan = changed(elections()["checked"] | {"1.17(a)": {"ends_every": "02-29"}})
    hired = person(
        spell("1995-03-01"), rows=[pay("1995-03-01", "1996-02-29", WHOLE), pay("1996-03-01", "1997-02-28", WHOLE)]
    )
    found = column([hired], "1997-02-28", "years_of_service", "fully_vested_on", plan=plan)
    assert found == [(2, "2000-02-29")]
