"""The server in the test's own process, with or without people."""

import re
from collections.abc import Mapping, Sequence
from pathlib import Path

from asking import steel
from starlette.responses import Response
from starlette.testclient import TestClient
from web.everybody.crowds import ROOT
from web.serving import Hours

from planrules import People
from planrules.web import HostedPlan, Settings, Site, create_app
from planrules.web.audit import AuditLog
from planrules.web.safety.logins import Logins

IMPORT = ROOT / "docs" / "examples" / "import"


def browser(
    people: People | None,
    settings: Settings | None = None,
    clock: Hours | None = None,
    logins: Logins | None = None,
) -> TestClient:
    """A browser that looks at a server of these people."""
    hosted = HostedPlan("steel-technologies", steel())
    site = Site(
        {hosted.id: hosted},
        AuditLog(),
        people,
        settings or Settings(),
        clock=clock or Hours(),
        logins=logins or Logins(),
    )
    return TestClient(create_app(site), base_url="http://127.0.0.1")


def send(
    client: TestClient,
    census: Sequence[tuple[str, bytes]],
    payroll: Sequence[tuple[str, bytes]] = (),
    **fields: str,
) -> Response:
    """Sends the upload form, with the files of shipped examples' layout unless told otherwise."""
    found = re.search(r'name="csrf" value="([^"]+)"', client.get("/upload").text)
    assert found is not None
    said: Mapping[str, str] = {"layout": "one-row-a-person", "month": "9", "day": "30", "year": "1996", **fields}
    files = [("census", each) for each in census] + [("payroll", each) for each in payroll]
    return client.post("/upload", data={"csrf": found[1], **said}, files=files or None)


def example(name: str) -> tuple[str, bytes]:
    """A file of the examples with its name."""
    return name, Path(IMPORT / name).read_bytes()
