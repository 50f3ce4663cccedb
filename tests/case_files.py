"""The cited cases of ``tests/cases``: one YAML file a case, read, checked and expanded into what the engine takes.

A case states a person, a day and the answer that the plan documents give, so that a plan administrator can review it
without reading code. ``tests/cases/README.md`` describes the format. Unknown keys and keys given twice are refused.
"""

import calendar
import re
from collections.abc import Iterator
from dataclasses import dataclass
from datetime import date, timedelta
from decimal import Decimal
from pathlib import Path
from typing import Any, Literal, Self

import yaml
from pydantic import BaseModel, ConfigDict, Field, model_validator

CASES = Path(__file__).parent / "cases"
NOT_ENCODED = CASES / "not_encoded.yaml"
ELECTIONS = Path(__file__).parents[1] / "elections"

ACCOUNTS = ("deferral", "regular_matching", "employer", "qualified_nonelective")
AMOUNTS = ("hours", "compensation", "salary_reduction")
PARTS = (
    *("bonus", "overtime", "commissions", "other_elective_contributions"),
    *("cash_or_deferred", "mandatory_contribution"),
)
PAY_KEYS = {"start", "end", "each", "paid_on", "employer", "kind", "days", *AMOUNTS, *PARTS}
SEPTEMBER, MID_MONTH = 9, 15


class Source(BaseModel):
    """Where a case comes from: the id of an example or question, or in words; ``url`` when it was published."""

    model_config = ConfigDict(extra="forbid", frozen=True)

    id: str | None = None
    title: str
    url: str | None = None


class Changes(BaseModel):
    """What the case changes in the plan's elections file (all but the last) and in its facts file."""

    model_config = ConfigDict(extra="forbid", frozen=True)

    checked: dict[str, Any] = Field(default_factory=dict)
    unchecked: tuple[str, ...] = ()
    applicable: tuple[str, ...] = ()
    supplements: dict[str, Any] = Field(default_factory=dict)
    readings: dict[str, str] = Field(default_factory=dict)
    facts: dict[str, Any] = Field(default_factory=dict)


class Case(BaseModel):
    """One case: a person on a day under a plan, the expected part of the answer, the citations and the reason.

    ``kind: hce_limit`` has no person; it maps averages of the nonhighly compensated to the highest average allowed.
    """

    model_config = ConfigDict(extra="forbid", frozen=True)

    path: Path
    name: str
    cites: tuple[str, ...] = Field(min_length=1)
    source: Source
    kind: Literal["person", "hce_limit"] = "person"
    plan: str | None = None
    changes: Changes = Changes()
    as_of: date | None = None
    person: dict[str, Any] | None = None
    nhce_percent: tuple[Decimal, ...] | None = None
    expect: dict[str, Any] = Field(min_length=1)
    reason: str

    @model_validator(mode="after")
    def _has_what_its_kind_needs(self) -> Self:
        of_a_person = (self.plan, self.as_of, self.person)
        if self.kind == "person" and (None in of_a_person or self.nhce_percent is not None):
            message = "a case of a person needs plan, as_of and person, and has no nhce_percent"
            raise ValueError(message)
        if self.kind == "hce_limit" and (self.nhce_percent is None or of_a_person != (None, None, None)):
            message = "a case of kind hce_limit needs nhce_percent, and has no plan, as_of or person"
            raise ValueError(message)
        return self

    @property
    def slug(self) -> str:
        """Folder and file name: the case's identity in a test report."""
        return f"{self.path.parent.name}/{self.path.stem}"


# ---- reading ---------------------------------------------------------------------


class _CaseLoader(yaml.SafeLoader):
    """Plain YAML with exact decimals for numbers with a point, refusing a key that is given twice."""


def _decimal(loader: _CaseLoader, node: yaml.ScalarNode) -> Decimal:
    return Decimal(loader.construct_scalar(node))


