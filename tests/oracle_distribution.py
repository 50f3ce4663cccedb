"""Article VI and the forfeitures of Article V: what follows from a Separation from Service."""

from datetime import date, timedelta
from decimal import Decimal
from typing import Any

from dateutil.relativedelta import relativedelta
from oracle_dates import DAY, anniversary, plan_year_end, plan_year_start
from oracle_participation import entry
from oracle_person import Known, Person, Span, hours_by_day, known
from oracle_terms import (
    CONSENT_AGE,
    EARLY_AGE,
    EARLY_YEARS,
    EMPLOYER,
    NORMAL_RETIREMENT_AGE,
    REQUIRED_SINCE,
    RESTORATION_YEARS,
    SMALL_BENEFIT,
    WAITING_DAYS,
    YEAR_HOURS,
    Terms,
)
from oracle_vesting import deferred_by, percent, vesting_state

FIELDS = (
    "event_on",
    "immediate",
    "payable_after_on",
    "consent_required",
    "default_payment_on",
    "required_beginning_on",
    "forfeiture_on",
)


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
        immediate = is_immediate(person, separation, terms)
        answer |= {
            "event_on": event_on,
            "immediate": immediate,
            "payable_after_on": event_on if immediate else event_on + timedelta(days=WAITING_DAYS),
            "consent_required": consent_required(facts, terms),
            "default_payment_on": default_payment(facts.birth_date, separation, terms),
            "required_beginning_on": required_beginning(facts.birth_date, event_on, terms),
            "forfeiture_on": forfeiture(person, facts, event_on, terms),
        }
    return answer | restoration(person, facts, terms)


def last_separation(facts: Known, terms: Terms) -> Span | None:
    """Give the last relationship with the Employer, if it is over at the close of the day (conventions 3 and 5)."""
    spells = facts.steel_spells()
    return spells[-1] if spells and not facts.employed(terms) else None


def is_immediate(person: Person, separation: Span, terms: Terms) -> bool:
    """Say whether payable without the 90 days: death, disability, 65, or 55 with 10 years (convention 20)."""
    event_on = separation.end
    if event_on is None or separation.reason in {"death", "disability"}:
        return event_on is not None
    then = known(person, event_on)
    if anniversary(then.birth_date, NORMAL_RETIREMENT_AGE, terms) <= event_on:
        return True
    return anniversary(then.birth_date, EARLY_AGE, terms) <= event_on and has_ten_years(then, terms)


def has_ten_years(then: Known, terms: Terms) -> bool:
    """Say whether 10 years of service at separation: vesting Years, or elapsed employment by the Employer (A-2).

    Elapsed: the relationships laid end to end from the first day reach the tenth anniversary of that day.
    """
    if terms.ten_years_of_service == "vesting_years":
        return len(vesting_state(then, terms).credited) >= EARLY_YEARS
    spells = then.steel_spells()
    employed = sum((((spell.end or then.as_of) - spell.start) + DAY for spell in spells), timedelta())
    return spells[0].start + employed >= anniversary(spells[0].start, EARLY_YEARS, terms)


def consent_required(facts: Known, terms: Terms) -> bool:
    """Say whether the vested total is over $3,500.00 before the later of 65 and 62 (convention 22)."""
    accounts = facts.accounts
    share = percent(vesting_state(facts, terms), facts.as_of)
    employer_money = (accounts["regular_matching"] + accounts["employer"]) * share / 100
    vested = accounts["deferral"] + accounts["qualified_nonelective"] + employer_money
    ages = [anniversary(facts.birth_date, age, terms) for age in (NORMAL_RETIREMENT_AGE, CONSENT_AGE)]
    return vested > SMALL_BENEFIT and facts.as_of < max(ages)


def default_payment(birth_date: date, separation: Span, terms: Terms) -> date | None:
    """60th day after the Plan Year of the latest of 65, 62 and separation; after death, of death (convention 23)."""
    if separation.end is None:
        return None
    ages = [anniversary(birth_date, age, terms) for age in (NORMAL_RETIREMENT_AGE, CONSENT_AGE)]
    latest = separation.end if separation.reason == "death" else max(*ages, separation.end)
    return plan_year_end(latest) + timedelta(days=60)


