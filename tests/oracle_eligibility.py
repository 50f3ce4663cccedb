"""Article II, conditions: computation periods, Years of Service, Breaks, and the day on which a condition is met."""

from collections.abc import Iterator
from dataclasses import dataclass, field, replace
from datetime import date
from decimal import Decimal
from typing import Any

from dateutil.relativedelta import relativedelta
from oracle_breaks import maternity_hours
from oracle_dates import DAY, age_reached, anniversary, plan_year_end, plan_year_start
from oracle_hours import hours_by_day, total
from oracle_person import Known, hundredths
from oracle_plan import Condition
from oracle_terms import BREAK_HOURS, Terms

Spans = list[tuple[date, date]]


@dataclass(frozen=True)
class Hold:
    """Suspension after a Break (2.03(B)): from the day after its period to the day before `resumes`; null: still on."""

    start: date
    resumes: date | None

    def holds(self, day: date) -> bool:
        """Say whether the day is one of its days."""
        return self.start <= day and (self.resumes is None or day < self.resumes)


@dataclass
class Walk:
    """Years of Service by the last days of their periods, suspensions, and what was measured.

    `spans`: the periods in order, those after a new start in the place of those that would have followed.
    `opens`: by such a new start, the day after what was measured before it. `measured_from`: the last start; null while
    there is none after a Break. `broken_on`: the last day of the Break it follows.
    """

    years: list[date] = field(default_factory=list)
    spans: Spans = field(default_factory=list)
    opens: dict[date, date] = field(default_factory=dict)
    holds: list[Hold] = field(default_factory=list)
    measured_from: date | None = None
    broken_on: date | None = None

    def held(self) -> bool:
        """Say whether a suspension is on."""
        return bool(self.holds) and self.holds[-1].resumes is None


def eligibility_spans(measured_from: date, terms: Terms) -> Iterator[tuple[date, date]]:
    """First 12 months; then Plan Years from the one with the anniversary, or from each anniversary (AA 2.02)."""
    first_anniversary = anniversary(measured_from, 1, terms)
    yield measured_from, first_anniversary - DAY
    if terms.plan.eligibility.by_anniversaries:
        for number in range(1, 100):
            yield anniversary(measured_from, number, terms), anniversary(measured_from, number + 1, terms) - DAY
    through = plan_year_end(first_anniversary, terms)
    while True:
        yield plan_year_start(through, terms), through
        through = plan_year_end(through + DAY, terms)


def spans_begun(facts: Known, measured_from: date, terms: Terms) -> Spans:
    """List the spans begun by the day."""
    spans: Spans = []
    for span in eligibility_spans(measured_from, terms):
        if span[0] > facts.as_of:
            break
        spans.append(span)
    return spans


def hours_in(facts: Known, span: tuple[date, date], terms: Terms, opens: date | None = None) -> Decimal:
    """Hours of Service for participation in a span.

    `opens`: first day after what was measured before, where the span is the first after a new start; the days of an
    equivalent unit from there on go with it (29 CFR 2530.200b-3(e)(6) divides a unit between two periods only).
    """
    asked = facts if opens is None else replace(facts, opens=opens, memo={})
    return total(hours_by_day(asked, *span, terms, "participation"))


def eligibility_periods(facts: Known, terms: Terms) -> list[dict[str, Any]]:
    """List the periods measured; a Year needs the hours and the completed period (conventions 9 and 42)."""
    periods: list[dict[str, Any]] = []
    found = walk(facts, terms)
    for start, through in found.spans:
        hours = hours_in(facts, (start, through), terms, found.opens.get(start))
        complete = through <= facts.as_of
        periods.append(
            {
                "start": start,
                "through": through,
                "hours": hundredths(hours),
                "year_of_service": complete and hours >= terms.plan.eligibility.hours,
                "complete": complete,
            }
        )
    return periods


def walk(facts: Known, terms: Terms) -> Walk:
    """Give the Years that count and, under 2.03(B), the suspensions; see `_walk`."""
    return facts.once("eligibility walk", terms, lambda: _walk(facts, terms))


