"""The list over HTTP: page, JSON and CSV say the same, no id stands in an address, and who looked is on record."""

import csv
import re
from datetime import date
from io import StringIO

import pytest
from starlette.testclient import TestClient
from web.everybody.crowds import sample, worker
from web.everybody.sites import browser

from planrules import People
from planrules.web.everybody.filters import Show
from planrules.web.everybody.listing import PER_PAGE

DAY = "as_of=1995-12-31"


@pytest.fixture(scope="module")
def client() -> TestClient:
    return browser(sample())


def ids(text: str) -> list[str]:
    return re.findall(r'<th scope="row"><a href="[^"]*">([^<]+)</a>', text)


def test_the_day_is_asked_for_and_never_taken_from_the_clock(client: TestClient) -> None:
    asked = client.get("/everybody")
    assert asked.status_code == 200
    assert "As of which day?" in asked.text
    assert not ids(asked.text)


def test_three_boxes_lead_to_an_address_with_the_day(client: TestClient) -> None:
    reply = client.get("/everybody?month=12&day=31&year=1995&show=at-risk", follow_redirects=False)
    assert reply.status_code == 303
    assert reply.headers["location"] == "/everybody?as_of=1995-12-31&show=at-risk"


@pytest.mark.parametrize("typed", ["month=2&day=30&year=1995", "month=x&day=1&year=1995", "as_of=1800-01-01"])
def test_a_day_that_cannot_be_asked_about_is_told_at_the_boxes(client: TestClient, typed: str) -> None:
    reply = client.get(f"/everybody?{typed}")
    assert reply.status_code == 422
    assert 'href="#month"' in reply.text
    assert 'aria-invalid="true"' in reply.text


def test_page_json_and_csv_show_the_same_people(client: TestClient) -> None:
    for show in Show:
        page = client.get(f"/everybody?{DAY}&show={show}")
        data = client.get(f"/everybody.json?{DAY}&show={show}").json()
        table = list(csv.DictReader(StringIO(client.get(f"/everybody.csv?{DAY}&show={show}").text)))
        expected = [each["employee_id"] for each in data["people"]]
        assert ids(page.text) == expected == [each["employee_id"] for each in table]
        assert data["count"] == len(expected) == next(f["count"] for f in data["filters"] if f["show"] == show)


def test_no_employee_id_stands_in_an_address(client: TestClient) -> None:
    text = client.get(f"/everybody?{DAY}").text
    addresses = re.findall(r'(?:href|action)="([^"]*)"', text)
    people = [address for address in addresses if re.match(r"/everybody/[0-9a-f]{32}", address)]
    assert len(people) == 12
    assert not any("E10" in address for address in addresses)


def test_a_row_leads_to_the_persons_own_page(client: TestClient) -> None:
    text = client.get(f"/everybody?{DAY}&show=at-risk").text
    link = re.search(r'<th scope="row"><a href="([^"]*)">E1003', text)
    assert link is not None
    reply = client.get(link[1], follow_redirects=False)
    assert reply.status_code == 303
    assert re.fullmatch(r"/cases/[\w-]+", reply.headers["location"])


@pytest.mark.parametrize("sealed", ["E1003", "0" * 32])
def test_an_address_that_was_not_given_out_is_nobodys(client: TestClient, sealed: str) -> None:
    assert client.get(f"/everybody/{sealed}?{DAY}").status_code == 404


def test_an_unknown_word_is_refused_and_not_passed_over(client: TestClient) -> None:
    for words in ("show=everbody", "sort=name", "order=up", "page=0", "page=x"):
        assert client.get(f"/everybody?{DAY}&{words}").status_code == 422


@pytest.mark.parametrize("sort", ["employee", "status", "joins", "owns", "hours"])
def test_each_column_sorts_both_ways_with_whoever_has_no_value_last(client: TestClient, sort: str) -> None:
    names = {"employee": "employee_id", "status": "status_of_employee", "joins": "joins_on"}
    name = names.get(sort, "vested_percent_employer" if sort == "owns" else "pace_expected")
    for order in ("ascending", "descending"):
        data = client.get(f"/everybody.json?{DAY}&sort={sort}&order={order}").json()["people"]
        values = [each[name] for each in data]
        known = [value for value in values if value is not None]
        assert values[len(known) :] == [None] * (len(values) - len(known))
        assert known == sorted(known, reverse=order == "descending")


def test_a_sorted_column_says_so(client: TestClient) -> None:
    text = client.get(f"/everybody?{DAY}&sort=joins&order=descending").text
    assert re.findall(r'aria-sort="(\w+)"', text) == ["descending"]


def test_many_people_come_in_pages() -> None:
    people = People.from_persons([worker(f"W{n:04}", date(1995, 3, 1), {}) for n in range(PER_PAGE + 5)])
    client = browser(people)
    first, second = (client.get(f"/everybody?{DAY}&page={page}").text for page in (1, 2))
    assert len(ids(first)) == PER_PAGE
    assert ids(second) == [f"W{n:04}" for n in range(PER_PAGE, PER_PAGE + 5)]
    assert client.get(f"/everybody?{DAY}&page=99").text.count('scope="row"') == 5
    assert "Page 1 of 2" in first
    assert client.get(f"/everybody.csv?{DAY}").text.count("\n") == PER_PAGE + 5 + 1


def test_no_spreadsheet_takes_a_cell_for_a_formula() -> None:
    client = browser(People.from_persons([worker("=HYPERLINK(1)", date(1995, 3, 1), {})]))
    rows = list(csv.DictReader(StringIO(client.get(f"/everybody.csv?{DAY}").text)))
    assert rows[0]["employee_id"] == "'=HYPERLINK(1)"


def test_markup_in_an_id_is_text() -> None:
    client = browser(People.from_persons([worker("<script>alert(1)</script>", date(1995, 3, 1), {})]))
    text = client.get(f"/everybody?{DAY}").text
    assert "<script>alert" not in text
    assert "&lt;script&gt;" in text


def test_who_looked_is_on_record_with_hashes_alone(client: TestClient) -> None:
    before = len(client.app.state.site.audit.rows())
    client.get(f"/everybody?{DAY}")
    added = client.app.state.site.audit.rows()[before:]
    assert [(row.who, row.what, row.status) for row in added] == [("local", "list", "answered")]
    assert len(added[0].inputs_hash) == len(added[0].answer_hash) == 64


def test_without_people_the_page_says_what_to_do() -> None:
    client = browser(None)
    text = client.get("/everybody").text
    assert "No people are loaded" in text
    assert 'href="/upload"' in text
    assert client.get(f"/everybody.json?{DAY}").status_code == 404
