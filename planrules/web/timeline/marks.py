"""The days that matter: joining, leaving, owning all, and the first day of payment."""

from collections.abc import Iterator

from planrules.answers import Answer
from planrules.answers.payable import paid_by, payable_from
from planrules.web.timeline.model import Mark


def marks(answer: Answer) -> Iterator[Mark]:
    """The days that an answer gives, in the order of the calendar."""
    yield from sorted((*_joining(answer), *_leaving(answer), *_owning(answer)), key=lambda mark: mark.day)


def _joining(answer: Answer) -> Iterator[Mark]:
    part, statuses = answer.participation, answer.statuses
    if part.entry_on is not None:
        yield Mark(kind="join", day=part.entry_on, words="joined the Plan", status=statuses["entry_on"])
    elif part.next_entry_on is not None:
        yield Mark(kind="join", day=part.next_entry_on, words="joins the Plan", status=statuses["next_entry_on"])
    elif part.earliest_entry_on is not None:
        words = "can join at the earliest"
        yield Mark(kind="can_join", day=part.earliest_entry_on, words=words, status=statuses["earliest_entry_on"])


def _leaving(answer: Answer) -> Iterator[Mark]:
    part = answer.distribution
    if part.event_on is not None:
        yield Mark(kind="leave", day=part.event_on, words="left", status=answer.statuses["event_on"])
    if (latest := paid_by(answer)) is not None:
        words, status = "paid at the latest", answer.statuses["default_payment_on"]
        yield Mark(kind="paid_by", day=latest, words=words, status=status)
    elif (day := payable_from(answer)) is not None:
        words = "earliest payment"
        yield Mark(kind="payable", day=day, words=words, status=answer.statuses["payable_after_on"])


def _owning(answer: Answer) -> Iterator[Mark]:
    day = answer.vesting.fully_vested_on
    if day is not None and (answer.participation.entry_on is not None or day > answer.as_of):
        words = "owns all of it" if day <= answer.as_of else "would own all of it"
        yield Mark(kind="owned", day=day, words=words, status=answer.statuses["fully_vested_on"])
