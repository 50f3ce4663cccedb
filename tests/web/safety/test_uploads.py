"""What an upload may be: no bomb, no macro, no formula, no link, no password."""

import base64
import io
import zipfile

import polars as pl
import pytest
import xlsxwriter

from planrules.web.safety import Limits, check_rows, check_upload, unpacked
from planrules.web.safety.parquet import unpacks_to
from planrules.web.safety.refusals import RefusedError
from planrules.web.safety.uploads import check_named

LIMITS = Limits(max_upload=1_000_000, max_unpacked=2_000_000, max_rows=100)


def workbook(fill: object = None) -> bytes:
    made = io.BytesIO()
    book = xlsxwriter.Workbook(made)
    sheet = book.add_worksheet()
    sheet.write(0, 0, "hours")
    sheet.write(1, 0, 40)
    if callable(fill):
        fill(book, sheet)
    book.close()
    return made.getvalue()


def with_part(content: bytes, name: str, part: bytes) -> bytes:
    made = io.BytesIO()
    with zipfile.ZipFile(io.BytesIO(content)) as old, zipfile.ZipFile(made, "w") as new:
        for each in old.namelist():
            new.writestr(each, old.read(each))
        new.writestr(name, part)
    return made.getvalue()


def zipped(files: dict[str, bytes]) -> bytes:
    made = io.BytesIO()
    with zipfile.ZipFile(made, "w", zipfile.ZIP_DEFLATED) as archive:
        for name, content in files.items():
            archive.writestr(name, content)
    return made.getvalue()


def refusal(content: bytes) -> tuple[int, str]:
    with pytest.raises(RefusedError) as caught:
        check_upload(content, LIMITS)
    return caught.value.status, caught.value.problems[0].what


def test_values_are_taken() -> None:
    check_upload(workbook(), LIMITS)
    check_upload(workbook(lambda _, sheet: sheet.write_url(2, 0, "https://example.com")), LIMITS)
    check_upload(b"employee_id,hours\nE1,40\n", LIMITS)
    check_upload(b"", LIMITS)


def test_whatever_runs_fetches_or_is_worked_out_is_refused() -> None:
    found = {
        "formula": refusal(workbook(lambda _, sheet: sheet.write_formula(2, 0, "=1+1"))),
        "array formula": refusal(workbook(lambda _, sheet: sheet.write_array_formula(2, 0, 3, 0, "{=A1:A2}"))),
        "macros": refusal(with_part(workbook(), "xl/vbaProject.bin", b"macro")),
        "old macros": refusal(with_part(workbook(), "xl/macrosheets/sheet1.xml", b"<x/>")),
        "link": refusal(with_part(workbook(), "xl/externalLinks/externalLink1.xml", b"<x/>")),
        "connection": refusal(with_part(workbook(), "xl/connections.xml", b"<x/>")),
        "remote part": refusal(
            with_part(workbook(), "xl/_rels/more.rels", b'<Relationship TargetMode="External" Target="http://x"/>')
        ),
        "entity": refusal(with_part(workbook(), "xl/more.xml", b'<!DOCTYPE x [<!ENTITY a "aaaa">]><x/>')),
        "old format": refusal(b"\xd0\xcf\x11\xe0\xa1\xb1\x1a\xe1" + b"0" * 100),
    }
    assert {name: status for name, (status, _) in found.items()} == dict.fromkeys(found, 422)
    assert "formulas" in found["formula"][1]
    assert "formulas" in found["array formula"][1]
    assert "macros" in found["macros"][1]
    assert "links" in found["link"][1]


FORMULA = b'<x:worksheet xmlns:x="m"><x:sheetData><x:c><x:f>1+1</x:f></x:c></x:sheetData></x:worksheet>'
SHEET = '<Relationships><Relationship Id="r9" Type="http://x/worksheet" Target="{}"/></Relationships>'


def related(target: str) -> bytes:
    """A workbook that names one more sheet in its relationships."""
    return with_part(workbook(), "xl/_rels/more.rels", SHEET.format(target).encode())


def test_a_workbook_that_does_not_begin_as_one_is_refused() -> None:
    hidden = workbook(lambda _, sheet: sheet.write_formula(2, 0, "=1+1"))
    behind = (hidden + b"\0" * 100, workbook() + hidden, hidden[:-2] + b"\1\0x")
    for content in (b"\n" + hidden, b"PAR1" + hidden, *behind):
        assert refusal(content)[0] == 422
    assert refusal(b"\n" + hidden + b"x" * 100_000)[0] == 422, "farther from the end than zipfile looks"
    for name in ("census.xlsx", "CENSUS.XLSX", "census.xlsm"):
        with pytest.raises(RefusedError):
            check_named(name, b"employee_id\nE1\n")
    check_named("census.csv", b"employee_id\nE1\n")
    check_named("census.xlsx", workbook())
    with pytest.raises(RefusedError):
        check_named("census.dat", b"employee_id\nE1\n", as_workbook=True)


def test_formulas_are_found_in_whatever_part_they_are() -> None:
    found = {
        "outside the folder": refusal(with_part(workbook(), "xl/other/sheet.xml", FORMULA)),
        "another ending": refusal(with_part(related("other/sheet.dat"), "xl/other/sheet.dat", FORMULA)),
        "written as an entity": refusal(with_part(related("sheet&#46;dat"), "xl/sheet.dat", FORMULA)),
        "UTF-16": refusal(with_part(workbook(), "xl/worksheets/sheet9.xml", FORMULA.decode().encode("utf-16"))),
        "UTF-7": refusal(
            with_part(workbook(), "xl/worksheets/sheet9.xml", b'<?xml version="1.0" encoding="UTF-7"?><worksheet/>')
        ),
        "one name twice": refusal(with_part(workbook(), "xl/worksheets/SHEET1.xml", b"<worksheet/>")),
        "OpenDocument": refusal(with_part(workbook(), "content.xml", b"<x/>")),
        "without a list of contents": refusal(zipped({"xl/worksheets/sheet1.xml": FORMULA})),
    }
    assert {name: status for name, (status, _) in found.items()} == dict.fromkeys(found, 422)
    assert "formulas" in found["outside the folder"][1]
    assert "not understood" in found["another ending"][1]
    assert "not understood" in found["written as an entity"][1]
    assert "UTF-8" in found["UTF-16"][1]


