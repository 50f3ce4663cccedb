"""A filing's text made even: line ends, tabs, page breaks, page numbers and markup; every character knows its line."""

import re
from bisect import bisect_right
from collections import defaultdict
from collections.abc import Sequence
from dataclasses import dataclass
from functools import cached_property

_PAGE_BREAK = re.compile(r"<PAGE>|\f", re.IGNORECASE)
_MARKUP = re.compile(r"<PAGE>|\f|</?(?:TABLE|CAPTION|S|C|FN)>", re.IGNORECASE)
_PAGE_NUMBER = re.compile(r"\s*(?:-+\s*\d{1,3}\s*-+|page\s+\d{1,3}(?:\s+of\s+\d{1,3})?)\s*", re.IGNORECASE)
_BARE_NUMBER = re.compile(r"\s*\d{1,3}\s*")
_UNSEEN = str.maketrans(dict.fromkeys("\u00a0\u2007\u202f\x0b\x1c\x1d\x1e\x1f\x85\u2028\u2029", " ") | {"\ufeff": ""})
_TAB = 8
PAGE_END = "\f"
"""What stands on a line that held nothing but a page mark or a page number."""


@dataclass(frozen=True)
class FilingText:
    """The characters of a filing, line by line.

    Attributes:
        chars: the text; what was taken out is spaces, so that no character has moved.
    """

    chars: str

    @cached_property
    def starts(self) -> Sequence[int]:
        """Where each line begins."""
        return [0, *(found.end() for found in re.finditer("\n", self.chars))]

    def line(self, at: int) -> int:
        """The number of the line of a character, counted from 1 as an editor does."""
        return bisect_right(self.starts, at)

    def line_start(self, at: int) -> int:
        """Where the line of a character begins."""
        return self.starts[bisect_right(self.starts, at) - 1]

    def line_end(self, at: int) -> int:
        """Where the line of a character ends, before its line break."""
        end = self.chars.find("\n", at)
        return len(self.chars) if end < 0 else end

    def word_end(self, at: int) -> int:
        """Where the word ends that goes on at a character, with the marks that belong to it such as %."""
        return at + len(re.match(r"\S*", self.chars[at : self.line_end(at)])[0])  # type: ignore[index]  # matches nothing too

    def without(self, spans: Sequence[tuple[int, int]]) -> "FilingText":
        """The text with these spans made spaces; line breaks stay."""
        chars = list(self.chars)
        for start, end in spans:
            chars[start:end] = ["\n" if char == "\n" else " " for char in chars[start:end]]
        return FilingText("".join(chars))


def even(raw: str) -> FilingText:
    """The text of a file as read: lines end in a line feed, tabs are spaces, page marks and page numbers are gone."""
    lines = raw.replace("\r\n", "\n").replace("\r", "\n").split("\n")
    numbers = _bare_numbers(lines)
    return FilingText("\n".join(PAGE_END if at in numbers else _even(line) for at, line in enumerate(lines)))


def _bare_numbers(lines: Sequence[str]) -> set[int]:
    """Page numbers that are nothing but digits: on the same side of at least half of the page breaks, and counting on.

    A number alone on its line that does not go up with the pages was typed on a blank.
    """
    breaks = [number for number, line in enumerate(lines) if _PAGE_BREAK.search(line)]
    found: set[int] = set()
    for direction in (-1, 1):
        beside = [(page, _nearest(lines, at, direction)) for page, at in enumerate(breaks)]
        first_page: defaultdict[int, set[int]] = defaultdict(set)
        for page, near in beside:
            if near is not None and _BARE_NUMBER.fullmatch(shown := _MARKUP.sub("", lines[near])):
                first_page[int(shown) - page].add(near)
        bare = set().union(*(counted for counted in first_page.values() if len(counted) > 1))
        found |= bare if 2 * len(bare) >= len(breaks) else set()
    return found


def _nearest(lines: Sequence[str], at: int, direction: int) -> int | None:
    """The nearest line with words before or after a page break; the line of the break itself if it has some."""
    while 0 <= at < len(lines):
        if _MARKUP.sub("", lines[at]).strip():
            return at
        at += direction
    return None


def _even(line: str) -> str:
    shown = _MARKUP.sub(" ", line.translate(_UNSEEN)).expandtabs(_TAB)
    is_break = _PAGE_BREAK.search(line) and not shown.strip()
    return PAGE_END if is_break or _PAGE_NUMBER.fullmatch(shown) else shown
