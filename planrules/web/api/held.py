"""Evaluations held in memory for who made them, for a while: never on disk, and never for anybody else."""

from collections.abc import Mapping
from dataclasses import dataclass
from datetime import datetime, timedelta
from threading import Lock
from typing import Final

import polars as pl

from planrules.web.audit import Asked
from planrules.web.clock import Clock
from planrules.web.safety.refusals import not_found

KEPT: Final = timedelta(minutes=30)
_MOST, _MOST_BYTES = 20, 1_000_000_000


@dataclass(frozen=True)
class Held:
    """An evaluation: its row in the audit log, which says who made it, what was told of it, and its tables."""

    row: Asked
    text: str
    tables: Mapping[str, pl.DataFrame]
    until: datetime

    @property
    def size(self) -> int:
        """About how many bytes it takes."""
        return int(sum(table.estimated_size() for table in self.tables.values()))


class Shelf:
    """Where evaluations are held: the oldest go when there are too many, or too large ones."""

    def __init__(self, clock: Clock) -> None:
        self._clock = clock
        self._lock = Lock()
        self._held: dict[str, Held] = {}

    def put(self, name: str, row: Asked, text: str, tables: Mapping[str, pl.DataFrame]) -> None:
        """Holds an evaluation."""
        with self._lock:
            self._held[name] = Held(row, text, tables, self._clock() + KEPT)
            self._clear()
            while len(self._held) > _MOST or self._bytes() > _MOST_BYTES:
                if len(self._held) == 1:
                    return
                del self._held[next(iter(self._held))]

    def get(self, name: str, owner: str) -> Held:
        """An evaluation of this caller.

        Raises:
            RefusedError: 404 where there is none, no longer one, or one of somebody else.
        """
        with self._lock:
            self._clear()
            found = self._held.get(name)
        if found is None or found.row.who != owner:
            raise not_found(what="no evaluation here, or no longer", do="Post the people again to /v1/evaluations.")
        return found

    def drop(self, name: str, owner: str) -> None:
        """Lets go of an evaluation of this caller; 404 where there is none."""
        self.get(name, owner)
        with self._lock:
            self._held.pop(name, None)

    def _clear(self) -> None:
        now = self._clock()
        self._held = {name: each for name, each in self._held.items() if each.until > now}

    def _bytes(self) -> int:
        return sum(each.size for each in self._held.values())
