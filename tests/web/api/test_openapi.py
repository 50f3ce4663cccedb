"""The OpenAPI document: its examples are true, and the server keeps to it whatever is sent."""

import json
from pathlib import Path

import schemathesis
from hypothesis import HealthCheck, settings
from jsonschema import Draft202012Validator
from schemathesis.specs.openapi.checks import negative_data_rejection, positive_data_acceptance
from web.serving import client, site

from planrules.web import create_app

PROGRAM = client()
DOCUMENT = PROGRAM.get("/v1/openapi.json").json()
API = schemathesis.openapi.from_dict(DOCUMENT)
API.app = create_app(site())


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
    assert all(path.startswith("/v1/") for path in DOCUMENT["paths"])
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


def test_the_reference_tells_every_path() -> None:
    page = (Path(__file__).parents[3] / "docs" / "reference" / "http.md").read_text(encoding="utf-8")
    for path, operations in DOCUMENT["paths"].items():
        for method in operations:
            assert f"{method.upper()} {path}" in page
