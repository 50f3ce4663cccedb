"""The page of the benchmark, from the numbers that were measured."""

import json
from collections.abc import Mapping, Sequence
from itertools import groupby
from pathlib import Path
from typing import Any

DOCS = Path(__file__).resolve().parents[1] / "docs"
RESULTS, PAGE = DOCS / "benchmarks.jsonl", DOCS / "benchmarks.md"
Line = Mapping[str, Any]
_PAY = {"1mo": "by month", "1y": "by year", "-": "-"}
INTRODUCTION = """# Benchmarks

`tests/benchmark.py` measures and writes this page. It makes people with twenty years of pay, by month or by year: every
fifth has left, every tenth has come back. Everybody is answered whole: measuring periods, Plan Entry Date, vesting with
breaks and parity, payment dates and the match of all twenty years, with statuses, ledgers and reasons. Each measurement
is a process of its own:

- *floor*: what Polars needs just to read and add up the same columns of pay,
- *in memory*: `plan.evaluate` on frames that are read already,
- *from files*: `planrules evaluate`, from Parquet to Parquet, a range at a time, exceptions and manifest included.

The last column is how many times the floor that is. Differences below a quarter are noise.
"""
PEERS = """Three rules of a shared workload (`tests/peers`): 100% after five of twenty years with 1,000 hours, the Plan
Entry Date after the first such year, and a match on two tiers. Each engine has them in its own way of writing rules;
planrules as rules of `planrules.book`, with Steel's terms. Every answer is compared with a reference in NumPy.
"""
NOTHING = "**Not measured yet.** Run `python tests/benchmark.py run` on a machine that does nothing else.\n"
_HEAD = "| people | pay | what | seconds | people a second | peak MB | floors |\n|---|---|---|---|---|---|---|\n"


def kept(results: Path) -> Sequence[Line]:
    """The measurements of a file of JSON lines, oldest first; none where there is no file."""
    return [json.loads(line) for line in results.read_text("utf-8").splitlines()] if results.exists() else []


def page(lines: Sequence[Line]) -> str:
    """The page: a table a run, and the word that there is none where there is none."""
    whole = [each for each in lines if "what" in each]
    runs = [_run(list(of)) for _, of in groupby(whole, key=lambda each: each["run"])]
    beside = [_beside(each) for each in lines if "peers" in each]
    return "\n".join([INTRODUCTION, *(runs or [NOTHING]), *beside])


def _run(lines: Sequence[Line]) -> str:
    first = lines[0]
    head = f"## {first.get('title', 'The whole determination')}, {first['run'][:10]}\n\n"
    about = f"One run on {first['machine']}; {first['versions']}.{first.get('note', '')}\n\n"
    floors = {(each["people"], each["pay"]): each["seconds"] for each in lines if each["what"] == "floor"}
    return head + about + _HEAD + "".join(_row(each, floors) for each in lines)


def _row(line: Line, floors: Mapping[tuple[int, str], float]) -> str:
    seconds, people = line["seconds"], line["people"]
    least = floors.get((people, line["pay"]))
    times = f"{seconds / least:,.0f}" if least else "-"
    told = f"{seconds:,.3f}" if seconds < 1 else f"{seconds:,.1f}"
    each = f"{people / seconds:,.0f}" if line["what"] != "import planrules" else "-"
    return (
        f"| {people:,} | {_PAY[line['pay']]} | {line['what']} | {told} | {each} | {line['megabytes']:,} | {times} |\n"
    )


def _beside(line: Line) -> str:
    table = "\n".join(line["peers"])
    return f"## Beside other engines, {line['run'][:10]}\n\n{PEERS}\nOne run on {line['machine']}.\n\n{table}\n"
