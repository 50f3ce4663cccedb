"""A person as known at the close of a day: what lies ahead is cut away before any rule is asked."""

from collections.abc import Callable, Sequence
from dataclasses import dataclass, field, replace
from datetime import date
from decimal import ROUND_HALF_UP, Decimal
from fractions import Fraction
from typing import Any, TypeVar

from oracle_dates import DAY
from oracle_plan import Agreement, NotKnownError
from oracle_terms import STEEL, Terms

Person = dict[str, Any]
Found = TypeVar("Found")
CENT = Decimal("0.01")
PARTS = ("bonus", "overtime", "commissions", "other_elective_contributions", "days")
NONE_UNLESS_SAID = ("cash_or_deferred", "mandatory_contribution")


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
    """One pay row; money in dollars, hours in Hours of Service. `parts`: what is known of the further columns."""

    employer: str
    kind: str
    start: date
    end: date
    paid_on: date
    hours: Decimal
    compensation: Decimal
    salary_reduction: Decimal
    parts: dict[str, Decimal] = field(default_factory=dict)

    def part(self, name: str) -> Decimal:
        """Give a further column; one that is needed and not known is an error."""
        if name not in self.parts:
            message = f"{name} of the pay row that ends on {self.end} is not known"
            raise NotKnownError(message)
        return self.parts[name]


@dataclass(frozen=True)
class Known:
    """What is known of a person at the close of `as_of` (conventions 1, 2 and 4).

    `spells` are those on file; `relationships` those with the Employer, where a move to the next day or to another
    employer that counts as the Employer is no separation. `opens`: while a period after a new start is measured, the
    first day that no earlier one measured. `memo` keeps what was walked once.
    """

    as_of: date
    employee_id: str
    birth_date: date
    plan: Agreement
    spells: tuple[Span, ...]
    relationships: tuple[Span, ...]
    classes: tuple[Span, ...]
    opt_outs: tuple[Span, ...]
    rows: tuple[Row, ...]
    accounts: dict[str, Decimal]
    kept_on: date | None
    participant_since: date | None
    opens: date | None = None
    memo: dict[object, Any] = field(default_factory=dict, compare=False, repr=False)

    def once(self, key: str, terms: Terms, find: Callable[[], Found]) -> Found:
        """Walk once for these terms."""
        if (key, id(terms)) not in self.memo:
            self.memo[key, id(terms)] = find()
        found: Found = self.memo[key, id(terms)]
        return found

    def is_employer(self, name: str) -> bool:
        """Say whether the name is the Employer's or that of one whose Employees join like its own (convention 34)."""
        return name == self.plan.employer or any(name == other for other, _ in self.plan.eligibility.joining)

    def serves(self, name: str, purpose: str) -> bool:
        """Say whether service with an employer counts for participation, vesting or accrual (AA 1.29)."""
        service = self.plan.service
        return self.is_employer(name) or (
            name in service.predecessors and purpose in service.predecessor_counts_for and purpose != "accrual"
        )

    def leaves_out(self, name: str, day: date) -> bool:
        """Say whether service with an employer on the day is excepted (AA 1.29(c))."""
        return any(each.holds(name, day) for each in self.plan.service.excepted)

    def hired_on(self, purpose: str) -> date | None:
        """Employment Commencement Date: first day of employment that counts; a rehire starts none (convention 6)."""
        firsts = [self._first_day(spell) for spell in self.spells if self.serves(spell.name, purpose)]
        return min((day for day in firsts if day is not None), default=None)

    def _first_day(self, spell: Span) -> date | None:
        day = spell.start
        while day <= min(spell.end or self.as_of, self.as_of):
            if not self.leaves_out(spell.name, day):
                return day
            day += DAY
        return None

    def works_on(self, day: date) -> bool:
        """Say whether the day is one of employment by the Employer (conventions 3, 5 and 34)."""
        since = dict(self.plan.eligibility.joining)
        return any(
            spell.holds(day) and self.is_employer(spell.name) and (since.get(spell.name) or day) <= day
            for spell in self.spells
        )

    def serves_on(self, day: date, purpose: str) -> bool:
        """Say whether the day is one of employment that counts for the purpose."""
        return any(
            spell.holds(day) and self.serves(spell.name, purpose) and not self.leaves_out(spell.name, day)
            for spell in self.spells
        )

    def excluded_on(self, day: date) -> bool:
        """Say whether the person is in an excluded class on the day (AA 1.07) or has opted out of it (AA 2.06)."""
        in_class = any(span.name in self.plan.eligibility.excluded_classes and span.holds(day) for span in self.classes)
        return in_class or any(span.holds(day) for span in self.opt_outs)

    def employed(self, terms: Terms, *, anywhere: bool = False) -> bool:
        """Say whether still employed at the close of `as_of`; on the last day as the reading says (convention 3).

        `anywhere`: by any employer whose service counts for vesting.
        """
        spells = self.relationships
        if anywhere:
            spells = tuple(spell for spell in self.spells if self.serves(spell.name, "vesting"))
        last_day_counts = terms.separated_on_last_day == "next_day"
        return any(spell.holds(self.as_of) and (last_day_counts or spell.end != self.as_of) for spell in spells)


