"""One shape of errors, and nothing of the request in any of them."""

import json
from typing import Any

import pytest
from hypothesis import HealthCheck, given, settings
from hypothesis import strategies as st
from starlette.testclient import TestClient
from web.serving import DAY, JSON, as_json, asked, client, joined

from planrules.web.api.models import ProblemDocument

PROGRAM = client()
FIELDS = ("employee_id", "birth_date", "employment", "classes", "pay", "accounts", "distributions", "opt_outs")
MARK = "zq7w"
"""Begins each value that a test makes up, so that it can be told from the words of an error."""


def tell(value: object) -> str:
    return f"{MARK}{value}"


def marked() -> st.SearchStrategy[Any]:
    """Values of any kind, each text of which is told by its mark, and each number by being long."""
    leaf = st.one_of(
        st.integers(min_value=10**9, max_value=10**12).map(lambda n: n * 1009 + 7),
        st.floats(min_value=1e5, max_value=1e9).map(lambda x: round(x, 4) + 0.12345),
        st.text(st.characters(codec="utf-8"), max_size=20).map(tell),
        st.dates().map(lambda day: tell(day.isoformat())),
        st.none(),
    )
    return st.recursive(
        leaf,
        lambda inner: st.lists(inner, max_size=3) | st.dictionaries(st.text(max_size=8).map(tell), inner, max_size=3),
    )


def values(data: object) -> set[str]:
    """Every text and number in a JSON value, names of its own choosing too."""
    if isinstance(data, dict):
        return {key for key in data if key.startswith(MARK)} | {v for each in data.values() for v in values(each)}
    if isinstance(data, list):
        return {found for each in data for found in values(each)}
    return set() if data is None or isinstance(data, bool) else {str(data)}


@st.composite
def persons(draw: st.DrawFn) -> Any:  # noqa: ANN401  any JSON
    """The sample person with some of its facts replaced, at the top and in its rows, and names that nobody knows."""
    person = as_json(joined())
    for name in draw(st.lists(st.sampled_from(FIELDS), min_size=1, max_size=3, unique=True)):
        person[name] = draw(marked())
    if draw(st.booleans()):
        person[draw(st.text(max_size=8).map(tell))] = draw(marked())
    if isinstance(person["pay"], list) and person["pay"] and isinstance(person["pay"][0], dict):
        field = draw(st.sampled_from(["start", "hours", "kind", "days", "employer"]))
        person["pay"] = [{**person["pay"][0], field: draw(marked())}]
    return person


@given(persons())
@settings(max_examples=30, deadline=None, suppress_health_check=[HealthCheck.too_slow])
def test_no_value_of_a_person_appears_in_the_error(person: Any) -> None:  # noqa: ANN401  any JSON
    own = {
        text
        for text in values(person)
        if MARK in text or (len(text) > 8 and text.lstrip("-").replace(".", "").isdigit())
    }
    for body, at in ((asked(person=person), None), (asked(people=[person]), 0)):
        reply = PROGRAM.post("/v1/answers", content=json.dumps(body), headers=JSON)
        told = reply.json()
        refused = told["outcomes"][at]["problems"] if at is not None else told.get("problems", [])
        if at is None and reply.status_code != 200:
            assert ProblemDocument.model_validate(told).status == reply.status_code
        text = json.dumps(refused, ensure_ascii=False) + str(told.get("detail", ""))
        assert not [value for value in own if value in text]
        assert MARK not in text


@given(
    st.dictionaries(
        st.sampled_from(["plan", "as_of", "readings", "people", "elections_hash", MARK]), marked(), min_size=1
    )
)
@settings(max_examples=30, deadline=None)
def test_no_value_of_a_request_appears_in_the_error(request: dict[str, Any]) -> None:
    reply = PROGRAM.post("/v1/answers", content=json.dumps({**asked(), **request}), headers=JSON)
    if reply.status_code != 200:
        assert MARK not in reply.text
        assert reply.headers["content-type"] == "application/problem+json"
        ProblemDocument.model_validate(reply.json())


ADDRESSES = [
    ("GET", "/v1/nothing-here", 404),
    ("GET", "/v1/plans/nothing-here", 404),
    ("GET", "/v1/plans?limit=0", 422),
    ("GET", "/v1/plans?cursor=nothing", 422),
    ("DELETE", "/v1/plans", 405),
    ("POST", "/v1/answers", 415),
    ("POST", "/v1/evaluations", 422),
    ("POST", f"/v1/evaluations?as_of={DAY}", 415),
    ("GET", "/v1/evaluations/nothing-here", 404),
    ("GET", "/v1/evaluations/nothing-here/determinations", 404),
]


@pytest.mark.parametrize(("method", "address", "status"), ADDRESSES)
def test_every_error_has_the_one_shape(method: str, address: str, status: int) -> None:
    reply = PROGRAM.request(method, address)
    assert (reply.status_code, reply.headers["content-type"]) == (status, "application/problem+json")
    told = ProblemDocument.model_validate(reply.json())
    assert told.status == status
    assert all(problem.what and problem.where and problem.do for problem in told.problems)
    assert "nothing-here" not in reply.text


