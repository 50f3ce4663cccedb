"""A proof as people read it: the result, what is broken, what was not examined, and then what was tried."""

from collections import Counter
from collections.abc import Iterator, Mapping, Sequence
from dataclasses import dataclass
from pathlib import Path

import yaml
from rich.columns import Columns
from rich.console import Console
from rich.padding import Padding
from rich.table import Table

from planrules.answers.words import joined
from planrules.api import Plan
from planrules.testing.print_broken import print_broken
from planrules.testing.proof import Counterexample, Proof
from planrules.testing.unread import Unread

_INDENT = (0, 0, 0, 2)
_WIDE = 100
"""Characters a line from which the table has the citations too."""
_ALWAYS = ("holds", "broken")
"""Results that are told even where there are none."""
_MORE = 4
"""How many times as many people are advised where some edge or property had nobody."""
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

    @property
    def prove(self) -> str:
        """The command that proves the plan again."""
        option = f" --facts {self.facts}" if self.facts is not None else ""
        return f"planrules prove {self.elections}{option}"

    def answer(self, name: str, found: Counterexample) -> str:
        """The command that gives the answer which breaks a property."""
        person, *supposed = self.files[name]
        facts = supposed[0] if supposed else self.facts
        option = f" --facts {facts}" if facts is not None else ""
        return f"planrules answer {self.elections} {person} --as-of {found.as_of.isoformat()}{option}"


def print_proof(proof: Proof, plan: Plan, commands: Commands, console: Console) -> None:
    """Prints what became of the properties, each broken one, those not examined, all that was tried, and what next."""
    console.print(f"{proof.plan.name}: {_verdict(proof)}", style="bold")
    console.print(_tried(proof))
    console.print()
    for held in proof.properties:
        if (found := held.counterexample) is not None:
            print_broken(held, found, plan, commands.answer(held.name, found), console)
    for line in _not_examined(proof):
        console.print(Padding(line.strip(), _INDENT) if line.startswith(" ") else line)
    _print_properties(proof, console)
    _print_edges(proof, console)
    console.print(f"Next: {_next(proof, commands)}", soft_wrap=True)


def _verdict(proof: Proof) -> str:
    said = {
        "broken": ("is broken", "are broken"),
        "holds": ("property holds", "properties hold"),
        "waits": ("could not be examined", "could not be examined"),
        "nobody_concerned": ("concerns nobody drawn", "concern nobody drawn"),
        "does_not_apply": ("does not apply", "do not apply"),
    }
    waiting = {name for each in proof.unread for name in each.properties}
    counted = Counter("waits" if held.name in waiting else held.result for held in proof.properties)
    parts = [
        f"{counted[result]} {one if counted[result] == 1 else many}"
        for result, (one, many) in said.items()
        if counted[result] or result in _ALWAYS
    ]
    return f"{', '.join(parts)}."


def _tried(proof: Proof) -> str:
    supposed = [f"supposing that {says}" if says else "under the plan facts given" for says in proof.suppositions]
    aside = f" {proof.set_aside:,} were set aside." if proof.set_aside else ""
    times = " Everybody is asked about twice:" if len(supposed) > 1 else " They are asked about"
    drawn = f"{proof.people:,} people drawn with seed {proof.seed}, asked about on {len(proof.days)} days."
    return f"{drawn}{times} {', and again '.join(supposed)}.{aside}"


def _not_examined(proof: Proof) -> Iterator[str]:
    """Why what is not in the table was held against nobody; the names stand on lines of their own."""
    idle = [held.name for held in proof.properties if held.result == "nobody_concerned"]
    for each in proof.unread:
        waiting = [name for name in idle if name in each.properties]
        if waiting:
            yield f"Not examined: {each.bears_on}. {_not_told(each)} No answer says anything that could be wrong:"
            yield from (f"  {name}" for name in waiting)
            yield ""
            idle = [name for name in idle if name not in waiting]
    if idle:
        yield "Nobody drawn is concerned by:"
        yield from (f"  {name}" for name in idle)
        yield ""
    apart = [held for held in proof.properties if held.not_about is not None]
    if apart:
        yield "Not about this plan:"
        yield from (f"  {held.name}: {held.not_about}." for held in apart)
        yield ""


def _not_told(each: Unread) -> str:
    if each.lacks is not None:
        return f"{each.lacks[:1].upper()}{each.lacks[1:]} (AA {each.option})."
    return f"Nobody has said what “{each.words}” (AA {each.option}) means."


def _print_properties(proof: Proof, console: Console) -> None:
    examined = [held for held in proof.properties if held.result in ("holds", "broken")]
    if not examined:
        return
    wide = console.width > _WIDE
    table = Table(box=None, padding=(0, 1, 0, 0))
    table.add_column("Property", overflow="fold")
    if wide:
        table.add_column("Citation", overflow="fold")
    for name in ("Tried", "Concerned", "Edges"):
        table.add_column(name, justify="right", no_wrap=True)
    table.add_column("Result", no_wrap=True)
    for held in sorted(examined, key=lambda each: each.result != "broken"):
        numbers = [f"{number:,}" for number in (held.tried, held.concerned, held.edges_hit)]
        cites = [joined(held.cites)] if wide else []
        table.add_row(held.name, *cites, *numbers, "BROKEN" if held.broken else "holds")
    console.print(table)
    console.print(
        "Tried: people it was held against. Concerned: those of whom it says something. Edges: how many edges of the "
        "plan occur in these."
    )
    console.print()


def _print_edges(proof: Proof, console: Console) -> None:
    console.print("Edges of the plan, where its rules turn, and how many of the people drawn stand on each:")
    hit = [f"{edge.name} {edge.hits:,}" for edge in proof.edges if edge.hits]
    console.print(Padding(Columns(hit, padding=(0, 2)), _INDENT))
    for edge in proof.edges:
        if not edge.hits:
            console.print(Padding(f"Nobody on {edge.name}: {edge.says}.", _INDENT))
    console.print()


def _next(proof: Proof, commands: Commands) -> str:
    """What to do about the result, the gravest first."""
    for held in proof.properties:
        if held.counterexample is not None:
            read = commands.answer(held.name, held.counterexample)
            return (
                "read the smallest person's answer. Where it is what the agreement says, have the agreement amended; "
                f"where not, the answer is wrong.\n  {read}"
            )
    for each in proof.unread:
        if each.properties and each.supplement:
            return (
                f"write what AA {each.option} means under `supplements:` in {commands.elections}, and prove it again."
            )
        if each.properties:
            return (
                f"compare the words of AA {each.option} with the law: they are not interpreted, nobody's answer can "
                f"tell what they give.\n  planrules check {commands.elections}"
            )
    if any(not edge.hits for edge in proof.edges) or any(
        held.result == "nobody_concerned" for held in proof.properties
    ):
        return f"draw more people.\n  {commands.prove} --examples {proof.examples * _MORE}"
    return f"draw others.\n  {commands.prove} --examples {proof.examples} --seed {proof.seed + 1}"
