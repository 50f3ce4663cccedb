"""The catalogue of findings: every stable code with its severity and what it means, from `findings.yaml`."""

from collections.abc import Mapping
from functools import cache
from importlib import resources
from typing import Literal

import yaml
from pydantic import BaseModel, ConfigDict

Severity = Literal["error", "warning", "note"]
Family = Literal["file", "form", "contradiction", "law", "acknowledgment"]


class FindingKind(BaseModel):
    """One kind of finding.

    Attributes:
        severity: `error` makes the check fail; `warning` should be looked at; `note` says what was not checked.
        means: what is wrong, in general.
        do: what to do about it; null where every finding says so itself.
        family: `file` findings also keep the plan from being loaded, and nobody can answer for them.
    """

    model_config = ConfigDict(frozen=True, extra="forbid")

    severity: Severity
    means: str
    do: str | None = None
    family: Family


@cache
def finding_kinds() -> Mapping[str, FindingKind]:
    """Every kind of finding by its code, in the order of the catalogue."""
    text = resources.files(__package__).joinpath("findings.yaml").read_text(encoding="utf-8")
    families: Mapping[str, Mapping[str, Mapping[str, str]]] = yaml.safe_load(text)
    return {
        code: FindingKind.model_validate({**entry, "family": family})
        for family, entries in families.items()
        for code, entry in entries.items()
    }
