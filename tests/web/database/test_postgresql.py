"""The audit log, versions and keys on a running PostgreSQL: what it does otherwise than SQLite, and that it holds."""

from collections.abc import Iterator
from concurrent.futures import ThreadPoolExecutor
from datetime import UTC, datetime, timedelta

import pytest
from shell import Shell
from sqlalchemy import BIGINT, create_engine, delete, inspect, text, update
from sqlalchemy.dialects.postgresql import insert
from sqlalchemy.exc import DBAPIError
from web.database.cluster import Cluster, cluster
from web.serving import Hours, asked, client, site
from web.versions.hardware import HARDWARE, PLAN, by, put, sent, served

from planrules.errors import FileError
from planrules.web.api.repeats import KEPT, Repeats
from planrules.web.audit import Asked, AuditLog
from planrules.web.audit.tables import ASKED
from planrules.web.safety.refusals import RefusedError
from planrules.web.versions.store import VERSIONS

ROW = Asked("ann", "answer", "steel", "a" * 64, "b" * 64, "c" * 64, "answered")
NOON = datetime(2026, 1, 1, 12, tzinfo=UTC)
ELECTIONS = "elections/hypothetical-hardware.yaml"


@pytest.fixture(scope="module")
def running() -> Iterator[Cluster]:
    with cluster() as made:
        yield made


@pytest.fixture
def url(running: Cluster) -> str:
    return running.url(running.database())


@pytest.fixture
def log(url: str) -> Iterator[AuditLog]:
    made = AuditLog(url, lambda: NOON)
    yield made
    made.close()


def test_rows_are_kept_in_order_with_their_hour(log: AuditLog) -> None:
    log.record(ROW)
    log.record(ROW, Asked("bob", *("",) * 6))
    assert [row.who for row in log.rows()] == ["ann", "ann", "bob"]
    with log.engine.connect() as connection:
        assert connection.execute(text("SHOW timezone")).scalar() == "America/Kentucky/Louisville"
        assert set(connection.execute(text("SELECT at FROM asked")).scalars()) == {NOON}
        (id_,) = [each for each in inspect(connection).get_columns("asked") if each["name"] == "id"]
    assert isinstance(id_["type"], BIGINT)


FORBIDDEN = {
    "update": update(ASKED).values(who="nobody"),
    "delete": delete(ASKED),
    "truncate": text("TRUNCATE asked"),
    "truncate, with what hangs on it": text("TRUNCATE asked CASCADE"),
    "insert over": insert(ASKED).values(id=1, at=NOON, **vars(ROW)).on_conflict_do_update(
        index_elements=["id"], set_={"who": "nobody"}
    ),
    "as a replica": text("SET session_replication_role = replica; DELETE FROM asked"),
}  # fmt: skip


@pytest.mark.parametrize("statement", FORBIDDEN.values(), ids=FORBIDDEN.keys())
def test_the_database_refuses_to_change_or_delete_a_row(log: AuditLog, statement: str) -> None:
    log.record(ROW)
    with pytest.raises(DBAPIError, match="the audit log is only added to"), log.engine.begin() as connection:
        connection.execute(statement)  # type: ignore[call-overload]
    assert log.rows() == [ROW]


def test_the_database_refuses_to_change_or_delete_a_version(url: str) -> None:
    server = served(AuditLog(url))
    for statement in (update(VERSIONS).values(by="nobody"), delete(VERSIONS), text("TRUNCATE election_versions")):
        with pytest.raises(DBAPIError, match="versions are only added to"), server.audit.engine.begin() as connection:
            connection.execute(statement)
    assert [each.by for each in server.in_force.versions.chain(HARDWARE.id)] == ["file"]
    server.audit.close()


def test_servers_that_start_at_once_make_each_table_once(url: str) -> None:
    with ThreadPoolExecutor(8) as pool:
        servers = [each.result() for each in [pool.submit(served, AuditLog(url)) for _ in range(8)]]
        logs = list(pool.map(AuditLog, [url] * 8))
    for each in logs:
        each.record(ROW)
    assert logs[0].rows() == [ROW] * 8
    assert len(servers[0].in_force.versions.chain(HARDWARE.id)) == 1
    for each in (*logs, *(server.audit for server in servers)):
        each.close()


def test_a_database_that_restarts_is_taken_up_again_and_nothing_is_answered_meanwhile(
    running: Cluster, url: str
) -> None:
    server = site(AuditLog(url))
    program = client(server)
    assert program.post("/v1/answers", json=asked()).status_code == 200
    running.stop()
    try:
        gone = program.post("/v1/answers", json=asked())
        keyed = program.post("/v1/answers", json=asked(), headers={"idempotency-key": "x"})
        assert (gone.status_code, keyed.status_code) == (503, 503)
        assert gone.json()["type"] == "urn:planrules:error:file"
        assert program.get(f"/v1/plans/{server.first.id}/versions").status_code == 503
        with pytest.raises(FileError):
            AuditLog(url)
    finally:
        running.start()
    with ThreadPoolExecutor(4) as pool:
        again = list(pool.map(lambda _: program.post("/v1/answers", json=asked()).status_code, range(8)))
    assert again == [200] * 8
    assert len(server.audit.rows()) == 9
    server.audit.close()


