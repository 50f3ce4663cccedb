"""Reads an agreement from a filing's text: every box, blank, mark and note, and what could not be placed."""

from collections.abc import Iterator, Mapping, Sequence
from dataclasses import dataclass, field
from typing import Any

from planrules.form.checked import NOTE
from planrules.form.model import Form
from planrules.form.reader.agreement import find_agreement
from planrules.form.reader.assemble import assemble
from planrules.form.reader.boxes import Box, find_boxes
from planrules.form.reader.layout import OPENING, Layout, Place
from planrules.form.reader.margins import NoteRow, margin_notes, read_marks
from planrules.form.reader.naming import name_boxes
from planrules.form.reader.notes import printed_rows_left_out
from planrules.form.reader.page import Page, Span
from planrules.form.reader.places import PlaceReader
from planrules.form.reader.remarks import Remark
from planrules.form.reader.segments import Segment, Written, fingerprint, typed_among, written
from planrules.form.reader.text import FilingText, even


@dataclass(frozen=True)
class Filing:
    """An agreement as read.

    Attributes:
        elections: what an elections file holds, without the readings.
        remarks: what to look at, in the order of the page.
        lines: first and last line of the agreement.
        printed: the fingerprint of the printed words after each box and heading (see `Layout.printed`).
    """

    elections: Mapping[str, Any]
    remarks: tuple[Remark, ...]
    lines: tuple[int, int]
    printed: Mapping[str, str]


def read_text(raw: str, form: Form, layout: Layout) -> Filing | None:
    """The agreement in a filing's text; null when there is none on that form."""
    text = even(raw)
    agreement = find_agreement(text, layout)
    return None if agreement is None else _Reader(Page(text, agreement, form, layout), text).filing()


