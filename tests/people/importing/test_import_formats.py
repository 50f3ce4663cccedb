"""The same people from every kind of file: separators, encodings, line ends, workbooks, Parquet, JSON, layouts."""

import io
import zipfile
from datetime import date, datetime
from pathlib import Path

import polars as pl
import pytest
import xlsxwriter
from importing import ANN, CENSUS, HEAD, Folder, census, told

from planrules.errors import PeopleError
from planrules.people.importing import Imported

BEN = "E2,1961-07-23,1990-03-01,1995-05-17,"


@pytest.fixture
def folder(tmp_path: Path) -> Folder:
    return Folder(tmp_path)


def ann_and_ben(found: Imported) -> None:
    """The two people, and nothing set aside."""
    assert told(found) == []
    assert found.exit_code == 0
    assert found.people.employees.select("employee_id", "birth_date").rows() == [
        ("E1", date(1960, 5, 1)),
        ("E2", date(1961, 7, 23)),
    ]
    assert found.people.employment.select("start", "end").rows() == [
        (date(1994, 10, 15), None),
        (date(1990, 3, 1), date(1995, 5, 17)),
    ]


CSV = {
    "plain": census(ANN, BEN),
    "byte order mark": b"\xef\xbb\xbf" + census(ANN, BEN).encode(),
    "utf-16": census(ANN, BEN).encode("utf-16"),
    "carriage returns": census(ANN, BEN).replace("\n", "\r\n"),
    "old carriage returns": census(ANN, BEN).replace("\n", "\r"),
    "no line end at the end": census(ANN, BEN).rstrip("\n"),
    "empty rows": census(ANN, ",,,,", "", BEN),
    "quoted cells": census(ANN, '"E2","1961-07-23","1990-03-01","1995-05-17",""'),
    "upper case and punctuation": census(ANN, BEN, head="EMPLOYEE_ID,D.O.B.,HIRE-DATE,TERM DATE,RE-HIRE DATE"),
    "blanks around": census(ANN.replace(",", " , "), BEN, head=HEAD.replace(",", " , ")),
}


@pytest.mark.parametrize("content", CSV.values(), ids=CSV)
def test_a_csv_file(folder: Folder, content: str | bytes) -> None:
    ann_and_ben(folder.imported({"census.csv": content}))


def test_another_separator_and_a_title_above_the_header(folder: Folder) -> None:
    text = "Year-end census\n\n" + census(ANN, BEN).replace(",", "\t")
    ann_and_ben(folder.imported({"census.tsv": text}, CENSUS | {"separator": "\t", "header_row": 3}))


def test_windows_1252_is_taken_and_told(folder: Folder) -> None:
    text = census(f"{ANN},Núñez", f"{BEN},Smith", head=f"{HEAD},Last Name").encode("windows-1252")
    found = folder.imported({"census.csv": text})
    ann_and_ben(found)
    assert [note for note in found.notes if "Windows-1252" in note]
    assert "census.csv: columns not used: Last Name" in found.notes
    with pytest.raises(PeopleError, match="not text in utf-8"):
        folder.imported({"census.csv": None}, CENSUS | {"encoding": "utf-8"})


def test_a_row_with_a_cell_too_few_or_too_many_is_set_aside_and_no_other(folder: Folder) -> None:
    found = folder.imported({"census.csv": census(ANN, "E3,1960-05-01", f"E4{ANN[2:]},x", BEN)})
    assert told(found) == [("census.csv", row, "", "cells") for row in (3, 4)]
    assert found.people.employees["employee_id"].to_list() == ["E1", "E2"]


def test_rows_are_counted_as_the_file_counts_them_over_quoted_line_ends(folder: Folder) -> None:
    head = f"{HEAD},Note"
    found = folder.imported({"census.csv": census(f'{ANN},"two\nlines, here"', "E2,x,1990-03-01,,,", head=head)})
    assert told(found) == [("census.csv", 4, "Birth Date", "unreadable_day")]
    assert found.people.employees["employee_id"].to_list() == ["E1"]


