"""IRC 401(a)(17), 402(g) and Plan 3.06: yearly limits on pay and deferrals, and who keeps an allocation."""

from collections.abc import Iterator
from datetime import date
from decimal import Decimal

from planrules import law
from planrules.dates import MONTHS_IN_A_YEAR
from planrules.errors import LawError
from planrules.plan import Terms
from planrules.testing.case import Case
from planrules.testing.plan_calendar import Span
from planrules.testing.properties.definition import Claim, stated
from planrules.testing.properties.matching import no_match

_CENT = Decimal("0.01")


def yearly_limit(case: Case, plan_year: Span) -> Decimal | None:
    """Dollars of Compensation that count in a Plan Year: the law's, or the plan's own where that is less.

    Of a first Plan Year read to be short, its months' part. Null when the law's is not on file.
    """
    try:
        amount = law.limit_for_period("compensation_limit", plan_year.first, plan_year.last).amount
    except LawError:
        return None
    start = case.terms.compensation.first_plan_year_start
    if start is not None and plan_year.holds(start):
        months = (plan_year.last.year - start.year) * MONTHS_IN_A_YEAR + plan_year.last.month - start.month + 1
        if start.day > 1 or months >= MONTHS_IN_A_YEAR:
            return None
        amount = (law.limit("compensation_limit", start.year).amount * months / MONTHS_IN_A_YEAR).quantize(_CENT)
    own = case.terms.compensation.compensation_maximum
    return amount if own is None else min(amount, own)


@stated(
    *("IRC 401(a)(17)", "Plan 1.12", "AA 1.12(d)"),
    reads=("matching.compensation_counted", "matching.compensation"),
    not_about=no_match,
)
def pay_above_the_yearly_limit_is_not_matched(case: Case) -> Iterator[Claim]:
    """In a Plan Year no more Compensation counts for the match than the limit of the year in which it begins.

    Below the limit every dollar counts, where the limit is reached in date order.
    """
    if not case.told.settles("total"):
        return
    calendar, used = case.history.calendar, dict[date, Decimal]()
    in_order = case.terms.compensation.compensation_limit_in_match == "in_date_order"
    for line in case.told.matching:
        plan_year = calendar.plan_year(line["month_end"])
        limit, before = yearly_limit(case, plan_year), used.get(plan_year.last, Decimal(0))
        counted, paid = line["compensation_counted"], line["compensation"]
        if limit is None or counted is None or paid is None:
            return
        why = f"{paid} paid by {line['month_end']}, {before} counted before it"
        most = min(Decimal(paid), limit - before)
        yield Claim(counted <= most, f"at most {most}", counted, why)
        if in_order:
            yield Claim(counted == most, most, counted, why)
        used[plan_year.last] = before + counted


@stated("IRC 402(g)", "Plan 14.07", reads=("annual_limit", "deferred_in_calendar_year"))
def deferrals_are_held_to_the_calendar_year_limit(case: Case) -> Iterator[Claim]:
    """The limit told on elective deferrals is that of the calendar year asked about, none where none is on file.

    What was deferred in the calendar year is all that the Employer's checks paid in it, by that day, took off.
    """
    told, history = case.told, case.history
    if not case.terms.deferral.elected:
        return
    amount = law.limits("elective_deferral_limit").get(case.as_of.year)
    expected = None if amount is None else amount.amount
    found = told.money("annual_limit")
    yield Claim(found == expected, expected, found, f"the calendar year {case.as_of.year}")
    so_far = told.money("deferred_in_calendar_year")
    if so_far is not None and told.settles("deferred_in_calendar_year"):
        own = case.terms.service.own_employers
        checks = [
            row.salary_reduction
            for row in history.rows
            if row.paid_on <= case.as_of and row.paid_on.year == case.as_of.year and history.employer_of(row) in own
        ]
        due = sum(checks, Decimal(0))
        yield Claim(so_far == due, due, so_far, f"{len(checks)} checks paid in the calendar year")


