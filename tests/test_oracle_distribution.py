"""The oracle's required beginning dates, forfeitures and restorations against examples worked by hand."""

from typing import Any

import pytest
from oracle import Person, Terms
from oracle_example import EMPTY, ask, day, pay, person, plan_year_rows, spell
from oracle_terms import PREDECESSOR


@pytest.mark.parametrize(
    ("born", "as_of", "required"),
    [
        pytest.param("1925-06-30", "1994-12-31", None, id="the year of 70 1/2 has not begun"),
        pytest.param("1925-06-30", "1995-01-01", "1996-04-01", id="it has"),
        pytest.param("1925-07-01", "1995-12-31", None, id="70 1/2 on 1 January of the next year"),
        pytest.param("1917-07-01", "1995-01-01", "1989-04-01", id="reached on 1 January 1988"),
        pytest.param("1917-06-30", "1995-01-01", None, id="reached before 1988"),
    ],
)
def test_the_required_date_is_given_at_work_from_the_year_of_70_and_a_half(
    born: str, as_of: str, required: str | None
) -> None:
    at_work = ask(person(spell("1985-10-01"), birth_date=born), as_of)["distribution"]
    assert at_work["required_beginning_on"] == (None if required is None else day(required))
    assert {name for name, value in at_work.items() if value is not None} <= {"required_beginning_on"}


def test_the_required_date_elsewhere() -> None:
    at_mitech = person(spell("1985-10-01", employer=PREDECESSOR), birth_date="1920-01-01")
    assert ask(at_mitech, "1995-01-01")["distribution"]["required_beginning_on"] is None
    left = person(spell("1985-10-01", "1995-03-31", "quit"), birth_date="1917-06-30")
    assert ask(left, "1995-03-31")["distribution"]["required_beginning_on"] == day("1996-04-01")
    still_there = ask(left, "1995-03-31", Terms(separated_on_last_day="next_day"))
    assert still_there["distribution"]["required_beginning_on"] is None


def gone(*paid_on: str, reduced: str) -> Person:
    """Someone hired 1 October 1993 who left 31 December 1995 with two Years; `reduced` is one salary reduction."""
    rows = plan_year_rows(1994, "2000.00", "2000.00")
    rows[-1] |= {"compensation": "2000.00", "salary_reduction": reduced}
    paid = [{"paid_on": each, "kind": "cash_out", "repaid_on": None} for each in paid_on]
    return person(spell("1993-10-01", "1995-12-31", "quit"), rows=rows, distributions=paid)


@pytest.mark.parametrize(
    ("someone", "forfeited"),
    [
        pytest.param(gone(reduced="0.00"), "1995-12-31", id="nothing ever deferred: deemed cash-out"),
        pytest.param(gone(reduced="60.00"), "1995-12-31", id="nothing left on the last day: deemed cash-out"),
        pytest.param(gone("1996-04-01", reduced="60.00"), "1996-04-01", id="emptied by the cash-out"),
        pytest.param(gone("1995-12-31", reduced="60.00"), "1995-12-31", id="emptied on the last day"),
        pytest.param(gone("1996-04-01", reduced="0.00"), "1995-12-31", id="a cash-out without an account"),
    ],
)
def test_a_deferral_account_that_a_cash_out_emptied_is_an_account(someone: Person, forfeited: str) -> None:
    assert ask(someone, "1996-05-01")["distribution"]["forfeiture_on"] == day(forfeited)


def returned(*spells: dict[str, Any], rows: list[dict[str, Any]], paid_on: str, repaid_on: str | None = None) -> Person:
    paid = [{"paid_on": paid_on, "kind": "cash_out", "repaid_on": repaid_on}]
    return person(*spells, rows=rows, accounts=EMPTY | {"deferral": "10.00"}, distributions=paid)


def test_a_cash_out_forfeits_only_after_the_last_employment_and_below_100_percent_then() -> None:
    left = [spell("1993-10-01", "1995-12-31", "quit"), spell("1997-01-01", "1997-06-30", "quit")]
    rows = plan_year_rows(1994, "2000.00", "2000.00")
    before_the_last = returned(*left, rows=rows, paid_on="1996-04-01")
    assert ask(before_the_last, "1997-12-31")["distribution"]["forfeiture_on"] is None
    after_it = returned(*left, rows=rows, paid_on="1997-06-30")
    assert ask(after_it, "1997-12-31")["distribution"]["forfeiture_on"] == day("1997-06-30")
    at_mitech = [spell("1993-10-01", "1994-12-31", "quit"), spell("1995-01-01", employer=PREDECESSOR)]
    vests_later = returned(*at_mitech, rows=plan_year_rows(1994, *["2000.00"] * 5), paid_on="1995-04-01")
    fully = ask(vests_later, "1998-09-30")
    assert fully["vesting"]["vested_percent"]["employer"] == 100
    assert fully["distribution"]["forfeiture_on"] == day("1995-04-01")
    at_mitech = [spell("1989-10-01", "1994-03-31", "quit"), spell("1994-06-01", employer=PREDECESSOR)]
    fifth = [pay("1993-10-01", "1994-03-31", "900.00"), pay("1994-06-01", "1994-07-31", "100.00")]
    this_year = returned(*at_mitech, rows=plan_year_rows(1990, *["2000.00"] * 4) + fifth, paid_on="1994-05-01")
    assert ask(this_year, "1994-07-30")["distribution"]["forfeiture_on"] == day("1994-05-01")
    assert ask(this_year, "1994-07-31")["distribution"]["forfeiture_on"] is None