def test_a_quotation_mark_that_nobody_closes_spoils_its_own_row_only(folder: Folder) -> None:
    rows = [f'E9,"{ANN[3:]}', *(f"A{n}{ANN[2:]}" for n in range(40))]
    found = folder.imported({"census.csv": census(*rows)})
    assert told(found) == [("census.csv", 2, "", "cells")]
    assert found.people.employees.height == 40


def test_quotation_marks_inside_a_cell_are_read_as_they_stand(folder: Folder) -> None:
    rows = [f'{ANN},5" by 6" plate', f'{BEN},"said ""yes"""']
    ann_and_ben(folder.imported({"census.csv": census(*rows, head=f"{HEAD},Note")}))


def workbook(path: Path, *, sheets: int = 1, first_row: int = 0) -> None:
    book = xlsxwriter.Workbook(str(path))
    day = book.add_format({"num_format": "mm/dd/yyyy"})
    for number in range(sheets):
        sheet = book.add_worksheet(f"Census {number + 1}")
        sheet.write_row(first_row, 0, HEAD.split(","))
        for row, line in enumerate((ANN, BEN), first_row + 1):
            for column, text in enumerate(line.split(",")):
                if column and text:
                    sheet.write_datetime(row, column, datetime.fromisoformat(text), day)
                elif text:
                    sheet.write(row, column, text)
    book.close()


def test_a_workbook_with_days_as_days(folder: Folder) -> None:
    workbook(folder.folder / "census.xlsx")
    ann_and_ben(folder.imported({"census.xlsx": None}))


def test_a_workbook_s_rows_are_counted_as_the_sheet_counts_them(folder: Folder) -> None:
    workbook(folder.folder / "census.xlsx", first_row=4)
    ann_and_ben(folder.imported({"census.xlsx": None}, CENSUS | {"header_row": 5}))
    book = xlsxwriter.Workbook(str(folder.folder / "census.xlsx"))
    sheet = book.add_worksheet()
    sheet.write_row(2, 0, ["Employee ID", "Hire Date"])
    sheet.write_row(4, 0, ["E1", "Monday"])
    sheet.write_row(5, 0, ["E2", "1994-10-15"])
    book.close()
    found = folder.imported({"census.xlsx": None}, CENSUS | {"header_row": 3})
    assert told(found) == [("census.xlsx", 5, "Hire Date", "unreadable_day")]


def test_serial_days_are_asked_about_and_read_when_declared(folder: Folder) -> None:
    text = census("E1,,34622,,", "E2,,32933,34836,")
    asked = folder.imported({"census.csv": text})
    assert asked.exit_code == 3
    assert len(asked.questions) == 2
    forms = {name: {"dates": ["excel_1900", "mm/dd/yyyy"]} for name in ("hire_date", "termination_date")}
    found = folder.imported({"census.csv": text}, CENSUS | {"columns": forms})
    assert found.people.employment["start"].to_list() == [date(1994, 10, 15), date(1990, 3, 1)]


def test_a_workbook_of_two_sheets_needs_to_be_told_which(folder: Folder) -> None:
    workbook(folder.folder / "census.xlsx", sheets=2)
    with pytest.raises(PeopleError, match="more than one sheet"):
        folder.imported({"census.xlsx": None})
    ann_and_ben(folder.imported({"census.xlsx": None}, CENSUS | {"sheet": "Census 2"}))


def test_a_workbook_with_macros_is_refused(folder: Folder) -> None:
    packed = io.BytesIO()
    with zipfile.ZipFile(packed, "w") as parts:
        parts.writestr("xl/vbaProject.bin", b"")
    with pytest.raises(PeopleError, match="macros"):
        folder.imported({"census.xlsx": packed.getvalue()})


