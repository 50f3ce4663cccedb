"""How far a missing fact leaves an answer open, in words that are true of the employed and of those who left."""

from datetime import date

import pytest
from asking import ROOT, ask, steel
from oracle_example import pay, person, plan_year_rows, spell

from planrules import Answer, read_person
from planrules.answers.bounded import bounds_in_words
from planrules.answers.headlines import headlines
from planrules.answers.models import Missing
from planrules.answers.open_places import not_known

HOURS = {
    "the day of joining that lies ahead": "April 1, 1996 if the missing hours are enough; otherwise later",
    "the earliest day of joining": "October 1, 1996, unless the conditions are met already",
    "the Years of Service": "between 0 and 1",
}
LEFT = person(spell("1990-10-01", "1995-03-31", "quit"), rows=plan_year_rows(1991, *["2000.00"] * 4))


def hours_missing() -> Answer:
    found = read_person(ROOT / "docs" / "examples" / "hours-missing.json")
    return steel().answer(found, date(1996, 3, 31), other_readings=False)


def told(answer: Answer, name: str, earliest: object, latest: object, fact: str = "hours") -> str:
    return bounds_in_words(
        answer, Missing.model_validate({"fact": fact, "needed_for": name, "earliest": earliest, "latest": latest})
    )


def test_somebody_employed_joins_later_and_not_never() -> None:
    answer = hours_missing()
    says = "When E1011 joins the Plan cannot be said yet: on April 1, 1996 if the missing hours are enough"
    assert dict(headlines(answer))["participation"] == f"{says}; otherwise later."
    (found,) = not_known(answer)
    assert dict(found.bounds) | HOURS == dict(found.bounds)


def test_who_has_left_may_never_join() -> None:
    rows = [pay("1995-01-09", "1995-12-31", "0.00") | {"hours": None}, pay("1996-01-01", "1996-04-10", "90.00")]
    answer = ask(person(spell("1995-01-09", "1996-04-10", "quit"), rows=rows), "1996-06-30")
    assert dict(headlines(answer))["participation"].endswith("on April 1, 1996 at the earliest, or never.")


@pytest.mark.parametrize(
    ("name", "earliest", "latest", "words"),
    [
        ("consent_required", False, None, "either no or yes"),
        ("consent_required", True, None, "either no or yes"),
        ("immediate", False, True, "either no or yes"),
        ("vested_percent", 0, None, "at least 0%"),
        ("vested_percent", 0, 40, "between 0% and 40%"),
        ("vested_percent_before_forfeiture_break", 0, None, "0%, if there is a Forfeiture Break"),
        ("years_of_service", 0, None, "at least 0"),
        ("vested_total", "0.00", None, "at least $0.00"),
        ("vested_total", "0.00", "1000.00", "between $0.00 and $1,000.00"),
        ("fully_vested_on", None, "1999-09-30", "September 30, 1999 at the latest"),
        ("fully_vested_on", "1999-09-30", None, "September 30, 1999 at the earliest, or never"),
        ("schedule", "non_top_heavy", "top_heavy", "either non top heavy or top heavy"),
        ("forfeiture_on", "1995-03-31", None, "March 31, 1995 at the earliest, or no forfeiture so far"),
        ("default_payment_on", "1995-11-29", None, "November 29, 1995 at the earliest"),
        ("required_beginning_on", None, None, "cannot be said"),
    ],
)
def test_bounds_fit_what_they_bound(name: str, earliest: object, latest: object, words: str) -> None:
    assert told(ask(LEFT, "1995-06-30"), name, earliest, latest) == words


def test_a_day_ahead_is_none_for_who_may_have_joined_already() -> None:
    answer = hours_missing()
    joined = Missing(fact="hours", needed_for="entry_on", earliest="1995-01-01", latest=None)
    answer = answer.model_copy(update={"missing": (joined,)})
    assert told(answer, "next_entry_on", "1996-04-01", None) == "April 1, 1996, unless joined already"


def test_several_missing_facts_leave_the_earliest_day_only() -> None:
    answer = hours_missing()
    other = Missing(fact="classes", needed_for="entry_on", earliest="1996-01-01", latest=None)
    answer = answer.model_copy(update={"missing": (*answer.missing, other)})
    assert dict(headlines(answer))["participation"].endswith("yet: on January 1, 1996 at the earliest.")
