"""Employment spells and pay rows, for Hypothesis: hours at the thresholds, pay at the edges of the tiers."""

from collections.abc import Iterator
from dataclasses import dataclass, replace
from datetime import date, timedelta
from decimal import ROUND_DOWN, Decimal
from typing import Any, Final

from dateutil.relativedelta import relativedelta
from hypothesis import strategies as st
from oracle_terms import EMPLOYER, FIRST_ENTRY_DATE, PREDECESSOR
from strategies_days import DAY, LAST_YEAR, STEEL, Calendar, beside, edge_days, some_of, years_after

RELATED: Final = "Steel Sales Inc."
HORIZON: Final = date(LAST_YEAR, 9, 30)
CENT: Final = Decimal("0.01")
HOURS: Final = (
    *("1000.00", "500.00", "0.00", "999.99", "1000.01", "500.50", "501.00", "499.99", "500.01", "2080.00"),
    *("1040.00", "250.00", "750.25", "1000.00", "1200.00", "1800.00", "2080.00", "1000.01", "500.00"),
)
FULL_HOURS: Final = ("2080.00", "1800.00", "1000.00", "1000.01")
PAY: Final = (
    *("1000.00", "0.00", "2000.00", "1000.50", "1666.67", "333.33", "0.01", "12500.00", "12500.01", "20000.00"),
    *("75000.00", "150000.00", "150000.01", "240000.00"),
)
REDUCTION_PERCENTS: Final = ("6", "0", "3", "10", "5", "3.01", "2.99", "6.01", "1", "10", "15")
PAY_DELAYS: Final = (0, 0, 0, 1, 5, 14)
REASONS: Final = ("quit", "layoff", "discharge", "retirement", "disability")
HOURS_A_DAY: Final = 24  # no row may hold more


@dataclass(frozen=True)
class Spell:
    """Employment from start to end, both included; end null while it lasts."""

    employer: str
    start: date
    end: date | None
    reason: str | None

    def paid_through(self) -> date:
        """Give the last day that pay rows may cover."""
        return self.end or max(self.start, min(HORIZON, self.start + timedelta(days=5 * 366)))

    def json(self) -> dict[str, Any]:
        """Give the spell in the form of a person's file."""
        end = None if self.end is None else self.end.isoformat()
        return {"employer": self.employer, "start": self.start.isoformat(), "end": end, "reason": self.reason}


@dataclass(frozen=True)
class PayRow:
    """One pay row; money in dollars, hours in Hours of Service, never more than 24 a day."""

    employer: str | None
    start: date
    end: date
    paid_on: date
    hours: Decimal
    compensation: Decimal = Decimal("0.00")
    salary_reduction: Decimal = Decimal("0.00")
    kind: str | None = None

    def between(self, start: date, end: date) -> "PayRow":
        """Cut the row to other days; its hours still fit into them."""
        most = Decimal(((end - start).days + 1) * HOURS_A_DAY)
        return replace(self, start=start, end=end, paid_on=end + (self.paid_on - self.end), hours=min(self.hours, most))

    def json(self) -> dict[str, Any]:
        """Give the row in the form of a person's file; what is null is left out."""
        row: dict[str, Any] = {name: getattr(self, name).isoformat() for name in ("start", "end", "paid_on")}
        row |= {name: f"{getattr(self, name):.2f}" for name in ("hours", "compensation", "salary_reduction")}
        row |= {name: getattr(self, name) for name in ("employer", "kind") if getattr(self, name) is not None}
        return row


@st.composite
def spells(
    draw: st.DrawFn,
    calendar: Calendar = STEEL,
    employers: tuple[str, ...] = (EMPLOYER, EMPLOYER, EMPLOYER, PREDECESSOR),
) -> list[Spell]:
    """One to three spells of one of the companies that never overlap; they may follow on the next day."""
    count = draw(st.integers(1, 3))
    start = draw(st.one_of(*(edge_days(date(year, 1, 1), date(1996, 12, 31), calendar) for year in (1991, 1989, 1985))))
    drawn: list[Spell] = []
    for index in range(count):
        employer = draw(st.sampled_from(employers))
        last = index == count - 1
        if last and draw(st.booleans()):
            return [*drawn, Spell(employer, start, None, None)]
        end = draw(_ends(start, calendar))
        reasons = (*REASONS, "death") if last else REASONS
        drawn.append(Spell(employer, start, end, draw(st.sampled_from(reasons))))
        start = draw(_returns(end, calendar))
        if start >= HORIZON:
            break
    return drawn


def _ends(start: date, calendar: Calendar) -> st.SearchStrategy[date]:
    """Last days: Plan Year ends, entry dates, anniversaries and their neighbours, or after a few days."""
    latest = min(start + timedelta(days=6 * 366), HORIZON)
    years = [day - DAY for day in years_after(start, 1, 2, 3, 4, 5, 6)]
    return st.one_of(
        some_of(calendar.plan_year_ends(), start, latest),
        some_of(beside(*years), start, latest),
        some_of(beside(*calendar.entry_dates(start, latest)), start, latest),
        edge_days(start, latest, calendar),
        st.sampled_from([start + timedelta(days=days) for days in (0, 1, 41, 89)]),
    )


