"""YAML as planrules reads it: nothing is guessed, nothing is lost, nothing is overwritten.

Unlike YAML 1.1: `yes`, `no`, `on` and `off` stay text; a number with a leading zero (`002`) stays text; a fraction is
an exact `Decimal`, never a float; `1995-09-30` is a date only if that day exists. A key that stands twice is reported,
anchors, aliases, tags and merges are refused. Only true, false and null (or nothing) have a meaning of their own.
"""

import re
from collections.abc import Callable, Hashable, Iterator
from dataclasses import dataclass, field
from datetime import date
from decimal import Decimal
from typing import Any

import yaml

_LOADER: Any = getattr(yaml, "CBaseLoader", yaml.BaseLoader)
DEEPEST = 30
"""How many levels a text may be nested."""
_WORDS = {"": None, "~": None, "null": None, "true": True, "false": False}
_NUMBERS: tuple[tuple[re.Pattern[str], Callable[[str], object]], ...] = (
    (re.compile(r"[-+]?(0|[1-9][0-9]{0,17})"), int),
    (re.compile(r"[-+]?(0|[1-9][0-9]{0,17})\.[0-9]{1,18}"), Decimal),
)
_DATE = re.compile(r"[0-9]{4}-[0-9]{2}-[0-9]{2}")


class StrictYamlError(ValueError):
    """Text that is not the plain YAML planrules reads; says the line."""


@dataclass(frozen=True)
class Duplicate:
    """A key that stands more than once in one mapping; the last value was kept."""

    key: str
    line: int
    first_line: int


@dataclass(frozen=True)
class Document:
    """What a YAML text holds, and the keys it holds twice."""

    data: Any
    duplicates: tuple[Duplicate, ...]


def read_yaml(text: str) -> Document:
    """The one document in a YAML text.

    >>> read_yaml("{answer: no, number: 002, rate: 2.50, on: 1995-09-30}").data
    {'answer': 'no', 'number': '002', 'rate': Decimal('2.50'), 'on': datetime.date(1995, 9, 30)}

    Raises:
        StrictYamlError: the text is not YAML, or uses more of YAML than planrules reads.
    """
    try:
        builder = _Builder(iter(yaml.parse(text, Loader=_LOADER)))
        return Document(builder.document(), tuple(builder.duplicates))
    except yaml.MarkedYAMLError as error:
        place = f"line {error.problem_mark.line + 1}: " if error.problem_mark else ""
        msg = f"{place}{error.problem}"
        raise StrictYamlError(msg) from None
    except (yaml.YAMLError, UnicodeError) as error:
        msg = str(error).partition("\n")[0]
        raise StrictYamlError(msg) from None


def scalar(text: str) -> object:
    """An unquoted word as null, true, false, a whole number, an exact fraction or a date; else the text itself."""
    if text.lower() in _WORDS:
        return _WORDS[text.lower()]
    if _DATE.fullmatch(text):
        return _day(text)
    for pattern, kind in _NUMBERS:
        if pattern.fullmatch(text):
            return kind(text)
    return text


def _day(text: str) -> object:
    try:
        return date.fromisoformat(text)
    except ValueError:
        return text


@dataclass
class _Builder:
    """Builds Python values from YAML events, so that depth, aliases and duplicates stay in hand."""

    events: Iterator[Any]
    duplicates: list[Duplicate] = field(default_factory=list)

    def document(self) -> object:
        starts = (yaml.StreamStartEvent, yaml.DocumentStartEvent)
        first = next(event for event in self.events if not isinstance(event, starts))
        if isinstance(first, yaml.StreamEndEvent):
            return None
        data = self._value(first, depth=0)
        next(self.events)
        if not isinstance(after := next(self.events), yaml.StreamEndEvent):
            raise _refused(after, "a second document begins")
        return data

    def _value(self, event: Any, depth: int) -> object:  # noqa: ANN401  pyyaml's events are untyped
        if isinstance(event, yaml.AliasEvent) or event.anchor is not None:
            raise _refused(event, "an anchor or alias stands here")
        if event.tag not in {None, "!"}:
            raise _refused(event, "a tag stands here")
        if depth > DEEPEST:
            raise _refused(event, f"the nesting is deeper than {DEEPEST} levels")
        if isinstance(event, yaml.ScalarEvent):
            return scalar(event.value) if event.implicit[0] else event.value
        return self._mapping(depth) if isinstance(event, yaml.MappingStartEvent) else self._list(depth)

    def _list(self, depth: int) -> list[object]:
        items = []
        while not isinstance(event := next(self.events), yaml.SequenceEndEvent):
            items.append(self._value(event, depth + 1))
        return items

    def _mapping(self, depth: int) -> dict[Hashable, object]:
        found: dict[Hashable, object] = {}
        lines: dict[str, int] = {}
        while not isinstance(event := next(self.events), yaml.MappingEndEvent):
            key = self._value(event, depth + 1)
            if not isinstance(key, Hashable):
                raise _refused(event, "a key is a list or a mapping")
            line = event.start_mark.line + 1
            if str(key) in lines:
                self.duplicates.append(Duplicate(str(key), line, lines[str(key)]))
            lines.setdefault(str(key), line)
            found[key] = self._value(next(self.events), depth + 1)
        return found


def _refused(event: Any, what: str) -> StrictYamlError:  # noqa: ANN401  pyyaml's events are untyped
    return StrictYamlError(f"line {event.start_mark.line + 1}: {what}")
