"""The page of a reading: the question, every way to read it, what is in force and why, and what it can move."""

import re

import pytest
from asking import elections, steel
from starlette.testclient import TestClient
from web.pages.visits import browser, person, sample, words

from planrules import Plan
from planrules.answers.labels import field_in_words
from planrules.engine.fields import FIELDS
from planrules.plan import catalogue
from planrules.web import HostedPlan, Site, create_app
from planrules.web.audit import AuditLog

READINGS = "/plans/steel-technologies/readings"
MATCH = "match_employment_condition"


@pytest.fixture(scope="module")
def client() -> TestClient:
    return browser()


def undecided() -> TestClient:
    """A browser at a server of a plan of which nobody has decided any reading."""
    data = elections()
    data.pop("readings", None)
    plan = Plan(Plan.from_data(data).elections, steel().facts)
    hosted = HostedPlan("steel-technologies", plan, {"joined": person("joined")})
    return TestClient(create_app(Site({hosted.id: hosted}, AuditLog())), base_url="http://127.0.0.1")


@pytest.mark.parametrize("name", catalogue())
def test_every_reading_has_a_page_with_all_of_it(client: TestClient, name: str) -> None:
    reply, reading = client.get(f"{READINGS}/{name}"), catalogue()[name]
    assert reply.status_code == 200
    said = words(reply).lower()
    assert reading.question.lower() in said
    assert reading.why.lower() in said
    for option, meaning in reading.options.items():
        assert f"{meaning.lower()}." in said
        assert f"{name}: {option}" in said
    for section in reading.bears_on:
        assert all(field_in_words(field).lower() in said for field in FIELDS[section])
    assert reading.bears_on or "no answer depends on it yet" in said
    assert reply.text.count(">In force<") == 1


def test_what_is_in_force_stands_first_with_the_reason(client: TestClient) -> None:
    said = words(client.get(f"{READINGS}/{MATCH}")).partition("The ways to read it")[0]
    assert "Here: yes, on the last day of the Plan Year; what is allocated earlier is provisional until then." in said
    assert "It was chosen for this plan; the text does not settle it." in said
    quiet = words(client.get(f"{READINGS}/entry_on_completion_day"))
    assert "Nobody has chosen for this plan, so that it is read as the text supports." in quiet
    assert "For this plan it makes no difference" not in quiet
    assert "For this plan it makes no difference" in words(client.get(f"{READINGS}/nearest_entry_tie"))


def test_nothing_is_in_force_where_nobody_has_decided() -> None:
    client = undecided()
    said = words(client.get(f"{READINGS}/{MATCH}"))
    assert "Nobody has decided. Nobody" in said
    assert "Answers that turn on it stay open." in said
    assert "In force" not in said
    told = client.get(f"{READINGS}/{MATCH}.json").json()
    assert told["here"] is None
    assert not [option for option in told["options"] if option["in_force"]]


def test_the_json_has_the_facts_of_the_page(client: TestClient) -> None:
    told = client.get(f"{READINGS}/{MATCH}.json").json()
    assert told["reading"] == MATCH
    assert [option["name"] for option in told["options"] if option["in_force"]] == ["plan_year_end"]
    assert told["moves"] == {"matching": [field_in_words(field) for field in FIELDS["matching"]]}
    assert [each["cite"] for each in told["cited"]] == told["cites"]
    assert told["rests_on_it"]
    page = words(client.get(f"{READINGS}/{MATCH}"))
    assert all(line["says"] in page for line in told["rests_on_it"])


@pytest.mark.parametrize("ending", ["", ".json"])
def test_a_name_that_is_no_reading_is_not_found(client: TestClient, ending: str) -> None:
    reply = client.get(f"{READINGS}/no_such_reading{ending}")
    assert reply.status_code == 404
    assert "no_such_reading" not in reply.text.partition("</title>")[2]


def test_answer_and_rules_lead_to_it(client: TestClient) -> None:
    at = sample(client, "joined").url.path
    for page in (client.get(f"{at}/readings"), client.get("/plans/steel-technologies/rules")):
        links = set(re.findall(rf'href="{READINGS}/([^"]+)"', page.text))
        assert MATCH in links
        assert links <= set(catalogue())
        assert all(client.get(f"{READINGS}/{name}").status_code == 200 for name in links)


def test_what_is_written_in_the_elections_file_is_folded_away(client: TestClient) -> None:
    text = client.get(f"{READINGS}/{MATCH}").text
    folded = re.search(
        r"<details>\s*<summary>For whoever keeps the elections file</summary>.*?</details>", text, re.DOTALL
    )
    assert folded is not None
    assert all(f"<code>{MATCH}: {option}</code>" in folded[0] for option in catalogue()[MATCH].options)
    assert "<code>" not in text.replace(folded[0], "")


def test_its_citations_lead_to_the_rules(client: TestClient) -> None:
    rules = client.get("/plans/steel-technologies/rules").text
    for name in catalogue():
        targets = re.findall(r'href="/plans/steel-technologies/rules#([^"]+)"', client.get(f"{READINGS}/{name}").text)
        assert all(f'id="{target}"' in rules for target in targets), name


def test_no_option_says_no_where_it_is_called_yes() -> None:
    for name, reading in catalogue().items():
        for option, meaning in reading.options.items():
            first = re.match(r"(yes|no)\b", meaning)
            assert option not in {"yes", "no"} or (first and first[0] == option), name
