"""Plain words: ordinals, field names, headings in a narrow window, sources of figures, the next step."""

import io
import re
from typing import Any

import pytest
from asking import ROOT, ask, changed, elections, facts, steel
from oracle_example import EMPTY, pay, person, plan_year_rows, spell
from rich.console import Console
from test_sentences import printed

from planrules import Answer, Plan, load_plan, read_person
from planrules.answers import print_answer
from planrules.answers.headlines import headlines
from planrules.answers.labels import field_in_words
from planrules.answers.next_steps import next_steps
from planrules.answers.notes import FACTS
from planrules.answers.show import lines_shown
from planrules.answers.words import MONEY, Told, listed, ordinal
from planrules.engine.fields import fields

EXAMPLES = ROOT / "docs" / "examples"
YEARS = person(spell("1994-10-01"), rows=plan_year_rows(1995, *["2000.00"] * 3))
LEFT = person(spell("1990-10-01", "1995-03-31", "quit"), rows=plan_year_rows(1991, *["2000.00"] * 4))


def sentences(name: str) -> str:
    plan = load_plan(ROOT / "elections" / f"{name}.yaml")
    return "\n".join(told for _, lines in lines_shown(plan.terms, plan.otherwise_read()) for told, _ in lines)


def sample(plan: str, who: str, as_of: str) -> Answer:
    found = read_person(EXAMPLES / f"{who}.json")
    return ask(found.model_dump(mode="json", by_alias=True), as_of, load_plan(ROOT / "elections" / f"{plan}.yaml"))


@pytest.mark.parametrize(
    ("number", "words"),
    {
        1: "first",
        3: "third",
        9: "ninth",
        10: "10th",
        11: "11th",
        12: "12th",
        13: "13th",
        21: "21st",
        31: "31st",
        32: "32nd",
        43: "43rd",
        90: "90th",
        111: "111th",
        121: "121st",
        1001: "1,001st",
        1011: "1,011th",
    }.items(),
)
def test_ordinals(number: int, words: str) -> None:
    assert ordinal(number) == words
    assert f"{Told(f'{number:,}'):nth}" == words


@pytest.mark.parametrize(
    ("names", "words"), [([], ""), (["a"], "a"), (["a", "b"], "a and b"), (["a", "b", "c"], "a, b and c")]
)
def test_a_list_of_words(names: list[str], words: str) -> None:
    assert listed(names) == words


def test_the_thirty_first_day_is_spelled() -> None:
    words = {"when": "As soon as practical after the 31st day"}
    plan = changed({"6.01(b)": words}, ("6.01(e)",), supplements={"6.01": {"days_after_separation": 31}})
    assert "the 31st day after March 31, 1995" in printed(ask(LEFT | {"accounts": EMPTY}, "1995-06-30", plan))
    assert "the 31st day after leaving" in " ".join(
        told for _, lines in lines_shown(plan.terms, plan.otherwise_read()) for told, _ in lines
    )


def test_plan_years_and_breaks_are_counted_in_words() -> None:
    shown = sentences("imaginary-instruments")
    assert "the first Plan Year that begins after a Break in Service" in shown
    assert "the second Plan Year that begins after leaving" in shown
    assert "the first Plan Year that begins after 2 Breaks in Service in a row" in shown
    assert "number" not in shown


def test_every_field_has_words_that_are_no_field_name() -> None:
    for name in {*fields(), *MONEY, "participation.periods", "vesting.periods", "portions", "matching_portions"}:
        told = field_in_words(name)
        assert "_" not in told
        assert told not in (name, name.replace("_", " ")), name


def test_no_field_name_is_prose() -> None:
    """What other readings would change, and what a gap bears on, is told in words."""
    text = printed(sample("steel-technologies", "hours-missing", "1996-03-31"))
    text += printed(
        load_plan(ROOT / "elections/steel-technologies.yaml").answer(
            read_person(EXAMPLES / "left-at-57.json"), ask(LEFT, "1995-06-30").as_of
        )
    )
    names = [name.removesuffix("_on").replace("_", " ") for name in fields() if "_" in name.removesuffix("_on")]
    found = [name for name in names if re.search(rf"(?<!the ){name} (?:to|:)|: {name}", text)]
    assert found == []
    assert "the day from which payment can be made to September 14, 1995" in text


