"""Measures the whole determination beside the floor: what Polars needs just to read and add up the same columns.

python tests/benchmark.py --sizes 1 10000 1000000       measures, and writes docs/benchmarks.md
python tests/benchmark.py --sizes 100 --out page.md     writes somewhere else, to try it

Each measurement is a process of its own, so that its peak memory is its own. The people are made up: twenty years of
pay by month, every fifth has left and every tenth come back. Numbers count only from a machine that does nothing else.
"""

import argparse
import json
import os
import platform
import resource
import subprocess
import sys
import tempfile
import time
from collections.abc import Callable, Iterator
from datetime import date
from pathlib import Path

import polars as pl

from planrules import load_plan
from planrules.api import engine_version
from planrules.batch import evaluate_folder

ROOT = Path(__file__).resolve().parents[1]
PAGE = ROOT / "docs" / "benchmarks.md"
ELECTIONS = ROOT / "elections" / "steel-technologies.yaml"
STEEL = "Steel Technologies Inc."
FIRST, AS_OF = date(1985, 10, 1), date(2005, 9, 30)
BLOCK = 20_000
_N = pl.col("number")
_AMOUNT = pl.Decimal(16, 2)


def make(folder: Path, people: int, every: str = "1mo") -> None:
    """Writes the tables of so many people, a block a file, so that making them needs no more memory than a block.

    `every`: how much time a pay row stands for, "1mo" or "1y".
    """
    for start in range(0, people, BLOCK):
        for name, table in _block(start, min(people, start + BLOCK), every).items():
            (folder / name).mkdir(parents=True, exist_ok=True)
            table.write_parquet(folder / name / f"{start:010}.parquet")


def _block(start: int, end: int, every: str) -> dict[str, pl.DataFrame]:
    numbers = pl.DataFrame({"number": pl.int_range(start, end, eager=True)})
    people = numbers.with_columns(
        employee_id=pl.format("B{}", _N.cast(pl.String).str.zfill(9)),
        hired=pl.lit(FIRST) + pl.duration(days=_N * 37 % 365),
        left=pl.when(_N % 5 == 3).then(pl.lit(date(1996, 1, 31)) + pl.duration(days=_N * 53 % 1500)),
    ).with_columns(back=pl.when(_N % 10 == 3).then(pl.col("left") + pl.duration(days=30 + _N * 29 % 1500)))
    own = pl.lit(STEEL).alias("employer")
    first = people.select("employee_id", own, start="hired", end="left")
    again = people.filter(pl.col("back").is_not_null()).select(
        "employee_id", own, start="back", end=pl.lit(None, pl.Date)
    )
    return {
        "employees": people.select("employee_id", birth_date=pl.date(1940 + _N % 30, 1 + _N % 12, 1 + _N % 28)),
        "employment": pl.concat([first, again]).sort("employee_id", "start"),
        "classes": pl.DataFrame(
            schema={"employee_id": pl.String, "class": pl.String, "start": pl.Date, "end": pl.Date}
        ),
        "accounts": people.select(
            "employee_id",
            **{
                name: (500 + _N * each % 20_000).cast(_AMOUNT)
                for each, name in enumerate(("deferral", "regular_matching", "employer", "qualified_nonelective"))
            },
        ),
        "pay": _pay(people, pl.concat([first, again]), every),
    }


def _pay(people: pl.DataFrame, spells: pl.DataFrame, every: str) -> pl.DataFrame:
    """A row a month or a Plan Year of every spell, cut to the days of it."""
    months = pl.date_range(FIRST, AS_OF, every, eager=True).to_frame("first")
    months = months.with_columns(last=pl.col("first").dt.offset_by(every).dt.offset_by("-1d"))
    last = pl.col("end").fill_null(AS_OF)
    rows = (
        spells.select("employee_id", "start", "end")
        .join(people.select("employee_id", "number"), on="employee_id", maintain_order="left")
        .join(months, how="cross", maintain_order="left")
        .filter((pl.col("first") <= last) & (pl.col("last") >= pl.col("start")))
        .with_columns(start=pl.max_horizontal("start", "first"), end=pl.min_horizontal(last, "last"))
    )
    salt = _N * 31 + pl.col("start").dt.ordinal_day() * 17
    each = 12 if every == "1y" else 1
    return rows.select(
        "employee_id",
        "start",
        "end",
        paid_on="end",
        hours=(each * (40 + salt % 130)).cast(_AMOUNT),
        compensation=(each * (1500 + _N * 13 % 3000)).cast(_AMOUNT),
        salary_reduction=(each * 15 * (_N % 9)).cast(_AMOUNT),
    )


