"""Queries of few people run as they stand, those of many are improved first: the answers are the same."""

from datetime import date

import polars as pl
import pytest
from asking import steel
from crowd import crowd
from polars.testing import assert_frame_equal

from planrules.engine import Result, collecting

FRAMES = ("people", "participation_periods", "vesting_periods", "matching", "missing", "assumptions", "gaps")


@pytest.mark.parametrize("as_of", ["1996-03-31", "2005-12-31"])
def test_a_query_as_it_stands_answers_as_an_improved_one(as_of: str, monkeypatch: pytest.MonkeyPatch) -> None:
    found: list[Result] = []
    for few in (0, 10**6):
        monkeypatch.setattr(collecting, "FEW", few)
        found.append(steel().evaluate(crowd(150), date.fromisoformat(as_of)))
    improved, as_it_stands = found
    for name in FRAMES:
        one, other = getattr(improved, name), getattr(as_it_stands, name)
        if name in {"missing", "assumptions"}:
            one, other = (frame.sort(pl.all()) for frame in (one, other))
        assert one.height > 0
        assert_frame_equal(one, other)
