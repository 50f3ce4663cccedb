"""A bounded load on a server of this machine: one-person questions, each of another person, at a steady rate.

    planrules serve elections/steel-technologies.yaml --port 8080 &
    python tests/web/load.py http://127.0.0.1:8080 --rate 50 --seconds 30

It prints how many were answered, how many failed, and the 50th, 95th and 99th percentile of what an answer took, from
the moment it was due; status 1 where one failed or the 99th is over --within. Only loopback is asked.
"""

import argparse
import asyncio
import json
import statistics
import sys
import time
from collections.abc import Sequence
from dataclasses import dataclass, field
from urllib.parse import urlsplit

import httpx2

LOOPBACK = {"127.0.0.1", "localhost", "::1"}
EMPLOYER = "Steel Technologies Inc."


def person(n: int) -> dict[str, object]:
    """A made-up person: no two have the same id, first day and hours."""
    hours = 60 + n % 121
    months = [(year, month) for year in (1994, 1995) for month in range(1, 13)] + [(1996, 1), (1996, 2), (1996, 3)]
    start = (1994, 1 + n % 12)
    pay = [
        {
            "start": f"{year}-{month:02}-01",
            "end": f"{year}-{month:02}-28",
            "paid_on": f"{year}-{month:02}-28",
            "hours": f"{hours}.00",
            "compensation": f"{hours * 12}.00",
            "salary_reduction": f"{n % 90}.00",
        }
        for year, month in months
        if (year, month) >= start
    ]
    return {
        "employee_id": f"load-{n}",
        "birth_date": f"{1930 + n % 40}-{1 + n % 12:02}-{1 + n % 28:02}",
        "employment": [{"employer": EMPLOYER, "start": f"{start[0]}-{start[1]:02}-01"}],
        "classes": [],
        "pay": pay,
    }


def body(n: int, *, other_readings: bool) -> bytes:
    """The request for one of them."""
    asked = {"as_of": "1996-03-31", "other_readings": other_readings, "person": person(n)}
    return json.dumps(asked).encode()


@dataclass
class Took:
    """What a run took: seconds of each answer, and the statuses of what was not answered."""

    seconds: list[float] = field(default_factory=list)
    failed: list[str] = field(default_factory=list)

    def percentile(self, percent: int) -> float:
        """A percentile in milliseconds."""
        return 1000 * statistics.quantiles(self.seconds, n=100, method="inclusive")[percent - 1]


async def ask(client: httpx2.AsyncClient, content: bytes, due: float, took: Took) -> None:
    """One question at the moment it is due; its time counts from then, so that a server that lags is seen to."""
    await asyncio.sleep(due - time.perf_counter())
    try:
        reply = await client.post("/v1/answers", content=content, headers={"content-type": "application/json"})
    except httpx2.HTTPError as error:
        took.failed.append(type(error).__name__)
        return
    if reply.status_code == httpx2.codes.OK:
        took.seconds.append(time.perf_counter() - due)
    else:
        took.failed.append(str(reply.status_code))


async def load(url: str, rate: float, seconds: float, *, other_readings: bool) -> Took:
    """Questions at a steady rate."""
    bodies = [body(n, other_readings=other_readings) for n in range(int(rate * seconds))]
    took = Took()
    limits = httpx2.Limits(max_connections=200, max_keepalive_connections=200)
    async with httpx2.AsyncClient(base_url=url, limits=limits, timeout=30) as client:
        await client.post("/v1/answers", content=bodies[0], headers={"content-type": "application/json"})
        start = time.perf_counter() + 0.1
        await asyncio.gather(*(ask(client, each, start + n / rate, took) for n, each in enumerate(bodies)))
    return took


def main(arguments: Sequence[str]) -> int:
    """Runs the load and prints what it took."""
    parser = argparse.ArgumentParser(description="A bounded load on a server of this machine.")
    parser.add_argument("url")
    parser.add_argument("--rate", type=float, default=50, help="questions a second")
    parser.add_argument("--seconds", type=float, default=30)
    parser.add_argument("--within", type=float, default=200, help="milliseconds that the 99th percentile may take")
    parser.add_argument("--other-readings", action="store_true", help="ask for what the other readings would change")
    given = parser.parse_args(arguments)
    if urlsplit(given.url).hostname not in LOOPBACK or given.rate * given.seconds > 20_000:
        parser.error("a server of this machine, and at most 20,000 questions")
    took = asyncio.run(load(given.url, given.rate, given.seconds, other_readings=given.other_readings))
    print(f"{len(took.seconds)} answered, {len(took.failed)} failed {sorted(set(took.failed))}")  # noqa: T201
    if len(took.seconds) > 1:
        told = ", ".join(f"p{each} {took.percentile(each):.0f} ms" for each in (50, 95, 99))
        print(f"{told}, slowest {1000 * max(took.seconds):.0f} ms")  # noqa: T201
    return int(bool(took.failed) or not took.seconds or took.percentile(99) > given.within)


if __name__ == "__main__":
    sys.exit(main(sys.argv[1:]))
