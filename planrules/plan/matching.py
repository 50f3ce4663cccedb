"""Article III and section 14.06(B): the tiered discretionary match and the conditions for its allocation."""

from collections.abc import Mapping
from datetime import date
from decimal import Decimal
from typing import Literal

import polars as pl
from dateutil.relativedelta import relativedelta

from planrules import dates, law
from planrules.errors import UnsupportedElectionError
from planrules.plan.elected import Agreement, Elected, Provisions
from planrules.plan.facts import MatchRate, PlanFacts
from planrules.plan.scope import not_evaluated
from planrules.plan.service import Service

MONTHS_IN_A_YEAR = 12


class Matching(Provisions):
    """The match by calendar month (AA 1.12, 3.01(b), (h)-(j), 3.04(c), 3.06; Plan 14.06(B)).

    `tier_percents` are percent of compensation; `match_rates` are percent of each tier, from the plan facts.
    """

    tier_percents: tuple[Decimal, Decimal]
    match_rates: tuple[MatchRate, ...]
    match_employment_condition: Literal["plan_year_end", "allocation_period_end", "none"]
    allocation_period: Literal["calendar_month", "pay_period"]
    match_pay_after_separation: Literal["out", "in"]
    compensation_limit_in_match: Literal["in_date_order", "monthly_share"]
    match_month_hours: int
    first_plan_year_start: date | None


def matching(agreement: Agreement, facts: PlanFacts) -> Matching:
    """The matching provisions of an agreement, with the rates the employer set.

    Raises:
        UnsupportedElectionError: another formula, another definition of compensation, or another condition.
    """
    _refuse_other_formulas(agreement)
    choices = agreement.choices
    condition = agreement.one_of(
        "the employment condition", {"3.06(e)(1)": lambda _: choices["match_employment_condition"]}
    )
    return Matching.of(
        tier_percents=agreement.one_of("the tiers of the match", {"3.01(j)(3)": lambda at: _tiers(agreement, at)}),
        match_rates=Elected(facts.match_rates, ("AA 3.01(h)(3)(ii)", "plan facts, match_rates")),
        match_employment_condition=Elected(condition.value, (*condition.cites, "AA 3.04(c)", "Plan 14.06(B)")),
        allocation_period=agreement.reading("allocation_period"),
        match_pay_after_separation=agreement.reading("match_pay_after_separation"),
        compensation_limit_in_match=agreement.reading("compensation_limit_in_match"),
        match_month_hours=_month_hours(agreement),
        first_plan_year_start=_short_first_year(agreement),
    )


def compensation_limits(provisions: Matching, service: Service, last_year: int) -> Mapping[int, Decimal]:
    """Dollars of Compensation that count, by the calendar year in which the Plan Year ends (IRC 401(a)(17)).

    The amount is that of the calendar year in which the Plan Year begins. A year without a confirmed or unconfirmed
    amount on file is absent: its match cannot be worked out.
    """
    amounts = law.limits("compensation_limit")
    begins_year_before = tuple(service.plan_year_ends) != (12, 31)
    limits = {
        year + begins_year_before: Decimal(amount.value)
        for year, amount in amounts.items()
        if year + begins_year_before <= last_year
    }
    start = provisions.first_plan_year_start
    if start is not None and start.year in amounts:
        ends = dates.plan_years(service.plan_year_ends)
        through = dates.one_day(ends.through(ends.number(pl.lit(start))))
        months = _months_begun(start, through)
        limits[through.year] = (Decimal(amounts[start.year].value) * months / MONTHS_IN_A_YEAR).quantize(
            Decimal("0.01")
        )
    return limits


def _months_begun(start: date, through: date) -> int:
    """The months of a short Plan Year, one that has only begun counted whole."""
    length = relativedelta(through + relativedelta(days=1), start)
    return min(MONTHS_IN_A_YEAR, length.years * MONTHS_IN_A_YEAR + length.months + bool(length.days))


def _tiers(agreement: Agreement, option: str) -> tuple[Decimal, Decimal]:
    first = Decimal(agreement.blank(option, "first_tier_percent"))
    later = agreement.blank(option, "subsequent_tier_percents")
    if len(later) != 1:
        raise UnsupportedElectionError([not_evaluated(f"{option}: the engine evaluates two tiers")])
    return first, Decimal(later[0])


def _month_hours(agreement: Agreement) -> Elected[int]:
    option = agreement.reading("hours_condition_on_match")
    required = agreement.fixed("accrual_hours").value if option.value == "hours_each_month" else 0
    return Elected(required, option.cites)


def _short_first_year(agreement: Agreement) -> Elected[date | None]:
    option = agreement.reading("first_plan_year")
    if option.value == "twelve_months":
        return Elected(None, option.cites)
    return Elected(agreement.first_effective_date.value, option.cites)


def _refuse_other_formulas(agreement: Agreement) -> None:
    agreement.one_of("the match", {"3.01(b)": lambda _: True})
    agreement.one_of("the matching formula", {"3.01(h)(3)(ii)": lambda _: True})
    agreement.one_of("the eligible contributions", {"3.01(i)(1)": lambda _: True})
    agreement.one_of("elective contributions in Compensation", {"1.12(a)": lambda _: True})
    agreement.one_of("the definition of Compensation", {"1.12(c)": lambda _: True})
    agreement.one_of("further conditions for the match", {"3.06(j)": lambda _: True})
