"""What was typed beside the boxes: notes in the left margin, and N/A marks."""

import re
from collections.abc import Iterator, Mapping, Sequence
from dataclasses import dataclass

from planrules.form.reader.agreement import NOT_APPLICABLE
from planrules.form.reader.boxes import Box
from planrules.form.reader.layout import anchor
from planrules.form.reader.page import Page, Span
from planrules.form.reader.text import FilingText

_MARK = re.compile(rf"{NOT_APPLICABLE}\s*")
_GAP = re.compile(r"[ ]{2,}")
_LONGEST_NOTE = 12


@dataclass(frozen=True)
class NoteRow:
    """One line of words typed in the margin.

    Attributes:
        span: where they stand.
        box: where the box on that line begins; null where it has none.
    """

    span: Span
    box: int | None


def margin_notes(page: Page, boxes: Sequence[Box]) -> list[tuple[NoteRow, ...]]:
    """What may be notes left of boxes: each from the line of its first box down to where the margin is empty or used.

    Without a margin of its own a note may be taken for longer than it is, since the next lines begin left of the box.
    """
    text = page.text
    by_line = {text.line(box.start): box for box in reversed(boxes)}
    headings = {text.line(heading.start) for heading in page.agreement.headings}
    notes: list[tuple[NoteRow, ...]] = []
    done = 0
    for line, box in sorted(by_line.items()):
        left = _left_of(text, box)
        if line <= done or left is None or _MARK.fullmatch(text.chars[slice(*left)]):
            continue
        rows = [NoteRow(left, box.start), *_below(text, box, by_line, headings)]
        done = text.line(rows[-1].span[0])
        notes.append(tuple(rows))
    return notes


def read_marks(page: Page, boxes: Sequence[Box], citations: Mapping[int, str]) -> set[str]:
    """The sections, groups and options marked N/A; the marks are taken out of the text."""
    marks = {heading.citation for heading in page.agreement.headings if heading.not_applicable}
    spans = []
    for at, span in _marks_before_boxes(page.text, boxes).items():
        spans.append(span)
        if at in citations:
            marks.add(citations[at])
        else:
            page.lost(span, None, "which option is marked here cannot be told; the mark is left out")
    for heading, until in page.sections():
        for group, words in page.layout.groups.items():
            if page.form.group[group].parent == heading.citation:
                found = _marks_before_group(page.text, heading.start, until, words)
                spans += found
                marks |= {group} if found else set()
    page.take_out(spans)
    return marks


def _marks_before_boxes(text: FilingText, boxes: Sequence[Box]) -> Mapping[int, Span]:
    """The N/A marks on the lines of boxes: each mark's span by the start of its box."""
    lefts = {box.start: _left_of(text, box) for box in boxes}
    return {at: left for at, left in lefts.items() if left and _MARK.fullmatch(text.chars[slice(*left)])}


def _marks_before_group(text: FilingText, start: int, end: int, first_words: str) -> list[Span]:
    """The N/A marks at a line's start before the words that open a group."""
    mark = re.compile(
        rf"^[ ]*(?P<mark>{NOT_APPLICABLE})[ ]+(?={anchor(first_words).pattern})", re.MULTILINE | re.IGNORECASE
    )
    return [found.span("mark") for found in mark.finditer(text.chars, start, end)]


def _left_of(text: FilingText, box: Box) -> Span | None:
    """The words left of a box on its line, set off from it by a gap or alone on the line."""
    begin = text.line_start(box.start)
    before = text.chars[begin : box.start]
    words = before.strip()
    if not words or not (before.endswith("  ") or _MARK.fullmatch(words)):
        return None
    at = begin + before.index(words)
    return at, at + len(words)


def _below(text: FilingText, box: Box, by_line: Mapping[int, Box], headings: set[int]) -> Iterator[NoteRow]:
    """The lines under a note's first one that have words in the margin; a note of its own begins after an empty one."""
    edge = box.start - text.line_start(box.start)
    line = used = text.line(box.end - 1)
    for number in range(line + 1, min(line + _LONGEST_NOTE, len(text.starts)) + 1):
        begin = text.starts[number - 1]
        shown = text.chars[begin : text.line_end(begin)]
        column = len(shown) - len(shown.lstrip())
        if (other := by_line.get(number)) is not None:
            left = _left_of(text, other)
            if left is None or used < number - 1 or _MARK.fullmatch(text.chars[slice(*left)]):
                return
            yield NoteRow(left, other.start)
            used = number
            continue
        chunk = _GAP.split(shown.lstrip())[0]
        if number in headings or column < edge < column + len(chunk):
            return
        if column < edge and re.search(r"[^\s_.,]", chunk):
            yield NoteRow((begin + column, begin + column + len(chunk)), None)
            used = number
