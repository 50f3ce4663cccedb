"""Measures planrules and its peers on the shared workload, and prints a table.

python tests/peers/run.py --people 1000000                 every engine
python tests/peers/run.py --people 100000 --only polars    some of them

Each engine gets an environment of its own, with the versions below, in a folder that is thrown away (`--keep FOLDER`
keeps it for the next time), and each measurement a process of its own. All are measured twice, in one order and then
in the other, and the best run counts. An engine that cannot be installed or run is a line that says so.
"""

import argparse
import json
import os
import subprocess
import sys
import tempfile
from collections.abc import Sequence
from contextlib import ExitStack
from dataclasses import dataclass
from importlib.metadata import version
from pathlib import Path
from typing import Any

TESTS = Path(__file__).resolve().parents[1]
POLARS, NUMPY = f"polars=={version('polars')}", "numpy==2.4.6"
NOT_RUN = "not run"


@dataclass(frozen=True)
class Peer:
    """An engine: the script that asks it, what to install, and how many people it gets at most."""

    name: str
    script: str
    packages: tuple[str, ...]
    most: int | None = None
    repetitions: int = 15


PLANRULES = Peer("planrules", "of_planrules", (str(TESTS.parent), POLARS, NUMPY))
PEERS = (
    PLANRULES,
    Peer("polars", "of_polars", (POLARS, NUMPY)),
    Peer("openfisca-core", "of_openfisca", ("openfisca-core==46.0.1",)),
    Peer("policyengine-core", "of_openfisca", ("policyengine-core==3.33.12",)),
    Peer("ttsim-backend", "of_ttsim", ("ttsim-backend==1.1.1",)),
    Peer("zen-engine", "of_zen", ("zen-engine==2.1.3", NUMPY), most=50_000, repetitions=2),
)
COLUMNS = (
    "engine",
    "version",
    "people",
    "people a second",
    "time, planrules = 1",
    "peak MB",
    "equals the reference",
    "sum of the match differs by",
)


class NotRunError(Exception):
    """Why an engine cannot be installed or run."""


def table(people: int, only: Sequence[str] = (), keep: Path | None = None) -> list[str]:
    """The lines of the table, head first."""
    peers = [peer for peer in PEERS if not only or peer.name in only]
    found: dict[str, dict[str, Any]] = {}
    with ExitStack() as stack:
        place = Path(stack.enter_context(tempfile.TemporaryDirectory()))
        folder = place / "people"
        folder.mkdir()
        pythons = {peer.name: _environment(peer, keep or place) for peer in (PLANRULES, *peers)}
        drawn_by = pythons[PLANRULES.name]
        if isinstance(drawn_by, str):
            raise NotRunError(drawn_by)
        _run(drawn_by, "peers.workload", str(folder), str(people))
        for peer in (*peers, *reversed(peers)):
            found[peer.name] = _better(found.get(peer.name), _measured(peer, pythons[peer.name], folder))
    ours = found.get(PLANRULES.name, {})
    cells = [COLUMNS, ["---"] * len(COLUMNS), *(_cells(peer, found[peer.name], ours) for peer in peers)]
    return [f"| {' | '.join(row)} |" for row in cells]


def _environment(peer: Peer, place: Path) -> Path | str:
    """The Python of the engine's environment, made unless it is kept from before; or why there is none."""
    home = place / peer.name
    python = home / "bin" / "python"
    try:
        if not python.exists():
            _call([sys.executable, "-m", "venv", str(home)])
        _call([str(python), "-m", "pip", "install", "--quiet", *peer.packages])
    except NotRunError as error:
        return str(error)
    return python


def _measured(peer: Peer, python: Path | str, folder: Path) -> dict[str, Any]:
    """What `peers.measure` told of the engine, or why it did not."""
    if isinstance(python, str):
        return {NOT_RUN: python}
    most = () if peer.most is None else ("--most", str(peer.most))
    try:
        told: dict[str, Any] = json.loads(
            _run(python, "peers.measure", peer.script, str(folder), "--repetitions", str(peer.repetitions), *most)
        )
    except NotRunError as error:
        return {NOT_RUN: str(error)}
    return told


def _better(one: dict[str, Any] | None, other: dict[str, Any]) -> dict[str, Any]:
    """The faster of two measurements, with the greater peak; one that did not run is never the better."""
    if one is None or NOT_RUN in one:
        return other if one is None or NOT_RUN not in other else one
    if NOT_RUN in other:
        return one
    faster = min(one, other, key=lambda each: each["seconds"])
    both = one["equal"] and other["equal"]
    return faster | {"megabytes": max(one["megabytes"], other["megabytes"]), "equal": both}


def _cells(peer: Peer, told: dict[str, Any], ours: dict[str, Any]) -> list[str]:
    if NOT_RUN in told:
        return [peer.name, peer.packages[0].partition("==")[2], f"{NOT_RUN}: {told[NOT_RUN]}", *[""] * 5]
    each = told["seconds"] / told["people"]
    ratio = f"{each / (ours['seconds'] / ours['people']):.2f}" if "seconds" in ours else ""
    equal = "yes" if told["equal"] else "**no**"
    counts = [f"{told['people']:,}", f"{1 / each:,.0f}", ratio, f"{told['megabytes']:,}"]
    return [told["engine"], told["version"], *counts, equal, f"{told['match_differs_by']:,.2f}"]


def _run(python: Path, module: str, *arguments: str) -> str:
    return _call([str(python), "-W", "ignore", "-m", module, *arguments])


def _call(line: list[str]) -> str:
    """What a command prints; where it fails, its last complaint is the reason."""
    env = os.environ | {"PYTHONPATH": str(TESTS)}
    done = subprocess.run(line, capture_output=True, check=False, text=True, env=env)  # noqa: S603
    if done.returncode:
        said = [text for text in done.stderr.splitlines() if text.strip()]
        errors = [text for text in said if text.startswith("ERROR")]
        raise NotRunError((errors or said or [f"ended with {done.returncode}"])[-1].strip().replace("|", "/"))
    return done.stdout


def main() -> None:
    """Prints the table."""
    parser = argparse.ArgumentParser(description=__doc__, formatter_class=argparse.RawDescriptionHelpFormatter)
    parser.add_argument("--people", type=int, default=1_000_000)
    parser.add_argument("--only", nargs="+", default=[], choices=[peer.name for peer in PEERS], metavar="NAME")
    parser.add_argument("--keep", type=Path)
    given = parser.parse_args()
    sys.stdout.write("\n".join(table(given.people, given.only, given.keep)) + "\n")


if __name__ == "__main__":
    main()
