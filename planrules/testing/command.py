"""What `planrules prove` does between reading its words and its exit status."""

import re
from collections.abc import Sequence
from difflib import get_close_matches
from pathlib import Path

import typer
from rich.console import Console
from rich.progress import BarColumn, MofNCompleteColumn, Progress, TextColumn

from planrules.api import Plan
from planrules.testing.print_proof import Commands, Files, print_proof, write_counterexamples
from planrules.testing.proof import Proof, prove
from planrules.testing.properties import PROPERTIES, Property

_WORD_GAP = re.compile(r"[\s-]+")
"""What may stand between the words of a property's name for its underscores."""


def proved(plan: Plan, names: Sequence[str], examples: int, seed: int) -> Proof:
    """The proof, with a progress bar on standard error while it runs.

    Raises:
        typer.BadParameter: no property of that name.
    """
    chosen = _chosen(names)
    with _bar() as bar:
        task = bar.add_task(f"Drawing {examples} people", total=None)

        def told(doing: str, done: int, of: int) -> None:
            bar.update(task, description=doing, completed=done, total=of)

        return prove(plan, chosen, examples=examples, seed=seed, progress=told)


def written(proof: Proof, folder: Path) -> Files:
    """The files of the smallest people, one of each broken property, written into `folder`.

    Raises:
        typer.BadParameter: the folder cannot be written.
    """
    try:
        return write_counterexamples(proof, folder)
    except OSError:
        msg = f"{folder} cannot be written; check the folder and the permissions"
        raise typer.BadParameter(msg, param_hint="--out") from None


def show(proof: Proof, plan: Plan, commands: Commands) -> None:
    """Prints the proof on standard output."""
    print_proof(proof, plan, commands, Console(highlight=False, markup=False))


def _chosen(names: Sequence[str]) -> tuple[Property, ...]:
    known = {each.name: each for each in PROPERTIES}
    meant = [_WORD_GAP.sub("_", name.strip().lower()) for name in names]
    for name, given in zip(meant, names, strict=True):
        if name not in known:
            msg = f"no property is named {given}. {_nearest(name)}"
            raise typer.BadParameter(msg, param_hint="--property")
    return tuple(known[name] for name in meant) or PROPERTIES


def _nearest(name: str) -> str:
    near = get_close_matches(name, [each.name for each in PROPERTIES], n=1)
    if near:
        return f"Did you mean {near[0]}?"
    return "`planrules prove` without --property prints the name of each"


def _bar() -> Progress:
    """A progress bar on standard error, seen only on a terminal."""
    columns = (TextColumn("{task.description}"), BarColumn(), MofNCompleteColumn())
    console = Console(stderr=True)
    return Progress(*columns, console=console, transient=True, disable=not console.is_terminal)
