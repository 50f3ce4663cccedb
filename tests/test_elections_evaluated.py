"""Elections that the engine does not evaluate: each is refused by name or alters the terms, and none is passed over."""

import re
from contextlib import suppress
from pathlib import Path
from typing import Any

import pytest
from asking import changed, column, elections, facts, steel
from oracle_example import person, plan_year_rows, spell

import planrules
from planrules import Plan
from planrules.errors import ElectionsError, UnsupportedElectionError
from planrules.form import load_form
from planrules.form.model import Blank, Option

FORM = load_form("adoption-agreement-005")
CHECKED = elections()["checked"]
SOURCE = "\n".join(
    file.read_text(encoding="utf-8") for file in sorted((Path(planrules.__file__).parent / "plan").glob("*.py"))
)
FILLED: dict[str, Any] = {
    "date": "1993-08-01",
    "month_day": "12-31",
    "month_days": ["01-01"],
    "percent": 4,
    "percents": [4],
    "hours": 900,
    "money": 100,
    "age": 60,
    "years": 2,
    "months": 6,
    "integer": 2,
    "text": "something else",
    "texts": ["something else"],
    "schedule": {3: 100},
}


def filled(blank: Blank) -> object:
    return blank.values[0] if blank.values else FILLED[blank.type]


def evaluated(cite: str) -> bool:
    """Whether the plan's code reads the option, or one of those under it."""
    return re.search(rf"\"{re.escape(cite)}(\(|\")", SOURCE) is not None


def beside() -> list[Option]:
    """Boxes Steel left open in a group that allows one, where the engine reads the box that Steel checked."""
    found = []
    for group in FORM.group.values():
        taken = [option.citation for option in group.options if option.citation in CHECKED]
        if group.choose.rule == "exactly_one" and any(evaluated(cite) for cite in taken):
            found += [option for option in group.options if option.box and option.citation not in taken]
    return found


def made(checked: dict[str, Any]) -> Plan:
    said = elections() | {"checked": checked}
    return Plan.from_data({key: value for key, value in said.items() if key != "not_applicable"}, facts())


def passed_over(checked: dict[str, Any]) -> bool:
    """Whether an agreement with other boxes, which the form allows, is answered as if nothing were different."""
    try:
        return made(checked).terms == steel().terms
    except UnsupportedElectionError:
        return False


def without(*cites: str) -> dict[str, Any]:
    """Steel's boxes without these and those under them."""
    return {
        key: value
        for key, value in CHECKED.items()
        if not any(key == each or key.startswith(f"{each}(") for each in cites)
    }


def test_a_second_box_where_the_form_allows_one_is_not_passed_over() -> None:
    second = {
        each.citation: {blank.name: filled(blank) for blank in each.blanks if blank.required} for each in beside()
    }
    assert len(second) > 20
    found = []
    for cite, blanks in second.items():
        with suppress(ElectionsError):  # the form itself does not allow some beside others
            found += [cite] if passed_over(CHECKED | {cite: blanks or None}) else []
    assert found == []


# Steel's box, the one checked instead, why it matters to an answer
INSTEAD = [
    ("1.12(c)", {"1.12(f)": None}, "bonuses out of Compensation move the tiers of the match"),
    ("1.27(a)", {"1.27(b)": {"equivalency": "daily"}}, "equivalencies make other hours"),
    ("2.01(g)", {"2.01(h)": None}, "another entry date"),
    ("2.02(d)", {"2.02(c)": None}, "other measuring periods"),
    ("2.03(a)", {"2.03(b)": None}, "a year without participation after a return"),
    ("3.06(b)", {"3.06(a)": None}, "pay before entry would count"),
    ("3.06(d)(1)", {"3.06(d)(2)": {"hours": 500}}, "the hours decide whether a deemed cash-out waits for 1 October"),
    ("3.06(e)(1)", {"3.06(e)(2)": None}, "a match is kept after a death"),
    ("3.06(j)", {"3.06(l)": {"specify": "something else"}}, "another condition for the match"),
    ("5.02(b)", {"5.02(a)": None}, "death would not vest"),
    ("5.03(d)(1)", {"5.03(d)(2)": None}, "another rule for the top heavy schedule"),
    ("5.03(e)", {"5.03(f)": {"amount": 100}}, "another schedule for the match"),
    ("5.06(a)", {"5.06(b)": None}, "other vesting years"),
    ("5.08(d)", {"5.08(b)": {"age": 18}}, "other Years left out"),
    ("6.01(f)", {"6.01(g)": None}, "disability would wait like anybody"),
]


