"""What a person reads: every answer can be printed and written, and no sentence shows the inside of the program."""

import io
import re
from datetime import date

import pytest
from asking import ask, changed, steel
from crowd import crowd
from oracle_example import pay, person, plan_year_rows, spell
from rich.console import Console

from planrules import Answer, Plan
from planrules.answers import answer, print_answer

UNTESTED = changed(top_heavy={"tested_through": "1993-09-30", "plan_years": []})
INSIDE = re.compile(r"None|null|nan|[{}]|True|False|\.\.|either not known|_on\b")


def printed(found: Answer) -> str:
    console = Console(file=io.StringIO(), width=400)
    print_answer(found, console)
    text = console.file.getvalue()  # type: ignore[attr-defined]  # the file is the buffer above
    return re.sub(r" +", " ", text)


@pytest.mark.parametrize(
    ("plan", "as_of"), [(steel(), "1996-03-31"), (UNTESTED, "1999-09-30")], ids=["1996", "1999, not tested"]
)
def test_every_answer_of_a_crowd_is_printed_and_written(plan: Plan, as_of: str) -> None:
    result = plan.evaluate(crowd(40), date.fromisoformat(as_of))
    for who in result.people["employee_id"]:
        found = answer(result, who, plan.reference, {})
        text = printed(found)
        assert text.startswith((f"{who} ", f"When {who} ", "As the record stands, "))
        assert INSIDE.findall(text) == [], who
        assert Answer.model_validate_json(found.model_dump_json()).employee_id == who


ONE_YEAR = person(spell("1994-10-15"), rows=[pay("1994-10-15", "1995-10-14", "1040.00", "20000.00", "600.00")])
QUIT = person(spell("1995-04-03", "1996-05-15", "quit"), rows=[pay("1995-04-03", "1996-04-02", "1412.00")])
LEFT = person(spell("1990-10-01", "1995-03-31", "quit"), rows=plan_year_rows(1991, *["2000.00"] * 4))


@pytest.mark.parametrize(
    ("who", "as_of", "sentences"),
    [
        (ONE_YEAR, "1995-10-13", ["E1 is not in the Plan yet, and can join on January 1, 1996 at the earliest."]),
        (ONE_YEAR, "1995-10-14", ["E1 joins the Plan on January 1, 1996, if nothing changes until then."]),
        (ONE_YEAR, "1996-01-01", ["E1 joined the Plan on January 1, 1996.", "Employed and in no excluded class"]),
        (ONE_YEAR | {"pay": None}, "1996-01-01", ["When E1 joins the Plan cannot be said yet"]),
        (LEFT, "1995-03-31", ["E1 joined the Plan on August 1, 1993, and has left.", "June 29, 1995"]),
        (LEFT, "1995-03-31", ["1995-09-30 (running)", "$3,500"]),
        (
            QUIT,
            "1996-06-30",
            ["E1 is not in the Plan.", "July 1, 1996 is the first Plan Entry Date after April 2, 1996."],
        ),
        (QUIT, "1996-06-30", ["Employment with the Employer ended on May 15, 1996, before July 1, 1996. "]),
        (ONE_YEAR, "1995-10-14", ["Nothing can be paid to E1 while employed before joining the Plan."]),
        (ONE_YEAR, "1995-10-14", ["Withdrawals before leaving, in a hardship too, are for Participants only."]),
        (ONE_YEAR, "1994-10-14", ["Nothing can be paid to E1: not employed yet on October 14, 1994."]),
        (ONE_YEAR | {"pay": None}, "1996-01-01", ["What E1 can be paid while employed cannot be said yet"]),
    ],
)
def test_the_sentences_of_the_day(who: dict[str, object], as_of: str, sentences: list[str]) -> None:
    text = printed(ask(who, as_of))
    assert [sentence for sentence in sentences if sentence not in text] == []


def test_reasons_are_given_down_to_the_inputs() -> None:
    because = {step.fact: step for step in ask(ONE_YEAR, "1996-01-01").because}
    assert because["entry_on"].from_ == ("scheduled_entry_on",)
    assert because["scheduled_entry_on"].from_ == ("eligibility_completed_on",)
    assert set(because["eligibility_completed_on"].from_) == {"completing_hours", "eligibility_hours_required"}
    assert "1,040 hours" in because["eligibility_completed_on"].says
    assert because["entry_on"].value == "1996-01-01"
    assert all(step.cites for step in because.values())
