"""The real `planrules serve` on a free port of this machine, and Debian's chromium to look at it.

Where chromium is not installed the tests are skipped, and say so. The server is started once; the browser once a
module, because Playwright holds the event loop of the thread as long as it runs.
"""

import shutil
import subprocess
import sys
import time
from collections.abc import Iterator
from pathlib import Path

import pytest
from playwright.sync_api import Browser, sync_playwright
from web.browser.visiting import DESKTOP, Visit, Visitor

ROOT = Path(__file__).parents[3]
SERVE = "from planrules.cli import run; run()"
_PATIENCE = 60
_HIGH = 900


@pytest.fixture(scope="session")
def chromium() -> str:
    """The browser's program."""
    found = shutil.which("chromium")
    if found is None:
        pytest.skip("chromium is not installed (apt-get install chromium)")
    return found


@pytest.fixture(scope="session")
def server(chromium: str, tmp_path_factory: pytest.TempPathFactory) -> Iterator[str]:
    """The address of a server of the sample plan, with the sample people."""
    del chromium
    folder = tmp_path_factory.mktemp("server")
    said = folder / "said.txt"
    elections, people = ROOT / "elections" / "steel-technologies.yaml", ROOT / "docs" / "examples" / "people"
    command = [sys.executable, "-c", SERVE, "serve", str(elections), "--people", str(people), "--port", "0"]
    with said.open("w") as out:
        process = subprocess.Popen(  # noqa: S603  our own command
            [*command, "--database", f"sqlite:///{folder / 'audit.db'}"], stdout=out, stderr=subprocess.STDOUT, cwd=ROOT
        )
        try:
            yield _address(said, process)
        finally:
            process.terminate()
            process.wait(_PATIENCE)


def _address(said: Path, process: subprocess.Popen[bytes]) -> str:
    """What the server says that it is open under."""
    until = time.monotonic() + _PATIENCE
    while time.monotonic() < until and process.poll() is None:
        for line in said.read_text().splitlines():
            if line.startswith("Open "):
                return line.removeprefix("Open ").rstrip("/")
        time.sleep(0.05)
    msg = f"the server did not start: {said.read_text()}"
    raise AssertionError(msg)


@pytest.fixture(scope="module")
def browser(chromium: str) -> Iterator[Browser]:
    """The browser."""
    with sync_playwright() as playwright:
        opened = playwright.chromium.launch(executable_path=chromium, args=["--no-sandbox"])
        yield opened
        opened.close()


@pytest.fixture
def visitor(browser: Browser, server: str) -> Iterator[Visitor]:
    """Opens pages; at the end nothing may have been noted on any of them."""
    visits: list[Visit] = []

    def visit(width: int = DESKTOP, *, scripts: bool = True) -> Visit:
        context = browser.new_context(viewport={"width": width, "height": _HIGH}, java_script_enabled=scripts)
        context.set_default_timeout(20_000)
        visits.append(Visit(context.new_page(), server))
        return visits[-1]

    yield visit
    for each in visits:
        each.page.context.close()
    assert [note for each in visits for note in each.noted] == []


@pytest.fixture
def visit(visitor: Visitor) -> Visit:
    """A page of desktop width."""
    return visitor()
