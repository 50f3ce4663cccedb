"""`planrules payback`: the file that goes back to payroll."""

from datetime import date
from pathlib import Path
from typing import Annotated

import typer

from planrules.batch.layout import load_layout
from planrules.batch.payback import payback, write_payback
from planrules.commands.options import day

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
    period = "No allocation period was over" if made.through is None else f"Period through {made.through.isoformat()}"
    typer.echo(f"{period}: {made.rows.height:,} rows, {made.matched:,} with a match, {made.newly_eligible:,} new.")
    open_ = {"the match": made.match_open, "the day of joining": made.entry_open}
    for what, count in open_.items():
        if count:
            typer.echo(
                f"{what} of {count:,} people is not known; missing.parquet of the run says why.".capitalize(), err=True
            )
    if any(open_.values()):
        raise typer.Exit(1)
