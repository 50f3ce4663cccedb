"""What is drawn about a person beside employment and pay: birth, classes, balances, cash-outs and own elections."""

from collections.abc import Sequence
from datetime import date, timedelta
from decimal import Decimal

from dateutil.relativedelta import relativedelta
from hypothesis import strategies as st

from planrules.people.models import Account, CashOut, ClassSpan, OptOut
from planrules.plan import Terms
from planrules.testing.people.picked import pick
from planrules.testing.people.spells import Spell
from planrules.testing.turns import DAY, Turns, beside, inside, years_after

_CENT = Decimal("0.01")
_NONE = Decimal("0.00")
_PLAIN_AGE = relativedelta(years=35)
_LONGEST_CLASS = relativedelta(years=4)
_FILED_AFTER = tuple(map(timedelta, (1, 60, 30, 61, 0)))
_ACCOUNTS_DRAWN = ("none", "one", "one", "some")
_CASHED_OUT, _CASHED_OUT_BACK = (False, False, False, True), (False, True)
_SELDOM = (False, False, False, False, True)
_PAID_AFTER = tuple(map(timedelta, (0, 1, 400)))


def seldom(draw: st.DrawFn) -> bool:
    """Draw true about one time in five; shrinks to false."""
    return pick(draw, _SELDOM)


def birth_dates(draw: st.DrawFn, worked: Sequence[Spell], turns: Turns) -> date:
    """Draw a birth date that puts one of the plan's ages on or beside a day that matters; a third are plain."""
    first = worked[0].start
    kind = pick(draw, ("plain", "age", "age", "age", "leap day"))
    if kind == "plain":
        return date(first.year, 1, 1) - _PLAIN_AGE
    _, age = pick(draw, turns.ages)
    days = [day for spell in worked for day in (spell.start, spell.end or turns.last)]
    if kind == "leap day":
        birthdays = [date(year, 2, 29) for year in range(1880, turns.last.year) if not year % 4 and year != 1900]  # noqa: PLR2004  no leap year
        near = [day for day in birthdays if first <= day + age <= turns.last and day < first]
        return pick(draw, near) if near else date(first.year, 1, 1) - _PLAIN_AGE
    days += years_after(first, 1, 2) + [turns.plan_year_end(day) for day in days]
    days += turns.entry_dates_between(first, first + relativedelta(years=2))
    day: date = pick(draw, inside(beside(*days), first, turns.last))
    born = day - age
    return born if born < first else date(first.year, 1, 1) - _PLAIN_AGE


def class_spans(draw: st.DrawFn, worked: Sequence[Spell], terms: Terms, turns: Turns) -> list[ClassSpan]:
    """Draw up to two stretches in a class that do not overlap; most in a class left out, over a Plan Entry Date."""
    count = pick(draw, (0, 0, 0, 1, 2))
    names = [*terms.participation.excluded_classes, *terms.known_classes]
    spans: list[ClassSpan] = []
    first = worked[0].start
    for _ in range(count):
        latest = first + _LONGEST_CLASS
        quarters = turns.entry_dates_between(first, latest)
        starts = [first, *(spell.start for spell in worked), *beside(*quarters)]
        start = pick(draw, inside(starts, first, latest))
        ends = beside(*(day for day in quarters if day >= start), *years_after(start, 1))
        end = None if draw(st.booleans()) else pick(draw, inside(ends, start, latest))
        spans.append(ClassSpan.model_validate({"class": pick(draw, names), "start": start, "end": end}))
        if end is None:
            break
        first = end + DAY
    return spans


def accounts(draw: st.DrawFn, turns: Turns) -> Account:
    """Draw balances: nothing at all, one account at an amount at which something turns, or several."""
    lines = [each + shift for each in turns.amounts for shift in (_NONE, _CENT)]
    names = ("deferral", "regular_matching", "employer", "qualified_nonelective")
    kind = pick(draw, _ACCOUNTS_DRAWN)
    if kind == "none":
        return Account.model_validate(dict.fromkeys(names, _NONE))
    if kind == "one":
        return Account.model_validate(dict.fromkeys(names, _NONE) | {pick(draw, names): pick(draw, lines)})
    halves = [(each / 2).quantize(_CENT) for each in turns.amounts]
    amounts = [_NONE, *lines, *halves, *(each + _CENT for each in halves), _CENT]
    return Account.model_validate({name: pick(draw, amounts) for name in names})


def cash_outs(draw: st.DrawFn, worked: Sequence[Spell], terms: Terms, turns: Turns) -> tuple[CashOut, ...]:
    """Draw no cash-out, or one after a spell with the Employer and before the return; repaid only after the return."""
    own = terms.service.own_employers
    left = [index for index, spell in enumerate(worked) if spell.employer in own and spell.end is not None]
    returns = [index for index in left if any(spell.employer in own for spell in worked[index + 1 :])]
    if not left or not pick(draw, _CASHED_OUT_BACK if returns else _CASHED_OUT):
        return ()
    index = pick(draw, returns or left)
    left_on = worked[index].end or turns.last
    back = next((spell.start for spell in worked[index + 1 :] if spell.employer in own), None)
    until = turns.last if back is None else back - DAY
    if until <= left_on:
        return ()
    delays = [*(left_on + wait for wait in turns.waits), *(left_on + wait for wait in _PAID_AFTER)]
    close = turns.plan_year_end(left_on)
    paid_on = pick(draw, inside([*delays, *beside(close)], left_on, until))
    if back is None or not pick(draw, (False, True, True)):
        return (CashOut(paid_on=paid_on),)
    last = years_after(back, terms.distribution.restoration_years)[0]
    moments = [back, *beside(last), *beside(turns.plan_year_end(back))]
    return (CashOut(paid_on=paid_on, repaid_on=pick(draw, inside(moments, back, last + DAY))),)


def filings(draw: st.DrawFn, worked: Sequence[Spell], terms: Terms, turns: Turns) -> date | None:
    """Draw a day on which the faster schedule was kept: about 60 days after a top-heavy Plan Year ended; or null."""
    ends = [end for end in terms.facts.top_heavy.plan_years if worked[0].start <= end < turns.last]
    if not ends or not seldom(draw):
        return None
    return pick(draw, ends) + pick(draw, _FILED_AFTER)


def opt_outs(draw: st.DrawFn, worked: Sequence[Spell], turns: Turns) -> tuple[OptOut, ...]:
    """Draw up to two whole Plan Years of not taking part."""
    ends = [end for end in turns.plan_year_ends if worked[0].start <= end <= turns.last]
    chosen = {pick(draw, ends), pick(draw, ends)} if ends and seldom(draw) else set()
    return tuple(OptOut(start=turns.plan_year_end(end - timedelta(days=366)) + DAY, end=end) for end in sorted(chosen))


def participant_since(draw: st.DrawFn, worked: Sequence[Spell], terms: Terms, turns: Turns) -> date | None:
    """Draw a day on which one at work was a Participant before a restatement; mostly null."""
    effective = terms.participation.effective_date
    own = terms.service.own_employers
    early = [spell for spell in worked if spell.employer in own and spell.start < effective]
    if not early or not seldom(draw):
        return None
    last = min(early[0].end or effective, effective - DAY)
    days = [day for day in turns.plan_year_ends if day < effective]
    return pick(draw, inside([*(day + DAY for day in days), early[0].start], early[0].start, last))
