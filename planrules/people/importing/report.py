"""What an import tells: counts by file, findings by rule with their rows, questions, and what was not checked.

Nothing here holds a value of a file. Rows are listed up to a few; all of them are in the exceptions file.
"""

from collections.abc import Iterator
from typing import Any

import polars as pl

from planrules.people.importing.faults import FAULTS
from planrules.people.importing.run import Imported

_ROWS_SHOWN = 8
_SAME = ("level", "code", "file", "column", "value", "rule", "do")
_FORMULA = r"^[=+\-@\t\r]"


def as_dict(imported: Imported) -> dict[str, Any]:
    """The whole report as one object."""
    return {
        "profile": imported.mapping.profile,
        "files": imported.files.to_dicts(),
        "people": {"imported": imported.tables["employees"].height, "missing": _missing(imported)},
        "errors": _grouped(imported, "error"),
        "warnings": [_answered_for(each, imported) for each in _grouped(imported, "warning")],
        "questions": [question.as_dict() for question in imported.questions],
        "notes": list(imported.notes),
    }


def counted(count: int, one: str, many: str) -> str:
    """A number with what it counts.

    >>> counted(1, "row", "rows"), counted(1200, "row", "rows")
    ('1 row', '1,200 rows')
    """
    return f"{count:,} {one if count == 1 else many}"


def lines(imported: Imported) -> Iterator[str]:
    """The report as sentences."""
    told = as_dict(imported)
    for file in told["files"]:
        rest = [(file["set_aside"], "set aside"), (file["held_back"], "held back"), (file["left_out"], "left out")]
        parts = [f"{count:,} {words}" for count, words in [(file["used"], "used"), *rest] if count or words == "used"]
        yield f"{file['file']} ({file['holds']}): {counted(file['read'], 'row', 'rows')} read, {', '.join(parts)}."
    yield f"{counted(told['people']['imported'], 'person', 'people')} imported."
    if gone := told["people"]["missing"]:
        be = "is" if gone == 1 else "are"
        yield f"{counted(gone, 'person', 'people')} of the last import {be} in none of the files."
    for title, part in (("Set aside", "errors"), ("To look at", "warnings")):
        yield from _section(title, [_sentence(each) for each in told[part]])
    yield from _section("To answer in the mapping", [str(question) for question in imported.questions])
    yield from _section("Taken for granted", told["notes"])


def _section(title: str, sentences: list[str]) -> Iterator[str]:
    if sentences:
        yield ""
        yield f"{title}:"
        yield from (f"  {sentence}" for sentence in sentences)


def _sentence(found: dict[str, Any]) -> str:
    rows = found["rows"]
    more = f" and {found['count'] - len(rows):,} more" if found["count"] > len(rows) else ""
    where = ", ".join(part for part in (found["file"], found["column"]) if part)
    place = f"{'row' if found['count'] == 1 else 'rows'} {', '.join(map(str, rows))}{more}"
    fault = FAULTS.get(found["code"])
    shape = f" ({found['value']})" if fault is not None and fault.shape else ""
    by = found.get("acknowledged")
    looked = f" {by['by']} looked at it on {by['on']}: {by['why']}" if by else ""
    return f"{where}, {place}: {found['rule']}{shape}. {found['do']}{looked}"


def _grouped(imported: Imported, level: str) -> list[dict[str, Any]]:
    found = imported.exceptions.filter(pl.col("level") == level).group_by(_SAME, maintain_order=True)
    return found.agg(count=pl.len(), rows=pl.col("row").head(_ROWS_SHOWN)).drop("level").to_dicts()


def _answered_for(warning: dict[str, Any], imported: Imported) -> dict[str, Any]:
    """The warning, with who has looked at its rule where the mapping says so."""
    by = next((each for each in imported.mapping.acknowledged if each.rule == warning["code"]), None)
    return warning if by is None else {**warning, "acknowledged": by.model_dump(mode="json", exclude={"rule"})}


def _missing(imported: Imported) -> int | None:
    return None if imported.missing is None else imported.missing.height


def safe_csv(table: pl.DataFrame) -> str:
    """A table as CSV whose text no spreadsheet takes for a formula.

    >>> print(safe_csv(pl.DataFrame({"column": ["=1+1", "Hours"]})).rstrip())
    column
    '=1+1
    Hours
    """
    text = pl.col(pl.String)
    return table.with_columns(
        pl.when(text.str.contains(_FORMULA)).then("'" + text).otherwise(text).name.keep()
    ).write_csv()
