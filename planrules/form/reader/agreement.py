"""Finds the agreement in a longer filing, and its sections by number and title."""

import re
from collections.abc import Iterator
from dataclasses import dataclass
from functools import cache
from itertools import pairwise

from planrules.form.reader.layout import Layout, anchor
from planrules.form.reader.text import FilingText

NOT_APPLICABLE = r"(?:N\s?/\s?A|n\s?/\s?a|N\.\s?A\.|Not [Aa]pplicable|NOT APPLICABLE)"
_NUMBER = re.compile(r"\d+\.\d+")
_DOCUMENT_END = re.compile(r"^</(?:TEXT|DOCUMENT)>|^<(?:TYPE|DOCUMENT)>", re.MULTILINE)


@dataclass(frozen=True)
class Heading:
    """A section's heading on the page.

    Attributes:
        start: where its line, or the N/A before it, begins.
        end: where the text after it begins.
        not_applicable: whether N/A stands before it.
    """

    citation: str
    start: int
    end: int
    not_applicable: bool


@dataclass(frozen=True)
class Agreement:
    """The agreement's place in the text.

    Attributes:
        start: where its title begins.
        end: where the text after its last words begins.
        headings: those found, in the form's order.
        missing: sections without a heading that could be found.
        again: where another agreement, or another copy of a section, begins.
    """

    start: int
    end: int
    headings: tuple[Heading, ...]
    missing: tuple[str, ...]
    again: tuple[int, ...] = ()


def find_agreement(text: FilingText, layout: Layout) -> Agreement | None:
    """The first agreement of that form in the text; null when there is none."""
    titles = [found.start() for found in anchor(layout.title).finditer(text.chars)]
    first = next(iter(layout.headings))
    tries = [_read(text, layout, start, following) for start, following in _spans(text, layout, titles, first)]
    whole = [found for found in tries if found.headings]
    if not whole:
        return None
    best = max(whole, key=lambda found: (len(found.headings), -found.start))
    others = tuple(found.start for found in whole if found.start > best.start)
    copies = tuple(_copies(text, layout, best))
    return Agreement(best.start, best.end, best.headings, best.missing, (*copies, *others))


def _spans(text: FilingText, layout: Layout, titles: list[int], first: str) -> Iterator[tuple[int, int]]:
    """From each title that the first section follows to the next such title."""
    opens = [found.start() for found in _strict(first, layout.headings[first]).finditer(text.chars)]
    begins = sorted({max(before) for at in opens if (before := [title for title in titles if title < at])})
    if not begins:
        begins = titles[-1:]
    yield from pairwise([*begins, len(text.chars)])


def _read(text: FilingText, layout: Layout, start: int, limit: int) -> Agreement:
    marks = (found.start() for found in _DOCUMENT_END.finditer(text.chars, start, limit))
    limit = min(marks, default=limit)
    found = list(_headings(text, layout, start, limit))
    last = found[-1].end if found else start
    closing = anchor(layout.end).search(text.chars, last, limit)
    end = text.line_end(closing.end()) if closing else limit
    seen = {heading.citation for heading in found}
    missing = tuple(citation for citation in layout.headings if citation not in seen)
    return Agreement(start, end, tuple(found), missing)


def _headings(text: FilingText, layout: Layout, start: int, limit: int) -> Iterator[Heading]:
    """The headings in order: first those whose number and title are as printed, then what fits between them."""
    sure: dict[str, re.Match[str]] = {}
    at = start
    for citation, title in layout.headings.items():
        if found := _strict(citation, title).search(text.chars, at, limit):
            sure[citation] = found
            at = found.end()
    at = start
    for citation, title in layout.headings.items():
        until = min((other.start() for other in sure.values() if other.start() >= at), default=limit)
        if match := sure.get(citation) or _loose(citation, title).search(text.chars, at, until):
            yield Heading(citation, match.start("whole"), match.end(), match["na"] is not None)
            at = match.end()


def _copies(text: FilingText, layout: Layout, found: Agreement) -> Iterator[int]:
    """Where a heading stands a second time inside the agreement."""
    own = {heading.citation: heading.start for heading in found.headings}
    for citation, title in layout.headings.items():
        for match in _strict(citation, title).finditer(text.chars, own.get(citation, found.end), found.end):
            if match.start("whole") != own[citation]:
                yield match.start("whole")


@cache
def _strict(citation: str, title: str) -> re.Pattern[str]:
    """The heading with its whole title: number, title and full stop from a line's start, or the title to its end."""
    words = anchor(title.rstrip(".")).pattern
    if _NUMBER.fullmatch(citation):
        return re.compile(
            rf"^[ ]*(?P<whole>(?P<na>{NOT_APPLICABLE})?[ ]*{re.escape(citation)}[.:]?\s+{words}\.)",
            re.MULTILINE | re.IGNORECASE,
        )
    return re.compile(rf"(?P<na>(?!))?(?:^|[ ]{{2}}|\.[ ])[ ]*(?P<whole>{words})[ ]*$", re.MULTILINE | re.IGNORECASE)


@cache
def _loose(citation: str, title: str) -> re.Pattern[str]:
    """The heading by its number and the first word of its title."""
    if not _NUMBER.fullmatch(citation):
        return re.compile(r"(?P<na>)(?P<whole>)(?!)")
    word = anchor(re.findall(r"\w+", title)[0]).pattern
    return re.compile(
        rf"^[ ]*(?P<whole>(?P<na>{NOT_APPLICABLE})?[ ]*{re.escape(citation)}[.:]?\s+{word})",
        re.MULTILINE | re.IGNORECASE,
    )
