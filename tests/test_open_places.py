"""What another reading would do, in words: values that change, tables that do, and values that it leaves out."""

from datetime import date
from typing import Any

import pytest
from asking import ROOT, steel

from planrules import Answer, read_person
from planrules.answers.models import OtherOption, ReadingNote
from planrules.answers.open_places import open_readings

PLAN_YEAR_END = "plan_year_end"
MANY = (
    "change the day of joining to January 1, 1996 and leave the day from which payment can be made and the match in "
    "total without a value"
)


def told(changes: dict[str, Any], chosen: str | None = PLAN_YEAR_END) -> str:
    """What a reading with these changes is said to do for somebody who has left."""
    person = read_person(ROOT / "docs" / "examples" / "left-at-57.json")
    answer = steel().answer(person, date(1995, 6, 30), other_readings=False)
    other = OtherOption(option="none", changes=changes)
    note = ReadingNote(reading="match_employment_condition", chosen=chosen, cites=("AA 3.06(e)(1)",), others=(other,))
    (found,) = open_readings(_with(answer, note))
    ((_, does),) = found.others
    return does


def _with(answer: Answer, note: ReadingNote) -> Answer:
    return answer.model_copy(update={"readings": (note,)})


@pytest.mark.parametrize(
    ("changes", "does"),
    [
        ({"entry_on": "1996-01-01"}, "change the day of joining to January 1, 1996"),
        ({"entry_on": None}, "leave the day of joining without a day"),
        ({"vested_total": None}, "leave the vested balance without an amount"),
        ({"entry_on": "1996-01-01", "payable_after_on": None, "total": None}, MANY),
        ({"months": [{}]}, "change what some months of the match come to or whether they are allocated"),
    ],
)
def test_a_reading_that_was_chosen_could_be_changed_to_another(changes: dict[str, Any], does: str) -> None:
    assert told(changes) == does


@pytest.mark.parametrize(
    ("changes", "does"),
    [
        ({"entry_on": "1996-01-01"}, "make the day of joining January 1, 1996"),
        ({"entry_on": None}, "leave the day of joining without a day"),
        ({"months": [{}]}, "decide what some months of the match come to or whether they are allocated"),
    ],
)
def test_what_nobody_has_decided_has_nothing_to_change(changes: dict[str, Any], does: str) -> None:
    assert told(changes, None) == does
