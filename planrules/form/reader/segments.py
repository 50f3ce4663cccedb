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
_BETWEEN_TWO = f"{_FILL}.{PAGE_END}"
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

    Where the printed words around a place occur more than once, the way of reading is taken that leaves exactly what
    the form prints; else, on another print or one not known, the one that finds most places and fewest words on them.
    """
    ways: list[Written] = []
    for spans in islice(_ways(text, places, segment.start, segment.end), _TRIES):
        around = tuple(_around(text, segment, spans))
        words = tuple(text.chars[slice(*span)].lower() for span in around)
        known = None if printed is None else fingerprint(words) == printed
        ways.append(Written(tuple(spans), around, words, known))
        if known:
            return ways[-1]
    return min(ways, key=lambda way: (way.spans.count(None), -len(way.words)))


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
        stops = [found.span() for found in anchor(place.after).finditer(text.chars, begin, end)]
        rooms = list(_rooms(text, begin, stops))
        ranked = sorted(range(len(stops)), key=lambda at: -rooms[at])
        yield from ((begin, stops[at][0]) for at in ranked[:_CANDIDATES])


def _rooms(text: FilingText, begin: int, stops: Sequence[Span]) -> Iterator[int]:
    """The room before each of the places where the same printed words stand.

    Words that stand twice in a row are printed and then typed on the next place, if something is typed before the
    first and room is left behind it: the second then has no more room than the first.
    """
    before, end = 0, begin
    for stop in stops:
        room = _room(text, begin, stop[0])
        if before >= _GAP and not text.chars[end : stop[0]].strip(_BETWEEN_TWO):
            room = min(room, before)
        yield room
        is_typed = any(char.isalnum() for char in text.chars[begin : stop[0]])
        before, end = room if is_typed else 0, stop[1]


def _room(text: FilingText, begin: int, stop: int) -> int:
    """How much empty room the page leaves before a printed word, an empty line counting as a full one.

    What is empty between two pages says nothing.
    """
    inside = _BETWEEN_PAGES.sub("\n", text.chars[begin:stop])
    room = inside[len(inside.rstrip(f"{_FILL}.$%([")) :]
    before_indent = room[: room.rindex("\n")] if "\n" in room else room
    return before_indent.count(" ") + before_indent.count("_") + _FULL_LINE * before_indent.count("\n")