def test_a_cash_out_after_a_forfeiture_break_forfeits_nothing_more() -> None:
    someone = returned(
        spell("1992-10-01", "1995-09-30", "quit"),
        rows=plan_year_rows(1993, *["2000.00"] * 3),
        paid_on="2000-10-01",
    )
    assert ask(someone, "2000-09-30")["distribution"]["forfeiture_on"] == day("2000-09-30")
    assert ask(someone, "2000-10-01")["distribution"]["forfeiture_on"] == day("2000-09-30")


def test_a_forfeiture_break_before_the_last_employment_bars_no_cash_out() -> None:
    someone = returned(
        spell("1992-10-01", "1995-09-30", "quit"),
        spell("2000-10-01", "2001-12-31", "quit"),
        rows=plan_year_rows(1993, *["2000.00"] * 3) + plan_year_rows(2001, "2000.00"),
        paid_on="2002-02-01",
    )
    found = ask(someone, "2002-02-01")
    assert found["vesting"]["forfeiture_break_on"] == day("2000-09-30")
    assert found["distribution"]["forfeiture_on"] == day("2002-02-01")
    assert ask(someone, "2002-01-31")["distribution"]["forfeiture_on"] == day("2000-09-30")


def repaid(hired: str, *hours: str, paid_on: str) -> Person:
    last = 1993 + len(hours) - 1
    back = [pay("1997-01-01", "1997-06-30", "900.00")]
    return returned(
        spell(hired, f"{last}-09-30", "quit"),
        spell("1997-01-01"),
        rows=plan_year_rows(1993, *hours) + back,
        paid_on=paid_on,
        repaid_on="1997-06-30",
    )


@pytest.mark.parametrize(
    ("someone", "restored"),
    [
        pytest.param(repaid("1992-10-01", "2000.00", "2000.00", paid_on="1995-01-15"), True, id="forfeited"),
        pytest.param(repaid("1992-10-01", "999.99", "999.99", paid_on="1995-01-15"), False, id="never entered"),
        pytest.param(repaid("1992-10-01", "2000.00", paid_on="1993-10-31"), False, id="entered on return"),
    ],
)
def test_only_what_was_forfeited_is_restored(someone: Person, restored: bool) -> None:  # noqa: FBT001
    found = ask(someone, "1997-09-30")["distribution"]["restored_on"]
    assert found == (day("1997-09-30") if restored else None)


def test_nothing_is_restored_to_one_who_was_100_percent_at_the_close_of_the_cash_outs_plan_year() -> None:
    spells = [spell("1989-10-01", "1994-03-31", "quit"), spell("1994-06-01")]
    rows = [*plan_year_rows(1990, *["2000.00"] * 4), pay("1993-10-01", "1994-03-31", "900.00")]
    fifth = [*rows, pay("1994-06-01", "1994-07-31", "100.00")]
    short = [*rows, pay("1994-06-01", "1994-07-31", "99.99")]
    for worked, as_of, restored in ((short, "1994-09-30", "1994-09-30"), (fifth, "1994-09-30", None)):
        someone = returned(*spells, rows=worked, paid_on="1994-05-01", repaid_on="1994-07-01")
        found = ask(someone, as_of)["distribution"]["restored_on"]
        assert found == (None if restored is None else day(restored))
    running = returned(*spells, rows=fifth, paid_on="1994-05-01", repaid_on="1994-07-01")
    assert ask(running, "1994-07-01")["distribution"]["restored_on"] == day("1994-09-30")


def back(*paid_on: str, left: str = "1995-01-15", on: str = "1996-06-01", last: str = "600.00", **facts: Any) -> Person:  # noqa: ANN401
    """Someone who entered 1 October 1993 without deferring, left with `last` hours in that Plan Year, and came back."""
    rows = [*plan_year_rows(1993, "2000.00", "2000.00"), pay("1994-10-01", left, last)]
    paid = [{"paid_on": each, "kind": "cash_out", "repaid_on": None} for each in paid_on]
    return person(spell("1992-10-01", left, "quit"), spell(on), rows=rows, distributions=paid, **facts)


def deferring(start: str, end: str) -> Person:
    """The same person, with one salary reduction and what is left of it."""
    someone = back(accounts=EMPTY | {"deferral": "10.00"})
    reduced = [row for row in someone["pay"] if row["start"] < start]
    return someone | {"pay": [*reduced, pay(start, end, "600.00", "900.00", "10.00")]}


