"""Cuts the agreement at its boxes and headings, and finds in each piece what was typed on its places."""

import re
import zlib
from collections.abc import Iterator, Sequence
from dataclasses import dataclass
from itertools import islice

from planrules.form.reader.layout import Place, anchor
from planrules.form.reader.page import Span
from planrules.form.reader.text import PAGE_END, FilingText

_WORD = re.compile(r"[A-Za-z0-9]+")
_FILL = " _\n"
_AROUND = f"{_FILL}.{PAGE_END}"
_GAP = 2
_FULL_LINE = 40
_BETWEEN_PAGES = re.compile(rf"\n\s*{PAGE_END}\s*")
_CANDIDATES = 6
_TRIES = 300


@dataclass(frozen=True)
class Segment:
    """The text from behind one box or heading to the next.

    Attributes:
        citation: of the box or heading; null where the box is none of the form's.
        checked: whether its box is checked; false for a heading.
    """

    citation: str | None
    start: int
    end: int
    checked: bool = False


@dataclass(frozen=True)
class Written:
    """What a segment holds.

    Attributes:
        spans: for each place what stands on it; null where its printed words were not found.
        around: where each word around the places stands, in the form's order.
        words: those words, in small letters.
        as_printed: whether those are the words the form prints there; null where that is not known.
    """

    spans: tuple[Span | None, ...]
    around: tuple[Span, ...]
    words: tuple[str, ...]
    as_printed: bool | None


def written(text: FilingText, segment: Segment, places: Sequence[Place], printed: str | None) -> Written:
    """What stands on the places of a segment.

    Where the printed words around a place occur more than once, of the ways of reading that leave exactly what the form
    prints the one is taken that sets off most of what is typed by empty room, as a page does; on another print or one
    not known, the one that finds most places and fewest words on them.
    """
    ways: list[Written] = []
    for spans in islice(_ways(text, places, segment.start, segment.end), _TRIES):
        around = tuple(_around(text, segment, spans))
        words = tuple(text.chars[slice(*span)].lower() for span in around)
        known = None if printed is None else fingerprint(words) == printed
        ways.append(Written(tuple(spans), around, words, known))
    if as_printed := [way for way in ways if way.as_printed]:
        return max(as_printed, key=lambda way: sum(_set_off(text, span) for span in way.spans if span))
    return min(ways, key=lambda way: (way.spans.count(None), -len(way.words)))


def _set_off(text: FilingText, span: Span) -> int:
    """On how many of its two sides empty room stands between what is typed on a place and the printed words."""
    typed = text.chars[slice(*span)]
    if not any(char.isalnum() for char in typed):
        return 0
    before, behind = typed[: -len(typed.lstrip(_AROUND))], typed[len(typed.rstrip(_AROUND)) :]
    return sum("\n" in room or room.count(" ") + room.count("_") >= _GAP for room in (before, behind))


def fingerprint(words: Sequence[str]) -> str:
    """The number of the words and a checksum of them, from which they cannot be read."""
    return f"{len(words)} {zlib.crc32(' '.join(words).encode()):08x}"


def typed_among(found: Written, printed: str | None) -> Span | None:
    """Where the words stand that are too many among the printed ones; null where they do not stand together."""
    if printed is None:
        return None
    words, known = found.words, int(printed.partition(" ")[0])
    extra = len(words) - known
    for at in range(known + 1 if extra > 0 else 0):
        if fingerprint((*words[:at], *words[at + extra :])) == printed:
            return found.around[at][0], found.around[at + extra - 1][1]
    return None


def _around(text: FilingText, segment: Segment, spans: Sequence[Span | None]) -> Iterator[Span]:
    at = segment.start
    for span in [*(span for span in spans if span), (segment.end, segment.end)]:
        yield from (found.span() for found in _WORD.finditer(text.chars, at, span[0]))
        at = span[1]


def _ways(text: FilingText, places: Sequence[Place], start: int, end: int) -> Iterator[list[Span | None]]:
    """Every way to lay the places over the text, the likeliest first."""
    if not places:
        yield []
        return
    place, rest = places[0], places[1:]
    laid = False
    for span in _spans(text, place, start, end):
        laid = True
        for others in _ways(text, rest, span[1], end):
            yield [span, *others]
    if not laid:
        yield from ([None, *others] for others in _ways(text, rest, start, end))


def _spans(text: FilingText, place: Place, start: int, end: int) -> Iterator[Span]:
    """Where what is typed on a place may begin and end."""
    begins = [start]
    if place.before is not None:
        begins = [found.end() for found in islice(anchor(place.before).finditer(text.chars, start, end), _CANDIDATES)]
    for begin in begins:
        if place.after is None:
            yield begin, end
            continue
        stops = [found.start() for found in anchor(place.after).finditer(text.chars, begin, end)]
        ranked = sorted(stops, key=lambda stop: -_room(text, begin, stop))
        yield from ((begin, stop) for stop in ranked[:_CANDIDATES])


def _room(text: FilingText, begin: int, stop: int) -> int:
    """How much empty room the page leaves before a printed word, an empty line counting as a full one.

    What is empty between two pages says nothing.
    """
    inside = _BETWEEN_PAGES.sub("\n", text.chars[begin:stop])
    room = inside[len(inside.rstrip(f"{_FILL}.$%([")) :]
    before_indent = room[: room.rindex("\n")] if "\n" in room else room
    return before_indent.count(" ") + before_indent.count("_") + _FULL_LINE * before_indent.count("\n")
