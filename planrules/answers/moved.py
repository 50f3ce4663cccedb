"""Whom another reading moves at all: those whose rows differ under it. For the others it need not be told apart."""

from collections.abc import Callable, Mapping
from typing import Any

import polars as pl

from planrules.answers.differences import Key
from planrules.engine import Result
from planrules.plan import Terms

_KEY = "employee_id"
_READ = ("facts", "participation_periods", "vesting_periods", "matching")
"""The frames of an evaluation from which the parts of an answer are read."""
Rows = Mapping[str, tuple[tuple[Any, ...], ...]]


def whom_they_move(result: Result, others: Mapping[Key, Result]) -> Callable[[Key, str], bool]:
    """Whether an evaluation under another reading may give somebody another answer, by reading, option and employee_id.

    Where nobody's row differs nothing of an answer can; where the provisions that an answer shows differ, everybody is
    taken to be moved.
    """
    kept: dict[int, Rows] = {}
    if not others:
        return lambda _, __: False
    here = [_rows(getattr(result, name), kept) for name in _READ]
    rows = {
        key: [_rows(getattr(other, name), kept) for name in _READ]
        for key, other in others.items()
        if _shown(other.terms) == _shown(result.terms)
    }

    def moves(key: Key, employee_id: str) -> bool:
        pairs = zip(here, rows[key], strict=True) if key in rows else None
        return pairs is None or any(
            mine is not its and mine.get(employee_id) != its.get(employee_id) for mine, its in pairs
        )

    return moves


def _shown(terms: Terms) -> tuple[object, ...]:
    """The provisions that stand in an answer themselves."""
    return (
        terms.vesting.vesting_period,
        terms.vesting.match_apart,
        terms.matching.allocated_every,
        terms.in_service.employer_money,
        terms.in_service.deferral_money,
    )


def _rows(frame: pl.DataFrame, kept: dict[int, Rows]) -> Rows:
    """A frame's rows by employee_id; the same frame, which readings share, is read once."""
    if id(frame) not in kept:
        at = frame.columns.index(_KEY)
        found: dict[str, list[tuple[Any, ...]]] = {}
        for row in frame.rows():
            found.setdefault(row[at], []).append(row)
        kept[id(frame)] = {key: tuple(rows) for key, rows in found.items()}
    return kept[id(frame)]
