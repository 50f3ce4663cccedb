"""A table of years and percentages, whose cells may stand on lines of their own."""

import re
from collections.abc import Callable, Mapping
from decimal import Decimal

_PIECE = re.compile(r"less\s+than\s+1\b|\d+(?:\.\d+)?[ ]?%|\d+(?:\.\d+)?(?:\s+or\s+more)?|%|\S+", re.IGNORECASE)
_LESS_THAN_ONE = "less than 1"
_HEADER = frozenset(["years", "of", "service", "nonforfeitable", "percentage", "matching", "number"])

Number = int | Decimal


def rows_of(words: str, number: Callable[[str], Number], *, last_row: int | None) -> Mapping[int, Number] | None:
    """The percentages by years; null where the words are no such table.

    Args:
        words: the cells, row by row.
        number: reads a number.
        last_row: the years of the last row that the form prints, of which then only the rows where the percentage
            rises are kept; null for a table whose rows are typed.
    """
    pieces = [" ".join(piece.split()).lower() for piece in _PIECE.findall(words)]
    pieces = [piece for piece in pieces if piece not in _HEADER]
    rows = _typed(pieces, number) if last_row is None else _printed(pieces, number, last_row)
    return rows if rows is None or last_row is None else _rises(rows)


def _typed(pieces: list[str], number: Callable[[str], Number]) -> Mapping[int, Number] | None:
    pieces = [piece.rstrip(":;,") for piece in pieces if piece not in {"years", "year", "-", "=", ";", ","}]
    if not pieces or len(pieces) % 2:
        return None
    rows: dict[int, Number] = {}
    for years, percent in zip(pieces[::2], pieces[1::2], strict=True):
        label = "0" if years == _LESS_THAN_ONE else years.removesuffix(" or more")
        if not label.isdigit() or int(label) in rows or not percent.endswith("%"):
            return None
        rows[int(label)] = number(percent)
    return rows


def _printed(pieces: list[str], number: Callable[[str], Number], last_row: int) -> Mapping[int, Number] | None:
    """The rows of a printed table; empty where none has a percentage."""
    labels = [_LESS_THAN_ONE, *(str(years) for years in range(1, last_row)), f"{last_row} or more"]
    rows: dict[int, Number] = {}
    at = -1
    for piece in pieces:
        if at + 1 < len(labels) and piece == labels[at + 1]:
            at += 1
        elif piece == "%":
            continue
        elif re.fullmatch(r"\d+(?:\.\d+)?\s*%?", piece) and at >= 0 and at not in rows:
            rows[at] = number(piece)
        else:
            return None
    return rows if at == last_row and len(rows) in {0, len(labels)} else None


def _rises(rows: Mapping[int, Number]) -> Mapping[int, Number]:
    found: dict[int, Number] = {}
    before: Number = 0
    for years, percent in rows.items():
        if percent != before:
            found[years] = percent
        before = percent
    return found or ({0: 0} if rows else {})
