"""Stretches of employment that begin, end and follow each other on the days at which a plan's answers turn."""

from dataclasses import dataclass
from datetime import date, timedelta
from functools import lru_cache

from dateutil.relativedelta import relativedelta
from hypothesis import strategies as st

from planrules.people.models import EmploymentSpan, Reason
from planrules.plan import Terms
from planrules.testing.turns import DAY, Turns, beside, inside, years_after

REASONS: tuple[Reason, ...] = ("quit", "layoff", "discharge", "retirement", "disability")
LAST_REASONS: tuple[Reason, ...] = ("quit", "death", "disability", "retirement", "layoff", "discharge", "death")
MOST_SPELLS = 3
_LONGEST_PAID = relativedelta(years=8)
_LATEST_START = relativedelta(years=5)
_NEAR = relativedelta(years=2)
_KINDS = ("plain", "plan year", "entry", "entry", "month end", "leap day")


@dataclass(frozen=True, slots=True)
class Spell:
    """Employment from start to end, both included; `end` null while it lasts, `reason` null where it has no end."""

    employer: str
    start: date
    end: date | None
    reason: Reason | None

    def worked_through(self, turns: Turns) -> date:
        """The last day that pay may be drawn for."""
        return self.end or max(self.start, min(turns.last, self.start + _LONGEST_PAID))

    def fact(self) -> EmploymentSpan:
        """The stretch as a person's file has it."""
        return EmploymentSpan(employer=self.employer, start=self.start, end=self.end, reason=self.reason)


def employers(terms: Terms) -> tuple[str, ...]:
    """Whose employment is drawn: mostly the Employer's own, then every other employer that the plan knows."""
    own = terms.service.employer
    others = tuple(name for name in terms.service.employers if name != own)
    return (own,) * (3 if others else 1) + others


@st.composite
def spells(draw: st.DrawFn, terms: Terms, turns: Turns) -> list[Spell]:
    """Draw one to three stretches of employment, ascending; none overlaps another, some follow on the next day."""
    count, names = draw(st.integers(1, MOST_SPELLS)), employers(terms)
    start = draw(_starts(turns))
    drawn: list[Spell] = []
    for index in range(count):
        employer = draw(st.sampled_from(names))
        last = index == count - 1
        if last and draw(st.booleans()):
            drawn.append(Spell(employer, start, None, None))
            break
        end = draw(_ends(start, turns))
        back = turns.last if last else draw(_returns(end, turns))
        ends_here = back >= turns.last
        drawn.append(Spell(employer, start, end, draw(st.sampled_from(LAST_REASONS if ends_here else REASONS))))
        if ends_here:
            break
        start = back
    return drawn


@lru_cache(maxsize=8)
def _starts(turns: Turns) -> st.SearchStrategy[date]:
    """First days: about the Effective Date more often than long before; New Year's Days first."""
    latest = turns.effective + _LATEST_START
    near, far = turns.effective - _NEAR, turns.first
    about = [st.sampled_from(_days(kind, turns, near, latest)) for kind in _KINDS]
    any_day = [st.sampled_from(_days(kind, turns, far, latest)) for kind in _KINDS]
    return st.one_of(*about, *any_day)


def _days(kind: str, turns: Turns, first: date, last: date) -> list[date]:
    """Days of one kind between two others, the simplest first."""
    years = range(first.year, last.year + 1)
    if kind == "plan year":
        return inside(beside(*turns.plan_year_ends), first, last)
    if kind == "entry":
        return inside(beside(*turns.entry_dates_between(first, last)), first, last)
    if kind == "month end":
        ends = [date(year, month, 1) + relativedelta(day=31) for year in years for month in range(1, 13)]
        return inside(ends, first, last)
    if kind == "leap day":
        return inside([date(year, 2, 29) for year in years if not year % 4], first, last)
    soon = turns.effective.year + 1
    order = sorted(years, key=lambda year: (abs(year - soon), year))
    return inside((date(year, *each) for each in ((1, 1), (7, 1), (10, 15)) for year in order), first, last)


def _ends(start: date, turns: Turns) -> st.SearchStrategy[date]:
    """Last days: the year's, those of Plan Years and of years of service, beside Plan Entry Dates, after few days."""
    latest = min(start + relativedelta(years=6), turns.last - DAY)
    anniversaries = years_after(start, 1, 2, 3, 4, 5, 6)
    year_ends = [date(year, 12, 31) for year in range(start.year, latest.year + 1)]
    plan_year_ends = [day for day in turns.plan_year_ends if start <= day <= latest]
    return st.one_of(
        st.sampled_from(inside(year_ends, start, latest)),
        st.sampled_from(inside(beside(*(day - DAY for day in anniversaries)), start, latest)),
        st.sampled_from(inside([*plan_year_ends, *(day + DAY for day in plan_year_ends)], start, latest)),
        st.sampled_from(inside(beside(*turns.entry_dates_between(start, latest)), start, latest)),
        st.sampled_from(inside([start + timedelta(days=days) for days in (0, 1, 41, 89)], start, latest)),
    )


def _returns(end: date, turns: Turns) -> st.SearchStrategy[date]:
    """First days back: New Year's Day, soon, or after one Plan Year without an hour, or four, five or six of them."""
    close = turns.plan_year_end(end)
    years = [after + DAY for after in years_after(close, 5, 4, 6, 1)]
    middle = [day + relativedelta(months=7) for day in years]
    new_year = [date(end.year + 1, 1, 1), date(end.year + 2, 1, 1)]
    soon = [end + timedelta(days=days) for days in (1, 2, 30, 91)]
    entry = turns.entry_dates_between(end + DAY, end + relativedelta(years=2))
    return st.one_of(
        st.sampled_from(new_year),
        st.sampled_from(soon),
        st.sampled_from(years + middle),
        st.sampled_from(years),
        st.sampled_from(inside(beside(*entry), end + DAY, end + relativedelta(years=2))),
    )
