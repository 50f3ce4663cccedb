"""Article VI: what follows from a Separation from Service, and when it is paid."""

from dataclasses import replace
from datetime import date, timedelta
from decimal import Decimal
from typing import Any

from dateutil.relativedelta import relativedelta
from oracle_breaks import vesting_periods
from oracle_dates import DAY, age_reached, anniversary, plan_year_end
from oracle_forfeiture import forfeiture, restoration
from oracle_person import Known, Person, Span, hundredths, known
from oracle_plan import Date, DateRule
from oracle_schedules import ACCOUNTS, percents, retires_on
from oracle_terms import CONSENT_AGE, REQUIRED_SINCE, SMALL_BENEFIT, Terms
from oracle_vesting import vesting_state

FIELDS = (
    "event_on",
    "immediate",
    "payable_after_on",
    "vested_total",
    "consent_required",
    "default_payment_on",
    "required_beginning_on",
    "forfeiture_on",
)
SEVENTY_AND_A_HALF = Decimal("70.5")


def distribution(person: Person, facts: Known, terms: Terms) -> dict[str, Any]:
    """Answer the distribution part: null unless separated (convention 20).

    Only the required beginning date and the restoration may be given to someone employed.
    """
    answer: dict[str, Any] = dict.fromkeys(FIELDS)
    if facts.employed(terms):
        answer["required_beginning_on"] = required_beginning_at_work(facts, terms)
    separation = last_separation(facts, terms)
    if separation is not None and separation.end is not None:
        event_on = separation.end
        payable = payable_after(person, facts, separation, terms)
        answer |= {
            "event_on": event_on,
            "immediate": payable == event_on,
            "payable_after_on": payable,
            "vested_total": hundredths(vested_total(facts, terms)),
            "consent_required": consent_required(facts, terms),
            "default_payment_on": default_payment(facts, separation, terms),
            "required_beginning_on": required_beginning(facts.birth_date, event_on, terms),
            "forfeiture_on": forfeiture(person, facts, event_on, terms),
        }
    return answer | restoration(person, facts, terms)


def last_separation(facts: Known, terms: Terms) -> Span | None:
    """Give the last relationship with the Employer, if it is over at the close of the day (conventions 3 and 5)."""
    spells = facts.relationships
    return spells[-1] if spells and not facts.employed(terms) else None


def payable_after(person: Person, facts: Known, separation: Span, terms: Terms) -> date | None:
    """Day after which payment is due or may be elected (AA 6.01, 6.03; conventions 21 and 53); null if not known yet.

    On death as soon as practical; a small benefit by 6.01(a) to (e); any other by the earliest of the dates of 6.03,
    not before the general distribution date.
    """
    event_on, payment = separation.end, terms.plan.payment
    if event_on is None or separation.reason == "death":
        return event_on
    then = known(person, event_on, terms)
    if separation.reason == "disability" and payment.disability is not None:
        return rule_date(payment.disability, event_on, then, terms)
    general = rule_date(payment.general, event_on, then, terms)
    small = vested_total(facts, terms) <= SMALL_BENEFIT
    if small and not payment.small:
        return general
    elected = [_elected(each, event_on, then, facts, terms) for each in (payment.small if small else payment.large)]
    earliest = min((day for day in elected if day is not None), default=None)
    return earliest if small or earliest is None else max(general, earliest)


def rule_date(rule: DateRule, base: date, then: Known, terms: Terms) -> date:
    """Day that a rule counts from another one; that day itself where the rule pays at once."""
    if any(_at_once(each, base, then, terms) for each in rule.at_once_from):
        return base
    if rule.plan_years is not None:
        first = base + DAY if base == plan_year_end(base, terms) else plan_year_end(base, terms) + DAY
        for _ in range(rule.plan_years - 1):
            first = plan_year_end(first, terms) + DAY
        if rule.day == "last":
            return plan_year_end(first, terms)
        return first if rule.day == "first" else first + timedelta(days=int(rule.day) - 1)
    if rule.months is not None:
        return base + relativedelta(months=rule.months)
    return base + timedelta(days=rule.days)


def _at_once(case: tuple[Decimal | None, int | None], event_on: date, then: Known, terms: Terms) -> bool:
    """Say whether the age, and the years of service where asked, were reached on the last day (convention 20)."""
    age, years = case
    reached = retires_on(then, terms) if age is None else age_reached(then.birth_date, age, terms)
    return reached <= event_on and (years is None or has_years(then, years, terms))


