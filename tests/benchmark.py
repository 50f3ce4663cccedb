"""Measures the whole determination beside the floor: what Polars needs just to read and add up the same columns.

python tests/benchmark.py run --people 1 10000 1000000 --pay 1y     measures, and adds to docs/benchmarks.jsonl
python tests/benchmark.py peers --people 1000000                    other engines beside it, on one small workload
python tests/benchmark.py page                                     writes docs/benchmarks.md from these numbers
python tests/benchmark.py profile --people 100000 --pay 1y          where the time goes, function by function

Each measurement is a process of its own, so that its peak memory is its own. Numbers count only from a machine that
does nothing else.
"""

import argparse
import cProfile
import json
import os
import platform
import pstats
import resource
import statistics
import subprocess
import sys
import tempfile
import time
from collections.abc import Callable, Iterator
from datetime import UTC, date, datetime
from functools import cache
from pathlib import Path

import benchmark_page
import peers.run
import polars as pl
from benchmark_people import AS_OF, make

from planrules import load_plan, read_person
from planrules.api import engine_version
from planrules.batch import evaluate_folder

ROOT = Path(__file__).resolve().parents[1]
ELECTIONS = ROOT / "elections" / "steel-technologies.yaml"
ONE_PERSON = ROOT / "docs" / "examples" / "joined.json"
ONE_PERSON_ASKED, ONE_PERSON_TIMES = date(1996, 6, 30), 21
MOST_IN_MEMORY = 100_000
"""People beyond whom the frames of everybody at once need more memory than a small machine has."""


def floor(folder: Path, _: Path) -> float:
    """Reads the columns of pay that the rules read, and adds them up."""
    begun = time.perf_counter()
    pay = pl.scan_parquet(folder / "pay" / "*.parquet")
    pay.select(pl.col("hours", "compensation", "salary_reduction").sum(), pl.col("start", "end").max()).collect()
    return time.perf_counter() - begun


def in_memory(folder: Path, _: Path) -> float:
    """The whole determination of frames that are read before."""
    tables = {name.name: pl.read_parquet(name / "*.parquet") for name in sorted(folder.iterdir())}
    plan = load_plan(ELECTIONS)
    begun = time.perf_counter()
    plan.evaluate(tables, AS_OF)
    return time.perf_counter() - begun


def from_files(folder: Path, out: Path) -> float:
    """`planrules evaluate`: from Parquet to Parquet, a range at a time."""
    begun = time.perf_counter()
    evaluate_folder(load_plan(ELECTIONS), folder, AS_OF, out)
    return time.perf_counter() - begun


def one_person(other_readings: bool) -> float:  # noqa: FBT001  the two ways of asking
    """The median of asking about one sample person again and again."""
    plan, person = load_plan(ELECTIONS), read_person(ONE_PERSON)
    taken = []
    for _ in range(ONE_PERSON_TIMES):
        begun = time.perf_counter()
        plan.answer(person, ONE_PERSON_ASKED, other_readings=other_readings)
        taken.append(time.perf_counter() - begun)
    return statistics.median(taken)


def importing(_: Path, __: Path) -> float:
    """`import planrules` in a fresh interpreter, less the start of the interpreter."""
    taken = []
    for code in ("import planrules", "pass"):
        begun = time.perf_counter()
        subprocess.run([sys.executable, "-c", code], check=True)  # noqa: S603
        taken.append(time.perf_counter() - begun)
    return taken[0] - taken[1]


OF_MANY: dict[str, Callable[[Path, Path], float]] = {"floor": floor, "in memory": in_memory, "from files": from_files}
OF_ONE: dict[str, Callable[[Path, Path], float]] = {
    "one person": lambda *_: one_person(other_readings=False),
    "one person, with every other reading": lambda *_: one_person(other_readings=True),
    "import planrules": importing,
}


def measure(name: str, folder: Path) -> None:
    """Prints the seconds and peak megabytes of one measurement, as JSON."""
    with tempfile.TemporaryDirectory() as out:
        seconds = {**OF_MANY, **OF_ONE}[name](folder, Path(out))
    peak = resource.getrusage(resource.RUSAGE_SELF).ru_maxrss // 1024
    sys.stdout.write(json.dumps({"what": name, "seconds": round(seconds, 4), "megabytes": peak}))


def measured(name: str, folder: Path) -> dict[str, object]:
    """One measurement in a process of its own."""
    line = [sys.executable, __file__, "measure", "--what", name, "--folder", str(folder)]
    done = subprocess.run(line, stdout=subprocess.PIPE, check=True, text=True, env=os.environ)  # noqa: S603
    told: dict[str, object] = json.loads(done.stdout)
    return told


def run(sizes: list[int], pay: str) -> Iterator[dict[str, object]]:
    """Every measurement of a run, each with where and of what it was made."""
    for name in OF_ONE:
        yield {**_about(), "people": 1, "pay": "-", **measured(name, ROOT)}
    for size in sizes:
        with tempfile.TemporaryDirectory() as place:
            folder = Path(place) / "people"
            make(folder, size, pay)
            for name in OF_MANY:
                if name != "in memory" or size <= MOST_IN_MEMORY:
                    yield {**_about(), "people": size, "pay": pay, **measured(name, folder)}


@cache
def _about() -> dict[str, str]:
    """When, where and of what a run is made."""
    return {
        "run": datetime.now(UTC).isoformat(timespec="minutes"),
        "machine": f"{platform.machine()}, {os.cpu_count()} processors, Python {platform.python_version()}",
        "versions": f"Polars {pl.__version__}, planrules {engine_version()}",
    }


def beside(size: int) -> Iterator[dict[str, object]]:
    """The table of planrules and other engines on the shared workload."""
    yield {**_about(), "peers": peers.run.table(size)}


def profile(size: int, pay: str, lines: int) -> None:
    """Prints where the processor time of `planrules evaluate` goes, the costliest functions of planrules first."""
    with tempfile.TemporaryDirectory() as place:
        make(Path(place) / "people", size, pay)
        watched = cProfile.Profile(time.process_time)
        watched.runcall(from_files, Path(place) / "people", Path(place) / "out")
    pstats.Stats(watched).strip_dirs().sort_stats("cumulative").print_stats(
        r"^(?!.*(frame|expr|lit|engine)\.py)", lines
    )


def main() -> None:
    """Measures one thing, or everything, or writes the page."""
    parser = argparse.ArgumentParser(description=__doc__, formatter_class=argparse.RawDescriptionHelpFormatter)
    parser.add_argument("do", choices=["run", "peers", "page", "profile", "measure"])
    parser.add_argument("--people", type=int, nargs="*", default=[10_000])
    parser.add_argument("--pay", choices=["1mo", "1y"], default="1mo")
    parser.add_argument("--results", type=Path, default=benchmark_page.RESULTS)
    parser.add_argument("--lines", type=int, default=40)
    parser.add_argument("--what")
    parser.add_argument("--folder", type=Path, default=ROOT)
    given = parser.parse_args()
    if given.do == "measure":
        measure(given.what, given.folder)
    elif given.do == "profile":
        profile(given.people[0], given.pay, given.lines)
    elif given.do == "page":
        benchmark_page.PAGE.write_text(benchmark_page.page(benchmark_page.kept(given.results)), encoding="utf-8")
    else:
        lines = run(given.people, given.pay) if given.do == "run" else beside(given.people[0])
        with given.results.open("a", encoding="utf-8") as file:
            for each in lines:
                file.write(json.dumps(each) + "\n")
                file.flush()


if __name__ == "__main__":
    main()
