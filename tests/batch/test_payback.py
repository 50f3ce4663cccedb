"""The file back to payroll: this period's match and the newly eligible as declared, and no cell that is a formula."""

import csv
import io
from dataclasses import replace
from datetime import date
from decimal import Decimal
from pathlib import Path
from typing import Any

import polars as pl
import pytest
from asking import ROOT
from crowd import crowd
from folders import folder_of, run, table

from planrules import People
from planrules.batch.layout import Layout, load_layout
from planrules.batch.payback import payback, write_payback
from planrules.batch.payroll_facts import FACTS
from planrules.errors import FileError

AS_OF = date(1996, 4, 10)
EXAMPLE = ROOT / "docs" / "examples" / "payback.yaml"
KEY = {"header": "Id", "fact": "employee_id"}
MATCH = {"header": "Match", "fact": "match"}


def layout(*columns: dict[str, Any], **said: Any) -> Layout:  # noqa: ANN401  any key of a layout
    return Layout.model_validate({"name": "test", "columns": list(columns or (KEY, MATCH)), **said})


@pytest.fixture(scope="module")
def a_run(tmp_path_factory: pytest.TempPathFactory) -> Path:
    folder = tmp_path_factory.mktemp("payback")
    people = crowd(200)
    untold = pl.col("employee_id").is_in(["P00001", "P00002", "P00028"]) & (pl.col("paid_on") > date(1996, 2, 29))
    pay = people.pay.with_columns(compensation=pl.when(~untold).then("compensation"))
    run(folder_of(replace(people, pay=pay), folder / "people"), AS_OF, folder / "run")
    return folder / "run"


def cells(text: bytes) -> list[dict[str, str]]:
    return list(csv.DictReader(io.StringIO(text.decode("utf-8"))))


def test_the_match_of_the_latest_closed_month_adds_up(a_run: Path) -> None:
    made = payback(a_run, layout(rows="match"))
    assert (made.through, made.since) == (date(1996, 3, 31), date(1996, 2, 29))
    month = table(a_run, "matching").filter(month_end=date(1996, 3, 31))
    assert sum(Decimal(row["Match"]) for row in cells(made.text)) == month["match"].sum() > 0
    assert made.matched == len(cells(made.text)) == month.filter(pl.col("match") > 0).height


def test_the_newly_eligible_are_those_who_joined_since_the_period_before(a_run: Path) -> None:
    made = payback(a_run, layout(rows="newly_eligible"))
    people = table(a_run, "determinations").filter(pl.col("entry_on") > date(1996, 2, 29))
    assert [row["Id"] for row in cells(made.text)] == people["employee_id"].to_list()
    since = payback(a_run, layout(rows="newly_eligible"), since=date(1995, 9, 30))
    assert since.newly_eligible > made.newly_eligible > 0
    announced = payback(a_run, layout(rows="newly_eligible", announce=True))
    assert announced.newly_eligible > made.newly_eligible


def test_a_match_that_is_not_known_is_counted_and_never_written_as_an_amount(a_run: Path) -> None:
    blank = {**MATCH, "blank": "0.00"}
    made = payback(
        a_run, layout(KEY, blank, {"header": "M", "fact": "period_through", "days": "yyyymmdd"}), date(1980, 1, 1)
    )
    month = table(a_run, "matching").filter(month_end=date(1996, 3, 31))
    unknown = set(month.filter(pl.col("match").is_null())["employee_id"])
    assert made.match_open == len(unknown) > 0
    written = {row["Id"]: row for row in cells(made.text)}
    assert {written[key]["Match"] for key in unknown & written.keys()} == {""}
    assert made.entry_open == table(a_run, "determinations").filter(entry_on_status="needs_data").height > 0
    none = set(written) - set(month["employee_id"])
    assert none
    assert {(written[key]["Match"], written[key]["M"]) for key in none} == {("0.00", "")}


def test_cells_are_written_as_declared(a_run: Path) -> None:
    days = {"header": "D", "fact": "entry_on", "days": "mm/dd/yyyy"}
    flag = {"header": "F", "fact": "newly_eligible", "codes": {"true": "Y", "false": "N"}}
    text = {"header": "C", "text": "M1"}
    made = payback(a_run, layout(KEY, {**MATCH, "amounts": "implied_cents"}, days, flag, text, ending="crlf"))
    assert made.text.count(b"\r\n") == made.text.count(b"\n") == made.rows.height + 1
    whole = table(a_run, "matching").filter(month_end=date(1996, 3, 31))
    amounts = {row["employee_id"]: row["match"] for row in whole.iter_rows(named=True)}
    entry = dict(table(a_run, "determinations").select("employee_id", "entry_on").iter_rows())
    assert {day is None for day in map(entry.get, (row["Id"] for row in cells(made.text)))} == {True, False}
    for row in cells(made.text):
        assert int(row["Match"] or 0) == int((amounts.get(row["Id"]) or 0) * 100)
        day = entry[row["Id"]]
        assert row["D"] == (day.strftime("%m/%d/%Y") if day else "")
        assert row["F"] == (("Y" if day > date(1996, 2, 29) else "N") if day else "")
        assert row["C"] == "M1"
    bare = payback(a_run, layout(KEY, MATCH, header=False, separator=";")).text.decode()
    assert bare.splitlines()[0].count(";") == 1
    assert "Match" not in bare


