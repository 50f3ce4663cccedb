"""Pay rows whose hours, pay and deferrals stand at the thresholds of a plan, in the frequencies of real payrolls."""

from collections.abc import Iterator, Sequence
from dataclasses import dataclass
from datetime import date, timedelta
from decimal import ROUND_DOWN, Decimal
from typing import Literal

from dateutil.relativedelta import relativedelta
from hypothesis import strategies as st

from planrules.dates import HOURS_IN_A_DAY
from planrules.people.models import PayRow
from planrules.plan import Terms
from planrules.testing.people.picked import pick
from planrules.testing.people.spells import Spell
from planrules.testing.people.worked import Worked, parts_of, script
from planrules.testing.turns import DAY, Turns, years_after

Frequency = Literal["yearly", "monthly", "semi_monthly", "biweekly", "weekly"]
_CENT = Decimal("0.01")
_NONE = Decimal("0.00")
_FREQUENCIES: tuple[Frequency, ...] = ("yearly", "monthly", "yearly", "semi_monthly", "biweekly", "weekly")
_YEARLY_PAY = tuple(map(Decimal, ("24000.00", "12000.00", "36000.60", "0.01", "0.00", "150000.00", "240000.00")))
_DELAYS = (0, 0, 0, 1, 5, 14)
_SHARES = tuple(map(Decimal, ("0", "0.25", "0.1")))
_BESIDE_THE_PAY = (_NONE, Decimal("15.00"), Decimal("60.01"))
_MOST_DETAILED = 2
_SEGMENTS_SEEN = 8
_COMMON_PERCENTS = tuple(map(Decimal, ("6", "0", "3", "10", "5", "1")))


@dataclass(frozen=True, slots=True)
class Manner:
    """How one person is paid, the same in every row.

    Attributes:
        percent: what is deferred, in percent of pay, in rows of these employers from a day on.
        delay: the check's days after the last day paid for.
        named: whether a row says who paid it.
        parts: each part of the pay that an election asks about, as a share of what is left after deferrals.
        beside: dollars of each contribution besides the deferral, in rows with a deferral.
    """

    percent: Decimal
    deferring_with: tuple[str, ...]
    deferring_from: date
    delay: timedelta
    named: bool
    parts: tuple[tuple[str, Decimal], ...]
    beside: tuple[tuple[str, Decimal], ...]


def pay_rows(draw: st.DrawFn, worked: Sequence[Spell], terms: Terms, turns: Turns) -> list[PayRow]:
    """Draw pay rows inside the spells: one a Plan Year or year of service, a few of these in shorter parts."""
    by_plan_year, first_year_apart = draw(st.booleans()), draw(st.booleans())
    detailed = draw(st.sets(st.integers(0, _SEGMENTS_SEEN - 1), max_size=_MOST_DETAILED))
    frequency = pick(draw, _FREQUENCIES)
    manner, hours = _manner(draw, terms, turns), script(draw, turns)
    cuts = [years_after(worked[0].start, 1)[0] - DAY] if first_year_apart else []
    rows: list[PayRow] = []
    segments = [(spell, *part) for spell in worked for part in _segments(spell, cuts, turns, by_plan_year=by_plan_year)]
    for index, (spell, first, last) in enumerate(segments):
        amount = next(hours)
        if amount is None:
            continue
        pay = pick(draw, _amounts(turns, last)) if index < _SEGMENTS_SEEN else _YEARLY_PAY[0]
        parts = parts_of(amount, first, last, frequency if index in detailed else "yearly", terms)
        rows += _paid(spell, parts, pay, manner)
    return rows


def _segments(spell: Spell, cuts: Sequence[date], turns: Turns, *, by_plan_year: bool) -> Iterator[tuple[date, date]]:
    """Years of a spell: Plan Years or years of service, with the first year of all apart."""
    first, through = spell.start, spell.worked_through(turns)
    while first <= through:
        year_end = turns.plan_year_end(first) if by_plan_year else first + relativedelta(years=1) - DAY
        last = min([year_end, through, *(cut for cut in cuts if cut >= first)])
        yield first, last
        first = last + DAY


def _amounts(turns: Turns, day: date) -> list[Decimal]:
    """Pay of a year: plain amounts, and the limit on Compensation with a cent more."""
    limit = dict(turns.compensation_limits).get(turns.plan_year_end(day).year)
    return [*_YEARLY_PAY] if limit is None else [*_YEARLY_PAY, limit, limit + _CENT]


