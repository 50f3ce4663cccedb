"""The fenced blocks of a page: what is run, and what is shown as its output.

console: every `$` line is run in a folder with the project's `docs` and `elections`; what stands below it is its
output, and a `$` line with nothing below shows none. `$ echo $?` shows the exit status of the line before; a status
other than 0 has to be shown so. sh: run the same way when it begins with `$ planrules`, else left alone.
python: run, in one namespace a page; a text block that follows at once is what was printed.
"""

import contextlib
import io
import os
import re
import subprocess
import sys
import tempfile
import textwrap
from dataclasses import dataclass, field
from pathlib import Path
from typing import Any

FENCE = re.compile(r"^(?P<indent> *)```(?P<kind>\w+)\n(?P<body>.*?)^(?P=indent)```$", re.MULTILINE | re.DOTALL)
FOLLOWS = re.compile(r" *```\n+ *```text\n")
STATUS = "echo $?"
WIDTH = "100"


class BlockError(AssertionError):
    """A block that does not run."""


@dataclass
class _Run:
    """What the blocks of one page share."""

    folder: Path
    namespace: dict[str, Any] = field(default_factory=dict)
    printed: str | None = None
    status: int = 0

    def block(self, kind: str, body: str) -> str:
        """The block's body with the output as it is now."""
        printed, self.printed = self.printed, None
        if kind == "console" or (kind == "sh" and body.startswith("$ planrules")):
            return self._console(body)
        if kind == "python":
            self.printed = self._python(body)
        elif kind == "text" and printed is not None:
            return printed
        return body

    def _console(self, body: str) -> str:
        steps = [(command.removeprefix("$ "), shown) for command, shown in _steps(body)]
        lines = []
        for number, (command, shown) in enumerate(steps):
            output = f"{self.status}\n" if command == STATUS else self._command(command)
            tells = number + 1 < len(steps) and steps[number + 1][0] == STATUS
            if self.status and command != STATUS and not tells:
                message = f"`{command}` ended with {self.status}:\n{output}"
                raise BlockError(message)
            lines.append(f"$ {command}\n" + (output if shown else ""))
        return "".join(lines)

    def _command(self, command: str) -> str:
        tools = Path(sys.executable).parent
        mine = {"COLUMNS": WIDTH, "PATH": f"{tools}{os.pathsep}{os.environ['PATH']}"}
        # What somebody has served on this machine is none of the pages' business.
        environment = {**os.environ, **mine, "XDG_CONFIG_HOME": str(self.folder / "config")}
        done = subprocess.run(  # noqa: S602  the pages' own commands
            command,
            shell=True,
            cwd=self.folder,
            env=environment,
            stdout=subprocess.PIPE,
            stderr=subprocess.STDOUT,
            text=True,
            check=False,
        )
        self.status = done.returncode
        return _tidy(done.stdout)

    def _python(self, body: str) -> str:
        printed = io.StringIO()
        with contextlib.chdir(self.folder), contextlib.redirect_stdout(printed):
            exec(compile(body, "<python block>", "exec"), self.namespace)  # noqa: S102  the pages' own code
        return _tidy(printed.getvalue())


def refreshed(text: str, root: Path) -> str:
    """The page with every block run and every shown output as it is now."""
    with tempfile.TemporaryDirectory() as folder:
        for name in ("docs", "elections"):
            (Path(folder) / name).symlink_to(root / name)
        run, parts, at = _Run(Path(folder)), [], 0
        for fence in FENCE.finditer(text):
            between = text[at : fence.start("body")]
            if fence["kind"] == "text" and not FOLLOWS.fullmatch(between):
                run.printed = None
            body = run.block(fence["kind"], textwrap.dedent(fence["body"]))
            parts += [between, textwrap.indent(body, fence["indent"])]
            at = fence.end("body")
        return "".join([*parts, text[at:]])


def _steps(body: str) -> list[tuple[str, bool]]:
    """Each `$` line, with the lines that a backslash at its end adds, and whether output is shown below it."""
    pieces = re.split(r"^(\$ (?:.*\\\n)*.*)\n", body, flags=re.MULTILINE)
    if pieces[0].strip():
        message = f"a console block begins with `$ `, not with: {pieces[0]}"
        raise BlockError(message)
    return [(command, bool(shown.strip())) for command, shown in zip(pieces[1::2], pieces[2::2], strict=True)]


def _tidy(output: str) -> str:
    lines = [line.rstrip() for line in output.splitlines()]
    return "\n".join(lines).rstrip("\n") + "\n" if output.strip() else ""
