"""The benchmark measures answers: everybody made up is answered for, and a page without numbers says so."""

from pathlib import Path

import benchmark
import polars as pl
from asking import ELECTIONS, ROOT

from planrules import load_plan


def test_everybody_made_up_is_answered_for_and_most_have_joined(tmp_path: Path) -> None:
    benchmark.make(tmp_path / "people", 40)
    tables = {place.name: pl.read_parquet(place / "*.parquet") for place in (tmp_path / "people").iterdir()}
    result = load_plan(ELECTIONS).evaluate(tables, benchmark.AS_OF)
    assert result.exceptions.is_empty()
    assert set(result.people["status_of_employee"]) >= {"participant", "former_participant"}
    assert tables["pay"].group_by("employee_id").len()["len"].max() >= 220


def test_the_page_without_numbers_says_so() -> None:
    assert "Not filled in yet" in benchmark.page([])
    assert "| 1 | floor |" in benchmark.page(["| 1 | floor | 0.10 | 10 | 90 |"])
    kept = (ROOT / "docs" / "benchmarks.md").read_text("utf-8")
    assert kept == benchmark.page([]) or "One run on" in kept