def required_beginning(birth_date: date, event_on: date, terms: Terms) -> date:
    """1 April after the calendar year of 70 1/2; reached before 1988, of the later of it and separation (24)."""
    year = seventy_and_a_half(birth_date, terms).year
    if year < REQUIRED_SINCE:
        year = max(year, event_on.year)
    return date(year + 1, 4, 1)


def required_beginning_at_work(facts: Known, terms: Terms) -> date | None:
    """1 April after the calendar year of 70 1/2, for one still employed, once that year has begun (6.01(B)).

    Null before it, and for one who reached that age before 1988: no separation yet sets the date.
    """
    year = seventy_and_a_half(facts.birth_date, terms).year
    return date(year + 1, 4, 1) if REQUIRED_SINCE <= year <= facts.as_of.year else None


def seventy_and_a_half(birth_date: date, terms: Terms) -> date:
    """Day six calendar months after the 70th birthday (6.01(B))."""
    return anniversary(birth_date, 70, terms) + relativedelta(months=6)


def forfeiture(person: Person, facts: Known, event_on: date, terms: Terms) -> date | None:
    """Day on which unvested employer money is forfeited; only for one who entered (5.04, 5.09; convention 25).

    An actual cash-out forfeits at once below 100% at the close of its Plan Year, unless a Forfeiture Break that came
    after the last employment was there first.
    """
    entered = entry(facts, terms)
    if entered is None:
        return None
    cash_outs = [paid_on for paid_on in _cash_outs(person, facts.as_of) if paid_on >= event_on]
    no_vested_money = facts.accounts["qualified_nonelective"] == 0 and not _deferral_account(facts, cash_outs)
    if no_vested_money and _percent_on(person, event_on, terms) == 0:
        return deemed_cash_out(known(person, event_on), event_on, terms)
    state = vesting_state(facts, terms)
    at_once = [
        paid_on
        for paid_on in cash_outs
        if _percent_at_close(facts, paid_on, terms) < 100
        and not any(event_on <= freeze.on < paid_on for freeze in state.freezes)
    ]
    by_break = [freeze.on for freeze in state.freezes[-1:] if freeze.percent < 100 and freeze.on >= entered]
    if at_once:  # a Break before the last day took the money of an earlier employment, not what the cash-out takes
        by_break = [day for day in by_break if day >= event_on]
    return min(at_once + by_break, default=None)


def _deferral_account(facts: Known, cash_outs: list[date]) -> bool:
    """Say whether there was a deferral account on the last day (AA 5.04(b), A-13); `cash_outs` are those since.

    A balance of nothing means none, unless one of them emptied it: a salary reduction had been made by its day.
    """
    return facts.accounts["deferral"] > 0 or any(deferred_by(facts, paid_on) for paid_on in cash_outs)


def deemed_cash_out(then: Known, event_on: date, terms: Terms) -> date:
    """Day of separation, or the next 1 October if entitled to an allocation for that Plan Year (5.04(C))."""
    if event_on != plan_year_end(event_on):
        return event_on
    own = [row for row in then.rows if row.employer == EMPLOYER and row.kind == "paid"]
    worked = sum((hours for _, hours in hours_by_day(own, plan_year_start(event_on), event_on, terms)), Decimal(0))
    entered = entry(then, terms)
    enough = worked >= YEAR_HOURS or event_on in terms.top_heavy_plan_years
    return event_on + DAY if entered is not None and enough else event_on


def _percent_on(person: Person, day: date, terms: Terms) -> int:
    """Percentage as it was known at the close of a day."""
    return percent(vesting_state(known(person, day), terms), day)


def _percent_at_close(facts: Known, day: date, terms: Terms) -> int:
    """Percentage at the close of the day's Plan Year (of `as_of`, while that year runs), from all that is known."""
    close = plan_year_end(day)
    return percent(vesting_state(facts, terms, through=close), min(close, facts.as_of))


