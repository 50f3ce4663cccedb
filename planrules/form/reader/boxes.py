"""The boxes on the page, and which option of the form each one is."""

import re
from collections.abc import Iterator, Sequence
from dataclasses import dataclass

from planrules.form.reader.text import FilingText

_CHECK = r"[xX\u2713\u2714\u221a\u2611\u2612]"
_BOX = re.compile(
    rf"(?<![^\W_])\[(?P<mark>[\s_]{{0,12}}(?:{_CHECK}{{1,3}}|(?P<other>[^\s\w\[\]]{{1,2}}|[0-9A-WYZa-wyz]))?[\s_]{{0,12}})\]"
    r"[^\S\n]{0,60}(?:\n[^\S\n]{0,90}){0,5}\([^\S\n]?(?P<label>[A-Za-z]{1,5}|\d{1,2})[^\S\n]?\)"
)
_LOOSE = re.compile(rf"(?<![^\W_])\[[\s_]{{0,12}}(?:{_CHECK}{{1,3}})?[\s_]{{0,12}}\]")


@dataclass(frozen=True)
class Box:
    """A box with its letter or number.

    Attributes:
        start: where its bracket opens.
        end: where the text after its label begins.
        label: the letter or number beside it, in small letters, without parentheses.
        checked: whether it is checked; null when the mark in it cannot be read.
    """

    start: int
    end: int
    label: str
    checked: bool | None


def find_boxes(text: FilingText, start: int, end: int) -> list[Box]:
    """The boxes between two characters, in the order of the page."""
    return [_box(found) for found in _BOX.finditer(text.chars, start, end)]


def loose_boxes(text: FilingText, start: int, end: int) -> list[int]:
    """Where a box stands without a letter or number behind it."""
    labelled = {found.start() for found in _BOX.finditer(text.chars, start, end)}
    return [found.start() for found in _LOOSE.finditer(text.chars, start, end) if found.start() not in labelled]


def _box(found: re.Match[str]) -> Box:
    checked = None if found["other"] else bool(found["mark"].strip(" _\n"))
    return Box(found.start(), found.end(), found["label"].lower(), checked)


def align(found: Sequence[str], expected: Sequence[str]) -> list[int | None]:
    """For each label found, the position of the expected one it is; null where that is not certain.

    Both are in order. A label is certain when every way to bring the two together with the fewest labels left over
    pairs it with the same expected one.
    """
    if list(found) == list(expected):
        return list(range(len(expected)))
    ahead = _costs(found, expected)
    behind = [row[::-1] for row in _costs(found[::-1], expected[::-1])[::-1]]
    best = ahead[-1][-1]
    return [_certain(row, label, expected, ahead, behind, best) for row, label in enumerate(found)]


def _certain(  # noqa: PLR0913, PLR0917  both tables and where one looks in them
    row: int,
    label: str,
    expected: Sequence[str],
    ahead: Sequence[Sequence[int]],
    behind: Sequence[Sequence[int]],
    best: int,
) -> int | None:
    pairs = [
        column
        for column, other in enumerate(expected)
        if other == label and ahead[row][column] + behind[row + 1][column + 1] == best
    ]
    left_over = any(ahead[row][column] + 1 + behind[row + 1][column] == best for column in range(len(expected) + 1))
    return pairs[0] if len(pairs) == 1 and not left_over else None


def _costs(found: Sequence[str], expected: Sequence[str]) -> list[list[int]]:
    """How many labels are left over when the first so many of each are brought together."""
    rows = [list(range(len(expected) + 1))]
    for count, label in enumerate(found, start=1):
        rows.append(list(_row(rows[-1], count, label, expected)))
    return rows


def _row(above: Sequence[int], count: int, label: str, expected: Sequence[str]) -> Iterator[int]:
    yield (left := count)
    for column, other in enumerate(expected):
        left = min(above[column + 1] + 1, left + 1, above[column] if label == other else above[column] + 2)
        yield left
