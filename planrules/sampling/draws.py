"""Numbers that look drawn by chance and are the same for the same seed, person and question, anywhere and in any order.

The mixing is that of SplitMix64 (Steele, Lea, Flood 2014), as integer arithmetic of Polars columns: a frame's own
hashing and shuffling may change between versions, and would draw by position in the frame.
"""

from dataclasses import dataclass
from zlib import crc32

import polars as pl

NUMBER = "number"
"""The column that numbers people; a person's draws depend on it and on nothing else of the frame."""
_STEP, _FIRST, _SECOND = 0x9E3779B97F4A7C15, 0xBF58476D1CE4E5B9, 0x94D049BB133111EB
_ROUND = 1 << 64


def _unsigned(value: int) -> pl.Expr:
    return pl.lit(value % _ROUND, dtype=pl.UInt64)


def _mixed(bits: pl.Expr) -> pl.Expr:
    for shift, factor in ((30, _FIRST), (27, _SECOND)):
        bits = (bits ^ (bits // _unsigned(1 << shift))) * _unsigned(factor)
    return bits ^ (bits // _unsigned(1 << 31))


@dataclass(frozen=True)
class Draws:
    """The draws of one seed."""

    seed: int

    def below(self, question: str, count: int, *, of: pl.Expr | None = None) -> pl.Expr:
        """A whole number from 0 up to `count`, itself not included; `of` tells several draws of a person apart."""
        start = _unsigned(_STEP * (crc32(question.encode()) + self.seed * 2 + 1))
        bits = _mixed(pl.col(NUMBER).cast(pl.UInt64) * _unsigned(_STEP) + start)
        if of is not None:
            bits = _mixed(bits + of.cast(pl.UInt64) * _unsigned(_STEP))
        return (bits // _unsigned(1 << 32) % _unsigned(count)).cast(pl.Int64)

    def happens(self, question: str, per_thousand: int, *, of: pl.Expr | None = None) -> pl.Expr:
        """Whether something happens that happens to so many of a thousand."""
        return self.below(question, 1000, of=of) < per_thousand
