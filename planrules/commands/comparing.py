"""`planrules changes`: who moved between two runs."""

import json
from pathlib import Path
from typing import Annotated

import polars as pl
import typer
from rich.console import Console
from rich.table import Table

from planrules.batch.changes import changes, counts
from planrules.batch.writing import made_whole
from planrules.people.importing.report import safe_csv

EXAMPLE = "Example: `planrules changes docs/examples/answers-1995-12-31 docs/examples/answers-1996-03-31`"
_SHOWN = 40
_WIDE = 240
"""Letters in a line where nobody looks at a screen."""
_COLUMNS = ("employee_id", "kind", "field", "before", "after", "reason")


def changes_command(
    old: Annotated[Path, typer.Argument(help="The folder of the older run.", metavar="OLD")],
    new: Annotated[Path, typer.Argument(help="The folder of the newer run.", metavar="NEW")],
    *,
    out: Annotated[
        Path | None,
        typer.Option("--out", help="Write the feed here: CSV, or JSON Lines by the ending .jsonl.", metavar="FILE"),
    ] = None,
    as_json: Annotated[bool, typer.Option("--json", help="Print the changes as an array of objects.")] = False,
) -> None:
    """Who joined, owns more, became payable, left, came back or was corrected between two runs, and why."""
    if out is not None and out.suffix not in {".csv", ".jsonl"}:
        msg = "a file ending in .csv or .jsonl"
        raise typer.BadParameter(msg, param_hint="--out")
    found = changes(old, new)
    if out is not None:
        with made_whole(out) as made:
            text = safe_csv(found) if out.suffix == ".csv" else found.write_ndjson()
            made.write_text(text, encoding="utf-8", newline="\n")
    if as_json:
        typer.echo(json.dumps(found.to_dicts(), indent=2, ensure_ascii=False, default=str))
        return
    if out is None:
        _show(found)
    for kind, count in counts(found).items():
        typer.echo(f"{kind}: {count:,}")
    if found.is_empty():
        typer.echo("Nobody moved.")


def _show(found: pl.DataFrame) -> None:
    """The first rows as a table."""
    table = Table(*_COLUMNS, box=None, pad_edge=False)
    for row in found.head(_SHOWN).select(_COLUMNS).iter_rows():
        table.add_row(*("-" if value is None else str(value) for value in row))
    if not found.is_empty():
        console = Console(highlight=False, markup=False)
        # What another program reads is not cut to the width of a screen.
        console.print(table, width=None if console.is_terminal else _WIDE)
    if found.height > _SHOWN:
        typer.echo(f"... and {found.height - _SHOWN:,} more; --out writes all of them.")
