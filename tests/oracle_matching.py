"""Matching contributions, month by month (AA 3.01(h)(3)(ii), (j)(3); 3.04(c), 3.06(e))."""

from collections.abc import Sequence
from datetime import date
from decimal import Decimal
from fractions import Fraction
from typing import Any

from oracle_dates import DAY, month_end, plan_year_end, plan_year_start
from oracle_participation import entry
from oracle_person import Known, Row, half_up, hundredths
from oracle_terms import COMPENSATION_LIMITS, EMPLOYER, LAST_LIMIT_YEAR, TIER_PERCENT, MatchRate, Terms

Counted = list[tuple[Row, Fraction]]


def matching(facts: Known, terms: Terms) -> dict[str, Any]:
    """Answer the match part: every calendar month with a counted pay row, and the sum of their matches.

    The total is null while a month has no rate on file.
    """
    rows = counted_rows(facts, terms)
    months: list[dict[str, Any]] = []
    month = month_end(rows[0].paid_on) if rows else None
    while month is not None and month <= month_end(facts.as_of):
        paid = [row for row in rows if month_end(row.paid_on) == month]
        if paid:
            months.append(_month(month, paid, rows, facts, terms))
        month = month_end(month + DAY)
    matches = [entry["match"] for entry in months]
    total = None if None in matches else sum(matches, Decimal("0.00"))
    return {"months": months, "total": total}


def counted_rows(facts: Known, terms: Terms) -> list[Row]:
    """Rows of the Employer ended and paid by the day, paid to a Participant (convention 26), in pay-date order."""
    entry_on = entry(facts, terms)
    if entry_on is None:
        return []
    return [
        row
        for row in employer_rows(facts)
        if row.paid_on >= entry_on
        and (facts.works_on(row.paid_on) or _after_the_last_day(facts, row, terms))
        and not facts.excluded_on(row.paid_on)
    ]


def employer_rows(facts: Known) -> list[Row]:
    """Rows that the Employer paid by the day (conventions 1 and 5)."""
    return [row for row in facts.rows if row.employer == EMPLOYER and row.kind == "paid" and row.paid_on <= facts.as_of]


def _after_the_last_day(facts: Known, row: Row, terms: Terms) -> bool:
    """Say whether a check paid when no longer employed counts (reading `match_pay_after_separation`)."""
    return terms.match_pay_after_separation == "in" and not facts.works_on(row.paid_on)


def compensation_limit(day: date) -> Decimal | None:
    """Dollar limit of the Plan Year that holds the day; null before 1989 (1.12, Code 401(a)(17))."""
    begins = plan_year_start(day).year
    if begins > LAST_LIMIT_YEAR:
        message = f"the oracle knows no 401(a)(17) limit for Plan Years beginning in {begins}"
        raise ValueError(message)
    limit = COMPENSATION_LIMITS.get(begins)
    return None if limit is None else Decimal(limit)


def under_the_limit(paid: Sequence[Row], rows: Sequence[Row], terms: Terms) -> Counted:
    """Compensation of each of a month's rows that the dollar limit lets in (convention 29).

    `in_date_order`: what the year's earlier counted rows have left of the limit; `monthly_share`: a twelfth of the
    limit a month, in date order within it. Money, exact.
    """
    counted: Counted = []
    for row in paid:
        limit = compensation_limit(row.paid_on)
        if limit is None:
            counted.append((row, Fraction(row.compensation)))
            continue
        if terms.compensation_limit_in_match == "monthly_share":
            room, earlier = Fraction(limit) / 12, paid
        else:
            year = plan_year_end(row.paid_on)
            room, earlier = Fraction(limit), [other for other in rows if plan_year_end(other.paid_on) == year]
        used = sum((Fraction(other.compensation) for other in earlier[: _position(row, earlier)]), Fraction(0))
        counted.append((row, min(Fraction(row.compensation), max(room - used, Fraction(0)))))
    return counted


def _position(row: Row, rows: Sequence[Row]) -> int:
    return next(index for index, other in enumerate(rows) if other is row)


def _month(month: date, paid: list[Row], rows: list[Row], facts: Known, terms: Terms) -> dict[str, Any]:
    """One month's match; a month is one Allocation Period, or each of its pay rows is (A-15)."""
    counted = under_the_limit(paid, rows, terms)
    periods = [[item] for item in counted] if terms.allocation_period == "pay_period" else [counted]
    rate = rate_on(month, terms)
    tiers = None if rate is None else [tier_amounts(period, rate) for period in periods]
    tier_1 = None if tiers is None else sum((first for first, _ in tiers), Decimal("0.00"))
    tier_2 = None if tiers is None else sum((second for _, second in tiers), Decimal("0.00"))
    return {
        "month_end": month,
        "compensation": hundredths(sum((row.compensation for row in paid), Decimal(0))),
        "compensation_counted": half_up(sum((amount for _, amount in counted), Fraction(0))),
        "eligible_contributions": hundredths(sum((row.salary_reduction for row in paid), Decimal(0))),
        "tier_1": tier_1,
        "tier_2": tier_2,
        "match": None if tier_1 is None or tier_2 is None else tier_1 + tier_2,
        "allocated": allocated(month, facts, terms),
    }


def rate_on(day: date, terms: Terms) -> MatchRate | None:
    """Latest rate from a date on or before the month end; null if there is none (convention 27)."""
    rates = [rate for rate in terms.match_rates if rate.since <= day]
    return max(rates, key=lambda rate: rate.since, default=None)


def tier_amounts(period: Counted, rate: MatchRate) -> tuple[Decimal, Decimal]:
    """Match of each tier for one Allocation Period, each rounded half-up once; 3% of pay is not (convention 27)."""
    width = sum((amount for _, amount in period), Fraction(0)) * TIER_PERCENT / 100
    deferred = sum((Fraction(row.salary_reduction) for row, _ in period), Fraction(0))
    first = min(deferred, width)
    second = min(deferred - first, width)
    return half_up(first * Fraction(rate.tier_1) / 100), half_up(second * Fraction(rate.tier_2) / 100)


def allocated(month: date, facts: Known, terms: Terms) -> bool:
    """Say whether employed on the test day once it has come; without a condition, whether the month is over (28)."""
    if terms.match_employment_condition == "none":
        return month <= facts.as_of
    test_day = plan_year_end(month) if terms.match_employment_condition == "plan_year_end" else month
    return test_day <= facts.as_of and facts.works_on(test_day)
