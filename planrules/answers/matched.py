"""The match in words: what is matched, at which rates, and when it is allocated."""

from collections.abc import Iterator, Sequence
from decimal import Decimal

from planrules.answers.words import listed, spoken
from planrules.plan import Terms
from planrules.plan.accrual import Accrual
from planrules.plan.matching import Formula
from planrules.supplements import YearlyLimit

_PERIOD = {"month": "month", "pay_period": "pay period", "quarter": "quarter", "plan_year": "Plan Year"}
_LEAVINGS = {
    "death": "died",
    "disability": "became disabled",
    "retirement_age": "reached Normal Retirement Age",
}


def how_much(terms: Terms) -> str:
    """How the match of an allocation period is worked out, in a sentence."""
    part = terms.matching
    each = _PERIOD[part.allocated_every]
    formulas = "; plus ".join(_formula(terms, formula) for formula in part.formulas) or "no formula that is understood"
    start = "By Plan Year" if each == "Plan Year" else f"{each.capitalize()} by {each}"
    return f"{start} of the pay date: {formulas}{''.join(_limits(terms))}."


def matched_money(terms: Terms) -> str:
    """What is matched."""
    only_deferrals = terms.matching.eligible_contributions_of == ("salary_reduction",)
    return "deferrals" if only_deferrals else "eligible contributions"


def _formula(terms: Terms, formula: Formula) -> str:
    money = matched_money(terms)
    if formula.by_years:
        return _steps(formula.by_years, money)
    if not formula.on_tiers:
        return f"{formula.percents[0]}% of the {money}" if formula.percents else f"the rate on file times the {money}"
    first, *later = terms.matching.tier_percents
    pay = f"that {_PERIOD[terms.matching.allocated_every]}'s compensation"
    if terms.matching.tiers_of == "plan_year":
        pay = "the Plan Year's Compensation so far"
    widths = "".join(f", and up to the next {percent}%" for percent in later)
    if formula.percents:
        parts = [f"{formula.percents[0]}% of the {money} up to {first}% of {pay}"]
        parts += [f"{rate}% of the next {percent}%" for rate, percent in zip(formula.percents[1:], later, strict=False)]
        return ", and ".join(parts)
    return f"each rate on file times the {money} up to {first}% of {pay}{widths}"


def _steps(by_years: tuple[tuple[int, Decimal], ...], money: str) -> str:
    """The percentages by Years of Service, as "25% of the deferrals, 50% from 3 Years of Service on, 75% from 5"."""
    told: list[str] = []
    for years, percent in by_years:
        since = "" if years == 0 else f" from {years}" if any(" from " in each for each in told) else _from(years)
        told.append(f"{percent}%{'' if told else f' of the {money}'}{since}")
    return ", ".join(told)


def _from(years: int) -> str:
    return f" from {years} Year{'' if years == 1 else 's'} of Service on"


def _limits(terms: Terms) -> Iterator[str]:
    part = terms.matching
    if part.disregarded_above is not None:
        yield f"; {matched_money(terms)} above {_amount(part.disregarded_above, of='the period')} are disregarded"
    if part.no_match_above is not None:
        yield f"; no more than {_amount(part.no_match_above, of='the Plan Year')} a Plan Year"
    if part.no_match_below is not None:
        yield f"; no less than {_amount(part.no_match_below, of='the Plan Year')} a Plan Year"


def _amount(limit: YearlyLimit, of: str) -> str:
    if limit.dollars is not None:
        return f"{spoken(limit.dollars, 'money')}"
    return f"{_plain(limit.percent_of_compensation)}% of {of}'s Compensation"


def _plain(number: Decimal | None) -> str:
    return "0" if number is None else spoken(number)


def who_gets_it(terms: Terms) -> str:
    """To whom an allocation period's match is allocated, in sentences."""
    period = {"pay_period": "month"}.get(terms.matching.allocated_every, _PERIOD[terms.matching.allocated_every])
    told = [f"A {period}'s match is allocated to {_employed(terms.accrual, period)}.", *_hours(terms.accrual, period)]
    if withheld := terms.accrual.withheld_from_highly_compensated:
        told.append(f"Highly Compensated Employees get none of {_withheld(terms, withheld)}.")
    return " ".join(told)


def _withheld(terms: Terms, options: Sequence[str]) -> str:
    """What the Highly Compensated get none of: the whole match, or that of the options named."""
    whole = all(formula.option.startswith(tuple(options)) for formula in terms.matching.formulas)
    return "it" if whole else f"what {listed(options)} gives"


def _employed(part: Accrual, period: str) -> str:
    last_day = "those employed by the Employer on the last day of the Plan Year"
    if part.safe_harbor:
        return f"{last_day} with an hour in it, and to those with {part.safe_harbor_hours} hours in it"
    excepted = [_LEAVINGS[each] for each in part.no_employment_after]
    others = f", and to those who in the Plan Year {listed(excepted, 'or')}" if excepted else ""
    return {
        "plan_year_end": f"{last_day}{others}",
        "allocation_period_end": f"those employed by the Employer on the {period}'s last day{others}",
        "none": f"everybody, on the {period}'s last day",
    }[part.match_employment_condition]


def _hours(part: Accrual, period: str) -> Iterator[str]:
    if part.safe_harbor or not (part.match_hours or part.match_leavers_hours):
        return
    shared = "" if period == "Plan Year" else f", shared out evenly over its {period}s"
    others = [] if part.match_leavers_hours is None else [f"{spoken(part.match_leavers_hours)} of those who left in it"]
    if part.no_hours_after:
        others.append(f"none of those who {listed([_LEAVINGS[each] for each in part.no_hours_after], 'or')}")
    also = f" ({', '.join(others)})" if others else ""
    yield f"It asks for {spoken(part.match_hours)} hours in the Plan Year{also}{shared}."
