"""What a page says of columns whose codes are not known, and which columns of an upload can be left out."""

from collections.abc import Iterator
from dataclasses import dataclass
from fnmatch import fnmatchcase

import polars as pl

from planrules.people.importing import Imported
from planrules.people.importing.alike_columns import BETWEEN, CODE
from planrules.people.importing.fields import FIELDS
from planrules.people.importing.mapping import FileMapping
from planrules.people.importing.unknown_codes import accepted
from planrules.web.everybody.layouts import cannot_be_left_out

_ROWS_NAMED = 8


@dataclass(frozen=True)
class CodedColumn:
    """A column with codes that are not known.

    Attributes:
        file: the file's name.
        column: the column's header.
        count: how many rows have such a code.
        rows: the first of them.
        codes: the codes that are known.
        optional: whether the column can be left out.
    """

    file: str
    column: str
    count: int
    rows: tuple[int, ...]
    codes: tuple[str, ...]
    optional: bool


def coded_columns(imported: Imported) -> list[CodedColumn]:
    """Each column with codes that are not known, once, in the order of the files."""
    found = imported.exceptions.filter(pl.col("code") == "unknown_code").group_by("file", "column", maintain_order=True)
    told = found.agg(count=pl.len(), rows=pl.col("row").head(_ROWS_NAMED))
    return [_told(imported, **row) for row in told.iter_rows(named=True)]


def _told(imported: Imported, file: str, column: str, count: int, rows: list[int]) -> CodedColumn:
    entry = next(each for each in imported.mapping.files if fnmatchcase(file, each.files))
    fact = next((name for name, use in entry.columns.items() if column in use.headers), column)
    known = FIELDS[entry.holds].get(fact)
    codes = accepted(known.kind, entry.codes) if known else ()
    return CodedColumn(file, column, count, tuple(rows), codes, bool(known and known.may_be_unknown))


def can_be_left_out(imported: Imported) -> list[str]:
    """The headers of columns that may stay unknown, each once, and columns that could be one fact."""
    read = set(imported.files["file"])
    entries = (each for each in imported.mapping.files if any(fnmatchcase(name, each.files) for name in read))
    alike = (each.where.partition(", ")[2].split(BETWEEN) for each in imported.questions if each.code == CODE)
    offered = [
        *(header for entry in entries for header in _optional(entry)),
        *(each for some in alike for each in some),
    ]
    return [header for header in dict.fromkeys(offered) if not cannot_be_left_out([header])]


def _optional(entry: FileMapping) -> Iterator[str]:
    for fact, column in entry.columns.items():
        if FIELDS[entry.holds][fact].may_be_unknown and len(column.headers) == 1 and not entry.layout:
            yield column.headers[0]
