"""An answer as a person reads it: the sentence first, then why, then the year table, then what is open."""

from collections.abc import Iterable, Iterator, Mapping
from datetime import date
from decimal import Decimal

from rich.console import Console
from rich.padding import Padding
from rich.table import Table

from planrules.answers.changes import what_could_change
from planrules.answers.headlines import headlines
from planrules.answers.models import Answer, Because, MatchingMonth
from planrules.answers.notes import FACTS
from planrules.answers.words import MONEY, PERIODS, joined, spoken, spoken_date
from planrules.engine.fields import FIELDS
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
_MONTHS_SHOWN = 12
_LEDGERS = {
    "months": "some months of the match",
    "participation.periods": "the measuring periods",
    "vesting.periods": "the Plan Years for vesting",
    "contributions": "joining in contributions with conditions of their own",
    "portions": "which money is owned to which percentage",
    "matching_portions": "which part of the match is owned to which percentage",
    "vested_percent": "the percentage owned",
}
"""How changes in tables are told."""
_LABELS = {
    "total": "the match in total",
    "allocated_total": "the match allocated",
    "months": "the match by month",
    "vested_total": "the vested balance",
    "immediate": "whether payable at once",
    "entry_on": "the day of joining",
    "suspended_from": "the first day of a suspension",
    "suspended_through": "the last day of a suspension",
    "default_payment_on": "the payment day when nobody elects",
}
"""Words for fields whose name is not plain enough."""


def print_answer(answer: Answer, console: Console) -> None:
    """Prints an answer for a person."""
    for section, sentence in headlines(answer):
        console.print(sentence, style="bold")
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
        ("Overtaken by later law", _overtaken(answer)),
        ("Open", _open(answer)),
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
            [f"{PERIODS[answer.vesting.computation_period]} ended", "hours", "year", "break", "breaks in a row"],
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
            [_months_shown(answer), "compensation", "deferred", "first tier", "next tier", "match", "allocated"],
            (
                (
                    row.month_end,
                    row.compensation,
                    row.eligible_contributions,
                    row.tier_1,
                    row.tier_2,
                    row.match,
                    _allocation(row, answer.as_of),
                )
                for row in answer.matching.months[-_MONTHS_SHOWN:]
            ),
        )


def _months_shown(answer: Answer) -> str:
    count = len(answer.matching.months)
    period = {"quarter": "Quarter", "plan_year": "Plan Year"}.get(answer.matching.allocated_every, "Month")
    return f"{period} ended" if count <= _MONTHS_SHOWN else f"{period} ended (the last {_MONTHS_SHOWN} of {count})"


def _allocation(month: MatchingMonth, as_of: date) -> str:
    """yes, no, or the day on which the condition is tested."""
    if month.allocated is None:
        return "?"
    if month.tested_on is not None and month.tested_on > as_of:
        return f"tested {month.tested_on}"
    return "yes" if month.allocated else "no"


def _table(headings: Iterable[str], rows: Iterable[tuple[object, ...]]) -> Table:
    table = Table(box=None, pad_edge=False, padding=(0, 2, 0, 0), header_style="dim")
    for heading in headings:
        table.add_column(
            heading,
            justify="left" if heading.startswith(("Measuring", "Plan Year", "Quarter", "Month")) else "right",
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


def _overtaken(answer: Answer) -> Iterator[str]:
    for each in answer.superseded:
        yield f"{each.says} ({joined(each.cites)}) This bears on {_fields(each.fields)}."


def _missing(answer: Answer) -> Iterator[str]:
    for fact in dict.fromkeys(entry.fact for entry in answer.missing):
        yield f"{FACTS[fact][:1].upper()}{FACTS[fact][1:]}:"
        for entry in answer.missing:
            if entry.fact == fact:
                yield f"  {_field(entry.needed_for)}: {_bounds(entry.needed_for, entry.earliest, entry.latest)}"


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
    quiet = 0
    for note in answer.readings:
        if note.reading not in catalogue():
            yield f"{note.says} ({note.reading})"
            continue
        reading = catalogue()[note.reading]
        moved = [other for other in note.others if set(other.changes) - _unseen(answer)]
        if not moved:
            quiet += 1
            continue
        yield f"{reading.question} ({note.reading}; {joined(reading.cites)})"
        if note.chosen is None:
            yield "  nobody has decided"
        else:
            how = "as the text supports" if note.chosen == reading.supported else "chosen for this plan"
            yield f"  here, {how}: {reading.options[note.chosen]}"
        for other in moved:
            yield f"  read as: {reading.options[other.option]}, it would change {_moved(other.changes)}"
    if quiet:
        yield f"{quiet} other unclear places of the document would change nothing here, however they are read."


def _unseen(answer: Answer) -> set[str]:
    """Fields of parts that are not shown to this person."""
    return set() if answer.participation.status_of_employee == "participant" else set(FIELDS["deferral"])


def _moved(changes: Mapping[str, object]) -> str:
    plain = {name: value for name, value in changes.items() if not isinstance(value, list | dict)}
    told = [f"{_field(name)} to {_value(name, value)}" for name, value in plain.items()]
    return ", ".join([*told, *(_LEDGERS.get(name, _field(name)) for name in changes if name not in plain)])


def _value(name: str, value: object) -> str:
    if value is None:
        return "none"
    if isinstance(value, bool):
        return "yes" if value else "no"
    return f"${Decimal(str(value)):,.2f}" if name in MONEY else _text(value)


def _fields(names: Iterable[str]) -> str:
    return ", ".join(_field(name) for name in names)


def _field(name: str) -> str:
    return _LABELS.get(name, name.removesuffix("_on").replace("_", " "))


def _listed(console: Console, heading: str, lines: Iterable[str]) -> None:
    found = list(lines)
    if not found:
        return
    console.print(f"{heading}:", style="bold")
    for line in found:
        deeper = 2 if line.startswith("  ") else 0
        console.print(Padding(line.strip(), (0, 0, 0, 2 + deeper)))


def _footer(answer: Answer) -> str:
    rates = (
        " Match rates and top-heavy years are illustrative: the filing gives none."
        if answer.plan.facts == "illustrative"
        else ""
    )
    plan = answer.plan
    day = spoken_date(answer.as_of)
    return (
        f"{plan.name}, at the close of {day}; plan {plan.elections_hash[:12]}, planrules {plan.engine_version}.{rates}"
    )