def known(person: Person, as_of: date, terms: Terms = STEEL) -> Known:
    """Read a person's JSON and forget everything after the day (conventions 1 and 2)."""
    plan = terms.plan
    spells = _spans(person["employment"], "employer", as_of)
    since, kept_on = (_date(person.get(name)) for name in ("participant_since", "top_heavy_schedule_kept_on"))
    found = Known(
        as_of=as_of,
        employee_id=str(person["employee_id"]),
        birth_date=date.fromisoformat(person["birth_date"]),
        plan=plan,
        spells=tuple(spells),
        relationships=(),
        classes=tuple(_spans(person["classes"], "class", as_of)),
        opt_outs=tuple(_spans(person.get("opt_outs") or [], "", as_of)) if plan.eligibility.opt_out else (),
        rows=tuple(row for row in _rows(person) if row.end <= as_of),
        accounts={name: Decimal(balance) for name, balance in person["accounts"].items()},
        kept_on=kept_on if kept_on is not None and kept_on <= as_of else None,
        participant_since=since if since is not None and since <= as_of else None,
    )
    strangers = [span.name for span in spells if not found.is_employer(span.name)]
    if set(strangers) - set(plan.service.predecessors):
        message = f"the agreement knows nothing of the employer {strangers[0]}"
        raise NotKnownError(message)
    own = [spell for spell in spells if found.is_employer(spell.name)]
    return replace(found, relationships=_joined(own), memo={})


def _date(text: str | None) -> date | None:
    return None if text is None else date.fromisoformat(text)


def _spans(items: Sequence[dict[str, Any]], key: str, as_of: date) -> list[Span]:
    """Spans begun by the day, in order; an end after the day is not known yet (convention 2)."""
    spans = []
    for item in items:
        start, end = date.fromisoformat(item["start"]), _date(item["end"])
        name = item[key] if key else ""
        if end is not None and end > as_of:
            spans.append(Span(name, start, None))
        elif start <= as_of:
            spans.append(Span(name, start, end, item.get("reason")))
    return sorted((span for span in spans if span.start <= as_of), key=lambda span: span.start)


def _joined(spells: list[Span]) -> tuple[Span, ...]:
    """Make one relationship of spells that follow on the next day (convention 4)."""
    joined: list[Span] = []
    for spell in spells:
        last = joined[-1] if joined else None
        if last is not None and last.end is not None and last.end + DAY == spell.start:
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
            parts={name: Decimal(item[name]) for name in PARTS if item.get(name) is not None}
            | {name: Decimal(item.get(name) or 0) for name in NONE_UNLESS_SAID},
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
