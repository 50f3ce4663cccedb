"""A change while others ask: each answer is of one version and says which, and nothing that is kept mixes two."""

import json
import re
from concurrent.futures import ThreadPoolExecutor
from dataclasses import replace
from threading import Event
from typing import TYPE_CHECKING

import pytest
from asking import changed
from starlette.testclient import TestClient
from web.everybody.crowds import sample as people
from web.everybody.sites import browser
from web.pages.visits import browser as visitor
from web.pages.visits import sample, send, untouched, words
from web.serving import DAY
from web.versions.hardware import HARDWARE, PLAN, by, person, put, sent, served

from planrules.api import Plan
from planrules.web.versions import Standing

if TYPE_CHECKING:
    from planrules.web import Site

OTHERWISE = changed({"5.03(b)": {"top_heavy": {2: 100}, "non_top_heavy": {2: 100}}})
"""The sample plan with money that is owned sooner."""


def put_in_force(client: TestClient, plan: Plan) -> str:
    """Puts another version of the first plan in force; gives its hash."""
    site: Site = client.app.state.site  # type: ignore[attr-defined]
    now = site.in_force.standing(site.first.id)
    hosted = replace(now.hosted, plan=plan)
    version = replace(now.version, hash=hosted.hash, number=now.version.number + 1)
    site.in_force.put(Standing(hosted, version, now.file))
    return hosted.hash


def asked(**more: object) -> dict[str, object]:
    return {"plan": HARDWARE.id, "as_of": DAY.isoformat(), "other_readings": False, "person": person(), **more}


def test_an_answer_can_be_asked_for_under_an_earlier_version() -> None:
    program = by("ann")
    before = program.post("/v1/answers", json=asked()).json()
    now = put(program, sent(age=65)).json()["elections_hash"]
    after = program.post("/v1/answers", json=asked()).json()
    assert (before["plan"]["elections_hash"], after["plan"]["elections_hash"]) == (HARDWARE.hash, now)
    assert program.post("/v1/answers", json=asked(version=HARDWARE.hash)).json() == before
    assert program.post("/v1/answers", json=asked(version=now)).json() == after
    several = program.post("/v1/answers", json={**asked(version=HARDWARE.hash, people=[person()]), "person": None})
    assert several.status_code == 422  # a person and people
    body = asked(version=HARDWARE.hash, people=[person()])
    del body["person"]
    outcomes = program.post("/v1/answers", json=body).json()
    assert outcomes["plan"]["elections_hash"] == HARDWARE.hash
    assert outcomes["outcomes"][0]["answer"] == before


def test_the_row_of_an_answer_says_which_version() -> None:
    site = served()
    program = by("ann", site)
    put(program, sent(age=65))
    program.post("/v1/answers", json=asked(version=HARDWARE.hash))
    program.post("/v1/answers", json=asked())
    assert [row.elections_hash for row in site.audit.rows()[-2:]] == [HARDWARE.hash, site.first.hash]


def test_an_evaluation_too_can_be_of_an_earlier_version() -> None:
    program = by("ann")
    now = put(program, sent(age=65)).json()["elections_hash"]
    lines = json.dumps(person())
    for version, hash_ in (({}, now), ({"version": HARDWARE.hash}, HARDWARE.hash)):
        made = program.post(
            "/v1/evaluations",
            params={"as_of": DAY.isoformat(), "plan": HARDWARE.id, **version},
            content=lines,
            headers={"content-type": "application/x-ndjson"},
        )
        assert made.status_code == 201, made.text
        assert made.json()["plan"]["elections_hash"] == hash_


def test_a_version_that_is_not_there_is_told_by_its_pointer() -> None:
    program = by("ann")
    reply = program.post("/v1/answers", json=asked(version="0" * 64))
    assert (reply.status_code, reply.json()["problems"][0]["pointer"]) == (404, "/version")
    assert program.post("/v1/answers", json=asked(version="new")).status_code == 422
    assert program.post("/v1/answers", json=asked(version=HARDWARE.hash, elections_hash="x")).status_code == 409
    other = program.get("/v1/plans/steel-technologies").json()["elections_hash"]
    assert program.post("/v1/answers", json=asked(version=other)).status_code == 404


def test_an_earlier_version_is_one_plan_however_often_it_is_asked() -> None:
    site = served()
    put(by("ann", site), sent(age=65))
    first, again = (site.in_force.under(HARDWARE.id, HARDWARE.hash) for _ in range(2))
    assert first is not None
    assert first is again
    assert site.in_force.under(HARDWARE.id, site.first.hash) is site.first


def test_who_was_asking_is_answered_under_the_version_it_began_with(monkeypatch: pytest.MonkeyPatch) -> None:
    site, begun, go = served(), Event(), Event()
    answers = Plan.answers

    def waits(plan: Plan, *given: object, **more: object) -> object:
        begun.set()
        assert go.wait(30)
        return answers(plan, *given, **more)  # type: ignore[arg-type]

    monkeypatch.setattr(Plan, "answers", waits)
    with ThreadPoolExecutor(1) as pool:
        asking = pool.submit(by("bob", site).post, "/v1/answers", json=asked())
        assert begun.wait(30)
        now = put(by("cat", site), sent(age=65)).json()["elections_hash"]
        go.set()
        told = asking.result(30).json()
    assert told["plan"]["elections_hash"] == HARDWARE.hash
    assert by("bob", site).post("/v1/answers", json=asked()).json()["plan"]["elections_hash"] == now


