"""docs/reference/conventions.md: the day-level conventions, each with what implements it."""

from importlib import import_module
from pathlib import Path
from typing import Any

import yaml

from pages.markdown import page as made
from pages.rules import every_rule

HERE = Path(__file__).parent
INTRODUCTION = """
Where the documents are silent, two careful people can both be right and still differ by a day. These are the choices
planrules makes everywhere. Each is in one place in the program. Where the choice is a [reading](readings.md), the other
option can be chosen for a plan; the rest are fixed. Cases name these numbers in their reasons.
"""


def page() -> str:
    """The conventions, numbered through."""
    found = yaml.safe_load((HERE / "conventions.yaml").read_text("utf-8"))
    number, parts = 0, [INTRODUCTION]
    for heading, entries in found.items():
        parts.append(f"## {heading}")
        for entry in entries:
            number += 1
            parts.append(_convention(number, entry))
    return made("Conventions", *parts)


def _convention(number: int, entry: dict[str, Any]) -> str:
    said = " ".join(entry["says"].split())
    where = ", ".join(_place(name) for name in entry["in"])
    reading = f" Reading: [{entry['reading']}](readings.md#{entry['reading']})." if "reading" in entry else ""
    return f"{number}. {said}{reading}\n   In: {where}."


def _place(name: str) -> str:
    """A rule by its name, linked, or a dotted name that has to exist."""
    if "." not in name:
        return f"[`{every_rule()[name].name}`](rules.md#{name})"
    module, _, attribute = name.rpartition(".")
    getattr(import_module(f"planrules.{module}"), attribute)
    return f"`{name}`"