def _returns(end: date, calendar: Calendar) -> st.SearchStrategy[date]:
    """First days back: the next day, soon, or after 4, 5 or 6 Plan Years without an hour."""
    close = calendar.plan_year_end(end)
    years = [after + DAY for after in years_after(close, 4, 5, 6)]
    middle = [day + relativedelta(months=7) for day in years]
    soon = [end + timedelta(days=days) for days in (1, 2, 30, 91)]
    return st.one_of(
        st.sampled_from(soon),
        st.sampled_from(years + middle),
        edge_days(end + DAY, end + timedelta(days=800), calendar),
    )


@st.composite
def pay_rows(draw: st.DrawFn, worked: list[Spell], calendar: Calendar = STEEL) -> list[PayRow]:
    """Pay rows inside the spells: one a Plan Year or employment year, a few of these cut into months or halves."""
    rows: list[PayRow] = []
    by_plan_year, anniversary_cut, defers = (
        draw(st.booleans()),
        draw(st.booleans()),
        draw(st.sampled_from((True, True, False))),
    )
    detailed = draw(st.sets(st.integers(0, 7), max_size=2))
    script = _script(draw)
    cuts = [years_after(worked[0].start, 1)[0] - DAY] if anniversary_cut else []
    years = calendar if by_plan_year else None
    segments = [(spell, *part) for spell in worked for part in _segments(spell, cuts, years)]
    for index, (spell, first, last) in enumerate(segments):
        hours = next(script)
        if hours is None:
            continue
        parts = [(first, last)]
        if index in detailed:
            parts = list(_months(first, last, halves=draw(st.booleans())))
        rows += _paid(draw, spell, parts, hours, defers=defers)
    return rows


def _script(draw: st.DrawFn) -> Iterator[Decimal | None]:
    """Hours of one segment after the other, in runs, so that 4, 5 or 6 Breaks in a row are common; null is no row."""
    values = st.sampled_from((*HOURS, None))
    full = st.tuples(st.sampled_from(FULL_HOURS), st.integers(1, 4))
    start = draw(st.one_of(full, full, st.tuples(values, st.integers(1, 2))))
    runs = draw(st.lists(st.tuples(values, st.integers(1, 6)), max_size=4))
    for value, length in (start, *runs):
        for _ in range(length):
            yield None if value is None else Decimal(value)
    while True:
        yield Decimal(1000)


def _segments(spell: Spell, cuts: list[date], calendar: Calendar | None) -> Iterator[tuple[date, date]]:
    """Years of a spell: Plan Years, or employment years, which straddle 30 September."""
    first, through = spell.start, spell.paid_through()
    while first <= through:
        year_end = first + relativedelta(years=1) - DAY if calendar is None else calendar.plan_year_end(first)
        last = min([year_end, through, *(cut for cut in cuts if cut >= first)])
        yield first, last
        first = last + DAY


def _months(first: date, last: date, *, halves: bool) -> Iterator[tuple[date, date]]:
    """Calendar months, or half months, between two days."""
    while first <= last:
        end = first + relativedelta(day=31)
        if halves and first.day <= 15:
            end = first.replace(day=15)
        yield first, min(end, last)
        first = end + DAY


def _paid(
    draw: st.DrawFn, spell: Spell, parts: list[tuple[date, date]], hours: Decimal, *, defers: bool
) -> Iterator[PayRow]:
    """Rows of one segment: its hours spread evenly with the remainder on the last, the same pay in each."""
    pay = Decimal(draw(st.sampled_from(PAY))) if parts[0][1] >= FIRST_ENTRY_DATE else Decimal("0.00")
    percent = Decimal(draw(st.sampled_from(REDUCTION_PERCENTS))) if defers and pay else Decimal(0)
    delay = timedelta(days=draw(st.sampled_from(PAY_DELAYS)))
    employer = spell.employer if draw(st.booleans()) else None
    share = (hours / len(parts)).quantize(CENT, ROUND_DOWN)
    for index, (first, last) in enumerate(parts):
        reduces = spell.employer != PREDECESSOR and first >= FIRST_ENTRY_DATE
        reduction = (pay * percent / 100).quantize(CENT, ROUND_DOWN) if reduces else Decimal("0.00")
        part = hours - share * (len(parts) - 1) if index == len(parts) - 1 else share
        yield PayRow(employer, first, last, last + delay, part, pay, reduction).between(first, last)


@st.composite
def maternity(draw: st.DrawFn, worked: list[Spell], rows: list[PayRow]) -> list[PayRow]:
    """Pay rows with one unpaid maternity absence; the rows it overlaps give way to it."""
    spell = draw(st.sampled_from(worked))
    first = draw(edge_days(spell.start, spell.paid_through()))
    last = min(first + timedelta(days=draw(st.sampled_from((90, 30, 180)))), spell.paid_through())
    hours = Decimal(draw(st.sampled_from(("501.00", "500.00", "250.00", "0.01", "520.00"))))
    kept = []
    for row in rows:
        if row.end < first or row.start > last:
            kept.append(row)
        elif row.start < first:
            kept.append(row.between(row.start, first - DAY))
        elif row.end > last:
            kept.append(row.between(last + DAY, row.end))
    absence = PayRow(spell.employer, first, last, last, hours, kind="maternity").between(first, last)
    return [*kept, absence]
