"""The timeline as a table: every span and day of the picture, one row each."""

from collections.abc import Iterator
from datetime import date

from planrules.answers.status_words import status_in_words
from planrules.answers.tables import Ledger
from planrules.answers.words import spoken_date
from planrules.web.timeline.model import Owned, Timeline, VestingYear, amount

OUTCOMES = {
    "year": "a Year of Service",
    "short": "too few hours",
    "running": "not over yet",
    "unknown": "hours not known",
}
"""What a measuring period came to, in words."""


def table(shown: Timeline) -> Ledger:
    """The rows: what, from, through, and what there is to say of it."""
    rows = (*_spells(shown), *_periods(shown), *_days(shown))
    return Ledger(("What", "From", "Through", "Detail"), rows, " ".join(_notes(shown)))


def _spells(shown: Timeline) -> Iterator[tuple[str, ...]]:
    for name, spans in (("Employed", shown.employment), ("In a class that takes no part", shown.left_out)):
        for span in spans:
            through = "goes on" if span.through is None else spoken_date(span.through)
            yield name, spoken_date(span.start), through, span.words


def _periods(shown: Timeline) -> Iterator[tuple[str, ...]]:
    for row in shown.measured:
        told = f"{amount(row.hours)} of {amount(row.needed)} hours: {OUTCOMES[row.outcome]}"
        yield "Measuring year", spoken_date(row.start), spoken_date(row.through), told
    for year in shown.vesting_years:
        through = "" if year.through <= shown.as_of else ", not over yet"
        told = f"{amount(year.hours)} hours{through}: {_counted(year, shown.as_of)}"
        yield f"{shown.owned.year} for owning", spoken_date(year.start), spoken_date(year.through), told


def _counted(year: VestingYear, as_of: date) -> str:
    if year.earned is None:
        return "not known whether it counts"
    if year.earned:
        return "counts as a Year of Service"
    if year.through > as_of:
        return "does not count yet"
    return "a Break in Service" if year.a_break else "does not count"


def _days(shown: Timeline) -> Iterator[tuple[str, ...]]:
    if shown.wait is not None:
        told = f"{shown.wait.days} days between leaving and the first payment"
        yield "Waiting", spoken_date(shown.wait.start), spoken_date(shown.wait.through), told
    for mark in shown.marks:
        day = spoken_date(mark.day)
        yield f"{mark.words[:1].upper()}{mark.words[1:]}", day, day, status_in_words(mark.status)


def _notes(shown: Timeline) -> Iterator[str]:
    days = shown.entry_dates
    if days:
        first, last = spoken_date(days[0]), spoken_date(days[-1])
        yield f"Plan Entry Dates in this time: {len(days)}, from {first} through {last}."
    elif "join" in shown.asked:
        yield "No Plan Entry Date falls into this time."
    if "own" in shown.asked:
        yield f"Years of Service toward owning: {earned(shown.owned)}."


def earned(owned: Owned) -> str:
    """How many of the Years of Service that full ownership asks for are earned: "1 of 5"."""
    if owned.earned is None:
        return f"not known how many of {owned.needed}"
    more = f" ({owned.earned} in all)" if owned.earned > owned.needed else ""
    return f"{min(owned.earned, owned.needed)} of {owned.needed}{more}"
