"""Article V, percentages: the schedules, full vesting by age, death or disability, and the filing of 7.05."""

from dataclasses import dataclass, field
from datetime import date
from decimal import Decimal

from oracle_breaks import Period
from oracle_dates import DAY, age_reached, anniversary, plan_year_end, plan_year_start
from oracle_hours import day_reached, hours_by_day
from oracle_participation import entry
from oracle_person import Known
from oracle_plan import Schedules, Table
from oracle_terms import FULL, Terms

ACCOUNTS = ("regular_matching", "employer")
Percents = dict[str, Decimal]  # by account


@dataclass(frozen=True)
class Ratchet:
    """Percentages at the close of a top-heavy Plan Year (or, while it runs, of the day) under its schedule (7.05).

    `hour_on`: day on which its first hour was credited.
    """

    through: date
    hour_on: date
    percents: Percents


@dataclass(frozen=True)
class Freeze:
    """State on the last day of a fifth consecutive Break: what the older money keeps for good (5.08(a))."""

    on: date
    scheduled: Percents
    ratchets: tuple[Ratchet, ...]
    percents: Percents


@dataclass
class Vesting:
    """State of the walk at the close of `day`; `last` is the day on which it ends.

    `credited`: days on which the Years still counted were credited, in order. `ratchets`: see `floors` for those that
    count. `freezes`: Forfeiture Breaks, in order. `kept_on`: day of a filing that keeps the faster schedule, null while
    there is none that counts (7.05).
    """

    facts: Known
    terms: Terms
    last: date
    day: date
    periods: list[Period] = field(default_factory=list)
    credited: list[date] = field(default_factory=list)
    ratchets: list[Ratchet] = field(default_factory=list)
    freezes: list[Freeze] = field(default_factory=list)
    kept_on: date | None = None


def schedules_of(account: str, terms: Terms) -> Schedules | None:
    """Give an account's schedules; null for full vesting at once (AA 5.03(a), (c)(1))."""
    vesting = terms.plan.vesting
    return vesting.regular_matching if account == "regular_matching" else vesting.employer


def by_years(table: Table, years: int) -> Decimal:
    """Percent of the greatest listed Years that are not more than one's own; 0% below the first."""
    return max((percent for least, percent in table if least <= years), default=Decimal(0))


def worked_on(plan_year: date, facts: Known, terms: Terms) -> date | None:
    """Day on which the first whole hour was credited in the Plan Year that ends on the day; null before."""
    parts = hours_by_day(facts, plan_year_start(plan_year, terms), plan_year, terms, "vesting")
    return day_reached(parts, Decimal(1))


def top_heavy_since(facts: Known, terms: Terms) -> date | None:
    """Day from which the top heavy schedule stays (AA 5.03(d)(2)): an hour in or after the first such Plan Year."""
    if not terms.plan.vesting.top_heavy_ever_after or not terms.top_heavy_plan_years:
        return None
    through, found = min(terms.top_heavy_plan_years), None
    while found is None and plan_year_start(through, terms) <= facts.as_of:
        found = worked_on(through, facts, terms)
        through = plan_year_end(through + DAY, terms)
    return found


def scheduled(state: Vesting, account: str, day: date) -> Decimal:
    """Percent by Years credited by the day (AA 5.03), election (7.05), age (5.01) or death and disability (5.02)."""
    schedules, event_on = schedules_of(account, state.terms), first_event(state.facts, state.terms)
    if schedules is None or (event_on is not None and event_on <= day):
        return FULL
    years = len([each for each in state.credited if each <= day])
    fast = by_years(schedules.top_heavy, years)
    if schedules.other is None:
        return fast
    slow = by_years(schedules.other, years)
    since = state.facts.once("top heavy since", state.terms, lambda: top_heavy_since(state.facts, state.terms))
    chosen = any(each is not None and each <= day for each in (state.kept_on, since))
    return max(fast, slow) if chosen else slow


def percent(state: Vesting, account: str) -> Decimal:
    """Percentage at the close of the walk's day of the money that accrued under the floor (convention 18).

    The larger of the schedule's and the best that any top-heavy Plan Year gave; see `oracle_portions` for later money.
    """
    best = [ratchet.percents[account] for ratchet in floors(state)]
    return max([scheduled(state, account, state.day), *best])


