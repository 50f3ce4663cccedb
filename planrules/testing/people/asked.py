"""The days to ask about a person: those on which the answer turns, and the days beside them."""

from collections.abc import Iterable
from datetime import date

from dateutil.relativedelta import relativedelta
from hypothesis import strategies as st

from planrules.people import Person
from planrules.testing.turns import DAY, Turns, beside, inside, years_after

_KINDS = ("plain", "employment", "employment", "plan year", "plan year", "age", "age", "entry", "row", "other")


@st.composite
def days_to_ask(draw: st.DrawFn, person: Person, turns: Turns) -> date:
    """Draw a day from the eve of the first day of employment on."""
    first = person.employment[0].start
    kind = draw(st.sampled_from(_KINDS))
    return draw(st.sampled_from(inside(_days(kind, person, turns), first - DAY, turns.last)))


def _days(kind: str, person: Person, turns: Turns) -> Iterable[date]:
    first = person.employment[0].start
    match kind:
        case "plain":
            return [date(year, 12, 31) for year in range(first.year + 1, turns.last.year + 1)]
        case "employment":
            return beside(*_of_employment(person, turns))
        case "plan year":
            return beside(*(day for day in turns.plan_year_ends if day >= first))
        case "age":
            born = person.birth_date
            return [] if born is None else beside(*(born + age for _, age in turns.ages))
        case "entry":
            return beside(*turns.entry_dates_between(first, turns.last))
        case "row":
            return [day for row in person.pay or () for day in (row.end, row.paid_on, row.end - DAY)]
        case _:
            return beside(*_of_other_facts(person), *years_after(first, *range(1, turns.last.year - first.year)))


def _of_employment(person: Person, turns: Turns) -> list[date]:
    """First and last days, latest first, and the ends of the waits for payment."""
    last = [spell.end for spell in person.employment if spell.end is not None]
    days = [*(day for spell in reversed(person.employment) for day in (spell.end, spell.start) if day is not None)]
    return [*days, *(end + wait for end in last for wait in turns.waits), days[-1] + relativedelta(months=6)]


def _of_other_facts(person: Person) -> list[date]:
    days = [each.paid_on for each in person.distributions]
    days += [each.repaid_on for each in person.distributions if each.repaid_on is not None]
    days += [each.end for each in person.classes or () if each.end is not None]
    days += [each.end for each in person.opt_outs]
    if person.top_heavy_schedule_kept_on is not None:
        days.append(person.top_heavy_schedule_kept_on)
    return days
