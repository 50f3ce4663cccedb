"""What stands before every route: names, origins, headers, and logs without what was asked."""

import asyncio
import logging
from dataclasses import replace
from pathlib import Path

import pytest
from starlette.testclient import TestClient
from starlette.types import Message
from starlette.websockets import WebSocketDisconnect
from web.safety.signing import basic
from web.serving import DAY, JSON, STEEL, as_json, asked, bearer, client, joined, logins, site

from planrules.web import Settings, create_app
from planrules.web.safety.access import load_logins, new_login
from planrules.web.safety.outgoing import COOKIE, SECURITY

ADDRESSES = ("/", "/v1/plans", "/v1/nothing", "/nothing", "/static/nothing.css", "/v1/openapi.json")


@pytest.mark.parametrize("address", ADDRESSES)
def test_every_reply_has_the_headers(address: str) -> None:
    reply = client().get(address)
    assert {name: reply.headers[name] for name in SECURITY} == dict(SECURITY)
    policy = SECURITY["content-security-policy"]
    assert "unsafe" not in policy
    assert "default-src 'none'" in policy
    assert "http" not in policy
    kept = address.startswith("/static") or address in {"/v1/plans", "/v1/openapi.json"}
    assert reply.headers["cache-control"] == ("private, no-cache" if kept else "no-store")


@pytest.mark.parametrize(
    ("headers", "status"),
    [
        ({}, 200),
        ({"origin": "http://127.0.0.1", "sec-fetch-site": "same-origin"}, 200),
        ({"origin": "http://evil.example"}, 403),
        ({"origin": "null"}, 403),
        ({"sec-fetch-site": "cross-site"}, 403),
        ({"sec-fetch-site": "same-site"}, 403),
    ],
)
def test_pages_of_others_cannot_ask(headers: dict[str, str], status: int) -> None:
    assert client().post("/v1/answers", json=asked(), headers=headers).status_code == status


@pytest.mark.parametrize(
    ("site_", "mode", "dest", "status"),
    [
        ("none", "navigate", "document", 200),
        ("same-origin", "no-cors", "image", 200),
        ("cross-site", "navigate", "document", 200),
        ("cross-site", "no-cors", "image", 403),
        ("same-site", "cors", "empty", 403),
        ("cross-site", "navigate", "iframe", 403),
    ],
)
def test_pages_of_others_may_link_here_and_load_nothing(site_: str, mode: str, dest: str, status: int) -> None:
    """A picture in a page of the web could else make a server on loopback evaluate everybody, again and again."""
    headers = {"sec-fetch-site": site_, "sec-fetch-mode": mode, "sec-fetch-dest": dest}
    assert client().get("/upload", headers=headers).status_code == status


def test_strangers_are_not_told_the_plans_name() -> None:
    reply = client().post("/plans/steel-technologies/samples", headers={"origin": "http://evil.example"})
    assert reply.status_code == 403
    elsewhere = client(site(settings=Settings(hosts=("127.0.0.1",)))).get("/", headers={"host": "evil.example"})
    assert elsewhere.status_code == 421
    for told in (reply, elsewhere):
        assert told.headers["content-type"].startswith("text/html")
        assert "Steel" not in told.text
        assert "steel" not in told.text


def test_on_loopback_only_its_own_names_are_answered() -> None:
    program = client(site(settings=Settings(hosts=("127.0.0.1", "localhost", "[::1]"))))
    statuses = {
        host: program.get("/v1/plans", headers={"host": host}).status_code
        for host in ("127.0.0.1:8080", "localhost", "[::1]:8080", "evil.example", "127.0.0.1.evil.example")
    }
    assert list(statuses.values()) == [200, 200, 200, 421, 421]


def test_the_cookie_is_for_this_server_and_no_script() -> None:
    cookie = client().get("/").headers["set-cookie"]
    assert cookie.startswith(f"{COOKIE}=")
    assert "HttpOnly" in cookie
    assert "SameSite=Strict" in cookie
    public = TestClient(client(site(settings=Settings(public=True))).app, base_url="https://plan.example").get("/")
    assert "Secure" in public.headers["set-cookie"]
    assert "strict-transport-security" in public.headers


