"""Article V, percentage: walked Plan Year by Plan Year with the rule of parity, the ratchet and the events."""

from dataclasses import dataclass, field
from datetime import date
from typing import Any

from oracle_breaks import PlanYear, plan_years
from oracle_dates import DAY, anniversary, days, plan_year_end
from oracle_participation import entry
from oracle_person import Known, hundredths
from oracle_terms import (
    CLIFF_YEARS,
    EMPLOYER,
    FORFEITURE_BREAKS,
    NORMAL_RETIREMENT_AGE,
    TOP_HEAVY_CLIFF_YEARS,
    Terms,
)


@dataclass(frozen=True)
class Freeze:
    """State on the last day of a fifth consecutive Break: what the older money keeps for good (5.08(a))."""

    on: date
    schedule_percent: int
    floor_through: date | None
    percent: int


@dataclass
class Vesting:
    """State of the walk at the close of a day.

    `credited`: days on which the Years still counted were credited, in order. `ratchets`: (last day of a top-heavy
    Plan Year in which 100% was reached under its schedule, day reached); see `floors` for those that count. `freezes`:
    Forfeiture Breaks, in order.
    `kept_on`: day of a filing that keeps the faster schedule, null while there is none that counts (7.05).
    """

    facts: Known
    terms: Terms
    years: list[PlanYear] = field(default_factory=list)
    credited: list[date] = field(default_factory=list)
    ratchets: list[tuple[date, date]] = field(default_factory=list)
    freezes: list[Freeze] = field(default_factory=list)
    kept_on: date | None = None


def vesting_state(facts: Known, terms: Terms, *, through: date | None = None) -> Vesting:
    """Walk the Plan Years: election, credit, top-heavy floor, freeze, parity, in this order in each.

    `through` stops the walk at the close of that Plan Year; null walks to `as_of`.
    """
    state = Vesting(facts, terms)
    for year in plan_years(facts, terms):
        if through is not None and year.start > through:
            break
        if _elects_in(state, year):
            state.kept_on = facts.kept_on
        state.years.append(year)
        if year.credited_on is not None:
            state.credited.append(year.credited_on)
        if (
            year.through in terms.top_heavy_plan_years
            and year.worked_on is not None
            and len(state.credited) >= TOP_HEAVY_CLIFF_YEARS
        ):
            third = state.credited[TOP_HEAVY_CLIFF_YEARS - 1]
            state.ratchets.append((year.through, max(third, year.worked_on)))
        if not year.is_break or year.consecutive_breaks < FORFEITURE_BREAKS:
            continue
        if year.consecutive_breaks == FORFEITURE_BREAKS:
            floor_through = max((through for through, _ in floors(state)), default=None)
            scheduled, now = _without_ratchet(state, year.through), percent(state, year.through)
            state.freezes.append(Freeze(year.through, scheduled, floor_through, now))
        if year.consecutive_breaks >= len(state.credited) and _nothing_vested(state, year.through):
            state.credited.clear()
    return state


def percent(state: Vesting, day: date) -> int:
    """Percentage at the close of the day of the employer money that accrued under the floor (convention 18).

    The larger of the schedule's and the best that any top-heavy Plan Year gave; see `portions` for later money. The
    day lies in the last Plan Year that the walk has reached.
    """
    return max(_without_ratchet(state, day), 100 if floors(state) else 0)


def floors(state: Vesting) -> list[tuple[date, date]]:
    """Give the ratchets that count in the last Plan Year that the walk has reached (A-9, 7.05).

    In the top-heavy Plan Year itself its schedule applies to everyone. After it, only to one who had entered by its
    last day, for nothing had accrued to anybody else; a floor under all money does not ask for entry.
    """
    if not state.ratchets or state.terms.top_heavy_floor == "all_money":
        return state.ratchets
    entered, running = entry(state.facts, state.terms), state.years[-1].through
    return [
        (through, reached_on)
        for through, reached_on in state.ratchets
        if through == running or (entered is not None and entered <= through)
    ]


def _without_ratchet(state: Vesting, day: date) -> int:
    """Percentage by Years (AA 5.03(b)), election (7.05), age 65 (5.01) or death and disability (5.02)."""
    event_on = first_event(state.facts, state.terms)
    if event_on is not None and event_on <= day:
        return 100
    if state.kept_on is not None and state.kept_on <= day:
        return 100
    return 100 if len(state.credited) >= CLIFF_YEARS else 0


def _elects_in(state: Vesting, year: PlanYear) -> bool:
    """Say whether the faster schedule is kept by a filing in the year; `state` is that at the close before it (7.05).

    A top-heavy Plan Year with an hour is over by then, and there are three Years.
    """
    kept_on = state.facts.kept_on
    if kept_on is None or not year.start <= kept_on <= year.through:
        return False
    top_heavy = state.terms.top_heavy_plan_years
    had_one = any(before.through in top_heavy and before.worked_on is not None for before in state.years)
    return had_one and len(state.credited) >= TOP_HEAVY_CLIFF_YEARS


def _ratchet_covers(state: Vesting, accrued_on: date) -> bool:
    """Say whether the best top-heavy percentage is a floor for money accrued on the day (convention 18)."""
    if state.terms.top_heavy_floor == "all_money":
        return bool(state.ratchets)
    return any(accrued_on <= through for through, _ in floors(state))


