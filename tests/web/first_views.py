"""First views of answers on a server of this machine: each of another person, through the page's own forms.

    planrules sample --employees 300 --out workforce
    planrules serve elections/steel-technologies.yaml --people workforce/people --port 8080 &
    python tests/web/first_views.py http://127.0.0.1:8080 --people 60 --as-of 1996-09-30

People of the server are found by employee number, as on the start page; with --typed made-up ones are typed into the
form instead. It prints the 50th and 95th percentile and the slowest: of the page with the answer alone, whose first
view it is, and of the whole way from sending the form. Somebody reads for --pause seconds before the next is asked for.
Only loopback is asked, and at most 1,000 people. No time is ever too long for it: the status is 1 where a page fails.
"""

import argparse
import re
import statistics
import sys
import time
from collections.abc import Iterable, Iterator, Mapping, Sequence
from dataclasses import dataclass
from datetime import date
from itertools import islice
from urllib.parse import urlsplit

import httpx2

LOOPBACK = {"127.0.0.1", "localhost", "::1"}
MOST = 1_000
EMPLOYER = "Steel Technologies Inc."
_TOKEN = re.compile(r'name="csrf" value="([^"]+)"')
_PLAN = re.compile(r'href="(/plans/[^/"]+)/facts"')


@dataclass(frozen=True)
class View:
    """One first view: seconds until the page with the answer was there, and from sending the form until then."""

    page: float
    way: float


class FailedError(Exception):
    """A page did not come, or came without its form: which, and its status."""

    def __init__(self, *, status: int, what: str = "a page") -> None:
        super().__init__(f"{what}: {status}")


def day(name: str, on: date) -> dict[str, str]:
    """The three boxes of a day."""
    return {f"{name}-month": str(on.month), f"{name}-day": str(on.day), f"{name}-year": str(on.year)}


def typed(n: int, as_of: date) -> Mapping[str, str]:
    """What is typed of a made-up person: no two have the same number, first day and hours."""
    start = date(as_of.year - 2, 1 + n % 12, 1 + n // 12 % 28)
    return {
        **dict.fromkeys(("wants-join", "wants-own", "wants-paid"), "yes"),
        **day("as_of", as_of),
        "employee_id": f"view-{n}",
        "spell-rows": "1",
        "spell-1-employer": EMPLOYER,
        **day("spell-1-start", start),
        "spell-1-ended": "no",
        "classes_known": "none",
        "class-rows": "",
        "hours_known": "rows",
        "hours-rows": "1",
        **day("hours-1-start", start),
        **day("hours-1-end", as_of),
        "hours-1-hours": str(1_000 + n),
        **day("birth_date", date(1930 + n % 40, 1 + n % 12, 1 + n % 28)),
        "accounts_known": "unknown",
    }


def people(client: httpx2.Client, as_of: date) -> Iterator[str]:
    """The employee numbers of the server's people, page after page."""
    number, pages = 1, 1
    while number <= pages:
        reply = _good(client.get("/everybody.json", params={"as_of": as_of.isoformat(), "page": number}))
        told = reply.json()
        yield from (each["employee_id"] for each in told["people"])
        number, pages = number + 1, told["pages"]


def found(client: httpx2.Client, ids: Iterable[str], as_of: date, pause: float) -> Iterator[View]:
    """First views of people of the server."""
    start = _good(client.get("/"))
    to = f"{_one(_PLAN, start)}/find"
    for employee_id in ids:
        yield _view(client, to, {"csrf": _one(_TOKEN, start), "employee_id": employee_id, **day("as_of", as_of)})
        time.sleep(pause)


def told(client: httpx2.Client, count: int, as_of: date, pause: float) -> Iterator[View]:
    """First views of people whose facts are typed."""
    to = f"{_one(_PLAN, _good(client.get('/')))}/facts"
    form = _good(client.get(to))
    for n in range(count):
        yield _view(client, to, {"csrf": _one(_TOKEN, form), **typed(n, as_of)})
        time.sleep(pause)


def _view(client: httpx2.Client, to: str, fields: Mapping[str, str]) -> View:
    """Sends a form, goes where it leads, and from the check of the facts on to the answer."""
    began = time.perf_counter()
    sent = client.post(to, data=dict(fields))
    if sent.status_code != httpx2.codes.SEE_OTHER:
        raise FailedError(status=sent.status_code, what=to.rpartition("/")[2])
    leads = sent.headers["location"]
    if leads.endswith("/check"):
        _good(client.get(leads))
        leads = leads.removesuffix("/check")
    opened = time.perf_counter()
    _good(client.get(leads))
    done = time.perf_counter()
    return View(done - opened, done - began)


def _good(reply: httpx2.Response) -> httpx2.Response:
    if reply.status_code != httpx2.codes.OK:
        raise FailedError(status=reply.status_code)
    return reply


def _one(pattern: re.Pattern[str], page: httpx2.Response) -> str:
    match = pattern.search(page.text)
    if match is None:
        raise FailedError(status=page.status_code, what="a form")
    return match[1]


def line(name: str, seconds: Sequence[float]) -> str:
    """Percentiles of what something took."""
    cuts = statistics.quantiles(seconds, n=100, method="inclusive") if len(seconds) > 1 else list(seconds) * 99
    return f"{name}: p50 {1000 * cuts[49]:.0f} ms, p95 {1000 * cuts[94]:.0f} ms, slowest {1000 * max(seconds):.0f} ms"


def main(arguments: Sequence[str]) -> int:
    """Looks at first views and prints what they took."""
    parser = argparse.ArgumentParser(description="First views of answers on a server of this machine.")
    parser.add_argument("url")
    parser.add_argument("--people", type=int, default=100, help="how many people")
    parser.add_argument("--as-of", type=date.fromisoformat, default=date(1996, 3, 31))
    parser.add_argument("--typed", action="store_true", help="type made-up people into the form")
    parser.add_argument("--pause", type=float, default=2, help="seconds that somebody reads before the next")
    given = parser.parse_args(arguments)
    if urlsplit(given.url).hostname not in LOOPBACK or not 0 < given.people <= MOST:
        parser.error(f"a server of this machine, and at most {MOST:,} people")
    with httpx2.Client(base_url=given.url, timeout=60) as client:
        try:
            if given.typed:
                views = list(told(client, given.people, given.as_of, given.pause))
            else:
                ids = list(islice(people(client, given.as_of), given.people))
                views = list(found(client, ids, given.as_of, given.pause))
        except FailedError as failed:
            print(f"a page failed: {failed}")  # noqa: T201
            return 1
    if not views:
        print("the server has no people: start it with --people, or give --typed")  # noqa: T201
        return 1
    print(f"{len(views)} first views")  # noqa: T201
    print(line("the page with the answer", [each.page for each in views]))  # noqa: T201
    print(line("from sending the form", [each.way for each in views]))  # noqa: T201
    return 0


if __name__ == "__main__":
    sys.exit(main(sys.argv[1:]))
