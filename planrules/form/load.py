"""Reads a form from the package's own data, once."""

from collections.abc import Iterator, Mapping
from functools import cache
from importlib.resources import files
from typing import Any

from planrules.errors import ElectionsError, Problem
from planrules.form.model import Form
from planrules.form.strict_yaml import read_yaml

FORMS = ("adoption-agreement-005",)
"""The names of the forms planrules knows."""

_Data = Mapping[str, Any]


@cache
def load_form(name: str) -> Form:
    """The form of that name.

    Raises:
        ElectionsError: planrules has no form of that name.
    """
    if name not in FORMS:
        raise ElectionsError([unknown_form(name)])
    folder = name.replace("-", "_")
    head = dict(_read(folder, "form"))
    parts = head.pop("parts")
    sections = [section for part in parts for section in _sections(_read(folder, part))]
    return Form.model_validate({**head, "sections": sections})


def unknown_form(name: str, where: str = "form") -> Problem:
    """The problem of a form that planrules does not know."""
    return Problem(
        what=f"{name!r} is not a form planrules knows",
        where=where,
        why=f"Known: {', '.join(FORMS)}.",
        do="Write one of these names.",
        code="unknown_form",
    )


def _read(folder: str, part: str) -> _Data:
    text = (files("planrules.form") / folder / f"{part}.yaml").read_text(encoding="utf-8")
    document = read_yaml(text)
    if document.duplicates:
        msg = f"{folder}/{part}.yaml has duplicate keys: {document.duplicates}"
        raise ValueError(msg)
    data: _Data = document.data
    return data


def _sections(part: _Data) -> Iterator[_Data]:
    for citation, section in part["sections"].items():
        yield _with_children(section, citation) | {"citation": citation, "article": part["article"]}


def _with_children(node: _Data, citation: str) -> dict[str, Any]:
    """A section or option with its blanks named and its groups cited."""
    blanks = [{"name": name, **blank} for name, blank in node.get("blanks", {}).items()]
    groups = [_group(group, citation) for group in node.get("groups", [])]
    return {**node, "blanks": blanks, "groups": groups}


def _group(group: _Data, parent: str) -> _Data:
    citation = _group_citation(list(group["options"]), parent)
    options = [
        _with_children(option, key) | {"citation": key, "group": citation} for key, option in group["options"].items()
    ]
    return {**group, "citation": citation, "parent": parent, "options": options}


def _group_citation(options: list[str], parent: str) -> str:
    """2.01(j)-(k) for 2.01(j) and 2.01(k): the first option and the last one's own letter or number."""
    first, last = options[0], options[-1]
    return first if first == last else f"{first}-{last.removeprefix(parent)}"