def _no_maximum(terms: Terms) -> str | None:
    return None if terms.deferral.deferral_percent is not None else "the plan sets no maximum percentage on deferrals"


@stated(
    *("AA 3.01(k)(1)(ii)", "IRC 401(a)(17)"),
    reads=("plan_year_maximum", "plan_year_compensation"),
    not_about=_no_maximum,
)
def the_plan_s_own_maximum_is_of_the_year_s_pay(case: Case) -> Iterator[Claim]:
    """The plan's maximum is its percentage of the Plan Year's Compensation so far, which the yearly limit bounds."""
    told, percent = case.told, case.terms.deferral.deferral_percent
    most, pay = told.money("plan_year_maximum"), told.money("plan_year_compensation")
    if percent is None or most is None or pay is None or not told.settles("plan_year_maximum"):
        return
    limit = yearly_limit(case, case.history.calendar.plan_year(case.as_of))
    if limit is not None:
        yield Claim(pay <= limit, f"at most {limit}", pay, "the limit of IRC 401(a)(17)")
    due = pay * percent / 100
    yield Claim(due - _CENT < most <= due, f"{due}, rounded down", most, f"{percent}% of {pay}")


def _not_by_employment(terms: Terms) -> str | None:
    accrual = terms.accrual
    if accrual.match_employment_condition == "none" or accrual.safe_harbor:
        return "the match has no condition of employment alone (AA 3.06(c), (e))"
    if accrual.match_hours or accrual.match_leavers_hours is not None or accrual.no_employment_after:
        return "the condition of employment is joined with others (AA 3.06(d), (e)(2)-(4))"
    return no_match(terms)


@stated(
    *("AA 3.06(e)", "Plan 3.06(C)"),
    reads=("matching.allocated", "matching.tested_on", "allocated_total"),
    not_about=_not_by_employment,
)
def allocated_only_to_who_is_employed_on_the_day(case: Case) -> Iterator[Claim]:
    """A match is allocated exactly to those employed by the Employer on the day of the test, once that has come."""
    if not (case.told.settles("allocated_total") and case.told.settles("total")):
        return
    at_year_end = case.terms.accrual.match_employment_condition == "plan_year_end"
    for line in case.told.matching:
        end = line["month_end"]
        day = case.history.calendar.plan_year_end(end) if at_year_end else end
        yield Claim(line["tested_on"] == day, day, line["tested_on"], f"the period that ends on {end}")
        if line["allocated"] is not None:
            expected = day <= case.as_of and case.history.employed_on(day)
            yield Claim(line["allocated"] == expected, expected, line["allocated"], f"employment on {day}")


@stated("AA 3.01(k)(4)", "Plan 14.02", reads=("next_change_on", "next_revocation_on", "next_resumption_on"))
def deferrals_change_on_the_next_day_elected(case: Case) -> Iterator[Claim]:
    """A salary reduction agreement can next be changed, revoked or resumed on a day ahead.

    Where Plan Entry Dates are elected it is the first of them after the day asked about.
    """
    told, deferral = case.told, case.terms.deferral
    times = {
        "next_change_on": deferral.changing,
        "next_revocation_on": deferral.revoking,
        "next_resumption_on": deferral.resuming,
    }
    for name, when in times.items():
        day = told.day(name)
        if when is None or day is None or not told.settles(name):
            continue
        yield Claim(day > case.as_of, f"after {case.as_of}", day, name)
        if when.kind == "plan_entry_date":
            dates = case.history.calendar.entry_dates(case.as_of)
            expected = next(each for each in dates if each > case.as_of)
            yield Claim(day == expected, expected, day, name)


PROPERTIES = (
    pay_above_the_yearly_limit_is_not_matched,
    deferrals_are_held_to_the_calendar_year_limit,
    the_plan_s_own_maximum_is_of_the_year_s_pay,
    allocated_only_to_who_is_employed_on_the_day,
    deferrals_change_on_the_next_day_elected,
)