def test_a_user_that_can_only_add_is_enough_and_cannot_do_more(running: Cluster, url: str) -> None:
    database, user = url.partition("@/")[2].partition("?")[0], "server"
    first = site(AuditLog(url))
    client(first)
    first.audit.close()
    running.administer(
        "DROP ROLE IF EXISTS server",
        "CREATE ROLE server LOGIN",
        "GRANT SELECT, INSERT ON asked, done, election_versions TO server",
        "GRANT SELECT, INSERT, UPDATE, DELETE ON idempotency_keys TO server",
        "GRANT USAGE ON SEQUENCE asked_id_seq, done_id_seq TO server",
        database=database,
    )
    server = served(AuditLog(running.url(database, user)))
    program = by("ann", server)
    key = {"idempotency-key": "x"}
    assert program.post("/v1/answers", json={**asked(), "plan": "steel-technologies"}, headers=key).status_code == 200
    assert put(program, sent(age=62)).status_code == 200
    for statement in (
        "UPDATE asked SET who = 'nobody'",
        "DELETE FROM election_versions",
        "ALTER TABLE asked DISABLE TRIGGER ALL",
        "DROP TABLE asked",
        "CREATE OR REPLACE FUNCTION asked_refuses() RETURNS trigger LANGUAGE plpgsql AS $$ BEGIN RETURN NEW; END $$",
        "SET session_replication_role = replica",
    ):
        with pytest.raises(DBAPIError), server.audit.engine.begin() as connection:
            connection.execute(text(statement))
    server.audit.close()
    running.administer("DROP OWNED BY server", "DROP ROLE server", database=database)


def test_a_user_that_cannot_make_the_tables_is_told_so(running: Cluster, url: str) -> None:
    database = url.partition("@/")[2].partition("?")[0]
    running.administer("DROP ROLE IF EXISTS guest", "CREATE ROLE guest LOGIN PASSWORD 'zq7w'")
    with pytest.raises(FileError) as caught:
        AuditLog(running.url(database, "guest:zq7w"))
    assert caught.value.problems[0].where == "--database"
    assert "zq7w" not in str(caught.value)
    running.administer("DROP ROLE guest")


def test_of_two_servers_that_change_at_once_one_does_and_has_its_row(url: str) -> None:
    servers = [served(AuditLog(url)) for _ in range(4)]
    with ThreadPoolExecutor(4) as pool:
        replies = list(
            pool.map(lambda n: put(by("ann", servers[n]), sent(age=61 + n), f'"{HARDWARE.hash}"').status_code, range(4))
        )
    assert sorted(replies) == [200, 412, 412, 412]
    chain = servers[0].in_force.versions.chain(HARDWARE.id)
    assert [each.origin for each in chain] == ["file", "put"]
    assert [row.elections_hash for row in servers[0].audit.rows()] == [chain[-1].hash]
    assert {server.plans[HARDWARE.id].hash for server in servers} <= {HARDWARE.hash, chain[-1].hash}
    for server in servers:
        server.audit.close()


def test_versions_outlive_the_server_and_their_hour_is_utc(url: str, shell: Shell) -> None:
    first = served(AuditLog(url, lambda: NOON), clock=lambda: NOON)
    now = put(by("ann", first), sent(age=62)).json()["elections_hash"]
    listed = by("bob", first).get(f"{PLAN}/versions").json()["versions"]
    assert [each["at"] for each in listed] == ["2026-01-01T12:00:00Z"] * 2
    first.audit.close()
    second = served(AuditLog(url))
    assert second.plans[HARDWARE.id].hash == now
    second.audit.close()
    said = shell("serve", ELECTIONS, "--database", url, "--check").out
    assert f"{now[:12]}, put by ann on 2026-01-01 12:00 UTC; its file has an earlier version" in said


def test_a_check_makes_nothing_in_the_database(url: str, shell: Shell) -> None:
    assert "as in its file, new here" in shell("serve", ELECTIONS, "--database", url, "--check").out
    engine = create_engine(url)
    assert inspect(engine).get_table_names() == []
    engine.dispose()


def test_keys_are_taken_once_and_let_go_after_a_day(log: AuditLog) -> None:
    hours = Hours()
    repeats = Repeats(log.engine, hours)
    with ThreadPoolExecutor(8) as pool:
        assert sorted(pool.map(lambda _: repeats.claim("key", "request"), range(8))) == [False, *[True] * 7]
    with pytest.raises(RefusedError):
        repeats.claim("key", "another request")
    repeats.settle("key", "reply")
    with pytest.raises(RefusedError):
        repeats.settle("key", "another reply")
    hours.at += KEPT + timedelta(seconds=1)
    assert not repeats.claim("key", "another request")
