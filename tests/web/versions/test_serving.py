"""The running server: changed, ended and started again, it has what was put, and says so."""

import subprocess
import sys
from collections.abc import Iterator
from contextlib import contextmanager
from pathlib import Path

import httpx2
from shell import Shell
from web.serving import ROOT
from web.versions.hardware import FILE, HARDWARE, PLAN, sent

from planrules.web.safety.access import new_token

RUN = "from planrules.cli import run; run()"


@contextmanager
def serving(*words: object) -> Iterator[list[str]]:
    """A server, by the lines that it prints when it starts; the last is its address."""
    command = [sys.executable, "-u", "-c", RUN, "serve", str(FILE), "--port", "0", *map(str, words)]
    with subprocess.Popen(  # noqa: S603  our own program
        command, stdout=subprocess.PIPE, stderr=subprocess.DEVNULL, text=True, cwd=ROOT
    ) as server:
        assert server.stdout is not None
        lines: list[str] = []
        while not lines or not lines[-1].startswith("Open "):
            lines.append(server.stdout.readline().rstrip("\n"))
            assert lines[-1], lines
        yield [*lines[:-1], lines[-1].removeprefix("Open ").rstrip("/")]
        server.terminate()
        server.communicate(timeout=30)


def test_what_was_put_is_in_force_after_a_restart(tmp_path: Path, shell: Shell) -> None:
    token, entry = new_token("ann", ["change_elections", "look_up_one"])
    (tokens := tmp_path / "tokens.yaml").write_text(entry, encoding="utf-8")
    given = ("--token-file", tokens, "--database", f"sqlite:///{tmp_path}/audit.db")
    known = {"authorization": f"Bearer {token}", "if-match": f'"{HARDWARE.hash}"'}
    with serving(*given) as first:
        assert first[0].endswith(f"{HARDWARE.hash[:12]}, as in its file, new here")
        reply = httpx2.put(f"{first[-1]}{PLAN}", json=sent(age=62), headers=known)
        assert reply.status_code == 200
        now = reply.json()["elections_hash"]
    with serving(*given) as second:
        assert f"{now[:12]}, put by ann on " in second[0]
        assert second[0].endswith(f"UTC; its file has an earlier version, {HARDWARE.hash[:12]}")
        assert httpx2.get(f"{second[-1]}{PLAN}", headers=known).json()["elections_hash"] == now
    said = shell("serve", FILE, *given, "--check").out.splitlines()
    assert said[0] == second[0]


def test_a_check_makes_nothing_and_names_a_database_that_cannot_be_read(tmp_path: Path, shell: Shell) -> None:
    database = tmp_path / "audit.db"
    assert "new here" in shell("serve", FILE, "--database", f"sqlite:///{database}", "--check").out
    assert not database.exists()
    database.write_text("no database, and long enough not to be taken for an empty one", encoding="utf-8")
    printed = shell("serve", FILE, "--database", f"sqlite:///{database}", "--check")
    assert (printed.code, "--database" in printed.error) == (3, True)