def percents(state: Vesting) -> Percents:
    """Percentage of each account."""
    return {account: percent(state, account) for account in ACCOUNTS}


def accounts_of(terms: Terms) -> list[str]:
    """Accounts of employer money that the plan can have; both where it has neither contribution."""
    plan = terms.plan.contributions
    kinds = {"regular_matching": "matching", "employer": "nonelective"}
    return [account for account in ACCOUNTS if kinds[account] in plan] or list(ACCOUNTS)


def least(values: Percents, terms: Terms) -> Decimal:
    """Percentage of the account that is vested least."""
    return min(values[account] for account in accounts_of(terms))


def some_is_vested(facts: Known, terms: Terms) -> bool:
    """Say whether the least amount of AA 5.03(f) reaches employer money, beyond what is one's own at all times."""
    own = facts.accounts["deferral"] + facts.accounts["qualified_nonelective"]
    vested = min(terms.plan.vesting.least or Decimal(0), sum(facts.accounts.values(), Decimal(0)))
    return vested > own


def floors(state: Vesting) -> list[Ratchet]:
    """Give the ratchets that count in the last Plan Year that the walk has reached (A-9, 7.05).

    In the top-heavy Plan Year itself its schedule applies to everyone. After it, only to one who had entered by its
    last day, for nothing had accrued to anybody else; a floor under all money does not ask for entry.
    """
    if not state.ratchets or state.terms.top_heavy_floor == "all_money":
        return state.ratchets
    entered, running = entry(state.facts, state.terms), plan_year_end(state.day, state.terms)
    return [
        ratchet
        for ratchet in state.ratchets
        if ratchet.through == running or (entered is not None and entered <= ratchet.through)
    ]


def retires_on(facts: Known, terms: Terms) -> date:
    """Normal Retirement Age: the birthday, or the later anniversary of the first Plan Year joined (AA 5.01)."""
    vesting = terms.plan.vesting
    birthday, entered = age_reached(facts.birth_date, vesting.retirement_age, terms), entry(facts, terms)
    if vesting.retirement_anniversary is None or entered is None:
        return birthday
    return max(birthday, anniversary(plan_year_start(entered, terms), vesting.retirement_anniversary, terms))


def first_event(facts: Known, terms: Terms) -> date | None:
    """First day fully vested by an event: employed at Normal Retirement Age, or a spell ended by death or disability.

    Only employment by the Employer: age on any day of it, death and disability from its last day (convention 19).
    """
    return facts.once("first event", terms, lambda: _first_event(facts, terms))


def _first_event(facts: Known, terms: Terms) -> date | None:
    spells, retires = facts.relationships, retires_on(facts, terms)
    at_age = [max(spell.start, retires) for spell in spells if spell.holds(max(spell.start, retires))]
    full_on = terms.plan.vesting.full_on
    ended = [spell.end for spell in spells if spell.end is not None and spell.reason in full_on]
    return min((day for day in at_age + ended if day <= facts.as_of), default=None)


def reached_on(state: Vesting, account: str, wanted: Decimal) -> date | None:
    """First day on which the account had the percentage, from what counts today; null if it has not."""
    if schedules_of(account, state.terms) is None:
        return state.facts.hired_on("vesting")
    since = top_heavy_since(state.facts, state.terms)
    events = [first_event(state.facts, state.terms), state.kept_on, since, *state.credited]
    turns = sorted(day for day in events if day is not None)
    days = [day for day in turns if scheduled(state, account, day) >= wanted][:1]
    for ratchet in floors(state):
        if ratchet.percents[account] >= wanted:
            days.append(_ratchet_reached(state, ratchet, account, wanted))
    return min(days, default=None)


def _ratchet_reached(state: Vesting, ratchet: Ratchet, account: str, wanted: Decimal) -> date:
    """Day on which the top heavy schedule first gave the percentage in that Plan Year."""
    schedules = schedules_of(account, state.terms)
    for number, credited_on in enumerate(state.credited, start=1):
        if schedules is not None and by_years(schedules.top_heavy, number) >= wanted:
            return max(credited_on, ratchet.hour_on)
    return ratchet.hour_on
