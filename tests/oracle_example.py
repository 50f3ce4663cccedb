"""Builders of small people and of agreements like Steel's, for the oracle's own examples."""

from collections.abc import Mapping
from copy import deepcopy
from datetime import date
from functools import cache
from pathlib import Path
from typing import Any

import yaml
from oracle import STEEL, Person, Terms, answer
from oracle_terms import EMPLOYER

ELECTIONS = Path(__file__).parents[1] / "elections" / "steel-technologies.yaml"

EMPTY = {"deferral": "0.00", "regular_matching": "0.00", "employer": "0.00", "qualified_nonelective": "0.00"}


def spell(start: str, end: str | None = None, reason: str | None = None, employer: str = EMPLOYER) -> dict[str, Any]:
    return {"employer": employer, "start": start, "end": end, "reason": reason}


def pay(start: str, end: str, hours: str, compensation: str = "0.00", deferred: str = "0.00") -> dict[str, Any]:
    return {
        "start": start,
        "end": end,
        "paid_on": end,
        "hours": hours,
        "compensation": compensation,
        "salary_reduction": deferred,
    }


def person(*spells: dict[str, Any], rows: list[dict[str, Any]] | None = None, **facts: Any) -> Person:  # noqa: ANN401
    return {
        "employee_id": "E1",
        "birth_date": "1960-05-01",
        "employment": list(spells),
        "classes": [],
        "pay": rows or [],
        "accounts": EMPTY,
    } | facts


def plan_year_rows(first: int, *hours: str) -> list[dict[str, Any]]:
    """One row a Plan Year, the first ending 30 September of the year given."""
    return [pay(f"{year - 1}-10-01", f"{year}-09-30", each) for year, each in enumerate(hours, start=first)]


def day(text: str) -> date:
    return date.fromisoformat(text)


def ask(someone: Person, as_of: str, terms: Terms = STEEL) -> dict[str, Any]:
    return answer(someone, day(as_of), terms=terms)


@cache
def _steel() -> dict[str, Any]:
    found: dict[str, Any] = yaml.safe_load(ELECTIONS.read_text(encoding="utf-8"))
    return found


def steel_elections() -> dict[str, Any]:
    """Steel's elections file, fresh, to change."""
    return deepcopy(_steel())


def elected(
    checked: Mapping[str, Any],
    *without: str,
    supplements: Mapping[str, Any] | None = None,
    facts: Mapping[str, Any] | None = None,
    **readings: str,
) -> Terms:
    """Steel's agreement with boxes checked; those whose citation begins with one of `without` are taken out first."""
    said = steel_elections()
    kept = {cite: blanks for cite, blanks in said["checked"].items() if not cite.startswith(without)}
    known = STEEL.facts() | dict(facts or {})
    return Terms.of(kept | dict(checked), known, readings, said["supplements"] | dict(supplements or {}))
