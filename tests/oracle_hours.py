"""Hours of Service of a period: actual, or the equivalent of the units worked (AA 1.27; 29 CFR 2530.200b-3(e))."""

from collections.abc import Iterator
from dataclasses import replace
from datetime import date, timedelta
from decimal import Decimal
from fractions import Fraction

from oracle_dates import DAY, month_end
from oracle_person import Known, Row, half_up
from oracle_plan import NotKnownError
from oracle_terms import EQUIVALENT_HOURS, Terms

Parts = list[tuple[date, Decimal]]  # (last day of a part in the period, hours), in date order
ONE = Decimal(1)
HALF_MONTH = 15
SUNDAY = 6


def hours_by_day(facts: Known, start: date, through: date, terms: Terms, purpose: str = "participation") -> Parts:
    """Give the hours of a period for participation, vesting or accrual; maternity hours never count (1.27)."""
    service = terms.plan.service
    rows = _paid(facts, purpose)
    if service.equivalency is None or purpose in service.actual_for:
        return actual(facts, rows, start, through, terms)
    if service.equivalency == "daily":
        return actual(facts, days_worked(rows), start, through, terms)
    return _units(facts, start, through, terms, purpose)


def _paid(facts: Known, purpose: str) -> list[Row]:
    return [row for row in facts.rows if row.kind == "paid" and facts.serves(row.employer, purpose)]


def total(parts: Parts) -> Decimal:
    """Add the hours up."""
    return sum((hours for _, hours in parts), Decimal(0))


def day_reached(parts: Parts, hours: Decimal) -> date | None:
    """Day at whose close the running total first is `hours` or more; null if it never is."""
    so_far = Decimal(0)
    for day, part in parts:
        so_far += part
        if so_far >= hours:
            return day
    return None


def actual(facts: Known, rows: list[Row], start: date, through: date, terms: Terms) -> Parts:
    """Hours as they stand in the rows.

    `by_days`: a row is earned evenly over its days; the hours through a day are rounded half-up to the hundredth and
    a part is the difference of two such totals, so the parts sum to the row. `by_row_end`: the row's last day takes
    all. Days of excepted service bring nothing.
    """
    parts = []
    for row in rows:
        if terms.straddling_pay == "by_row_end":
            if start <= row.end <= through and not facts.leaves_out(row.employer, row.end):
                parts.append((row.end, row.hours))
            continue
        for part in _counted_parts(facts, row):
            first, last = max(part.start, start), min(part.end, through)
            if first <= last:
                parts.append((min(row.end, through), _hours_through(part, last) - _hours_through(part, first - DAY)))
    return sorted(parts)


def _counted_parts(facts: Known, row: Row) -> Iterator[Row]:
    """The parts of the row before and after excepted service, cut there before anything else."""
    if not facts.plan.service.excepted:
        yield row
        return
    day = row.start
    while day <= row.end:
        if facts.leaves_out(row.employer, day):
            day += DAY
            continue
        begin = day
        while day < row.end and not facts.leaves_out(row.employer, day + DAY):
            day += DAY
        yield replace(row, start=begin, end=day, hours=_hours_through(row, day) - _hours_through(row, begin - DAY))
        day += DAY


def _hours_through(row: Row, day: date) -> Decimal:
    """Hours of the row earned by the close of the day."""
    length, gone = (row.end - row.start).days + 1, (day - row.start).days + 1
    return half_up(Fraction(row.hours) * gone / length)


def days_worked(rows: list[Row]) -> list[Row]:
    """Rows with 10 hours for each of their days worked; rows of one and the same day make one day (daily)."""
    found, single = [], dict[date, Decimal]()
    for row in sorted(rows, key=lambda row: row.end):
        if row.start == row.end:
            before = single.get(row.end, Decimal(0))
            single[row.end] = before + row.hours
            counts = ONE if before < ONE <= before + row.hours else Decimal(0)
        else:
            counts = Decimal(0) if row.hours < ONE else row.part("days")
        found.append(replace(row, hours=counts * EQUIVALENT_HOURS["daily"]))
    return found


def _unit_of(day: date, terms: Terms) -> tuple[date, date]:
    """First and last day of the week, half month or month that holds the day."""
    method = terms.plan.service.equivalency
    if method == "weekly":
        begins = SUNDAY if terms.week_begins == "sunday" else 0
        first = day
        while first.weekday() != begins:
            first -= DAY
        return first, first + timedelta(days=6)
    last = month_end(day)
    if method == "monthly":
        return day.replace(day=1), last
    if method != "semi-monthly payroll periods":
        message = f"there is no equivalency by {method}"
        raise NotKnownError(message)
    return (day.replace(day=1), day.replace(day=15)) if day.day <= HALF_MONTH else (day.replace(day=16), last)


def _worked_units(facts: Known, rows: list[Row], terms: Terms) -> list[tuple[date, date, date]]:
    """List units with an hour as (first day, last day, end of the row that brings the hour)."""
    brought: dict[tuple[date, date], Decimal] = {}
    found = []
    for row in sorted(rows, key=lambda row: row.end):
        day = row.end if terms.straddling_pay == "by_row_end" else row.start
        while day <= row.end:
            first, last = unit = _unit_of(day, terms)
            before = brought.get(unit, Decimal(0))
            brought[unit] = before + total(actual(facts, [row], first, last, terms))
            if before < ONE <= brought[unit]:
                found.append((first, last, row.end))
            day = last + DAY
    return found


def _units(facts: Known, start: date, through: date, terms: Terms, purpose: str) -> Parts:
    """Hours of the units worked; a unit over the end of the period is credited as `straddling_pay` says (32).

    `by_days`: by its days on each side, half-up; nothing comes before the first period, so the days of a unit before
    the first day of employment go with it. `by_row_end`: wholly to the period in which the unit ends.
    """
    hours = EQUIVALENT_HOURS[terms.plan.service.equivalency or ""]
    hired_on = facts.hired_on(purpose)
    parts = []
    for first, last, known_on in facts.once(
        f"units {purpose}", terms, lambda: _worked_units(facts, _paid(facts, purpose), terms)
    ):
        day = max(start, min(known_on, through))
        if terms.straddling_pay == "by_row_end":
            if start <= last <= through:
                parts.append((day, hours))
            continue
        if last < start or first > through:
            continue
        length = (last - first).days + 1
        is_first = hired_on is not None and first <= hired_on <= last and start <= hired_on <= through
        lower = start if facts.opens is None or not first <= start <= last else max(first, facts.opens)
        gone = [0 if is_first else max((lower - first).days, 0), min((through - first).days + 1, length)]
        before, after = (half_up(Fraction(hours) * each / length) for each in gone)
        parts.append((day, after - before))
    return sorted(parts)
