"""Excel workbooks, by the calamine reader. Formulas give the value they last had; macros and links are never run."""

import zipfile
from pathlib import Path

import polars as pl

from planrules.people.importing import faults
from planrules.people.importing.mapping import FileMapping
from planrules.people.importing.sources import LINE, Source, names, unreadable

_LARGEST = 4 * 1024**3
"""Bytes that a workbook may unpack to."""
_MACROS = "vbaProject.bin"
_DIGITS = 15
"""Digits that a spreadsheet itself keeps of a number; what stands behind them is noise of binary fractions."""


def read_workbook(file: Path, mapping: FileMapping) -> Source:
    """One sheet of an .xlsx workbook, its rows numbered as the sheet numbers them."""
    _inspect(file)
    try:
        sheets = pl.read_excel(
            file,
            sheet_id=0,
            engine="calamine",
            has_header=False,
            infer_schema_length=0,
            drop_empty_rows=False,
            drop_empty_cols=False,
            raise_if_empty=False,
            read_options={"header_row": None, "skip_rows": 0},
        )
    except Exception as error:  # noqa: BLE001  the reader's errors have no common class
        raise unreadable(file.name, f"cannot be read ({type(error).__name__})", "Save it as .xlsx again.") from None
    sheet = _chosen(sheets, file.name, mapping.sheet)
    rows = sheet.rename(dict(zip(sheet.columns, names(sheet.width), strict=True))).with_row_index(LINE, 1)
    head = rows.filter(pl.col(LINE) == mapping.header_row)
    if not head.height:
        raise unreadable(file.name, "no header row", "Say in the mapping which row has the headers.")
    headers = tuple(str(value or "").strip() for value in head.drop(LINE).row(0))
    body = rows.filter(pl.col(LINE) > mapping.header_row, ~pl.all_horizontal(pl.exclude(LINE).is_null()))
    return Source(file.name, headers, body.with_columns(_without_noise(pl.exclude(LINE))), faults.none())


def _inspect(file: Path) -> None:
    try:
        with zipfile.ZipFile(file) as parts:
            size = sum(part.file_size for part in parts.infolist())
            macros = any(name.endswith(_MACROS) for name in parts.namelist())
    except (OSError, zipfile.BadZipFile) as error:
        raise unreadable(file.name, f"cannot be read ({type(error).__name__})", "Save it as .xlsx.") from None
    if macros:
        raise unreadable(file.name, "a workbook with macros", "Save it as .xlsx without macros.")
    if size > _LARGEST:
        raise unreadable(file.name, "a workbook that unpacks to more than is read", "Save the sheet as CSV.")


def _chosen(sheets: dict[str, pl.DataFrame], name: str, wanted: str | None) -> pl.DataFrame:
    filled = {title: sheet for title, sheet in sheets.items() if sheet.height}
    if wanted is not None:
        filled = {title: sheet for title, sheet in filled.items() if title == wanted}
    if len(filled) != 1:
        what = "more than one sheet with rows" if filled else "no such sheet with rows"
        raise unreadable(name, what, "Name the sheet in the mapping.")
    return next(iter(filled.values()))


def _without_noise(cell: pl.Expr) -> pl.Expr:
    noisy = cell.str.contains(r"^-?[0-9]+\.[0-9]{9,}$")
    told = cell.cast(pl.Float64, strict=False).round_sig_figs(_DIGITS).cast(pl.String)
    return pl.when(noisy).then(told).otherwise(cell)
