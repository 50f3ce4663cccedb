"""The dollar limits that are set anew for every year: one series a file in planrules/law/limits.

A year that is not on file is refused, never extrapolated. Amounts are exact dollars; `status` says whether a source on
file prints the amount, `conflict` which source prints another one.
"""

from collections.abc import Mapping
from datetime import date
from decimal import Decimal
from functools import cache
from types import MappingProxyType

from planrules.errors import LawError
from planrules.law.limit_files import LimitSeries, Transition, YearAmount
from planrules.law.reading import HOW_TO, LawModel, file_names, place, problem, unknown
from planrules.law.sourcing import Status, load

CENTS = 100


class Limit(LawModel):
    """One limit for one year.

    Attributes:
        series: which limit.
        year: the calendar year it was set for.
        amount: exact dollars.
        status: `unconfirmed` when no source on file prints the amount.
        cites: the statute and regulations that set it.
        sources: ids of the sources that print it; `planrules.law.source` gives title and address.
        conflict: pairs of source id and the other amount which that source prints.
    """

    series: str
    year: int
    amount: Decimal
    status: Status
    cites: tuple[str, ...]
    sources: tuple[str, ...]
    conflict: tuple[tuple[str, Decimal], ...] = ()

    @property
    def confirmed(self) -> bool:
        """Whether at least one source on file prints the amount."""
        return self.status == "confirmed"

    @property
    def value(self) -> int:
        """Whole dollars; raises `LawError` for the few derived amounts that have cents, which are never cut off."""
        if self.amount != int(self.amount):
            what = f"the amount for {self.year} has cents"
            raise LawError([problem(what, place("limits", f"{self.series}.yaml"), do="Use `amount` or `cents`.")])
        return int(self.amount)

    @property
    def cents(self) -> int:
        """The amount in cents."""
        return int(self.amount * CENTS)

    def __str__(self) -> str:
        mark = "" if self.confirmed else " (unconfirmed)"
        return f"${self.amount:,} for {self.year}{mark}"


@cache
def limit_names() -> tuple[str, ...]:
    """The names of the series on file."""
    return file_names("limits")


@cache
def limit_series(name: str) -> LimitSeries:
    """One series with its title, citation and keying; raises `LawError` for a name that is not on file."""
    if name not in limit_names():
        raise LawError([unknown("limit", name, place("limits"), limit_names())])
    read = load(LimitSeries, "limits", f"{name}.yaml")
    if read.series != name:
        raise LawError([problem(f"the file names another series, {read.series}", place("limits", f"{name}.yaml"))])
    return read


@cache
def limits(name: str) -> Mapping[int, Limit]:
    """Every year of one series; raises `LawError` for a name that is not on file."""
    read = limit_series(name)
    return MappingProxyType({year: _limit(read, year, entry) for year, entry in read.years.items()})


def _limit(read: LimitSeries, year: int, entry: YearAmount | Transition) -> Limit:
    conflict = tuple(entry.conflict.items()) if isinstance(entry, YearAmount) else ()
    return Limit(
        series=read.series,
        year=year,
        amount=entry.value,
        status=entry.status,
        cites=read.cites,
        sources=entry.sources,
        conflict=conflict,
    )


def limit(name: str, year: int) -> Limit:
    """The limit set for one calendar year.

    >>> limit("elective_deferral_limit", 1994).value
    9240

    Raises:
        LawError: the series or the year is not on file; names the years that are.
    """
    if year in limits(name):
        return limits(name)[year]
    missing = problem(
        f"no {name} for {year} is on file",
        place("limits", f"{name}.yaml"),
        f"Years on file: {limit_series(name).years_on_file}; a limit is never extrapolated.",
        f"Add the year as {HOW_TO} says.",
    )
    raise LawError([missing])


def limit_for_period(name: str, start: date, through: date) -> Limit:
    """The limit for a Plan Year, Limitation Year, look-back year or calendar year, by the series' own keying.

    Args:
        name: the series.
        start: first day of the period the law measures: for a threshold looked up in the look-back year, that year.
        through: its last day, inclusive.

    Raises:
        LawError: not on file, or a calendar-year limit asked for days of two calendar years.

    >>> limit_for_period("compensation_limit", date(1993, 10, 1), date(1994, 9, 30)).value
    235840
    >>> limit_for_period("annual_additions_limit", date(2001, 10, 1), date(2002, 9, 30)).value
    35000
    """
    read = limit_series(name)
    year = _key_year(read, start, through)
    for transition in read.transitions:
        if transition.year == year and start < transition.periods_beginning_before:
            return _limit(read, year, transition)
    return limit(name, year)


def _key_year(read: LimitSeries, start: date, through: date) -> int:
    by = read.keyed_by.year
    if by == "calendar_year" and start.year != through.year:
        two_years = problem(
            f"{read.series} belongs to a calendar year, and the period has days of two",
            "start and through",
            f"{read.cites[0]} limits each calendar year by itself.",
            "Ask for each calendar year.",
        )
        raise LawError([two_years])
    return through.year if by in ("plan_year_ends_in", "limitation_year_ends_in") else start.year
