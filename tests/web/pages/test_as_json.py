"""Every page's facts stand at its address with .json, and nothing there names a person by a Social Security number."""

import re
from itertools import chain

import pytest
from fastapi.routing import iter_route_contexts
from starlette.testclient import TestClient
from web.everybody.sites import browser as people_browser
from web.pages.visits import browser, day, facts, person, sample, send

from planrules import People
from planrules.web import everybody, letter, pages

FORM = "/plans/steel-technologies/facts"
NUMBER, SHOWN = "900-11-2222", "XXX-XX-2222"
WITHOUT = {
    "/": "the start of the first plan, which has start.json",
    "/cases/{token}/readings": "a part of the answer, which stands in its .json",
    "/cases/{token}/denial": "a draft to be signed, never handed on as data",
    "/upload": "an empty form; what was read has its .json",
    "/everybody/{sealed}": "leads on to an answer",
    "/uploads/{token}/everybody/{sealed}": "leads on to an answer",
}
"""Pages without facts of their own, and why."""


@pytest.fixture(scope="module")
def client() -> TestClient:
    return browser(person("joined").model_copy(update={"employee_id": NUMBER}))


def ours() -> dict[str, set[str]]:
    """The addresses of the pages, each with its methods."""
    found: dict[str, set[str]] = {}
    for route in chain.from_iterable(iter_route_contexts(part.router.routes) for part in (pages, letter, everybody)):
        found.setdefault(str(route.path), set()).update(route.methods or ())
    return found


def test_every_page_has_its_facts_as_json() -> None:
    paths = ours()
    lacking = {path for path in paths if "." not in path and f"{path}.json" not in paths and "GET" in paths[path]}
    assert lacking == set(WITHOUT)
    assert {"/plans/{plan_id}/facts.json", "/cases/{token}/facts.json", "/cases/{token}/what-if.json"} <= set(paths)


def test_the_form_says_what_it_asks(client: TestClient) -> None:
    told = client.get(f"{FORM}.json").json()
    assert told["person"] is None
    assert told["as_of"] is None
    assert "Steel Technologies Inc." in told["asks"]["employers"]
    assert set(told["asks"]["questions"]) == {"join", "own", "paid"}
    page = client.get(FORM).text
    for words in (*told["asks"]["questions"].values(), *told["asks"]["left_out"]):
        assert words in page


def test_the_form_of_a_case_says_its_facts(client: TestClient) -> None:
    at = send(client, FORM, FORM, facts()).url.path.removesuffix("/check")
    told = client.get(f"{at}/facts.json").json()
    assert told["as_of"] == "1995-12-31"
    assert told["asked"] == ["join", "own"]
    assert told["person"] == client.get(f"{at}.json").json()["person"]
    assert told["person"]["employment"][0]["start"] == "1994-10-15"


def test_what_can_be_supposed_is_told(client: TestClient) -> None:
    told = client.get(f"{sample(client, 'joined').url.path}/what-if.json").json()
    assert told["more_hours"] == {"through": "1996-09-30"}
    assert told["top_heavy"] == {"plan_year_through": "1996-09-30", "on_file": "not top heavy"}
    assert "retirement" in told["last_day"]["reasons"]
    gone = client.get(f"{sample(client, 'left-at-57').url.path}/what-if.json").json()
    assert gone["more_hours"] is None


def test_what_would_change_is_the_same_as_on_the_page(client: TestClient) -> None:
    at, fields = sample(client, "joined").url.path, {"suppose": "top_heavy", "top_heavy": "yes"}
    told = send(client, at, f"{at}/what-if.json", fields).json()
    assert told["supposed"].startswith("If the Plan is top heavy")
    assert told["compared_with"] == told["as_of"] == "1996-03-31"
    page = send(client, at, f"{at}/what-if", fields).text
    for change in told["changes"]:
        assert f'<th scope="row">{change["what"]}</th>' in page
        assert f"<strong>{change['after']}</strong>" in page


def test_what_cannot_be_supposed_is_a_problem_at_its_field(client: TestClient) -> None:
    at = sample(client, "joined").url.path
    reply = send(client, at, f"{at}/what-if.json", {"suppose": "last_day", **day("last_day", 1, 1, 1980)})
    assert reply.status_code == 422
    assert reply.headers["content-type"] == "application/problem+json"
    (problem,) = reply.json()["problems"]
    assert problem["where"] == "last_day"
    assert "before the first day" in problem["what"]
    assert send(client, at, f"{at}/what-if.json", {}).json()["problems"][0]["where"] == "suppose"


def test_a_form_of_another_site_supposes_nothing(client: TestClient) -> None:
    at = sample(client, "joined").url.path
    assert client.post(f"{at}/what-if.json", data={"suppose": "top_heavy", "top_heavy": "yes"}).status_code == 403


def test_an_answer_names_nobody_by_a_social_security_number(client: TestClient) -> None:
    found = send(client, "/", "/plans/steel-technologies/find", {"employee_id": NUMBER, **day("as_of", 3, 31, 1996)})
    at = found.url.path
    for path in ("", "/facts", "/what-if", "/check", "/letter"):
        text = client.get(f"{at}{path}.json").text
        assert NUMBER not in text, path
    told = client.get(f"{at}.json").json()
    assert told["person"]["employee_id"] == told["answer"]["employee_id"] == SHOWN
    assert client.get(f"{at}/facts.json").json()["person"]["employee_id"] == SHOWN


def test_a_list_names_nobody_by_a_social_security_number() -> None:
    numbered = person("joined").model_copy(update={"employee_id": NUMBER})
    wrong = numbered.model_copy(update={"employee_id": "900112223", "employment": numbered.employment * 2})
    client = people_browser(People.from_persons([numbered, wrong]))
    for ending in ("", ".json", ".csv"):
        text = client.get(f"/everybody{ending}?as_of=1996-03-31").text
        assert SHOWN in text, ending
        assert not re.search(rf"{NUMBER}|900112223", text), ending
    told = client.get("/everybody.json?as_of=1996-03-31").json()
    assert {each["employee_id"] for each in told["set_aside"]} == {"XXX-XX-2223"}
