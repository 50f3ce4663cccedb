"""Guesses are limited, by address and by login, for a while, and never against who was let in before."""

import asyncio
import threading
from collections.abc import Callable, Mapping
from dataclasses import dataclass, field

import pytest
from starlette.testclient import TestClient
from uvicorn.middleware.proxy_headers import ProxyHeadersMiddleware
from web.safety.signing import basic
from web.serving import Hours, bearer, client, logins, site

from planrules.web import Settings
from planrules.web.safety.callers import Caller
from planrules.web.safety.failures import Failures
from planrules.web.safety.gate import Gate
from planrules.web.safety.limits import Guesses
from planrules.web.safety.logins import Logins
from planrules.web.safety.passwords import hashed
from planrules.web.safety.refusals import StrangerError

GUESSES = Guesses(window=900, of_address=3, of_login=5, quiet=1800)
ANN, BOB = (Caller(name, frozenset({"look_up_one"})) for name in ("ann", "bob"))


@dataclass
class Checks:
    """Passwords that are their own hashes, and how often one was looked at."""

    hours: Hours = field(default_factory=Hours)
    looked_at: list[str] = field(default_factory=list)

    def __call__(self, password: str, kept: str) -> bool:
        self.looked_at.append(password)
        return password == kept

    def gate(self, guesses: Guesses = GUESSES) -> Gate:
        people = Logins(passwords={"ann": ("right", ANN), "bob": ("bobs", BOB)}, tokens=logins(pay="run_batch").tokens)
        return Gate(people, guesses, self.hours, self)


def enter(gate: Gate, headers: Mapping[str, str], host: str = "192.0.2.1") -> int:
    """200, or the status of the refusal."""
    try:
        asyncio.run(gate.enter(headers.get("authorization", ""), host))
    except StrangerError as error:
        return error.status
    return 200


def test_an_address_that_guesses_is_not_listened_to_for_a_while() -> None:
    checks = Checks()
    gate = checks.gate()
    wrong = [basic("ann", "wrong"), bearer("wrong"), basic("nobody", "wrong")]
    assert [enter(gate, each) for each in wrong] == [401] * 3
    looked_at = len(checks.looked_at)
    assert [enter(gate, each) for each in (*wrong, basic("ann", "right"), bearer("pay"))] == [429] * 5
    assert len(checks.looked_at) == looked_at, "a guess was looked at"
    assert enter(gate, {}) == 401
    assert enter(gate, basic("ann", "right"), "192.0.2.2") == 200
    checks.hours.pass_by(seconds=900)
    assert enter(gate, basic("bob", "bobs")) == 200


def test_a_login_that_is_guessed_at_from_everywhere_is_not_shut_for_who_it_is() -> None:
    checks = Checks()
    gate = checks.gate()
    assert enter(gate, basic("ann", "right"), "192.0.2.7") == 200
    assert [enter(gate, basic("ann", f"wrong {n}"), f"198.51.100.{n}") for n in range(7)] == [401] * 5 + [429] * 2
    assert enter(gate, basic("ann", "right"), "192.0.2.9") == 200, "what let in before was counted"
    restarted = checks.gate()
    restarted._homes.update(gate._homes)  # noqa: SLF001  as if ann's password had been another then
    for n in range(5):
        enter(restarted, basic("ann", "wrong"), f"198.51.100.{n}")
    assert enter(restarted, basic("ann", "right"), "192.0.2.8") == 429
    assert enter(restarted, basic("ann", "right"), "192.0.2.7") == 200, "her own address was shut out"


def test_a_login_is_open_again_when_the_window_has_moved_on() -> None:
    checks = Checks()
    gate = checks.gate()
    for n in range(5):
        enter(gate, basic("ann", "wrong"), f"198.51.100.{n}")
        checks.hours.pass_by(seconds=60)
    assert enter(gate, basic("ann", "right"), "192.0.2.8") == 429
    assert enter(gate, basic("bob", "bobs"), "192.0.2.8") == 200
    checks.hours.pass_by(seconds=600)
    assert enter(gate, basic("ann", "right"), "192.0.2.8") == 200


def test_a_name_that_is_nobodys_is_limited_like_one_that_is() -> None:
    gate = Checks().gate()
    for name in ("ann", "nobody"):
        statuses = [enter(gate, basic(name, "wrong"), f"198.51.100.{ord(name[0])}{n}") for n in range(7)]
        assert statuses == [401] * 5 + [429] * 2


def test_neighbours_of_an_ipv6_network_are_one_address() -> None:
    gate = Checks().gate()
    statuses = [enter(gate, bearer("wrong"), f"2001:db8::{n}") for n in range(1, 6)]
    assert statuses == [401] * 3 + [429] * 2
    assert enter(gate, bearer("wrong"), "2001:db8:0:1::1") == 401


def test_being_right_does_not_make_up_for_guessing() -> None:
    """Whoever has a login of his own could else go on guessing at another for ever."""
    gate = Checks().gate()
    tried = [basic("bob", "wrong"), basic("ann", "right"), basic("bob", "wrong 2"), basic("ann", "right")]
    assert [enter(gate, each) for each in tried] == [401, 200, 401, 200]
    assert [enter(gate, basic("bob", each)) for each in ("wrong 3", "wrong 4")] == [401, 429]


