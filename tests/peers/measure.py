"""Measures one engine in a process of its own and prints what it found as JSON.

python -m peers.measure of_polars FOLDER --repetitions 5    with PYTHONPATH=tests; `peers.workload` writes the folder
"""

import argparse
import importlib
import json
import resource
import sys
import time
from pathlib import Path

from peers import workload


def measure(name: str, folder: Path, repetitions: int, most: int | None = None) -> dict[str, object]:
    """The best of several runs. Bringing the people into the engine's own form is no part of the time.

    `most`: only so many of the people, for an engine that takes them one by one.
    """
    engine = importlib.import_module(f"peers.{name}")
    people = workload.People(*(array[:most] for array in workload.read_people(folder)))
    prepared, seconds, found = engine.prepare(people), float("inf"), None
    for _ in range(repetitions):
        found = None
        begun = time.perf_counter()
        found = engine.evaluate(prepared)
        seconds = min(seconds, time.perf_counter() - begun)
    megabytes = resource.getrusage(resource.RUSAGE_SELF).ru_maxrss // 1024
    expected = workload.Answers(*(array[:most] for array in workload.read_answers(folder)))
    answers = engine.told(found)
    return {
        "engine": engine.ENGINE,
        "version": engine.VERSION,
        "people": people.count,
        "seconds": seconds,
        "megabytes": megabytes,
        "equal": workload.equal(answers, expected),
        "match_differs_by": abs(answers.sums[2] - expected.sums[2]),
    }


def main() -> None:
    """Measures the engine that the command line names."""
    parser = argparse.ArgumentParser()
    parser.add_argument("name")
    parser.add_argument("folder", type=Path)
    parser.add_argument("--repetitions", type=int, default=5)
    parser.add_argument("--most", type=int)
    given = parser.parse_args()
    sys.stdout.write(json.dumps(measure(given.name, given.folder, given.repetitions, given.most)) + "\n")


if __name__ == "__main__":
    main()
