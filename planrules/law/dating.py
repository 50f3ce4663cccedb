"""From when a change of law counts for one plan.

Most changes of pension law count for Plan Years that begin after a date, so a plan whose year ends on 30 September
meets them nine months later than one on the calendar year. A month-and-day pair such as (9, 30) is the last day of the
Plan Year; (2, 29) is the last day of February. Short Plan Years are not considered.
"""

from datetime import date, timedelta
from typing import Literal

from dateutil.relativedelta import relativedelta

from planrules.errors import LawError
from planrules.law.reading import LawModel, problem

MonthDay = tuple[int, int]
MeasuredBy = Literal[
    "plan_years_beginning_after", "limitation_years_beginning_after", "calendar_date", "distributions_from"
]
BY_PLAN_YEAR = ("plan_years_beginning_after", "limitation_years_beginning_after")
LEAP_YEAR = 2000
GIVE = "Give the last day of the Plan Year as month and day, for instance plan_year_end=(9, 30)."


def _start_in(year: int, plan_year_end: MonthDay) -> date:
    """The first day after the Plan Year end that falls in `year`."""
    month, day = plan_year_end
    return date(year, month, 1) + relativedelta(day=day) + timedelta(days=1)


def _checked(plan_year_end: MonthDay) -> MonthDay:
    month, day = plan_year_end
    try:
        date(LEAP_YEAR, month, day)
    except ValueError:
        no_day = problem("no such month and day", "plan_year_end", "A Plan Year ends on a day of the calendar.", GIVE)
        raise LawError([no_day]) from None
    return plan_year_end


def plan_year_start_after(day: date, plan_year_end: MonthDay) -> date:
    """The first day of the first Plan Year that begins after `day`.

    >>> plan_year_start_after(date(2001, 12, 31), (9, 30)).isoformat()
    '2002-10-01'
    >>> plan_year_start_after(date(2001, 12, 31), (12, 31)).isoformat()
    '2002-01-01'
    """
    _checked(plan_year_end)
    starts = (_start_in(year, plan_year_end) for year in (day.year - 1, day.year, day.year + 1))
    return next(start for start in starts if start > day)


def _year_later(day: date) -> date:
    return day + relativedelta(years=1)


class Dated(LawModel):
    """Anything that has force from a date on, measured in the law's own way.

    Attributes:
        effective: the law's date. For the two `..._beginning_after` measures the first year reached begins later than
            this day; for the other two this is the first day itself.
        measured_by: what has to fall after, or on and after, that date. A Limitation Year is taken to be the Plan Year.
        no_effect_before: the first day on which the change can alter anybody's answer, where that is later; null when
            it can from the start.
    """

    effective: date
    measured_by: MeasuredBy
    no_effect_before: date | None = None

    @property
    def by_plan_year(self) -> bool:
        """Whether it waits for a Plan Year (or Limitation Year) to begin."""
        return self.measured_by in BY_PLAN_YEAR

    def first_plan_year_start(self, plan_year_end: MonthDay) -> date:
        """The first day of the first Plan Year that is wholly reached, for a plan with that year end."""
        day_before = self.effective if self.by_plan_year else self.effective - timedelta(days=1)
        return plan_year_start_after(day_before, plan_year_end)

    def reached_on(self, plan_year_end: MonthDay) -> date:
        """The first day on which it has force and can alter an answer."""
        start = self.first_plan_year_start(plan_year_end) if self.by_plan_year else self.effective
        return max(start, self.no_effect_before or start)

    def in_force(self, on: date, plan_year_end: MonthDay | None = None) -> bool:
        """Whether it has force on a day (for a distribution: the day it is made).

        Raises:
            LawError: the answer hangs on when the Plan Year begins and `plan_year_end` was not given.
        """
        if plan_year_end is not None:
            return on >= self.reached_on(plan_year_end)
        if on < (self.no_effect_before or on):
            return False
        if not self.by_plan_year:
            return on >= self.effective
        # Without the Plan Year: surely not before the date has passed, surely once a whole year has gone by.
        if on <= self.effective:
            return False
        if on >= _year_later(self.effective):
            return True
        raise self._plan_year_needed()

    def _plan_year_needed(self) -> LawError:
        needed = problem(
            f"whether that day is reached depends on the Plan Year ({self.measured_by} {self.effective})",
            "plan_year_end",
            "Plan Years that began on or before that date keep the earlier law until they end.",
            GIVE,
        )
        return LawError([needed])