def test_a_repeat_after_a_change_is_refused_unless_it_names_its_version() -> None:
    program = by("ann")
    plain, named = {"idempotency-key": "plain"}, {"idempotency-key": "named"}
    program.post("/v1/answers", json=asked(), headers=plain)
    first = program.post("/v1/answers", json=asked(version=HARDWARE.hash), headers=named)
    put(program, sent(age=65))
    assert program.post("/v1/answers", json=asked(), headers=plain).status_code == 409
    again = program.post("/v1/answers", json=asked(version=HARDWARE.hash), headers=named)
    assert (again.text, again.headers["idempotency-replayed"]) == (first.text, "true")


def test_the_examples_of_the_openapi_are_those_of_the_version_in_force() -> None:
    program = by("ann")
    before = program.get("/v1/openapi.json")
    put(program, sent(age=65))
    after = program.get("/v1/openapi.json")
    assert before.headers["etag"] != after.headers["etag"]
    path = after.json()["paths"]["/v1/answers"]["post"]
    example = path["requestBody"]["content"]["application/json"]["examples"]["one"]["value"]
    told = path["responses"]["200"]["content"]["application/json"]["examples"]["one"]["value"]
    assert program.post("/v1/answers", json=example).json() == told


def test_the_rules_are_those_of_the_version_in_force() -> None:
    program = by("ann")
    before = program.get(f"{PLAN}/rules", params={"limit": 2}).json()
    put(program, sent(age=65))
    after = program.get(f"{PLAN}/rules").json()
    assert after["plan"]["elections_hash"] != before["plan"]["elections_hash"]
    assert any("65" in each["says"] for each in after["rules"])
    assert program.get(f"{PLAN}/rules", params={"cursor": before["next"]}).status_code == 422


def test_a_list_of_everybody_is_of_the_version_in_force() -> None:
    client = browser(people())
    before = client.get("/everybody.json?as_of=1996-12-31").json()
    now = put_in_force(client, OTHERWISE)
    after = client.get("/everybody.json?as_of=1996-12-31").json()
    assert before["plan"]["elections_hash"] != after["plan"]["elections_hash"] == now
    owned = [[each["vested_percent_employer"] for each in told["people"]] for told in (before, after)]
    assert owned[0] != owned[1]
    fresh = browser(people())
    put_in_force(fresh, OTHERWISE)
    assert fresh.get("/everybody.json?as_of=1996-12-31").json()["people"] == after["people"]


def test_a_case_stays_with_the_version_it_was_answered_under_and_says_that_it_is_over() -> None:
    client = visitor()
    page = sample(client, "joined")
    at = str(page.url).removeprefix("http://127.0.0.1")
    said = client.get(f"{at}.json").json()["answer"]
    assert "has been changed since" not in words(page)
    now = put_in_force(client, OTHERWISE)
    again = client.get(at)
    assert "The plan has been changed since this was answered" in words(again)
    assert client.get(f"{at}.json").json()["answer"] == said
    letter = client.get(f"{at}/letter").text
    assert said["plan"]["elections_hash"][:12] in letter
    assert now[:12] not in letter
    supposed = send(client, at, f"{at}/what-if", {"hours": "100", "top_heavy": ""})
    assert supposed.status_code in {200, 422}
    form = untouched(client.get(f"{at}/facts").text)
    send(client, f"{at}/facts", f"{at}/facts", form)
    after = client.get(f"{at}.json").json()["answer"]
    assert after["plan"]["elections_hash"] == now
    assert "has been changed since" not in words(client.get(at))


def test_what_is_compared_later_is_compared_within_the_version() -> None:
    client = visitor()
    at = str(sample(client, "joined").url).removeprefix("http://127.0.0.1")
    site: Site = client.app.state.site  # type: ignore[attr-defined]
    first = site.first.hash
    put_in_force(client, OTHERWISE)
    client.get(f"{at}/readings")
    seen = [row for row in site.audit.done() if row.answer_hash]
    assert {row.elections_hash for row in seen} == {first}
    assert {row.answer_hash for row in seen} <= {row.answer_hash for row in site.audit.rows()}
    assert [row.elections_hash for row in site.audit.rows()] == [first] * len(site.audit.rows())


def test_the_pages_say_which_version_since_when_and_by_whom() -> None:
    program = by("ann")
    at = f"/plans/{HARDWARE.id}"
    rules = words(program.get(f"{at}/rules"))
    assert re.search(rf"Version {HARDWARE.hash[:12]}, in force since \w+ \d+, \d{{4}}, read from its file\.", rules)
    now = put(program, sent(age=65)).json()["elections_hash"]
    page = program.get(f"{at}/rules")
    assert f"Version {now[:12]}" in words(page)
    assert "put by ann." in words(page)
    assert f'href="{at}/versions"' in page.text
    listed = words(program.get(f"{at}/versions"))
    assert listed.index(now[:12]) < listed.index(HARDWARE.hash[:12])
    told = program.get(f"{at}/versions.json").json()["versions"]
    assert [(each["hash"], each["by"], each["in_force"]) for each in told] == [
        (now, "ann", True),
        (HARDWARE.hash, "file", False),
    ]
    assert program.get("/plans/nosuch/versions").status_code == 404
