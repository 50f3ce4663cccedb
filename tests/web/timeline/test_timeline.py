"""The timeline: picture, table and paragraph show the facts of the answer, and no number of their own."""

from datetime import date, timedelta
from functools import cache
from xml.etree.ElementTree import fromstring

import pytest
from asking import ROOT, elections, steel
from case_files import load_case

from planrules import Answer, Person, Plan, read_person
from planrules.answers.payable import payable_from
from planrules.answers.words import spoken_date
from planrules.web.timeline import Timeline, picture, table, text, timeline

SVG = "{http://www.w3.org/2000/svg}"
ASKED = {
    "joined": date(1996, 3, 31),
    "small-balance-left-at-40": date(1995, 4, 30),
    "left-at-57": date(1995, 6, 30),
    "five-breaks-and-parity": date(1999, 3, 31),
    "left-the-bargaining-unit": date(1996, 3, 31),
    "hours-missing": date(1996, 3, 31),
    "from-mitech": date(1995, 9, 30),
}


def person(name: str) -> Person:
    return read_person(ROOT / "docs" / "examples" / f"{name}.json")


@cache
def answered(name: str) -> tuple[Answer, Timeline]:
    asked, plan = person(name), steel()
    answer = plan.answer(asked, ASKED[name], other_readings=False)
    return answer, timeline(answer, asked, plan.terms)


def days_of(answer: Answer) -> list[date]:
    """The days of an answer that a timeline must show."""
    part = answer.participation
    found = [part.entry_on or part.next_entry_on or part.earliest_entry_on, answer.distribution.event_on]
    found.append(payable_from(answer))
    return [day for day in found if day is not None]


@pytest.mark.parametrize("name", ASKED)
def test_the_table_has_every_period_and_day_of_the_answer(name: str) -> None:
    answer, shown = answered(name)
    rows = table(shown).rows
    measured = [(row.start, row.through) for row in answer.participation.periods]
    counted = [(row.start, row.through) for row in answer.vesting.periods]
    told = [(row[1], row[2]) for row in rows if row[0] == "Measuring year"]
    owning = [(row[1], row[2]) for row in rows if row[0] == "Plan Year for owning"]
    assert told == [(spoken_date(start), spoken_date(through)) for start, through in measured]
    assert owning == [(spoken_date(start), spoken_date(through)) for start, through in counted]
    assert {spoken_date(day) for day in days_of(answer)} <= {row[1] for row in rows}


@pytest.mark.parametrize("name", ASKED)
def test_the_paragraph_has_every_day_of_the_table(name: str) -> None:
    answer, shown = answered(name)
    for day in days_of(answer):
        assert spoken_date(day) in text(shown)
    assert spoken_date(shown.employment[0].start) in text(shown)


@pytest.mark.parametrize("name", ASKED)
def test_the_picture_names_itself_and_every_day(name: str) -> None:
    answer, shown = answered(name)
    drawn = fromstring(picture(shown))  # noqa: S314  our own
    assert (
        drawn.findtext(f"{SVG}title") == f"Timeline of {answer.employee_id} at the close of {spoken_date(answer.as_of)}"
    )
    assert drawn.findtext(f"{SVG}desc") == text(shown)
    said = " ".join(each.text or "" for each in drawn.iter(f"{SVG}text"))
    for day in days_of(answer):
        assert spoken_date(day) in said


@pytest.mark.parametrize("name", ASKED)
def test_the_picture_keeps_within_its_frame_and_without_style(name: str) -> None:
    drawn = fromstring(picture(answered(name)[1]))  # noqa: S314  our own
    width, height = float(drawn.attrib["width"]), float(drawn.attrib["height"])
    for each in drawn.iter(f"{SVG}rect"):
        if each.get("x"):
            assert 0 <= float(each.attrib["x"]) <= float(each.attrib["x"]) + float(each.attrib["width"]) <= width
            assert 0 <= float(each.attrib["y"]) + float(each.attrib["height"]) <= height
    assert not [each for each in drawn.iter() if "style" in each.attrib or each.tag in {f"{SVG}style", f"{SVG}script"}]


