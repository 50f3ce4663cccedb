"""The oracle on Plan Entry Dates, other conditions, Breaks and opting out, worked by hand (AA 2.01(c) to 2.06)."""

from typing import Any

import pytest
from oracle import NotKnownError, Person, Terms
from oracle_example import ask, day, elected, pay, person, plan_year_rows, spell


@pytest.mark.parametrize(
    ("checked", "hired", "completed", "scheduled"),
    [
        pytest.param("dg", "1994-10-15", "1995-10-14", "1996-04-01", id="semi-annual, following"),
        pytest.param("eg", "1994-10-15", "1995-10-14", "1996-10-01", id="yearly, following"),
        pytest.param("dh", "1994-10-15", "1995-10-14", "1995-10-01", id="semi-annual, preceding"),
        pytest.param("eh", "1994-10-01", "1995-09-30", "1994-10-01", id="yearly, preceding"),
        pytest.param("eh", "1992-08-01", "1993-07-31", "1993-08-01", id="none precedes: the first one"),
        pytest.param("dh", "1994-10-02", "1995-10-01", "1995-04-01", id="preceding is not the day itself"),
        pytest.param("di", "1994-10-15", "1995-10-14", "1995-10-01", id="the earlier one is nearest"),
        pytest.param("di", "1995-01-15", "1996-01-14", "1996-04-01", id="the later one is nearest"),
        pytest.param("di", "1994-10-02", "1995-10-01", "1995-10-01", id="nearest to itself"),
        pytest.param("di", "1994-01-01", "1994-12-31", "1994-10-01", id="91 days on either side"),
        pytest.param("ei", "1990-01-01", "1990-12-31", "1993-08-01", id="before the first one"),
    ],
)
def test_plan_entry_dates(checked: str, hired: str, completed: str, scheduled: str) -> None:
    boxes = dict.fromkeys(f"2.01({letter})" for letter in checked)
    terms = elected(boxes, "2.01(f)", "2.01(g)")
    found = ask(person(spell(hired), rows=[pay(hired, completed, "1040.00")]), "1997-12-31", terms)["participation"]
    assert found["eligibility_completed_on"] == day(completed)
    assert found["scheduled_entry_on"] == day(scheduled)
    assert found["entry_on"] == max(day(scheduled), day(hired))


def test_plan_entry_dates_under_the_other_readings() -> None:
    someone = person(spell("1994-01-01"), rows=[pay("1994-01-01", "1994-12-31", "1040.00")])
    nearest = elected({"2.01(d)": None, "2.01(i)": None}, "2.01(f)", "2.01(g)", nearest_entry_tie="later")
    assert ask(someone, "1997-12-31", nearest)["participation"]["scheduled_entry_on"] == day("1995-04-01")
    someone = person(spell("1994-10-02"), rows=[pay("1994-10-02", "1995-10-01", "1040.00")])
    preceding = elected({"2.01(d)": None, "2.01(h)": None}, "2.01(f)", "2.01(g)", entry_on_completion_day="same_day")
    assert ask(someone, "1997-12-31", preceding)["participation"]["scheduled_entry_on"] == day("1995-10-01")


def test_a_new_plan_and_entry_days_without_a_first_one() -> None:
    new = {"1.18": {"new_plan_effective_on": day("1995-11-15")}, "2.01(f)": {"effective": None, "each": ["07-01"]}}
    someone = person(spell("1993-01-01"), rows=[pay("1993-01-01", "1993-12-31", "1000.00")])
    assert ask(someone, "1997-12-31", elected(new))["participation"]["entry_on"] == day("1995-11-15")


def for_the_match(*conditions: str, without: str = "2.01(b)", **blanks: Any) -> Terms:  # noqa: ANN401
    own = {f"2.01(c)(2)({each})": blanks.get(each) for each in conditions}
    boxes = {"2.01(b)(3)": None, "2.01(c)": None, "2.01(c)(1)(ii)": None, "5.03(a)": None} | own
    return elected(boxes, without, "5.03(b)", "5.03(d)")


@pytest.mark.parametrize(
    ("terms", "completed", "scheduled"),
    [
        pytest.param(for_the_match("i", i={"years": 1}), "1995-09-30", "1995-10-01", id="one Year"),
        pytest.param(for_the_match("i", i={"years": 2}), "1996-09-30", "1996-10-01", id="two Years"),
        pytest.param(for_the_match("ii", ii={"months": 18}), "1996-03-31", "1996-04-01", id="18 months"),
        pytest.param(for_the_match("iii"), "1994-10-01", "1995-01-01", id="one hour"),
        pytest.param(for_the_match("iv", iv={"age": 21}), "1996-02-10", "1996-04-01", id="21"),
        pytest.param(
            for_the_match("i", "iv", i={"years": 1}, iv={"age": 21}), "1996-02-10", "1996-04-01", id="a Year and 21"
        ),
    ],
)
def test_the_match_may_have_conditions_of_its_own(terms: Terms, completed: str, scheduled: str) -> None:
    rows = [*plan_year_rows(1995, "1000.00", "1000.00"), pay("1996-10-01", "1996-12-31", "480.00", "900.00", "9.00")]
    someone = person(spell("1994-10-01"), rows=rows, birth_date="1975-02-10")
    found = ask(someone, "1996-12-31", terms)
    assert found["participation"]["entry_on"] == day("1995-01-01")
    assert found["participation"]["contributions"] == [
        {
            "contribution": "matching",
            "eligibility_completed_on": day(completed),
            "scheduled_entry_on": day(scheduled),
            "entry_on": day(scheduled),
        }
    ]
    first = found["matching"]["months"][0]["month_end"]
    assert first >= day(scheduled)