def has_years(then: Known, years: int, terms: Terms) -> bool:
    """Say whether so many years of service at separation: vesting Years, or elapsed employment by the Employer (A-2).

    Elapsed: the relationships laid end to end from the first day reach that anniversary of it.
    """
    if terms.ten_years_of_service == "vesting_years":
        return len(vesting_state(then, terms).credited) >= years
    spells = then.relationships
    employed = sum((((spell.end or then.as_of) - spell.start) + DAY for spell in spells), timedelta())
    return spells[0].start + employed >= anniversary(spells[0].start, years, terms)


def _elected(option: Date, event_on: date, then: Known, facts: Known, terms: Terms) -> date | None:
    """One elected distribution date; null while it has not come about, or never does (convention 53)."""
    retires = retires_on(then, terms)
    match option.since:
        case "separation":
            return rule_date(option.rule, event_on, then, terms)
        case "retirement":
            return _after_retirement_age(option, event_on, then, terms)
        case "retirement_year":
            return max(plan_year_end(retires, terms), event_on)
        case "age" if option.age is not None:
            enough = len(vesting_state(facts, terms).credited) >= option.years
            return max(age_reached(facts.birth_date, option.age, terms), event_on) if enough else None
    closed_on = _breaks_close(option.breaks, event_on, facts, terms)
    return None if closed_on is None else rule_date(option.rule, closed_on, then, terms)


def _after_retirement_age(option: Date, event_on: date, then: Known, terms: Terms) -> date:
    """Date of 6.01(d): counted from attaining the age, however long ago; only the wait of days from separation."""
    if any(_at_once(each, event_on, then, terms) for each in option.rule.at_once_from):
        return event_on
    after_age = rule_date(replace(option.rule, at_once_from=()), retires_on(then, terms), then, terms)
    return max(after_age, event_on + timedelta(days=option.wait))


def _breaks_close(count: int, event_on: date, facts: Known, terms: Terms) -> date | None:
    """Last day of the `count`-th Break in a row of those that close on the last day of employment or later."""
    in_a_row = 0
    for period in vesting_periods(facts, terms):
        if period.through >= event_on:
            in_a_row = in_a_row + 1 if period.is_break else 0
            if in_a_row == count:
                return period.through
    return None


def vested_total(facts: Known, terms: Terms) -> Decimal:
    """Vested money in dollars (convention 22); never less than the amount of AA 5.03(f), or all there is."""
    accounts, share = facts.accounts, percents(vesting_state(facts, terms))
    vested = sum((accounts[account] * share[account] / 100 for account in ACCOUNTS), Decimal(0))
    vested += accounts["deferral"] + accounts["qualified_nonelective"]
    least = terms.plan.vesting.least
    return vested if least is None else max(vested, min(least, sum(accounts.values(), Decimal(0))))


def consent_required(facts: Known, terms: Terms) -> bool:
    """Say whether the vested total is over $3,500.00 before the later of Normal Retirement Age and 62 (22)."""
    ages = [retires_on(facts, terms), age_reached(facts.birth_date, CONSENT_AGE, terms)]
    return vested_total(facts, terms) > SMALL_BENEFIT and facts.as_of < max(ages)


def default_payment(facts: Known, separation: Span, terms: Terms) -> date | None:
    """60th day after a Plan Year (convention 23; 6.01(A)(1), (2), (C)).

    That of death; for a small benefit of the later of Normal Retirement Age and separation; else of these and 62.
    """
    if separation.end is None:
        return None
    days = [separation.end]
    if separation.reason != "death":
        days.append(retires_on(facts, terms))
        if vested_total(facts, terms) > SMALL_BENEFIT:
            days.append(age_reached(facts.birth_date, CONSENT_AGE, terms))
    return plan_year_end(max(days), terms) + timedelta(days=60)


def required_beginning(birth_date: date, event_on: date, terms: Terms) -> date:
    """1 April after the calendar year of 70 1/2; reached before 1988, of the later of it and separation (24)."""
    year = age_reached(birth_date, SEVENTY_AND_A_HALF, terms).year
    if year < REQUIRED_SINCE:
        year = max(year, event_on.year)
    return date(year + 1, 4, 1)


def required_beginning_at_work(facts: Known, terms: Terms) -> date | None:
    """1 April after the calendar year of 70 1/2, for one still employed, once that year has begun (6.01(B)).

    Null before it, and for one who reached that age before 1988: no separation yet sets the date.
    """
    year = age_reached(facts.birth_date, SEVENTY_AND_A_HALF, terms).year
    return date(year + 1, 4, 1) if REQUIRED_SINCE <= year <= facts.as_of.year else None
