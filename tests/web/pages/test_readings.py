"""The other readings: the result page does not wait for them, and what is worked out once is kept for all the rest."""

import re

import pytest
from asking import elections, steel
from starlette.testclient import TestClient
from web.pages.visits import browser, facts, person, sample, send, words

from planrules import Plan
from planrules.web import HostedPlan, Site, create_app
from planrules.web.audit import AuditLog

COMPARING = "The other ways to read the plan are being compared."
FORM = "/plans/steel-technologies/facts"
OTHERWISE = "Read otherwise: no, there is no employment condition for the match."


@pytest.fixture
def client() -> TestClient:
    return browser()


def asked(client: TestClient) -> list[str]:
    """The kinds of question in the audit log."""
    return [row.what for row in client.app.state.site.audit.rows()]  # type: ignore[attr-defined]


def typed(client: TestClient) -> str:
    """The address of a case of typed facts, whose answer nobody has looked at."""
    return send(client, FORM, FORM, facts()).url.path.removesuffix("/check")


def undecided() -> TestClient:
    """A browser at a server of a plan of which nobody has decided any reading."""
    data = elections()
    data.pop("readings", None)
    plan = Plan(Plan.from_data(data).elections, steel().facts)
    hosted = HostedPlan("steel-technologies", plan, {"joined": person("joined")})
    return TestClient(create_app(Site({hosted.id: hosted}, AuditLog())), base_url="http://127.0.0.1")


def test_a_link_leads_to_the_same_section_on_a_page_of_its_own(client: TestClient) -> None:
    first = sample(client, "joined")
    link = re.search(r'<a href="([^"]+)" data-fragment="readings">Compare now</a>', first.text)
    assert link is not None
    assert COMPARING in words(first)
    assert OTHERWISE not in words(first)
    own = words(client.get(link[1]))
    assert "Could be read otherwise" in own
    assert OTHERWISE in own
    assert COMPARING not in own
    assert re.search(r"\d+ other unclear places of the document would change nothing here", own)


def test_the_script_asks_for_the_part_of_the_section_alone(client: TestClient) -> None:
    at = sample(client, "joined").url.path
    part = client.get(f"{at}/readings", headers={"x-fragment": "readings"})
    assert "<html" not in part.text
    assert part.text.strip() in client.get(f"{at}/readings").text
    assert part.text.strip() in client.get(at).text, "once it is known the page has it at once"


def test_paper_says_what_it_does_not_show(client: TestClient) -> None:
    first = sample(client, "joined").text
    assert '<p class="only-print">The other ways to read the plan are not shown here.</p>' in first
    assert f'<p class="no-print">{COMPARING}' in first


def test_all_but_the_comparison_is_there_at_once(client: TestClient) -> None:
    first = sample(client, "joined")
    later = client.get(first.url.path)
    before, rest = re.split(r'<div id="readings".*?</div>\s*(?=<h3>|</section>)', first.text, flags=re.DOTALL)
    assert later.text.startswith(before), "answers, timeline and what if"
    assert later.text.endswith(rest)


def test_what_nobody_has_decided_does_not_wait() -> None:
    client = undecided()
    first = sample(client, "joined")
    said = words(first)
    assert "Nobody has decided." in said
    assert COMPARING in said
    assert said.index("Nobody has decided.") < said.index(COMPARING)
    own = words(client.get(f"{first.url.path}/readings"))
    assert own.count("Nobody has decided.") == said.count("Nobody has decided.")


def test_the_engine_is_asked_once_for_each_of_the_two(client: TestClient) -> None:
    at = sample(client, "joined").url.path
    for path in ("", "/readings", ".json", "/letter", "/letter.json", "/timeline.svg", "/readings"):
        assert client.get(f"{at}{path}").status_code == 200
    assert asked(client) == ["page", "page, other readings"]


def test_the_letter_and_the_data_wait_for_the_comparison(client: TestClient) -> None:
    at = typed(client)
    assert asked(client) == ["page"]
    told = client.get(f"{at}.json").json()["answer"]["readings"]
    assert any(note["chosen"] is not None for note in told)
    assert asked(client) == ["page", "page, other readings"]
    assert "Read otherwise" in words(client.get(f"{typed(client)}/letter"))


def test_what_the_letter_waited_for_is_on_the_page_at_once(client: TestClient) -> None:
    at = typed(client)
    client.get(f"{at}/letter")
    assert COMPARING not in words(client.get(at))


def test_a_what_if_waits_for_no_comparison(client: TestClient) -> None:
    at = typed(client)
    reply = send(client, FORM, f"{at}/what-if", {"suppose": "top_heavy", "top_heavy": "yes"})
    assert COMPARING in words(reply)
    assert asked(client) == ["page", "what if"]


def test_what_was_chosen_is_not_called_undecided(client: TestClient) -> None:
    chosen, opened = client.get(f"{typed(client)}/readings").text, undecided()
    assert "<h2>Not decided</h2>" not in chosen
    assert "<h2>Could be read otherwise</h2>" in chosen
    at = sample(opened, "joined").url.path
    said = opened.get(f"{at}/readings").text
    before, rest = said.split("<h2>Could be read otherwise</h2>")
    assert "Nobody has decided." in before.partition("<h2>Not decided</h2>")[2]
    assert "One way to read it:" in before
    assert "Nobody has decided." not in rest
