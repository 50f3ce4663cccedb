"""Article V, service: the Years, Breaks and maternity hours of every Plan Year, before the rule of parity."""

from dataclasses import dataclass
from datetime import date
from decimal import Decimal

from oracle_dates import DAY, plan_year_end, plan_year_start
from oracle_person import Known, hours_by_day
from oracle_terms import BREAK_HOURS, MATERNITY_HOURS, YEAR_HOURS, Terms


@dataclass(frozen=True)
class PlanYear:
    """One vesting period as known at the close of a day.

    `hours`: paid hours. `credited_on`: day on which it was credited as a Year, null while it is none. `worked_on`:
    day on which its first whole hour was credited, null before. `consecutive_breaks`: convention 14.
    """

    start: date
    through: date
    hours: Decimal
    complete: bool
    credited_on: date | None
    worked_on: date | None
    is_break: bool
    consecutive_breaks: int


def plan_years(facts: Known, terms: Terms) -> list[PlanYear]:
    """List the Plan Years from the one with the first day of employment to the one with `as_of` (convention 14)."""
    hired_on = facts.hired_on()
    years: list[PlanYear] = []
    if hired_on is None:
        return years
    maternity = maternity_hours(facts, terms)
    through, count = plan_year_end(hired_on), 0
    while plan_year_start(through) <= facts.as_of:
        start, complete = plan_year_start(through), through <= facts.as_of
        parts = hours_by_day(facts.rows, start, through, terms)
        hours = _total(parts)
        is_break = complete and hours + maternity.get(through, Decimal(0)) <= BREAK_HOURS
        shown = _running(count, hours, complete=complete, is_break=is_break)
        years.append(
            PlanYear(
                start=start,
                through=through,
                hours=hours,
                complete=complete,
                credited_on=_credited_on(parts, through, facts.as_of, terms),
                worked_on=day_reached(parts, Decimal(1)),
                is_break=is_break,
                consecutive_breaks=shown,
            )
        )
        count = shown
        through = plan_year_end(through + DAY)
    return years


def day_reached(parts: list[tuple[date, Decimal]], hours: Decimal) -> date | None:
    """Day at whose close the running total first is `hours` or more; null if it never is."""
    total = Decimal(0)
    for day, part in parts:
        total += part
        if total >= hours:
            return day
    return None


def maternity_hours(facts: Known, terms: Terms) -> dict[date, Decimal]:
    """Hours that may keep a Plan Year (by its last day) from being a Break; they never make a Year (1.27).

    The absences that begin in a Plan Year, at most 501 hours each, are added up. They stay in that year if they lift
    it above 500 hours; if it does without them, or they are not enough, they go to the next year, and no further.
    There they add up with the hours of that year's own absences. Whether those are used up is asked without them.
    """
    begun: dict[date, Decimal] = {}
    for row in facts.rows:
        if row.kind == "maternity":
            through = plan_year_end(row.start)
            begun[through] = begun.get(through, Decimal(0)) + min(row.hours, MATERNITY_HOURS)
    credited = dict(begun)
    for through, extra in begun.items():
        worked = _total(hours_by_day(facts.rows, plan_year_start(through), through, terms))
        if not worked <= BREAK_HOURS < worked + extra:
            following = plan_year_end(through + DAY)
            credited[following] = begun.get(following, Decimal(0)) + extra
    return credited


def _running(count: int, hours: Decimal, *, complete: bool, is_break: bool) -> int:
    """Breaks in a row; an unfinished year repeats the count while its paid hours are few (convention 14)."""
    if complete:
        return count + 1 if is_break else 0
    return count if hours <= BREAK_HOURS else 0


def _total(parts: list[tuple[date, Decimal]]) -> Decimal:
    return sum((part for _, part in parts), Decimal(0))


def _credited_on(parts: list[tuple[date, Decimal]], through: date, as_of: date, terms: Terms) -> date | None:
    """Day of credit: when the hours are reached, or the last day of the period (convention 15)."""
    reached_on = day_reached(parts, YEAR_HOURS)
    if reached_on is None or terms.vesting_credit == "when_hours_reached":
        return reached_on
    return through if through <= as_of else None
