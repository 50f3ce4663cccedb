"""`planrules evaluate`, `changes` and `payback` on the command line: what they print, write and end with."""

import csv
import json
import sys
from dataclasses import replace
from datetime import date
from pathlib import Path

import polars as pl
import pytest
from asking import ROOT
from crowd import crowd
from folders import folder_of, run, table, written
from polars.testing import assert_frame_equal
from shell import BAD_DATA, CLEAN, FINDINGS, USAGE, Shell

from planrules.batch import Manifest, load_manifest
from planrules.batch.determinations import DETERMINATIONS, LEDGERS
from planrules.batch.finishing import FILES
from planrules.batch.layout import Layout, load_layout

sys.path.insert(0, str(ROOT / "docs"))  # what remakes the examples is no part of the package

import remake_examples

STEEL = "elections/steel-technologies.yaml"
PEOPLE = "docs/examples/people"
RUNS = ("docs/examples/answers-1995-12-31", "docs/examples/answers-1996-03-31")
LAYOUT = "docs/examples/payback.yaml"


def test_evaluate_writes_the_run_and_says_what_it_did(shell: Shell, tmp_path: Path) -> None:
    done = shell("evaluate", STEEL, "--people", PEOPLE, "--as-of", "1996-03-31", "--out", tmp_path / "out")
    assert done.code == CLEAN
    assert done.out.splitlines()[0] == "12 people, 12 answered, 0 set aside."
    assert set(written(tmp_path / "out")) == {*FILES.values(), "manifest.json"}
    again = shell("evaluate", STEEL, "--people", PEOPLE, "--as-of", "1996-03-31", "--out", tmp_path / "out")
    assert again == done


def test_somebody_set_aside_ends_with_1_and_everybody_with_3(shell: Shell, tmp_path: Path) -> None:
    people = folder_of(crowd(12), tmp_path / "people")
    employment = pl.read_parquet(people / "employment.parquet")
    for keys, code in ((["P00004"], FINDINGS), (employment["employee_id"].to_list(), BAD_DATA)):
        wrong = pl.when(pl.col("employee_id").is_in(keys)).then(pl.date(1980, 1, 1)).otherwise("end")
        employment.with_columns(end=wrong).write_parquet(people / "employment.parquet")
        done = shell("evaluate", STEEL, "--people", people, "--as-of", "1996-03-31", "--out", tmp_path / "out")
        assert done.code == code
        assert "exceptions.csv" in done.error
        with (tmp_path / "out" / "exceptions.csv").open(encoding="utf-8") as opened:
            told = {row["employee_id"] for row in csv.DictReader(opened)}
        assert told == set(keys)
        assert "1980" not in done.out + done.error


def test_what_cannot_be_used_ends_with_2_or_3(shell: Shell, tmp_path: Path) -> None:
    given = ["evaluate", STEEL, "--people", PEOPLE, "--out", tmp_path / "out"]
    assert shell(*given).code == USAGE
    assert shell(*given, "--as-of", "1996-02-30").code == USAGE
    assert shell(*given, "--as-of", "1996-03-31", "--at-once", "0").code == USAGE
    assert shell(*given, "--as-of", "1996-03-31", "--facts", tmp_path / "none.yaml").code == BAD_DATA
    assert shell(*given, "--as-of", "1974-12-31").code == BAD_DATA
    assert not (tmp_path / "out" / "manifest.json").exists()
    missing = shell("evaluate", STEEL, "--people", tmp_path, "--as-of", "1996-03-31", "--out", tmp_path / "out")
    assert (missing.code, "no table employees" in missing.error) == (BAD_DATA, True)


def test_the_changes_as_table_feed_and_array(shell: Shell, tmp_path: Path) -> None:
    printed = shell("changes", *RUNS)
    assert printed.code == CLEAN
    assert "Conditions met on 1995-10-14. Employed and in no excluded class on 1996-01-01." in printed.out
    assert "entered: 2" in printed.out
    rows = json.loads(shell("changes", *RUNS, "--json").out)
    assert [(row["employee_id"], row["kind"]) for row in rows] == [
        ("E1001", "entered"),
        ("E1004", "separated"),
        ("E1005", "entered"),
    ]
    for name in ("feed.csv", "feed.jsonl"):
        assert shell("changes", *RUNS, "--out", tmp_path / name).code == CLEAN
    lines = (tmp_path / "feed.jsonl").read_text("utf-8").splitlines()
    assert [json.loads(line) for line in lines] == rows
    with (tmp_path / "feed.csv").open(encoding="utf-8") as opened:
        assert [{key: value or None for key, value in row.items()} for row in csv.DictReader(opened)] == rows
    assert shell("changes", *RUNS, "--out", tmp_path / "feed.txt").code == USAGE
    assert shell("changes", *reversed(RUNS)).code == BAD_DATA
    assert "Nobody moved." in shell("changes", RUNS[0], RUNS[0]).out


