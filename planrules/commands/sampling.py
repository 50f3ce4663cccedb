"""`planrules sample`: a made-up workforce, as large as wanted."""

from pathlib import Path
from typing import Annotated

import typer

from planrules.commands.next_steps import after_sample
from planrules.commands.printing import print_wrapped
from planrules.people.importing.report import counted
from planrules.sampling import make_sample, steel

EXAMPLE = "Example: `planrules sample --employees 571 --seed 1 --defects 20 --out sample`"


def sample_command(  # noqa: PLR0913  one parameter an option of the command
    out: Annotated[Path, typer.Option("--out", help="Write the files and the tables to this folder.", metavar="DIR")],
    *,
    employees: Annotated[int, typer.Option("--employees", min=1, help="How many people.", metavar="N")] = 571,
    seed: Annotated[int, typer.Option("--seed", min=0, help="The same seed gives the same bytes.", metavar="S")] = 1,
    years: Annotated[int, typer.Option("--years", min=1, max=20, help="Years of pay on file.", metavar="Y")] = 3,
    defects: Annotated[
        int, typer.Option("--defects", min=0, help="Faults of practice to put into the files.", metavar="N")
    ] = 0,
    force: Annotated[bool, typer.Option("--force", help="Write over a folder that has other content.")] = False,
) -> None:
    """A made-up workforce like Steel's: files as payroll has them, their mapping, and the tables they come to."""
    make_sample(out, employees, seed, years=years, spoiled=defects, force=force)
    people = counted(employees, "person", "people")
    print_wrapped(f"{people}: {out}/files with map.yaml, {out}/people, {out}/defects.csv.")
    typer.echo(f"\n{after_sample(out, steel().through)}")
