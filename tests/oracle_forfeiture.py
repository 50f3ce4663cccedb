"""Forfeitures of Article V and their restoration: cash-outs, actual and deemed, and Forfeiture Breaks."""

from datetime import date
from typing import Any

from oracle_accrual import entitled
from oracle_breaks import close_of
from oracle_dates import DAY, anniversary, plan_year_end, plan_year_start
from oracle_participation import entry
from oracle_person import Known, Person, known
from oracle_schedules import Percents, accounts_of, least, percents, some_is_vested
from oracle_terms import FULL, RESTORATION_YEARS, Terms
from oracle_vesting import deferred_by, vesting_state


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
    then = known(person, event_on, terms)
    deemed = no_vested_money and terms.plan.vesting.deemed_cash_out
    if deemed and _is_nothing(percents(vesting_state(then, terms)), then, terms):
        return min([deemed_cash_out(then, event_on, terms), *cash_outs])  # the earlier of actual and deemed (5.09)
    state = vesting_state(facts, terms)
    at_once = [
        paid_on
        for paid_on in cash_outs
        if least(_percents_at_close(facts, paid_on, terms), terms) < FULL
        and not any(event_on <= freeze.on < paid_on for freeze in state.freezes)
    ]
    by_break = [
        freeze.on for freeze in state.freezes[-1:] if least(freeze.percents, terms) < FULL and freeze.on >= entered
    ]
    if at_once:  # a Break before the last day took the money of an earlier employment, not what the cash-out takes
        by_break = [day for day in by_break if day >= event_on]
    return min(at_once + by_break, default=None)


def _deferral_account(facts: Known, cash_outs: list[date]) -> bool:
    """Say whether there was a deferral account on the last day (AA 5.04(b), A-13); `cash_outs` are those since.

    A balance of nothing means none, unless one of them emptied it: a salary reduction had been made by its day.
    """
    return facts.accounts["deferral"] > 0 or any(deferred_by(facts, paid_on) for paid_on in cash_outs)


def deemed_cash_out(then: Known, event_on: date, terms: Terms) -> date:
    """Day of separation, or the first day of the next Plan Year if entitled to an allocation for this one (5.04(C))."""
    return plan_year_end(event_on, terms) + DAY if entitled(then, event_on, terms) else event_on


def _is_nothing(shares: Percents, facts: Known, terms: Terms) -> bool:
    """Say whether 0% vested: in each account that the plan can have (convention 49), nor by AA 5.03(f)."""
    return all(shares[account] == 0 for account in accounts_of(terms)) and not some_is_vested(facts, terms)


def _percents_at_close(facts: Known, day: date, terms: Terms) -> Percents:
    """Percentages at the close of the day's vesting period (of `as_of`, while it runs), from all that is known."""
    return percents(vesting_state(facts, terms, through=close_of(day, facts, terms)))


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
                "restored_on": plan_year_end(repaid_on, terms),
                "restoration_valued_on": plan_year_start(paid_on, terms) - DAY,
            }
    deemed_on = _deemed_before_return(person, facts, terms)
    return {
        "restored_on": None if deemed_on is None else plan_year_end(facts.relationships[-1].start, terms),
        "restoration_valued_on": None if deemed_on is None else plan_year_start(deemed_on, terms) - DAY,
    }


def _restores(facts: Known, paid_on: date, repaid_on: date, terms: Terms) -> bool:
    """Say whether money was forfeited, and repaid within 5 years of return and before a Forfeiture Break (5.04(A)).

    Money was forfeited if the person had entered by the cash-out and was below 100% at the close of its Plan Year (of
    the day, while that year runs).
    """
    entered = entry(facts, terms)
    if entered is None or entered > paid_on or least(_percents_at_close(facts, paid_on, terms), terms) == FULL:
        return False
    returns = [spell.start for spell in facts.relationships if spell.start > paid_on]
    if not returns or not returns[0] <= repaid_on <= anniversary(returns[0], RESTORATION_YEARS, terms):
        return False
    left_on = max((spell.end for spell in facts.relationships if spell.end and spell.end <= paid_on), default=paid_on)
    breaks = [freeze.on for freeze in vesting_state(facts, terms).freezes]
    return not any(left_on <= day <= plan_year_end(repaid_on, terms) for day in breaks)


def _deemed_before_return(person: Person, facts: Known, terms: Terms) -> date | None:
    """Day of the deemed cash-out that the latest return to the Employer restores; null if there is none (5.04(C)).

    The return is the deemed repayment. It comes too late after a Forfeiture Break, and an actual cash-out in between
    has to be repaid in fact.
    """
    spells, entered = facts.relationships, entry(facts, terms)
    if len(spells) < 2 or entered is None:
        return None
    left_on, back_on = spells[-2].end, spells[-1].start
    if left_on is None or entered > left_on or not _nothing_vested_on_leaving(facts, left_on, terms):
        return None
    deemed_on = deemed_cash_out(known(person, left_on, terms), left_on, terms)
    if deemed_on >= back_on or any(left_on <= paid_on <= back_on for paid_on in _cash_outs(person, facts.as_of)):
        return None
    breaks = [freeze.on for freeze in vesting_state(facts, terms).freezes]
    return None if any(deemed_on <= day <= back_on for day in breaks) else deemed_on


def _nothing_vested_on_leaving(facts: Known, left_on: date, terms: Terms) -> bool:
    """Say whether 0% vested with no money of one's own, so that leaving was a cash-out (AA 5.04(b), A-13).

    The percentages are those at the close of the period; a salary reduction by the last day made a deferral account.
    """
    return (
        terms.plan.vesting.deemed_cash_out
        and _is_nothing(_percents_at_close(facts, left_on, terms), facts, terms)
        and not deferred_by(facts, left_on)
        and facts.accounts["qualified_nonelective"] == 0
    )
