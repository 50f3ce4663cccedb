"""Article VI while still employed: withdrawals by age or years, and hardship before and after separation (54)."""

from datetime import date
from decimal import Decimal
from typing import Any

from oracle_dates import age_reached, anniversary
from oracle_distribution import last_separation
from oracle_participation import entry
from oracle_person import Known
from oracle_schedules import ACCOUNTS, percents, reached_on, retires_on
from oracle_terms import FULL, Terms
from oracle_vesting import projected_on, vesting_state

WITHDRAWAL_AGE = Decimal("59.5")


def in_service(facts: Known, terms: Terms) -> dict[str, Any]:
    """Answer for withdrawals before Separation from Service and for hardship; null or empty where there is none."""
    at_work = facts.employed(terms) and entry(facts, terms) is not None
    return {
        "employer_withdrawal_on": employer_withdrawal(facts, terms) if at_work else None,
        "deferral_withdrawal_on": deferral_withdrawal(facts, terms) if at_work else None,
        "hardship_accounts": hardship_accounts(facts, terms),
    }


def employer_withdrawal(facts: Known, terms: Terms) -> date | None:
    """First day to withdraw employer money: the earliest of AA 6.03(e) and (f); null if none can be told."""
    payment, entered, days = terms.plan.payment, entry(facts, terms), []
    if entered is None:
        return None
    if payment.employer_retirement:
        days.append(retires_on(facts, terms))
    if payment.employer_age is not None:
        vested = vested_on(facts, payment.employer_age_percent, terms)
        if vested is not None:
            days.append(max(age_reached(facts.birth_date, payment.employer_age, terms), vested))
    if payment.employer_years is not None:
        vested = vested_on(facts, FULL, terms)
        if vested is not None:
            days.append(max(anniversary(entered, payment.employer_years, terms), vested))
    return max(entered, min(days)) if days else None


def vested_on(facts: Known, wanted: Decimal, terms: Terms) -> date | None:
    """Day on which both accounts have the percentage: reached, or if every period from now on is a Year."""
    if wanted == 0:
        return date.min
    state = vesting_state(facts, terms)
    reached = [reached_on(state, account, wanted) for account in ACCOUNTS]
    days = [day for day in reached if day is not None]
    return max(days) if len(days) == len(reached) else projected_on(state, wanted)


def deferral_withdrawal(facts: Known, terms: Terms) -> date | None:
    """First day to withdraw the deferral and qualified accounts (AA 6.03(i), (j))."""
    payment, entered = terms.plan.payment, entry(facts, terms)
    if entered is None:
        return None
    if payment.deferral_retirement:
        return max(entered, retires_on(facts, terms), age_reached(facts.birth_date, WITHDRAWAL_AGE, terms))
    if payment.deferral_age is None:
        return None
    return max(entered, age_reached(facts.birth_date, payment.deferral_age, terms))


def hardship_accounts(facts: Known, terms: Terms) -> list[str]:
    """Accounts from which a hardship distribution can be had (AA 6.01(i), (j); 6.03(g), (k)).

    An account that is empty, or of which nothing is owned, has nothing to distribute.
    """
    shares = percents(vesting_state(facts, terms))
    owned = [account for account in ACCOUNTS if shares[account] > 0]
    return [
        account
        for account in _elected_accounts(facts, terms)
        if facts.accounts[account] > 0 and (account == "deferral" or account in owned)
    ]


def _elected_accounts(facts: Known, terms: Terms) -> list[str]:
    payment, separation = terms.plan.payment, last_separation(facts, terms)
    if entry(facts, terms) is None:
        return []
    if separation is not None:
        if not payment.hardship_after or separation.reason == "death":
            return []
        return [*(["deferral"] if payment.hardship_after == "(2)" else []), *ACCOUNTS]
    found = ["deferral"] if payment.hardship_deferral else []
    shares = percents(vesting_state(facts, terms))
    if payment.hardship_employer and all(shares[account] >= payment.hardship_percent for account in ACCOUNTS):
        found += ACCOUNTS
    return found
