"""Article V: parts of the employer money by when they accrued, where their percentages differ (5.08(a), 7.05)."""

from datetime import date
from decimal import Decimal
from typing import Any

from oracle_dates import DAY, days
from oracle_participation import entry
from oracle_person import Known
from oracle_schedules import Freeze, Ratchet, Vesting, floors, scheduled
from oracle_terms import Terms


def portions(state: Vesting, account: str = "employer") -> list[dict[str, Any]]:
    """Give the parts of an account, empty where there is one.

    The first part has no first day and the last no last day. A part in which the person was no Participant at work
    holds no money and is left out.
    """
    cuts = {freeze.on for freeze in state.freezes} | _steps(floors(state), account)
    for freeze in state.freezes:
        cuts |= _steps(list(freeze.ratchets), account)
    ends: list[date | None] = [*sorted(cuts), None]
    parts: list[dict[str, Any]] = []
    after: date | None = None
    for end in ends:
        first = None if after is None else after + DAY
        if _accrues(state.facts, state.terms, first, end):
            now = _percent_of(state, account, end)
            if parts and parts[-1]["percent"] == now:
                parts[-1]["accrued_through"] = end
            else:
                parts.append({"accrued_from": first, "accrued_through": end, "percent": now})
        after = end
    if len(parts) < 2:
        return []
    return [
        {**part, "accrued_from": part["accrued_from"] if index else None}
        | ({"accrued_through": None} if index == len(parts) - 1 else {})
        for index, part in enumerate(parts)
    ]


def _steps(ratchets: list[Ratchet], account: str) -> set[date]:
    """Last days of the top-heavy Plan Years whose percentage is more than that of every later one."""
    return {
        ratchet.through
        for number, ratchet in enumerate(ratchets)
        if ratchet.percents[account] > max((later.percents[account] for later in ratchets[number + 1 :]), default=0)
    }


def _percent_of(state: Vesting, account: str, accrued_through: date | None) -> int | Decimal:
    """Percentage of the money accrued up to a cut; null for the money after the last one."""
    frozen = [freeze for freeze in state.freezes if accrued_through is not None and accrued_through <= freeze.on]
    if frozen:
        best = max(frozen[0].scheduled[account], _floor(state, account, accrued_through, frozen[0]))
    else:
        best = max(scheduled(state, account, state.day), _floor(state, account, accrued_through or state.day, None))
    return int(best) if best == int(best) else best


def _floor(state: Vesting, account: str, accrued_on: date | None, freeze: Freeze | None) -> Decimal:
    """Best top-heavy percentage that is a floor for money accrued on the day (convention 18)."""
    ratchets = floors(state) if freeze is None else freeze.ratchets
    covering = [
        ratchet.percents[account]
        for ratchet in ratchets
        if state.terms.top_heavy_floor == "all_money" or (accrued_on is not None and accrued_on <= ratchet.through)
    ]
    return max(covering, default=Decimal(0))


def _accrues(facts: Known, terms: Terms, first: date | None, last: date | None) -> bool:
    """Say whether the person was a Participant at work on a day of the part."""
    entered = entry(facts, terms)
    if entered is None:
        return False
    begin = entered if first is None else max(first, entered)
    end = facts.as_of if last is None else min(last, facts.as_of)
    return any(facts.works_on(day) for day in days(begin, end))
