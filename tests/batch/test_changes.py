"""Who moved between two runs: every kind of change, and nobody corrected whose facts are the same."""

import json
from collections.abc import Callable
from datetime import date, timedelta
from pathlib import Path

import polars as pl
import pytest
from asking import STEEL
from crowd import crowd
from folders import PLAN, folder_of, run, table

from planrules import People, Person
from planrules.batch import evaluate_folder
from planrules.batch.changes import COLUMNS, KINDS, changes, counts
from planrules.errors import FileError

JOINED = date(1996, 3, 31)
BEFORE = date(1995, 12, 31)
MET = "Conditions met on 1995-09-30. Employed and in no excluded class on 1995-10-01."
Runs = Callable[..., pl.DataFrame]


def year(start: date, end: date, hours: str = "2000.00") -> dict[str, object]:
    return {"start": start, "end": end, "paid_on": end, "hours": hours, "compensation": "20000.00"}


def person(key: str = "A", *, hours: str = "2000.00", end: date | None = None, back: date | None = None) -> Person:
    """Hired on October 1, 1994, so that the conditions are met on September 30, 1995 with enough hours."""
    spells: list[dict[str, object]] = [{"employer": STEEL, "start": date(1994, 10, 1), "end": end}]
    spells[0]["reason"] = "quit" if end else None
    last = end or date(1996, 9, 30)
    pay = [
        year(date(1994, 10, 1), min(last, date(1995, 9, 30)), hours),
        *([year(date(1995, 10, 1), last, "500.00")] if last > date(1995, 10, 1) else []),
    ]
    if back is not None:
        spells.append({"employer": STEEL, "start": back})
        pay.append(year(back, date(1996, 12, 31), "100.00"))
    facts = {"employee_id": key, "birth_date": date(1960, 5, 1), "employment": spells, "classes": [], "pay": pay}
    return Person.model_validate(facts)


@pytest.fixture
def between(tmp_path: Path) -> Runs:
    """What moved from some people on one day to others on another."""

    def compare(old: list[Person], on: date, new: list[Person], then: date) -> pl.DataFrame:
        for name, persons, day in (("old", old, on), ("new", new, then)):
            run(folder_of(People.from_persons(persons), tmp_path / f"{name}-people"), day, tmp_path / name)
        return changes(tmp_path / "old", tmp_path / "new")

    return compare


def told(found: pl.DataFrame, *columns: str) -> list[tuple[object, ...]]:
    return found.select("kind", "field", *columns).rows()


def test_nobody_is_corrected_whose_facts_are_the_same(tmp_path: Path) -> None:
    people = folder_of(crowd(250), tmp_path / "people")
    days = [date(1994, 6, 30), date(1996, 3, 31), date(1997, 9, 30)]
    runs = [tmp_path / day.isoformat() for day in days]
    for day, out in zip(days, runs, strict=True):
        run(people, day, out)
    assert changes(runs[1], runs[1]).is_empty()
    for old, new in ((0, 1), (1, 2), (0, 2)):
        found = changes(runs[old], runs[new])
        assert found.filter(kind="corrected").is_empty()
        assert {"entered", "vested", "became_payable", "separated", "returned"} <= counts(found).keys()
        assert found["event_id"].is_unique().all()
        assert list(found.schema.items()) == list(pl.Schema(COLUMNS).items())
        assert (found["reason"] != "").all()


def test_who_entered_is_everybody_who_had_not_and_now_has(tmp_path: Path) -> None:
    people = folder_of(crowd(250), tmp_path / "people")
    run(people, BEFORE, tmp_path / "old")
    run(people, date(1996, 12, 31), tmp_path / "new")
    old, new = (table(tmp_path / name, "determinations") for name in ("old", "new"))
    both = old.join(new, on="employee_id", suffix="_now").filter(
        pl.col("entry_on").is_null() & pl.col("entry_on_now").is_not_null()
    )
    found = changes(tmp_path / "old", tmp_path / "new").filter(kind="entered")
    assert set(both["employee_id"]) <= set(found["employee_id"])
    assert found["on"].is_between(date(1996, 1, 1), date(1996, 12, 31)).all()


def test_joining_with_its_reason_and_citation(between: Runs) -> None:
    found = between([person()], date(1995, 9, 30), [person()], BEFORE)
    assert told(found, "before", "after", "on", "reason") == [
        (
            *("entered", "entry_on", None, "1995-10-01", date(1995, 10, 1)),
            MET,
        )
    ]
    because = PLAN.answer(person(), BEFORE).because
    assert found["cites"].item().split("; ") == [*next(each.cites for each in because if each.fact == "entry_on")]


