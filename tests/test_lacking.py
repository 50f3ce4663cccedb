"""An answer that lacks a fact names it, and where it is hours the days of the rows without."""

from datetime import date

import pytest
from asking import ROOT, steel

from planrules import Answer, Person, read_person
from planrules.answers.lacking import lacking


def found(name: str, as_of: date) -> tuple[Answer, Person]:
    person = read_person(ROOT / "docs" / "examples" / f"{name}.json")
    return steel().answer(person, as_of, other_readings=False), person


def test_missing_hours_are_named_with_the_days_of_their_rows() -> None:
    answer, person = found("hours-missing", date(1996, 3, 31))
    told = "Hours of Service that are blank in the pay rows"
    assert lacking(answer, "participation", person) == f"{told} (July 1, 1995 to September 30, 1995)"
    assert lacking(answer, "participation") == told


def test_rows_apart_are_told_apart() -> None:
    answer, person = found("hours-missing", date(1996, 3, 31))
    rows = tuple(row.model_copy(update={"hours": 80}) if row.start.month == 8 else row for row in person.pay or ())
    told = lacking(answer, "participation", person.model_copy(update={"pay": rows}))
    assert told is not None
    assert told.endswith("(July 1, 1995 to July 31, 1995 and September 1, 1995 to September 30, 1995)")


@pytest.mark.parametrize(("section", "fact"), [("distribution", "the birth date"), ("participation", None)])
def test_only_what_the_sentence_rests_on_is_named(section: str, fact: str | None) -> None:
    answer, person = found("no-birth-date", date(1995, 9, 15))
    assert lacking(answer, section, person) == fact