# ---- the match ------------------------------------------------------------------------------------


def test_a_match_that_asks_employment_alone_says_so() -> None:
    text = printed(sample("steel-technologies", "joined", "1996-03-31"))
    assert (
        "$0.00 is allocated, the rest will be allocated only if employed by the Employer on September 30, 1996." in text
    )
    assert "A month's match is allocated to those employed by the Employer on the last day of the Plan Year." in text
    assert "Leaving before the test day forgoes the match that is still provisional. (AA 3.06(e)(1), 3.04(c)" in text


def test_a_match_that_hours_can_earn_is_not_said_to_need_employment() -> None:
    found = sample("fictional-fasteners", "fasteners-twenty-one", "1993-11-30")
    text = printed(found)
    assert "the rest is tested on December 31, 1993." in text
    assert "only if employed" not in text
    assert "Leaving before the test day" not in text
    assert "3.06(e)" not in text
    assert "The match that is still provisional is lost if its test is not met on the test day. (AA 3.06(c)" in text
    assert "match_rates" not in text


def test_a_match_with_conditions_of_its_own_is_not_unknown() -> None:
    text = printed(sample("imaginary-instruments", "instruments-joins-at-once", "1995-03-31"))
    assert "I3001 has no match: the conditions for sharing in it are not met yet." in text


def test_the_money_of_6_03_is_named_by_the_account_of_the_match() -> None:
    qualified = printed(sample("imaginary-instruments", "instruments-joins-at-once", "1995-03-31"))
    assert "can withdraw the Employer's money other than the match from April 2, 2033 on" in qualified
    assert "elective deferrals and the match from April 2, 2033 on" in qualified
    regular = printed(sample("fictional-fasteners", "fasteners-fifty-nine-and-a-half", "1994-12-31"))
    assert "can withdraw the match and the Employer's other money from January 6, 1996 on" in regular


# ---- show -----------------------------------------------------------------------------------------


def test_forms_of_payment_are_shown_with_their_boxes() -> None:
    assert "Paid in a lump sum.\nNo instalments.\nNo annuities." in sentences("steel-technologies")
    assert "Or in instalments, over 10 years at most." in sentences("fictional-fasteners")
    assert "Or in instalments, over no more than a life expectancy." in sentences("imaginary-instruments")
    other = steel(payment_forms="full_menu")
    told = dict(line for _, lines in lines_shown(other.terms, other.otherwise_read()) for line in lines)
    assert told["Or in instalments, over no more than a life expectancy."] == ("AA 6.02(a)",)
    assert "No annuities." not in told


@pytest.mark.parametrize(
    ("checked", "unchecked", "sentence", "cites"),
    [
        ({}, (), "No nondeductible contributions by Participants.", ("AA 4.01(a)",)),
        (
            {"4.01(b)": None},
            ("4.01(a)",),
            "Nondeductible contributions by Participants are permitted;",
            ("AA 4.01(b)",),
        ),
    ],
)
def test_contributions_by_participants_are_shown(
    checked: dict[str, Any], unchecked: tuple[str, ...], sentence: str, cites: tuple[str, ...]
) -> None:
    marks = [mark for mark in elections()["not_applicable"] if mark != "4.01(d)-(e)"]
    plan = changed(checked, unchecked, **({"not_applicable": marks} if checked else {}))
    lines = [line for _, lines in lines_shown(plan.terms, plan.otherwise_read()) for line in lines]
    assert [stand for told, stand in lines if told.startswith(sentence)] == [cites]


# ---- sources, widths, next step -------------------------------------------------------------------


def test_only_the_facts_file_says_where_its_figures_come_from() -> None:
    assert "illustrative (source: made up)." in printed(
        sample("fictional-fasteners", "fasteners-twenty-one", "1993-12-31")
    )
    assert "the filing states no percentage" in printed(sample("steel-technologies", "joined", "1996-03-31"))
    own = Plan.from_data(elections(), facts() | {"illustrative": False, "source": "the Employer's letter"})
    assert "illustrative" not in printed(ask(YEARS, "1996-03-31", own))
    told = Plan.from_data(elections(), {key: value for key, value in facts().items() if key != "source"})
    assert printed(ask(YEARS, "1996-03-31", told)).strip().endswith("on file are illustrative.")


