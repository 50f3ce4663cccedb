"""Article V: the walk through vesting periods and top-heavy Plan Years, and the answer about vesting."""

from datetime import date
from decimal import Decimal
from typing import Any

from oracle_breaks import counts, next_end, vesting_periods
from oracle_dates import DAY, plan_year_end, plan_year_start
from oracle_person import Known, hundredths
from oracle_portions import portions
from oracle_schedules import (
    ACCOUNTS,
    Freeze,
    Ratchet,
    Vesting,
    accounts_of,
    by_years,
    floors,
    percents,
    reached_on,
    retires_on,
    scheduled,
    schedules_of,
    some_is_vested,
    worked_on,
)
from oracle_terms import ELECTION_YEARS, FORFEITURE_BREAKS, FULL, Terms


def vesting_state(facts: Known, terms: Terms, *, through: date | None = None) -> Vesting:
    """Walk the periods' and Plan Years' last days: election, credit, top-heavy floor, freeze, parity, in this order.

    `through` stops the walk at the close of that day; null walks to `as_of`.
    """
    last = facts.as_of if through is None else min(facts.as_of, through)
    state = Vesting(facts, terms, last, date.min)
    periods = facts.once("vesting periods", terms, lambda: vesting_periods(facts, terms))
    state.periods = [period for period in periods if period.start <= last]
    judged = facts.kept_on is None
    for stop in _stops(state):
        if not judged and facts.kept_on is not None and plan_year_start(facts.kept_on, terms) <= stop:
            judged, state.kept_on = True, facts.kept_on if _may_keep(state, facts.kept_on) else None
        state.credited += [
            period.credited_on
            for period in periods
            if period.counts and period.credited_on is not None and state.day < period.credited_on <= stop
        ]
        state.day = stop
        _add_ratchet(state, stop)
        for period in periods:
            if period.through == stop and period.is_break:
                _after_break(state, stop, period.consecutive_breaks)
    state.day = last
    return state


def _stops(state: Vesting) -> list[date]:
    """Days of the walk: the last days of vesting periods and of Plan Years, and the last one of all."""
    if not state.periods:
        return []
    stops, day = {state.last}, state.periods[0].start
    while plan_year_end(day, state.terms) <= state.last:
        stops.add(plan_year_end(day, state.terms))
        day = plan_year_end(day, state.terms) + DAY
    return sorted(stops | {period.through for period in state.periods if period.through <= state.last})


def _may_keep(state: Vesting, kept_on: date) -> bool:
    """Say whether a filing keeps the faster schedule; `state` is that at the close of the Plan Year before it (7.05).

    A top-heavy Plan Year with an hour is over by then, and there are three Years.
    """
    opens = plan_year_start(kept_on, state.terms)
    ends = [end for end in state.terms.top_heavy_plan_years if end < opens]
    had_one = any(worked_on(end, state.facts, state.terms) is not None for end in ends)
    return had_one and len(state.credited) >= ELECTION_YEARS


def _add_ratchet(state: Vesting, stop: date) -> None:
    """Keep the percentages of a top-heavy Plan Year at its close, or where the walk ends in it (7.05)."""
    plan_year = plan_year_end(stop, state.terms)
    if plan_year not in state.terms.top_heavy_plan_years or stop not in {plan_year, state.last}:
        return
    hour = worked_on(plan_year, state.facts, state.terms)
    if hour is None or hour > stop:
        return
    reached = {}
    for account in ACCOUNTS:
        schedules = schedules_of(account, state.terms)
        reached[account] = FULL if schedules is None else by_years(schedules.top_heavy, len(state.credited))
    state.ratchets.append(Ratchet(plan_year, hour, reached))


def _after_break(state: Vesting, stop: date, in_a_row: int) -> None:
    """Freeze the older money at the fifth Break in a row; from it on drop Years by parity (AA 5.08(a), (d))."""
    if in_a_row < FORFEITURE_BREAKS:
        return
    if in_a_row == FORFEITURE_BREAKS:
        by_schedule = {account: scheduled(state, account, stop) for account in ACCOUNTS}
        state.freezes.append(Freeze(stop, by_schedule, tuple(floors(state)), percents(state)))
    if state.terms.plan.vesting.parity and in_a_row >= len(state.credited) and _nothing_vested(state, stop):
        state.credited.clear()


