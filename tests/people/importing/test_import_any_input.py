"""Any files at all: every row is used or told, nothing is a traceback, and no message repeats a cell."""

from pathlib import Path

import polars as pl
import pytest
from hypothesis import HealthCheck, given, settings
from hypothesis import strategies as st
from importing import HEAD, Folder, census, payroll

from planrules.errors import PeopleError
from planrules.people.importing.report import as_dict

DAYS = (
    "1960-05-01",
    "1994-10-15",
    "1995-01-01",
    "1995-01-15",
    "",
    "1995-02-30",
    "00000000",
    "10/15/1994",
    "34622",
    "x",
)
SIZES = ("80.00", "-80.00", "(80.00)", "", "0", "1,200.00", "$5", "1.005", "n/a")
PEOPLE = ("E1", "E2", "E3", "")
ODD = st.text(st.characters(codec="utf-8", exclude_characters="\r\n\0"), max_size=8)
CENSUS_ROW = st.tuples(st.sampled_from(PEOPLE), *[st.sampled_from(DAYS)] * 4).map(",".join)
PAY_ROW = st.tuples(st.sampled_from(PEOPLE), *[st.sampled_from(DAYS)] * 3, *[st.sampled_from(SIZES)] * 3).map(
    lambda cells: ",".join(f'"{cell}"' for cell in cells)
)
MARK = "\u0416"
"""What every cell holds and no message does."""
QUIET = settings(max_examples=60, deadline=None, suppress_health_check=[HealthCheck.function_scoped_fixture])


@pytest.fixture
def folder(tmp_path: Path) -> Folder:
    return Folder(tmp_path)


@QUIET
@given(people=st.lists(CENSUS_ROW, max_size=6), pay=st.lists(PAY_ROW, max_size=8))
def test_every_row_is_used_or_told_and_whoever_is_imported_can_be_true(
    folder: Folder, people: list[str], pay: list[str]
) -> None:
    files: dict[str, str | bytes | None] = {
        "census.csv": census(*people),
        "pay.csv": payroll(*pay),
    }
    found = folder.imported(files)
    for file in found.files.iter_rows(named=True):
        assert file["read"] == file["used"] + file["set_aside"] + file["held_back"] + file["left_out"]
        assert min(file["used"], file["set_aside"], file["held_back"]) >= 0
    told = {(row["file"], row["row"]) for row in found.errors.iter_rows(named=True)}
    if not found.questions:
        assert found.files["set_aside"].sum() == len(told)
    kept = set(found.people.employees["employee_id"])
    for table in (found.people.employment, found.people.pay):
        assert set(table["employee_id"]) <= kept
    assert found.people.pay.filter(pl.col("hours") < 0).height == 0


@QUIET
@given(cells=st.lists(st.lists(ODD, min_size=1, max_size=6), max_size=5))
def test_no_text_is_a_traceback_and_none_is_repeated(folder: Folder, cells: list[list[str]]) -> None:
    text = "\n".join([HEAD, *(",".join(f"{cell}{MARK}" for cell in row) for row in cells)])
    try:
        found = folder.imported({"census.csv": text})
    except PeopleError as error:
        said = str(error)
    else:
        said = str(as_dict(found)) + found.exceptions.write_csv()
    assert MARK not in said


@QUIET
@given(raw=st.binary(max_size=200))
def test_no_bytes_are_a_traceback(folder: Folder, raw: bytes) -> None:
    for name in ("census.csv", "census.xlsx", "census.parquet", "census.jsonl"):
        try:
            code = folder.imported({name: raw}).exit_code
        except PeopleError as error:
            code = error.exit_code
        assert code in {0, 1, 3}
