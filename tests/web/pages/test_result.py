"""The result page: its sentences are those of the answer, its citations open, and it holds nothing it must not."""

import re
from html import unescape

import pytest
from asking import steel
from starlette.testclient import TestClient
from web.pages.visits import browser, person, sample, words

from planrules.answers.headlines import headlines
from planrules.web.pages.start import last_day_of_record

PATHS = ("", "/readings", "/check", "/facts", "/letter")


@pytest.fixture(scope="module")
def client() -> TestClient:
    return browser()


@pytest.fixture(scope="module")
def joined(client: TestClient) -> str:
    return sample(client, "joined").url.path


def test_every_sentence_is_that_of_the_answer(client: TestClient, joined: str) -> None:
    asked = person("joined")
    answer = steel().answer(asked, last_day_of_record(asked))
    said = words(client.get(joined))
    for _, sentence in headlines(answer):
        assert sentence in said
    assert client.get(f"{joined}.json").json()["answer"] == answer.model_dump(mode="json")


def test_the_first_day_of_payment_is_no_promise(client: TestClient) -> None:
    said = words(sample(client, "small-balance-left-at-40"))
    assert "The plan cannot pay E1008 before June 30, 1995" in said
    assert "not a promised day" in said


def test_statuses_are_words(client: TestClient, joined: str) -> None:
    statuses = re.findall(r'<span class="status status-(\w+)">([^<]+)</span>', client.get(joined).text)
    assert ("decided", "Decided") in statuses
    assert ("projected", "Estimate") in statuses
    assert ("provisional", "Provisional") in statuses


def test_citations_open_in_plain_words_and_lead_to_the_box(client: TestClient, joined: str) -> None:
    page, rules = client.get(joined), client.get("/plans/steel-technologies/rules").text
    assert "One Year of Service (the box that was checked)." in words(page)
    targets = set(re.findall(r'href="/plans/steel-technologies/rules#([^"]+)"', page.text))
    assert len(targets) > 10
    for target in targets:
        assert f'id="{target}"' in rules, target


def test_both_readings_stand_where_nothing_is_decided(client: TestClient, joined: str) -> None:
    said = words(client.get(joined))
    assert "Read here (chosen for this plan): yes, on the last day of the Plan Year" in said
    assert "Read otherwise: no, there is no employment condition for the match." in said


@pytest.mark.parametrize("name", ["joined", "hours-missing"])
def test_no_page_has_script_or_style_of_its_own(client: TestClient, name: str) -> None:
    at = sample(client, name).url.path
    for path in (
        "/",
        "/plans/steel-technologies/facts",
        "/plans/steel-technologies/rules",
        *(at + each for each in PATHS),
    ):
        text = client.get(path).text
        assert not re.findall(r"<style|\sstyle=|\son\w+=|javascript:", text), path
        assert all(tag.endswith(" defer>") for tag in re.findall(r"<script[^>]*>", text)), path
        assert len(re.findall(r'\sid="([^"]+)"', text)) == len(set(re.findall(r'\sid="([^"]+)"', text))), path
        assert re.findall(r'(?:src|href)="(?:https?:)?//', text) == [], path


def test_the_json_has_the_facts_of_the_page(client: TestClient, joined: str) -> None:
    told = client.get(f"{joined}.json").json()
    assert told["person"]["employee_id"] == "E1001"
    assert told["as_of"] == "1996-03-31"
    assert told["timeline"]["hours_needed"] == "1000"


def test_another_browser_at_the_same_machine_sees_nothing_without_the_token(client: TestClient, joined: str) -> None:
    assert client.get(f"{joined}x").status_code == 404


def test_the_rules_are_also_json(client: TestClient) -> None:
    told = client.get("/plans/steel-technologies/rules.json").json()
    assert [each["heading"] for each in told["rules"]][:2] == ["Who can join", "When they join"]
    assert any(box["citation"] == "2.01(b)(1)" for each in told["boxes"] for box in each["boxes"])


def test_what_is_missing_is_named_at_the_answer_and_leads_to_what_it_leaves_open(client: TestClient) -> None:
    reply = sample(client, "hours-missing")
    days = "(July 1, 1995 to September 30, 1995)"
    assert f"Missing: Hours of Service that are blank in the pay rows {days}. What it leaves open" in words(reply)
    assert 'href="#not-decided"' in reply.text
    assert 'id="not-decided"' in reply.text
    assert days in words(client.get(f"{reply.url.path}/letter"))


def test_where_the_rates_come_from_is_told_at_the_match_alone(client: TestClient, joined: str) -> None:
    source = "(source: none; the agreement makes the match discretionary"
    short = "The match rates and top-heavy Plan Years on file are illustrative."
    with_match, without = words(client.get(joined)), words(sample(client, "hours-missing"))
    assert with_match.count(source) == 1
    assert with_match.index("What is matched?") < with_match.index(source)
    assert short in without
    assert source not in without


@pytest.mark.parametrize(
    ("name", "short"),
    [
        ("joined", "When can they join? January 1, 1996 Decided"),
        ("left-at-57", "When can they be paid? "),
        ("hours-missing", "When can they join? Facts missing"),
    ],
)
def test_the_answers_stand_in_short_at_the_top(client: TestClient, name: str, short: str) -> None:
    text = sample(client, name).text
    found = re.search(r'<nav aria-label="The answers in short">(.*?)</nav>', text, re.DOTALL)
    assert found is not None
    assert short in " ".join(unescape(re.sub(r"<[^>]+>", " ", found[1])).split())
    links = re.findall(r'href="#([^"]+)"', found[1])
    assert links == re.findall(r'<section class="answer" id="([a-z_]+)" aria-labelledby="[a-z_]+-question"', text)
    for headline in re.findall(r'<p class="headline">([^<]+)</p>', text):
        assert headline not in found[1], "a whole sentence is not said twice"
