"""Stages of an evaluation, each worked out once for the same inputs.

A plan under another reading differs in a provision or two. A stage is worked out anew only where a frame that it reads
is another one, or a provision that it has read has another value; and where the new value is what it was before, the
earlier one stands in its place, so that what follows from it is kept too. What a stage reads of the terms is noted
while it works: nobody has to keep a list of it, and none can be wrong.
"""

from collections.abc import Callable, Mapping
from dataclasses import dataclass, fields, is_dataclass, replace
from typing import Any, NamedTuple, TypeVar

import polars as pl

from planrules.plan import Terms
from planrules.plan.elected import Provisions

Value = TypeVar("Value")
Reads = dict[tuple[str, str], Any]
"""The value of each provision that was read, by article and name."""


class _Kept(NamedTuple):
    inputs: tuple[object, ...]
    reads: Reads
    value: Any


class Stages:
    """What has been worked out for one set of people and one day, by stage and the inputs it read."""

    def __init__(self) -> None:
        self._kept: dict[str, list[_Kept]] = {}

    def once(self, stage: str, terms: Terms, inputs: tuple[object, ...], work: Callable[[Terms], Value]) -> Value:
        """The stage's value: the kept one where inputs and provisions are the same, or worked out now.

        Args:
            stage: its name.
            terms: what the elections mean.
            inputs: the frames the work reads, and what holds them: compared by identity.
            work: works it out from terms, which it may read until it ends and not later.
        """
        kept = self._kept.setdefault(stage, [])
        inputs = (*inputs, terms.untold, terms.facts)
        for earlier in kept:
            if all(map(_same, earlier.inputs, inputs)) and _read_alike(terms, earlier.reads):
                found: Value = earlier.value
                return found
        watched, reads = _watched(terms)
        made = work(watched)
        reads.close()
        made = next((earlier.value for earlier in kept if _alike(made, earlier.value)), made)
        kept.append(_Kept(inputs, reads.noted, made))
        return made


@dataclass
class _Reading:
    """Notes what is read of the terms as long as a stage works."""

    noted: Reads
    closed: bool = False

    def note(self, article: str, name: str, value: object) -> None:
        if self.closed:
            # What is read later is not among what the stage is known by: it would be kept for other terms.
            msg = f"{article}.{name} is read after its stage has ended"
            raise AssertionError(msg)
        self.noted[article, name] = value

    def close(self) -> None:
        self.closed = True


class _Watched:
    """An article's provisions, each noted when it is read."""

    __slots__ = ("_article", "_name", "_reading")

    def __init__(self, article: object, name: str, reading: _Reading) -> None:
        self._article, self._name, self._reading = article, name, reading

    def __getattr__(self, name: str) -> Any:  # noqa: ANN401  a provision of any type
        value = getattr(self._article, name)
        self._reading.note(self._name, name, value)
        return value


class _NotNoted:
    """Stands for what no stage may read, since it would not be noted."""

    def __getattr__(self, name: str) -> Any:  # noqa: ANN401  there is none
        msg = f"{name}: stages read provisions, which are noted, and neither readings nor boxes"
        raise AssertionError(msg)


_UNREAD = ("choices", "checked")


def _watched(terms: Terms) -> tuple[Terms, _Reading]:
    """The same terms, with what is read of their articles noted."""
    reading = _Reading({})
    values = {each.name: getattr(terms, each.name) for each in fields(terms)} | dict.fromkeys(_UNREAD, _NotNoted())
    articles: dict[str, Any] = {
        name: _Watched(value, name, reading) if isinstance(value, Provisions) else value
        for name, value in values.items()
    }
    return replace(terms, **articles), reading


def _read_alike(terms: Terms, reads: Reads) -> bool:
    return all(getattr(getattr(terms, article), name) == value for (article, name), value in reads.items())


def _same(one: object, other: object) -> bool:
    """Facts of the plan by equality; frames and what holds them by identity."""
    plain = type(one).__module__.startswith(("builtins", "planrules.plan"))
    return one is other or (plain and type(one) is type(other) and bool(one == other))


def _alike(one: object, other: object) -> bool:
    """Whether two values of a stage hold the same, frames compared by what is in them."""
    if one is other:
        return True
    if type(one) is not type(other):
        return False
    if isinstance(one, pl.DataFrame) and isinstance(other, pl.DataFrame):
        return one.schema == other.schema and one.equals(other)
    mine, its = _parts(one), _parts(other)
    if mine is None or its is None:
        return bool(one == other)
    return mine.keys() == its.keys() and all(_alike(value, its[name]) for name, value in mine.items())


def _parts(value: object) -> Mapping[object, object] | None:
    """What a value that holds others is made of, by name or place; null for any other value."""
    if isinstance(value, tuple):
        return dict(enumerate(value))
    if isinstance(value, dict):
        return value
    return {each.name: getattr(value, each.name) for each in fields(value)} if is_dataclass(value) else None
