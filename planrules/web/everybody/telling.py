"""A row of the list in words for the page, and as plain values for JSON and CSV."""

from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from decimal import Decimal
from typing import Any

import polars as pl

from planrules.answers.words import listed, plain, spoken, spoken_date
from planrules.plan.vesting import FULL
from planrules.web.everybody.missing import in_words
from planrules.web.everybody.roster import KEY
from planrules.web.personal import shown

STATUS: Mapping[str | None, str] = {
    "participant": "Participant",
    "former_participant": "has left, was a Participant",
    "awaiting_entry": "conditions met, joins later",
    "excluded": "in a class that takes no part, or opted out",
    "not_eligible": "not in the Plan yet",
    None: "cannot be said yet",
}
"""The statuses of an employee as the list says them."""
UNTOLD = "words of the agreement without a meaning"
_TOWARD = {"joining": "toward joining", "owning": "toward owning"}
_LISTS = ("missing", "open")
_FLAGS = ("joining_this_quarter", "at_risk", "missing_data", "needs_a_reading", "early")


@dataclass(frozen=True)
class Told:
    """A row in words. `notes` are what somebody should look at, each with the word it begins with.

    `key` is the employee_id.
    """

    key: str
    status: str
    joins: str
    owns: str
    hours: str
    notes: tuple[tuple[str, str], ...]


def told(row: Mapping[str, Any]) -> Told:
    """A row of a roster in words."""
    return Told(row[KEY], _status(row), _joins(row), _owns(row), _hours(row), tuple(_notes(row)))


def _status(row: Mapping[str, Any]) -> str:
    status = row["status_of_employee"]
    if status == "not_eligible" and row["event_on"] is not None:
        return "has left, was never a Participant"
    if status == "not_eligible" and row["joins"] == "joined":
        return "joined, takes no part now"
    return STATUS[status]


def _joins(row: Mapping[str, Any]) -> str:
    day = row["joins_on"]
    match row["joins"]:
        case "joined":
            return f"joined {spoken_date(day)}"
        case "joins":
            return f"joins {spoken_date(day)}, if nothing changes"
        case "at_the_earliest":
            return f"{spoken_date(day)} at the earliest"
        case "not_said":
            return "cannot be said yet"
        case _:
            return "no day ahead"


def _owns(row: Mapping[str, Any]) -> str:
    employer, match = row["vested_percent_employer"], row["vested_percent_regular_matching"]
    if employer is None or match is None:
        return "cannot be said yet"
    percent = _percents(employer, match)
    day = row["fully_vested_on"]
    if row["later_money_from"] is not None:
        later, of_match = (row[name] for name in ("later_money_percent", "later_matching_percent"))
        later = employer if later is None else later
        of_match = match if of_match is None else of_match
        cut = spoken_date(row["later_money_from"])
        percent = f"{percent} of what accrued before {cut}, {_percents(later, of_match)} of what accrued since"
    if day is None or employer == match == FULL:
        return percent
    return f"{percent} now, 100% by {spoken_date(day)} at the earliest"


def _percents(employer: int | Decimal, match: int | Decimal) -> str:
    return f"{employer}%" if employer == match else f"{employer}%, of the match {match}%"


def _hours(row: Mapping[str, Any]) -> str:
    if row["pace_toward"] is None:
        return ""
    toward = f"{spoken(row['pace_hours'])} of {spoken(row['pace_required'])} hours {_TOWARD[row['pace_toward']]}"
    return f"{toward}; at this pace about {int(row['pace_expected']):,} by {spoken_date(row['pace_through'])}"


def _notes(row: Mapping[str, Any]) -> list[tuple[str, str]]:
    unread = [UNTOLD if name == "untold" else name.replace("_", " ") for name in row["open"]]
    found = [
        ("At risk", _hours(row)),
        ("Missing", "; ".join(in_words(fact) for fact in row["missing"])),
        ("Needs a reading", listed(unread)),
        ("Early", f"deferred on {spoken_date(row['deferred_on'])}, before joining" if row["deferred_on"] else ""),
    ]
    return [(word, words) for word, words in found if words]


def as_records(rows: pl.DataFrame) -> list[dict[str, Any]]:
    """Rows as JSON has them: days in ISO form, hours as decimal strings, and the filters that show the person."""
    return [_record(row) for row in rows.iter_rows(named=True)]


def _record(row: Mapping[str, Any]) -> dict[str, Any]:
    values = {name: plain(value) for name, value in row.items() if name not in _FLAGS and name not in _LISTS}
    lists = {name: list(row[name]) for name in _LISTS}
    return {**values, KEY: shown(row[KEY]), **lists, "shown_by": shown_by(row)}


def shown_by(row: Mapping[str, Any]) -> list[str]:
    """The filters that show a row, as the words of URLs."""
    return [name.replace("_", "-") for name in _FLAGS if row[name]]


def as_table(rows: pl.DataFrame) -> pl.DataFrame:
    """Rows as a CSV file has them: one value a cell, `;` between those of a list."""
    joined = (pl.col(name).list.join(";") for name in _LISTS)
    return rows.with_columns(pl.Series(KEY, list(map(shown, rows[KEY])), pl.String), *joined)


def set_aside_as_records(found: pl.DataFrame) -> list[dict[str, Any]]:
    """Who was set aside, as JSON has it; `employee_id` is null for a row that belongs to nobody."""
    return [{**row, KEY: row[KEY] and shown(row[KEY])} for row in found.iter_rows(named=True)]


def people_told(rows: pl.DataFrame) -> Sequence[Told]:
    """Every row of a page in words."""
    return [told(row) for row in rows.iter_rows(named=True)]
