"""Picking one of several things: what `sampled_from` does, several times faster where the things differ every time."""

from collections.abc import Sequence
from functools import cache
from typing import TypeVar

from hypothesis import strategies as st

T = TypeVar("T")


def pick(draw: st.DrawFn, items: Sequence[T]) -> T:
    """Draw one of the items; shrinks to the first."""
    return items[draw(_positions(len(items)))]


@cache
def _positions(count: int) -> st.SearchStrategy[int]:
    return st.integers(0, count - 1)
