"""Article V, service: the Years, Breaks and maternity hours of every vesting period, before the rule of parity."""

from dataclasses import dataclass
from datetime import date
from decimal import Decimal

from oracle_dates import DAY, age_reached, anniversary, plan_year_end, plan_year_start
from oracle_hours import Parts, day_reached, hours_by_day, total
from oracle_person import Known
from oracle_terms import BREAK_HOURS, MATERNITY_HOURS, Terms


@dataclass(frozen=True)
class Period:
    """One vesting period as known at the close of a day.

    `hours`: paid hours. `credited_on`: day on which it was credited as a Year, null while it is none. `counts`: whether
    it is one that 5.08(b) and (c) leave in. `consecutive_breaks`: convention 14.
    """

    start: date
    through: date
    hours: Decimal
    complete: bool
    credited_on: date | None
    counts: bool
    is_break: bool
    consecutive_breaks: int


def vesting_periods(facts: Known, terms: Terms) -> list[Period]:
    """List the vesting periods from the one with the first day of employment to the one with `as_of` (14, 51)."""
    hired_on = facts.hired_on("vesting")
    if hired_on is None:
        return []
    spans = []
    first, through = _first_span(hired_on, terms)
    while first <= facts.as_of:
        spans.append((first, through))
        first, through = through + DAY, next_end(through, hired_on, terms)
    maternity = maternity_hours(facts, spans, terms, "vesting")
    periods: list[Period] = []
    for number, (start, through) in enumerate(spans):
        complete = through <= facts.as_of
        parts = hours_by_day(facts, start, through, terms, "vesting")
        hours = total(parts)
        is_break = complete and hours + maternity[number] <= BREAK_HOURS
        so_far = periods[-1].consecutive_breaks if periods else 0
        periods.append(
            Period(
                start=start,
                through=through,
                hours=hours,
                complete=complete,
                credited_on=_credited_on(parts, through, facts.as_of, terms),
                counts=counts(through, facts.birth_date, terms),
                is_break=is_break,
                consecutive_breaks=_running(so_far, hours, complete=complete, is_break=is_break),
            )
        )
    return periods


def _first_span(hired_on: date, terms: Terms) -> tuple[date, date]:
    if terms.plan.vesting.by_employment_years:
        return hired_on, anniversary(hired_on, 1, terms) - DAY
    return plan_year_start(hired_on, terms), plan_year_end(hired_on, terms)


def next_end(through: date, hired_on: date, terms: Terms) -> date:
    """Last day of the vesting period after the one that ends on the day (AA 5.06(a), (b))."""
    if not terms.plan.vesting.by_employment_years:
        return plan_year_end(through + DAY, terms)
    number = 1
    while anniversary(hired_on, number, terms) - DAY <= through:
        number += 1
    return anniversary(hired_on, number, terms) - DAY


def close_of(day: date, facts: Known, terms: Terms) -> date:
    """Last day of the vesting period that holds the day."""
    hired_on = facts.hired_on("vesting")
    if hired_on is None or not terms.plan.vesting.by_employment_years:
        return plan_year_end(day, terms)
    _, through = _first_span(hired_on, terms)
    while through < day:
        through = next_end(through, hired_on, terms)
    return through


def counts(through: date, born: date, terms: Terms) -> bool:
    """Say whether a Year whose period ends on the day is left in by 5.08(b) and (c) (convention 52)."""
    vesting = terms.plan.vesting
    too_young = vesting.not_before_age is not None and age_reached(born, vesting.not_before_age, terms) > through
    return not too_young and not (vesting.not_before_plan and through < terms.plan.service.established_on)


def maternity_hours(facts: Known, spans: list[tuple[date, date]], terms: Terms, purpose: str) -> list[Decimal]:
    """Hours that may keep each period from being a Break; they never make a Year (1.27).

    The absences that begin in a period, at most 501 hours each, are added up. They stay in that period if they lift
    it above 500 hours; if it does without them, or they are not enough, they go to the next one, and no further.
    There they add up with the hours of that period's own absences. Whether those are used up is asked without them.
    """
    begun = [Decimal(0) for _ in spans]
    for row in facts.rows:
        inside = [number for number, (start, through) in enumerate(spans) if start <= row.start <= through]
        if row.kind == "maternity" and inside and facts.serves(row.employer, purpose):
            begun[inside[0]] += min(row.hours, MATERNITY_HOURS)
    credited = list(begun)
    for number, extra in enumerate(begun):
        worked = total(hours_by_day(facts, *spans[number], terms, purpose)) if extra else Decimal(0)
        if extra and not worked <= BREAK_HOURS < worked + extra and number + 1 < len(spans):
            credited[number + 1] = begun[number + 1] + extra
    return credited


def _running(count: int, hours: Decimal, *, complete: bool, is_break: bool) -> int:
    """Breaks in a row; an unfinished year repeats the count while its paid hours are few (convention 14)."""
    if complete:
        return count + 1 if is_break else 0
    return count if hours <= BREAK_HOURS else 0


def _credited_on(parts: Parts, through: date, as_of: date, terms: Terms) -> date | None:
    """Day of credit: when the hours are reached, or the last day of the period (convention 15)."""
    reached_on = day_reached(parts, terms.plan.vesting.hours)
    if reached_on is None or terms.vesting_credit == "when_hours_reached":
        return reached_on
    return through if through <= as_of else None
