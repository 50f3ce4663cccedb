"""`/v1/openapi.json`: the API as its routes and models say it is, with examples that the server's own plan answered."""

from contextlib import suppress
from datetime import date
from typing import Any

from fastapi import APIRouter, FastAPI
from fastapi.openapi.utils import get_openapi
from pydantic.json_schema import models_json_schema
from starlette.requests import Request
from starlette.responses import Response

from planrules.errors import PlanrulesError
from planrules.people import Person
from planrules.web.api.models import AnswersRequest, Outcomes, ProblemDocument
from planrules.web.api.plans import line
from planrules.web.api.replies import JSON, dumped, tagged
from planrules.web.api.version_models import ElectionsChange
from planrules.web.api.versions import told_of
from planrules.web.site import HostedPlan, Site
from planrules.web.versions.document import parts_of

router = APIRouter(tags=["api"])
_TEMPLATE = "#/components/schemas/{model}"
_TEXT = """
Questions about one 401(k) plan or several: when somebody is eligible, joins, is matched, owns and is paid, with the
reason and the citation beside each answer. Errors have one shape (RFC 9457), with a JSON pointer to what is wrong and
without any value of the request. `docs/reference/http.md` of planrules tells the rest.
"""
AS_OF = date(1996, 3, 31)
_MONTHS = (*((1994, m) for m in range(2, 13)), *((1995, m) for m in range(1, 13)), (1996, 1), (1996, 2))
PERSON: dict[str, Any] = {
    "employee_id": "example-1",
    "birth_date": "1960-05-14",
    "employment": [{"employer": "", "start": "1994-02-01"}],
    "classes": [],
    "pay": [
        {
            "start": f"{year}-{month:02}-01",
            "end": f"{year}-{month:02}-28",
            "paid_on": f"{year}-{month:02}-28",
            "hours": "160.00",
            "compensation": "2400.00",
            "salary_reduction": "120.00",
        }
        for year, month in _MONTHS
    ],
}
"""A made-up person; the employer is filled in from the plan."""


@router.get("/openapi.json", include_in_schema=False)
def openapi(request: Request) -> Response:
    """The OpenAPI document."""
    app: FastAPI = request.app
    site: Site = app.state.site
    served = tuple(each.hash for each in site.plans.values())
    if app.openapi_schema is None or app.state.openapi_of != served:  # its examples are those of the plans in force
        app.openapi_schema, app.state.openapi_of = made(app), served
    return tagged(request, dumped(app.openapi_schema))


def made(app: FastAPI) -> dict[str, Any]:
    """The OpenAPI document of an application: its paths under /v1, and every model they speak of."""
    document = get_openapi(title="planrules", version=app.version, description=_TEXT.strip(), routes=app.routes)
    document["paths"] = {
        path: told for path, told in document["paths"].items() if path == "/v1" or path.startswith("/v1/")
    }
    _, found = models_json_schema(
        [
            (AnswersRequest, "validation"),
            (ElectionsChange, "validation"),
            (ProblemDocument, "serialization"),
            (Outcomes, "serialization"),
        ],
        ref_template=_TEMPLATE,
    )
    schemas = document.setdefault("components", {}).setdefault("schemas", {})
    schemas.update(found["$defs"])
    document["components"]["securitySchemes"] = {
        "token": {"type": "http", "scheme": "bearer"},
        "login": {"type": "http", "scheme": "basic"},
    }
    document["security"] = [{}, {"token": []}, {"login": []}]
    with suppress(PlanrulesError):  # a plan that cannot answer for the made-up person has no examples of it
        _add_examples(document, app.state.site)
    _drop_others(document)
    return document


def _drop_others(document: dict[str, Any]) -> None:
    """Drops the schemas that nothing speaks of: those of pages."""
    schemas = document["components"]["schemas"]
    while unspoken := [name for name in schemas if f'"{_TEMPLATE.format(model=name)}"' not in dumped(document)]:
        for name in unspoken:
            del schemas[name]


def example(hosted: HostedPlan) -> dict[str, Any]:
    """A person of the plan's employer."""
    employer = hosted.plan.terms.service.employer
    return {**PERSON, "employment": [{**PERSON["employment"][0], "employer": employer}]}


def warm_up(hosted: HostedPlan) -> None:
    """Works out what a plan's readings mean, so that the first question about it is as quick as the next."""
    with suppress(PlanrulesError):  # whoever asks is told
        hosted.plan.answer(Person.model_validate(example(hosted)), AS_OF)


def _add_examples(document: dict[str, Any], site: Site) -> None:
    """A request, and what the first plan answers to it."""
    person = example(site.first)
    said = site.first.plan.answer(Person.model_validate(person), AS_OF, other_readings=False)
    asked = {"plan": site.first.id, "as_of": AS_OF.isoformat(), "other_readings": False}
    answer = {"answer": said.model_dump(mode="json"), "problems": []}
    several = {
        "plan": said.plan.model_dump(mode="json"),
        "as_of": AS_OF.isoformat(),
        "answered": 1,
        "refused": 0,
        "outcomes": [answer],
    }
    path = document["paths"]["/v1/answers"]["post"]
    path["requestBody"]["content"][JSON]["examples"] = {
        "one": {"summary": "One person", "value": {**asked, "person": person}},
        "several": {"summary": "Several people", "value": {**asked, "people": [person]}},
    }
    path["responses"]["200"]["content"][JSON]["examples"] = {
        "one": {"summary": "One person", "value": answer["answer"]},
        "several": {"summary": "Several people", "value": several},
    }
    plans = document["paths"]["/v1/plans"]["get"]["responses"]["200"]["content"][JSON]
    _add_change(document, site)
    plans["example"] = {"plans": [line(each).model_dump(mode="json") for each in site.plans.values()], "next": None}


def _add_change(document: dict[str, Any], site: Site) -> None:
    """A change that changes nothing, the version that it says, and the list of versions."""
    standing = site.in_force.standing(site.first.id)
    parts = parts_of(standing.version.document)
    paths = document["paths"]
    put = paths["/v1/plans/{id}"]["put"]
    put["requestBody"]["content"][JSON]["example"] = parts
    for told in put["parameters"]:
        if told["name"] == "If-Match":
            told["example"] = f'"{site.first.hash}"'
    detailed = {"plan": site.first.id, "hash": standing.version.hash, **parts}
    _reply(paths["/v1/plans/{id}/versions/{hash}"])["example"] = detailed
    listed = told_of(standing.version, in_force=True).model_dump(mode="json")
    _reply(paths["/v1/plans/{id}/versions"])["example"] = {"versions": [listed], "next": None}


def _reply(path: dict[str, Any]) -> dict[str, Any]:
    found: dict[str, Any] = path["get"]["responses"]["200"]["content"][JSON]
    return found
