"""A filing's text made even: line ends, tabs, page breaks, page numbers and markup; every character knows its line."""

import re
from bisect import bisect_right
from collections.abc import Iterator, Sequence
from dataclasses import dataclass
from functools import cached_property

_PAGE_BREAK = re.compile(r"<PAGE>|\f", re.IGNORECASE)
_MARKUP = re.compile(r"<PAGE>|\f|</?(?:TABLE|CAPTION|S|C|FN)>", re.IGNORECASE)
_PAGE_NUMBER = re.compile(r"\s*(?:-+\s*\d{1,3}\s*-+|page\s+\d{1,3}(?:\s+of\s+\d{1,3})?)\s*", re.IGNORECASE)
_BARE_NUMBER = re.compile(r"\s*\d{1,3}\s*")
_UNSEEN = str.maketrans(dict.fromkeys("\u00a0\u2007\u202f\x0b\x1c\x1d\x1e\x1f\x85\u2028\u2029", " ") | {"\ufeff": ""})
_TAB = 8


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

    def without(self, spans: Sequence[tuple[int, int]]) -> "FilingText":
        """The text with these spans made spaces; line breaks stay."""
        chars = list(self.chars)
        for start, end in spans:
            chars[start:end] = ["\n" if char == "\n" else " " for char in chars[start:end]]
        return FilingText("".join(chars))


def even(raw: str) -> FilingText:
    """The text of a file as read: lines end in a line feed, tabs are spaces, page marks and page numbers are gone."""
    lines = raw.replace("\r\n", "\n").replace("\r", "\n").split("\n")
    near = {
        number + step for number, line in enumerate(lines) if _PAGE_BREAK.search(line) for step in _reach(lines, number)
    }
    return FilingText("\n".join(_even(line, beside_break=number in near) for number, line in enumerate(lines)))


def _reach(lines: Sequence[str], number: int) -> Iterator[int]:
    """How far the nearest lines with words are before and after a page break, where a bare page number may stand."""
    yield 0
    for direction in (-1, 1):
        step = direction
        while 0 <= number + step < len(lines) and not lines[number + step].strip():
            step += direction
        yield step


def _even(line: str, *, beside_break: bool) -> str:
    shown = _MARKUP.sub(" ", line.translate(_UNSEEN)).expandtabs(_TAB)
    is_number = _PAGE_NUMBER.fullmatch(shown) or (beside_break and _BARE_NUMBER.fullmatch(shown))
    return "" if is_number else shown
