"""Elections to check: a lawful agreement with boxes changed, and what the check finds in it."""

from collections.abc import Mapping, Sequence
from pathlib import Path
from typing import Any

from planrules.check import Report, check_elections
from planrules.form.strict_yaml import read_yaml

ROOT = Path(__file__).parents[2]
STEEL = ROOT / "elections" / "steel-technologies.yaml"
ANSWERED = ROOT / "docs" / "examples" / "agreement-with-answers.yaml"


def lawful() -> dict[str, Any]:
    """A complete, lawful agreement of a fictional employer, fresh, to change: nothing is found in it."""
    data: dict[str, Any] = read_yaml(ANSWERED.read_text(encoding="utf-8")).data
    data["checked"]["1.07(j)"] = None
    del data["acknowledged"]
    return data


def changed(checked: Mapping[str, Any] | None = None, unchecked: Sequence[str] = (), **other: Any) -> dict[str, Any]:  # noqa: ANN401  any key
    """The lawful agreement with boxes checked and unchecked; `other` replaces whole keys of the file."""
    data = lawful()
    kept = {cite: blanks for cite, blanks in data["checked"].items() if cite not in unchecked}
    return data | {"checked": kept | dict(checked or {})} | other


def marked(*more: str, without: Sequence[str] = ()) -> list[str]:
    """The lawful agreement's N/A marks with more of them, or without some."""
    marks = [*lawful()["not_applicable"], *more]
    return [mark for mark in marks if mark not in without]


def found(data: Mapping[str, Any]) -> list[tuple[str, tuple[str, ...]]]:
    """The code and the citations of every finding."""
    return [(finding.code, finding.cites) for finding in report(data).findings]


def codes(data: Mapping[str, Any]) -> list[str]:
    """The code of every finding."""
    return [code for code, _ in found(data)]


def report(data: Mapping[str, Any]) -> Report:
    return check_elections(data)
