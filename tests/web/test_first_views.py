"""The script that looks at first views: each is of a case of its own, through the forms; times are not judged."""

from datetime import date
from itertools import islice

import httpx2
import pytest
from starlette.testclient import TestClient
from web.first_views import FailedError, found, line, main, people, told, typed
from web.pages.visits import browser

AS_OF = date(1996, 3, 31)


@pytest.fixture
def client() -> TestClient:
    made = browser()
    made.follow_redirects = False
    return made


def asked(client: TestClient) -> list[str]:
    """The questions about one person, by the hash of the facts."""
    return [row.inputs_hash for row in client.app.state.site.audit.rows() if row.what == "page"]  # type: ignore[attr-defined]


def test_people_of_the_server_are_each_answered_for_once(client: TestClient) -> None:
    ids = list(people(client, AS_OF))
    views = list(found(client, ids[:3], AS_OF, 0))
    assert len(views) == len(set(asked(client))) == len(asked(client)) == 3
    assert all(0 < each.page < each.way for each in views)


def test_typed_people_are_each_another(client: TestClient) -> None:
    views = list(told(client, 2, AS_OF, 0))
    assert len(views) == len(set(asked(client))) == 2
    everybody = [tuple(typed(n, AS_OF).items()) for n in range(1_000)]
    assert len(set(everybody)) == 1_000


def test_a_page_that_fails_ends_it(client: TestClient) -> None:
    with pytest.raises(FailedError, match="find: 422"):
        list(found(client, ["nobody"], AS_OF, 0))
    assert list(islice(found(client, [], AS_OF, 0), 1)) == []


def test_only_this_machine_is_asked(capsys: pytest.CaptureFixture[str]) -> None:
    for arguments in (["http://example.org"], ["http://127.0.0.1:1", "--people", "1001"]):
        with pytest.raises(SystemExit):
            main(arguments)
        assert "a server of this machine, and at most 1,000 people" in capsys.readouterr().err
    with pytest.raises(httpx2.ConnectError):
        main(["http://127.0.0.1:1"])


def test_percentiles_are_told_in_milliseconds() -> None:
    assert line("all", [n / 1000 for n in range(1, 102)]) == "all: p50 51 ms, p95 96 ms, slowest 101 ms"
    assert line("one", [0.25]) == "one: p50 250 ms, p95 250 ms, slowest 250 ms"
