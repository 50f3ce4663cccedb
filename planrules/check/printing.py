"""The report as a person reads it: the outcome first, then each finding with its citation, reason and remedy."""

from collections import Counter
from collections.abc import Iterator

from rich.console import Console
from rich.padding import Padding

from planrules.check.report import Finding, Report
from planrules.check.wording import day_words, listed


def print_report(report: Report, console: Console) -> None:
    """Prints a report; what is acknowledged stands last."""
    console.print(f"{report.elections}: {_outcome(report)}", style="bold")
    waiting = [found for found in report.findings if found.acknowledged is None]
    answered = [found for found in report.findings if found.acknowledged is not None]
    for found in (*waiting, *answered):
        console.print()
        _print_finding(found, console)


def _outcome(report: Report) -> str:
    counts = Counter(_state(found) for found in report.findings)
    parts = [
        f"{count} {state}{'s' if count > 1 and state != 'acknowledged' else ''}"
        for state in ("error", "warning", "note", "acknowledged")
        if (count := counts[state])
    ]
    law = f", held against the law of {day_words(report.law_of)}" if report.law_of else ""
    return f"{listed(parts) if parts else 'no findings'}{law}."


def _state(found: Finding) -> str:
    return "acknowledged" if found.acknowledged else found.severity


def _print_finding(found: Finding, console: Console) -> None:
    style = {"error": "bold red", "warning": "bold yellow"}.get(_state(found), "bold")
    console.print(f"{_state(found)}  {found.what}.", style=style)
    for line in _lines(found):
        console.print(Padding(line, (0, 0, 0, 2)))


def _lines(found: Finding) -> Iterator[str]:
    yield found.why
    if found.acknowledged is None:
        yield found.do
    else:
        reading = f" (reading {found.acknowledged.reading})" if found.acknowledged.reading else ""
        yield f"Acknowledged: {found.acknowledged.reason}{reading}"
    yield f"[{found.code}] {', '.join(found.cites)}".rstrip()
