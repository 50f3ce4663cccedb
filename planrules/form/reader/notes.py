"""Which lines of a margin note are the note's, and which the form's own words on a page without a margin."""

from collections.abc import Iterator, Sequence
from itertools import combinations, islice

from planrules.form.reader.margins import NoteRow
from planrules.form.reader.page import Page
from planrules.form.reader.segments import Segment, written
from planrules.form.reader.text import FilingText

_TRIES = 300

Rows = tuple[NoteRow, ...]


def printed_rows_left_out(page: Page, note: Rows, segments: Sequence[Segment]) -> Rows:
    """The rows of a note without those that the form prints.

    A row beside a box is the note's, since no printed word stands left of a box. Of the rows below, as many as leave
    exactly the form's words in their segment; all of them where none does, so that no word of the note is lost.
    """
    kept = {row.span for row in note if row.box is not None}
    for segment in segments:
        inside = tuple(row for row in note if row.box is None and segment.start <= row.span[0] < segment.end)
        if inside:
            kept |= {row.span for row in _of_the_note(page, segment, inside)}
    return tuple(row for row in note if row.span in kept)


def _of_the_note(page: Page, segment: Segment, rows: Rows) -> Rows:
    for some in islice(_selections(rows), _TRIES):
        if _as_printed(page, page.text.without([row.span for row in some]), segment):
            return some
    return rows


def _selections(rows: Rows) -> Iterator[Rows]:
    """Which rows may be the note's: from all to none, of equally many the upper ones first."""
    for length in range(len(rows), -1, -1):
        yield from combinations(rows, length)


def _as_printed(page: Page, text: FilingText, segment: Segment) -> bool:
    if segment.citation is None:
        return True
    places, printed = page.layout.places(segment.citation), page.layout.printed.get(segment.citation)
    return written(text, segment, places, printed).as_printed is not False