def _mapping(loader: _CaseLoader, node: yaml.MappingNode) -> dict[Any, Any]:
    keys = [loader.construct_object(key) for key, _ in node.value]
    twice = sorted({str(key) for key in keys if keys.count(key) > 1})
    if twice:
        message = f"{node.start_mark.name}, line {node.start_mark.line + 1}: key given twice: {', '.join(twice)}"
        raise ValueError(message)
    return loader.construct_mapping(node, deep=True)


_CaseLoader.add_constructor("tag:yaml.org,2002:float", _decimal)
_CaseLoader.add_constructor("tag:yaml.org,2002:map", _mapping)


def read_yaml(path: Path) -> dict[str, Any]:
    """Give the mapping in a YAML file; dates are dates and numbers with a point are exact decimals."""
    content = yaml.load(path.read_text(encoding="utf-8"), Loader=_CaseLoader)  # noqa: S506 - a safe loader
    if not isinstance(content, dict):
        message = f"{path.name}: expected a mapping"
        raise TypeError(message)
    return content


def load_case(path: Path) -> Case:
    """Give the case in one file, its person completed and its pay expanded; errors name the file."""
    content = read_yaml(path)
    try:
        if content.get("person") is not None:
            content["person"] = completed_person(content["person"])
        return Case(path=path, **content)
    except (TypeError, ValueError) as error:
        message = f"{path.parent.name}/{path.name}: {error}"
        raise ValueError(message) from error


def load_cases(folder: Path = CASES) -> list[Case]:
    """Give every case, in the order of their paths."""
    return [load_case(path) for path in sorted(folder.glob("*/*.yaml"))]


# ---- the person ------------------------------------------------------------------


def completed_person(given: dict[str, Any]) -> dict[str, Any]:
    """Give the person as the engine takes it: keys that a case leaves out are filled in, ``null`` stays unknown.

    Left out: number E1, born 1960-05-01, in no class, no pay, all accounts 0.00.
    """
    defaults: dict[str, Any] = {
        "employee_id": "E1",
        "birth_date": date(1960, 5, 1),
        "classes": [],
        "pay": [],
        "accounts": dict.fromkeys(ACCOUNTS, 0),
    }
    person = defaults | given
    if person["pay"] is not None:
        person["pay"] = [row for stretch in person["pay"] for row in _pay_rows(stretch)]
    if person["accounts"] is not None:
        person["accounts"] = {account: _cents(amount) for account, amount in person["accounts"].items()}
    plain: dict[str, Any] = _as_json(person)
    return plain


def _pay_rows(stretch: dict[str, Any]) -> Iterator[dict[str, Any]]:
    unknown = sorted(set(stretch) - PAY_KEYS)
    if unknown:
        message = f"unknown key in a pay row: {', '.join(unknown)}"
        raise ValueError(message)
    if "each" in stretch and "paid_on" in stretch:
        message = "a pay row with `each` is paid on the last day of each part; leave out paid_on"
        raise ValueError(message)
    kept = {key: value for key, value in stretch.items() if key not in {"each", *AMOUNTS, *PARTS}}
    amounts = {key: _cents(stretch.get(key, 0)) for key in AMOUNTS}
    amounts |= {key: _cents(stretch[key]) for key in PARTS if key in stretch}
    for part in _parts(stretch["start"], stretch["end"], stretch.get("each")):
        yield {"paid_on": part.last, **kept, "start": part.first, "end": part.last, **amounts}


@dataclass(frozen=True)
class _Part:
    first: date
    last: date


def _parts(first: date, last: date, each: str | None) -> Iterator[_Part]:
    """Cut first..last, both inclusive, at the ends of the named periods; None leaves it whole."""
    while first <= last:
        end = last if each is None else min(last, _period_end(first, each))
        yield _Part(first, end)
        first = end + timedelta(days=1)


def _period_end(day: date, each: str) -> date:
    month_end = day.replace(day=calendar.monthrange(day.year, day.month)[1])
    match each:
        case "month":
            return month_end
        case "semi_month":
            return day.replace(day=MID_MONTH) if day.day <= MID_MONTH else month_end
        case "plan_year":
            return date(day.year + (day.month > SEPTEMBER), SEPTEMBER, 30)
        case "calendar_year":
            return date(day.year, 12, 31)
        case _:
            message = f"each: {each} is not one of month, semi_month, plan_year, calendar_year"
            raise ValueError(message)


