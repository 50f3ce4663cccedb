"""Words on lines and lines on pages, as a style wants them."""

import re
import textwrap
from collections.abc import Iterator, Sequence
from dataclasses import dataclass

from render_style import Style

MARGIN, CELL = 22, 18
TAB = 8


@dataclass(frozen=True)
class Word:
    """A word, or a stretch of empty room.

    Attributes:
        plain: whether it is typed, a heading or a mark, and so none of the form's printed words.
        gap: whether it is empty room, after which no space is needed.
        typed: whether it was typed on a place.
    """

    text: str
    plain: bool = False
    gap: bool = False
    typed: bool = False

    @property
    def printed(self) -> list[str]:
        """The printed words in it."""
        return [] if self.plain or self.gap else [word.lower() for word in re.findall(r"[A-Za-z0-9]+", self.text)]


@dataclass(frozen=True)
class Line:
    """A line; `kept` with the one before, so that no page ends between them."""

    text: str
    kept: bool = False


def paragraph(words: Sequence[Word], style: Style, *, depth: int, box: str = "", note: str = "") -> Iterator[Line]:
    """An option or a paragraph, wrapped to the page, with a note beside it if it has one."""
    box = box.replace("\n", " ") if note else box
    in_margin = bool(note) and (style.margin or any(word.typed for word in words))
    edge = MARGIN if in_margin else style.indent * depth
    first = " " * edge + (f"{note}   " if note and not in_margin else "") + box
    rest = " " * (edge + (style.hang if box and (style.indent or in_margin) else 0))
    lines = list(_wrapped(words, style, first, rest))
    if in_margin:
        cells = textwrap.wrap(note, CELL, break_long_words=False)
        height = max(len(cells), len(lines))
        shown = [lines[row] if row < len(lines) else "" for row in range(height)]
        lines = [
            cells[row].ljust(MARGIN) + shown[row][MARGIN:] if row < len(cells) else shown[row] for row in range(height)
        ]
    for number, line in enumerate(lines):
        yield Line(line, kept=bool(note) and number > 0)
    if style.airy or note:
        yield Line("")


def _wrapped(words: Sequence[Word], style: Style, first: str, rest: str) -> Iterator[str]:
    *done, line = first.split("\n")
    yield from done
    empty, spaced = not line.strip(), True
    for word in words:
        width = max(style.width, len(rest) + 24)
        space = "" if spaced or empty else " "
        if len(line) + len(space) + len(word.text) > width and not empty and not word.gap:
            yield line
            if spaced and not style.trailing:
                yield ""
            line, space = rest, ""
        elif word.gap and len(line) + len(word.text) > width:
            yield line + word.text[: max(12, width - len(line))]
            if not style.trailing and word.text.strip() == "":
                yield ""
            line, empty, spaced = rest, True, True
            continue
        line += space + word.text
        empty, spaced = False, word.gap
    yield line


def pages(lines: Sequence[Line], style: Style) -> str:
    """The text of the form on its pages."""
    out: list[str] = []
    on_page, page = 0, 1
    for line in lines:
        if style.page_break is not None and on_page >= style.page and not line.kept:
            out += style.page_break.format(page).split("\n")
            on_page, page = 0, page + 1
        out.append(line.text)
        on_page += 1
    shown = [_ended(line, style) for line in out]
    return ("\r\n" if style.crlf else "\n").join(shown) + "\n"


def _ended(line: str, style: Style) -> str:
    line = line if style.trailing else line.rstrip(" ")
    return _tabbed(line) if style.tabs else line


def _tabbed(line: str) -> str:
    """The line with runs of spaces up to a tab stop made tabs; it looks the same."""
    out = ""
    for start in range(0, len(line), TAB):
        piece = line[start : start + TAB]
        bare = piece.rstrip(" ")
        out += bare + "\t" if len(piece) == TAB and len(piece) - len(bare) > 1 else piece
    return out
