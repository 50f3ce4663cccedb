"""Stretches of employment that begin, end and follow each other on the days at which a plan's answers turn."""

from dataclasses import dataclass
from datetime import date, timedelta
from functools import lru_cache

from dateutil.relativedelta import relativedelta
from hypothesis import strategies as st

from planrules.people.models import EmploymentSpan, Reason
from planrules.plan import Terms
from planrules.testing.people.picked import pick
from planrules.testing.turns import DAY, Turns, beside, inside, years_after

REASONS: tuple[Reason, ...] = ("quit", "layoff", "discharge", "retirement", "disability")
LAST_REASONS: tuple[Reason, ...] = ("quit", "death", "disability", "retirement", "layoff", "discharge", "death")
MOST_SPELLS = 3
_MOSTLY, _OFTEN = (False, True, True, True), (False, True, True)
_LONGEST_PAID = relativedelta(years=8)
_LATEST_START = relativedelta(years=5)
_LAST_YEAR = relativedelta(years=1)
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


def spells(draw: st.DrawFn, terms: Terms, turns: Turns) -> list[Spell]:
    """Draw one to three stretches of employment, ascending; none overlaps another, some follow on the next day."""
    names, start = employers(terms), draw(_starts(turns))
    drawn: list[Spell] = []
    while True:
        employer = pick(draw, names)
        if not pick(draw, _MOSTLY):
            return [*drawn, Spell(employer, start, None, None)]
        end = _end(draw, start, turns)
        comes_back = len(drawn) + 1 < MOST_SPELLS and pick(draw, _OFTEN)
        back = _return(draw, end, turns) if comes_back else turns.last
        reasons = REASONS if back < turns.last else LAST_REASONS
        drawn.append(Spell(employer, start, end, pick(draw, reasons)))
        if back >= turns.last:
            return drawn
        start = back


@lru_cache(maxsize=8)
def _starts(turns: Turns) -> st.SearchStrategy[date]:
    """First days: about the Effective Date more often than long before; New Year's Days first."""
    latest = turns.effective + _LATEST_START
    spans = ((turns.effective - _NEAR, latest), (turns.first, latest))
    return st.one_of([st.sampled_from(_days(kind, turns, *span)) for span in spans for kind in _KINDS])


def _days(kind: str, turns: Turns, first: date, last: date) -> list[date]:
    """Days of one kind between two others, the simplest first."""
    years = range(first.year, last.year + 1)
    if kind == "plan year":
        return inside(beside(*turns.plan_year_ends), first, last)
    if kind == "entry":
        # Twelve months that begin two days after a Plan Entry Date end on the day after one.
        dates = turns.entry_dates_between(first, last)
        return inside((*beside(*dates), *(day + 2 * DAY for day in dates)), first, last)
    if kind == "month end":
        ends = [date(year, month, 1) + relativedelta(day=31) for year in years for month in range(1, 13)]
        return inside(ends, first, last)
    if kind == "leap day":
        return inside([date(year, 2, 29) for year in years if not year % 4], first, last)
    soon = turns.effective.year + 1
    order = sorted(years, key=lambda year: (abs(year - soon), year))
    return inside((date(year, *each) for each in ((1, 1), (7, 1), (10, 15)) for year in order), first, last)


def _end(draw: st.DrawFn, start: date, turns: Turns) -> date:
    """A last day: the year's, of a Plan Year or a year of service, beside a Plan Entry Date, or after few days."""
    latest = min(start + relativedelta(years=6), turns.last - DAY)
    match pick(draw, ("year", "anniversary", "plan year", "entry", "soon")):
        case "year":
            days = [date(year, 12, 31) for year in range(start.year, latest.year + 1)]
        case "anniversary":
            days = beside(*(day - DAY for day in years_after(start, 1, 2, 3, 4, 5, 6)))
        case "plan year":
            ends = [day for day in turns.plan_year_ends if start <= day]
            days = [*ends, *(day + DAY for day in ends)]
        case "entry":
            days = beside(*turns.entry_dates_between(start, latest))
        case _:
            days = [start + timedelta(days=each) for each in (0, 1, 41, 89)]
    return pick(draw, inside(days, start, latest))


def _return(draw: st.DrawFn, end: date, turns: Turns) -> date:
    """A first day back: New Year's Day, soon, or after one Plan Year without an hour, or four, five or six of them."""
    close = turns.plan_year_end(end)
    years = inside((after + DAY for after in years_after(close, 5, 4, 6, 1)), close + DAY, turns.last - _LAST_YEAR)
    match pick(draw, ("new year", "soon", "years", "middle", "entry")):
        case "new year":
            return date(end.year + pick(draw, (1, 2)), 1, 1)
        case "soon":
            return end + timedelta(days=pick(draw, (1, 2, 30, 91)))
        case "years":
            return pick(draw, years)
        case "middle":
            return pick(draw, years) + relativedelta(months=7)
        case _:
            latest = end + relativedelta(years=2)
            return pick(draw, inside(beside(*turns.entry_dates_between(end + DAY, latest)), end + DAY, latest))
