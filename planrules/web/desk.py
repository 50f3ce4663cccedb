"""Questions that arrive while others are being worked out wait, and are then worked out together.

An evaluation of twenty people costs hardly more than one of a single person. Nobody notices the others: each gets the
answer it would have got alone, and whoever cannot be answered for is refused alone. The audit rows of an evaluation are
on disk before any of its answers is given out.
"""

from collections.abc import Iterator, Sequence
from concurrent.futures import Future, ThreadPoolExecutor
from dataclasses import dataclass, field
from datetime import date
from threading import Lock
from typing import Final

from planrules.answers import Answer
from planrules.api import Plan
from planrules.engine.halving import in_halves
from planrules.errors import PlanrulesError, Problem
from planrules.people import Person
from planrules.people.checks import not_evaluated
from planrules.web.audit import Asked, AuditLog, hash_of, inputs_hash
from planrules.web.safety.refusals import refused

Outcome = Answer | PlanrulesError


@dataclass(frozen=True)
class Wanted:
    """Under which plan, as of which day and with which readings beside it something is asked."""

    plan: Plan
    as_of: date
    other_readings: bool


@dataclass(frozen=True)
class Question:
    """One person's question, who asks it, and where the answer goes; `alone`: somebody waits for this one only."""

    wanted: Wanted
    person: Person
    who: str
    what: str
    plan_id: str
    alone: bool = True
    outcome: Future[Outcome] = field(default_factory=Future)


class Desk:
    """Where questions wait.

    Args:
        audit: where what was asked is recorded.
        together: how many people are worked out at once; more add to the wait of each.
        workers: how many evaluations run at once, each of another plan, day or kind, so that questions alike are still
            gathered. One is kept from those with the other readings, which take long, for those without.
        waiting: how many questions may wait; more are refused.
    """

    def __init__(self, audit: AuditLog, together: int = 50, workers: int = 2, waiting: int = 5_000) -> None:
        self._audit = audit
        self._together: Final = together
        self._most_waiting: Final = waiting
        self._most_long: Final = max(1, workers - 1)
        self._lock = Lock()
        self._waiting: list[Question] = []
        self._running: set[Wanted] = set()
        self._workers = ThreadPoolExecutor(workers, thread_name_prefix="planrules-desk")

    def put(self, questions: Sequence[Question]) -> None:
        """Lets questions wait for their outcomes; each has its own future.

        Raises:
            RefusedError: 503 where too many wait already.
        """
        with self._lock:
            if len(self._waiting) + len(questions) > self._most_waiting:
                raise _busy()
            self._waiting.extend(questions)
        for _ in range(0, len(questions), self._together):
            self._workers.submit(self._work)

    def _work(self) -> None:
        """Works out what waits, until nothing is left but what waits for its like to be worked out."""
        while gathered := self._gathered():
            try:
                said = self._recorded(gathered)
            finally:
                with self._lock:
                    self._running.discard(gathered[0].wanted)
            for each, outcome in zip(gathered, said, strict=True):
                each.outcome.set_result(outcome)

    def _recorded(self, gathered: Sequence[Question]) -> Sequence[Outcome]:
        """What the questions get, once the rows that say so are on disk."""
        try:
            outcomes = list(_outcomes([each.person for each in gathered], gathered[0].wanted))
            self._audit.record(*(_row(each, said) for each, said in zip(gathered, outcomes, strict=True)))
        except PlanrulesError as error:
            return [error] * len(gathered)
        except BaseException as error:  # noqa: BLE001  nobody may be left waiting; a panic of Polars is no Exception
            return [_failed(type(error).__name__)] * len(gathered)
        return outcomes

    def _gathered(self) -> Sequence[Question]:
        """The questions to work out next: those like the first, and such as somebody waits for alone before others."""
        with self._lock:
            free = [each for each in self._waiting if not self._has_to_wait(each.wanted)]
            if not free:
                return []
            first = next((each for each in free if each.alone), free[0])
            alike = [each for each in free if each.wanted == first.wanted]
            taken = sorted(alike, key=lambda each: not each.alone)[: self._together]
            chosen = {id(each) for each in taken}
            self._waiting = [each for each in self._waiting if id(each) not in chosen]
            wanted = [each for each in taken if each.outcome.set_running_or_notify_cancel()]
            self._running.update(each.wanted for each in wanted[:1])
        return wanted or self._gathered()

    def _has_to_wait(self, wanted: Wanted) -> bool:
        """Whether its like is being worked out, or as many that take long as may be."""
        long = sum(each.other_readings for each in self._running)
        return wanted in self._running or (wanted.other_readings and long >= self._most_long)

    def close(self) -> None:
        """Ends once what waits is worked out."""
        self._workers.shutdown()


def _outcomes(persons: Sequence[Person], wanted: Wanted) -> Iterator[Outcome]:
    """What each person gets."""

    def work(some: Sequence[Person]) -> Sequence[Outcome]:
        return wanted.plan.answers(some, wanted.as_of, other_readings=wanted.other_readings)

    def failed(_: Sequence[Person], error: BaseException) -> Sequence[Outcome]:
        return [error if isinstance(error, PlanrulesError) else _failed(type(error).__name__)]

    for said in in_halves(persons, work, failed):
        yield from said


def _row(asked: Question, said: Outcome) -> Asked:
    return Asked(
        who=asked.who,
        what=asked.what,
        plan=asked.plan_id,
        inputs_hash=inputs_hash(asked.person, asked.wanted.as_of),
        elections_hash=asked.wanted.plan.reference.elections_hash,
        answer_hash=hash_of(said.model_dump_json()) if isinstance(said, Answer) else "",
        status="answered" if isinstance(said, Answer) else said.code,
    )


class EngineError(PlanrulesError):
    """The engine itself failed for somebody."""

    code = "engine"


def _failed(kind: str) -> EngineError:
    what, do = not_evaluated(kind)
    return EngineError([Problem(what, "person", "Every answer is worked out or refused; none is guessed.", do)])


def _busy() -> PlanrulesError:
    return refused(
        503,
        "too many questions are waiting",
        "They are worked out in the order they came.",
        "Ask again in a few seconds, or evaluate many people with `planrules evaluate`.",
    )
