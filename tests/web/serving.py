"""A server in the test's own process, and the people and requests that tests send it."""

import hashlib
from collections.abc import Mapping
from dataclasses import replace
from datetime import UTC, date, datetime, timedelta
from pathlib import Path
from typing import Any

from asking import steel
from starlette.testclient import TestClient

from planrules import Person, read_person
from planrules.web import HostedPlan, Settings, Site, create_app
from planrules.web.audit import AuditLog
from planrules.web.safety.callers import ROLES, Caller
from planrules.web.safety.logins import Logins

ROOT = Path(__file__).parents[2]
PEOPLE = sorted((ROOT / "docs" / "examples").glob("*.json"))
DAY = date(1996, 3, 31)
JSON = {"content-type": "application/json"}
STEEL = HostedPlan("steel-technologies", steel())


class Hours:
    """A clock that a test moves on."""

    def __init__(self) -> None:
        self.at = datetime(2026, 1, 1, tzinfo=UTC)

    def __call__(self) -> datetime:
        return self.at

    def pass_by(self, **more: int) -> None:
        self.at += timedelta(**more)


def site(audit: AuditLog | None = None, **other: Any) -> Site:  # noqa: ANN401  fields of a Site
    """A site with Steel's plan."""
    settings = other.pop("settings", None) or Settings()
    return replace(Site({STEEL.id: STEEL}, audit or AuditLog(), settings=settings), **other)


def client(served: Site | None = None, *, failing: bool = True) -> TestClient:
    """A program that asks a server; without `failing` errors that nobody caught are replies, not tracebacks."""
    return TestClient(create_app(served or site()), base_url="http://127.0.0.1", raise_server_exceptions=failing)


def joined() -> Person:
    """The sample person that joined."""
    return read_person(ROOT / "docs" / "examples" / "joined.json")


def as_json(person: Person) -> dict[str, Any]:
    """A person as JSON has it."""
    found: dict[str, Any] = person.model_dump(mode="json", by_alias=True)
    return found


def asked(**more: Any) -> Mapping[str, Any]:  # noqa: ANN401  fields of a request
    """A request for answers; without more about the sample person that joined, and quick."""
    about = {} if {"person", "people"} & more.keys() else {"person": as_json(joined())}
    return {"as_of": DAY.isoformat(), "other_readings": False, **about, **more}


def logins(**roles: str) -> Logins:
    """Tokens named as their callers: `logins(ann="look_up_one")` lets the token "ann" in."""
    tokens = {
        hashlib.sha256(name.encode()).digest(): Caller(name, frozenset(each for each in ROLES if each in given.split()))
        for name, given in roles.items()
    }
    return Logins(tokens=tokens)


def bearer(name: str) -> dict[str, str]:
    """The header of a token of `logins`."""
    return {"authorization": f"Bearer {name}"}
