"""Compensation: which rows count, what of them, and up to which amount (AA 1.12, 3.06; conventions 26, 29, 44)."""

from collections.abc import Sequence
from datetime import date
from decimal import Decimal
from fractions import Fraction

from oracle_dates import allocation_end, allocation_periods, plan_year_end, plan_year_start
from oracle_participation import entry_for, suspended_on
from oracle_person import Known, Row
from oracle_terms import COMPENSATION_LIMITS, LAST_LIMIT_YEAR, Terms

Counted = list[tuple[Row, Fraction]]
PARTS = ("bonus", "overtime", "commissions")


def employer_rows(facts: Known) -> list[Row]:
    """Rows that the Employer paid by the day (conventions 1 and 5)."""
    return [
        row
        for row in facts.rows
        if facts.is_employer(row.employer) and row.kind == "paid" and row.paid_on <= facts.as_of
    ]


def counted_rows(facts: Known, terms: Terms, contribution: str = "matching") -> list[Row]:
    """Rows of the Employer ended and paid by the day, paid to a Participant (convention 26), in pay-date order."""
    entry_on = entry_for(contribution, facts, terms)
    if entry_on is None:
        return []
    return [
        row
        for row in employer_rows(facts)
        if row.paid_on >= entry_on
        and (facts.works_on(row.paid_on) or terms.match_pay_after_separation == "in")
        and not facts.excluded_on(row.paid_on)
        and not suspended_on(facts, row.paid_on, terms)
    ]


def compensation(row: Row, terms: Terms, *, before_reduction: bool = False) -> Decimal:
    """Compensation of a row in dollars, without what is left out (AA 1.12(b), (f) to (h); convention 44).

    `before_reduction`: for the percentages of salary reduction, which elective contributions do not lower (1.12(m)).
    """
    left_out, found = terms.plan.match.left_out, row.compensation
    if not found:
        return found  # no part of nothing needs to be known
    for part in PARTS:
        if part in left_out:
            found -= row.part(part)
    if "elective" in left_out and not before_reduction:
        found -= row.salary_reduction + row.part("other_elective_contributions")
    return max(found, Decimal(0))


def compensation_limit(day: date, terms: Terms) -> Decimal | None:
    """Dollar limit of the Plan Year that holds the day (Code 401(a)(17), AA 1.12(d)); null where there is none."""
    begins = plan_year_start(day, terms).year
    if begins > LAST_LIMIT_YEAR:
        message = f"the oracle knows no 401(a)(17) limit for Plan Years beginning in {begins}"
        raise ValueError(message)
    limits = [terms.plan.match.most_compensation]
    if begins in COMPENSATION_LIMITS:
        limits.append(Decimal(COMPENSATION_LIMITS[begins]))
    return min((limit for limit in limits if limit is not None), default=None)


def under_the_limit(paid: Sequence[Row], rows: Sequence[Row], terms: Terms) -> Counted:
    """Compensation of each of a period's rows that the dollar limit lets in (convention 29).

    `in_date_order`: what the year's earlier counted rows have left of the limit; `monthly_share`: an equal
    share for each Allocation Period of the Plan Year, in date order within it. Money, exact.
    """
    counted: Counted = []
    for row in paid:
        limit, own = compensation_limit(row.paid_on, terms), Fraction(compensation(row, terms))
        if limit is None:
            counted.append((row, own))
            continue
        year = [other for other in rows if _same_year(other, row, terms)]
        if terms.compensation_limit_in_match == "monthly_share":
            end = allocation_end(row.paid_on, terms)
            room = Fraction(limit) / allocation_periods(end, terms)
            earlier = [other for other in year if allocation_end(other.paid_on, terms) == end]
        else:
            room, earlier = Fraction(limit), year
        used = sum((Fraction(compensation(other, terms)) for other in earlier[: _position(row, earlier)]), Fraction(0))
        counted.append((row, min(own, max(room - used, Fraction(0)))))
    return counted


def _same_year(row: Row, other: Row, terms: Terms) -> bool:
    return plan_year_end(row.paid_on, terms) == plan_year_end(other.paid_on, terms)


def _position(row: Row, rows: Sequence[Row]) -> int:
    return next(index for index, other in enumerate(rows) if other is row)
