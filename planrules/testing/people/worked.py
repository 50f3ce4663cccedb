"""Hours of Service year by year: runs at and beside the thresholds of a plan, spread over the parts of a year."""

from calendar import monthrange
from collections.abc import Iterator, Sequence
from dataclasses import dataclass
from datetime import date, timedelta
from decimal import ROUND_DOWN, Decimal
from functools import lru_cache

from hypothesis import strategies as st

from planrules.dates import HOURS_IN_A_DAY
from planrules.plan import Terms
from planrules.testing.people.picked import pick
from planrules.testing.turns import DAY, Turns

_CENT = Decimal("0.01")
_FULL = Decimal("2080.00")
_BESIDE = tuple(map(Decimal, ("0", "-0.01", "0.01", "0.5", "1")))
_FORTNIGHT, _WEEK = timedelta(days=14), timedelta(days=7)
_MIDDLE = 15
_LONGEST_RUN = 6
_MOST_RUNS = 4
_HOURS_OF_A_DAY = Decimal(8)


@dataclass(frozen=True, slots=True)
class Worked:
    """Hours on some days, and the days with an hour where a daily equivalency asks for them."""

    start: date
    end: date
    hours: Decimal
    days: int | None = None


def script(draw: st.DrawFn, turns: Turns) -> Iterator[Decimal | None]:
    """Draw hours of one year after the other, in runs, so that five Breaks in a row are common; null is no row."""
    start, some = _runs(turns)
    runs = [draw(start), *draw(some)]
    return _played(runs, pick(draw, _after(turns)))


Run = tuple[Decimal | None, int]


@lru_cache(maxsize=8)
def _runs(turns: Turns) -> tuple[st.SearchStrategy[Run], st.SearchStrategy[list[Run]]]:
    """The first run, mostly of Years, and those that follow it."""
    enough = turns.eligibility_hours[0]
    full = st.tuples(st.sampled_from((*_after(turns)[1:-1], _more(turns, enough))), st.integers(1, 4))
    some = st.tuples(st.sampled_from(_amounts(turns)), st.integers(1, _LONGEST_RUN))
    return st.one_of(full, full, some), st.lists(some, max_size=_MOST_RUNS)


def _after(turns: Turns) -> tuple[Decimal | None, ...]:
    """What may come when the runs are over: no row, Years of Service, or no hour."""
    enough = (_least(turns, hours[0]) for hours in (turns.eligibility_hours, turns.vesting_hours))
    return (None, *enough, _FULL, Decimal(0))


def _played(runs: Sequence[Run], after: Decimal | None) -> Iterator[Decimal | None]:
    for value, length in runs:
        for _ in range(length):
            yield value
    while True:
        yield after


def _amounts(turns: Turns) -> list[Decimal | None]:
    """Hours at and beside every threshold; under an equivalency whole units beside it."""
    found: list[Decimal | None] = [*turns.hours, Decimal(0)]
    if turns.unit_hours is not None:
        for threshold in turns.hours:
            fewer = threshold // turns.unit_hours * turns.unit_hours
            found += [fewer, fewer + turns.unit_hours]
    found += [threshold + shift for shift in _BESIDE for threshold in turns.hours]
    return [*dict.fromkeys((*found, _FULL)), None]


def _least(turns: Turns, hours: Decimal) -> Decimal:
    """The least hours that are enough: those asked, or the first whole units that reach them."""
    unit = turns.unit_hours
    return hours if unit is None else -(-hours // unit) * unit


def _more(turns: Turns, hours: Decimal) -> Decimal:
    """A little more than some hours: a hundredth, or the next whole unit."""
    unit = turns.unit_hours
    return hours + _CENT if unit is None else (hours // unit + 1) * unit


def parts_of(hours: Decimal, first: date, last: date, frequency: str, terms: Terms) -> list[Worked]:
    """The hours of a year in parts, in order.

    Under an equivalency a year short of full time is worked for as many of its units as give those hours.
    """
    unit = terms.service.equivalency
    if unit is None or not terms.service.equivalency_for or hours >= _FULL:
        return _spread(hours, _cut(first, last, frequency))
    count = int(hours // terms.service.equivalency_hours)
    if unit == "daily":
        days = min(count, (last - first).days + 1)
        return [Worked(first, last, days * _HOURS_OF_A_DAY, days)]
    spans = _cut(first, last, unit)[:count]
    if not spans:
        return _spread(Decimal(0), [(first, last)])
    if frequency == "yearly" and terms.service.straddling_pay == "by_days":
        spans = [(first, spans[-1][1])]
    return [Worked(start, end, _HOURS_OF_A_DAY * ((end - start).days + 1)) for start, end in spans]


def _spread(hours: Decimal, spans: Sequence[tuple[date, date]]) -> list[Worked]:
    """The hours spread evenly, what is left on the last; never more than a day can hold."""
    share = (hours / len(spans)).quantize(_CENT, ROUND_DOWN)
    rest = hours - share * (len(spans) - 1)
    amounts = [*[share] * (len(spans) - 1), rest]
    return [
        Worked(start, end, min(amount, Decimal(((end - start).days + 1) * HOURS_IN_A_DAY)))
        for (start, end), amount in zip(spans, amounts, strict=True)
    ]


def _cut(first: date, last: date, frequency: str) -> list[tuple[date, date]]:
    """The days between two others, both included, in the parts that a payroll has."""
    spans = []
    while first <= last:
        end = min(_through(first, last, frequency), last)
        spans.append((first, end))
        first = end + DAY
    return spans


def _through(first: date, last: date, frequency: str) -> date:
    match frequency:
        case "monthly":
            return first.replace(day=monthrange(first.year, first.month)[1])
        case "semi_monthly" if first.day <= _MIDDLE:
            return first.replace(day=_MIDDLE)
        case "semi_monthly":
            return first.replace(day=monthrange(first.year, first.month)[1])
        case "biweekly":
            return first + _FORTNIGHT - DAY
        case "weekly":
            return first + _WEEK - DAY
        case _:
            return last
