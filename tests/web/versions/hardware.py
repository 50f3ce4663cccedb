"""A plan that `planrules check` has nothing against, its elections as JSON, and a server that lets it be changed."""

import json
from collections.abc import Mapping
from typing import Any

from starlette.responses import Response
from starlette.testclient import TestClient
from web.serving import ROOT, STEEL, bearer, client, logins

from planrules.api import load_plan
from planrules.web import HostedPlan, Site
from planrules.web.audit import AuditLog
from planrules.web.versions.document import document

FILE = ROOT / "elections" / "hypothetical-hardware.yaml"
HARDWARE = HostedPlan("hypothetical-hardware", load_plan(FILE))
PLAN = f"/v1/plans/{HARDWARE.id}"
NRA = "5.01(a)"
PERSON = {"employee_id": "E1", "birth_date": "1950-05-01", "employment": [{"start": "1990-01-02"}]}


def sent(**blanks: Any) -> dict[str, Any]:  # noqa: ANN401  any blank
    """The elections and facts of the plan as JSON; `blanks` are those of its Normal Retirement Age."""
    found: dict[str, Any] = json.loads(document(HARDWARE.plan))
    if blanks:
        found["elections"]["checked"][NRA] = blanks
    return found


def served(audit: AuditLog | None = None, **more: Any) -> Site:  # noqa: ANN401  fields of a Site
    """A server of two plans, with one caller who may change them, one who may ask, and one who may do both."""
    who = logins(ann="change_elections look_up_one run_batch", bob="look_up_one run_batch", cat="change_elections")
    return Site({HARDWARE.id: HARDWARE, STEEL.id: STEEL}, audit or AuditLog(), logins=who, **more)


def by(who: str, site: Site | None = None) -> TestClient:
    """A program that asks as somebody."""
    program = client(site or served())
    program.headers.update(bearer(who))
    return program


def put(program: TestClient, body: Mapping[str, Any], known: str | None = None, address: str = PLAN) -> Response:
    """A change, by somebody who knows what is in force unless told what they know."""
    tag = f'"{program.get(address).json()["elections_hash"]}"' if known is None else known
    return program.put(address, json=body, headers={"if-match": tag} if tag else {})


def person() -> dict[str, Any]:
    """Somebody employed by the plan's employer."""
    employer = HARDWARE.plan.terms.service.employer
    return {**PERSON, "employment": [{**PERSON["employment"][0], "employer": employer}]}  # type: ignore[dict-item,index]