def test_the_first_year_and_the_plan_year_over_it_are_two() -> None:
    rows = [pay("1994-06-01", "1994-09-30", "700.00"), pay("1994-10-01", "1995-05-31", "900.00")]
    someone = person(spell("1994-06-01"), rows=[*rows, pay("1995-06-01", "1995-09-30", "100.00")])
    found = ask(someone, "1996-12-31", for_the_match("i", i={"years": 2}))["participation"]
    assert found["contributions"][0]["eligibility_completed_on"] == day("1995-09-30")


def test_a_break_before_any_year_starts_anew_as_well() -> None:
    # 250 hours to 1 October 1992, a Break; new from 2 October 1992: the twelve months to 1 October 1993, then the Plan
    # Year that holds 2 October 1993.
    rows = [pay("1991-10-02", "1992-10-01", "250.00"), pay("1992-10-02", "1993-10-01", "1000.00")]
    someone = person(spell("1991-10-02"), rows=[*rows, pay("1993-10-02", "1994-09-30", "1000.00")])
    found = ask(someone, "1996-12-31", for_the_match("i", i={"years": 2}))["participation"]
    assert found["contributions"][0]["eligibility_completed_on"] == day("1994-09-30")


@pytest.mark.parametrize(
    ("second", "completed"),
    [
        pytest.param("501.00", "1997-09-30", id="no Break between"),
        pytest.param("500.00", "1998-09-30", id="a Break wipes out the first Year"),
    ],
)
def test_a_break_between_two_years_wipes_out_the_first(second: str, completed: str) -> None:
    # Hired 1 October 1994: the periods are Plan Years from the first day on. After the Break of 1995-96 two more Years
    # are needed from 1 October 1996 on.
    someone = person(spell("1994-10-01"), rows=plan_year_rows(1995, "1000.00", second, "1000.00", "1000.00"))
    found = ask(someone, "1999-12-31", for_the_match("i", i={"years": 2}))["participation"]
    assert found["contributions"][0]["eligibility_completed_on"] == day(completed)


def test_participants_before_the_restatement_stay_participants() -> None:
    someone = person(spell("1993-01-04"), rows=[], participant_since="1993-02-01")
    found = ask(someone, "1993-12-31", elected({"2.01(j)": None, "2.01(j)(2)": None}))["participation"]
    assert (found["entry_on"], found["status_of_employee"]) == (day("1993-02-01"), "participant")
    assert found["eligibility_completed_on"] is None
    assert ask(someone, "1993-01-31")["participation"]["entry_on"] is None


@pytest.mark.parametrize(
    ("hired", "born", "entered"),
    [
        pytest.param("1993-06-30", "1960-05-01", "1993-08-01", id="the Effective Date"),
        pytest.param("1993-12-31", "1960-05-01", "1993-12-31", id="the first day of employment"),
        pytest.param("1993-12-31", "1973-03-15", "1994-03-15", id="the age, on the very day"),
        pytest.param("1994-01-01", "1960-05-01", "1995-01-01", id="employed after: the ordinary conditions"),
    ],
)
def test_earlier_employees_join_at_once(hired: str, born: str, entered: str) -> None:
    boxes = {"2.01(k)": {"employed_after": day("1993-12-31")}, "2.01(k)(1)": {"age": 21}}
    rows = [pay(hired, "1994-12-31", "1000.00")]
    someone = person(spell(hired), rows=rows, birth_date=born)
    assert ask(someone, "1995-12-31", elected(boxes))["participation"]["entry_on"] == day(entered)


def test_earlier_conditions_are_not_in_the_agreement() -> None:
    boxes = {"2.01(k)": {"employed_after": day("1993-12-31")}, "2.01(k)(2)": None}
    someone = person(spell("1993-01-04"))
    with pytest.raises(NotKnownError):
        ask(someone, "1994-12-31", elected(boxes))
    since = someone | {"participant_since": "1993-02-01"}
    assert ask(since, "1994-12-31", elected(boxes))["participation"]["entry_on"] == day("1993-02-01")


def test_other_hours_and_periods_from_anniversaries() -> None:
    fewer = elected({"2.02(b)": {"hours": 750}}, "2.02(a)")
    someone = person(spell("1994-10-15"), rows=[pay("1994-10-15", "1995-10-14", "750.00")])
    assert ask(someone, "1996-12-31", fewer)["participation"]["entry_on"] == day("1996-01-01")
    rows = [pay("1994-10-15", "1995-10-14", "600.00"), pay("1995-10-15", "1996-10-14", "1000.00")]
    found = ask(person(spell("1994-10-15"), rows=rows), "1997-01-01", elected({"2.02(c)": None}, "2.02(d)"))
    periods = found["participation"]["periods"]
    assert [each["start"] for each in periods] == [day(f"{year}-10-15") for year in (1994, 1995, 1996)]
    assert found["participation"]["entry_on"] == day("1997-01-01")


