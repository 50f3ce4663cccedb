"""The filters of the list: each a word that stands in a URL, a column of flags, and what it means."""

from collections.abc import Mapping
from dataclasses import dataclass
from enum import StrEnum

import polars as pl

from planrules.answers.words import listed, spoken_date
from planrules.web.everybody.roster import Roster


class Show(StrEnum):
    """Which people are shown; the words that stand in URLs."""

    EVERYONE = "everyone"
    JOINING = "joining-this-quarter"
    AT_RISK = "at-risk"
    MISSING = "missing-data"
    READING = "needs-a-reading"
    EARLY = "early"

    @property
    def flag(self) -> pl.Expr:
        """Whether a row of a roster is shown."""
        return pl.lit(value=True) if self is Show.EVERYONE else pl.col(self.value.replace("-", "_"))


TITLES: Mapping[Show, str] = {
    Show.EVERYONE: "Everyone",
    Show.JOINING: "Joining this quarter",
    Show.AT_RISK: "At risk",
    Show.MISSING: "Missing data",
    Show.READING: "Needs a reading",
    Show.EARLY: "Early",
}
LATE = (
    "There is no filter for people let in late: no file says when somebody was offered to take part, so that it cannot "
    "be told. Compare the day of joining with the enrollment forms."
)


@dataclass(frozen=True)
class Filter:
    """A filter with its meaning and how many people it shows."""

    show: Show
    title: str
    means: str
    count: int


def filters(roster: Roster) -> tuple[Filter, ...]:
    """Every filter, counted."""
    counts = roster.rows.select(show.flag.sum().alias(show.value) for show in Show if show is not Show.EVERYONE)
    found = {Show.EVERYONE.value: roster.rows.height, **counts.row(0, named=True)}
    return tuple(Filter(show, TITLES[show], meaning(show, roster), found[show.value]) for show in Show)


def meaning(show: Show, roster: Roster) -> str:
    """What a filter shows, in sentences."""
    match show:
        case Show.EVERYONE:
            return f"Everybody in the data, as of the close of {spoken_date(roster.as_of)}."
        case Show.JOINING:
            return _joining(roster)
        case Show.AT_RISK:
            return roster.at_risk_means
        case Show.MISSING:
            return (
                "A fact of the person that an answer turns on is not on file, or there are days at work without pay "
                "rows. What is not known is never taken for zero."
            )
        case Show.READING:
            return (
                "An answer turns on a place of the documents that can be read in more than one way and that nobody has "
                "decided, or on words that nobody has said the meaning of."
            )
        case Show.EARLY:
            return "Deferred from a check that was paid before the day of joining, or without having joined."


def _joining(roster: Roster) -> str:
    days = listed([spoken_date(day) for day in roster.entry_dates])
    dates = f"The Plan Entry Dates in it: {days}." if days else "No Plan Entry Date is in it."
    return (
        f"Joins, or at the earliest can join, from {spoken_date(roster.as_of)} through "
        f"{spoken_date(roster.quarter_through)}: the three months that begin on the day asked about. {dates} Joining "
        "on another day comes of a return, or of leaving an excluded class."
    )
