"""One page of the list: which people are shown, in which order, from where on."""

from collections.abc import Mapping
from dataclasses import dataclass
from enum import StrEnum
from urllib.parse import urlencode

import polars as pl

from planrules.web.everybody.filters import Show
from planrules.web.everybody.roster import KEY, Roster

PER_PAGE = 50


class Sort(StrEnum):
    """What the list can be sorted by; the words that stand in URLs."""

    EMPLOYEE = "employee"
    STATUS = "status"
    JOINS = "joins"
    OWNS = "owns"
    HOURS = "hours"


class Order(StrEnum):
    """Which end comes first."""

    ASCENDING = "ascending"
    DESCENDING = "descending"


_COLUMNS: Mapping[Sort, str] = {
    Sort.EMPLOYEE: KEY,
    Sort.STATUS: "status_of_employee",
    Sort.JOINS: "joins_on",
    Sort.OWNS: "vested_percent_employer",
    Sort.HOURS: "pace_expected",
}


@dataclass(frozen=True)
class Wanted:
    """What of the list is wanted."""

    show: Show = Show.EVERYONE
    sort: Sort = Sort.EMPLOYEE
    order: Order = Order.ASCENDING
    page: int = 1

    def query(self, **other: str | int) -> str:
        """The query string, with some words exchanged, and without what is left at its default."""
        said: dict[str, str | int] = {
            **{name: getattr(self, name) for name in ("show", "sort", "order", "page")},
            **other,
        }
        first = vars(Wanted())
        return urlencode({name: value for name, value in said.items() if first.get(name) != value})


@dataclass(frozen=True)
class Listed:
    """The rows of one page, and where it stands among all that are shown; pages count from 1."""

    rows: pl.DataFrame
    count: int
    page: int
    pages: int


def chosen(roster: Roster, wanted: Wanted) -> pl.DataFrame:
    """All the rows that are shown, in their order; whoever has no value comes last."""
    rows = roster.rows.filter(wanted.show.flag)
    down = wanted.order is Order.DESCENDING
    by = dict.fromkeys([_COLUMNS[wanted.sort], KEY])
    return rows.sort(list(by), descending=[down, *[False] * (len(by) - 1)], nulls_last=True)


def listed_page(roster: Roster, wanted: Wanted) -> Listed:
    """One page; one beyond the last is the last."""
    rows = chosen(roster, wanted)
    pages = max(1, -(-rows.height // PER_PAGE))
    page = min(wanted.page, pages)
    return Listed(rows.slice((page - 1) * PER_PAGE, PER_PAGE), rows.height, page, pages)