@pytest.mark.parametrize(
    ("plan", "who", "as_of"),
    [
        ("steel-technologies", "left-at-57", "1995-06-30"),
        ("fictional-fasteners", "fasteners-left-after-four-years", "1994-12-31"),
        ("imaginary-instruments", "instruments-two-years-for-the-match", "1997-06-30"),
    ],
)
def test_nothing_is_cut_in_eighty_columns(plan: str, who: str, as_of: str) -> None:
    console = Console(file=io.StringIO(), width=80)
    print_answer(sample(plan, who, as_of), console)
    text = console.file.getvalue()  # type: ignore[attr-defined]  # the file is the buffer above
    assert "…" not in text
    assert "compensation" in text
    assert max(map(len, text.splitlines())) <= 80


def test_what_is_missing_says_where_it_goes() -> None:
    assert list(next_steps(sample("steel-technologies", "hours-missing", "1996-03-31"))) == [
        "Add to the person's file: the hours that are blank in the pay rows. Then ask again."
    ]
    assert list(next_steps(sample("fictional-fasteners", "fasteners-twenty-one", "1993-12-31"))) == [
        "Ask payroll for the day: no payroll calendar is kept here."
    ]
    assert list(next_steps(ask(YEARS, "1996-09-30"))) == []


def test_somebody_who_has_left_is_not_asked_about_deferring() -> None:
    found = sample("fictional-fasteners", "fasteners-left-after-four-years", "1994-12-31")
    assert [each.fact for each in found.missing] == ["payroll_calendar"]
    assert list(next_steps(found)) == []
    assert "payroll" not in printed(found)


def test_payment_from_a_day_is_not_after_it() -> None:
    text = printed(sample("fictional-fasteners", "fasteners-left-after-four-years", "1994-12-31"))
    assert "F2003 can be paid from January 1, 1995 on, with consent." in text
    assert "Payable from January 1, 1995, in the first Plan Year that begins after September 9, 1994." in text
    assert "25% of the deferrals, 50% from 3 Years of Service on, 75% from 5;" in text


def test_what_nobody_has_decided_says_where_the_decision_goes() -> None:
    undecided = Plan.from_data({key: each for key, each in elections().items() if key != "readings"}, facts())
    gone = person(
        spell("1992-10-01", "1995-03-31", "quit"),
        rows=[
            *plan_year_rows(1993, "2000.00", "2000.00"),
            pay("1994-10-01", "1995-03-31", "900.00", "9000.00", "300.00"),
        ],
    )
    (step,) = next_steps(ask(gone, "1995-09-30", undecided, other_readings=True))
    assert "decide match_employment_condition" in step
    assert "`readings`" in step


def test_every_fact_that_can_be_missing_has_a_next_step() -> None:
    from planrules.answers.next_steps import _ASKED, _NO_PLACE  # noqa: PLC0415  the tables under test

    together = {"everything"}  # named only beside the facts it is made of
    assert set(FACTS) - together <= {*_ASKED, *_NO_PLACE}


def test_a_match_withheld_in_part_names_the_part() -> None:
    assert "Highly Compensated Employees get none of it." in sentences("fictional-fasteners")
    assert "Highly Compensated Employees get none of what 3.01(h)(4) gives." in sentences("hypothetical-hardware")


def test_what_is_not_told_is_not_called_a_reading_and_a_supplement_is_offered_only_where_there_is_one() -> None:
    found = sample("nonexistent-novelties", "novelties-words-of-the-match", "1995-03-31")
    assert dict(headlines(found))["matching"] == "What match N5001 gets cannot be said yet."
    says = {each.option: each.says for each in found.untold}
    assert says["1.12(j)"].endswith("the words written in 1.12(j) mean: an elections file has no supplement for them.")
    earlier = sample("nonexistent-novelties", "novelties-employed-before", "1994-03-31")
    says = {each.option: each.says for each in earlier.untold}
    assert says["2.01(k)(2)"] == "The terms before the restatement are not on file."
    assert says["6.01"].endswith("mean: a supplement in the elections file would.")
    before = sample("unreal-umbrellas", "umbrellas-before-erisa", "1995-06-30")
    says = {each.option: each.says for each in before.untold}
    assert says["5.08(e)"] == "Which Years before ERISA the plan of that time left out is not on file."
