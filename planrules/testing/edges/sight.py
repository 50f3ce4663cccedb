"""What an edge looks at: the facts of one trial that are known at its day, and what plainly follows from them.

Counted here from the facts themselves and never asked of the engine, so that an edge says what was drawn and not what
was answered. Hours are those of pay rows; a measuring period that a row with hours straddles is left out.
"""

from bisect import bisect_right
from collections.abc import Iterator, Sequence
from dataclasses import dataclass
from datetime import date, timedelta
from decimal import Decimal
from functools import cached_property

from dateutil.relativedelta import relativedelta

from planrules.api import Plan
from planrules.dates import MONTHS_IN_A_YEAR
from planrules.people.models import EmploymentSpan, PayRow
from planrules.testing.drawn import Trial
from planrules.testing.edges.units import units
from planrules.testing.turns import DAY, turns_of


@dataclass(frozen=True, slots=True)
class Period:
    """A measuring period that is over, with the hours credited in it; hours null where a row straddles its ends."""

    start: date
    through: date
    hours: Decimal | None


class Sight:
    """One trial as an edge sees it. Everything is worked out once, when it is first asked for."""

    def __init__(self, plan: Plan, trial: Trial) -> None:
        self.terms = plan.terms
        self.turns = turns_of(plan)
        self.person, self.as_of = trial.person, trial.as_of

    @cached_property
    def spells(self) -> tuple[EmploymentSpan, ...]:
        """All employment that has begun, with ends that lie ahead left open; ascending."""
        begun = sorted(
            (each for each in self.person.employment if each.start <= self.as_of), key=lambda each: each.start
        )
        return tuple(
            each if self._over(each.end) else EmploymentSpan(employer=each.employer, start=each.start) for each in begun
        )

    def _over(self, day: date | None) -> bool:
        return day is not None and day <= self.as_of

    @cached_property
    def own(self) -> tuple[EmploymentSpan, ...]:
        """Employment with the Employer and the related employers in the plan."""
        return tuple(each for each in self.spells if each.employer in self.terms.service.own_employers)

    @cached_property
    def rows(self) -> tuple[PayRow, ...]:
        """The pay rows that are over, absences left out."""
        return tuple(row for row in self.person.pay or () if row.kind == "paid" and row.end <= self.as_of)

    @cached_property
    def left_on(self) -> tuple[date, ...]:
        """The last days of employment with the Employer."""
        return tuple(each.end for each in self.own if each.end is not None)

    @cached_property
    def separated_on(self) -> date | None:
        """The last day of all, of somebody who is not employed by the Employer any more."""
        return self.own[-1].end if self.own else None

    def employed(self, day: date) -> bool:
        """Whether the Employer employs the person on a day."""
        return any(each.start <= day and (each.end is None or each.end >= day) for each in self.own)

    # ---- measuring periods ------------------------------------------------------------

    @cached_property
    def eligibility_periods(self) -> tuple[Period, ...]:
        """The first 12 months and what follows them (AA 2.02(c), (d)), those that are over."""
        first = self._commenced(self.terms.service.predecessors_for_participation)
        if first is None:
            return ()
        again = self.terms.participation.later_eligibility_periods == "anniversary"
        spans = self._years_of(first) if again else self._plan_years_after(first)
        return self._with_hours(list(spans), self.terms.service.predecessors_for_participation, "participation")

    @cached_property
    def vesting_periods(self) -> tuple[Period, ...]:
        """Plan Years or Employment Years (AA 5.06(a), (b)), those that are over."""
        first = self._commenced(self.terms.service.predecessors_for_vesting)
        if first is None:
            return ()
        employment_years = self.terms.vesting.vesting_period == "Employment Year"
        spans = self._years_of(first) if employment_years else self._plan_years_of(first)
        return self._with_hours(list(spans), self.terms.service.predecessors_for_vesting, "vesting")

    def _commenced(self, predecessors: Sequence[str]) -> date | None:
        counted = (*self.terms.service.own_employers, *predecessors)
        return next((each.start for each in self.spells if each.employer in counted), None)

    def _years_of(self, first: date) -> Iterator[tuple[date, date]]:
        start, years = first, 1
        while (following := first + relativedelta(years=years)) - DAY <= self.as_of:
            yield start, following - DAY
            start, years = following, years + 1

    def _plan_years_of(self, day: date) -> Iterator[tuple[date, date]]:
        end = self.turns.plan_year_end(day)
        start = self.turns.plan_year_end(end - timedelta(days=366)) + DAY
        while end <= self.as_of:
            yield start, end
            start = end + DAY
            end = self.turns.plan_year_end(start)

    def _plan_years_after(self, first: date) -> Iterator[tuple[date, date]]:
        following = first + relativedelta(years=1)
        if following - DAY <= self.as_of:
            yield first, following - DAY
            yield from self._plan_years_of(following)

    def _with_hours(
        self, spans: list[tuple[date, date]], predecessors: Sequence[str], purpose: str
    ) -> tuple[Period, ...]:
        """The hours of each span. Spans may overlap once: the first 12 months and the Plan Year in which they end."""
        counted = (*self.terms.service.own_employers, *predecessors)
        by_unit = purpose in self.terms.service.equivalency_for
        rows = [(row.start, row.end, row.hours or Decimal(0)) for row in self.rows if self._payer(row) in counted]
        credited = (
            list(units(self.rows_of(counted), self.terms.service)) if by_unit else [row for row in rows if row[2]]
        )
        overlapping = spans[:1] if len(spans) > 1 and spans[1][0] <= spans[0][1] else []
        rest = spans[len(overlapping) :]
        return (*_summed(overlapping, credited), *_summed(rest, credited))

    def rows_of(self, employers: Sequence[str]) -> list[PayRow]:
        """The pay rows of these employers."""
        return [row for row in self.rows if self._payer(row) in employers]

    def _payer(self, row: PayRow) -> str | None:
        """Who paid a row: the employer it names, or that of the spell it begins in."""
        if row.employer is not None:
            return row.employer
        return next((each.employer for each in reversed(self.spells) if each.start <= row.start), None)

    # ---- joining ------------------------------------------------------------------------

    @cached_property
    def completed_on(self) -> date | None:
        """The day on which the plan's conditions for joining are completed, by the rows; null where they are not."""
        asked = self.terms.participation.conditions
        first = self._commenced(self.terms.service.predecessors_for_participation)
        if first is None:
            return None
        served = first
        if asked.years:
            enough = self.terms.participation.eligibility_hours_required
            years = [each for each in self.eligibility_periods if each.hours is not None and each.hours >= enough]
            if len(years) < asked.years:
                return None
            served = years[asked.years - 1].through
        elif asked.months is not None:
            served = first + relativedelta(months=asked.months) - DAY
        if asked.age is None:
            return served
        if self.person.birth_date is None:
            return None
        return max(served, self.person.birth_date + relativedelta(months=int(asked.age * MONTHS_IN_A_YEAR)))


def _summed(spans: Sequence[tuple[date, date]], rows: Sequence[tuple[date, date, Decimal]]) -> Iterator[Period]:
    """The hours of spans that follow each other; null for both of two that a row straddles."""
    starts = [start for start, _ in spans]
    hours: list[Decimal | None] = [Decimal(0) for _ in spans]
    for start, end, amount in rows:
        first, last = bisect_right(starts, start) - 1, bisect_right(starts, end) - 1
        if last < 0:
            continue
        if first != last or end > spans[last][1]:
            for index in range(max(first, 0), last + 1):
                hours[index] = None
            continue
        so_far = hours[first]
        hours[first] = None if so_far is None else so_far + amount
    for (start, through), total in zip(spans, hours, strict=True):
        yield Period(start, through, total)
