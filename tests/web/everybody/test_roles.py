"""Who may see the list, and that one caller's upload is nobody else's."""

from hashlib import sha256

import pytest
from starlette.testclient import TestClient
from web.everybody.crowds import sample
from web.everybody.sites import browser, example, send

from planrules.web.safety import Caller, Role
from planrules.web.safety.logins import Logins

DAY = "as_of=1995-12-31"


def known(**roles: tuple[Role, ...]) -> Logins:
    """Callers whose token is their name."""
    return Logins({sha256(name.encode()).digest(): Caller(name, frozenset(may)) for name, may in roles.items()})


@pytest.fixture(scope="module")
def client() -> TestClient:
    both: tuple[Role, ...] = ("look_up_one", "run_batch")
    return browser(sample(), logins=known(ann=both, bob=both, clerk=("look_up_one",)))


def sign_in(client: TestClient, name: str) -> TestClient:
    client.headers["authorization"] = f"Bearer {name}"
    return client


@pytest.mark.parametrize("path", [f"/everybody?{DAY}", f"/everybody.json?{DAY}", f"/everybody.csv?{DAY}", "/upload"])
def test_the_list_and_the_upload_are_for_those_who_may_run_a_batch(client: TestClient, path: str) -> None:
    assert sign_in(client, "ann").get(path).status_code == 200
    assert sign_in(client, "clerk").get(path).status_code == 403
    assert sign_in(client, "nobody").get(path).status_code == 401


def test_an_upload_is_shown_to_nobody_but_its_uploader(client: TestClient) -> None:
    page = send(sign_in(client, "ann"), [example("census-1996.csv")]).url.path
    for ending in ("", ".json", "/everybody", "/everybody.json", "/everybody.csv", "/exceptions.csv"):
        assert sign_in(client, "ann").get(page + ending).status_code == 200
        assert sign_in(client, "bob").get(page + ending).status_code == 404


def test_no_page_leads_where_the_caller_may_not_go(client: TestClient) -> None:
    assert 'href="/everybody"' in sign_in(client, "ann").get("/").text
    assert 'href="/upload"' in sign_in(client, "ann").get("/").text
    text = sign_in(client, "clerk").get("/").text
    assert "/everybody" not in text
    assert "/upload" not in text