def floor(folder: Path, _: Path) -> None:
    """Reads the columns of pay that the rules read, and adds them up."""
    pay = pl.scan_parquet(folder / "pay" / "*.parquet")
    pay.select(pl.col("hours", "compensation", "salary_reduction").sum(), pl.col("start", "end").max()).collect(
        engine="streaming"
    )


def in_memory(folder: Path, _: Path) -> None:
    """The whole determination of frames that are read before."""
    tables = {
        name.name: pl.read_parquet(name / "*.parquet") for name in sorted(folder.iterdir()) if name.name != "answers"
    }
    load_plan(ELECTIONS).evaluate(tables, AS_OF)


def from_files(folder: Path, out: Path) -> None:
    """`planrules evaluate`: from Parquet to Parquet, a range at a time."""
    evaluate_folder(load_plan(ELECTIONS), folder, AS_OF, out)


MEASURED: dict[str, Callable[[Path, Path], None]] = {"floor": floor, "in memory": in_memory, "from files": from_files}


def measure(name: str, folder: Path) -> None:
    """Prints seconds and peak megabytes of one measurement, as JSON. Reading the people is part of it."""
    with tempfile.TemporaryDirectory() as out:
        begun = time.perf_counter()
        MEASURED[name](folder, Path(out))
        seconds = time.perf_counter() - begun
    peak = resource.getrusage(resource.RUSAGE_SELF).ru_maxrss // 1024
    sys.stdout.write(json.dumps({"seconds": seconds, "megabytes": peak}))


def rows(sizes: list[int], most_in_memory: int) -> Iterator[str]:
    """A line of the table for each size and measurement; sizes beyond `most_in_memory` are measured from files only."""
    for size in sizes:
        with tempfile.TemporaryDirectory() as place:
            folder = Path(place) / "people"
            make(folder, size)
            for name in MEASURED:
                if name == "in memory" and size > most_in_memory:
                    continue
                line = [sys.executable, __file__, "--measure", name, "--folder", str(folder)]
                done = subprocess.run(line, stdout=subprocess.PIPE, check=True, text=True, env=os.environ)  # noqa: S603
                told = json.loads(done.stdout)
                each = f"{size / told['seconds']:,.0f}"
                yield f"| {size:,} | {name} | {told['seconds']:.2f} | {each} | {told['megabytes']:,} |"


def page(lines: list[str]) -> str:
    """The page, with the lines measured or the word that there are none."""
    machine = f"{platform.machine()}, {os.cpu_count()} processors, Python {platform.python_version()}"
    versions = f"Polars {pl.__version__}, planrules {engine_version()}"
    head = "| people | what | seconds | people a second | peak MB |\n|---|---|---|---|---|\n"
    found = f"One run on {machine}, {versions}.\n\n{head}" + "\n".join(lines) if lines else NOT_YET
    return f"{INTRODUCTION}\n{found}\n"


NOT_YET = (
    "**Not filled in yet.** The script has been tried on few people only, and has not been run on a machine that does\n"
    "nothing else, so there are no numbers here."
)
INTRODUCTION = """# Benchmarks

`tests/benchmark.py` writes this page. It makes people with twenty years of pay by month, and measures, each in a
process of its own:

- *floor*: what Polars needs just to read and add up the same columns of pay,
- *in memory*: `plan.evaluate` on frames, the whole determination, reading included,
- *from files*: `planrules evaluate`, from Parquet to Parquet, a range at a time.

The comparison with other engines on a shared workload is not part of it yet.
"""


def main() -> None:
    """Measures one thing, or everything and writes the page."""
    parser = argparse.ArgumentParser()
    parser.add_argument("--sizes", type=int, nargs="*", default=[])
    parser.add_argument("--most-in-memory", type=int, default=10_000)
    parser.add_argument("--out", type=Path, default=PAGE)
    parser.add_argument("--measure")
    parser.add_argument("--folder", type=Path)
    given = parser.parse_args()
    if given.measure:
        measure(given.measure, given.folder)
    else:
        given.out.write_text(page(list(rows(given.sizes, given.most_in_memory))), encoding="utf-8")


if __name__ == "__main__":
    main()