def _manner(draw: st.DrawFn, terms: Terms, turns: Turns) -> Manner:
    """Draw how somebody is paid: what is deferred stands at the tiers of the match and at the plan's highest."""
    parts = terms.compensation.parts_to_know
    share = pick(draw, _SHARES) if parts else _NONE
    others = [name for name in terms.matching.eligible_contributions_of if name != "salary_reduction"]
    beside = pick(draw, _BESIDE_THE_PAY) if others else _NONE
    return Manner(
        percent=pick(draw, _percents(terms)),
        deferring_with=terms.service.own_employers,
        deferring_from=turns.effective,
        delay=timedelta(days=pick(draw, _DELAYS)),
        named=draw(st.booleans()),
        parts=tuple((name, share) for name in parts),
        beside=tuple((name, beside) for name in others),
    )


def _percents(terms: Terms) -> list[Decimal]:
    """Percent of pay that is deferred."""
    edges, reached = [], Decimal(0)
    for tier in terms.matching.tier_percents:
        reached += tier
        edges += [reached, reached + _CENT, reached - _CENT]
    if terms.deferral.deferral_percent is not None:
        edges += [terms.deferral.deferral_percent, terms.deferral.deferral_percent + 1]
    if terms.deferral.least_deferral_percent is not None:
        edges.append(terms.deferral.least_deferral_percent)
    return list(dict.fromkeys(percent for percent in (*_COMMON_PERCENTS, *edges) if 0 <= percent <= 100))  # noqa: PLR2004  a percentage


def _paid(spell: Spell, parts: Sequence[Worked], pay: Decimal, manner: Manner) -> Iterator[PayRow]:
    """The rows of one year: the pay spread evenly over its parts with what is left on the last."""
    share = (pay / len(parts)).quantize(_CENT, ROUND_DOWN)
    for index, part in enumerate(parts):
        amount = pay - share * (len(parts) - 1) if index == len(parts) - 1 else share
        defers = spell.employer in manner.deferring_with and part.start >= manner.deferring_from
        reduction = (amount * manner.percent / 100).quantize(_CENT, ROUND_DOWN) if defers else _NONE
        yield PayRow(
            start=part.start,
            end=part.end,
            paid_on=part.end + manner.delay,
            hours=part.hours,
            compensation=amount,
            salary_reduction=reduction,
            employer=spell.employer if manner.named else None,
            days=part.days,
            **{name: ((amount - reduction) * each).quantize(_CENT, ROUND_DOWN) for name, each in manner.parts},
            **{name: dollars if reduction else _NONE for name, dollars in manner.beside},
        )


def maternity(draw: st.DrawFn, worked: Sequence[Spell], rows: Sequence[PayRow], turns: Turns) -> list[PayRow]:
    """Draw the same rows with one unpaid maternity absence, to which the rows that it overlaps give way."""
    spell = pick(draw, list(worked))
    through = spell.worked_through(turns)
    starts = [day for day in (spell.start, *turns.plan_year_ends, *turns.entry_dates) if spell.start <= day <= through]
    first = pick(draw, starts)
    last = min(first + timedelta(days=pick(draw, (90, 30, 180))), through)
    hours = min(Decimal(pick(draw, ("501.00", "500.00", "250.00", "0.01", "520.00"))), most_hours(first, last))
    absence = PayRow(start=first, end=last, paid_on=last, hours=hours, kind="maternity", employer=spell.employer)
    kept: list[PayRow] = []
    for row in rows:
        if row.end < first or row.start > last:
            kept.append(row)
        elif row.start < first:
            kept.append(_shortened(row, row.start, first - DAY))
        elif row.end > last:
            kept.append(_shortened(row, last + DAY, row.end))
    return [*kept, absence]


def most_hours(first: date, last: date) -> Decimal:
    """The hours that a stretch of days can hold."""
    return Decimal(((last - first).days + 1) * HOURS_IN_A_DAY)


def _shortened(row: PayRow, start: date, end: date) -> PayRow:
    """The row on fewer days; its hours still fit into them."""
    hours = min(row.hours or _NONE, most_hours(start, end))
    days = None if row.days is None else min(row.days, (end - start).days + 1)
    moved = {"start": start, "end": end, "paid_on": end + (row.paid_on - row.end), "hours": hours, "days": days}
    return row.model_copy(update=moved)
