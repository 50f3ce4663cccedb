"""What was typed beside the boxes: notes in the left margin, and N/A marks."""

import re
from collections.abc import Iterator, Mapping, Sequence
from dataclasses import dataclass

from planrules.form.reader.agreement import NOT_APPLICABLE
from planrules.form.reader.boxes import Box
from planrules.form.reader.layout import anchor
from planrules.form.reader.page import Page
from planrules.form.reader.text import FilingText

_MARK = re.compile(rf"{NOT_APPLICABLE}\s*")
_GAP = re.compile(r"[ ]{2,}")
_LONGEST_NOTE = 12


@dataclass(frozen=True)
class MarginNote:
    """Words typed in the margin.

    Attributes:
        spans: where they stand, line by line.
        beside: the boxes on the lines they stand on, by where each begins.
    """

    words: str
    spans: tuple[tuple[int, int], ...]
    beside: tuple[int, ...]


def margin_notes(text: FilingText, boxes: Sequence[Box]) -> list[MarginNote]:
    """The notes left of boxes, each from the line of its first box down to where the margin is empty or used."""
    by_line = {text.line(box.start): box for box in boxes}
    notes: list[MarginNote] = []
    done = 0
    for line, box in by_line.items():
        left = _left_of(text, box)
        if line <= done or left is None or _MARK.fullmatch(text.chars[slice(*left)]):
            continue
        spans, beside, done = [left], [box.start], line
        for number, span, other in _below(text, line, box, by_line):
            spans += [span] if span else []
            beside += [other] if other is not None else []
            done = number if span else done
        words = " ".join(text.chars[start:end].strip() for start, end in spans)
        notes.append(MarginNote(words, tuple(spans), tuple(beside)))
    return notes


def read_marks(page: Page, boxes: Sequence[Box], citations: Mapping[int, str]) -> set[str]:
    """The sections, groups and options marked N/A; the marks are taken out of the text."""
    marks = {heading.citation for heading in page.agreement.headings if heading.not_applicable}
    spans = []
    for at, span in _marks_before_boxes(page.text, boxes).items():
        spans.append(span)
        marks |= {citations[at]} if at in citations else set()
    for heading, until in page.sections():
        for group, words in page.layout.groups.items():
            if page.form.group[group].parent == heading.citation:
                found = _marks_before_group(page.text, heading.start, until, words)
                spans += found
                marks |= {group} if found else set()
    page.take_out(spans)
    return marks


def _marks_before_boxes(text: FilingText, boxes: Sequence[Box]) -> Mapping[int, tuple[int, int]]:
    """The N/A marks on the lines of boxes: each mark's span by the start of its box."""
    lefts = {box.start: _left_of(text, box) for box in boxes}
    return {at: left for at, left in lefts.items() if left and _MARK.fullmatch(text.chars[slice(*left)])}


def _marks_before_group(text: FilingText, start: int, end: int, first_words: str) -> list[tuple[int, int]]:
    """The N/A marks at a line's start before the words that open a group."""
    mark = re.compile(
        rf"^[ ]*(?P<mark>{NOT_APPLICABLE})[ ]+(?={anchor(first_words).pattern})", re.MULTILINE | re.IGNORECASE
    )
    return [found.span("mark") for found in mark.finditer(text.chars, start, end)]


def _left_of(text: FilingText, box: Box) -> tuple[int, int] | None:
    """The words left of a box on its line, set off from it by a gap or alone on the line."""
    begin = text.line_start(box.start)
    before = text.chars[begin : box.start]
    words = before.strip()
    if not words or not (before.endswith("  ") or _MARK.fullmatch(words)):
        return None
    at = begin + before.index(words)
    return at, at + len(words)


def _below(
    text: FilingText, line: int, box: Box, by_line: Mapping[int, Box]
) -> Iterator[tuple[int, tuple[int, int] | None, int | None]]:
    """The lines under a note's first one: its words on each, and the box there if it has one."""
    edge = box.start - text.line_start(box.start)
    for number in range(line + 1, min(line + _LONGEST_NOTE, len(text.starts)) + 1):
        begin = text.starts[number - 1]
        shown = text.chars[begin : text.line_end(begin)]
        other = by_line.get(number)
        if other is not None:
            left = _left_of(text, other)
            if left is None or _MARK.fullmatch(text.chars[slice(*left)]):
                return
            yield number, left, other.start
            continue
        chunk = _GAP.split(shown.lstrip())[0]
        column = len(shown) - len(shown.lstrip())
        if not shown.strip() or column >= edge or not re.search(r"\w", chunk):
            yield number, None, None
        elif column + len(chunk) > edge:
            return
        else:
            yield number, (begin + column, begin + column + len(chunk)), None
