"""docs/reference/cli.md: the help of each command."""

import os
import subprocess
import sys
from functools import cache
from pathlib import Path
from typing import Any

import typer

from pages.markdown import page as made
from pages.markdown import text_block
from planrules.cli import app

INTRODUCTION = """
`planrules` reads files and prints; it writes where `--out` or `--save-profile` says, and nowhere else. `read` writes over
another text only with `--force`. Every day is an argument, and nothing depends on today's date.

| exit status | meaning |
|---|---|
| 0 | done |
| 1 | findings in a plan: its elections or facts file breaks the form, or elects what is not evaluated; in an import, rows that were set aside or a question that is open; in an evaluation, people set aside; in a file to payroll, a match or a day of joining that is not known |
| 2 | usage: an argument is missing or not of its kind |
| 3 | bad data: a file is not there or cannot be read, a person's facts cannot all be true, a legal amount is not on file, or nobody could be imported or answered for |

Sentences and JSON go to standard output, problems to standard error. Text is as wide as the terminal; set `COLUMNS`
for another width.
"""


def page() -> str:
    """The help of the program and of each of its commands."""
    parts = [f"## planrules {name}\n\n{text_block(_help(name))}" for name in names()]
    return made("Command line", INTRODUCTION, f"## planrules\n\n{text_block(_help())}", *parts)


def names() -> list[str]:
    """The names of the commands, in order."""
    return sorted(_commands())


def closing(name: str) -> str:
    """The last line of a command's help."""
    return str(_commands()[name].epilog)


def _commands() -> dict[str, Any]:
    found: dict[str, Any] = getattr(typer.main.get_command(app), "commands", {})
    return found


@cache
def _help(*command: str) -> str:
    program = Path(sys.executable).parent / "planrules"
    environment = {**os.environ, "COLUMNS": "100", "TERMINAL_WIDTH": "100", "TYPER_USE_RICH": "0"}
    line = [str(program), *command, "--help"]
    done = subprocess.run(line, env=environment, stdout=subprocess.PIPE, text=True, check=True)  # noqa: S603  our own
    return "\n".join(line.rstrip() for line in done.stdout.splitlines())
