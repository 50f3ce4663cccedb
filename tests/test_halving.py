"""Whom the engine fails for is found by halving: everybody else has the value that they would have had."""

from collections.abc import Sequence

import polars as pl
import pytest

from planrules.engine.halving import in_halves, name_of
from planrules.errors import PeopleError, PlanrulesError, Problem

REFUSED = PeopleError([Problem("what", "where", "why", "do")])


def told(faults: dict[int, BaseException], count: int = 8) -> list[str]:
    """What each of so many people gets, where the work fails for some of them."""

    def work(some: Sequence[int]) -> list[str]:
        for each in some:
            if each in faults:
                raise faults[each]
        return [f"answer {each}" for each in some]

    def failed(some: Sequence[int], error: BaseException) -> list[str]:
        return [f"{type(error).__name__} {each}" for each in some]

    return [each for said in in_halves(range(count), work, failed) for each in said]


def test_everybody_but_whom_it_fails_for_is_answered_in_order() -> None:
    faults = {0: ValueError(), 3: REFUSED, 6: pl.exceptions.PanicException("a panic of Polars")}
    found = told(faults)
    assert [found[place] for place in faults] == ["ValueError 0", "PeopleError 3", "PanicException 6"]
    assert [each for place, each in enumerate(found) if place not in faults] == [f"answer {n}" for n in (1, 2, 4, 5, 7)]


def test_the_work_fails_even_for_nobody() -> None:
    def work(_: Sequence[int]) -> str:
        raise ArithmeticError

    assert list(in_halves([], work, lambda some, error: f"{len(some)} {type(error).__name__}")) == ["0 ArithmeticError"]


@pytest.mark.parametrize("error", [MemoryError(), OSError()])
def test_what_nobodys_facts_bring_about_ends_it(error: BaseException) -> None:
    with pytest.raises(type(error)):
        told({2: error})


def test_a_refusal_is_no_failure_of_the_engine() -> None:
    assert name_of(KeyError()) == "KeyError"
    with pytest.raises(PlanrulesError):
        name_of(REFUSED)
