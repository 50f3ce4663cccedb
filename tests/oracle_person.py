"""A person as known at the close of a day: what lies ahead is cut away before any rule is asked."""

from collections.abc import Sequence
from dataclasses import dataclass, replace
from datetime import date
from decimal import ROUND_HALF_UP, Decimal
from fractions import Fraction
from typing import Any

from oracle_dates import DAY
from oracle_terms import EMPLOYER, EXCLUDED_CLASSES, Terms

Person = dict[str, Any]
CENT = Decimal("0.01")


@dataclass(frozen=True)
class Span:
    """Days from start to end, both included; `end` null while it lasts. `name` is an employer or a class."""

    name: str
    start: date
    end: date | None
    reason: str | None = None

    def holds(self, day: date) -> bool:
        """Say whether the day is one of its days (convention 3)."""
        return self.start <= day and (self.end is None or day <= self.end)


@dataclass(frozen=True)
class Row:
    """One pay row; money in dollars, hours in Hours of Service."""

    employer: str
    kind: str
    start: date
    end: date
    paid_on: date
    hours: Decimal
    compensation: Decimal
    salary_reduction: Decimal


@dataclass(frozen=True)
class Known:
    """What is known of a person at the close of `as_of` (conventions 1, 2 and 4)."""

    as_of: date
    birth_date: date
    spells: tuple[Span, ...]
    classes: tuple[Span, ...]
    rows: tuple[Row, ...]
    accounts: dict[str, Decimal]
    kept_on: date | None

    def steel_spells(self) -> list[Span]:
        """Give the relationships with the Employer, in order (convention 4)."""
        return [spell for spell in self.spells if spell.name == EMPLOYER]

    def hired_on(self) -> date | None:
        """Employment Commencement Date: first day of the first spell of either company (convention 6)."""
        return min((spell.start for spell in self.spells), default=None)

    def works_on(self, day: date) -> bool:
        """Say whether the day is a day of employment by the Employer (conventions 3 and 5)."""
        return any(spell.holds(day) for spell in self.steel_spells())

    def works_anywhere_on(self, day: date) -> bool:
        """Say whether the day is a day of employment by the Employer or the predecessor."""
        return any(spell.holds(day) for spell in self.spells)

    def excluded_on(self, day: date) -> bool:
        """Say whether the person is in an excluded class on the day (AA 1.07)."""
        return any(span.name in EXCLUDED_CLASSES and span.holds(day) for span in self.classes)

    def employed(self, terms: Terms, *, anywhere: bool = False) -> bool:
        """Say whether still employed at the close of `as_of`; on the last day as the reading says (convention 3)."""
        spells = self.spells if anywhere else self.steel_spells()
        if terms.separated_on_last_day == "next_day":
            return any(spell.holds(self.as_of) for spell in spells)
        return any(spell.holds(self.as_of) and spell.end != self.as_of for spell in spells)


def known(person: Person, as_of: date) -> Known:
    """Read a person's JSON and forget everything after the day (conventions 1 and 2)."""
    spells = _spans(person["employment"], "employer", as_of)
    kept_on = _date(person.get("top_heavy_schedule_kept_on"))
    return Known(
        as_of=as_of,
        birth_date=date.fromisoformat(person["birth_date"]),
        spells=_joined(spells),
        classes=tuple(_spans(person["classes"], "class", as_of)),
        rows=tuple(row for row in _rows(person) if row.end <= as_of),
        accounts={name: Decimal(balance) for name, balance in person["accounts"].items()},
        kept_on=kept_on if kept_on is not None and kept_on <= as_of else None,
    )


def _date(text: str | None) -> date | None:
    return None if text is None else date.fromisoformat(text)


def _spans(items: Sequence[dict[str, Any]], key: str, as_of: date) -> list[Span]:
    """Spans begun by the day, in order; an end after the day is not known yet (convention 2)."""
    spans = []
    for item in items:
        start, end = date.fromisoformat(item["start"]), _date(item["end"])
        if end is not None and end > as_of:
            spans.append(Span(item[key], start, None))
        elif start <= as_of:
            spans.append(Span(item[key], start, end, item.get("reason")))
    return sorted((span for span in spans if span.start <= as_of), key=lambda span: span.start)


def _joined(spells: list[Span]) -> tuple[Span, ...]:
    """Make one relationship of Steel spells that follow on the next day (convention 4)."""
    joined: list[Span] = []
    for spell in spells:
        last = joined[-1] if joined else None
        follows = last is not None and last.end is not None and last.end + DAY == spell.start
        if last is not None and follows and last.name == spell.name == EMPLOYER:
            joined[-1] = replace(last, end=spell.end, reason=spell.reason)
        else:
            joined.append(spell)
    return tuple(joined)


def _rows(person: Person) -> list[Row]:
    """Pay rows in the order of their pay dates."""
    rows = [
        Row(
            employer=item.get("employer") or _employer_on(person, date.fromisoformat(item["end"])),
            kind=item.get("kind") or "paid",
            start=date.fromisoformat(item["start"]),
            end=date.fromisoformat(item["end"]),
            paid_on=date.fromisoformat(item.get("paid_on") or item["end"]),
            hours=Decimal(item["hours"]),
            compensation=Decimal(item["compensation"]),
            salary_reduction=Decimal(item["salary_reduction"]),
        )
        for item in person["pay"]
    ]
    return sorted(rows, key=lambda row: (row.paid_on, row.end, row.start))


def _employer_on(person: Person, day: date) -> str:
    """Name the employer of the spell that holds the row's last day."""
    for item in person["employment"]:
        if date.fromisoformat(item["start"]) <= day <= (_date(item["end"]) or day):
            return str(item["employer"])
    message = f"a pay row that ends on {day} lies in no employment spell"
    raise ValueError(message)


def half_up(amount: Fraction) -> Decimal:
    """Round an amount that is not negative half-up to the hundredth."""
    return hundredths(Decimal((amount * 100 + Fraction(1, 2)) // 1) / 100)


def hundredths(amount: Decimal) -> Decimal:
    """Write money or hours with two decimals."""
    return amount.quantize(CENT, ROUND_HALF_UP)


def hours_by_day(rows: Sequence[Row], start: date, through: date, terms: Terms) -> list[tuple[date, Decimal]]:
    """Paid hours of a period as (last day of the row's part in it, hours), in date order.

    `by_days`: a row is earned evenly over its days; the hours through a day are rounded half-up to the hundredth and
    a part is the difference of two such totals, so the parts sum to the row. `by_row_end`: the row's last day takes
    all. Maternity hours never count (1.27).
    """
    parts = []
    for row in rows:
        if row.kind != "paid":
            continue
        if terms.straddling_pay == "by_row_end":
            if start <= row.end <= through:
                parts.append((row.end, row.hours))
            continue
        first, last = max(row.start, start), min(row.end, through)
        if first <= last:
            parts.append((last, _hours_through(row, last) - _hours_through(row, first - DAY)))
    return sorted(parts)


def _hours_through(row: Row, day: date) -> Decimal:
    """Hours of the row earned by the close of the day."""
    length, gone = (row.end - row.start).days + 1, (day - row.start).days + 1
    return half_up(Fraction(row.hours) * gone / length)
