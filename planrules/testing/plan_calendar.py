"""A plan's calendar in plain Python: Plan Years, Plan Entry Dates, anniversaries and computation periods."""

from bisect import bisect_left, bisect_right
from calendar import monthrange
from collections.abc import Iterator
from dataclasses import dataclass
from datetime import date, timedelta
from functools import cached_property

from dateutil.relativedelta import relativedelta

from planrules.plan import Terms

DAY = timedelta(days=1)
FAR = date(9999, 1, 1)
"""The last day of what has not ended."""
_YEARS_AHEAD = 3


@dataclass(frozen=True, slots=True)
class Span:
    """Days in a row, first and last included."""

    first: date
    last: date

    def holds(self, day: date) -> bool:
        """Whether a day is one of them."""
        return self.first <= day <= self.last

    def meets(self, other: "Span") -> bool:
        """Whether they have a day in common."""
        return self.first <= other.last and other.first <= self.last


@dataclass(frozen=True)
class PlanCalendar:
    """The days of one plan."""

    terms: Terms

    def plan_year_end(self, day: date) -> date:
        """The last day of the Plan Year that holds a day."""
        ends = self.terms.service.plan_year_ends
        found = _kept(day.year, ends.month, ends.day)
        return found if day <= found else _kept(day.year + 1, ends.month, ends.day)

    def plan_year(self, day: date) -> Span:
        """The Plan Year that holds a day."""
        last = self.plan_year_end(day)
        ends = self.terms.service.plan_year_ends
        return Span(_kept(last.year - 1, ends.month, ends.day) + DAY, last)

    def anniversary(self, day: date, years: int) -> date:
        """The same day so many years on; of 29 February in a common year as the plan reads it."""
        found = day + relativedelta(years=years)
        runs_over = found.day != day.day and self.terms.service.leap_day_anniversary == "mar_1"
        return found + DAY if runs_over else found

    def attained(self, born: date, years: int, months: int = 0) -> date:
        """The day on which somebody is so many years, and months, old."""
        return self.anniversary(born, years) + relativedelta(months=months)

    def year_from(self, day: date, number: int = 0) -> Span:
        """The 12 months from an anniversary of a day."""
        return Span(self.anniversary(day, number), self.anniversary(day, number + 1) - DAY)

    def eligibility_periods(self, began: date, until: date) -> Iterator[Span]:
        """The initial 12 months, then Plan Years from the one with the first anniversary, or years from each one."""
        first = self.year_from(began)
        if first.last <= until:
            yield first
        number, span = 1, self.plan_year(first.last + DAY)
        by_anniversary = self.terms.participation.later_eligibility_periods == "anniversary"
        while True:
            if by_anniversary:
                span = self.year_from(began, number)
            if span.last > until:
                return
            yield span
            number, span = number + 1, self.plan_year(span.last + DAY)

    def vesting_periods(self, began: date, until: date) -> Iterator[Span]:
        """Plan Years from the one of the first day, or years from that day and each anniversary, begun by a day."""
        number, by_year = 0, self.terms.vesting.vesting_period == "Plan Year"
        span = self.plan_year(began) if by_year else self.year_from(began)
        while span.first <= until:
            yield span
            number += 1
            span = self.plan_year(span.last + DAY) if by_year else self.year_from(began, number)

    @cached_property
    def _entry_dates(self) -> dict[int, tuple[date, ...]]:
        return {}

    def entry_dates(self, until: date) -> tuple[date, ...]:
        """The Plan Entry Dates from the first through some years after a day (AA 2.01(d)-(f)), ascending."""
        last = until.year + _YEARS_AHEAD
        if last not in self._entry_dates:
            self._entry_dates[last] = tuple(sorted(self._made(last)))
        return self._entry_dates[last]

    def _made(self, last: int) -> set[date]:
        joining, ends = self.terms.participation, self.terms.service.plan_year_ends
        first = joining.first_plan_entry_date
        days = {first}
        for year in range(first.year - 1, last + 1):
            if joining.entry_months:
                begins = _kept(year, ends.month, ends.day) + DAY
                days.update(begins + relativedelta(months=months) for months in joining.entry_months)
            else:
                days.update(date(year, each.month, each.day) for each in joining.plan_entry_days)
        return {day for day in days if day >= first}

    def entry_for(self, done: date) -> date:
        """The Plan Entry Date that goes with completing the conditions on a day (AA 2.01(g)-(i))."""
        joining = self.terms.participation
        days = self.entry_dates(max(done, joining.first_plan_entry_date))
        same_day = joining.entry_on_completion_day == "same_day"
        if joining.entry_falls == "following":
            return days[bisect_left(days, done) if same_day else bisect_right(days, done)]
        if joining.entry_falls == "preceding":
            at = bisect_right(days, done) if same_day else bisect_left(days, done)
            return days[max(at - 1, 0)]
        of_two = 1 if joining.nearest_entry_tie == "earlier" else -1
        return min(days, key=lambda day: (abs((day - done).days), of_two * day.toordinal()))


def _kept(year: int, month: int, day: int) -> date:
    """That day of a year, or the last of its month where that is shorter."""
    return date(year, month, min(day, monthrange(year, month)[1]))
