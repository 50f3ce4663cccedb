"""The benchmark measures answers: everybody made up is answered for, and a page without numbers says so."""

from pathlib import Path

import benchmark
import benchmark_page
import benchmark_people
import polars as pl
import pytest
from asking import ELECTIONS

from planrules import load_plan


def test_everybody_made_up_is_answered_for_and_most_have_joined(tmp_path: Path) -> None:
    benchmark_people.make(tmp_path / "people", 40)
    tables = {place.name: pl.read_parquet(place / "*.parquet") for place in (tmp_path / "people").iterdir()}
    result = load_plan(ELECTIONS).evaluate(tables, benchmark_people.AS_OF)
    assert result.exceptions.is_empty()
    assert set(result.people["status_of_employee"]) >= {"participant", "former_participant"}
    assert tables["pay"].group_by("employee_id").len()["len"].max() >= 220


def test_the_page_says_what_was_measured_and_that_nothing_was() -> None:
    assert benchmark_page.NOTHING in benchmark_page.page([])
    about = {"run": "2001-02-03T04:05", "machine": "m", "versions": "v", "pay": "1y", "megabytes": 90}
    lines = [
        {**about, "people": 1000, "what": "floor", "seconds": 0.5},
        {**about, "people": 1000, "what": "from files", "seconds": 2.0},
    ]
    assert "| 1,000 | by year | from files | 2.0 | 500 | 90 | 4 |" in benchmark_page.page(lines)


def test_the_page_is_that_of_the_numbers_beside_it() -> None:
    assert benchmark_page.PAGE.read_text("utf-8") == benchmark_page.page(benchmark_page.kept(benchmark_page.RESULTS))


@pytest.mark.parametrize("pay", ["1mo", "1y"])
def test_every_measurement_runs_and_tells_seconds_and_memory(tmp_path: Path, pay: str) -> None:
    benchmark_people.make(tmp_path / "people", 3, pay)
    for name in benchmark.OF_MANY:
        told = benchmark.measured(name, tmp_path / "people")
        assert told["what"] == name
        assert told["seconds"] > 0
        assert told["megabytes"] > 0