def test_nothing_of_a_request_is_logged(caplog: pytest.LogCaptureFixture) -> None:
    caplog.set_level(logging.DEBUG)
    secret = "zq7w-secret"  # noqa: S105  no secret
    person = {**as_json(joined()), "employee_id": secret, "birth_date": "1949-07-13"}
    program = client(site(logins=logins(ann="look_up_one run_batch")), failing=False)
    program.post("/v1/answers", json=asked(person=person), headers=bearer("ann"))
    program.get(f"/v1/plans?cursor={secret}", headers=bearer("ann"))
    program.get(f"/{secret}?name={secret}", headers=bearer("ann"))
    program.get("/v1/plans", headers=bearer(secret))
    program.post(f"/v1/evaluations?as_of={DAY}&plan={secret}", content=secret, headers=bearer("ann") | JSON)
    ours = [record for record in caplog.records if not record.name.startswith(("asyncio", "httpx2", "httpcore2"))]
    text = "\n".join(record.getMessage() for record in ours)
    assert len(ours) >= 5
    assert not [each for each in (secret, "1949", "ann", "?") if each in text]


def test_on_a_server_with_tls_the_cookie_is_of_this_host_alone_and_no_other_is_taken() -> None:
    program = TestClient(client(site(settings=Settings(public=True))).app, base_url="https://plan.example")
    cookie = program.get("/").headers["set-cookie"]
    assert cookie.startswith(f"__Host-{COOKIE}=")
    assert "Path=/;" in cookie
    assert "Domain" not in cookie
    assert "set-cookie" not in program.get("/").headers
    planted = TestClient(program.app, base_url="https://plan.example", cookies={COOKIE: "x" * 43})
    assert planted.get("/").headers["set-cookie"].startswith(f"__Host-{COOKIE}=")


@pytest.mark.parametrize("cookie", ["short", "x" * 44, "x" * 42 + '"', ""])
def test_a_cookie_that_was_not_made_here_is_not_taken(cookie: str) -> None:
    reply = client().get("/", headers={"cookie": f"{COOKIE}={cookie}"})
    assert reply.headers["set-cookie"].startswith(f"{COOKIE}=")
    assert not reply.headers["set-cookie"].startswith(f"{COOKIE}={cookie};")


@pytest.mark.parametrize(
    ("origin", "status"), [("https://plan.example", 200), ("http://plan.example", 403), ("https://evil.example", 403)]
)
def test_a_page_that_came_without_tls_cannot_write_to_a_server_that_has_it(origin: str, status: int) -> None:
    program = TestClient(client(site(settings=Settings(public=True))).app, base_url="https://plan.example")
    assert program.post("/v1/answers", json=asked(), headers={"origin": origin}).status_code == status


def test_no_address_is_sent_on_to_where_the_request_says_it_came() -> None:
    reply = client().get("/upload/", headers={"host": "evil.example"}, follow_redirects=False)
    assert (reply.status_code, reply.headers.get("location")) == (404, None)


def test_nothing_gets_past_the_door_by_a_socket() -> None:
    program = client(site(logins=logins(ann="look_up_one")))
    for address in ("/", "/static/planrules.css"):
        with pytest.raises(WebSocketDisconnect), program.websocket_connect(address):
            pass


def test_a_length_that_is_no_length_is_too_large() -> None:
    headers = JSON | {"content-length": "9" * 5000}
    assert client().post("/v1/answers", content=b"{}", headers=headers).status_code == 413


def test_a_method_that_http_has_not_got_is_not_logged(caplog: pytest.LogCaptureFixture) -> None:
    caplog.set_level(logging.INFO, "planrules.access")
    assert client().request("900-11-2222", "/").status_code == 405
    assert caplog.messages == ["(other) / 405"]