@dataclass
class _Reader:
    page: Page
    original: FilingText
    checked: dict[str, dict[str, Any]] = field(default_factory=dict)
    opening: dict[str, str] = field(default_factory=dict)
    printed: dict[str, str] = field(default_factory=dict)
    spans: dict[tuple[str, str], Span] = field(default_factory=dict)
    marks: set[str] = field(default_factory=set)
    differing: dict[str, tuple[Segment, Written]] = field(default_factory=dict)

    def filing(self) -> Filing:
        """Everything read."""
        page, found = self.page, self.page.agreement
        self._tell_of_missing()
        boxes = find_boxes(page.text, found.start, found.end)
        citations = name_boxes(page, boxes)
        self.marks = read_marks(page, boxes, citations)
        rows = margin_notes(page, boxes)
        segments = list(self._segments(boxes, citations))
        page.take_out([row.span for note in rows for row in note if row.box is not None])
        notes = []
        for note in rows:
            notes.append(printed_rows_left_out(page, note, segments))
            page.take_out([row.span for row in notes[-1]])
        for segment in segments:
            self._read(segment)
        self._tell_of_differing()
        for note in notes:
            self._keep(note, boxes, citations)
        elections = assemble(page, self.opening, self.checked, self.marks, self.spans)
        lines = page.text.line(found.start), page.text.line(max(found.start, found.end - 1))
        remarks = sorted(page.remarks, key=lambda remark: remark.lines)
        return Filing(elections, tuple(remarks), lines, self.printed)

    def _tell_of_missing(self) -> None:
        page, found = self.page, self.page.agreement
        for citation in found.missing:
            says = "the section's heading was not found; nothing of it is read"
            page.lost((found.start, found.end), citation, says, words="")
        for at in found.again:
            page.lost((at, page.text.line_end(at)), None, "a further copy begins here; only the first is read")

    def _segments(self, boxes: Sequence[Box], citations: Mapping[int, str]) -> Iterator[Segment]:
        """The agreement cut at its headings and boxes."""
        found = self.page.agreement
        cuts: list[tuple[int, int, str | None, bool]] = [(found.start, found.start, OPENING, False)]
        cuts += [(heading.start, heading.end, heading.citation, False) for heading in found.headings]
        cuts += [(box.start, box.end, citations.get(box.start), bool(box.checked)) for box in boxes]
        cuts.sort(key=lambda cut: cut[:2])
        ends = [*(cut[0] for cut in cuts[1:]), found.end]
        for (_, start, citation, checked), end in zip(cuts, ends, strict=True):
            yield Segment(citation, start, max(start, end), checked=checked)

    def _read(self, segment: Segment) -> None:
        citation = segment.citation
        if citation is None:
            says = "what stands behind a box that is not told to be an option is not read"
            self.page.lost((segment.start, segment.end), None, says)
            return
        if segment.checked:
            self.checked.setdefault(citation, {})
        layout = self.page.layout
        places = layout.places(citation)
        found = written(self.page.text, segment, places, layout.printed.get(citation))
        self.printed[citation] = fingerprint(found.words)
        reader = PlaceReader(self.page)
        for place, span in zip(places, found.spans, strict=True):
            owner = place.of or citation
            for name, value in reader.read(owner, place, span, segment).items():
                self.spans[owner, name] = reader.typed_at
                self._put(owner, name, value)
            if reader.not_applicable:
                self._mark(owner, place, reader.typed_at)
        if found.as_printed is False:
            self.differing[citation] = segment, found

    def _mark(self, owner: str, place: Place, at: Span) -> None:
        """N/A on a place marks the section where the form allows it; elsewhere it says that the blank is empty."""
        section = self.page.form.section.get(owner)
        if section is not None and section.na_allowed:
            self.marks.add(owner)
            return
        words = self.page.text.chars[slice(*at)]
        self.page.confirm(at, owner, f"{' and '.join(place.fills)} is understood to be left empty", words)

    def _tell_of_differing(self) -> None:
        """Tells where the printed words are not the form's; a text that has most of them otherwise is another print."""
        page, differing, places = self.page, self.differing, len(self.printed)
        if 2 * len(differing) > places:
            whole = page.agreement.start, page.agreement.end
            says = (
                f"the printed words are not those of the form in {len(differing)} of {places} places: it is another "
                f"print of the form, in which words typed among the printed ones cannot be told"
            )
            page.confirm(whole, page.form.name, says, "")
            return
        for citation, (segment, found) in differing.items():
            among = typed_among(found, page.layout.printed.get(citation))
            if among is None:
                says = "the printed words here are not those of the form; look for words typed among them"
                page.lost((segment.start, segment.end), citation, says, words="")
            else:
                page.lost(
                    among, citation, "these words stand among the printed ones and have no place in the elections"
                )

    def _put(self, owner: str, name: str, value: object) -> None:
        if owner == OPENING:
            self.opening[name] = str(value)
        elif self._is_open(owner):
            self.checked.setdefault(owner, {})[name] = value
        else:
            says = f"{name} is filled in beside a box that is not checked; it is left out"
            self.page.lost(self.spans[owner, name], owner, says)

    def _is_open(self, owner: str) -> bool:
        """Whether what is written there counts: beside a checked box, or where there is no box to check."""
        form = self.page.form
        option = form.option.get(owner)
        if option is None or owner in self.checked:
            return True
        return not option.box and form.group[option.group].parent in self.checked

    def _keep(self, note: Sequence[NoteRow], boxes: Sequence[Box], citations: Mapping[int, str]) -> None:
        """A margin note goes to the first checked box it stands beside."""
        span = note[0].span[0], note[-1].span[1]
        words = " ".join(" ".join(self.original.chars[slice(*row.span)].split()) for row in note)
        at = {row.box for row in note}
        beside = [citations.get(box.start) for box in boxes if box.start in at and box.checked]
        if not beside or beside[0] is None:
            says = "words typed in the margin stand beside no checked box; they are left out"
            self.page.lost(span, None, says, words)
            return
        self.checked[beside[0]][NOTE] = words
        says = "typed in the margin, kept as a note of this box; confirm what it applies to"
        self.page.confirm(span, beside[0], says, words)
