"""An answer as a person reads it: the sentence first, then why, then the year table, then what is open."""

from collections.abc import Iterable, Iterator

from rich.console import Console
from rich.padding import Padding
from rich.table import Table

from planrules.answers.beside import assumed, overtaken, which_plan
from planrules.answers.changes import what_could_change
from planrules.answers.models import Answer
from planrules.answers.next_steps import next_steps
from planrules.answers.open_places import not_known, not_told, open_readings, quiet_readings
from planrules.answers.sections import Reason, sections
from planrules.answers.tables import Ledger
from planrules.answers.words import joined


def print_answer(answer: Answer, console: Console) -> None:
    """Prints an answer for a person."""
    for section in sections(answer):
        console.print(section.headline, style="bold")
        console.print(Padding(_reasons(section.reasons), (0, 0, 0, 2)))
        for table in section.tables:
            console.print(Padding(_table(table), (0, 0, 1, 2)))
    for heading, lines in (
        ("Not known", _missing(answer)),
        ("Taken as the record stands", assumed(answer)),
        ("What could change this", (f"{line} ({joined(cites)})" for line, cites in what_could_change(answer))),
        ("Overtaken by later law", (f"{line.says} ({joined(line.cites)}) {line.bears}" for line in overtaken(answer))),
        ("Open", _open(answer)),
        ("Next step", next_steps(answer)),
    ):
        _listed(console, heading, lines)
    console.print(which_plan(answer), style="dim")


def _reasons(reasons: Iterable[Reason]) -> Table:
    table = Table.grid(padding=(0, 2))
    table.add_column(ratio=1)
    table.add_column(justify="left", style="dim", max_width=34)
    for reason in reasons:
        table.add_row(reason.says + (" (projected)" if reason.projected else ""), joined(reason.cites))
    return table


def _table(ledger: Ledger) -> Table:
    table = Table(box=None, pad_edge=False, padding=(0, 2, 0, 0), header_style="dim", caption_justify="left")
    for place, heading in enumerate(ledger.headings):
        table.add_column(heading, justify="right" if place else "left", vertical="bottom")
    for row in ledger.rows:
        table.add_row(*row)
    table.caption = ledger.note or None
    return table


def _missing(answer: Answer) -> Iterator[str]:
    for each in not_known(answer):
        yield f"{each.fact}:"
        for field, bounds in each.bounds:
            yield f"  {field}: {bounds}"


def _open(answer: Answer) -> Iterator[str]:
    yield from not_told(answer)
    for place in open_readings(answer):
        yield f"{place.question} ({place.reading}; {joined(place.cites)})"
        yield "  nobody has decided" if place.here is None else f"  here, {place.how}: {place.here}"
        for option, changes in place.others:
            yield f"  read as: {option}. That would {changes}."
    if quiet := quiet_readings(answer):
        yield quiet


def _listed(console: Console, heading: str, lines: Iterable[str]) -> None:
    found = list(lines)
    if not found:
        return
    console.print(f"{heading}:", style="bold")
    for line in found:
        deeper = 2 if line.startswith("  ") else 0
        console.print(Padding(line.strip(), (0, 0, 0, 2 + deeper)))