@pytest.mark.parametrize("line", INSTEAD, ids=lambda line: f"{line[0]} {', '.join(line[1])}")
def test_another_box_is_not_passed_over(line: tuple[str, dict[str, Any], str]) -> None:
    cite, instead, why = line
    assert not passed_over(without(cite) | instead), why


# A blank of free text on which an answer rests, filled in otherwise
IN_WORDS = [
    ("3.01(j)(3)", {"of": "compensation for the Plan Year"}, "the tiers would be yearly"),
    (
        "3.04(c)",
        {"additional_dates": "the last day of each calendar quarter"},
        "the match would be allocated by quarter",
    ),
    ("6.01(f)", {"when": "As soon as practical after the 90th day"}, "the disabled would wait"),
]


@pytest.mark.parametrize("line", IN_WORDS, ids=lambda line: line[0])
def test_words_that_the_engine_cannot_read_are_not_passed_over(line: tuple[str, dict[str, Any], str]) -> None:
    cite, blanks, why = line
    assert not passed_over(CHECKED | {cite: CHECKED[cite] | blanks}), why


def test_the_hours_condition_reaches_the_match_where_no_note_is_typed_beside_it() -> None:
    assert not passed_over(CHECKED | {"3.06(d)(1)": None})


# Who is paid at once by the meaning given to 6.01; of people with four Years aged 66, 61 and 57, who is
AT_ONCE = [
    ([{"age": "normal_retirement_age"}, {"age": 55, "years_of_service": 10}], [True, False, False], "as Steel has it"),
    ([], [False, False, False], "nobody"),
    ([{"age": 60}], [True, True, False], "an age alone"),
    ([{"age": 60, "years_of_service": 2}], [True, True, False], "an age and years"),
    ([{"age": "normal_retirement_age", "years_of_service": 5}], [False, False, False], "retirement age with years"),
    ([{"age": 62, "years_of_service": 4}, {"age": 55, "years_of_service": 4}], [True, True, True], "two ages"),
]


@pytest.mark.parametrize("line", AT_ONCE, ids=lambda line: line[-1])
def test_every_condition_for_payment_at_once_is_evaluated_or_refused(line: tuple[list[Any], list[bool], str]) -> None:
    conditions, at_once, _ = line
    meaning = {"6.01": {"days_after_separation": 90, "at_once_from": conditions}}
    people = [
        person(spell("1990-10-01", "1995-03-31", "quit"), rows=plan_year_rows(1991, *["2000.00"] * 4), birth_date=born)
        for born in ("1929-01-01", "1934-01-01", "1938-01-01")
    ]
    with suppress(UnsupportedElectionError):
        assert column(people, "1995-04-30", "immediate", plan=changed(supplements=meaning)) == at_once


@pytest.mark.parametrize(
    "change",
    [
        {"unchecked": ["6.01(b)", "6.01(e)"]},
        {"checked": {"6.01(d)": {"when": "As soon as practical", "days": 30}}},
        {"supplements": elections()["supplements"] | {"6.01(e)": {"days_after_separation": 0}}},
        {"unchecked": ["6.03(b)(2)"]},
        {"checked": {"5.03(b)": {"top_heavy": {3: 100}, "non_top_heavy": {5: 90}}}},
    ],
    ids=[
        "no date for a small benefit",
        "three dates for a small benefit",
        "a second meaning beside that of 6.01",
        "no date for a larger benefit",
        "a schedule that never reaches 100%",
    ],
)
def test_an_election_outside_the_engine_s_range_is_refused_when_the_plan_is_made(change: dict[str, Any]) -> None:
    with pytest.raises(UnsupportedElectionError):
        changed(**change)


def test_a_top_heavy_plan_year_that_is_no_plan_year_is_refused() -> None:
    with pytest.raises(ElectionsError, match="top_heavy"):
        changed(top_heavy={"plan_years": ["1995-12-31"]})


def test_what_is_refused_says_which_boxes_and_why() -> None:
    with pytest.raises(UnsupportedElectionError) as caught:
        made(CHECKED | {"2.03(b)": None})
    (problem,) = caught.value.problems
    assert "2.03(a), 2.03(b)" in str(problem)
    assert (caught.value.exit_code, problem.where.startswith("elections, checked")) == (1, True)
