"""Which option of the form each box on the page is."""

from collections.abc import Mapping, Sequence

from planrules.form.reader.agreement import Heading
from planrules.form.reader.boxes import Box, align, loose_boxes
from planrules.form.reader.page import Page


def name_boxes(page: Page, boxes: Sequence[Box]) -> Mapping[int, str]:
    """The citation of each box by where it begins; a box without one, and an option without a box, are told."""
    named: dict[int, str] = {}
    for heading, until in page.sections():
        here = [box for box in boxes if heading.start <= box.start < until]
        expected = _boxes_of(page, heading.citation)
        places = align([box.label for box in here], [_label(citation) for citation in expected])
        named |= {box.start: expected[place] for box, place in zip(here, places, strict=True) if place is not None}
        _tell_of_lost(page, heading, here, [citation for citation in expected if citation not in named.values()])
    for box in boxes:
        if box.start not in named:
            page.lost((box.start, box.end), None, "which option this box is cannot be told; it is left out")
        elif box.checked is None:
            says = "the mark in the box cannot be read; it is read as not checked"
            page.lost((box.start, box.end), named[box.start], says)
    for at in loose_boxes(page.text, page.agreement.start, page.agreement.end):
        line = at, page.text.line_end(at)
        page.lost(line, None, "a box without a letter or number behind it; it is left out")
    return named


def _boxes_of(page: Page, section: str) -> list[str]:
    options = page.form.option.items()
    return [citation for citation, option in options if option.box and citation.partition("(")[0] == section]


def _label(citation: str) -> str:
    return citation.rpartition("(")[2].rstrip(")")


def _tell_of_lost(page: Page, heading: Heading, here: Sequence[Box], lost: Sequence[str]) -> None:
    if lost:
        span = (here[0].start, here[-1].end) if here else (heading.start, heading.end)
        says = f"no box could be told to be {', '.join(lost)}; read as not checked"
        page.lost(span, heading.citation, says, words="")