def test_leaving_and_becoming_payable(between: Runs) -> None:
    gone = person(end=date(1996, 1, 31))
    first = between([person()], BEFORE, [gone], JOINED)
    assert ("separated", "event_on", None, "1996-01-31") in told(first, "before", "after")
    payable = PLAN.answer(gone, JOINED).distribution.payable_after_on
    assert payable is not None
    later = between([gone], payable, [gone], date(1996, 12, 31))
    assert ("became_payable", "payable_after_on", payable.isoformat()) in told(later, "after")
    assert later.filter(kind="separated").is_empty()
    past = between([gone], payable + timedelta(days=1), [gone], date(1996, 12, 31))
    assert past.filter(kind="became_payable").is_empty()


def test_coming_back_is_no_correction(between: Runs) -> None:
    old, new = person(end=date(1995, 11, 30)), person(end=date(1995, 11, 30), back=date(1996, 2, 1))
    found = between([old], BEFORE, [new], JOINED)
    assert ("returned", "event_on", "1995-11-30", None) in told(found, "before", "after")
    assert found.filter(kind="corrected").is_empty()


def test_hours_corrected_in_the_past_move_the_entry_and_say_so(between: Runs) -> None:
    found = between([person(hours="999.00")], BEFORE, [person(hours="1000.00")], JOINED)
    corrected = found.filter(kind="corrected")
    assert ("corrected", "entry_on", None, "1995-10-01") in told(corrected, "before", "after")
    assert ("corrected", "vesting_periods.hours", "999.00", "1000.00") in told(corrected, "before", "after")
    assert ("corrected", "participation_periods.year_of_service", "false", "true") in told(corrected, "before", "after")
    hours = corrected.filter(field="participation_periods.hours")
    assert hours["cites"].to_list() == [
        "; ".join(PLAN.terms.cites(("AA 2.01(b)(1)", "AA 2.02(a)", "AA 2.02(d)", "Plan 2.02")))
    ]
    assert set(corrected["reason"]) == {"1000.00 hours through 1995-09-30, 999.00 before"}
    assert found.filter(kind="entered").is_empty()


def test_leaving_told_late_is_a_correction(between: Runs) -> None:
    found = between([person()], BEFORE, [person(end=date(1995, 11, 30))], JOINED)
    assert ("corrected", "event_on", None, "1995-11-30") in told(found, "before", "after")
    assert found.filter(kind="separated").is_empty()


def test_of_the_same_day_whatever_was_decided_and_differs_is_corrected(between: Runs) -> None:
    found = between([person()], JOINED, [person(end=date(1996, 3, 15))], JOINED)
    fields = {field for kind, field in told(found) if kind == "corrected"}
    assert {"event_on", "status_of_employee", "payable_after_on"} <= fields
    assert set(found["kind"]) == {"corrected"}
    assert set(found["reason"]) == {"other facts on file"}


def test_who_is_new_set_aside_or_gone_is_told(between: Runs) -> None:
    wrong = person("B").model_copy(update={"birth_date": date(1999, 1, 1)})
    found = between([person("B"), person("C")], BEFORE, [person("A"), wrong], JOINED)
    assert found.select("employee_id", "kind", "reason").rows() == [
        (
            *("A", "entered"),
            f"{MET} Not answered for in the run before.",
        ),
        ("B", "not_answered", "Set aside: the exceptions file of the newer run says why."),
        ("C", "not_answered", "Not among the people of the newer run."),
    ]


def test_another_reading_is_named_as_the_reason(tmp_path: Path) -> None:
    people = folder_of(crowd(60), tmp_path / "people")
    run(people, JOINED, tmp_path / "old")
    other = PLAN.with_readings(match_employment_condition="allocation_period_end")
    evaluate_folder(other, people, JOINED, tmp_path / "new")
    found = changes(tmp_path / "old", tmp_path / "new")
    assert set(found["reason"]) <= {"read otherwise: match_employment_condition"}


def test_the_kinds_are_in_their_order_and_runs_in_theirs(tmp_path: Path) -> None:
    people = folder_of(crowd(30), tmp_path / "people")
    run(people, BEFORE, tmp_path / "old")
    run(people, JOINED, tmp_path / "new")
    assert set(counts(changes(tmp_path / "old", tmp_path / "new"))) <= set(KINDS)
    with pytest.raises(FileError, match="of a later day"):
        changes(tmp_path / "new", tmp_path / "old")
    with pytest.raises(FileError, match="no finished run"):
        changes(tmp_path / "old", people)
    manifest = json.loads((tmp_path / "old" / "manifest.json").read_text("utf-8"))
    (tmp_path / "old" / "manifest.json").write_text(json.dumps(manifest | {"more": 1}), "utf-8")
    with pytest.raises(FileError, match="no finished run"):
        changes(tmp_path / "old", tmp_path / "new")
