"""Where questions wait: those alike go together, others go on meanwhile, and nobody is left waiting."""

from datetime import date
from threading import Event

import pytest
from web.serving import DAY, STEEL, joined

from planrules import Answer, Plan
from planrules.errors import FileError, PeopleError, Problem
from planrules.web.audit import Asked, AuditLog
from planrules.web.desk import Desk, Question, Wanted
from planrules.web.safety.refusals import RefusedError

LATER = date(1996, 6, 30)


def question(day: date = DAY, *, alone: bool = True, other_readings: bool = False) -> Question:
    return Question(Wanted(STEEL.plan, day, other_readings), joined(), "ann", "answer", STEEL.id, alone)


class Held:
    """Stands for the library: what is asked of it waits until let go, and is noted."""

    def __init__(self, monkeypatch: pytest.MonkeyPatch) -> None:
        self.begun, self.go, self.sizes = Event(), Event(), list[tuple[date, int]]()
        answers = Plan.answers

        def waits(plan: Plan, persons: list[object], as_of: date, *, other_readings: bool) -> object:
            self.sizes.append((as_of, len(persons)))
            self.begun.set()
            if as_of == DAY:
                assert self.go.wait(30)
            return answers(plan, persons, as_of, other_readings=other_readings)  # type: ignore[arg-type]

        monkeypatch.setattr(Plan, "answers", waits)


def test_questions_alike_wait_and_go_together_while_others_go_on(monkeypatch: pytest.MonkeyPatch) -> None:
    held, desk = Held(monkeypatch), Desk(AuditLog())
    first = question()
    desk.put([first])
    assert held.begun.wait(30)
    alike = [question() for _ in range(5)]
    for each in alike:
        desk.put([each])
    other = question(LATER)
    desk.put([other])
    assert isinstance(other.outcome.result(30), Answer)
    assert not any(each.outcome.done() for each in (first, *alike))
    held.go.set()
    assert all(isinstance(each.outcome.result(30), Answer) for each in (first, *alike))
    assert held.sizes == [(DAY, 1), (LATER, 1), (DAY, 5)]
    desk.close()


def test_what_takes_long_leaves_a_worker_for_what_does_not(monkeypatch: pytest.MonkeyPatch) -> None:
    held, desk = Held(monkeypatch), Desk(AuditLog())
    long = [question(day, other_readings=True) for day in (DAY, LATER)]
    desk.put(long[:1])
    assert held.begun.wait(30)
    desk.put(long[1:])
    quick = question(LATER)
    desk.put([quick])
    assert isinstance(quick.outcome.result(30), Answer)
    assert held.sizes == [(DAY, 1), (LATER, 1)]
    held.go.set()
    assert all(isinstance(each.outcome.result(30), Answer) for each in long)
    assert held.sizes == [(DAY, 1), (LATER, 1), (LATER, 1)]
    desk.close()


def test_who_asks_about_one_goes_before_who_asks_about_many(monkeypatch: pytest.MonkeyPatch) -> None:
    held, audit = Held(monkeypatch), AuditLog()
    desk = Desk(audit, together=4)
    desk.put([question()])
    assert held.begun.wait(30)
    many = [question(alone=False) for _ in range(10)]
    desk.put(many)
    one = question()
    desk.put([one])
    held.go.set()
    assert isinstance(one.outcome.result(30), Answer)
    assert all(isinstance(each.outcome.result(30), Answer) for each in many)
    assert [size for _, size in held.sizes] == [1, 4, 4, 3]
    assert len(audit.rows()) == 12
    desk.close()


def test_who_has_gone_is_not_worked_out_for(monkeypatch: pytest.MonkeyPatch) -> None:
    held, audit = Held(monkeypatch), AuditLog()
    desk = Desk(audit)
    desk.put([question()])
    assert held.begun.wait(30)
    gone, stays = question(), question()
    desk.put([gone])
    desk.put([stays])
    assert gone.outcome.cancel()
    held.go.set()
    assert isinstance(stays.outcome.result(30), Answer)
    assert len(audit.rows()) == 2
    desk.close()


def test_too_many_are_told_to_come_back(monkeypatch: pytest.MonkeyPatch) -> None:
    held, desk = Held(monkeypatch), Desk(AuditLog(), waiting=3)
    desk.put([question()])
    assert held.begun.wait(30)
    with pytest.raises(RefusedError) as caught:
        desk.put([question() for _ in range(4)])
    assert caught.value.status == 503
    held.go.set()
    desk.close()


class Full(AuditLog):
    """A log that takes nothing."""

    def record(self, *rows: Asked) -> None:
        raise FileError([Problem(what="full", where=f"{len(rows)} rows", why="", do="")])


def test_what_is_not_recorded_is_nobodys_answer() -> None:
    desk = Desk(Full())
    asked = question()
    desk.put([asked])
    assert isinstance(asked.outcome.result(30), FileError)
    desk.close()


def test_a_row_is_there_before_its_answer(monkeypatch: pytest.MonkeyPatch) -> None:
    order: list[str] = []
    audit = AuditLog()
    record = audit.record
    monkeypatch.setattr(audit, "record", lambda *rows: (record(*rows), order.append("recorded")))
    desk = Desk(audit)
    asked = question()
    asked.outcome.add_done_callback(lambda _: order.append("answered"))
    desk.put([asked])
    assert not isinstance(asked.outcome.result(30), PeopleError)
    desk.close()
    assert order == ["recorded", "answered"]