def _walk(facts: Known, terms: Terms) -> Walk:
    """Without 2.03(B) every Year counts for good (convention 10).

    With it a Break sets everything aside until a Year is completed that is measured from the first hour after the Break
    period; then the earlier Years count again and participation is restored from that first day (convention 42). A
    further Break does not move that day unless its period has no hour at all (29 CFR 2530.200b-4(b)(1)(iii), (iv)).
    """
    found, start = Walk(), facts.hired_on("participation")
    if not terms.plan.eligibility.hold_out:
        found.spans = [] if start is None else spans_begun(facts, start, terms)
        hours = terms.plan.eligibility.hours
        complete = [span for span in found.spans if span[1] <= facts.as_of]
        found.years = [span[1] for span in complete if hours_in(facts, span, terms) >= hours]
        return found
    held_from: date | None = None
    while start is not None:
        found.measured_from, broken_on = start, None
        for span, is_year, is_break in judged(facts, start, terms, found.opens.get(start)):
            if is_year:
                found.years.append(span[1])
                if held_from is not None:
                    found.holds.append(Hold(held_from, start))
                    held_from = None
            elif is_break and (held_from is None or not hours_in(facts, span, terms)):
                held_from, broken_on = held_from or span[1] + DAY, span[1]
                break
        begun = spans_begun(facts, start, terms)
        found.spans += [span for span in begun if broken_on is None or span[1] <= broken_on]
        if broken_on is None:
            break
        start = found.measured_from = hour_after(facts, broken_on)
        found.broken_on = broken_on
        if start is not None:
            found.opens[start] = broken_on + DAY
    if held_from is not None:
        found.holds.append(Hold(held_from, None))
    return found


def judged(
    facts: Known, measured_from: date, terms: Terms, opens: date | None = None
) -> Iterator[tuple[tuple[date, date], bool, bool]]:
    """Each completed span, whether it is a Year, and whether it is a Break after maternity hours (2.02, 2.03)."""
    spans = spans_begun(facts, measured_from, terms)
    maternity = maternity_hours(facts, spans, terms, "participation")
    for number, span in enumerate(spans):
        if span[1] <= facts.as_of:
            hours = hours_in(facts, span, terms, opens if span[0] == measured_from else None)
            is_year = hours >= terms.plan.eligibility.hours
            yield span, is_year, not is_year and hours + maternity[number] <= BREAK_HOURS


def hour_after(facts: Known, day: date) -> date | None:
    """First day with an hour after the day: that of the first paid row with hours that begins after it."""
    rows = [
        row for row in facts.rows if row.kind == "paid" and row.hours and facts.serves(row.employer, "participation")
    ]
    return min((row.start for row in rows if row.start > day), default=None)


def second_year(facts: Known, terms: Terms) -> date | None:
    """Last day of the second Year; after a Break before it the person is new and all is measured anew (2.03(A))."""
    start, opens = facts.hired_on("participation"), None
    while start is not None:
        years, restart = 0, None
        for span, is_year, is_break in judged(facts, start, terms, opens):
            years += is_year
            if years > 1:
                return span[1]
            if is_break:
                restart, opens = hour_after(facts, span[1]), span[1] + DAY
                break
        start = restart
    return None


def months_after(day: date, months: int, terms: Terms) -> date:
    """Day on which so many months after the Employment Commencement Date are completed (convention 36).

    Whole years are anniversaries; in other months a day that there is not is the last one.
    """
    same = day + relativedelta(months=months) if months % 12 else anniversary(day, months // 12, terms)
    return same - DAY if terms.months_condition_completed_on == "last_day_of_months" else same


def completed_on(condition: Condition, facts: Known, terms: Terms) -> date | None:
    """Day on which the last of the conditions is met; null if it is not met by `as_of` (conventions 35, 36 and 39)."""
    hired_on = facts.hired_on("participation")
    if hired_on is None:
        return None
    met: list[date | None] = [hired_on]
    if condition.age is not None:
        met.append(age_reached(facts.birth_date, condition.age, terms))
    if condition.months is not None:
        met.append(months_after(hired_on, condition.months, terms))
    if condition.years == 1:
        met.append(min(walk(facts, terms).years, default=None))
    elif condition.years is not None:
        met.append(second_year(facts, terms))
    days = [day for day in met if day is not None]
    return max(days) if len(days) == len(met) and max(days) <= facts.as_of else None