def test_numbers_of_a_workbook_are_what_the_sheet_shows(folder: Folder) -> None:
    book = xlsxwriter.Workbook(str(folder.folder / "pay.xlsx"))
    sheet = book.add_worksheet()
    sheet.write_row(0, 0, ["Employee ID", "Start", "End", "Paid On", "Hours", "Gross"])
    sheet.write_row(1, 0, ["E1", "1995-01-01", "1995-01-15", "1995-01-20", 80.1 + 0.2, 1234.1 + 0.2])
    book.close()
    found = folder.imported({"census.csv": census(ANN), "pay.xlsx": None})
    assert told(found) == []
    assert [str(value) for value in found.people.pay.select("hours", "compensation").row(0)] == ["80.30", "1234.30"]


def test_parquet(folder: Folder) -> None:
    cells = [line.split(",") for line in (ANN, BEN)]
    table = pl.DataFrame(cells, schema=HEAD.split(","), orient="row")
    days = pl.col(HEAD.split(",")[1:])
    table.with_columns(days.replace("", None).str.to_date("%Y-%m-%d")).write_parquet(folder.folder / "census.parquet")
    ann_and_ben(folder.imported({"census.parquet": None}))


def test_json_lines(folder: Folder) -> None:
    lines = [
        '{"employee_id": "E1", "DOB": "1960-05-01", "hire_date": "1994-10-15", "termination_date": null}',
        '{"employee_id": "E2", "DOB": "1961-07-23", "hire_date": "1990-03-01", "termination_date": "1995-05-17"}',
    ]
    ann_and_ben(folder.imported({"census.jsonl": "\n".join(lines)}))
    found = folder.imported({"census.jsonl": "\n".join([lines[0], '{"employee_id": "E2"', "[1]", lines[1]])})
    assert told(found) == [("census.jsonl", row, "", "not_an_object") for row in (2, 3)]


def test_numbers_of_json_keep_the_digits_they_are_written_with(folder: Folder) -> None:
    line = '{"employee_id": 17, "start": "1995-01-01", "end": "1995-01-15", "paid_on": "1995-01-20", "hours": 80.10}'
    found = folder.imported({"census.csv": census(ANN.replace("E1", "17")), "pay.jsonl": line})
    assert str(found.people.pay["hours"][0]) == "80.10"


FIXED = CENSUS | {
    "format": "fixed_width",
    "layout": {"employee_id": "1-4", "birth_date": "6-13", "hire_date": "14-21", "termination_date": "22-29"},
}


def test_a_fixed_width_file(folder: Folder) -> None:
    lines = ["E1   19600501199410150000 0000".replace(" 0000", "0000"), "E2   196107231990030119950517"]
    ann_and_ben(folder.imported({"census.txt": "\r\n".join(lines) + "\r\n"}, FIXED))
    found = folder.imported({"census.txt": f"{lines[0]}\nE3   19600501\n{lines[1]}"}, FIXED)
    assert told(found) == [("census.txt", 2, "", "cells")]


UNREADABLE = {
    "census.csv": (b"\x00\x01\x02", "not a text file"),
    "census.parquet": (b"PAR", "cannot be read"),
    "census.xlsx": (b"PK", "cannot be read"),
    "census.doc": (b"", "an ending that no reader takes"),
    "census-empty.csv": (b"", "no header row"),
    "other.csv": (b"a\n", "the mapping says nothing of"),
}


@pytest.mark.parametrize("name", UNREADABLE)
def test_a_file_that_cannot_be_read_at_all_is_refused_by_name(folder: Folder, name: str) -> None:
    content, what = UNREADABLE[name]
    with pytest.raises(PeopleError, match=what) as caught:
        folder.imported({name: content})
    assert caught.value.exit_code == 3
    assert caught.value.problems[0].where == name


def test_a_file_that_is_not_there(folder: Folder) -> None:
    with pytest.raises(PeopleError, match=r"census\.csv: there is no such file"):
        folder.imported({"census.csv": None})
