"""A proof as people read it: the properties in a table, the edges tried, and for each failure the smallest person."""

from collections import Counter
from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from pathlib import Path

import yaml
from rich.console import Console
from rich.padding import Padding
from rich.table import Table

from planrules.answers import print_answer
from planrules.api import Plan
from planrules.errors import PlanrulesError
from planrules.plan import parse_facts
from planrules.testing.proof import Counterexample, Held, Proof, Result

_RESULTS = {
    "holds": "holds",
    "broken": "BROKEN",
    "nobody_concerned": "nobody concerned",
    "does_not_apply": "does not apply",
}
Files = Mapping[str, Sequence[Path]]
"""For each broken property the files written: the person, and the plan facts where they are not those given."""


def write_counterexamples(proof: Proof, folder: Path) -> dict[str, tuple[Path, ...]]:
    """Writes the smallest person of each broken property, with the plan facts supposed, into a folder it makes."""
    written: dict[str, tuple[Path, ...]] = {}
    for held in proof.properties:
        if held.counterexample is not None:
            folder.mkdir(parents=True, exist_ok=True)
            written[held.name] = tuple(_written(held.counterexample, folder / held.name))
    return written


def _written(found: Counterexample, stem: Path) -> list[Path]:
    person, facts = stem.with_suffix(".json"), stem.with_suffix(".facts.yaml")
    text = found.person.model_dump_json(by_alias=True, exclude_defaults=True, indent=2)
    person.write_text(f"{text}\n", encoding="utf-8")
    if found.facts is None:
        return [person]
    told = found.facts.model_dump(mode="json", by_alias=True, exclude_none=True, exclude_defaults=True)
    facts.write_text(yaml.safe_dump(told, sort_keys=False), encoding="utf-8")
    return [person, facts]


@dataclass(frozen=True)
class Commands:
    """How the smallest people are asked about on the command line.

    Attributes:
        elections: the elections file.
        facts: the plan facts file given beside it; null when none was.
        files: the files written.
    """

    elections: Path
    facts: Path | None
    files: Files

    def answer(self, name: str, found: Counterexample) -> str:
        """The command that gives the answer which breaks a property."""
        person, *supposed = self.files[name]
        facts = supposed[0] if supposed else self.facts
        option = f" --facts {facts}" if facts is not None else ""
        return f"planrules answer {self.elections} {person} --as-of {found.as_of.isoformat()}{option}"


def print_proof(proof: Proof, plan: Plan, commands: Commands, console: Console) -> None:
    """Prints the table of properties, the edges, and what each broken property comes down to."""
    console.print(_table(proof))
    console.print(_tried(proof))
    for held in proof.properties:
        if held.not_about is not None:
            console.print(Padding(f"{held.name} does not apply: {held.not_about}.", (0, 0, 0, 2)))
    console.print(_edges(proof))
    missed = [edge.name for edge in proof.edges if not edge.hits]
    if missed:
        console.print(f"Warning: nobody tried is at {', '.join(missed)}. Draw more people with --examples.")
    for held in proof.properties:
        if held.counterexample is not None:
            console.print()
            _print_broken(held, held.counterexample, console)
            console.print(f"  {commands.answer(held.name, held.counterexample)}", soft_wrap=True)
            console.print()
            _print_answer(held.counterexample, plan, console)
    console.print(_verdict(proof))


def _table(proof: Proof) -> Table:
    table = Table(title=f"{proof.plan.name}: what holds for everybody", title_justify="left")
    for name in ("Property", "Citation"):
        table.add_column(name, overflow="fold")
    for name in ("Tried", "Concerned", "Edges hit"):
        table.add_column(name, justify="right")
    table.add_column("Result", no_wrap=True)
    for held in proof.properties:
        numbers = [f"{number:,}" for number in (held.tried, held.concerned, held.edges_hit)]
        result = _RESULTS[held.result] + (f" ({held.broken:,})" if held.broken else "")
        table.add_row(held.name.replace("_", " "), "; ".join(held.cites), *numbers, result)
    return table


def _tried(proof: Proof) -> str:
    supposed = [f"supposing {says}" if says else "under the plan facts given" for says in proof.suppositions]
    aside = f" {proof.set_aside} were set aside." if proof.set_aside else ""
    return (
        f"{proof.people:,} people drawn with seed {proof.seed}, asked about on {len(proof.days)} days, "
        f"{' and '.join(supposed)}.{aside}"
    )


def _edges(proof: Proof) -> Table:
    table = Table(title="Edges of the plan among them", title_justify="left")
    table.add_column("Edge", overflow="fold")
    table.add_column("What it is", overflow="fold")
    table.add_column("People", justify="right")
    for edge in proof.edges:
        table.add_row(edge.name.replace("_", " "), edge.says, f"{edge.hits:,}" if edge.hits else "0 !")
    return table


def _print_broken(held: Held, found: Counterexample, console: Console) -> None:
    console.print(f"{held.name.replace('_', ' ')} is broken.", style="bold")
    console.print(Padding(f"{held.statement} {'; '.join(held.cites)}", (0, 0, 0, 2)))
    console.print(Padding(f"Expected: {found.expected}. The answer: {found.found}.", (0, 0, 0, 2)))
    console.print(Padding(f"Why: {found.why}." + _supposing(found), (0, 0, 0, 2)))


def _supposing(found: Counterexample) -> str:
    return f" Supposing that {found.supposing}." if found.supposing else ""


def _print_answer(found: Counterexample, plan: Plan, console: Console) -> None:
    """The wrong answer with its reasons; a refusal is said in its place."""
    facts = plan.facts if found.facts is None else parse_facts(found.facts.model_dump(by_alias=True), "facts")
    supposed = Plan(plan.elections, facts)
    try:
        print_answer(supposed.answer(found.person, found.as_of), console)
    except PlanrulesError as refusal:
        console.print(str(refusal))


def _verdict(proof: Proof) -> str:
    said: Mapping[Result, tuple[str, str]] = {
        "holds": ("property holds", "properties hold"),
        "nobody_concerned": ("concerns nobody drawn", "concern nobody drawn"),
        "does_not_apply": ("does not apply", "do not apply"),
        "broken": ("is broken", "are broken"),
    }
    counted = Counter(held.result for held in proof.properties)
    always: tuple[Result, ...] = ("holds", "broken")
    parts = [
        f"{counted[result]} {one if counted[result] == 1 else many}"
        for result, (one, many) in said.items()
        if counted[result] or result in always
    ]
    return f"{', '.join(parts)}."
