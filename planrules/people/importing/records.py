"""Files that name each value: JSON Lines and Parquet."""

import json
from pathlib import Path
from typing import Any

import polars as pl

from planrules.people.importing import faults
from planrules.people.importing.mapping import FileMapping
from planrules.people.importing.sources import LINE, Source, names, unreadable
from planrules.people.importing.text_files import text_of


def read_json_lines(file: Path, mapping: FileMapping) -> Source:
    """One object of plain values a line; numbers keep the digits they are written with."""
    text, notes = text_of(file, mapping.encoding)
    rows: list[dict[str, str | None]] = []
    lines: list[int] = []
    wrong: list[int] = []
    for number, line in enumerate(text.split("\n"), 1):
        if line.strip():
            row = _object(line)
            if row is None:
                wrong.append(number)
            else:
                rows.append(row)
                lines.append(number)
    headers = tuple(dict.fromkeys(key for row in rows for key in row))
    cells = {name: [row.get(header) for row in rows] for name, header in zip(names(len(headers)), headers, strict=True)}
    frame = pl.DataFrame({**cells, LINE: lines}, schema=dict.fromkeys(cells, pl.String) | {LINE: pl.UInt32})
    bad = pl.DataFrame({LINE: wrong}, schema={LINE: pl.UInt32})
    return Source(file.name, headers, frame, faults.found("not_an_object", bad, file.name, "", "a whole row"), notes)


def _object(line: str) -> dict[str, str | None] | None:
    try:
        found = json.loads(line, parse_float=str, parse_int=str, parse_constant=str)
    except (ValueError, RecursionError):
        return None
    if not isinstance(found, dict) or any(isinstance(value, dict | list) for value in found.values()):
        return None
    return {key: _written(value) for key, value in found.items()}


def _written(value: Any) -> str | None:  # noqa: ANN401  any plain JSON value
    if isinstance(value, bool):
        return "true" if value else "false"
    return value if value is None else str(value)


def read_parquet(file: Path, mapping: FileMapping) -> Source:
    """A Parquet file of plain columns; days and numbers are taken by what they are."""
    del mapping  # a Parquet file says everything itself
    try:
        table = pl.read_parquet(file)
    except (OSError, pl.exceptions.PolarsError) as error:
        raise unreadable(file.name, f"cannot be read ({type(error).__name__})", "Check its name and format.") from None
    nested = [name for name, kind in table.schema.items() if kind.is_nested()]
    if nested:
        raise unreadable(file.name, "a column of lists or structs", "Give plain columns.")
    cells = table.select(
        pl.col(name).cast(pl.String).alias(cell) for cell, name in zip(names(table.width), table.columns, strict=True)
    )
    return Source(file.name, tuple(table.columns), cells.with_row_index(LINE, 1), faults.none())
