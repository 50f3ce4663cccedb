"""The report as a person reads it: the outcome first, then each finding with its citation, reason and remedy."""

from collections import Counter
from collections.abc import Iterator, Mapping, Sequence

from rich.console import Console

from planrules.check.catalogue import finding_kinds
from planrules.check.report import Finding, Report
from planrules.check.texts import WORDS
from planrules.check.wording import day_words, listed, wrapped
from planrules.supplements import SUPPLEMENTS


def print_reports(reports: Mapping[str, Report], console: Console) -> None:
    """Prints the reports of one or more files, by the path each was given as, and last what to do now.

    Of several files each stands under its path, and what they come to together before the next step.
    """
    several = len(reports) > 1
    for number, (file, report) in enumerate(reports.items()):
        if number:
            console.print()
        _print_report(report, file if several else report.elections, console)
    if several:
        passed = sum(report.passed for report in reports.values())
        told = f"{len(reports)} files checked: {passed} without an open error, {len(reports) - passed} with some."
        console.print(f"\n{wrapped(told, console.width)}", style="bold")
        console.print(wrapped(_next_of_several(reports), console.width))
        return
    for file, report in reports.items():
        paragraph, *lines = _next_of_one(report, file).splitlines()
        console.print(f"\n{wrapped(paragraph, console.width)}")
        for line in lines:
            console.print(line)


def _next_of_several(reports: Mapping[str, Report]) -> str:
    """The first file that needs something; another one is told when its turn comes."""
    for file, report in reports.items():
        if report.open_errors:
            return f"Next: begin with `planrules check {file}`, which says what to do about each of its errors."
    return "Next: `planrules show FILE` tells each of these plans in plain words."


def _print_report(report: Report, name: str, console: Console) -> None:
    """Prints a report; what is acknowledged stands last."""
    console.print(wrapped(f"{name}: {_outcome(report)}", console.width), style="bold")
    waiting = [found for found in report.findings if found.acknowledged is None]
    answered = [found for found in report.findings if found.acknowledged is not None]
    for found in (*waiting, *answered):
        console.print()
        _print_finding(found, console)


def _next_of_one(report: Report, file: str) -> str:
    """What to do now with the elections file that was checked; a line that is indented stands as it is written."""
    open_errors = report.open_errors
    unread = [each for each in report.findings if each.code == WORDS and each.acknowledged is None]
    if not open_errors and unread:
        return _about_words([each.cites[0].removeprefix("AA ") for each in unread], file)
    if not open_errors:
        return f"Next: `planrules show {file}` tells the plan in plain words."
    if any(finding_kinds()[found.code].family == "file" for found in open_errors):
        return f"Next: correct {file}; until then no question about the plan can be answered. Then check it again."
    (first, *_) = open_errors
    name = first.cites[0].removeprefix("AA ") if first.cites else first.code
    return (
        f"Next: compare {file} with the signed agreement. What was read wrongly, correct; what was signed so, have "
        "amended, or acknowledge. Then check it again. To acknowledge, write in the file, with a reason of your own:\n"
        f"  acknowledged:\n    - finding: {name}\n      reason: who has looked at it, and why it stands"
    )


def _about_words(options: Sequence[str], file: str) -> str:
    """What to do while words that the law limits are not interpreted; only some can be, in the elections file."""
    told = [option for option in options if option in SUPPLEMENTS]
    other = [option for option in options if option not in SUPPLEMENTS]
    steps = []
    if told:
        steps.append(f"write the meaning of {listed(told)} under `supplements:` in {file}")
    if other:
        steps.append(
            f"have somebody who knows the law read the words of {listed(other)}; list the finding with a reason under "
            f"`acknowledged:` in {file}, or have the agreement amended"
        )
    return f"Next: {'; '.join(steps)}. Then check it again."


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
    console.print(wrapped(f"{_state(found)}  {found.what}.", console.width), style=style)
    for line in _lines(found):
        console.print(wrapped(line, console.width, "  "))


def _lines(found: Finding) -> Iterator[str]:
    yield found.why
    if found.acknowledged is None:
        yield found.do
    else:
        reading = f" (reading {found.acknowledged.reading})" if found.acknowledged.reading else ""
        yield f"Acknowledged: {found.acknowledged.reason}{reading}"
    yield f"[{found.code}] {', '.join(found.cites)}".rstrip()