def _nothing_vested(state: Vesting, day: date) -> bool:
    """Say whether 0% vested in employer money at the close of the day, for the rule of parity (convention 16)."""
    reading = state.terms.deferrals_are_employer_contributions
    return not (
        any(percents(state)[account] > 0 for account in accounts_of(state.terms))
        or some_is_vested(state.facts, state.terms)
        or state.facts.accounts["qualified_nonelective"] > 0
        or (reading == "yes" and deferred_by(state.facts, day))
    )


def deferred_by(facts: Known, day: date) -> bool:
    """Say whether a salary reduction was made by the day; the account speaks only where no row ever shows one."""
    reductions = [row for row in facts.rows if facts.is_employer(row.employer) and row.salary_reduction > 0]
    if not reductions:
        return facts.accounts["deferral"] > 0
    return any(row.paid_on <= day and row.end <= day for row in reductions)


def vesting(facts: Known, terms: Terms) -> dict[str, Any]:
    """Answer the vesting part (AA 5.01 to 5.08)."""
    state = vesting_state(facts, terms)
    now = percents(state)
    last = state.freezes[-1] if state.freezes else None
    full = all(now[account] == FULL for account in ACCOUNTS)
    reached = [reached_on(state, account, FULL) for account in ACCOUNTS] if full else []
    return {
        "years_of_service": len(state.credited),
        "schedule": schedule_of(facts.as_of, terms),
        "vested_percent": {
            "deferral": 100,
            "regular_matching": plain(now["regular_matching"]),
            "employer": plain(now["employer"]),
            "qualified_nonelective": 100,
        },
        "vested_percent_before_forfeiture_break": None if last is None else plain(last.percents["employer"]),
        "portions": portions(state),
        "fully_vested_on": max((day for day in reached if day), default=None) if full else projected_on(state, FULL),
        "forfeiture_break_on": None if last is None else last.on,
        "periods": [
            {
                "start": period.start,
                "through": period.through,
                "hours": hundredths(period.hours),
                "year": period.credited_on is not None,
                "break": period.is_break,
                "consecutive_breaks": period.consecutive_breaks,
            }
            for period in state.periods
        ],
    }


def schedule_of(day: date, terms: Terms) -> str:
    """Name the schedule of the Plan Year that holds the day (AA 5.03(b), (d))."""
    schedules = terms.plan.vesting.employer
    always = schedules is not None and schedules.other is None
    return "top_heavy" if always or in_top_heavy_years(day, terms) else "non_top_heavy"


def in_top_heavy_years(day: date, terms: Terms) -> bool:
    """Say whether the top heavy schedule is that of the day's Plan Year, top heavy or after one (AA 5.03(d))."""
    through, top_heavy = plan_year_end(day, terms), terms.top_heavy_plan_years
    ever_after = terms.plan.vesting.top_heavy_ever_after and any(end <= through for end in top_heavy)
    return ever_after or through in top_heavy


def projected_on(state: Vesting, wanted: Decimal) -> date | None:
    """Day on which both accounts have the percentage if every vesting period from today's on is a Year.

    For one employed by the Employer no later than Normal Retirement Age (5.01); null if not employed.
    """
    facts, terms, hired_on = state.facts, state.terms, state.facts.hired_on("vesting")
    if not facts.employed(terms, anywhere=True) or not state.periods or hired_on is None:
        return None
    years, this = len(state.credited), state.periods[-1]
    through = this.through
    if not this.complete and this.credited_on is None:
        years += counts(through, facts.birth_date, terms)
    while through <= facts.as_of or not _enough(state, years, through, wanted):
        through = next_end(through, hired_on, terms)
        years += counts(through, facts.birth_date, terms)
    return min(retires_on(facts, terms), through) if facts.employed(terms) else through


def _enough(state: Vesting, years: int, through: date, wanted: Decimal) -> bool:
    """Say whether so many Years give both accounts the percentage on a day that is not yet over."""
    fast = in_top_heavy_years(through, state.terms) or state.kept_on is not None
    for account in ACCOUNTS:
        schedules = schedules_of(account, state.terms)
        if schedules is None:
            continue
        tables = [schedules.other] if schedules.other is not None else [schedules.top_heavy]
        tables += [schedules.top_heavy] if fast else []
        if max(by_years(each, years) for each in tables if each is not None) < wanted:
            return False
    return True


def plain(percent: Decimal) -> int | Decimal:
    """Write a whole percentage as a whole number."""
    return int(percent) if percent == int(percent) else percent
