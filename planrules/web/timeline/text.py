"""The timeline as one paragraph, for those who neither see the picture nor want the table."""

from collections.abc import Iterator

from planrules.answers.words import listed, spoken_date
from planrules.web.timeline.model import Span, Timeline, amount
from planrules.web.timeline.table import OUTCOMES, earned

_TOLD = 3
"""So many measuring years are told one by one; of more, the first and the last."""


def text(shown: Timeline) -> str:
    """What the picture shows, as a paragraph."""
    return " ".join(_sentences(shown))


def _sentences(shown: Timeline) -> Iterator[str]:
    yield f"{shown.who}: {listed([_spell(span) for span in shown.employment])}."
    if shown.left_out:
        yield f"In a class that takes no part: {listed([_spell(span) for span in shown.left_out])}."
    yield from _measuring(shown)
    yield from _days(shown)
    if "own" in shown.asked:
        yield f"Years of Service toward full ownership of the Employer's money: {earned(shown.owned)}."
    if shown.wait is not None:
        first, last = spoken_date(shown.wait.start), spoken_date(shown.wait.through)
        yield f"{shown.wait.days} days of waiting follow the last day, from {first} to {last}."


def _spell(span: Span) -> str:
    until = "on" if span.through is None else f"to {spoken_date(span.through)}"
    return f"{span.words} from {spoken_date(span.start)} {until}"


def _measuring(shown: Timeline) -> Iterator[str]:
    rows = list(shown.measured)
    if len(rows) > _TOLD:
        yield f"There are {len(rows)} measuring years; the first and the last of them:"
        rows = [rows[0], rows[-1]]
    for row in rows:
        days = f"{spoken_date(row.start)} to {spoken_date(row.through)}"
        hours = "hours that are not known" if row.hours is None else f"{amount(row.hours)} hours"
        yield f"The measuring year from {days} has {hours} of the {amount(row.needed)} needed: {OUTCOMES[row.outcome]}."


def _days(shown: Timeline) -> Iterator[str]:
    marks = [mark for mark in shown.marks if mark.kind not in {"payable", "paid_by"}]
    told = [f"{mark.words} on {spoken_date(mark.day)}{mark.unsure}" for mark in marks]
    if told:
        yield f"{shown.who} {listed(told)}."
    payable = shown.mark("payable")
    if payable is not None:
        day = f"{spoken_date(payable.day)}{payable.unsure}"
        yield f"Payment can be processed from {day} on, which is not a promised day."
    latest = shown.mark("paid_by")
    if latest is not None:
        yield f"Payment comes by {spoken_date(latest.day)} at the latest{latest.unsure}."