@pytest.mark.parametrize("start", ["=", "+", "-", "@", "\t", "\r", "\n"])
def test_no_text_is_a_formula_to_a_spreadsheet(tmp_path: Path, start: str) -> None:
    key = f'{start}HYPERLINK("x")'
    everybody = crowd(60)
    named = {
        name: getattr(everybody, name).with_columns(pl.col("employee_id").replace("P00010", key))
        for name in everybody.__dataclass_fields__
    }
    run(folder_of(People.from_tables(named), tmp_path / "people"), AS_OF, tmp_path / "run")
    text = {"header": f"{start}H" if start not in "\r\n" else "H", "text": "@SUM(1)", "fact": None}
    made = payback(tmp_path / "run", layout(KEY, MATCH, text), since=date(1980, 1, 1))
    rows = list(csv.reader(io.StringIO(made.text.decode(), newline="")))
    assert f"'{key}" in [row[0] for row in rows]
    assert [cell for row in rows for cell in row if cell and cell[0] in "=+-@\t\r\n"] == []


def test_a_value_without_a_code_is_refused_by_its_column(a_run: Path) -> None:
    status = {"header": "S", "fact": "status_of_employee", "codes": {"excluded": "X"}}
    with pytest.raises(FileError, match="a value of status_of_employee without a code"):
        payback(a_run, layout(KEY, status))


@pytest.mark.parametrize(
    ("columns", "told"),
    [
        ([MATCH], "no column has employee_id"),
        ([KEY, KEY], "two columns have the same header"),
        ([KEY, {"header": "X", "fact": "ssn"}], "an unknown fact"),
        ([KEY, {"header": "X"}], "a fact or a text"),
        ([KEY, {"header": "X", "fact": "entry_on"}], "entry_on needs `days`"),
        ([KEY, {"header": "X", "fact": "allocated"}], "allocated needs `codes`"),
        ([KEY, {**MATCH, "days": "yyyymmdd"}], "`days` does not go with match"),
        ([KEY, {**MATCH, "colour": "red"}], "Extra inputs are not permitted"),
    ],
)
def test_a_layout_that_could_be_read_in_two_ways_is_refused(tmp_path: Path, columns: list[object], told: str) -> None:
    file = tmp_path / "layout.yaml"
    file.write_text(str({"name": "test", "columns": columns}).replace("'", '"'), "utf-8")
    with pytest.raises(FileError, match=r"layout\.yaml") as refused:
        load_layout(file)
    assert told in str(refused.value)


def test_the_example_layout_fits_everybody(a_run: Path, tmp_path: Path) -> None:
    declared = load_layout(EXAMPLE)
    assert {column.fact for column in declared.columns} - {None} <= set(FACTS)
    made = payback(a_run, declared)
    write_payback(made, tmp_path / "back.csv")
    assert (tmp_path / "back.csv").read_bytes() == made.text
    assert made.rows.height > 0
    assert [file.name for file in tmp_path.iterdir()] == ["back.csv"]


def test_columns_of_fixed_width_stand_where_they_are_declared(a_run: Path) -> None:
    key = {**KEY, "width": 10}
    match = {**MATCH, "amounts": "implied_cents", "width": 8, "align": "right", "pad": "0", "blank": "0"}
    made = payback(a_run, layout(key, match, rows="match", separator=None, header=False))
    told = {row["Id"]: row["Match"] for row in cells(payback(a_run, layout(rows="match")).text)}
    lines = made.text.decode("utf-8").splitlines()
    assert {len(line) for line in lines} == {18}
    assert {line[:10].rstrip(): int(line[10:]) for line in lines if line[10:].strip("0")} == {
        name: int(Decimal(amount) * 100) for name, amount in told.items() if amount
    }


def test_an_amount_that_is_not_known_is_spaces_in_a_column_filled_with_zeros(a_run: Path) -> None:
    key = {**KEY, "width": 10}
    match = {**MATCH, "amounts": "implied_cents", "width": 9, "align": "right", "pad": "0"}
    made = payback(a_run, layout(key, match, separator=None, header=False), date(1980, 1, 1))
    month = table(a_run, "matching").filter(month_end=date(1996, 3, 31))
    unknown = set(month.filter(pl.col("match").is_null())["employee_id"])
    told = {line[:10].rstrip(): line[10:] for line in made.text.decode("utf-8").splitlines()}
    assert unknown & told.keys()
    assert {told[key] for key in unknown & told.keys()} == {" " * 9}


def test_a_value_wider_than_its_column_is_refused_and_never_cut(a_run: Path) -> None:
    narrow = layout({**KEY, "width": 2}, {**MATCH, "width": 9}, separator=None)
    with pytest.raises(FileError, match="longer than 2 letters"):
        payback(a_run, narrow)


@pytest.mark.parametrize("said", [{"separator": None}, {"separator": ",", "columns": [{**KEY, "width": 9}]}])
def test_widths_go_with_no_separator_and_only_there(said: dict[str, Any]) -> None:
    with pytest.raises(ValueError, match="every column has a `width`"):
        Layout.model_validate({"name": "test", "columns": [KEY, MATCH], **said})
