"""Dates of a plan, one day at a time: anniversaries, ages, Plan Years, Plan Entry Dates, Allocation Periods."""

from collections.abc import Iterator
from datetime import date, timedelta
from decimal import Decimal

from dateutil.relativedelta import relativedelta
from oracle_terms import Terms

DAY = timedelta(days=1)
HALF = Decimal("0.5")


def anniversary(day: date, years: int, terms: Terms) -> date:
    """Same day `years` later; for 29 February in a common year 28 February or 1 March (convention 7)."""
    same = day + relativedelta(years=years)
    if same.day != day.day and terms.leap_day_anniversary == "mar_1":
        return same + DAY
    return same


def age_reached(born: date, age: Decimal, terms: Terms) -> date:
    """Birthday on which the age is reached; half a year is six calendar months after the birthday."""
    birthday = anniversary(born, int(age), terms)
    return birthday + relativedelta(months=6) if age % 1 == HALF else birthday


def plan_year_end(day: date, terms: Terms) -> date:
    """Last day of the Plan Year that holds the day (AA 1.17)."""
    end = _end_in(day.year, terms)
    return end if day <= end else _end_in(day.year + 1, terms)


def plan_year_start(day: date, terms: Terms) -> date:
    """First day of the Plan Year that holds the day (AA 1.17)."""
    return _end_in(plan_year_end(day, terms).year - 1, terms) + DAY


def _end_in(year: int, terms: Terms) -> date:
    return on_month_day(year, terms.plan.service.plan_year_end)


def on_month_day(year: int, month_day: tuple[int, int]) -> date:
    """Day of a calendar year; 29 February is the last day of February (convention 31)."""
    month, day = month_day
    return date(year, month, 1) + relativedelta(day=day)


def month_end(day: date) -> date:
    """Last day of the calendar month that holds the day."""
    while (day + DAY).month == day.month:
        day += DAY
    return day


def is_entry_date(day: date, terms: Terms) -> bool:
    """Say whether the day is a Plan Entry Date (AA 2.01(d) to (f); convention 37)."""
    joins = terms.plan.eligibility
    if day <= joins.first_entry_on:
        return day == joins.first_entry_on
    if any(day == on_month_day(day.year, each) for each in joins.entry_days):
        return True
    first = plan_year_start(day, terms)
    return any(day == first + relativedelta(months=each) for each in joins.entry_months)


def entry_date_after(day: date, terms: Terms) -> date:
    """Plan Entry Date strictly after the day, found by walking."""
    walker = max(day + DAY, terms.plan.eligibility.first_entry_on)
    while not is_entry_date(walker, terms):
        walker += DAY
    return walker


def entry_date_before(day: date, terms: Terms) -> date | None:
    """Plan Entry Date strictly before the day; null before the first one."""
    walker = day - DAY
    while walker >= terms.plan.eligibility.first_entry_on:
        if is_entry_date(walker, terms):
            return walker
        walker -= DAY
    return None


def allocation_end(day: date, terms: Terms) -> date:
    """Allocation date of the match on or after the day: the Accounting Date, or a further one (AA 3.04(c)).

    Where every pay period is one, the month stands for it.
    """
    walker, every = day, terms.plan.match.allocated_every
    while walker != plan_year_end(walker, terms):
        if every in {"month", "pay_period"} and walker == month_end(walker):
            break
        if every == "quarter" and walker == month_end(walker) and walker.month % 3 == 0:
            break
        walker += DAY
    return walker


def allocation_start(end: date, terms: Terms) -> date:
    """First day of the Allocation Period that ends on the day."""
    first = plan_year_start(end, terms)
    while allocation_end(first, terms) < end:
        first = allocation_end(first, terms) + DAY
    return first


def allocation_periods(day: date, terms: Terms) -> int:
    """Count the Allocation Periods of the Plan Year that holds the day, months for pay periods."""
    count, first = 0, plan_year_start(day, terms)
    while first <= plan_year_end(day, terms):
        count, first = count + 1, allocation_end(first, terms) + DAY
    return count


def days(first: date, last: date) -> Iterator[date]:
    """Every day from the first to the last, both included."""
    while first <= last:
        yield first
        first += DAY
