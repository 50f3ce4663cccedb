"""Matching contributions, Allocation Period by Allocation Period (AA 3.01(h) to (j), 3.04(c), 3.06; convention 45)."""

from dataclasses import dataclass, field
from datetime import date
from decimal import ROUND_DOWN, ROUND_UP, Decimal
from fractions import Fraction
from typing import Any

from oracle_accrual import allocated
from oracle_dates import allocation_end, plan_year_end, plan_year_start
from oracle_eligibility import eligibility_periods
from oracle_pay import Counted, compensation, counted_rows, under_the_limit
from oracle_person import Known, Row, half_up, hundredths
from oracle_plan import Formula, Limit, NotKnownError
from oracle_schedules import by_years
from oracle_terms import MatchRate, Terms
from oracle_vesting import vesting_state

NOTHING = Fraction(0)


@dataclass
class PlanYear:
    """One Plan Year's rows, and what its earlier Allocation Periods have used; money in dollars.

    `compensation` and `contributions` are those counted so far, `tiers` the match of each formula's tiers so far,
    `most` the greatest a formula's tiers have come to, `due` what the formulas have brought, `matched` all of it under
    the limit; both null once one is not known.
    """

    facts: Known
    terms: Terms
    end: date
    rows: list[Row]
    compensation: Fraction = NOTHING
    contributions: Fraction = NOTHING
    tiers: dict[tuple[str, int], Decimal] = field(default_factory=dict)
    most: dict[str, Decimal] = field(default_factory=dict)
    due: Decimal | None = Decimal(0)
    matched: Decimal | None = Decimal(0)


def matching(facts: Known, terms: Terms) -> dict[str, Any]:
    """Answer the match part: every Allocation Period with a counted pay row, and the sum of their matches.

    The total is null while a period has no rate on file.
    """
    months: list[dict[str, Any]] = []
    if "matching" in terms.plan.contributions:
        months = _periods(facts, terms)
    matches = [each["match"] for each in months]
    allocations = [each["match"] for each in months if each["allocated"]]
    return {
        "months": months,
        "total": None if None in matches else sum(matches, Decimal("0.00")),
        "allocated_total": None if None in allocations else sum(allocations, Decimal("0.00")),
    }


def _periods(facts: Known, terms: Terms) -> list[dict[str, Any]]:
    """Walk the periods in order, each Plan Year by itself."""
    rows, months = counted_rows(facts, terms), []
    by_end: dict[date, list[Row]] = {}
    for row in rows:
        by_end.setdefault(allocation_end(row.paid_on, terms), []).append(row)
    years: dict[date, PlanYear] = {}
    for end in sorted(by_end):
        plan_year = plan_year_end(end, terms)
        of_year = [row for row in rows if plan_year_end(row.paid_on, terms) == plan_year]
        year = years.setdefault(plan_year, PlanYear(facts, terms, plan_year, of_year))
        months.append(_period(end, by_end[end], year))
        is_last = not any(end < other <= plan_year for other in by_end)
        if is_last and plan_year <= facts.as_of:
            _make_up(months[-1], year)
    return months


def _period(end: date, paid: list[Row], year: PlanYear) -> dict[str, Any]:
    """One period's match."""
    terms = year.terms
    counted = under_the_limit(paid, year.rows, terms)
    tiers, match = _sums(end, counted, year)
    year.due = None if match is None or year.due is None else year.due + match
    match = _at_most(match, year)
    year.matched = None if match is None or year.matched is None else year.matched + match
    return {
        "month_end": end,
        "compensation": hundredths(sum((compensation(row, terms) for row in paid), Decimal(0))),
        "compensation_counted": half_up(sum((amount for _, amount in counted), NOTHING)),
        "eligible_contributions": hundredths(sum((eligible(row, terms) for row in paid), Decimal(0))),
        "tier_1": tiers.get(0),
        "tier_2": tiers.get(1),
        "match": match,
        "allocated": allocated(end, year.facts, terms),
    }


def _sums(end: date, counted: Counted, year: PlanYear) -> tuple[dict[int, Decimal | None], Decimal | None]:
    """Match of each tier and of all formulas; where every pay row is an Allocation Period, summed over them (A-15)."""
    by_row = "pay_period" in {year.terms.allocation_period, year.terms.plan.match.allocated_every}
    tiers: dict[int, Decimal | None] = {}
    match: Decimal | None = Decimal("0.00")
    for unit in [[item] for item in counted] if by_row else [counted]:
        contributions = _eligible(unit, year)
        year.compensation += sum((amount for _, amount in unit), NOTHING)
        year.contributions += contributions
        for formula in year.terms.plan.match.formulas:
            amounts = _amounts(formula, unit, contributions, end, year)
            for number, amount in enumerate(amounts) if formula.tiered() else ():
                before = tiers.get(number, Decimal("0.00"))
                tiers[number] = None if before is None or amount is None else before + amount
            added = _added(formula, amounts, year)
            match = None if match is None or added is None else match + added
    return tiers, match


def eligible(row: Row, terms: Terms) -> Decimal:
    """Eligible contributions of a row in dollars (AA 3.01(i))."""
    amounts = {"salary_reduction": row.salary_reduction} | row.parts
    return sum((amounts[kind] for kind in terms.plan.match.eligible), Decimal(0))


def _added(formula: Formula, amounts: list[Decimal | None], year: PlanYear) -> Decimal | None:
    """What a formula adds to the match; of tiers of the Plan Year so far, what was matched before is not taken back."""
    known = [amount for amount in amounts if amount is not None]
    if len(known) < len(amounts):
        return None
    if not formula.tiered() or not year.terms.plan.match.tiers_of_plan_year:
        return sum(known, Decimal("0.00"))
    due = sum((amount for (cite, _), amount in year.tiers.items() if cite == formula.cite), Decimal("0.00"))
    before = year.most.get(formula.cite, Decimal("0.00"))
    year.most[formula.cite] = max(due, before)
    return year.most[formula.cite] - before


