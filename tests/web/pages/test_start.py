"""The start page, sample people, and people found in the loaded data."""

import re

import pytest
from asking import ROOT
from starlette.testclient import TestClient
from web.pages.visits import browser, day, sample, send, words

from planrules.web.pages.start import titles

FIND = "/plans/steel-technologies/find"


@pytest.fixture(scope="module")
def client() -> TestClient:
    return browser()


def test_the_banner_says_which_plan_since_when_and_what_is_made_up(client: TestClient) -> None:
    said = words(client.get("/"))
    assert "Check when someone can join, what they own, and when they can be paid" in said
    assert "Terms in force from August 1, 1993" in said
    assert "Illustrative." in said
    assert "overtakes a term is named in the answer" in said


def test_a_sample_person_is_one_click_from_the_start(client: TestClient) -> None:
    reply = sample(client, "joined")
    assert reply.status_code == 200
    assert reply.url.path.startswith("/cases/")
    assert "E1001 joined the Plan on January 1, 1996." in words(reply)


def test_a_person_is_found_by_number_and_the_number_is_in_no_address(client: TestClient) -> None:
    reply = send(client, "/", FIND, {"employee_id": "E1008", **day("as_of", 4, 30, 1995)})
    assert "E1008 can be paid as soon as practical after June 29, 1995" in words(reply)
    addresses = [str(each.url) for each in (*reply.history, reply)]
    addresses += re.findall(r'(?:href|action|src)="([^"]+)"', reply.text)
    assert addresses
    assert not [each for each in addresses if "E1008" in each]


@pytest.mark.parametrize(
    ("fields", "says"),
    [
        ({"employee_id": "", **day("as_of", 4, 30, 1995)}, "Enter an employee number"),
        ({"employee_id": "X", **day("as_of", 4, 30, 1995)}, "Nobody has this employee number."),
        ({"employee_id": "E1008", **day("as_of", 4, 31, 1995)}, "must be a day of the calendar"),
        ({"employee_id": "E1008"}, "Enter the day you ask about"),
    ],
)
def test_what_is_wrong_stands_at_the_top_and_at_the_field(
    client: TestClient, fields: dict[str, str], says: str
) -> None:
    reply = send(client, "/", FIND, fields)
    assert reply.status_code == 422
    assert words(reply).count(says) == 2
    assert "Error: " in reply.text.partition("</title>")[0]


@pytest.mark.parametrize("token", [{}, {"csrf": "forged"}])
def test_a_form_of_another_page_is_refused(client: TestClient, token: dict[str, str]) -> None:
    reply = client.post("/plans/steel-technologies/samples", data={"sample": "joined", **token})
    assert reply.status_code == 403


@pytest.mark.parametrize("path", ["/plans/none/start", "/plans/none/facts", "/plans/none/rules", "/cases/none"])
def test_what_is_not_there_is_told_in_a_page(client: TestClient, path: str) -> None:
    reply = client.get(path)
    assert reply.status_code == 404
    assert "What to do:" in words(reply)


def test_an_unknown_sample_is_told(client: TestClient) -> None:
    assert sample(client, "nobody").status_code == 404


def test_every_sample_of_the_documentation_has_a_title() -> None:
    for file in (ROOT / "docs" / "examples").glob("*.json"):
        assert set(titles().get(file.stem, ())) == {"title", "shows"}, file.stem
    assert titles()["from-mitech"]["title"] == "From MiTech"


def test_a_sample_is_called_by_its_title(client: TestClient) -> None:
    said = words(client.get("/"))
    assert "Left at 40, small balance" in said
    assert "Payment after the 90th day without consent. E1008" in said
