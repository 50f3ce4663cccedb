"""`Idempotency-Key`: the same request gets the same bytes for a day, another under its key none."""

import json
from collections.abc import Mapping
from pathlib import Path

import pytest
from sqlalchemy import inspect, text
from starlette.testclient import TestClient
from web.serving import Hours, as_json, asked, bearer, client, joined, logins, site

from planrules.web.audit import AuditLog
from planrules.web.safety.refusals import RefusedError

KEY = {"idempotency-key": "a-key"}


def ask(program: TestClient, headers: Mapping[str, str], **more: object) -> tuple[int, bytes, str | None]:
    reply = program.post("/v1/answers", json=asked(**more), headers=dict(headers))
    return reply.status_code, reply.content, reply.headers.get("idempotency-replayed")


def test_the_same_request_gets_the_same_bytes() -> None:
    program = client()
    first, second = ask(program, KEY), ask(program, KEY)
    assert first[:2] == second[:2]
    assert (first[2], second[2]) == (None, "true")


def test_another_request_under_the_key_is_refused() -> None:
    program = client()
    assert ask(program, KEY)[0] == 200
    assert ask(program, KEY, as_of="1996-04-30")[0] == 422
    assert ask(program, {"idempotency-key": "another"}, as_of="1996-04-30")[0] == 200
    assert ask(program, {"idempotency-key": "x" * 300})[0] == 400


def test_after_a_day_the_key_is_free() -> None:
    hours = Hours()
    program = client(site(clock=hours))
    assert ask(program, KEY)[0] == 200
    hours.pass_by(hours=23, minutes=59)
    assert ask(program, KEY, as_of="1996-04-30")[0] == 422
    hours.pass_by(minutes=2)
    assert ask(program, KEY, as_of="1996-04-30")[::2] == (200, None)


def test_each_caller_has_keys_of_their_own() -> None:
    program = client(site(logins=logins(ann="look_up_one", bob="look_up_one")))
    assert ask(program, KEY | bearer("ann"))[0] == 200
    assert ask(program, KEY | bearer("bob"), as_of="1996-04-30")[0] == 200


def test_a_key_outlives_the_server_and_nothing_of_an_answer_rests_with_it(tmp_path: Path) -> None:
    url = f"sqlite:///{tmp_path}/audit.db"
    first = ask(client(site(AuditLog(url))), KEY)
    audit = AuditLog(url)
    assert ask(client(site(audit)), KEY) == (*first[:2], "true")
    with audit.engine.connect() as connection:
        for table in inspect(audit.engine).get_table_names():
            rows = str(connection.execute(text(f"SELECT * FROM {table}")).all())  # noqa: S608  a name of our own
            assert joined().employee_id not in rows
            assert "1994" not in rows


def test_a_reply_that_would_differ_from_the_first_is_refused() -> None:
    served = site()
    repeats = client(served).app.state.repeats  # type: ignore[attr-defined]
    assert repeats.claim("key", "request") is False
    repeats.settle("key", "reply")
    assert repeats.claim("key", "request") is True
    repeats.settle("key", "reply")
    with pytest.raises(RefusedError):
        repeats.settle("key", "another")


def test_an_evaluation_is_repeated_under_its_own_address() -> None:
    program = client()
    address = "/v1/evaluations?as_of=1996-03-31"
    line = joined().model_dump_json(by_alias=True)
    kind = {"content-type": "application/x-ndjson"}
    first, second = (program.post(address, content=line, headers=kind | KEY) for _ in range(2))
    assert (first.status_code, first.content) == (second.status_code, second.content) == (201, first.content)
    other = program.post(address, content=line, headers=kind)
    assert other.json()["id"] != first.json()["id"]
    assert as_json(joined())["employee_id"] not in first.json()["id"]


def test_an_evaluation_is_found_under_its_name_after_a_restart_too(tmp_path: Path) -> None:
    url, headers = f"sqlite:///{tmp_path}/audit.db", KEY | {"content-type": "application/x-ndjson"}
    address = "/v1/evaluations?as_of=1996-03-31"
    first = client(site(AuditLog(url))).post(address, content=json.dumps(as_json(joined())), headers=headers)
    again = client(site(AuditLog(url))).post(address, content=json.dumps(as_json(joined())), headers=headers)
    assert (first.status_code, again.status_code) == (201, 201)
    assert again.content == first.content
    assert again.headers["idempotency-replayed"] == "true"
