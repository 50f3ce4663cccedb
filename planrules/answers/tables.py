"""The tables of an answer: measuring periods, the years that count for vesting, the match by allocation period."""

from collections.abc import Iterable, Iterator
from dataclasses import dataclass
from datetime import date

from planrules.answers.models import Answer, MatchingMonth
from planrules.answers.words import PERIODS, spoken_date

_MONTHS_SHOWN = 12
_PENDING = "later"


@dataclass(frozen=True)
class Ledger:
    """A table in words: its headings, its rows of cells, and what is said below it, empty for nothing."""

    headings: tuple[str, ...]
    rows: tuple[tuple[str, ...], ...]
    note: str = ""


def tables(answer: Answer, section: str) -> Iterator[Ledger]:
    """The tables under a part of an answer."""
    if section == "participation" and answer.participation.periods:
        rows = answer.participation.periods
        yield _ledger(
            ["Measuring period", "hours", "year"],
            (
                (f"{row.start} to {row.through}", row.hours, row.year_of_service if row.complete else "running")
                for row in rows
            ),
        )
    if section == "vesting" and answer.vesting.periods:
        yield _ledger(
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
        yield _match_table(answer)


def _match_table(answer: Answer) -> Ledger:
    """The latest periods of the match; tiers only where the plan has some, or their amounts are not known."""
    months = answer.matching.months[-_MONTHS_SHOWN:]
    tiered = any(month.tier_1 is not None or month.match is None for month in months)
    tiers = ["first tier", "next tier"] if tiered else []
    period = {"quarter": "Quarter", "plan_year": "Plan Year"}.get(answer.matching.allocated_every, "Month")
    return _ledger(
        [f"{period} ended", "compensation", "deferred", *tiers, "match", "allocated"],
        (
            (
                month.month_end,
                month.compensation,
                month.eligible_contributions,
                *((month.tier_1, month.tier_2) if tiered else ()),
                month.match,
                _allocation(month, answer.as_of),
            )
            for month in months
        ),
        " ".join(_notes(answer, months)),
    )


def _notes(answer: Answer, months: tuple[MatchingMonth, ...]) -> Iterator[str]:
    """What the table leaves out, and when the rows that are not allocated yet are tested."""
    if len(answer.matching.months) > len(months):
        yield f"The last {len(months)} of {len(answer.matching.months)}."
    ahead = sorted({month.tested_on for month in months if _is_pending(month, answer.as_of) and month.tested_on})
    if ahead:
        yield f"{_PENDING.capitalize()}: tested on {' and on '.join(map(spoken_date, ahead))}."


def _is_pending(month: MatchingMonth, as_of: date) -> bool:
    return month.allocated is not None and month.tested_on is not None and month.tested_on > as_of


def _allocation(month: MatchingMonth, as_of: date) -> str:
    """yes, no, or that the condition is tested later."""
    if month.allocated is None:
        return "?"
    if _is_pending(month, as_of):
        return _PENDING
    return "yes" if month.allocated else "no"


def _ledger(headings: list[str], rows: Iterable[tuple[object, ...]], note: str = "") -> Ledger:
    return Ledger(tuple(headings), tuple(tuple(_cell(value) for value in row) for row in rows), note)


def _cell(value: object) -> str:
    if value is None:
        return "?"
    if isinstance(value, bool):
        return "yes" if value else "-"
    if isinstance(value, date):
        return value.isoformat()
    return f"{value:,}" if isinstance(value, int) else f"{value:,.2f}" if not isinstance(value, str) else value