def back_after_a_break() -> Person:
    """A Year to 30 September 1995, entry 1 October 1995, a Break to 30 September 1996, back on 3 February 1997."""
    rows = [*plan_year_rows(1995, "1000.00"), pay("1997-02-03", "1998-02-02", "1000.00", "1000.00", "20.00")]
    return person(spell("1994-10-01", "1995-10-06", "layoff"), spell("1997-02-03"), rows=rows)


@pytest.mark.parametrize(
    ("as_of", "status", "suspended"),
    [
        pytest.param("1996-09-29", "former_participant", (None, None), id="the Break is not over"),
        pytest.param("1997-02-02", "former_participant", ("1996-10-01", None), id="away and suspended"),
        pytest.param("1997-02-03", "not_eligible", ("1996-10-01", None), id="back and suspended"),
        pytest.param("1998-02-01", "not_eligible", ("1996-10-01", None), id="on the last day but one"),
        pytest.param("1998-02-02", "participant", ("1996-10-01", "1997-02-02"), id="restored to the first day back"),
    ],
)
def test_a_break_suspends_participation_until_a_year(
    as_of: str, status: str, suspended: tuple[str | None, str | None]
) -> None:
    found = ask(back_after_a_break(), as_of, elected({"2.03(b)": None}, "2.03(a)"))["participation"]
    assert found["status_of_employee"] == status
    days = [None if each is None else day(each) for each in suspended]
    assert [found["suspended_from"], found["suspended_through"]] == days
    assert found["entry_on"] == day("1995-10-01")
    ordinary = ask(back_after_a_break(), as_of)["participation"]
    assert (ordinary["suspended_from"], ordinary["suspended_through"]) == (None, None)


def test_one_who_had_not_entered_needs_a_new_year_after_a_break() -> None:
    rows = [pay("1994-10-01", "1995-09-29", "1000.00"), pay("1997-02-03", "1998-02-02", "1000.00")]
    someone = person(spell("1994-10-01", "1995-09-29", "layoff"), spell("1997-02-03"), rows=rows)
    held = elected({"2.03(b)": None}, "2.03(a)")
    early = ask(someone, "1997-12-31", held)["participation"]
    assert (early["eligibility_completed_on"], early["entry_on"]) == (None, None)
    late = ask(someone, "1998-02-02", held)["participation"]
    assert (late["eligibility_completed_on"], late["entry_on"]) == (day("1995-09-30"), day("1997-02-03"))
    assert ask(someone, "1997-12-31")["participation"]["entry_on"] == day("1997-02-03")


def test_a_second_break_moves_the_measure_only_without_an_hour() -> None:
    # 29 CFR 2530.200b-4(b)(1)(ii), (iv). Back on 3 February 1997: 125 of the 365 days of the second row are in the
    # twelve months to 2 February 1998, which have 100 + 342.47 hours, a Break. The Plan Year from 1 October 1997 holds
    # the anniversary and has 1,000.
    rows = [pay("1997-02-03", "1997-09-30", "100.00"), *plan_year_rows(1998, "1000.00")]
    someone = person(
        spell("1994-10-01", "1995-10-06", "layoff"), spell("1997-02-03"), rows=[*plan_year_rows(1995, "1000.00"), *rows]
    )
    terms = elected({"2.03(b)": None}, "2.03(a)")
    early, late = (ask(someone, each, terms)["participation"] for each in ("1998-09-29", "1998-09-30"))
    assert (early["suspended_from"], early["suspended_through"]) == (day("1996-10-01"), None)
    assert (late["suspended_from"], late["suspended_through"]) == (day("1996-10-01"), day("1997-02-02"))
    assert [each["start"] for each in late["periods"]][2:] == [day("1997-02-03"), day("1997-10-01")]


def test_opting_out_of_plan_years() -> None:
    out = [{"start": "1995-10-01", "end": "1996-09-30"}]
    rows = [pay("1994-10-15", "1995-10-14", "1040.00"), pay("1997-11-01", "1997-11-30", "160.00", "900.00", "9.00")]
    someone = person(spell("1994-10-15"), rows=rows, opt_outs=out)
    terms = elected({"2.06(b)": None}, "2.06(a)")
    during = ask(someone, "1996-01-01", terms)["participation"]
    assert (during["status_of_employee"], during["entry_on"]) == ("excluded", None)
    assert ask(someone, "1996-10-01", terms)["participation"]["entry_on"] == day("1996-10-01")
    entered = someone | {"opt_outs": [{"start": "1997-10-01", "end": "1998-09-30"}]}
    found = ask(entered, "1997-11-30", terms)
    assert found["participation"]["status_of_employee"] == "excluded"
    assert found["matching"]["months"] == []
    assert len(ask(entered, "1997-11-30")["matching"]["months"]) == 1
