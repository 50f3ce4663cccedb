"""`planrules serve`: what it serves, what it refuses, and that nothing of a request is in its output."""

import re
import socket
import subprocess
import sys
from pathlib import Path

import httpx2
import pytest
import yaml
from shell import Shell
from typer.testing import CliRunner
from web.serving import ROOT, STEEL

from planrules.cli import app
from planrules.web.safety.access import new_token

ELECTIONS = "elections/steel-technologies.yaml"
USAGE, BAD_DATA = 2, 3


def test_check_says_what_would_be_served(shell: Shell) -> None:
    said = shell("serve", ELECTIONS, "--people", "docs/examples/people", "--check").out.splitlines()
    reference = STEEL.plan.reference
    assert said == [
        f"steel-technologies: {reference.name}, {reference.elections_hash[:12]}, as in its file, new here",
        "12 people of steel-technologies.",
        "No login: whoever uses this machine may ask.",
    ]


def test_without_elections_it_serves_those_of_the_checkout(shell: Shell) -> None:
    said = shell("serve", "--check").out.splitlines()
    plans = [file.stem for file in (ROOT / "elections").glob("*.yaml") if ".facts" not in file.name]
    assert sorted(line.partition(":")[0] for line in said[:-1]) == sorted(plans)
    assert said[0].startswith("steel-technologies:")


def test_outside_a_checkout_it_says_what_to_give(shell: Shell, monkeypatch: pytest.MonkeyPatch, tmp_path: Path) -> None:
    monkeypatch.chdir(tmp_path)
    printed = shell("serve", "--check")
    assert printed.code == BAD_DATA
    assert "Name one elections file or more" in printed.error


@pytest.mark.parametrize("host", ["0.0.0.0", "192.0.2.1", "::", "plan.example"])  # noqa: S104  what is refused
def test_beyond_loopback_it_takes_tokens_or_logins(shell: Shell, host: str) -> None:
    printed = shell("serve", ELECTIONS, "--host", host, "--check")
    assert printed.code == USAGE
    assert "nobody is said to be let in" in printed.error


def test_with_tokens_it_may_be_reached_from_elsewhere(shell: Shell, tmp_path: Path) -> None:
    (file := tmp_path / "tokens.yaml").write_text(new_token("payroll", ["run_batch"])[1])
    printed = shell("serve", ELECTIONS, "--host", "0.0.0.0", "--token-file", file, "--check")  # noqa: S104  with a token
    assert (printed.code, printed.out.splitlines()[-1]) == (0, "1 token, 0 logins.")


def test_facts_are_those_of_one_plan_and_names_are_taken_once(shell: Shell, tmp_path: Path) -> None:
    facts = ("--facts", "elections/steel-technologies.facts.yaml", "--check")
    assert shell("serve", ELECTIONS, *facts).code == 0
    assert shell("serve", ELECTIONS, "elections/imaginary-instruments.yaml", *facts).code == BAD_DATA
    (again := tmp_path / "steel-technologies.yaml").write_bytes((ROOT / ELECTIONS).read_bytes())
    assert shell("serve", ELECTIONS, again, "--check").code == BAD_DATA


def test_sample_people_belong_to_the_plan_of_their_employer() -> None:
    from planrules.web.audit import AuditLog  # noqa: PLC0415
    from planrules.web.hosting import Served, load_site  # noqa: PLC0415

    files = [ROOT / "elections" / f"{name}.yaml" for name in ("steel-technologies", "fictional-fasteners")]
    plans = load_site(Served(files), AuditLog()).plans
    assert "joined" in plans["steel-technologies"].samples
    assert "fasteners-twenty-one" in plans["fictional-fasteners"].samples
    assert not plans["steel-technologies"].samples.keys() & plans["fictional-fasteners"].samples.keys()


def test_entries_for_the_files_are_made_here() -> None:
    made = CliRunner().invoke(app, ["serve", "--new-token", "payroll", "--role", "run_batch", "--role", "look_up_one"])
    entry = yaml.safe_load(made.stdout)[0]
    assert (made.exit_code, entry["name"], entry["roles"]) == (0, "payroll", ["run_batch", "look_up_one"])
    assert re.search(r"planrules_[\w-]{40,}", made.stderr)
    asked = CliRunner().invoke(app, ["serve", "--new-login", "ann"], input="a password of ann\na password of ann\n")
    assert yaml.safe_load(asked.stdout)[0]["roles"] == ["look_up_one"]
    assert "a password of ann" not in asked.output


def test_without_the_web_part_it_says_what_to_install(shell: Shell, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setitem(sys.modules, "uvicorn", None)
    printed = shell("serve", ELECTIONS, "--check")
    assert (printed.code, printed.error) == (
        USAGE,
        "The web part is not installed; pip install 'planrules[web]' brings it (in a checkout: '.[web]').\n",
    )


def test_a_port_that_is_taken_is_named(shell: Shell, tmp_path: Path) -> None:
    with socket.create_server(("127.0.0.1", 0)) as taken:
        port = taken.getsockname()[1]
        printed = shell("serve", ELECTIONS, "--port", port, "--database", f"sqlite:///{tmp_path}/audit.db")
    assert printed.code == USAGE
    assert f"port {port} cannot be had" in printed.error


def test_the_running_server_prints_routes_and_nothing_of_what_is_asked(tmp_path: Path) -> None:
    command = [sys.executable, "-u", "-c", "from planrules.cli import run; run()", "serve", ELECTIONS, "--port", "0"]
    database = f"sqlite:///{tmp_path}/audit.db"
    with subprocess.Popen(  # noqa: S603  our own program
        [*command, "--database", database], stdout=subprocess.PIPE, stderr=subprocess.PIPE, text=True, cwd=ROOT
    ) as server:
        assert server.stdout is not None
        lines = []
        while not lines or not lines[-1].startswith("Open "):
            lines.append(server.stdout.readline())
        address = lines[-1].split()[1]
        assert httpx2.get(f"{address}v1/plans?cursor=zq7w-secret").status_code == 422
        assert httpx2.get(f"{address}v1/plans", headers={"host": "evil.example"}).status_code == 421
        body = '{"as_of": "1996-03-31", "person": {"employee_id": "zq7w-secret"}}'
        headers = {"content-type": "application/json"}
        assert httpx2.post(f"{address}v1/answers?zq7w", content=body, headers=headers).status_code == 422
        assert httpx2.get(f"{address}zq7w-secret").status_code == 404
        server.terminate()
        out, error = server.communicate(timeout=30)
    assert server.returncode == 0
    assert [file.name for file in tmp_path.iterdir()] == ["audit.db"]  # nothing is left in audit.db-wal
    assert f"Audit log: {database}\n" in lines
    assert "zq7w" not in out + error
    assert "GET /v1/plans 422" in error
    assert "POST /v1/answers 422" in error