def _cents(amount: int | Decimal | None) -> str | None:
    return None if amount is None else f"{Decimal(amount):.2f}"


def _as_json(value: Any) -> Any:  # noqa: ANN401 - the tree of a YAML file
    match value:
        case dict():
            return {key: _as_json(item) for key, item in value.items()}
        case list():
            return [_as_json(item) for item in value]
        case date():
            return value.isoformat()
        case _:
            return value


# ---- the plan --------------------------------------------------------------------


def elections_of(case: Case) -> dict[str, Any]:
    """Give the elections file of the case's plan with the case's changes made in it."""
    elections = read_yaml(ELECTIONS / f"{case.plan}.yaml")
    changes = case.changes
    checked = {cite: blanks for cite, blanks in elections["checked"].items() if cite not in changes.unchecked}
    marks = [mark for mark in elections.get("not_applicable", []) if mark not in changes.applicable]
    return elections | {
        "not_applicable": marks,
        "checked": checked | changes.checked,
        "supplements": elections.get("supplements", {}) | changes.supplements,
        "readings": elections.get("readings", {}) | changes.readings,
    }


def facts_of(case: Case) -> dict[str, Any]:
    """Give the facts file of the case's plan with the case's keys in place of its own."""
    return read_yaml(ELECTIONS / f"{case.plan}.facts.yaml") | case.changes.facts


# ---- comparing -------------------------------------------------------------------

ROW_KEYS = ("month_end", "start")
ANYWHERE = {"missing", "readings", "untold", "because"}
NUMBER = re.compile(r"-?\d+(\.\d+)?")


def differences(expected: Any, actual: Any, where: str = "") -> list[str]:  # noqa: ANN401 - trees of JSON
    """Say where the answer differs from what is expected; an empty list means that it does not.

    A mapping is compared on the keys expected. Numbers equal decimal strings of the same value, and dates ISO strings.
    """
    match expected, actual:
        case dict(), dict():
            return [line for key, item in expected.items() for line in _of_key(str(key), item, actual, where)]
        case list(), list():
            return [line for index, item in enumerate(expected) for line in _of_row(index, item, actual, where)]
        case _:
            return [] if _equal(expected, actual) else [f"{where}: expected {expected}, the answer is {actual}"]


def _of_key(key: str, item: Any, actual: dict[str, Any], where: str) -> list[str]:  # noqa: ANN401
    here = f"{where}.{key}" if where else key
    if key not in actual:
        return [f"{here}: the answer has no such field"]
    if key in ANYWHERE and isinstance(item, list):
        rows = actual[key]
        return [f"{here}: nothing like {row} in {rows}" for row in item if all(differences(row, one) for one in rows)]
    return differences(item, actual[key], here)


def _of_row(index: int, item: Any, actual: list[Any], where: str) -> list[str]:  # noqa: ANN401
    """Compare with the row of the same month or start where the item names one, else with the row at its place."""
    here = f"{where}[{index}]"
    named = next((key for key in ROW_KEYS if isinstance(item, dict) and key in item), None)
    if named is None:
        return differences(item, actual[index], here) if index < len(actual) else [f"{here}: the answer ends before"]
    rows = [row for row in actual if _equal(item[named], row.get(named))]
    return differences(item, rows[0], here) if rows else [f"{here}: no row with {named} {item[named]}"]


def _equal(expected: Any, actual: Any) -> bool:  # noqa: ANN401
    match expected, actual:
        case (bool(), _) | (_, None) | (None, _):
            return bool(expected == actual)
        case ((int() | Decimal()), str()):
            return NUMBER.fullmatch(actual) is not None and Decimal(actual) == expected
        case date(), str():
            return expected.isoformat() == actual
        case _:
            return bool(expected == actual)
