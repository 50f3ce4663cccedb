"""An answer as a person reads it: the sentence first, then why, then the year table, then what is open."""

from collections.abc import Iterable, Iterator, Mapping
from datetime import date

from rich.console import Console
from rich.padding import Padding
from rich.table import Table

from planrules.answers.changes import what_could_change
from planrules.answers.headlines import headlines
from planrules.answers.models import Answer, Because
from planrules.answers.notes import FACTS
from planrules.answers.words import joined, spoken, spoken_date
from planrules.plan import catalogue

_ABOUT: Mapping[str, tuple[str, ...]] = {
    "participation": (
        *("eligibility_completed_on", "scheduled_entry_on", "entry_on", "next_entry_on", "earliest_entry_on"),
        "status_of_employee",
    ),
    "vesting": (
        *("schedule", "owned_percent", "years_dropped_on", "fully_vested_on", "forfeiture_break_on"),
        *("vested_percent_before_forfeiture_break", "later_money_percent"),
    ),
    "matching": (),
    "distribution": (
        *("event_on", "immediate", "payable_after_on", "consent_required", "default_payment_on"),
        *("required_beginning_on", "restored_on", "forfeiture_on"),
    ),
    "deferral": ("next_change_on", "maximum_percent", "annual_limit"),
}
"""The reasons printed under each headline."""


def print_answer(answer: Answer, console: Console) -> None:
    """Prints an answer for a person."""
    for section, sentence in headlines(answer):
        console.print(sentence, style="bold", highlight=False)
        console.print(Padding(_reasons(answer, section), (0, 0, 0, 2)))
        for table in _tables(answer, section):
            console.print(Padding(table, (0, 0, 1, 2)))
    for heading, lines in (
        ("Not known", _missing(answer)),
        (
            "Taken as the record stands",
            (f"{each.says} This bears on {_fields(each.needed_for)}." for each in answer.assumptions),
        ),
        ("What could change this", (f"{line} ({joined(cites)})" for line, cites in what_could_change(answer))),
        ("Overtaken by later law", (f"{each.says} ({joined(each.cites)})" for each in answer.superseded)),
        ("Open", _open(answer)),
    ):
        _listed(console, heading, lines)
    console.print(_footer(answer), style="dim", highlight=False)


def _reasons(answer: Answer, section: str) -> Table:
    table = Table.grid(padding=(0, 2))
    table.add_column(ratio=1)
    table.add_column(justify="left", style="dim", max_width=34)
    for step in _of_section(answer, section):
        projected = answer.statuses.get(step.fact) == "projected"
        table.add_row(step.says + (" (projected)" if projected else ""), joined(step.cites))
    return table


def _of_section(answer: Answer, section: str) -> Iterator[Because]:
    said: set[str] = set()
    for step in answer.because:
        if step.fact in _ABOUT[section] and step.says not in said:
            said.add(step.says)
            yield step


def _tables(answer: Answer, section: str) -> Iterator[Table]:
    if section == "participation" and answer.participation.periods:
        rows = answer.participation.periods
        yield _table(
            ["Measuring period", "hours", "year"],
            (
                (f"{row.start} to {row.through}", row.hours, row.year_of_service if row.complete else "running")
                for row in rows
            ),
        )
    if section == "vesting" and answer.vesting.periods:
        yield _table(
            ["Plan Year ended", "hours", "year", "break", "breaks in a row"],
            (
                (
                    row.through if row.through <= answer.as_of else f"{row.through} (running)",
                    row.hours,
                    row.year,
                    row.break_,
                    row.consecutive_breaks,
                )
                for row in answer.vesting.periods
            ),
        )
    if section == "matching" and answer.matching.months:
        yield _table(
            ["Month ended", "compensation", "deferred", "first tier", "next tier", "match", "allocated"],
            (
                (
                    row.month_end,
                    row.compensation,
                    row.eligible_contributions,
                    row.tier_1,
                    row.tier_2,
                    row.match,
                    row.allocated,
                )
                for row in answer.matching.months[-12:]
            ),
        )


def _table(headings: Iterable[str], rows: Iterable[tuple[object, ...]]) -> Table:
    table = Table(box=None, pad_edge=False, padding=(0, 2, 0, 0), header_style="dim")
    for heading in headings:
        table.add_column(
            heading,
            justify="right" if heading not in ("Measuring period", "Plan Year ended", "Month ended") else "left",
        )
    for row in rows:
        table.add_row(*(_cell(value) for value in row))
    return table


def _cell(value: object) -> str:
    if value is None:
        return "?"
    if isinstance(value, bool):
        return "yes" if value else "-"
    if isinstance(value, date):
        return value.isoformat()
    return f"{value:,}" if isinstance(value, int) else f"{value:,.2f}" if not isinstance(value, str) else value


def _missing(answer: Answer) -> Iterator[str]:
    for fact in dict.fromkeys(entry.fact for entry in answer.missing):
        yield f"{FACTS[fact][:1].upper()}{FACTS[fact][1:]}:"
        for entry in answer.missing:
            if entry.fact == fact:
                yield f"  {_field(entry.needed_for)}: {_bounds(entry.earliest, entry.latest)}"


def _bounds(earliest: object, latest: object) -> str:
    if earliest is None and latest is None:
        return "cannot be said"
    if latest is None:
        return f"{_text(earliest)} at the earliest, or not at all"
    if str(earliest).isalpha() or "_" in str(earliest):
        return f"either {_text(earliest)} or {_text(latest)}"
    return f"between {_text(earliest)} and {_text(latest)}"


def _text(value: object) -> str:
    try:
        return spoken_date(date.fromisoformat(str(value)))
    except ValueError:
        return spoken(value).replace("_", " ")


def _open(answer: Answer) -> Iterator[str]:
    quiet = 0
    for note in answer.readings:
        reading = catalogue()[note.reading]
        moved = [other for other in note.others if other.changes]
        if not moved:
            quiet += 1
            continue
        yield f"{reading.question} ({joined(reading.cites)})"
        yield f"  {'nobody has decided' if note.chosen is None else f'here: {reading.options[note.chosen]}'}"
        for other in moved:
            yield f"  read as: {reading.options[other.option]}, it would change {_moved(other.changes)}"
    if quiet:
        yield f"{quiet} other unclear places of the document would change nothing here, however they are read."


def _moved(changes: Mapping[str, object]) -> str:
    plain = {name: value for name, value in changes.items() if not isinstance(value, list | dict)}
    told = [f"{_field(name)} to {_text(str(value)) if value is not None else 'none'}" for name, value in plain.items()]
    rest = [f"the ledger of {_field(name)}" for name in changes if name not in plain]
    return ", ".join([*told, *rest])


def _fields(names: Iterable[str]) -> str:
    return ", ".join(_field(name) for name in names)


def _field(name: str) -> str:
    return name.removesuffix("_on").replace("_", " ").replace(".", " ")


def _listed(console: Console, heading: str, lines: Iterable[str]) -> None:
    found = list(lines)
    if not found:
        return
    console.print(f"{heading}:", style="bold")
    for line in found:
        deeper = 2 if line.startswith("  ") else 0
        console.print(Padding(line.strip(), (0, 0, 0, 2 + deeper)), highlight=False)


def _footer(answer: Answer) -> str:
    rates = " Match rates are illustrative: the filing gives none." if answer.plan.facts == "illustrative" else ""
    plan = answer.plan
    day = spoken_date(answer.as_of)
    return (
        f"{plan.name}, at the close of {day}; plan {plan.elections_hash[:12]}, planrules {plan.engine_version}.{rates}"
    )
