"""What a server says of its plans: by hash, in pages, with tags."""

import pytest
from starlette.testclient import TestClient
from web.serving import STEEL, client

from planrules.answers.show import lines_shown, untold_lines
from planrules.plan import catalogue
from planrules.web.api.paging import next_of, page_of
from planrules.web.safety.refusals import RefusedError

PLAN = f"/v1/plans/{STEEL.id}"


@pytest.fixture(scope="module")
def program() -> TestClient:
    return client()


def test_a_plan_is_listed_with_the_hash_that_its_answers_have(program: TestClient) -> None:
    listed = program.get("/v1/plans").json()
    assert listed["next"] is None
    assert [(each["id"], each["elections_hash"]) for each in listed["plans"]] == [
        (STEEL.id, STEEL.plan.reference.elections_hash)
    ]


def test_a_plan_tells_what_is_in_force(program: TestClient) -> None:
    told = program.get(PLAN).json()
    assert told["elections_hash"] == STEEL.plan.reference.elections_hash
    assert told["elections"] == STEEL.plan.elections.content_hash
    assert told["terms_in_force_from"] == "1993-08-01"
    assert told["source"] == {"document": "10-K for the year ended 1995-09-30", "exhibit": "10.10"}
    assert told["facts"]["illustrative"] is True
    assert {each["reading"]: each["option"] for each in told["readings"]} == dict(STEEL.plan.terms.choices.options)
    assert all(each["means"] == catalogue()[each["reading"]].options[each["option"]] for each in told["readings"])


def test_rules_are_the_lines_of_planrules_show_page_by_page(program: TestClient) -> None:
    found, cursor = [], None
    while True:
        page = program.get(f"{PLAN}/rules", params={"limit": 7} | ({"cursor": cursor} if cursor else {})).json()
        assert len(page["rules"]) <= 7
        found += page["rules"]
        if (cursor := page["next"]) is None:
            break
    plan = STEEL.plan
    shown = [(heading, *each) for heading, lines in lines_shown(plan.terms, plan.otherwise_read()) for each in lines]
    untold = list(untold_lines(plan.elections, plan.terms))
    assert [(each["heading"], each["says"], tuple(each["cites"])) for each in found[len(untold) :]] == shown
    assert [each["says"] for each in found[: len(untold)]] == [says for says, _ in untold]
    assert any(each["readings"] for each in found)


@pytest.mark.parametrize("address", ["/v1/plans", PLAN, f"{PLAN}/rules", "/v1/openapi.json"])
def test_who_has_it_already_is_told_so(program: TestClient, address: str) -> None:
    first = program.get(address)
    again = program.get(address, headers={"if-none-match": first.headers["etag"]})
    assert (again.status_code, again.content, again.headers["etag"]) == (304, b"", first.headers["etag"])
    assert program.get(address, headers={"if-none-match": '"another"'}).status_code == 200


def test_a_cursor_is_good_for_its_own_list_alone() -> None:
    items = list(range(10))
    page, cursor = page_of(items, 4, None, "one")
    assert (page, page_of(items, 4, cursor, "one")[0]) == ([0, 1, 2, 3], [4, 5, 6, 7])
    assert page_of(items, 4, next_of(8, 10, "one"), "one") == ([8, 9], None)
    for wrong in (next_of(4, 10, "another"), "", "%%%", "AAAA", "\u00e9"):
        with pytest.raises(RefusedError):
            page_of(items, 4, wrong, "one")
