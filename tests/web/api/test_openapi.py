"""The OpenAPI document: its examples are true, and the server keeps to it whatever is sent."""

import json
from pathlib import Path

import schemathesis
from hypothesis import HealthCheck, settings
from jsonschema import Draft202012Validator
from schemathesis.specs.openapi.checks import negative_data_rejection, positive_data_acceptance
from web.serving import STEEL, bearer, client, logins, site

from planrules.web import create_app

PROGRAM = client()
DOCUMENT = PROGRAM.get("/v1/openapi.json").json()
API = schemathesis.openapi.from_dict(DOCUMENT)
API.app = create_app(site())
CHANGES = schemathesis.openapi.from_dict(DOCUMENT)
CHANGES.app = create_app(site(logins=logins(ann="change_elections")))


@schemathesis.serializer("application/x-ndjson", "application/zip")
def as_it_is(_: object, value: object) -> bytes:
    return value if isinstance(value, bytes) else json.dumps(value).encode()


def test_the_examples_are_what_the_server_answers() -> None:
    path = DOCUMENT["paths"]["/v1/answers"]["post"]
    asked = path["requestBody"]["content"]["application/json"]["examples"]
    told = path["responses"]["200"]["content"]["application/json"]["examples"]
    assert asked.keys() == told.keys() == {"one", "several"}
    for name, example in asked.items():
        assert PROGRAM.post("/v1/answers", json=example["value"]).json() == told[name]["value"]
    assert (
        PROGRAM.get("/v1/plans").json()
        == (DOCUMENT["paths"]["/v1/plans"]["get"]["responses"]["200"]["content"]["application/json"]["example"])
    )


def test_everything_spoken_of_is_there_and_nothing_else() -> None:
    text = json.dumps(DOCUMENT)
    schemas = DOCUMENT["components"]["schemas"]
    spoken = {piece.partition('"')[0] for piece in text.split('"#/components/schemas/')[1:]}
    assert spoken == schemas.keys()
    assert all(path == "/v1" or path.startswith("/v1/") for path in DOCUMENT["paths"])
    assert all("4XX" in told["responses"] for path in DOCUMENT["paths"].values() for told in path.values())
    for schema in schemas.values():
        Draft202012Validator.check_schema(schema)


@API.parametrize()
@settings(
    max_examples=8,
    deadline=None,
    suppress_health_check=[HealthCheck.too_slow, HealthCheck.filter_too_much, HealthCheck.data_too_large],
)
def test_the_server_keeps_to_it_whatever_is_sent(case: schemathesis.Case) -> None:
    """But for two checks: whether facts can all be true no schema says, and of several people each is judged alone."""
    several = isinstance(case.body, dict) and "people" in case.body
    excluded = [positive_data_acceptance, *([negative_data_rejection] if several else [])]
    case.call_and_validate(excluded_checks=excluded)


@CHANGES.include(method="PUT").parametrize()
@settings(max_examples=25, deadline=None, suppress_health_check=[HealthCheck.too_slow, HealthCheck.filter_too_much])
def test_whatever_is_put_by_somebody_who_may_is_refused_as_it_is_told(case: schemathesis.Case) -> None:
    """Of a plan that is there, and by somebody who knows what is in force."""
    case.path_parameters = {"id": STEEL.id}
    headers = {**bearer("ann"), "if-match": f'"{STEEL.hash}"'}
    case.call_and_validate(headers=headers, excluded_checks=[positive_data_acceptance, negative_data_rejection])


def test_the_example_of_a_change_is_what_is_in_force() -> None:
    program = client(site(logins=logins(ann="change_elections")))
    program.headers.update(bearer("ann"))
    put = DOCUMENT["paths"]["/v1/plans/{id}"]["put"]
    known = next(each["example"] for each in put["parameters"] if each["name"] == "If-Match")
    example = put["requestBody"]["content"]["application/json"]["example"]
    reply = program.put(f"/v1/plans/{STEEL.id}", json=example, headers={"if-match": known})
    assert (reply.status_code, reply.headers["etag"]) == (200, known)
    versions = DOCUMENT["paths"]["/v1/plans/{id}/versions"]["get"]["responses"]["200"]["content"]["application/json"]
    (listed,) = program.get(f"/v1/plans/{STEEL.id}/versions").json()["versions"]
    assert {**versions["example"]["versions"][0], "at": ""} == {**listed, "at": ""}
    path = DOCUMENT["paths"]["/v1/plans/{id}/versions/{hash}"]["get"]["responses"]["200"]
    said = program.get(f"/v1/plans/{STEEL.id}/versions/{STEEL.hash}").json()
    assert path["content"]["application/json"]["example"] == said


def test_the_index_leads_to_what_is_there() -> None:
    index = PROGRAM.get("/v1")
    assert (index.status_code, index.headers["content-type"]) == (200, "application/json")
    assert index.json().keys() == {"plans", "answers", "evaluations", "openapi"}
    assert set(index.json().values()) - {"/v1/openapi.json"} <= DOCUMENT["paths"].keys()
    assert PROGRAM.get("/v1/").headers["content-type"] == "application/problem+json"
    assert PROGRAM.put("/v1").headers["content-type"] == "application/problem+json"


def test_the_reference_tells_every_path() -> None:
    page = (Path(__file__).parents[3] / "docs" / "reference" / "http.md").read_text(encoding="utf-8")
    for path, operations in DOCUMENT["paths"].items():
        for method in operations:
            assert f"{method.upper()} {path}" in page
