"""`planrules evaluate`: a folder of people into a folder of answers."""

from datetime import date
from pathlib import Path
from typing import Annotated

import typer
from rich.console import Console
from rich.progress import BarColumn, MofNCompleteColumn, Progress, TextColumn, TimeElapsedColumn, TimeRemainingColumn

from planrules.api import load_plan
from planrules.batch import Pace, evaluate_folder
from planrules.batch.determinations import SET_ASIDE
from planrules.batch.finishing import FILES
from planrules.batch.manifest import Manifest
from planrules.commands.options import day

EXAMPLE = (
    "Example: `planrules evaluate elections/steel-technologies.yaml --people docs/examples/people "
    "--as-of 1996-03-31 --out answers`"
)


def evaluate_command(  # noqa: PLR0913  one parameter an option
    elections: Annotated[Path, typer.Argument(help="The elections file of the plan.", metavar="ELECTIONS")],
    *,
    people: Annotated[
        Path, typer.Option("--people", help="A folder of tables, one Parquet file or folder each.", metavar="DIR")
    ],
    as_of: Annotated[
        date,
        typer.Option("--as-of", parser=day, metavar="YYYY-MM-DD", help="The day at whose close the answers hold."),
    ],
    out: Annotated[Path, typer.Option("--out", help="Write the answers to this folder.", metavar="DIR")],
    facts: Annotated[
        Path | None,
        typer.Option(
            "--facts", help="Match rates and top-heavy Plan Years; without it `<name>.facts.yaml` beside the elections."
        ),
    ] = None,
    at_once: Annotated[
        int | None,
        typer.Option(
            "--at-once",
            min=1,
            metavar="N",
            help="People evaluated at once; without it as many as have a million pay rows.",
        ),
    ] = None,
) -> None:
    """Everybody in a folder of tables: answers, ledgers and a manifest; status 1 when somebody was set aside.

    The same inputs give the same bytes. A run that was stopped goes on where it was when it is started again.
    """
    plan = load_plan(elections, facts)
    console = Console(stderr=True)
    columns = (TextColumn("people"), BarColumn(), MofNCompleteColumn(), TimeElapsedColumn(), TimeRemainingColumn())
    with Progress(*columns, console=console, disable=not console.is_terminal, transient=True) as progress:
        task = progress.add_task("people", total=None)
        pace = Pace(at_once, lambda done, total: progress.update(task, completed=done, total=total))
        manifest = evaluate_folder(plan, people, as_of, out, pace)
    _tell(manifest, out)


def _tell(manifest: Manifest, out: Path) -> None:
    """What was written, and the exit status of it."""
    counts = manifest.counts
    typer.echo(f"{counts.people:,} people, {counts.answered:,} answered, {counts.set_aside:,} set aside.")
    typer.echo(f"Written to {out.name}: {', '.join(sorted(manifest.outputs))}, manifest.json.")
    if not counts.rows[SET_ASIDE]:
        return
    typer.echo(f"Why somebody was set aside is in {FILES[SET_ASIDE]}; correct the tables and run again.", err=True)
    raise typer.Exit(1 if counts.answered else 3)
