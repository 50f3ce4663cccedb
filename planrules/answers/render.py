"""An answer as a person reads it: the sentence first, then why, then the year table, then what is open."""

from collections.abc import Iterable, Iterator, Mapping
from datetime import date
from decimal import Decimal

from rich.console import Console
from rich.padding import Padding
from rich.table import Table

from planrules.answers.changes import what_could_change
from planrules.answers.headlines import headlines
from planrules.answers.labels import LEDGERS, field_in_words, fields_in_words
from planrules.answers.models import Answer, Because
from planrules.answers.next_steps import next_steps, unseen
from planrules.answers.notes import FACTS
from planrules.answers.tables import tables
from planrules.answers.words import MONEY, joined, listed, sourced, spoken, spoken_date
from planrules.engine.fields import fields
from planrules.plan import catalogue

_ABOUT: Mapping[str, tuple[str, ...]] = {
    "participation": (
        *("hours", "eligibility_completed_on", "scheduled_entry_on", "entry_on", "next_entry_on", "earliest_entry_on"),
        *("suspended_from", "apart_entry_on"),
    ),
    "vesting": (
        *("schedule", "owned_percent", "years_left_out", "years_dropped_on", "fully_vested_on", "forfeiture_break_on"),
        *("vested_percent_before_forfeiture_break", "owned_matching_percent"),
        *("later_money_percent", "later_matching_percent"),
    ),
    "matching": ("total", "allocated_total"),
    "distribution": (
        *("event_on", "immediate", "payable_after_on", "consent_required", "default_payment_on"),
        *("required_beginning_on", "restored_on", "forfeiture_on"),
    ),
    "in_service": ("employer_withdrawal_on", "deferral_withdrawal_on", "hardship_accounts"),
    "deferral": ("next_change_on", "maximum_percent", "annual_limit"),
}
"""The reasons printed under each headline."""


def print_answer(answer: Answer, console: Console) -> None:
    """Prints an answer for a person."""
    for section, sentence in headlines(answer):
        console.print(sentence, style="bold")
        console.print(Padding(_reasons(answer, section), (0, 0, 0, 2)))
        for table in tables(answer, section):
            console.print(Padding(table, (0, 0, 1, 2)))
    for heading, lines in (
        ("Not known", _missing(answer)),
        (
            "Taken as the record stands",
            (f"{each.says} This bears on {fields_in_words(each.needed_for)}." for each in answer.assumptions),
        ),
        ("What could change this", (f"{line} ({joined(cites)})" for line, cites in what_could_change(answer))),
        ("Overtaken by later law", _overtaken(answer)),
        ("Open", _open(answer)),
        ("Next step", next_steps(answer)),
    ):
        _listed(console, heading, lines)
    console.print(_footer(answer), style="dim")


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


def _overtaken(answer: Answer) -> Iterator[str]:
    for each in answer.superseded:
        yield f"{each.says} ({joined(each.cites)}) This bears on {fields_in_words(each.fields)}."


def _missing(answer: Answer) -> Iterator[str]:
    shown = [entry for entry in answer.missing if entry.needed_for not in unseen(answer)]
    shown.sort(key=lambda entry: fields().index(entry.needed_for))
    for fact in dict.fromkeys(entry.fact for entry in shown):
        yield f"{FACTS[fact][:1].upper()}{FACTS[fact][1:]}:"
        for entry in shown:
            if entry.fact == fact:
                bounds = _bounds(entry.needed_for, entry.earliest, entry.latest)
                yield f"  {field_in_words(entry.needed_for)}: {bounds}"


def _bounds(name: str, earliest: object, latest: object) -> str:
    if earliest is None and latest is None:
        return "cannot be said"
    if name in MONEY:
        return f"at least ${earliest}" if latest is None else f"between ${earliest} and ${latest}"
    if latest is None:
        return f"{_text(earliest)} at the earliest" + ("" if name == "default_payment_on" else ", or not at all")
    if name == "hardship_accounts" or str(earliest).isalpha() or "_" in str(earliest):
        return f"either {_text(earliest)} or {_text(latest)}"
    return f"between {_text(earliest)} and {_text(latest)}"


def _text(value: object) -> str:
    try:
        return spoken_date(date.fromisoformat(str(value)))
    except ValueError:
        return spoken(value).replace("_", " ")


def _open(answer: Answer) -> Iterator[str]:
    for each in answer.untold:
        yield f"{each.says} (AA {each.option}) This bears on {fields_in_words(each.fields)}."
    quiet = 0
    for note in answer.readings:
        reading = catalogue()[note.reading]
        moved = [other for other in note.others if set(other.changes) - unseen(answer)]
        if not moved:
            quiet += 1
            continue
        yield f"{reading.question} ({note.reading}; {joined(note.cites)})"
        if note.chosen is None:
            yield "  nobody has decided"
        else:
            how = "as the text supports" if note.chosen == reading.supported else "chosen for this plan"
            yield f"  here, {how}: {reading.options[note.chosen]}"
        for other in moved:
            yield f"  read as: {reading.options[other.option]}. That would change {_moved(other.changes)}."
    if quiet:
        others = " other" if quiet < len(answer.readings) else ""
        places = f"1{others} unclear place" if quiet == 1 else f"{quiet}{others} unclear places"
        yield f"{places} of the document would change nothing here, however read."


def _moved(changes: Mapping[str, object]) -> str:
    plain = {name: value for name, value in changes.items() if not isinstance(value, list | dict)}
    told = [f"{field_in_words(name)} to {_value(name, value)}" for name, value in plain.items()]
    ledgers = [LEDGERS.get(name) or field_in_words(name) for name in changes if name not in plain]
    return listed([*told, *ledgers])


def _value(name: str, value: object) -> str:
    if value is None:
        return "not known" if name in MONEY else "none"
    if isinstance(value, bool):
        return "yes" if value else "no"
    return f"${Decimal(str(value)):,.2f}" if name in MONEY else _text(value)


def _listed(console: Console, heading: str, lines: Iterable[str]) -> None:
    found = list(lines)
    if not found:
        return
    console.print(f"{heading}:", style="bold")
    for line in found:
        deeper = 2 if line.startswith("  ") else 0
        console.print(Padding(line.strip(), (0, 0, 0, 2 + deeper)))


def _footer(answer: Answer) -> str:
    plan = answer.plan
    facts = f" The plan facts are illustrative{sourced(plan.facts_source)}." if plan.facts == "illustrative" else ""
    day = spoken_date(answer.as_of)
    return (
        f"{plan.name}, at the close of {day}; plan {plan.elections_hash[:12]}, planrules {plan.engine_version}.{facts}"
    )