def test_many_changes_are_counted_and_only_the_first_shown(shell: Shell, tmp_path: Path) -> None:
    people = folder_of(crowd(90), tmp_path / "people")
    for day in (date(1990, 3, 31), date(1997, 3, 31)):
        run(people, day, tmp_path / day.isoformat())
    printed = shell("changes", tmp_path / "1990-03-31", tmp_path / "1997-03-31").out
    found = json.loads(shell("changes", tmp_path / "1990-03-31", tmp_path / "1997-03-31", "--json").out)
    assert f"... and {len(found) - 40} more; --out writes all of them." in printed


def test_payback_writes_the_file_and_says_what_is_in_it(shell: Shell, tmp_path: Path) -> None:
    done = shell("payback", RUNS[1], "--layout", LAYOUT, "--out", tmp_path / "back.csv")
    assert (done.code, done.out) == (CLEAN, "Period through 1996-03-31: 3 rows, 3 with a match, 0 new.\n")
    text = (tmp_path / "back.csv").read_bytes().decode()
    assert text.splitlines()[1] == 'E1001,03/31/1996,ERMATCH,15.40,N,N,01/01/1996,"",P'
    since = shell("payback", RUNS[1], "--layout", LAYOUT, "--out", tmp_path / "b.csv", "--since", "1995-12-31")
    assert since.out.endswith("3 with a match, 2 new.\n")
    assert shell("payback", RUNS[1], "--layout", STEEL, "--out", tmp_path / "none.csv").code == BAD_DATA
    assert not (tmp_path / "none.csv").exists()


def test_payback_ends_with_1_where_something_is_not_known(shell: Shell, tmp_path: Path) -> None:
    run(folder_of(crowd(60), tmp_path / "people"), date(1996, 4, 10), tmp_path / "run")
    done = shell("payback", tmp_path / "run", "--layout", LAYOUT, "--out", tmp_path / "back.csv")
    assert done.code == FINDINGS
    assert "The day of joining of" in done.error
    assert (tmp_path / "back.csv").exists()


def test_payback_of_nobody_with_a_match_says_so(shell: Shell, tmp_path: Path) -> None:
    """Periods are told by the lines of the match: without one there is none, however many were over."""
    one = crowd(60).only(pl.Series(["P00001"]))
    unpaid = replace(one, pay=one.pay.clear(), employees=one.employees.with_columns(pay_known=pl.lit(value=False)))
    run(folder_of(unpaid, tmp_path / "people"), date(1996, 4, 10), tmp_path / "run")
    done = shell(
        "payback", tmp_path / "run", "--layout", LAYOUT, "--out", tmp_path / "back.csv", "--since", "1996-01-01"
    )
    assert done.out.startswith("Nobody has a line of the match, so that there is no period to pay back: ")
    assert done.error == "The day of joining of 1 person is not known; missing.parquet of the run says why.\n"
    refused = shell("payback", tmp_path / "run", "--layout", LAYOUT, "--out", tmp_path / "none.csv")
    assert refused.code == BAD_DATA
    assert "fewer than two allocation periods that were over have a line of the match" in refused.error
    assert "--since" in refused.error


def test_formats_have_a_schema(shell: Shell) -> None:
    for name, model in (("layout", Layout), ("manifest", Manifest)):
        assert set(json.loads(shell("schema", name).out)["properties"]) == set(model.model_fields)


@pytest.mark.parametrize("day", remake_examples.DAYS)
def test_the_runs_among_the_examples_are_what_evaluate_gives_now(day: date, tmp_path: Path) -> None:
    stale = "is stale: run `python docs/remake_examples.py` and look at what it changed"
    people = remake_examples.sample_people()
    for name in remake_examples.TABLES:
        assert_frame_equal(pl.read_parquet(ROOT / PEOPLE / f"{name}.parquet"), getattr(people, name))
    run(ROOT / PEOPLE, day, tmp_path / "out")
    kept = ROOT / "docs" / "examples" / f"answers-{day.isoformat()}"
    for name in (DETERMINATIONS, *LEDGERS):
        assert table(kept, name).equals(table(tmp_path / "out", name)), f"{kept.name}, {name} {stale}"
    assert load_manifest(kept).cites == load_manifest(tmp_path / "out").cites, f"{kept.name} {stale}"


def test_the_example_layout_is_one() -> None:
    assert load_layout(ROOT / LAYOUT).name == "Deduction and match upload"
