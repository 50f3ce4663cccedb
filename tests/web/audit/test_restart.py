"""A server that is killed in the middle of load, and started again: every answer that was given has its row."""

import json
import re
import signal
import subprocess
import sys
from collections.abc import Iterator
from concurrent.futures import ThreadPoolExecutor
from pathlib import Path

import httpx2
import pytest
from web.database.cluster import cluster
from web.load import person
from web.serving import ROOT

from planrules.web.audit import AuditLog, hash_of

ELECTIONS = ROOT / "elections" / "steel-technologies.yaml"
RUN = "from planrules.cli import run; run()"


def started(url: str) -> tuple[subprocess.Popen[str], str]:
    """A server, and its address once it has printed it."""
    command = [sys.executable, "-u", "-c", RUN, "serve", str(ELECTIONS), "--port", "0", "--database", url]
    server = subprocess.Popen(  # noqa: S603  our own program
        command, stdout=subprocess.PIPE, stderr=subprocess.DEVNULL, text=True, cwd=ROOT
    )
    assert server.stdout is not None
    for line in server.stdout:
        if found := re.match(r"Open (http://\S+)", line):
            return server, found[1]
    pytest.fail("the server did not start")


def ended(server: subprocess.Popen[str], how: signal.Signals) -> None:
    """The server has ended, and its output is closed."""
    server.send_signal(how)
    server.communicate(timeout=30)


def ask(address: str, n: int) -> str | None:
    """The answer for one person; null where the server went away."""
    body = json.dumps({"as_of": "1996-03-31", "other_readings": False, "person": person(n)})
    try:
        reply = httpx2.post(
            f"{address}v1/answers", content=body, headers={"content-type": "application/json"}, timeout=30
        )
    except httpx2.HTTPError:
        return None
    assert reply.status_code == 200, reply.text
    return reply.text


@pytest.fixture(params=["sqlite", "postgresql"])
def url(request: pytest.FixtureRequest, tmp_path: Path) -> Iterator[str]:
    """A database of each kind."""
    if request.param == "sqlite":
        yield f"sqlite:///{tmp_path}/audit.db"
        return
    with cluster() as running:
        yield running.url(running.database())


def test_every_answer_has_its_row_though_the_server_is_killed_and_started_again(url: str) -> None:
    server, address = started(url)
    try:
        with ThreadPoolExecutor(16) as pool:
            first = [pool.submit(ask, address, n) for n in range(60)]
            while sum(each.done() for each in first) < 15:
                next(iter(each for each in first if not each.done())).result()
            server.kill()
            given = [each.result() for each in first]
    finally:
        ended(server, signal.SIGKILL)
    server, address = started(url)
    try:
        with ThreadPoolExecutor(8) as pool:
            after = list(pool.map(lambda n: ask(address, n), range(60, 68)))
    finally:
        ended(server, signal.SIGTERM)
    assert None in given, "the server was killed too late to show anything"
    assert None not in after
    answers = [each for each in (*given, *after) if each is not None]
    assert len(answers) >= 20
    log = AuditLog(url)
    recorded = {row.answer_hash for row in log.rows()}
    log.close()
    assert {hash_of(each) for each in answers} <= recorded
