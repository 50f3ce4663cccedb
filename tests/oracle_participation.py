"""Article II: when the Year of Service was completed and on which day the person became a Participant."""

from collections.abc import Iterator
from datetime import date
from decimal import Decimal
from typing import Any

from oracle_dates import DAY, anniversary, days, entry_date_after, is_entry_date, plan_year_end, plan_year_start
from oracle_person import Known, hours_by_day, hundredths
from oracle_terms import HOURS_A_DAY, YEAR_HOURS, Terms


def participation(facts: Known, terms: Terms) -> dict[str, Any]:
    """Answer the participation part (AA 2.01, 2.02, 2.04, 2.05, 1.29)."""
    periods = eligibility_periods(facts, terms)
    completed_on = completion(periods)
    scheduled_on = None if completed_on is None else scheduled_entry(completed_on, terms)
    entry_on = entry(facts, terms)
    reachable = facts.employed(terms) and not facts.excluded_on(facts.as_of)
    next_entry_on = scheduled_on if reachable and entry_on is None else None
    earliest_entry_on = earliest_entry(periods, facts, terms) if reachable and completed_on is None else None
    return {
        "status_of_employee": _status(facts, terms, entry_on, next_entry_on),
        "eligibility_completed_on": completed_on,
        "scheduled_entry_on": scheduled_on,
        "entry_on": entry_on,
        "next_entry_on": next_entry_on,
        "earliest_entry_on": earliest_entry_on,
        "periods": periods,
    }


def eligibility_spans(hired_on: date, terms: Terms) -> Iterator[tuple[date, date]]:
    """First 12 months, then Plan Years from the one with the first anniversary, without end (AA 2.02(d))."""
    first_anniversary = anniversary(hired_on, 1, terms)
    yield hired_on, first_anniversary - DAY
    through = plan_year_end(first_anniversary)
    while True:
        yield plan_year_start(through), through
        through = plan_year_end(through + DAY)


def eligibility_periods(facts: Known, terms: Terms) -> list[dict[str, Any]]:
    """List the periods begun by the day; a Year needs the hours and the completed period (convention 9)."""
    hired_on = facts.hired_on()
    periods: list[dict[str, Any]] = []
    if hired_on is None:
        return periods
    for start, through in eligibility_spans(hired_on, terms):
        if start > facts.as_of:
            return periods
        hours = sum((part for _, part in hours_by_day(facts.rows, start, through, terms)), Decimal(0))
        complete = through <= facts.as_of
        periods.append(
            {
                "start": start,
                "through": through,
                "hours": hundredths(hours),
                "year_of_service": complete and hours >= YEAR_HOURS,
                "complete": complete,
            }
        )
    return periods


def completion(periods: list[dict[str, Any]]) -> date | None:
    """Earliest end of a period that is a Year of Service; employment then is not needed (convention 10)."""
    return min((period["through"] for period in periods if period["year_of_service"]), default=None)


def scheduled_entry(completed_on: date, terms: Terms) -> date:
    """Plan Entry Date after completion; on it only under that reading (AA 2.01(g))."""
    if terms.entry_on_completion_day == "same_day" and is_entry_date(completed_on):
        return completed_on
    return entry_date_after(completed_on)


def entry(facts: Known, terms: Terms) -> date | None:
    """Walk from the Plan Entry Date to the first day employed and in no excluded class (convention 11)."""
    completed_on = completion(eligibility_periods(facts, terms))
    if completed_on is None:
        return None
    for day in days(scheduled_entry(completed_on, terms), facts.as_of):
        if facts.works_on(day) and not facts.excluded_on(day):
            return day
    return None


def earliest_entry(periods: list[dict[str, Any]], facts: Known, terms: Terms) -> date | None:
    """Entry date after the running period that ends first of those that can still become a Year of Service.

    A period can if 24 hours on each of its days after the last pay row would bring it to the hours required; null if
    none can.
    """
    paid_through = max((row.end for row in facts.rows if row.kind == "paid"), default=date.min)
    for period in sorted(periods, key=lambda period: period["through"]):
        running = period["through"] > facts.as_of
        left = len(list(days(max(paid_through + DAY, period["start"]), period["through"])))
        if running and period["hours"] + HOURS_A_DAY * left >= YEAR_HOURS:
            return scheduled_entry(period["through"], terms)
    return None


def _status(facts: Known, terms: Terms, entry_on: date | None, next_entry_on: date | None) -> str:
    """Name the status, in the order of convention 13."""
    if facts.employed(terms) and facts.excluded_on(facts.as_of):
        return "excluded"
    if facts.employed(terms) and entry_on is not None:
        return "participant"
    if entry_on is not None:
        return "former_participant"
    return "not_eligible" if next_entry_on is None else "awaiting_entry"
