"""`planrules payback`: the file that goes back to payroll."""

from datetime import date
from pathlib import Path
from typing import Annotated

import typer

from planrules.batch.layout import load_layout
from planrules.batch.payback import payback, write_payback
from planrules.commands.options import day
from planrules.people.importing.report import counted

NOBODY_MATCHED = "Nobody has a line of the match, so that there is no period to pay back"
EXAMPLE = (
    "Example: `planrules payback docs/examples/answers-1996-03-31 --layout docs/examples/payback.yaml --out back.csv`"
)


def payback_command(
    run: Annotated[Path, typer.Argument(help="The folder of a run.", metavar="RUN")],
    *,
    layout: Annotated[Path, typer.Option("--layout", help="How payroll reads the file.", metavar="LAYOUT")],
    out: Annotated[Path, typer.Option("--out", help="Write the file here.", metavar="FILE")],
    since: Annotated[
        date | None,
        typer.Option(
            "--since",
            parser=day,
            metavar="YYYY-MM-DD",
            help="Newly eligible is who joined after this day; without it, after the allocation period before.",
        ),
    ] = None,
) -> None:
    """The match of the latest closed period and the newly eligible; status 1 when one of them is not known."""
    made = payback(run, load_layout(layout), since)
    write_payback(made, out)
    period = NOBODY_MATCHED if made.through is None else f"Period through {made.through.isoformat()}"
    rows = counted(made.rows.height, "row", "rows")
    typer.echo(f"{period}: {rows}, {made.matched:,} with a match, {made.newly_eligible:,} new.")
    open_ = {"the match": made.match_open, "the day of joining": made.entry_open}
    for what, count in open_.items():
        if count:
            whose = f"{what[:1].upper()}{what[1:]} of {counted(count, 'person', 'people')}"
            typer.echo(f"{whose} is not known; missing.parquet of the run says why.", err=True)
    if any(open_.values()):
        raise typer.Exit(1)
