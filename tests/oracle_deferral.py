"""Salary reduction: when it may be stopped, made anew or changed, and how much it may be (AA 3.01(k))."""

from datetime import date
from decimal import ROUND_DOWN, Decimal
from typing import Any

from oracle_dates import DAY, entry_date_after, on_month_day, plan_year_end, plan_year_start
from oracle_participation import entry, suspended_on
from oracle_pay import compensation, compensation_limit, employer_rows
from oracle_person import CENT, Known, hundredths
from oracle_plan import Change
from oracle_terms import DEFERRAL_LIMITS, LAST_LIMIT_YEAR, Terms
from oracle_vesting import plain


def deferral(facts: Known, terms: Terms) -> dict[str, Any]:
    """Answer the deferral part as of the close of the day; money in dollars."""
    elected, as_of = terms.plan.deferral, facts.as_of
    counted = plan_year_compensation(facts, terms)
    rows, this_year = employer_rows(facts), plan_year_end(as_of, terms)
    in_plan_year = [row.salary_reduction for row in rows if plan_year_end(row.paid_on, terms) == this_year]
    in_calendar_year = [row.salary_reduction for row in rows if row.paid_on.year == as_of.year]
    most = elected.maximum
    return {
        "next_change_on": next_day(elected.change, as_of, terms),
        "next_revocation_on": next_day(elected.revoke, as_of, terms),
        "next_resumption_on": next_day(elected.resume, as_of, terms),
        "maximum_percent": None if most is None else plain(most),
        "minimum_percent": None if elected.minimum is None else plain(elected.minimum),
        "annual_limit": annual_limit(as_of.year),
        "plan_year_compensation": counted,
        "plan_year_maximum": None if most is None else (counted * most / 100).quantize(CENT, ROUND_DOWN),
        "deferred_in_plan_year": hundredths(sum(in_plan_year, Decimal(0))),
        "deferred_in_calendar_year": hundredths(sum(in_calendar_year, Decimal(0))),
    }


def next_day(change: Change, as_of: date, terms: Terms) -> date | None:
    """First day after `as_of` on which the change can be made (conventions 30 and 46); null for payroll periods."""
    if change.kind == "payroll":
        return None
    if change.kind == "entry_date":
        return entry_date_after(as_of, terms)
    next_year = plan_year_end(as_of, terms) + DAY
    if change.kind == "plan_year":
        return next_year
    if change.kind == "until":
        last = plan_year_start(as_of, terms)
        while last not in {on_month_day(last.year, each) for each in change.days}:
            last += DAY
        return as_of + DAY if as_of + DAY <= last else next_year
    day = as_of + DAY
    while not (
        day.day == 1 if change.kind == "month" else day in {on_month_day(day.year, each) for each in change.days}
    ):
        day += DAY
    return day


def annual_limit(year: int) -> Decimal | None:
    """Code 402(g) limit of a calendar year, in dollars; null before 1987 (14.07)."""
    if year > LAST_LIMIT_YEAR:
        message = f"the oracle knows no 402(g) limit for {year}"
        raise ValueError(message)
    limit = DEFERRAL_LIMITS.get(year)
    return None if limit is None else hundredths(Decimal(limit))


def plan_year_compensation(facts: Known, terms: Terms) -> Decimal:
    """Compensation before reduction paid by the day in its Plan Year, up to its dollar limit (1.12, A-14).

    Whose part of it counts is a question about the percentage limit, where there is one.
    """
    this_year = plan_year_end(facts.as_of, terms)
    rows = [row for row in employer_rows(facts) if plan_year_end(row.paid_on, terms) == this_year]
    if terms.plan.deferral.maximum is not None and terms.deferral_limit_base == "compensation_as_participant":
        entry_on = entry(facts, terms)
        rows = [
            row
            for row in rows
            if entry_on is not None
            and row.paid_on >= entry_on
            and facts.works_on(row.paid_on)
            and not facts.excluded_on(row.paid_on)
            and not suspended_on(facts, row.paid_on, terms)
        ]
    paid = hundredths(sum((compensation(row, terms, before_reduction=True) for row in rows), Decimal(0)))
    limit = compensation_limit(facts.as_of, terms)
    return paid if limit is None else min(paid, hundredths(limit))
