"""Flags beside a person's answers: why a field is not given, or what it rests on.

A flag is a column, and there is one only for a field that may have it: most people lack nothing, and nothing is then
built for them. Of a field without a column nobody has the flag.
"""

from dataclasses import dataclass
from typing import Final

import polars as pl

UNTOLD: Final = "untold"
"""It rests on an option in free text whose meaning is not told."""
OPEN: Final = "open"
"""A missing fact leaves it open."""
TAKEN: Final = "assumed"
"""It rests on a fact that is taken as the record stands."""


@dataclass(frozen=True)
class Flags:
    """The fields that somebody may have a flag of, by kind: those told to be untold, open or taken."""

    untold: frozenset[str]
    open: frozenset[str]
    assumed: frozenset[str]

    @staticmethod
    def column(kind: str, field: str) -> str:
        """The name of a flag's column."""
        return f"{kind}.{field}"

    @property
    def columns(self) -> tuple[str, ...]:
        """The names of all of them."""
        return tuple(self.column(kind, name) for kind in (UNTOLD, OPEN, TAKEN) for name in sorted(self._of(kind)))

    def flag(self, kind: str, field: str) -> pl.Expr | None:
        """The flag, never null in its column; none where nobody has it."""
        return pl.col(self.column(kind, field)) if field in self._of(kind) else None

    def unsaid(self, field: str) -> pl.Expr | None:
        """Whether the field's answer is not given; none where everybody's is."""
        kinds = [each for each in (self.flag(OPEN, field), self.flag(UNTOLD, field)) if each is not None]
        return pl.any_horizontal(kinds) if kinds else None

    def _of(self, kind: str) -> frozenset[str]:
        return {UNTOLD: self.untold, OPEN: self.open, TAKEN: self.assumed}[kind]
