"""The days to ask about a person: those on which the answer turns, and the days beside them."""

from collections.abc import Callable, Iterable
from datetime import date

from dateutil.relativedelta import relativedelta
from hypothesis import strategies as st

from planrules.engine.evaluate import EARLIEST
from planrules.people import Person
from planrules.testing.people.picked import pick
from planrules.testing.turns import DAY, Turns, beside, inside, years_after


def day_to_ask(draw: st.DrawFn, person: Person, turns: Turns) -> date:
    """Draw a day from the eve of the first day of employment on."""
    first = person.employment[0].start
    days = pick(draw, _KINDS)(person, turns)
    return pick(draw, inside(days, max(first - DAY, EARLIEST), turns.last))


_Days = Callable[[Person, Turns], Iterable[date]]


def _plain(person: Person, turns: Turns) -> list[date]:
    return [date(year, 12, 31) for year in range(person.employment[0].start.year + 1, turns.last.year + 1)]


def _plan_years(person: Person, turns: Turns) -> list[date]:
    return beside(*(day for day in turns.plan_year_ends if day >= person.employment[0].start))


def _at_the_end(person: Person, turns: Turns) -> list[date]:
    """Late days, on which everything drawn is known: the ends of Plan Years after the last return and repayment."""
    since = max(
        person.employment[-1].start, *(each.repaid_on or each.paid_on for each in person.distributions), date.min
    )
    return [day for day in turns.plan_year_ends if day >= since]


def _ages(person: Person, turns: Turns) -> list[date]:
    born = person.birth_date
    attained = [] if born is None else [born + age for _, age in turns.ages]
    return [*attained, *(day - DAY for day in attained)]


def _entry(person: Person, turns: Turns) -> list[date]:
    return beside(*turns.entry_dates_between(person.employment[0].start, turns.last))


def _rows(person: Person, _: Turns) -> list[date]:
    return [day for row in person.pay or () for day in (row.end, row.paid_on, row.end - DAY)]


def _of_employment(person: Person, turns: Turns) -> list[date]:
    """First and last days, latest first, and the ends of the waits for payment."""
    last = [spell.end for spell in person.employment if spell.end is not None]
    days = [*(day for spell in reversed(person.employment) for day in (spell.end, spell.start) if day is not None)]
    return beside(*days, *(end + wait for end in last for wait in turns.waits), days[-1] + relativedelta(months=6))


def _other_facts(person: Person, turns: Turns) -> list[date]:
    days = [each.paid_on for each in person.distributions]
    days += [each.repaid_on for each in person.distributions if each.repaid_on is not None]
    days += [each.end for each in person.classes or () if each.end is not None]
    days += [each.end for each in person.opt_outs]
    if person.top_heavy_schedule_kept_on is not None:
        days.append(person.top_heavy_schedule_kept_on)
    first = person.employment[0].start
    return beside(*days, *years_after(first, *range(1, turns.last.year - first.year)))


_KINDS: tuple[_Days, ...] = (
    *(_plain, _of_employment, _of_employment, _plan_years, _plan_years),
    *(_ages, _ages, _entry, _rows, _other_facts, _at_the_end, _at_the_end),
)
