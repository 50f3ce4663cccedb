"""Whom the engine itself fails for: found by halving, so that nobody else goes without an answer.

That the engine fails is a mistake of ours, and none is known. It happens with one person's odd facts, and an evaluation
of many must not end for it.
"""

from collections.abc import Callable, Iterator, Sequence
from typing import Final, TypeVar

import polars as pl

from planrules.errors import PlanrulesError

FAILURES: Final = (Exception, pl.exceptions.PanicException)
"""What the engine fails with. A panic of Polars is no `Exception`, and would end the program."""
_OF_THE_MACHINE: Final = (MemoryError, OSError)
"""What nobody's facts bring about: it ends the evaluation."""

Item = TypeVar("Item")
Value = TypeVar("Value")


def in_halves(
    people: Sequence[Item],
    work: Callable[[Sequence[Item]], Value],
    failed: Callable[[Sequence[Item], BaseException], Value],
) -> Iterator[Value]:
    """The value of all of them, or where it cannot be worked out, of one half after the other.

    Args:
        people: the people, or what stands for each of them. `work` gets this very sequence first, then parts of it.
        work: works the value out for some of them.
        failed: the value of the one person for whom it cannot be, by the error; it may raise it instead. It gets nobody
            where the work fails though there are none.
    """
    try:
        found = work(people)
    except _OF_THE_MACHINE:
        raise
    except FAILURES as error:
        if len(people) <= 1:
            yield failed(people, error)
            return
    else:
        yield found
        return
    half = len(people) // 2
    for some in (people[:half], people[half:]):
        yield from in_halves(some, work, failed)


def name_of(error: BaseException) -> str:
    """The error's name, of a failure of the engine itself.

    Raises:
        PlanrulesError: it is none: what was asked cannot be answered for anybody.
    """
    if isinstance(error, PlanrulesError):
        raise error
    return type(error).__name__
