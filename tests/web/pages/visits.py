"""A browser without script at a server of the sample plan, and what a page must never hold."""

import re
from collections.abc import Mapping
from html import unescape
from html.parser import HTMLParser

from asking import ROOT, steel
from starlette.responses import Response
from starlette.testclient import TestClient

from planrules import People, Person, read_person
from planrules.web import HostedPlan, Site, create_app
from planrules.web.audit import AuditLog

SAMPLES = ("joined", "small-balance-left-at-40", "left-at-57", "part-timer-year-done-late", "hours-missing")


def person(name: str) -> Person:
    """A sample person of the documentation."""
    return read_person(ROOT / "docs" / "examples" / f"{name}.json")


def browser(*more: Person) -> TestClient:
    """A browser at a server that has the sample plan, sample people, and the same people and some more loaded."""
    samples = {name: person(name) for name in SAMPLES}
    hosted = HostedPlan("steel-technologies", steel(), samples)
    site = Site({hosted.id: hosted}, AuditLog(), People.from_persons([*samples.values(), *more]))
    return TestClient(create_app(site), base_url="http://127.0.0.1")


def send(client: TestClient, at: str, to: str, fields: Mapping[str, str], **headers: str) -> Response:
    """Sends a form of the page `at` to the address `to`, as a browser without script does."""
    token = re.search(r'name="csrf" value="([^"]+)"', client.get(at).text)
    assert token is not None
    return client.post(to, data={"csrf": token[1], **fields}, headers=headers)


def sample(client: TestClient, name: str) -> Response:
    """The answer for a sample person, one click from the start."""
    return send(client, "/", "/plans/steel-technologies/samples", {"sample": name})


class _Form(HTMLParser):
    """What a browser sends of a form that nobody touched: a select without a chosen option sends its first one."""

    def __init__(self) -> None:
        super().__init__()
        self.fields: dict[str, str] = {}
        self._select = ""

    def handle_starttag(self, tag: str, attrs: list[tuple[str, str | None]]) -> None:
        """A field, or an option of the select that is open."""
        has = {name: value or "" for name, value in attrs}
        if tag == "select":
            self._select = has["name"]
        elif tag == "option" and ("selected" in has or self._select not in self.fields):
            self.fields[self._select] = has["value"]
        elif tag == "input" and (has["type"] not in {"radio", "checkbox"} or "checked" in has):
            self.fields[has["name"]] = has["value"]


def untouched(html: str) -> dict[str, str]:
    """What a browser sends when the form of a page is sent as it came."""
    form = _Form()
    form.feed(html)
    return form.fields


def words(reply: Response) -> str:
    """The text of a page, without its tags."""
    return " ".join(unescape(re.sub(r"<[^>]+>", " ", reply.text)).split())


def day(name: str, month: int, of_month: int, year: int) -> dict[str, str]:
    """The three boxes of a day."""
    return {f"{name}-month": str(month), f"{name}-day": str(of_month), f"{name}-year": str(year)}


def facts() -> dict[str, str]:
    """A form about somebody at work: 1,040 hours in the first 12 months."""
    return {
        "wants-join": "yes",
        "wants-own": "yes",
        **day("as_of", 12, 31, 1995),
        "employee_id": "T-7",
        "spell-rows": "1",
        "spell-1-employer": "Steel Technologies Inc.",
        **day("spell-1-start", 10, 15, 1994),
        "spell-1-ended": "no",
        "classes_known": "none",
        "class-rows": "",
        "hours_known": "rows",
        "hours-rows": "1",
        **day("hours-1-start", 10, 15, 1994),
        **day("hours-1-end", 10, 14, 1995),
        "hours-1-hours": "1,040",
        **day("birth_date", 2, 11, 1967),
    }
