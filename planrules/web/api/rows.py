"""The rows of a table as JSON has them: percentages as an answer writes them, all else as it is."""

from collections.abc import Iterator, Mapping
from typing import Any, Final

import polars as pl
from pydantic import TypeAdapter

from planrules.answers.models import Owned, Percent
from planrules.batch.determinations import PERCENT

_OWNED: Final[TypeAdapter[Any]] = TypeAdapter(Owned | None)
_LIMITS: Final[Mapping[str, TypeAdapter[Any]]] = {
    name: TypeAdapter(Percent | None) for name in ("maximum_percent", "minimum_percent")
}


def as_rows(frame: pl.DataFrame) -> Iterator[dict[str, Any]]:
    """Each row by its columns. `0E-12`, as Python writes a zero of twelve places, is 0."""
    kinds = {**_LIMITS, **{name: _OWNED for name, kind in frame.schema.items() if kind == PERCENT}}
    found = {name: kind for name, kind in kinds.items() if name in frame.columns}
    for row in frame.iter_rows(named=True):
        plain = {name: kind.dump_python(kind.validate_python(row[name]), mode="json") for name, kind in found.items()}
        yield {**row, **plain}