def _cash_outs(person: Person, as_of: date) -> list[date]:
    """Days of the cash-outs paid by the day, in order."""
    paid = [date.fromisoformat(item["paid_on"]) for item in person.get("distributions") or []]
    return sorted(day for day in paid if day <= as_of)


def restoration(person: Person, facts: Known, terms: Terms) -> dict[str, Any]:
    """When the forfeited money is restored and at which day's value (5.04(A) to (C)); null if it is not.

    A repaid cash-out goes first, then a return after a deemed one; restored at the close of that Plan Year, ahead or
    not, at the value of the last 30 September before the cash-out.
    """
    for item in sorted(person.get("distributions") or [], key=lambda item: str(item["paid_on"]), reverse=True):
        if item["repaid_on"] is None or date.fromisoformat(item["repaid_on"]) > facts.as_of:
            continue
        paid_on, repaid_on = date.fromisoformat(item["paid_on"]), date.fromisoformat(item["repaid_on"])
        if _restores(facts, paid_on, repaid_on, terms):
            return {
                "restored_on": plan_year_end(repaid_on),
                "restoration_valued_on": plan_year_start(paid_on) - DAY,
            }
    deemed_on = _deemed_before_return(person, facts, terms)
    return {
        "restored_on": None if deemed_on is None else plan_year_end(facts.steel_spells()[-1].start),
        "restoration_valued_on": None if deemed_on is None else plan_year_start(deemed_on) - DAY,
    }


def _restores(facts: Known, paid_on: date, repaid_on: date, terms: Terms) -> bool:
    """Say whether money was forfeited, and repaid within 5 years of return and before a Forfeiture Break (5.04(A)).

    Money was forfeited if the person had entered by the cash-out and was below 100% at the close of its Plan Year (of
    the day, while that year runs).
    """
    entered = entry(facts, terms)
    if entered is None or entered > paid_on or _percent_at_close(facts, paid_on, terms) == 100:
        return False
    returns = [spell.start for spell in facts.steel_spells() if spell.start > paid_on]
    if not returns or not returns[0] <= repaid_on <= anniversary(returns[0], RESTORATION_YEARS, terms):
        return False
    left_on = max((spell.end for spell in facts.steel_spells() if spell.end and spell.end <= paid_on), default=paid_on)
    breaks = [freeze.on for freeze in vesting_state(facts, terms).freezes]
    return not any(left_on <= day <= plan_year_end(repaid_on) for day in breaks)


def _deemed_before_return(person: Person, facts: Known, terms: Terms) -> date | None:
    """Day of the deemed cash-out that the latest return to the Employer restores; null if there is none (5.04(C)).

    The return is the deemed repayment. It comes too late after a Forfeiture Break, and an actual cash-out in between
    has to be repaid in fact.
    """
    spells, entered = facts.steel_spells(), entry(facts, terms)
    if len(spells) < 2 or entered is None:
        return None
    left_on, back_on = spells[-2].end, spells[-1].start
    if left_on is None or entered > left_on or not _nothing_vested_on_leaving(facts, left_on, terms):
        return None
    deemed_on = deemed_cash_out(known(person, left_on), left_on, terms)
    if deemed_on >= back_on or any(left_on <= paid_on <= back_on for paid_on in _cash_outs(person, facts.as_of)):
        return None
    breaks = [freeze.on for freeze in vesting_state(facts, terms).freezes]
    return None if any(deemed_on <= day <= back_on for day in breaks) else deemed_on


def _nothing_vested_on_leaving(facts: Known, left_on: date, terms: Terms) -> bool:
    """Say whether 0% vested with no money of one's own, so that leaving was a cash-out (AA 5.04(b), A-13).

    The percentage is that at the close of the Plan Year; a salary reduction by the last day made a deferral account.
    """
    return (
        _percent_at_close(facts, left_on, terms) == 0
        and not deferred_by(facts, left_on)
        and facts.accounts["qualified_nonelective"] == 0
    )
