"""Article II, entry: on which day the person became a Participant, and for which contributions."""

from dataclasses import replace
from datetime import date
from decimal import Decimal
from typing import Any

from oracle_dates import DAY, age_reached, anniversary, days, entry_date_after, entry_date_before, is_entry_date
from oracle_eligibility import (
    Walk,
    completed_on,
    eligibility_periods,
    hours_in,
    months_after,
    spans_begun,
    walk,
)
from oracle_person import Known, Row
from oracle_plan import NotKnownError
from oracle_terms import HOURS_A_DAY, Terms


def participation(facts: Known, terms: Terms) -> dict[str, Any]:
    """Answer the participation part (AA 1.07, 1.29, 2.01 to 2.06)."""
    entry_on, set_aside = entry(facts, terms), _set_aside(facts, terms)
    done = None if set_aside else completion(facts, terms)
    scheduled_on = None if set_aside else scheduled_entry(facts, terms)
    reachable = facts.employed(terms) and facts.works_on(facts.as_of) and not facts.excluded_on(facts.as_of)
    waits = reachable and entry_on is None
    next_entry_on = scheduled_on if waits else None
    held = [hold for hold in walk(facts, terms).holds if hold.resumes is None or hold.resumes > hold.start]
    held = [hold for hold in held if entry_on is not None and entry_on < hold.start]
    resumes = held[-1].resumes if held else None
    return {
        "status_of_employee": _status(facts, terms, entry_on, next_entry_on),
        "eligibility_completed_on": done,
        "scheduled_entry_on": scheduled_on,
        "entry_on": entry_on,
        "next_entry_on": next_entry_on,
        "earliest_entry_on": earliest_entry(facts, terms) if waits and done is None else None,
        "suspended_from": held[-1].start if held else None,
        "suspended_through": None if resumes is None else resumes - DAY,
        "contributions": [contribution(name, facts, terms) for name in terms.plan.eligibility.other_for],
        "periods": eligibility_periods(facts, terms),
    }


def is_earlier_employee(facts: Known, terms: Terms) -> bool:
    """Say whether employed on or before the day of AA 2.01(k), so that other conditions apply."""
    day = terms.plan.eligibility.employed_by
    return day is not None and any(spell.start <= day for spell in facts.relationships)


def completion(facts: Known, terms: Terms) -> date | None:
    """Day on which the conditions of the 401(k) part were completed (AA 2.01(a), (b), (k); conventions 35 to 40)."""
    joins = terms.plan.eligibility
    if not is_earlier_employee(facts, terms):
        return completed_on(joins.condition, facts, terms)
    if joins.earlier_employees == "age":
        return completed_on(replace(joins.condition, age=joins.earlier_age, years=None, months=None), facts, terms)
    if facts.participant_since is None:
        message = "2.01(k): the conditions of the earlier Employees are not in the agreement"
        raise NotKnownError(message)
    return None


def scheduled_entry(facts: Known, terms: Terms) -> date | None:
    """Day from which the person may join: a Plan Entry Date, or at once for the earlier Employees of 2.01(k)(1)."""
    done = completion(facts, terms)
    if done is None:
        return None
    if is_earlier_employee(facts, terms):
        return max(done, terms.plan.service.effective_on)
    return plan_entry_date(done, terms)


def plan_entry_date(done: date, terms: Terms) -> date:
    """Plan Entry Date following, preceding or nearest the day of completion (AA 2.01(g) to (i); convention 38)."""
    side, on_one = terms.plan.eligibility.side, is_entry_date(done, terms)
    after = entry_date_after(done, terms)
    if on_one and (side == "nearest" or terms.entry_on_completion_day == "same_day"):
        return done
    before = entry_date_before(done, terms)
    if side == "following" or before is None:
        return done if before is None and on_one and side == "preceding" else after
    if side == "preceding":
        return before
    if after - done == done - before:
        return before if terms.nearest_entry_tie == "earlier" else after
    return after if after - done < done - before else before


def covered_on(facts: Known, day: date, terms: Terms) -> bool:
    """Say whether one can join or take part on the day: employed, not excluded, not opted out, not suspended."""
    return facts.works_on(day) and not facts.excluded_on(day) and not suspended_on(facts, day, terms)


def suspended_on(facts: Known, day: date, terms: Terms) -> bool:
    """Say whether the day is one of suspension after a Break (2.03(B))."""
    return any(hold.holds(day) for hold in walk(facts, terms).holds)


def entry(facts: Known, terms: Terms) -> date | None:
    """Walk from the scheduled day to the first day on which one can join (convention 11); once in, in for good."""
    return facts.once("entry", terms, lambda: _entry(facts, terms))


def _entry(facts: Known, terms: Terms) -> date | None:
    since = _participant_before(facts, terms)
    if since is not None:
        return since
    return _first_covered(facts, scheduled_entry(facts, terms), terms)


def _participant_before(facts: Known, terms: Terms) -> date | None:
    """Day since which the person was a Participant before the restated Effective Date (convention 40)."""
    since = facts.participant_since
    return since if since is not None and since < terms.plan.service.effective_on else None


def _first_covered(facts: Known, first: date | None, terms: Terms) -> date | None:
    if first is None:
        return None
    return next((day for day in days(first, facts.as_of) if covered_on(facts, day, terms)), None)


