"""Writes elections as an elections file: in the form's order, every citation with its label beside it."""

import textwrap
from collections.abc import Iterator, Mapping, Sequence
from datetime import date
from decimal import Decimal
from typing import Any

from planrules.form.model import Form, Section
from planrules.form.strict_yaml import scalar

_WIDTH = 120
_LONG = 80
_COLUMN = 34
_PLAIN = frozenset("abcdefghijklmnopqrstuvwxyzABCDEFGHIJKLMNOPQRSTUVWXYZ0123456789 .&'/()_-")
_ESCAPES = {"\\": "\\\\", '"': '\\"'}
_SHORT_ESCAPE, _LONG_ESCAPE = 0x100, 0x10000
_KEYS = """
How to read this file: each key under `checked` is the citation of one checked box; what stands after it was written in
the box's blanks, what stands after # is the form's label in our words. A box that is not here was not checked. A
section's own blanks stand under its bare number.
"""


def elections_file(elections: Mapping[str, Any], form: Form, head: Sequence[str]) -> str:
    """The text of an elections file.

    Args:
        elections: the content, as `parse_elections` takes it.
        form: the form it is about.
        head: paragraphs for its head.
    """
    return (
        "\n".join(
            [
                *_head(head),
                *_identity(elections),
                *_marks(elections, form),
                *_checked(elections, form),
                *_rest(elections),
            ]
        )
        + "\n"
    )


def _head(paragraphs: Sequence[str]) -> Iterator[str]:
    for number, paragraph in enumerate((*paragraphs, " ".join(_KEYS.split()))):
        is_item = paragraph.startswith("- ")
        if number and not is_item:
            yield "#"
        indent = "  " if is_item else ""
        yield from (f"# {line}" for line in textwrap.wrap(_shown(paragraph), _WIDTH - 2, subsequent_indent=indent))
    yield ""


def _identity(elections: Mapping[str, Any]) -> Iterator[str]:
    yield f"form: {elections['form']}"
    yield f"employer: {_flow(elections['employer'])}"
    yield f"plan: {_flow(elections['plan'])}"
    if elections.get("source"):
        yield f"source: {_flow(elections['source'])}"


def _marks(elections: Mapping[str, Any], form: Form) -> Iterator[str]:
    if elections.get("not_applicable"):
        yield "\n# Marked N/A on the form: a section, a group of boxes or a single box.\nnot_applicable:"
        for mark in elections["not_applicable"]:
            yield _beside(f"  - {_key(mark)}", _label(form, mark))


def _checked(elections: Mapping[str, Any], form: Form) -> Iterator[str]:
    yield "\nchecked:" if elections["checked"] else "\nchecked: {}"
    section: Section | None = None
    for citation, blanks in elections["checked"].items():
        here = form.section_of(citation)
        if here is not None and here is not section:
            number = f"{here.citation} " if here.citation[0].isdigit() else ""
            yield f"\n  # ---- {number}{here.title} ".ljust(82, "-")
            section = here
        yield from _option(citation, blanks, _label(form, citation) if citation in form.option else "")


def _option(citation: str, blanks: Mapping[str, Any], label: str) -> Iterator[str]:
    short = f"  {_key(citation)}: {_flow(blanks)}"
    if not blanks or (len(short) <= _LONG and not any(_is_long(value) for value in blanks.values())):
        yield _beside(short if blanks else f"  {_key(citation)}:", label)
        return
    yield _beside(f"  {_key(citation)}:", label)
    for name, value in blanks.items():
        yield from _entry(name, value)


def _entry(name: str, value: object) -> Iterator[str]:
    if isinstance(value, str) and _is_long(value) and value.isprintable():
        yield f"    {name}: >-"
        yield from (
            f"      {line}" for line in textwrap.wrap(value, _WIDTH - 6, break_long_words=False, break_on_hyphens=False)
        )
    else:
        yield f"    {name}: {_flow(value)}"


def _rest(elections: Mapping[str, Any]) -> Iterator[str]:
    if elections.get("supplements"):
        yield "\n# What the free text written in a blank means, in structure.\nsupplements:"
        for citation, meaning in elections["supplements"].items():
            yield f"  {_key(citation)}:"
            for name, value in meaning.items():
                yield f"    {name}: {_flow(value)}"
    if elections.get("readings"):
        yield "\n# Choices where the document can be read in more than one way.\nreadings:"
        yield from (f"  {name}: {option}" for name, option in elections["readings"].items())


def _label(form: Form, citation: str) -> str:
    if citation in form.section:
        return form.section[citation].title
    if citation not in form.option:
        return form.group[citation].label
    option = form.option[citation]
    return f"{form.group[option.group].label}: {option.label}"


def _beside(text: str, comment: str) -> str:
    return f"{text.ljust(_COLUMN)}  # {comment}" if comment else text


def _key(citation: str) -> str:
    return citation if isinstance(scalar(citation), str) else f'"{citation}"'


def _is_long(value: object) -> bool:
    return isinstance(value, str) and len(value) > _LONG


def _flow(value: object) -> str:
    """A value on one line."""
    if isinstance(value, Mapping):
        return "{" + ", ".join(f"{key}: {_flow(item)}" for key, item in value.items()) + "}"
    if isinstance(value, list | tuple):
        return "[" + ", ".join(_flow(item) for item in value) + "]"
    if isinstance(value, str):
        return _text(value)
    if isinstance(value, Decimal):
        return format(value, "f")
    return value.isoformat() if isinstance(value, date) else str(value)


def _text(text: str) -> str:
    """A text, quoted unless it cannot be taken for anything else."""
    is_plain = text[:1].isalpha() and text[-1:] != " " and _PLAIN.issuperset(text) and scalar(text) == text
    return text if is_plain else '"' + "".join(_escaped(char) for char in text) + '"'


def _escaped(char: str) -> str:
    if char in _ESCAPES or char.isprintable():
        return _ESCAPES.get(char, char)
    code = ord(char)
    return f"\\x{code:02x}" if code < _SHORT_ESCAPE else f"\\u{code:04x}" if code < _LONG_ESCAPE else f"\\U{code:08x}"


def _shown(text: str) -> str:
    return "".join(char if char.isprintable() else "?" for char in text)