def test_passwords_are_looked_at_one_at_a_time_and_not_after_too_many() -> None:
    running, most, lock = 0, 0, threading.Lock()

    def slow(password: str, kept: str) -> bool:
        nonlocal running, most
        with lock:
            running += 1
            most = max(most, running)
        threading.Event().wait(0.005)
        with lock:
            running -= 1
        return password == kept

    gate = Gate(Logins(passwords={"ann": ("right", ANN)}), GUESSES, Hours(), slow)

    async def at_once() -> list[object]:
        guesses = [basic("ann", f"wrong {n}")["authorization"] for n in range(30)]
        return list(await asyncio.gather(*(gate.enter(each, "192.0.2.1") for each in guesses), return_exceptions=True))

    found = asyncio.run(at_once())
    statuses = [each.status for each in found if isinstance(each, StrangerError)]
    assert (most, statuses.count(401), statuses.count(429)) == (1, 3, 27)


def test_who_asks_twice_at_once_is_looked_at_once() -> None:
    checks = Checks()
    gate = checks.gate()
    right = basic("ann", "right")["authorization"]

    async def at_once() -> list[bool]:
        return [each.signed_in for each in await asyncio.gather(*(gate.enter(right, "192.0.2.1") for _ in range(20)))]

    assert sorted(asyncio.run(at_once())) == [False] * 19 + [True]
    assert checks.looked_at == ["right"]


def test_what_is_remembered_does_not_grow_with_guesses(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr("planrules.web.safety.failures._MOST_KEPT", 100)
    failures = Failures(Hours(), 900)
    for n in range(1000):
        failures.add(str(n))
    assert [failures.wait(str(n), 1) for n in (0, 899, 900, 999)] == [0, 0, 900, 900]


def test_the_wait_is_told_to_the_second() -> None:
    hours = Hours()
    failures = Failures(hours, 900)
    for _ in range(3):
        failures.add("a")
        hours.pass_by(seconds=100)
    assert [failures.wait("a", most) for most in (1, 2, 3, 4)] == [800, 700, 600, 0]
    hours.pass_by(seconds=599)
    assert failures.wait("a", 3) == 1
    hours.pass_by(seconds=1)
    assert failures.wait("a", 3) == 0
    hours.pass_by(days=1)
    assert failures.wait("a", 1) == 0


# ---- at the door ----------------------------------------------------------------------------------


def guessed_at(*, clock: Hours) -> TestClient:
    people = Logins(passwords={"ann": (hashed("right"), ANN)}, tokens=logins(pay="run_batch").tokens)
    return client(site(logins=people, settings=Settings(guesses=GUESSES), clock=clock))


@pytest.mark.parametrize("path", ["/", "/v1/plans", "/cases/x.json"])
def test_too_many_guesses_are_told_like_everything_else(path: str) -> None:
    hours = Hours()
    program = guessed_at(clock=hours)
    for _ in range(3):
        program.get(path, headers=bearer("wrong"))
        hours.pass_by(seconds=10)
    reply = program.get(path, headers=bearer("pay"))
    assert (reply.status_code, reply.headers["retry-after"]) == (429, "870")
    if path == "/":
        assert reply.headers["content-type"].startswith("text/html")
        assert "Wait 870 seconds" in reply.text
        assert "teel" not in reply.text
    else:
        told = reply.json()
        assert (told["type"], told["status"]) == ("urn:planrules:error:request", 429)
        assert told["title"] == "Too many wrong tokens or passwords"
    assert "www-authenticate" not in reply.headers
    hours.pass_by(seconds=870)
    assert program.get("/v1/plans", headers=bearer("pay")).status_code == 200


def test_behind_a_proxy_an_address_is_the_one_that_the_proxy_tells() -> None:
    people = logins(pay="run_batch")
    app = client(site(logins=people, settings=Settings(guesses=GUESSES), clock=Hours())).app
    behind = ProxyHeadersMiddleware(app, trusted_hosts="127.0.0.1")  # as uvicorn puts it before the server
    proxy = TestClient(behind, base_url="http://127.0.0.1", client=("127.0.0.1", 50_000))

    def from_(told: str) -> int:
        return proxy.get("/v1/plans", headers=bearer("wrong") | {"x-forwarded-for": told}).status_code

    assert [from_("192.0.2.1") for _ in range(4)] == [401] * 3 + [429]
    assert from_("192.0.2.2") == 401
    assert from_("192.0.2.3, 192.0.2.1") == 429, "what a guesser sends to the proxy was believed"


def rows(program: TestClient) -> list[tuple[str, str, int, str]]:
    served = program.app.state.site  # type: ignore[attr-defined]
    return [(row.who, row.what, row.status, row.refused) for row in served.audit.done()]


def test_a_failed_sign_in_names_the_login_only_where_there_is_one() -> None:
    program = guessed_at(clock=Hours())
    for headers in (basic("ann", "zq7w"), basic("my-pass-zq7w", "x"), bearer("zq7w"), basic("ann", "zq7w")):
        program.get("/", headers=headers)
    assert rows(program) == [
        ("ann", "sign in", 401, "wrong token or password"),
        ("", "sign in", 401, "wrong token or password"),
        ("", "sign in", 401, "wrong token or password"),
        ("ann", "sign in", 429, "too many guesses"),
    ]


def test_a_sign_in_is_a_row_and_one_again_after_a_long_quiet() -> None:
    hours = Hours()
    program = guessed_at(clock=hours)
    pass_by: list[Callable[[], None]] = [lambda: hours.pass_by(seconds=1799), lambda: hours.pass_by(seconds=1800)]
    program.get("/v1/plans", headers=bearer("pay"))
    for each in pass_by:
        each()
        program.get("/v1/plans", headers=bearer("pay"))
    assert rows(program) == [("pay", "sign in", 200, "")] * 2
