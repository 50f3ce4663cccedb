"""How commands print sentences."""

import typer
from rich.console import Console

from planrules.check.wording import wrapped


def print_wrapped(text: str, *, stderr: bool = False) -> None:
    """Prints lines as wide as the terminal; what goes on is moved two places to the right of where its line began."""
    width = Console(stderr=stderr).width
    for line in text.splitlines():
        words = line.lstrip(" ")
        indent = " " * (len(line) - len(words))
        typer.echo(wrapped(words, width, indent, hang="  "), err=stderr)
