"""Fixed-width files, cut by the layout that the mapping declares. They have no header."""

from pathlib import Path

import polars as pl

from planrules.people.importing import faults
from planrules.people.importing.mapping import FileMapping
from planrules.people.importing.sources import LINE, Source
from planrules.people.importing.text_files import text_of


def read_fixed_width(file: Path, mapping: FileMapping) -> Source:
    """A file whose lines are cut at the layout's places; a line that ends before its last column is set aside."""
    text, notes = text_of(file, mapping.encoding)
    spans = {name: tuple(int(part) for part in place.split("-")) for name, place in mapping.layout.items()}
    lines = pl.Series("text", text.split("\n"), dtype=pl.String).to_frame().with_row_index(LINE, 1)
    rows = lines.filter(pl.col("text").str.strip_chars() != "")
    fits = pl.col("text").str.len_chars() >= max(first for first, _ in spans.values())
    frame = rows.filter(fits).select(
        *(
            pl.col("text").str.slice(first - 1, last - first + 1).str.strip_chars().alias(f"c{position}")
            for position, (first, last) in enumerate(spans.values())
        ),
        LINE,
    )
    return Source(
        file.name, tuple(spans), frame, faults.found("cells", rows.filter(~fits), file.name, "", "a whole row"), notes
    )