def just_joined(left: str) -> Person:
    return person(spell("1992-10-01", left, "quit"), spell("1996-06-01"), rows=plan_year_rows(1993, "2000.00"))


@pytest.mark.parametrize(
    ("someone", "restored", "valued"),
    [
        pytest.param(back(), "1996-09-30", "1994-09-30", id="deemed on the last day"),
        pytest.param(back(on="1996-09-30"), "1996-09-30", "1994-09-30", id="back on the Accounting Date"),
        pytest.param(back(on="1996-10-01"), "1997-09-30", "1994-09-30", id="back the day after it"),
        pytest.param(
            back(left="1995-09-30", last="1000.00"), "1996-09-30", "1995-09-30", id="deemed on 1 October: an allocation"
        ),
        pytest.param(back(left="1995-09-30", last="999.99"), "1996-09-30", "1994-09-30", id="no allocation that year"),
        pytest.param(
            back(left="1995-09-30", last="1000.00", on="2000-09-29"), "2000-09-30", "1995-09-30", id="four Breaks"
        ),
        pytest.param(back(left="1995-09-30", last="1000.00", on="2000-09-30"), None, None, id="back on the fifth"),
        pytest.param(back("1995-01-14"), "1996-09-30", "1994-09-30", id="a cash-out before the last day"),
        pytest.param(back("1995-01-15"), None, None, id="a cash-out on the last day"),
        pytest.param(back("1996-06-01"), None, None, id="a cash-out on the first day back"),
        pytest.param(back("1996-06-02"), "1996-09-30", "1994-09-30", id="a cash-out after it"),
        pytest.param(back(accounts=EMPTY | {"deferral": "0.01"}), None, None, id="a deferral account without rows"),
        pytest.param(deferring("1994-10-01", "1995-01-15"), None, None, id="a salary reduction by the last day"),
        pytest.param(deferring("1996-06-01", "1996-12-31"), "1996-09-30", "1994-09-30", id="one only after it"),
        pytest.param(back(accounts=EMPTY | {"qualified_nonelective": "0.01"}), None, None, id="qualified nonelective"),
        pytest.param(back(birth_date="1930-01-15"), None, None, id="65 on the last day"),
        pytest.param(back(birth_date="1930-01-16"), "1996-09-30", "1994-09-30", id="65 the day after"),
        pytest.param(just_joined("1993-10-01"), "1996-09-30", "1993-09-30", id="entered on the last day"),
        pytest.param(just_joined("1993-09-30"), None, None, id="entered on return"),
        pytest.param(person(spell("1996-06-01"), rows=plan_year_rows(1997, "2000.00")), None, None, id="never left"),
    ],
)
def test_a_return_after_a_deemed_cash_out_restores(someone: Person, restored: str | None, valued: str | None) -> None:
    found = ask(someone, "2000-12-31")["distribution"]
    assert found["restored_on"] == (None if restored is None else day(restored))
    assert found["restoration_valued_on"] == (None if valued is None else day(valued))


def test_the_restoration_of_a_return_is_known_on_the_first_day_back_and_stays() -> None:
    assert ask(back(), "1996-05-31")["distribution"]["restored_on"] is None
    assert ask(back(), "1996-06-01")["distribution"]["restored_on"] == day("1996-09-30")
    left_again = back() | {"employment": [spell("1992-10-01", "1995-01-15"), spell("1996-06-01", "1996-06-03")]}
    assert ask(left_again, "1996-12-31")["distribution"]["restored_on"] == day("1996-09-30")


def test_100_percent_at_the_close_of_the_plan_year_of_the_last_day_leaves_nothing_to_restore() -> None:
    spells = [spell("1989-10-01", "1994-03-31", "quit"), spell("1994-06-01")]
    rows = [*plan_year_rows(1990, *["2000.00"] * 4), pay("1993-10-01", "1994-03-31", "900.00")]
    for hours, restored in (("99.99", day("1994-09-30")), ("100.00", None)):
        someone = person(*spells, rows=[*rows, pay("1994-06-01", "1994-07-31", hours)])
        assert ask(someone, "1994-07-30")["distribution"]["restored_on"] == day("1994-09-30")
        assert ask(someone, "1994-09-30")["distribution"]["restored_on"] == restored


def test_a_repaid_cash_out_goes_before_a_deemed_one() -> None:
    spells = [spell("1992-10-01", "1995-01-15"), spell("1995-06-01", "1995-12-31"), spell("1996-06-01")]
    paid = {"paid_on": "1995-02-01", "kind": "cash_out", "repaid_on": "1995-07-01"}
    someone = person(*spells, rows=plan_year_rows(1993, "2000.00", "2000.00"))
    for distributions, restored, valued in (([], "1996-09-30", "1995-09-30"), ([paid], "1995-09-30", "1994-09-30")):
        found = ask(someone | {"distributions": distributions}, "1996-12-31")["distribution"]
        assert (found["restored_on"], found["restoration_valued_on"]) == (day(restored), day(valued))
