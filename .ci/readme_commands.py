"""Prints the n-th command of the README's section "Two commands", so that CI runs what a newcomer is told to type."""

import re
import sys
from pathlib import Path

README = Path(__file__).resolve().parent.parent / "README.md"
SECTION = re.compile(r"^## Two commands$(.*?)(?=^## |\Z)", re.MULTILINE | re.DOTALL)
BLOCK = re.compile(r"^```sh\n(.*?)^```$", re.MULTILINE | re.DOTALL)
EXPECTED = 2


def commands() -> list[str]:
    """The two commands, in order."""
    section = SECTION.search(README.read_text(encoding="utf-8"))
    found = BLOCK.findall(section.group(1)) if section else []
    if len(found) != EXPECTED:
        message = f"README.md, Two commands: {len(found)} sh blocks, {EXPECTED} are needed."
        raise SystemExit(message)
    return [block.strip() for block in found]


if __name__ == "__main__":
    sys.stdout.write(commands()[int(sys.argv[1]) - 1] + "\n")
