"""What a person reads under the options of Article II: no sentence shows the inside of the program."""

from datetime import date
from typing import Any

import pytest
from asking import ask, changed, elections
from crowd import crowd
from oracle_example import pay, person, spell
from test_sentences import INSIDE, printed

from planrules import Answer
from planrules.answers import answer

MARKS = [mark for mark in elections()["not_applicable"] if mark != "2.01(j)-(k)"]
OPTIONS: dict[str, dict[str, Any]] = {
    "an age": {"checked": {"2.01(a)": {"age": 21}}},
    "an age alone, nearest": {
        "checked": {"2.01(a)": {"age": "20.5"}, "2.01(i)": None},
        "unchecked": ("2.01(b)", "2.01(b)(1)", "2.01(g)"),
    },
    "months, preceding": {
        "checked": {"2.01(b)(2)": {"months": 12}, "2.01(h)": None},
        "unchecked": ("2.01(b)(1)", "2.01(g)"),
    },
    "one hour, yearly": {
        "checked": {"2.01(b)(3)": None, "2.01(e)": None},
        "unchecked": ("2.01(b)(1)", "2.01(f)"),
    },
    "hold-out, anniversaries": {"checked": {"2.03(b)": None, "2.02(c)": None}, "unchecked": ("2.03(a)", "2.02(d)")},
    "two Years for other contributions": {
        "checked": {
            "2.01(c)": None,
            "2.01(c)(1)(i)": None,
            "2.01(c)(1)(iii)": None,
            "2.01(c)(2)(i)": {"years": 2},
            "2.01(c)(2)(iv)": {"age": 21},
        }
    },
    "at once for the earlier ones": {
        "checked": {"2.01(k)": {"employed_after": "1994-01-01"}, "2.01(k)(1)": {"age": 18}},
        "not_applicable": MARKS,
    },
    "another rule for the earlier ones": {
        "checked": {"2.01(k)": {"employed_after": "1994-01-01"}, "2.01(k)(3)": {"specify": "By lot"}},
        "not_applicable": MARKS,
    },
}


@pytest.mark.parametrize("name", OPTIONS)
@pytest.mark.parametrize("as_of", ["1995-01-31", "1996-09-30"])
def test_every_answer_of_a_crowd_is_printed_and_written_under_every_option(name: str, as_of: str) -> None:
    plan = changed(**OPTIONS[name])
    result = plan.evaluate(crowd(30), date.fromisoformat(as_of))
    for who in result.people["employee_id"]:
        found = answer(result, who, plan.reference, {})
        assert INSIDE.findall(printed(found)) == [], who
        assert Answer.model_validate_json(found.model_dump_json()).employee_id == who


YEAR = person(spell("1994-10-15"), rows=[pay("1994-10-15", "1995-10-14", "1040.00")], birth_date="1976-02-29")
OUT = {"2.06(b)": None}


@pytest.mark.parametrize(
    ("changes", "who", "as_of", "sentences"),
    [
        (
            {"checked": {"2.01(a)": {"age": 21}}},
            YEAR,
            "1995-12-31",
            [
                "Age 21 is not reached yet: on February 28, 1997.",
                "can join on April 1, 1997 at the earliest",
                "at the age of 21, reached on February 28, 1997",
            ],
        ),
        (
            {"checked": {"2.01(h)": None}, "unchecked": ("2.01(g)",)},
            YEAR,
            "1995-10-14",
            [
                "E1 joined the Plan on October 1, 1995.",
                "October 1, 1995 is the last Plan Entry Date before October 14, 1995.",
            ],
        ),
        (
            {"checked": {"2.01(h)": None}, "unchecked": ("2.01(g)",)},
            YEAR,
            "1995-10-13",
            ["can come to count as a Participant from October 1, 1995 on at the earliest"],
        ),
        (
            {"checked": OUT, "unchecked": ("2.06(a)",)},
            YEAR | {"opt_outs": [{"start": "1995-10-01", "end": "1996-09-30"}]},
            "1996-01-31",
            ["E1 is not in the Plan: has elected not to participate."],
        ),
        (
            {"checked": {"2.01(b)(2)": {"months": 12}}, "unchecked": ("2.01(b)(1)",)},
            YEAR,
            "1996-01-01",
            ["12 from the first day of employment on October 15, 1994, was over on October 14, 1995."],
        ),
    ],
    ids=["too young", "going back", "could go back", "opted out", "months"],
)
def test_the_sentences_of_an_option(
    changes: dict[str, Any], who: dict[str, Any], as_of: str, sentences: list[str]
) -> None:
    text = printed(ask(who, as_of, changed(**changes)))
    assert [sentence for sentence in sentences if sentence not in text] == []
