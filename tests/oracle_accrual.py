"""Requirements for an allocation (AA 3.06): hours and employment, for the match and for nonelective contributions."""

from datetime import date
from decimal import Decimal

from oracle_dates import allocation_periods, allocation_start, plan_year_end, plan_year_start
from oracle_hours import hours_by_day, total
from oracle_participation import entry, entry_for
from oracle_person import Known, Span
from oracle_plan import NotKnownError
from oracle_schedules import retires_on
from oracle_terms import SAFE_HARBOR_HOURS, Terms

HOUR = Decimal(1)


def leavings(facts: Known, plan_year: date, terms: Terms) -> list[Span]:
    """List the relationships with the Employer that ended in a Plan Year, whoever returned."""
    first = plan_year_start(plan_year, terms)
    return [spell for spell in facts.relationships if spell.end is not None and first <= spell.end <= plan_year]


def left_because_of(reasons: frozenset[str], facts: Known, plan_year: date, terms: Terms) -> bool:
    """Say whether the person left in the Plan Year by death, disability or at Normal Retirement Age or later."""
    for spell in leavings(facts, plan_year, terms):
        retired = spell.end is not None and "retirement" in reasons and retires_on(facts, terms) <= spell.end
        if retired or spell.reason in reasons - {"retirement"}:
            return True
    return False


def hours_needed(contribution: str, facts: Known, plan_year: date, terms: Terms) -> Decimal | None:
    """Hours of Service that the Plan Year asks for; null for no such requirement (AA 3.06(d))."""
    accrual = terms.plan.accrual
    if contribution in accrual.no_hours_for or left_because_of(accrual.no_hours_after, facts, plan_year, terms):
        return None
    no_hours = terms.hours_condition_on_match == "no_hours_condition"
    if contribution == "matching" and accrual.hours_note and no_hours:
        return None
    if accrual.leavers_hours is not None and leavings(facts, plan_year, terms):
        return accrual.leavers_hours
    return accrual.hours


def must_be_employed(contribution: str, facts: Known, plan_year: date, terms: Terms) -> bool:
    """Say whether employment on the last day of the Plan Year is required (AA 3.06(e))."""
    accrual = terms.plan.accrual
    return (
        accrual.employed
        and contribution not in accrual.unemployed_for
        and not left_because_of(accrual.unemployed_after, facts, plan_year, terms)
    )


def plan_year_hours(facts: Known, plan_year: date, terms: Terms) -> Decimal:
    """Hours of Service of a Plan Year for the accrual of benefits."""
    return total(hours_by_day(facts, plan_year_start(plan_year, terms), plan_year, terms, "accrual"))


def safe_harbor(facts: Known, plan_year: date, terms: Terms) -> bool:
    """Say whether an hour and employed on the last day of the Plan Year, or 501 hours (AA 3.06(c))."""
    hours = plan_year_hours(facts, plan_year, terms)
    return hours >= (HOUR if facts.works_on(plan_year) else SAFE_HARBOR_HOURS)


def allocated(period: date, facts: Known, terms: Terms) -> bool:
    """Say whether the match of a period is allocated: every test day has come and its test is passed (28)."""
    plan_year, tests = plan_year_end(period, terms), [(period, True)]
    if terms.plan.accrual.safe_harbor:
        tests.append((plan_year, safe_harbor(facts, plan_year, terms)))
    else:
        needed = hours_needed("matching", facts, plan_year, terms)
        if needed is not None:
            tests.append((period, _hours_in_period(period, facts, terms) >= needed / _periods(plan_year, terms)))
        reading, accrual = terms.match_employment_condition, terms.plan.accrual
        if reading != "none" and accrual.employed and "matching" not in accrual.unemployed_for:
            # An exception for a way of leaving is tested on the same day (45).
            test_day = plan_year if reading == "plan_year_end" else period
            needed_then = must_be_employed("matching", facts, plan_year, terms)
            tests.append((test_day, facts.works_on(test_day) or not needed_then))
    return all(day <= facts.as_of and passed for day, passed in tests)


def _hours_in_period(period: date, facts: Known, terms: Terms) -> Decimal:
    """Hours of Service of one Allocation Period."""
    return total(hours_by_day(facts, allocation_start(period, terms), period, terms, "accrual"))


def _periods(plan_year: date, terms: Terms) -> int:
    """Count the Allocation Periods of a Plan Year."""
    if terms.plan.match.allocated_every == "pay_period":
        message = "3.06(d): how many pay periods the Plan Year has is not known"
        raise NotKnownError(message)
    return allocation_periods(plan_year, terms)


def entitled(then: Known, event_on: date, terms: Terms) -> bool:
    """Say whether one who leaves on the day shares in nonelective contributions of its Plan Year (5.04(C), 3.06).

    `then`: what is known on that day. In a top-heavy Plan Year the minimum asks for its last day only (3.04(B)).
    """
    plan_year = plan_year_end(event_on, terms)
    on_last_day = event_on == plan_year
    if on_last_day and plan_year in terms.top_heavy_plan_years and entry(then, terms) is not None:
        return True
    for contribution in ("nonelective", "qualified_nonelective"):
        if contribution not in terms.plan.contributions or entry_for(contribution, then, terms) is None:
            continue
        if terms.plan.accrual.safe_harbor:
            if safe_harbor(then, plan_year, terms):
                return True
            continue
        needed = hours_needed(contribution, then, plan_year, terms)
        enough = needed is None or plan_year_hours(then, plan_year, terms) >= needed
        if enough and (on_last_day or not must_be_employed(contribution, then, plan_year, terms)):
            return True
    return False