def _eligible(unit: Counted, year: PlanYear) -> Fraction:
    """Eligible contributions of a period that are taken into account (AA 3.01(j)(1), (2))."""
    found = Fraction(sum((eligible(row, year.terms) for row, _ in unit), Decimal(0)))
    limit = year.terms.plan.match.disregarded_above
    if limit is None:
        return found
    if limit.dollars is not None:
        return min(found, max(Fraction(limit.dollars) - year.contributions, NOTHING))
    return min(found, sum((amount for _, amount in unit), NOTHING) * Fraction(limit.percent or 0) / 100)


def rate_on(day: date, terms: Terms, *, tiered: bool) -> MatchRate | None:
    """Latest rate of its kind from a date on or before the day; null if there is none (convention 27)."""
    rates = [
        rate for rate in terms.match_rates if rate.since <= day and (rate.tiers() if tiered else rate.rate is not None)
    ]
    return max(rates, key=lambda rate: rate.since, default=None)


def _amounts(
    formula: Formula, unit: Counted, contributions: Fraction, end: date, year: PlanYear
) -> list[Decimal | None]:
    """Match by one formula, each amount rounded half-up once: one a tier, or one; null where no rate is on file."""
    facts, terms = year.facts, year.terms
    percents = _percents(formula, end, facts, terms)
    widths = terms.plan.match.tiers
    if withheld(formula, end, facts, terms):
        return [Decimal("0.00")] * (len(widths) if formula.tiered() else 1)
    if percents is None:
        return [None] * (len(widths) if formula.tiered() else 1)
    if not formula.tiered():
        return [half_up(contributions * Fraction(percents[0]) / 100)]
    of_year = terms.plan.match.tiers_of_plan_year
    pay = year.compensation if of_year else sum((amount for _, amount in unit), NOTHING)
    left = year.contributions if of_year else contributions
    found: list[Decimal | None] = []
    for number, (width, percent) in enumerate(zip(widths, percents, strict=False)):
        in_tier = min(left, pay * Fraction(width) / 100)
        left -= in_tier
        due = half_up(in_tier * Fraction(percent) / 100)
        key = (formula.cite, number)
        before = year.tiers.get(key, Decimal(0)) if of_year else Decimal(0)
        year.tiers[key] = due
        found.append(due - before)
    return found


def _percents(formula: Formula, end: date, facts: Known, terms: Terms) -> tuple[Decimal, ...] | None:
    """Give the percents of a formula at the end of a period: one a tier, or one (AA 3.01(h)(1) to (4))."""
    if formula.cite == "3.01(h)(4)":
        return (by_years(formula.by_years, years_counted(formula, end, facts, terms)),)
    if formula.percents:
        return formula.percents
    tiered = formula.tiered()
    rate = rate_on(end, terms, tiered=tiered)
    if rate is None:
        return None
    return rate.tiers() if tiered or rate.rate is None else (rate.rate,)


def years_counted(formula: Formula, end: date, facts: Known, terms: Terms) -> int:
    """Years of Service for the match by Years (AA 3.01(h)(4)): those credited by the close of the day they count on."""
    at_start = formula.counted_on == "plan_year_start"
    day = plan_year_start(end, terms) if at_start else min(end, facts.as_of)
    if formula.years == "vesting":
        return len(vesting_state(facts, terms, through=day).credited)
    return len(
        [each for each in eligibility_periods(facts, terms) if each["year_of_service"] and each["through"] <= day]
    )


def withheld(formula: Formula, end: date, facts: Known, terms: Terms) -> bool:
    """Say whether a Highly Compensated Employee gets no match by this formula (AA 3.06(k))."""
    options = terms.plan.accrual.not_highly_compensated
    named = [option if option.startswith("3.01") else f"3.01{option}" for option in options if option != "all"]
    if not options or not ("all" in options or any(formula.cite.startswith(option) for option in named)):
        return False
    plan_year, known = plan_year_end(end, terms), dict(terms.highly_compensated)
    if plan_year not in known:
        message = f"who was highly compensated in the Plan Year ended {plan_year} is not known"
        raise NotKnownError(message)
    return facts.employee_id in known[plan_year]


def _at_most(match: Decimal | None, year: PlanYear) -> Decimal | None:
    """Match of a period under the limit of a Plan Year (AA 3.01(h)(5)(i)): all due so far up to the limit so far."""
    limit = _limit(year.terms.plan.match.no_more_than, year, ROUND_DOWN)
    if limit is None or match is None or year.matched is None or year.due is None:
        return match
    return min(year.due, limit) - year.matched


def _limit(limit: Limit | None, year: PlanYear, rounding: str) -> Decimal | None:
    """Limit of a Plan Year in dollars; a percentage is of the Compensation counted in it so far.

    Rounded so that the match neither exceeds the one limit nor is less than the other.
    """
    if limit is None:
        return None
    if limit.dollars is not None:
        return hundredths(limit.dollars)
    cents = year.compensation * Fraction(limit.percent or 0)
    whole = cents // 1 if rounding == ROUND_DOWN else -(-cents // 1)
    return hundredths(Decimal(whole) / 100)


def _make_up(last: dict[str, Any], year: PlanYear) -> None:
    """Add what the Plan Year's match falls short of its least, for one who contributed (AA 3.01(h)(5)(ii))."""
    least = _limit(year.terms.plan.match.no_less_than, year, ROUND_UP)
    if least is None or year.matched is None or not any(eligible(row, year.terms) for row in year.rows):
        return
    last["match"] += max(least - year.matched, Decimal("0.00"))
