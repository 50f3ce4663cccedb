"""Pages of long lists. A cursor says where the next page begins, and of what content: it is good for that alone."""

import base64
import binascii
import hashlib
from collections.abc import Sequence
from typing import TypeVar

from planrules.web.safety.refusals import PointedProblem, RefusedError

Each = TypeVar("Each")
MOST, USUAL = 1_000, 100
"""How many entries a page has at most, and without being asked."""


def page_of(items: Sequence[Each], limit: int, cursor: str | None, version: str) -> tuple[Sequence[Each], str | None]:
    """A page, and the cursor of the one after it; null on the last. `version` names what the list was made from.

    Raises:
        RefusedError: the cursor is none of this list.
    """
    start = 0 if cursor is None else start_of(cursor, version)
    return items[start : start + limit], next_of(start + limit, len(items), version)


def next_of(start: int, length: int, version: str) -> str | None:
    """The cursor of the page that begins here; null past the end."""
    return base64.urlsafe_b64encode(f"{start}.{_mark(version)}".encode()).decode() if start < length else None


def start_of(cursor: str, version: str) -> int:
    """Where the page of a cursor begins.

    Raises:
        RefusedError: the cursor is none of this list.
    """
    try:
        start, _, mark = base64.urlsafe_b64decode(cursor.encode()).decode().partition(".")
    except (binascii.Error, UnicodeError):
        raise _no_cursor() from None
    if mark != _mark(version) or not (start.isascii() and start.isdecimal() and len(start) < len(str(10**12))):
        raise _no_cursor()
    return int(start)


def _mark(version: str) -> str:
    return hashlib.sha256(version.encode()).hexdigest()[:12]


def _no_cursor() -> RefusedError:
    return RefusedError(
        422,
        [
            PointedProblem(
                what="not a cursor of this list as it now is",
                where="query, cursor",
                why="A cursor is the `next` of the page before, and of the same plan.",
                do="Begin again without a cursor.",
            )
        ],
    )
