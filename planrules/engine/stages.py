"""Stages of an evaluation, each worked out once for the same inputs.

A plan under another reading differs in one article; the stages that read other articles are the same and are kept. A
stage that reads this article is worked out anew; where that gives what it gave before, the earlier value stands in its
place, and what follows from it is kept too.
"""

from collections.abc import Callable
from dataclasses import fields, is_dataclass
from typing import Any, TypeVar

import polars as pl

Value = TypeVar("Value")


class Stages:
    """What has been worked out for one set of people and one day, by stage and the inputs it read."""

    def __init__(self) -> None:
        self._kept: dict[str, list[tuple[tuple[Any, ...], Any]]] = {}

    def once(self, stage: str, inputs: tuple[Any, ...], work: Callable[[], Value]) -> Value:
        """The stage's value: the kept one when its inputs are equal (frames: the same object), or worked out now."""
        kept = self._kept.setdefault(stage, [])
        for earlier, value in kept:
            if all(_same(one, other) for one, other in zip(earlier, inputs, strict=True)):
                found: Value = value
                return found
        made = work()
        made = next((value for _, value in kept if _alike(made, value)), made)
        kept.append((inputs, made))
        return made


def _same(one: object, other: object) -> bool:
    """Provisions and plain values by equality; frames and what holds them by identity."""
    if one is other:
        return True
    module = type(one).__module__
    plain = module.startswith(("builtins", "planrules.plan", "datetime"))
    return plain and type(one) is type(other) and bool(one == other)


def _alike(one: object, other: object) -> bool:
    """Whether two values of a stage hold the same, frames compared by what is in them."""
    if one is other:
        return True
    if type(one) is not type(other):
        return False
    if isinstance(one, pl.DataFrame) and isinstance(other, pl.DataFrame):
        return one.schema == other.schema and one.equals(other)
    if isinstance(one, tuple) and isinstance(other, tuple):
        return len(one) == len(other) and all(map(_alike, one, other))
    if is_dataclass(one):
        return all(_alike(getattr(one, each.name), getattr(other, each.name)) for each in fields(one))
    return bool(one == other)
