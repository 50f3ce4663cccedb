"""A broken property as people read it: what is expected, what is seen, and the lines of the answer that show it."""

import re
from collections.abc import Iterator
from datetime import date
from io import StringIO

from rich.console import Console
from rich.padding import Padding

from planrules.answers import Answer, print_answer
from planrules.answers.words import joined, spoken_date
from planrules.api import Plan
from planrules.errors import PlanrulesError
from planrules.plan import parse_facts
from planrules.testing.proof import Counterexample, Held

_DAY = re.compile(r"\b\d{4}-\d{2}-\d{2}\b")
_STEPS_OF = {
    "entry_on": ("scheduled_entry_on", "next_entry_on"),
    "vested_percent": ("schedule", "owned_percent", "owned_matching_percent"),
    "matching": ("total", "allocated_total"),
    "participation_periods": ("eligibility_completed_on",),
}
"""The reasons of an answer that tell of a field under another name."""
_LEDGERS = ("matching", "participation_periods", "vesting_periods")
_WIDEST = 1000
_INDENT = (0, 0, 0, 2)


def print_broken(held: Held, found: Counterexample, plan: Plan, command: str, console: Console) -> None:
    """Prints one broken property, the person's answer where it shows it, and the command that gives all of it."""
    console.print(
        f"BROKEN: {held.name} ({_answers(held.broken)}; it is about {held.concerned:,} of the people)", style="bold"
    )
    supposing = f" Supposing that {found.supposing}." if found.supposing else ""
    lines = (
        f"The promise: {held.statement}",
        f"By: {joined(held.cites)}.",
        f"Expected: {in_words(found.expected)}.",
        f"The answer of {spoken_date(found.as_of)}: {in_words(found.found)}.",
        f"Why: {in_words(found.why)}.{supposing}",
    )
    for line in lines:
        console.print(Padding(line, _INDENT))
    looked_at = list(_look_at(held, found, plan))
    if looked_at:
        console.print(Padding("In the answer look at:", _INDENT))
    for line in looked_at:
        console.print(Padding(line, (0, 0, 0, 4)))
    console.print(Padding("All of the answer, for the smallest person found:", _INDENT))
    console.print(f"  {command}", soft_wrap=True)
    console.print()


def _answers(number: int) -> str:
    return f"{number:,} answers break it" if number > 1 else "one answer breaks it"


def in_words(text: str) -> str:
    """A text with its days in full."""
    return _DAY.sub(lambda day: spoken_date(date.fromisoformat(day.group())), text)


def _look_at(held: Held, found: Counterexample, plan: Plan) -> Iterator[str]:
    """The sentences of the answer about what the property reads, and the tables it reads; a refusal in its place."""
    facts = plan.facts if found.facts is None else parse_facts(found.facts.model_dump(by_alias=True), "facts")
    try:
        answer = Plan(plan.elections, facts).answer(found.person, found.as_of)
    except PlanrulesError as refusal:
        yield str(refusal)
        return
    roots = dict.fromkeys(name.split(".")[0] for name in held.reads)
    about = {name for root in roots for name in (root, *_STEPS_OF.get(root, ()))}
    printed = _printed(answer)
    yield from dict.fromkeys(step.says for step in answer.because if step.fact in about and step.says in printed)
    if any(name in _LEDGERS for name in roots):
        yield "the table of its periods."


def _printed(answer: Answer) -> str:
    """An answer as `planrules answer` prints it, without the reasons that it leaves out, no sentence broken."""
    screen = Console(file=StringIO(), width=_WIDEST)
    with screen.capture() as said:
        print_answer(answer, screen)
    return said.get()
