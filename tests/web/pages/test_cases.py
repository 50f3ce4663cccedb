"""Facts in memory: bounded, expiring, and seen by nobody but who gave them."""

import gc
import weakref
from dataclasses import replace
from datetime import UTC, date, datetime, timedelta

import pytest

from planrules.web.cases import Case, Cases
from planrules.web.safety.refusals import RefusedError

CASE = Case("steel-technologies", date(1996, 3, 31), None, "typed", "ann")


class Hours:
    """A clock that a test moves on."""

    def __init__(self) -> None:
        self.at = datetime(2026, 1, 1, tzinfo=UTC)

    def __call__(self) -> datetime:
        return self.at


def test_only_who_gave_the_facts_sees_them() -> None:
    held = Cases(Hours())
    token = held.add(CASE)
    with pytest.raises(RefusedError):
        held.get(token, "bob")
    assert held.get(token, "ann") == CASE


def test_facts_are_gone_after_hours_without_use() -> None:
    hours = Hours()
    held = Cases(hours, kept=timedelta(hours=8))
    token = held.add(CASE)
    hours.at += timedelta(hours=7)
    held.get(token, "ann")
    hours.at += timedelta(hours=7)
    assert held.get(token, "ann") == CASE
    hours.at += timedelta(hours=9)
    with pytest.raises(RefusedError):
        held.get(token, "ann")


def test_what_has_expired_leaves_memory_with_the_next_case() -> None:
    hours, case = Hours(), replace(CASE)
    held, there = Cases(hours, kept=timedelta(hours=8)), weakref.ref(case)
    held.add(case)
    del case
    hours.at += timedelta(hours=9)
    assert there() is not None
    held.add(CASE)
    gc.collect()
    assert there() is None


def test_the_oldest_go_when_there_are_too_many() -> None:
    held = Cases(Hours(), most=2)
    first, *others = (held.add(CASE) for _ in range(3))
    with pytest.raises(RefusedError):
        held.get(first, "ann")
    assert all(held.get(token, "ann") for token in others)


def test_what_is_worked_out_brings_no_forgotten_facts_back_and_keeps_changed_ones() -> None:
    held = Cases(Hours())
    token = held.add(CASE)
    held.exchange(token, CASE, replace(CASE, compared=True))
    assert held.get(token, "ann").compared
    changed = replace(CASE, as_of=date(1997, 3, 31))
    held.put(token, changed)
    held.exchange(token, CASE, replace(CASE, compared=True))
    assert held.get(token, "ann") == changed
    held.forget(token, "ann")
    held.exchange(token, changed, replace(changed, compared=True))
    with pytest.raises(RefusedError):
        held.get(token, "ann")


def test_tokens_cannot_be_guessed_from_each_other() -> None:
    held = Cases(Hours())
    tokens = {held.add(CASE) for _ in range(100)}
    assert len(tokens) == 100
    assert min(map(len, tokens)) >= 24