QUERIES = [
    ("GET", "/v1?elections_hsh=zq7w"),
    ("GET", "/v1/openapi.json?elections_hsh=zq7w"),
    ("GET", "/v1/plans?elections_hsh=zq7w&limit=2"),
    ("GET", "/v1/plans/steel-technologies/rules?elections_hsh=zq7w"),
    ("POST", "/v1/answers?elections_hsh=zq7w"),
    ("POST", f"/v1/evaluations?as_of={DAY}&elections_hsh=zq7w"),
    ("GET", "/v1/evaluations/nothing-here/determinations?elections_hsh=zq7w"),
]


@pytest.mark.parametrize(("method", "address"), QUERIES)
def test_a_parameter_that_nobody_knows_is_refused_by_its_name(method: str, address: str) -> None:
    reply = PROGRAM.request(method, address)
    (told,) = ProblemDocument.model_validate(reply.json()).problems
    assert (reply.status_code, told.what, told.where) == (422, "an unknown parameter", "query, elections_hsh")
    assert MARK not in reply.text
    if "evaluations?" in address:
        assert told.why == "Known here: as_of, plan, elections_hash, version."


@pytest.mark.parametrize("name", ["900-11-2222", "E1001", "x" * 41, "zq7w%0d%0a", "%F0%9F%98%80"])
def test_a_parameter_whose_name_may_be_a_value_is_not_named(name: str) -> None:
    reply = PROGRAM.get(f"/v1/plans?{name}=1")
    assert [each["where"] for each in reply.json()["problems"]] == ["query"]
    assert name not in reply.text


def test_an_unknown_reading_is_not_named_and_an_unknown_option_is_pointed_at() -> None:
    reading = "nearest_entry_tie"
    readings = {MARK: "x", reading: f"{MARK} y"}
    reply = PROGRAM.post("/v1/answers", json=asked(readings=readings))
    assert reply.status_code == 422
    told = [(each["what"], each["pointer"]) for each in reply.json()["problems"]]
    assert told == [("an unknown reading", "/readings"), ("an unknown option", f"/readings/{reading}")]
    assert MARK not in reply.text


@pytest.mark.parametrize("number", ["900-11-2222", "900112222", " 900 11 2222 "])
def test_a_social_security_number_is_no_employee_number(number: str) -> None:
    person = {**as_json(joined()), "employee_id": number}
    alone = PROGRAM.post("/v1/answers", json=asked(person=person))
    (told,) = alone.json()["problems"]
    assert (alone.status_code, told["pointer"]) == (422, "/person/employee_id")
    assert "another key" in told["do"]
    among = PROGRAM.post("/v1/answers", json=asked(people=[as_json(joined()), person]))
    assert [len(each["problems"]) for each in among.json()["outcomes"]] == [0, 1]
    assert among.json()["outcomes"][1]["problems"][0]["pointer"] == "/people/1/employee_id"
    assert "2222" not in alone.text + among.text


def test_an_error_that_nobody_foresaw_is_told_without_its_message(
    monkeypatch: pytest.MonkeyPatch, caplog: pytest.LogCaptureFixture
) -> None:
    def fail(*_: object) -> None:
        msg = f"{MARK} was born in 1960"
        raise RuntimeError(msg)

    monkeypatch.setattr("planrules.web.api.plans.rules_of", fail)
    reply = PROGRAM.get("/v1/plans/steel-technologies/rules")
    assert (reply.status_code, reply.headers["content-type"]) == (500, "application/problem+json")
    assert MARK not in reply.text + caplog.text
    assert "RuntimeError" in caplog.text


def test_an_engine_that_fails_for_one_fails_for_nobody_else(monkeypatch: pytest.MonkeyPatch) -> None:
    plan = type(client().app.state.site.first.plan)  # type: ignore[attr-defined]
    answers = plan.answers

    def fails_for_some(self: Any, persons: Any, *rest: Any, **more: Any) -> Any:  # noqa: ANN401  as the method is called
        if any(person.employee_id == MARK for person in persons):
            raise ZeroDivisionError(MARK)
        return answers(self, persons, *rest, **more)

    monkeypatch.setattr(plan, "answers", fails_for_some)
    good = as_json(joined())
    reply = PROGRAM.post("/v1/answers", json=asked(people=[good, {**good, "employee_id": MARK}, good]))
    told = reply.json()
    assert [each["answer"] is not None for each in told["outcomes"]] == [True, False, True]
    assert MARK not in reply.text
    alone = PROGRAM.post("/v1/answers", json=asked(person={**good, "employee_id": MARK}))
    assert (alone.status_code, alone.json()["type"]) == (500, "urn:planrules:error:engine")


def test_pages_tell_errors_as_pages() -> None:
    page = TestClient(PROGRAM.app, base_url="http://127.0.0.1").get("/nothing-here")
    assert (page.status_code, page.headers["content-type"]) == (404, "text/html; charset=utf-8")