def contribution(name: str, facts: Known, terms: Terms) -> dict[str, Any]:
    """Answer for one contribution with conditions of its own (AA 2.01(c); convention 39)."""
    condition, entry_on = terms.plan.eligibility.other_condition, entry(facts, terms)
    done: date | None = None
    scheduled_on: date | None = None
    if _set_aside(facts, terms):
        pass
    elif condition is None or is_earlier_employee(facts, terms):
        done, scheduled_on = completion(facts, terms), scheduled_entry(facts, terms)
    else:
        done = completed_on(condition, facts, terms)
        scheduled_on = None if done is None else plan_entry_date(done, terms)
    own = None
    if _participant_before(facts, terms) is not None:
        own = entry_on
    elif entry_on is not None and scheduled_on is not None:
        own = _first_covered(facts, max(entry_on, scheduled_on), terms)
    return {
        "contribution": name,
        "eligibility_completed_on": done,
        "scheduled_entry_on": scheduled_on,
        "entry_on": own,
    }


def entry_for(name: str, facts: Known, terms: Terms) -> date | None:
    """Day from which the person shares in a contribution."""
    if name not in terms.plan.eligibility.other_for:
        return entry(facts, terms)
    found: date | None = contribution(name, facts, terms)["entry_on"]
    return found


def _set_aside(facts: Known, terms: Terms) -> bool:
    """Say whether earlier service of one who had not entered does not count now (2.03(B); convention 42)."""
    return walk(facts, terms).held() and entry(facts, terms) is None


def earliest_entry(facts: Known, terms: Terms) -> date | None:
    """Earliest day of entry that can still come: the conditions met as early as can be, nothing else changed."""
    found, hired_on = walk(facts, terms), facts.hired_on("participation")
    if hired_on is None:
        return None
    ends = _possible_year(facts, found, terms)
    scheduled_on = _scheduled_at_the_earliest(facts, found, ends, terms)
    if scheduled_on is None or (found.held() and ends is None):
        return None
    if found.held():
        scheduled_on = max(scheduled_on, found.measured_from or _next_hour_at_the_earliest(facts, found))
    elif is_earlier_employee(facts, terms):
        return scheduled_on
    restored = replace(facts, memo={})
    open_days = (
        day for day in days(scheduled_on, facts.as_of) if restored.works_on(day) and not facts.excluded_on(day)
    )
    return next(open_days, max(scheduled_on, facts.as_of) if scheduled_on <= facts.as_of else scheduled_on)


def _scheduled_at_the_earliest(facts: Known, found: Walk, ends: date | None, terms: Terms) -> date | None:
    """Day from which one could join if a period that may become a Year, the one that `ends` first, does so."""
    joins, hired_on = terms.plan.eligibility, facts.hired_on("participation")
    if hired_on is None:
        return None
    if is_earlier_employee(facts, terms):
        ages = [] if joins.earlier_age is None else [age_reached(facts.birth_date, joins.earlier_age, terms)]
        return max(hired_on, terms.plan.service.effective_on, *ages)
    condition = joins.condition
    met: list[date | None] = [hired_on]
    if condition.age is not None:
        met.append(age_reached(facts.birth_date, condition.age, terms))
    if condition.months is not None:
        met.append(months_after(hired_on, condition.months, terms))
    if condition.years is not None:
        met.append(min([*found.years, *([ends] if ends else [])], default=None))
    days_met = [day for day in met if day is not None]
    return None if len(days_met) < len(met) else plan_entry_date(max(days_met), terms)


def _possible_year(facts: Known, found: Walk, terms: Terms) -> date | None:
    """End of the running period that ends first of those that can still become a Year of Service; null if none can.

    A period can if 24 hours on each of its days after the last pay row would bring it to the hours required.
    """
    measured_from = found.measured_from if terms.plan.eligibility.hold_out else facts.hired_on("participation")
    if measured_from is None:  # after a Break, and no hour since
        return anniversary(_next_hour_at_the_earliest(facts, found), 1, terms) - DAY
    paid_through = _paid_through(facts)
    spans = [span for span in spans_begun(facts, measured_from, terms) if span[1] > facts.as_of]
    for start, through in sorted(spans, key=lambda span: span[1]):
        added = tuple(_full_day(day, terms) for day in days(max(paid_through + DAY, start), through))
        fuller = replace(facts, rows=facts.rows + added, memo={})
        if hours_in(fuller, (start, through), terms, found.opens.get(start)) >= terms.plan.eligibility.hours:
            return through
    return None


def _next_hour_at_the_earliest(facts: Known, found: Walk) -> date:
    """First day after the Break whose hours no pay row has told yet."""
    return max(_paid_through(facts), found.broken_on or date.min) + DAY


def _paid_through(facts: Known) -> date:
    return max((row.end for row in facts.rows if row.kind == "paid"), default=date.min)


def _full_day(day: date, terms: Terms) -> Row:
    """One day with the most hours that a day can bring."""
    nothing = Decimal(0)
    return Row(terms.plan.employer, "paid", day, day, day, Decimal(HOURS_A_DAY), nothing, nothing)


def _status(facts: Known, terms: Terms, entry_on: date | None, next_entry_on: date | None) -> str:
    """Name the status, in the order of convention 13; opted out is excluded, suspended is not eligible (42, 43).

    An Employee of a member of the related group that has not signed yet is excluded by 1.07 (convention 34).
    """
    at_work = facts.employed(terms)
    if at_work and (facts.excluded_on(facts.as_of) or not facts.works_on(facts.as_of)):
        return "excluded"
    if at_work and entry_on is not None:
        return "not_eligible" if suspended_on(facts, facts.as_of, terms) else "participant"
    if entry_on is not None:
        return "former_participant"
    return "not_eligible" if next_entry_on is None else "awaiting_entry"