def test_pictures_comments_and_charts_are_no_formulas() -> None:
    def filled(book: xlsxwriter.Workbook, sheet: xlsxwriter.worksheet.Worksheet) -> None:
        sheet.write_comment(0, 0, "a comment")
        chart = book.add_chart({"type": "line"})
        chart.add_series({"values": "=Sheet1!$A$2:$A$2"})
        sheet.insert_chart("D4", chart)
        pixel = base64.b64decode(
            "iVBORw0KGgoAAAANSUhEUgAAAAEAAAABCAYAAAAfFcSJAAAADUlEQVR42mNk+M9QDwADhgGAWjR9awAAAABJRU5ErkJggg=="
        )
        sheet.insert_image("F4", "pixel.png", {"image_data": io.BytesIO(pixel)})

    check_upload(workbook(filled), LIMITS)


def test_bombs_are_refused_by_what_they_would_unpack_to() -> None:
    assert refusal(zipped({"a.csv": b"0" * 3_000_000}))[0] == 413
    assert refusal(b"0" * 1_000_001)[0] == 413
    assert refusal(zipped({f"{n}.csv": b"" for n in range(21)}))[0] == 422
    assert refusal(b"PK\x03\x04 and no archive")[0] == 422


def lying(content: bytes, declared: int) -> bytes:
    """The archive with another size of its file told in its directory."""
    at = content.rindex(b"PK\x01\x02") + 24
    return content[:at] + declared.to_bytes(4, "little") + content[at + 4 :]


def test_archives_are_unpacked_by_name_and_within_bounds() -> None:
    assert unpacked(zipped({"folder/pay.parquet": b"PAR1", "b.csv": b"x"}), LIMITS) == {
        "pay.parquet": b"PAR1",
        "b.csv": b"x",
    }
    for wrong in (
        zipped({"a/pay.parquet": b"1", "b/pay.parquet": b"2"}),
        zipped({"inner.zip": zipped({"a": b"1"})}),
        zipped({"a.csv": b"0" * 3_000_000}),
        lying(zipped({"a.csv": b"0" * 1_500_000}), 10),
        b"no archive",
    ):
        with pytest.raises(RefusedError):
            unpacked(wrong, LIMITS)


def test_rows_are_counted_before_they_are_read() -> None:
    made = io.BytesIO()
    pl.DataFrame({"a": [0] * 101}).write_parquet(made)
    with pytest.raises(RefusedError) as caught:
        check_rows(made.getvalue(), LIMITS)
    assert caught.value.status == 413
    made = io.BytesIO()
    pl.DataFrame({"a": [0] * 100}).write_parquet(made)
    assert check_rows(made.getvalue(), LIMITS) == 100
    for wrong in (b"", b"PAR1", b"employee_id\nE1\n", made.getvalue()[:-8]):
        with pytest.raises(RefusedError):
            check_rows(wrong, LIMITS)


def parquet(table: pl.DataFrame, **more: object) -> bytes:
    made = io.BytesIO()
    table.write_parquet(made, **more)  # type: ignore[arg-type]
    return made.getvalue()


@pytest.mark.parametrize("compression", ["uncompressed", "zstd", "snappy"])
def test_the_headers_of_a_parquet_file_tell_its_rows_and_size(compression: str) -> None:
    table = pl.DataFrame({"a": [f"{n:050}" for n in range(90)], "b": [*range(89), None], "c": [None] * 90})
    content = parquet(table, compression=compression, row_group_size=40, data_page_size=500)
    size, rows = unpacks_to(content)
    assert rows == 90
    assert 50 * 90 < size < 2 * 50 * 90


@pytest.mark.parametrize(
    "table",
    [
        pl.DataFrame({"a": [f"{n:040000}" for n in range(60)]}),  # written out, and packed to little
        pl.DataFrame({"a": ["x" * 40_000] * 60}),  # written once, and in every row
    ],
    ids=["pages", "one text"],
)
def test_a_parquet_file_that_unpacks_to_too_much_is_refused(table: pl.DataFrame) -> None:
    content = parquet(table, compression="zstd")
    assert len(content) < 100_000
    with pytest.raises(RefusedError) as caught:
        check_rows(content, LIMITS)
    assert caught.value.status == 413
    assert "unpacks to" in caught.value.problems[0].what


def test_rows_are_counted_by_the_values_of_a_column_too() -> None:
    nested = parquet(pl.DataFrame({"a": [[None] * 101]}, schema={"a": pl.List(pl.Int8)}))
    with pytest.raises(RefusedError) as caught:
        check_rows(nested, LIMITS)
    assert caught.value.status == 413


def test_spoiled_headers_are_refused_and_nothing_else_comes_of_them() -> None:
    content = parquet(pl.DataFrame({"a": ["x", "y"], "b": [1, 2]}))
    for at in range(4, len(content)):
        for byte in (0, 127, 255):
            spoiled = content[:at] + bytes([byte]) + content[at + 1 :]
            try:
                unpacks_to(spoiled)
            except ValueError:
                continue
