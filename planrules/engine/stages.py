"""Stages of an evaluation, each worked out once for the same inputs.

A plan under another reading differs in one article; the stages that read other articles are the same and are kept.
"""

from collections.abc import Callable
from typing import Any, TypeVar

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
        kept.append((inputs, made))
        return made


def _same(one: object, other: object) -> bool:
    """Provisions and plain values by equality; frames and what holds them by identity."""
    if one is other:
        return True
    module = type(one).__module__
    plain = module.startswith(("builtins", "planrules.plan", "datetime"))
    return plain and type(one) is type(other) and bool(one == other)