def test_a_bar_is_as_high_as_its_hours() -> None:
    _, shown = answered("joined")
    drawn = fromstring(picture(shown))  # noqa: S314  our own
    half = [float(each.attrib["height"]) for each in drawn.iter(f"{SVG}rect") if each.get("fill") == "url(#running)"]
    whole = max(float(each.attrib["height"]) for each in drawn.iter(f"{SVG}rect") if each.get("fill") == "none")
    hours = shown.measured[-1].hours
    assert hours is not None
    assert half[0] / whole == pytest.approx(float(hours / shown.hours_needed) / 1.25, abs=0.01)


def test_there_are_as_many_boxes_as_the_schedule_asks_for() -> None:
    heavy = steel().facts.top_heavy.model_copy(update={"plan_years": (date(1996, 9, 30),)})
    plan = Plan(steel().elections, steel().facts.model_copy(update={"top_heavy": heavy}))
    asked = person("joined")
    quick = timeline(plan.answer(asked, date(1996, 9, 30), other_readings=False), asked, plan.terms)
    assert (answered("joined")[1].owned.needed, quick.owned.needed) == (5, 3)
    assert "Years of Service toward full ownership: 1 of 5" in picture(answered("joined")[1])
    assert "of 3" in picture(quick)


def test_the_hours_needed_and_the_entry_dates_are_the_plans() -> None:
    data = elections()
    del data["checked"]["2.02(a)"]
    data["checked"]["2.02(b)"] = {"hours": 800}
    data["checked"]["2.01(f)"] = {"effective": date(1993, 8, 1), "each": ["01-01", "07-01"]}
    plan, asked = Plan.from_data(data), person("joined")
    shown = timeline(plan.answer(asked, date(1996, 3, 31), other_readings=False), asked, plan.terms)
    assert shown.hours_needed == 800
    assert {(day.month, day.day) for day in shown.entry_dates} == {(1, 1), (7, 1)}
    assert "against 800 needed" in picture(shown)
    assert "of 800 hours" in str(table(shown).rows)


def test_the_wait_is_as_long_as_the_answer_says() -> None:
    answer, shown = answered("small-balance-left-at-40")
    assert shown.wait is not None
    assert shown.wait.days == 90
    assert shown.wait.through == answer.distribution.payable_after_on
    assert (shown.wait.through - shown.wait.start).days + 1 == 90, "both days count, from the one after the last day"
    payable = shown.mark("payable")
    assert payable is not None
    assert payable.day == shown.wait.through + timedelta(days=1)
    assert "90 days of waiting" in picture(shown)
    assert answered("left-at-57")[1].wait is None, "paid without a wait"


def test_a_day_that_is_not_decided_says_so_wherever_it_stands() -> None:
    answer, shown = answered("joined")
    owned, joined = shown.mark("owned"), shown.mark("join")
    assert owned is not None
    assert joined is not None
    assert answer.statuses["fully_vested_on"] == "projected"
    for said in (picture(shown), text(shown)):
        assert f"{spoken_date(owned.day)} (estimate)" in said
        assert f"{spoken_date(joined.day)} (" not in said


def test_a_payment_that_comes_before_the_wait_is_over_is_shown_instead_of_it() -> None:
    case = load_case(ROOT / "tests" / "cases" / "distribution" / "default-date-before-the-ninetieth-day.yaml")
    asked = Person.model_validate(case.person)
    answer = steel().answer(asked, date(1995, 9, 30), other_readings=False)
    shown = timeline(answer, asked, steel().terms)
    assert shown.wait is None
    assert shown.mark("payable") is None
    for said in (picture(shown), text(shown)):
        assert "at the latest" in said
        assert "November 29, 1995" in said
        assert "December" not in said


def test_days_in_a_class_that_takes_no_part_are_shown() -> None:
    _, shown = answered("left-the-bargaining-unit")
    assert [span.words for span in shown.left_out] == ["Employees under collective bargaining"]
    assert "In a class that takes no part" in picture(shown)


def test_hours_that_are_not_known_are_never_drawn() -> None:
    _, shown = answered("hours-missing")
    assert shown.measured[0].outcome == "unknown"
    assert "hours not known" in picture(shown)
    assert "hours that are not known" in text(shown)