def first_event(facts: Known, terms: Terms) -> date | None:
    """First day fully vested by an event: employed at 65 or later, or a spell ended by death or disability.

    Only employment by the Employer: age on any day of it, death and disability from its last day (convention 19).
    """
    spells = facts.steel_spells()
    birthday = anniversary(facts.birth_date, NORMAL_RETIREMENT_AGE, terms)
    at_age = [max(spell.start, birthday) for spell in spells if spell.holds(max(spell.start, birthday))]
    ended = [spell.end for spell in spells if spell.end is not None and spell.reason in {"death", "disability"}]
    return min((day for day in at_age + ended if day <= facts.as_of), default=None)


def _nothing_vested(state: Vesting, day: date) -> bool:
    """Say whether 0% vested in employer money at the close of the day, for the rule of parity (convention 16)."""
    reading = state.terms.deferrals_are_employer_contributions
    return not (
        percent(state, day) > 0
        or state.facts.accounts["qualified_nonelective"] > 0
        or (reading == "yes" and deferred_by(state.facts, day))
    )


def deferred_by(facts: Known, day: date) -> bool:
    """Say whether a salary reduction was made by the day; the account speaks only where no row ever shows one."""
    reductions = [row for row in facts.rows if row.employer == EMPLOYER and row.salary_reduction > 0]
    if not reductions:
        return facts.accounts["deferral"] > 0
    return any(row.paid_on <= day and row.end <= day for row in reductions)


def vesting(facts: Known, terms: Terms) -> dict[str, Any]:
    """Answer the vesting part (AA 5.01 to 5.08)."""
    state = vesting_state(facts, terms)
    now = percent(state, facts.as_of)
    top_heavy = plan_year_end(facts.as_of) in terms.top_heavy_plan_years
    last = state.freezes[-1] if state.freezes else None
    return {
        "years_of_service": len(state.credited),
        "schedule": "top_heavy" if top_heavy else "non_top_heavy",
        "vested_percent": {
            "deferral": 100,
            "regular_matching": now,
            "employer": now,
            "qualified_nonelective": 100,
        },
        "vested_percent_before_forfeiture_break": None if last is None else last.percent,
        "portions": portions(state),
        "fully_vested_on": _reached_on(state) if now == 100 else _projected_on(state),
        "forfeiture_break_on": None if last is None else last.on,
        "periods": [
            {
                "start": year.start,
                "through": year.through,
                "hours": hundredths(year.hours),
                "year": year.credited_on is not None,
                "break": year.is_break,
                "consecutive_breaks": year.consecutive_breaks,
            }
            for year in state.years
        ],
    }


def portions(state: Vesting) -> list[dict[str, Any]]:
    """Parts of the employer money by when they accrued, only where their percentages differ (5.08(a), 7.05).

    The first part has no first day and the last no last day. A part in which the person was no Participant at work
    holds no money and is left out.
    """
    cuts = {freeze.on for freeze in state.freezes} | {through for through, _ in floors(state)[-1:]}
    cuts |= {freeze.floor_through for freeze in state.freezes if freeze.floor_through is not None}
    ends: list[date | None] = [*sorted(cuts), None]
    parts: list[dict[str, Any]] = []
    after: date | None = None
    for end in ends:
        first = None if after is None else after + DAY
        if _accrues(state.facts, state.terms, first, end):
            now = _percent_of(state, end)
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


def _percent_of(state: Vesting, accrued_through: date | None) -> int:
    """Percentage of the money accrued up to a cut; null for the money after the last one."""
    if accrued_through is None:
        return max(_without_ratchet(state, state.facts.as_of), 100 if _ratchet_covers(state, state.facts.as_of) else 0)
    for freeze in state.freezes:
        if accrued_through <= freeze.on:
            covered = freeze.floor_through is not None and (
                state.terms.top_heavy_floor == "all_money" or accrued_through <= freeze.floor_through
            )
            return max(freeze.schedule_percent, 100 if covered else 0)
    return max(
        _without_ratchet(state, state.facts.as_of),
        100 if _ratchet_covers(state, accrued_through) else 0,
    )


def _accrues(facts: Known, terms: Terms, first: date | None, last: date | None) -> bool:
    """Say whether the person was a Participant at work on a day of the part."""
    entered = entry(facts, terms)
    if entered is None:
        return False
    begin = entered if first is None else max(first, entered)
    end = facts.as_of if last is None else min(last, facts.as_of)
    return any(facts.works_on(day) for day in days(begin, end))


def _reached_on(state: Vesting) -> date | None:
    """Day on which the 100% of today was reached; null cannot happen while the percentage is 100."""
    reached = [first_event(state.facts, state.terms), state.kept_on, *state.credited[CLIFF_YEARS - 1 : CLIFF_YEARS]]
    reached += [day for _, day in floors(state)]
    return min((day for day in reached if day is not None), default=None)


def _projected_on(state: Vesting) -> date | None:
    """Day of 100% if every Plan Year from today's on is a Year; null if not employed.

    For one employed by the Employer no later than the 65th birthday (5.01).
    """
    facts, terms = state.facts, state.terms
    if not facts.employed(terms, anywhere=True) or not state.years:
        return None
    birthday = anniversary(facts.birth_date, NORMAL_RETIREMENT_AGE, terms)
    count, this = len(state.credited), state.years[-1]
    through = this.through
    if not this.complete and this.credited_on is None:
        count += 1
    while not _enough(count, through, facts.as_of, terms):
        through = plan_year_end(through + DAY)
        count += 1
    return min(birthday, through) if facts.employed(terms) else through


def _enough(years: int, through: date, as_of: date, terms: Terms) -> bool:
    """Say whether the Years make 100% on the last day of a Plan Year that is not yet over."""
    top_heavy = through in terms.top_heavy_plan_years
    return through > as_of and years >= (TOP_HEAVY_CLIFF_YEARS if top_heavy else CLIFF_YEARS)
