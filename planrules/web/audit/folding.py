"""Refusals that come again and again: the first have a row each, the others are counted, so that no flood fills a disk.

Only refusals are counted together. Whatever was given out or done has a row of its own.
"""

from collections.abc import Iterable
from dataclasses import dataclass, replace
from datetime import datetime, timedelta
from threading import Lock
from typing import Final

from planrules.web.audit.record import Done
from planrules.web.clock import Clock

_ANY: Final = "(any)"


@dataclass(frozen=True)
class RowLimits:
    """How many refusals of a kind have rows of their own.

    Attributes:
        window: seconds in which they are counted; then the count is a row, and counting begins again.
        strangers: rows in a window for whoever has not signed in, by login tried and reason, wherever it was.
        callers: rows in a window for one caller, route, status and reason.
    """

    window: int = 3600
    strangers: int = 20
    callers: int = 200


@dataclass
class _Count:
    """What came of a kind since `since`; `more` are those without a row."""

    row: Done
    since: datetime
    rows: int = 0
    more: int = 0


class Folding:
    """Tells which refusals get rows. There are as many kinds as callers, routes and reasons, and no more."""

    def __init__(self, limits: RowLimits, clock: Clock) -> None:
        self._limits, self._clock = limits, clock
        self._counts: dict[tuple[str | int, ...], _Count] = {}
        self._lock = Lock()

    def rows_for(self, row: Done, *, stranger: bool) -> tuple[Done, ...]:
        """The rows to write for a refusal: its own, or none where it is only counted."""
        kind = _kind(row, stranger=stranger)
        most = self._limits.strangers if stranger else self._limits.callers
        with self._lock:
            counted = self._counts.setdefault((kind.who, kind.route, kind.status, kind.refused), self._begun(kind))
            if counted.rows < most:
                counted.rows += 1
                return (row,)
            counted.more += 1
            return ()

    def over(self) -> tuple[Done, ...]:
        """The rows of what was counted in windows that are over."""
        before = self._clock() - timedelta(seconds=self._limits.window)
        with self._lock:
            old = {key: each for key, each in self._counts.items() if each.since <= before}
            self._counts = {key: each for key, each in self._counts.items() if key not in old}
        return _told(old.values())

    def rest(self) -> tuple[Done, ...]:
        """The rows of everything that was counted, at the end."""
        with self._lock:
            all_, self._counts = self._counts, {}
        return _told(all_.values())

    def _begun(self, kind: Done) -> _Count:
        return _Count(kind, self._clock())


def _kind(row: Done, *, stranger: bool) -> Done:
    """What refusals that are counted together have in common."""
    route = _ANY if stranger else row.route
    return replace(row, route=route, plan="", inputs_hash="", elections_hash="", answer_hash="")


def _told(counts: Iterable[_Count]) -> tuple[Done, ...]:
    return tuple(replace(each.row, times=each.more) for each in counts if each.more)
