"""The sentences for everybody at once are those of one person's answer, but for how days are written."""

import re
from datetime import date, datetime

import pytest
from asking import ROOT, elections_for

from planrules import People, load_plan, read_person
from planrules.answers.sentences import SAID, sentences

FILES = sorted((ROOT / "docs" / "examples").glob("*.json"))
DAYS = (date(1995, 9, 30), date(1996, 12, 31), date(2000, 6, 30))


def iso(text: str) -> str:
    """The text with days such as March 1, 1996 as 1996-03-01."""
    day = re.compile(r"[A-Z][a-z]+ \d{1,2}, \d{4}")
    return day.sub(lambda found: datetime.strptime(found[0], "%B %d, %Y").date().isoformat(), text)  # noqa: DTZ007  a day


@pytest.mark.parametrize("file", FILES, ids=lambda file: file.stem)
def test_everybody_is_told_what_one_person_is_told(file: object) -> None:
    person, plan = read_person(file), load_plan(elections_for(file))
    for day in DAYS:
        because = {each.fact: iso(each.says) for each in plan.answer(person, day, other_readings=False).because}
        told = sentences(plan.evaluate(People.from_persons([person]), day))
        expected = {field: because[rule] for field, rule in SAID.items() if rule in because}
        assert dict(told.select("field", "says").iter_rows()) == expected
