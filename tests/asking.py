"""Asks the sample plan about small people: one by one, or a whole table of them in one evaluation.

A person is a mapping in the form of a person's file, as the builders of `oracle_example` make it. Nothing is expanded
or filled in here but `employee_id`, which a table numbers.
"""

from collections.abc import Iterable, Mapping, Sequence
from datetime import date
from functools import cache
from pathlib import Path
from typing import Any

import yaml

from planrules import Answer, People, Person, Plan, load_plan
from planrules.engine import Result

ROOT = Path(__file__).parents[1]
ELECTIONS = ROOT / "elections" / "steel-technologies.yaml"
FACTS = ROOT / "elections" / "steel-technologies.facts.yaml"

STEEL = "Steel Technologies Inc."
MITECH = "MiTech Steel Inc."
SECTIONS = ("participation", "vesting", "matching", "distribution", "in_service", "deferral")
LEDGERS = ("participation_periods", "vesting_periods", "matching")


def elections_for(person: Path) -> Path:
    """The elections file of the sample plan that a sample person is employed under, by the employer's name."""
    employer = yaml.safe_load(person.read_text(encoding="utf-8"))["employment"][0]["employer"]
    return _plan_of_employer().get(employer, ELECTIONS)


@cache
def _plan_of_employer() -> dict[str, Path]:
    """The elections file by the name of its employer, and of one that joined it by a Participation Agreement."""
    found = {}
    for file in ELECTIONS.parent.glob("*.yaml"):
        data = yaml.safe_load(file.read_text(encoding="utf-8"))
        if "checked" in data:
            joined = data["checked"].get("participation", {}).get("participating_employer")
            found |= dict.fromkeys((data["employer"]["name"], joined), file)
    found.pop(None, None)
    return found


@cache
def steel(**readings: str) -> Plan:
    """The sample plan, under other readings where some are given."""
    return load_plan(ELECTIONS).with_readings(**readings) if readings else load_plan(ELECTIONS)


def elections() -> dict[str, Any]:
    """The sample elections file, fresh, to change."""
    data: dict[str, Any] = yaml.safe_load(ELECTIONS.read_text(encoding="utf-8"))
    return data


def facts() -> dict[str, Any]:
    """The sample facts file, fresh, to change."""
    data: dict[str, Any] = yaml.safe_load(FACTS.read_text(encoding="utf-8"))
    return data


def changed(checked: Mapping[str, Any] | None = None, unchecked: Sequence[str] = (), **other: Any) -> Plan:  # noqa: ANN401  any blank
    """The sample plan with boxes checked and unchecked; `other` replaces whole keys of the elections or facts file."""
    said, known = elections(), facts()
    kept = {cite: blanks for cite, blanks in said["checked"].items() if cite not in unchecked}
    said["checked"] = kept | dict(checked or {})
    for key, value in other.items():
        (known if key in ("match_rates", "top_heavy") else said)[key] = value
    return Plan.from_data(said, known)


def ask(person: Mapping[str, Any], as_of: str, plan: Plan | None = None, *, other_readings: bool = False) -> Answer:
    """The answer about one person."""
    found = Person.model_validate(person)
    return (plan or steel()).answer(found, date.fromisoformat(as_of), other_readings=other_readings)


def people_of(persons: Iterable[Mapping[str, Any]]) -> People:
    return People.from_persons(Person.model_validate(person) for person in persons)


def evaluated(persons: Sequence[Mapping[str, Any]], as_of: str, plan: Plan | None = None) -> Result:
    """One evaluation of everybody, numbered "0", "1" and so on, none of them set aside."""
    numbered = [dict(person) | {"employee_id": str(number)} for number, person in enumerate(persons)]
    result = (plan or steel()).evaluate(people_of(numbered), date.fromisoformat(as_of))
    assert result.exceptions.is_empty(), result.exceptions.to_dicts()
    return result


def column(persons: Sequence[Mapping[str, Any]], as_of: str, *fields: str, plan: Plan | None = None) -> list[Any]:
    """A field of everybody, in order; several fields as a tuple a person. Days are written as text."""
    rows = evaluated(persons, as_of, plan).facts.to_dicts()
    found = [tuple(_plain(row[field]) for field in fields) for row in rows]
    return [values[0] if len(fields) == 1 else values for values in found]


def wrong(lines: Sequence[Sequence[Any]], found: Sequence[Any], at: int) -> str:
    """The lines of a table whose answer is not the one expected, which stands at `at`; empty when there are none."""
    pairs = zip(lines, found, strict=True)
    return "\n".join(
        f"{line[-1]}: expected {line[at]}, got {got} ({line[:at]})" for line, got in pairs if got != line[at]
    )


def _plain(value: object) -> object:
    return value.isoformat() if isinstance(value, date) else value