def test_whoever_goes_away_in_the_middle_is_no_failure_of_the_server() -> None:
    served = site()
    sent: list[Message] = []

    async def receive() -> Message:
        return {"type": "http.disconnect"}

    async def send(message: Message) -> None:
        sent.append(message)

    headers = [(b"host", b"127.0.0.1"), (b"content-type", b"application/json"), (b"content-length", b"100")]
    scope = {"type": "http", "method": "POST", "path": "/v1/answers", "query_string": b"", "headers": headers}
    scope |= {"scheme": "http", "http_version": "1.1", "server": ("127.0.0.1", 80), "client": ("127.0.0.1", 1)}
    asyncio.run(create_app(served)(scope, receive, send))
    assert sent == []
    assert (served.audit.done(), served.audit.rows()) == ([], [])


def test_what_goes_wrong_before_it_is_known_who_asks_tells_no_plan(monkeypatch: pytest.MonkeyPatch) -> None:
    def fail(*_: object) -> None:
        raise RuntimeError

    monkeypatch.setattr("planrules.web.safety.gate.Gate.enter", fail)
    reply = client(site(logins=logins(ann="look_up_one")), failing=False).get("/", headers=bearer("ann"))
    assert reply.status_code == 500
    assert "teel" not in reply.text


# ---- who asks ------------------------------------------------------------------------------------


def test_without_a_known_token_nobody_is_let_in() -> None:
    program = client(site(logins=logins(ann="look_up_one")))
    for address in ADDRESSES:
        refused = program.get(address)
        assert (refused.status_code, refused.headers["www-authenticate"]) == (401, "Bearer")
        assert STEEL.plan.reference.name not in refused.text
    assert program.get("/v1/plans", headers=bearer("ann")).status_code == 200
    wrong = [bearer("bob"), basic("ann", "ann"), {"authorization": "Bearer"}, {"authorization": "Digest ann"}]
    assert {program.get("/v1/plans", headers=each).status_code for each in wrong} == {401}


def test_a_login_of_a_file_lets_in_by_its_password(tmp_path: Path) -> None:
    (file := tmp_path / "logins.yaml").write_text(new_login("ann", "pass:word of ann é", ["look_up_one"]))
    assert "pass:word" not in file.read_text()
    program = client(site(logins=load_logins([file])))
    good = basic("ann", "pass:word of ann é")
    assert [program.get("/v1/plans", headers=each).status_code for each in (good, good)] == [200, 200]
    assert program.post("/v1/answers", json=asked(), headers=good).status_code == 200
    assert program.post("/v1/answers", json=asked(people=[{}]), headers=good).status_code == 403
    wrong = [basic("ann", "pass:word of ann"), basic("bob", "pass:word of ann é"), {"authorization": "Basic %%"}, {}]
    wrong.append({"authorization": "Basic é".encode("latin-1")})
    assert {program.get("/v1/plans", headers=each).status_code for each in wrong} == {401}
    assert program.get("/v1/plans").headers["www-authenticate"].startswith("Basic realm=")


@pytest.mark.parametrize("path", ["/", "/v1/plans"])
def test_each_way_to_sign_in_has_a_line_of_its_own(tmp_path: Path, path: str) -> None:
    """A browser that finds both on one line asks for no password."""
    file = tmp_path / "logins.yaml"
    file.write_text(new_login("ann", "pass:word of ann é", ["look_up_one"]))
    program = client(site(logins=replace(load_logins([file]), tokens=logins(bob="look_up_one").tokens)))
    lines = program.get(path).headers.get_list("www-authenticate")
    assert lines == ['Basic realm="planrules", charset="UTF-8"', "Bearer"]


def test_the_audit_log_has_the_name_and_not_the_token() -> None:
    served = site(logins=logins(ann="look_up_one"))
    client(served).post("/v1/answers", json=asked(), headers=bearer("ann"))
    assert [row.who for row in served.audit.rows()] == ["ann"]
