"""Salary reduction: when it may next change and how much it may be (AA 3.01(k))."""

from decimal import ROUND_DOWN, Decimal
from typing import Any

from oracle_dates import entry_date_after, plan_year_end
from oracle_matching import compensation_limit, employer_rows
from oracle_participation import entry
from oracle_person import CENT, Known, hundredths
from oracle_terms import DEFERRAL_LIMITS, DEFERRAL_PERCENT, LAST_LIMIT_YEAR, Terms


def deferral(facts: Known, terms: Terms) -> dict[str, Any]:
    """Answer the deferral part as of the close of the day; money in dollars."""
    compensation = plan_year_compensation(facts, terms)
    rows, as_of = employer_rows(facts), facts.as_of
    in_plan_year = [row.salary_reduction for row in rows if plan_year_end(row.paid_on) == plan_year_end(as_of)]
    in_calendar_year = [row.salary_reduction for row in rows if row.paid_on.year == as_of.year]
    return {
        "next_change_on": entry_date_after(as_of),
        "maximum_percent": DEFERRAL_PERCENT,
        "annual_limit": annual_limit(as_of.year),
        "plan_year_compensation": compensation,
        "plan_year_maximum": (compensation * DEFERRAL_PERCENT / 100).quantize(CENT, ROUND_DOWN),
        "deferred_in_plan_year": hundredths(sum(in_plan_year, Decimal(0))),
        "deferred_in_calendar_year": hundredths(sum(in_calendar_year, Decimal(0))),
    }


def annual_limit(year: int) -> Decimal | None:
    """Code 402(g) limit of a calendar year, in dollars; null before 1987 (14.07)."""
    if year > LAST_LIMIT_YEAR:
        message = f"the oracle knows no 402(g) limit for {year}"
        raise ValueError(message)
    limit = DEFERRAL_LIMITS.get(year)
    return None if limit is None else hundredths(Decimal(limit))


def plan_year_compensation(facts: Known, terms: Terms) -> Decimal:
    """Compensation paid by the day in its Plan Year, up to the 401(a)(17) limit (1.12, A-14)."""
    rows = [row for row in employer_rows(facts) if plan_year_end(row.paid_on) == plan_year_end(facts.as_of)]
    if terms.deferral_limit_base == "compensation_as_participant":
        entry_on = entry(facts, terms)
        rows = [
            row
            for row in rows
            if entry_on is not None
            and row.paid_on >= entry_on
            and facts.works_on(row.paid_on)
            and not facts.excluded_on(row.paid_on)
        ]
    paid = hundredths(sum((row.compensation for row in rows), Decimal(0)))
    limit = compensation_limit(facts.as_of)
    return paid if limit is None else min(paid, hundredths(limit))
