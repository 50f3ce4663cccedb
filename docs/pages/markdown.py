"""Small pieces of Markdown, and the project's own words for types."""

import inspect
import itertools
import types
from collections.abc import Callable, Iterable, Mapping, Sequence
from datetime import date
from decimal import Decimal
from typing import Annotated, Any, Literal, Union, get_args, get_origin

from pydantic import BaseModel

from planrules.dates import MonthDay

NOTICE = "<!-- Written by docs/regenerate.py from the program. Edit the program, not this page. -->"


def page(title: str, *parts: str) -> str:
    """A whole page: heading, notice, then the parts with an empty line between them."""
    return "\n\n".join([f"# {title}", NOTICE, *(part.strip("\n") for part in parts if part)]) + "\n"


def table(headings: Sequence[str], rows: Iterable[Sequence[object]]) -> str:
    """A table; pipes inside cells are escaped and line breaks become spaces."""
    lines = [_row(headings), _row(["---"] * len(headings)), *(_row(row) for row in rows)]
    return "\n".join(lines)


def _row(cells: Sequence[object]) -> str:
    return "| " + " | ".join(str(cell).replace("|", "\\|").replace("\n", " ") for cell in cells) + " |"


def code(value: object) -> str:
    """The value as code."""
    return f"`{value}`"


def text_block(text: str, kind: str = "text") -> str:
    """A fenced block that nobody runs."""
    return f"```{kind}\n{text.strip()}\n```"


def doc(thing: object) -> str:
    """The docstring of a thing, without the list of its attributes."""
    return (inspect.getdoc(thing) or "").split("\nAttributes:")[0].strip()


def attributes(model: type) -> Mapping[str, str]:
    """What a class says of its attributes, by name."""
    _, _, listed = (inspect.getdoc(model) or "").partition("Attributes:\n")
    found: dict[str, str] = {}
    name = ""
    for line in itertools.takewhile(lambda each: each.startswith("    "), listed.splitlines()):
        said = line.strip()
        if not line.startswith("     "):
            name, _, said = said.partition(": ")
        found[name] = f"{found.get(name, '')} {said}".strip()
    return found


_WORDS: Mapping[Any, str] = {
    date: "day",
    str: "text",
    int: "whole number",
    bool: "true or false",
    Decimal: "decimal number",
    MonthDay: "day of the year, MM-DD",
    Any: "any value",
}


# Models whose table is under a heading of another name, or that several pages name.
_SHOWN_AT = {"Supplement": "elections.md#supplements", "Acknowledgment": "elections.md#acknowledgment"}


def kind(annotation: Any) -> str:  # noqa: ANN401  any type
    """The project's own words for a type."""
    if annotation in _WORDS:
        return _WORDS[annotation]
    if isinstance(annotation, type) and issubclass(annotation, BaseModel):
        name = annotation.__name__
        return f"[{name}]({_SHOWN_AT.get(name, f'#{name.lower()}')})"
    return _COMPOSED[get_origin(annotation)](get_args(annotation))


def _one_of(inner: tuple[Any, ...]) -> str:
    named = [kind(each) for each in inner if each is not type(None)]
    return ", or ".join(named) + (", or null" if type(None) in inner else "")


def _mapping(inner: tuple[Any, ...]) -> str:
    return f"mapping of {kind(inner[0])} to {kind(inner[1])}"


_COMPOSED: Mapping[Any, Callable[[tuple[Any, ...]], str]] = {
    Annotated: lambda inner: kind(inner[0]),
    Union: _one_of,
    types.UnionType: _one_of,
    Literal: lambda inner: ", ".join(code(value) for value in inner),
    tuple: lambda inner: f"list of {kind(inner[0])}",
    frozenset: lambda inner: f"list of {kind(inner[0])}",
    Mapping: _mapping,
    dict: _mapping,
}
