"""Options in free text whose meaning nobody has told: the answers that rest on them are open and name the option."""

from dataclasses import replace
from datetime import date

from asking import FACTS, ask, changed, steel
from oracle_example import person, plan_year_rows, spell

from planrules import Person
from planrules.answers.next_steps import next_steps
from planrules.answers.show import untold_lines
from planrules.engine import evaluate
from planrules.people import People
from planrules.plan import Untold

WORDS = {"specify": "as the Committee says"}
SOMEONE = Person.model_validate(person(spell("1994-10-01"), rows=plan_year_rows(1995, "2000.00", "2000.00")))


def test_a_field_that_rests_on_words_without_a_meaning_is_open_for_everybody_it_reaches() -> None:
    terms = steel().terms
    reached = Untold("2.01(k)(3)", ("entry_on",))
    spared = Untold("5.08(e)", ("years_of_service",), only="in_excluded_class")
    told = replace(terms, untold=(reached, spared))
    found = evaluate(People.from_persons([SOMEONE]), told, date(1996, 9, 30)).people.row(0, named=True)
    assert (found["entry_on"], found["statuses"]["entry_on"]) == (None, "needs_reading")
    assert (found["years_of_service"], found["statuses"]["years_of_service"]) == (2, "decided")


def test_a_meaning_that_is_told_leaves_nothing_open() -> None:
    assert changed().terms.untold == ()
    assert FACTS.exists()


def test_the_words_of_6_01_without_a_meaning_leave_the_payment_date_open() -> None:
    plan = changed(supplements={})
    left = person(spell("1992-10-01", "1995-03-31", "quit"), rows=plan_year_rows(1993, "2000.00", "2000.00"))
    died = person(spell("1992-10-01", "1995-03-31", "death"), rows=plan_year_rows(1993, "2000.00", "2000.00"))
    found = [ask(each, "1995-04-30", plan=plan) for each in (left, died)]
    dates = [each.distribution.payable_after_on for each in found]
    assert dates == [None, date(1995, 3, 31)]
    assert [each.statuses["payable_after_on"] for each in found] == ["needs_reading", "decided"]
    assert [(each.option, "payable_after_on" in each.fields) for each in found[0].untold] == [("6.01", True)]
    assert found[1].untold == ()


def test_a_person_at_work_waits_for_no_meaning_of_6_01() -> None:
    answer = ask(
        person(spell("1994-10-01"), rows=plan_year_rows(1995, "2000.00")), "1995-09-30", changed(supplements={})
    )
    assert answer.statuses["payable_after_on"] == "not_applicable"
    assert answer.untold == ()


def test_what_is_not_interpreted_is_the_first_next_step() -> None:
    left = person(spell("1992-10-01", "1995-03-31", "quit"), rows=plan_year_rows(1993, "2000.00", "2000.00"))
    steps = list(next_steps(ask(left, "1995-04-30", plan=changed(supplements={}))))
    assert steps[0] == "Write what 6.01 of the agreement means under `supplements:` in the elections file."
    by_hand = list(next_steps(ask(SOMEONE, "1996-09-30", plan=changed({"3.01(j)(4)": WORDS}))))
    assert by_hand[0] == (
        "Have whoever administers the plan settle what rests on 3.01(j)(4) of the agreement for this person: no file "
        "has a place for it."
    )


def test_show_quotes_the_words_that_nobody_has_interpreted() -> None:
    plan = changed({"3.01(j)(4)": WORDS})
    assert list(untold_lines(plan.elections, plan.terms)) == [
        ("Written in, not interpreted: “as the Committee says”.", ("AA 3.01(j)(4)",))
    ]
    assert list(untold_lines(steel().elections, steel().terms)) == []
