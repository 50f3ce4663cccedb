"""People, days and terms for Hypothesis, weighted hard to the edges at which the plan's rules turn.

`cases()` draws a person in the form of a person's file, with every fact known, and a day to ask about. `terms()`
draws the employer's facts and the readings; both see the same top-heavy Plan Years. Everything drawn is valid: spells
never overlap, pay rows lie in one spell with at most 24 hours a day, and a salary reduction is never more than the pay.
"""

from collections.abc import Sequence
from datetime import date, timedelta
from decimal import Decimal
from typing import Any, Final

from dateutil.relativedelta import relativedelta
from hypothesis import strategies as st
from oracle import MatchRate, Person, Terms
from oracle_terms import EMPLOYER, FIRST_ENTRY_DATE, READINGS
from strategies_days import DAY, EDGES, LAST_YEAR, STEEL, beside, edge_days, some_of, years_after
from strategies_pay import Spell, maternity, pay_rows, spells

LAST_DAY: Final = date(LAST_YEAR, 12, 31)
CLASSES: Final = ("collective_bargaining", "leased", "hourly")
BALANCES: Final = ("0.00", "0.00", "3500.00", "3500.01", "1750.00", "1750.01", "0.01")
ACCOUNTS: Final = ("deferral", "regular_matching", "employer", "qualified_nonelective")
LEAP_BIRTHDAYS: Final = (date(1928, 2, 29), date(1932, 2, 29), date(1936, 2, 29), date(1940, 2, 29))
BEFORE_1988: Final = (date(1917, 6, 30), date(1917, 7, 1), date(1916, 12, 31))  # 70 1/2 about the end of 1987
RATE_DAYS: Final = (date(1994, 10, 1), date(1994, 1, 1), date(1995, 1, 31), date(1995, 2, 1), date(1996, 3, 15))
TIERS: Final = ("50", "25", "100", "0", "33.33", "12.5")
TOP_HEAVY: Final = tuple(date(year, 9, 30) for year in range(1993, LAST_YEAR + 1))


@st.composite
def people(draw: st.DrawFn) -> Person:
    """Draw one person with complete facts."""
    worked = draw(spells())
    rows = draw(pay_rows(worked))
    if draw(_seldom()):
        rows = draw(maternity(worked, rows))
    person: Person = {
        "employee_id": "E1",
        "birth_date": draw(birth_dates(worked)).isoformat(),
        "employment": [spell.json() for spell in worked],
        "classes": draw(class_spans(worked)),
        "pay": [row.json() for row in rows],
        "accounts": draw(accounts()),
    }
    left = [index for index, spell in enumerate(worked) if spell.employer == EMPLOYER and spell.end is not None]
    before_others = [index for index in left if index + 1 < len(worked)]
    cashed_out = draw(_seldom()) or draw(_seldom())
    if left and cashed_out:
        person["distributions"] = draw(cash_outs(worked, draw(st.sampled_from(before_others or left))))
    filed_on = draw(filings(worked)) if draw(_seldom()) else None
    if filed_on is not None:
        person["top_heavy_schedule_kept_on"] = filed_on.isoformat()
    return person


@st.composite
def filings(draw: st.DrawFn, worked: list[Spell]) -> date | None:
    """Draw a day on which the faster schedule was kept: mostly within 60 days after a top-heavy Plan Year ended.

    Preferred are those with time for three Years before their end and work on it. Mostly null where there is none.
    """
    if draw(_seldom()) and draw(_seldom()):
        return draw(some_of([day for day in EDGES if day.month in {9, 10, 11}], FIRST_ENTRY_DATE, LAST_DAY))
    ends = sorted(end for end in draw(TOP_HEAVY_YEARS) if end >= worked[0].start)
    third = STEEL.plan_year_end(years_after(worked[0].start, 2)[0])
    at_work = [end for end in ends if any(spell.start <= end <= spell.paid_through() for spell in worked)]
    preferred = [end for end in at_work if end >= third] or at_work or ends
    if not preferred:
        return None
    return draw(st.sampled_from(preferred)) + timedelta(days=draw(st.sampled_from((1, 51, 60, 2, 30, 59, 61, 0))))


@st.composite
def cases(draw: st.DrawFn) -> tuple[Person, date]:
    """Draw a person and a day to ask about."""
    person = draw(people())
    return person, draw(as_of_dates(person))


@st.composite
def terms(draw: st.DrawFn) -> Terms:
    """Draw the employer's facts and an option of every reading; most often those that the text supports."""
    readings = {name: draw(st.sampled_from((options[0], *options))) for name, options in READINGS.items()}
    since = [draw(st.sampled_from((FIRST_ENTRY_DATE, FIRST_ENTRY_DATE, FIRST_ENTRY_DATE, date(1995, 10, 1))))]
    since += draw(st.lists(st.sampled_from(RATE_DAYS), max_size=2, unique=True))
    tier = st.sampled_from([Decimal(percent) for percent in TIERS])
    return Terms(
        match_rates=tuple(MatchRate(day, draw(tier), draw(tier)) for day in sorted(since)),
        top_heavy_plan_years=draw(TOP_HEAVY_YEARS),
    ).reading(**readings)


def as_of_dates(person: Person) -> st.SearchStrategy[date]:
    """Draw a day at which this person's answer is likely to turn, or an edge of the calendar."""
    days = [date.fromisoformat(item["start"]) for item in person["employment"]]
    first = days[0]
    days += years_after(first, 1)
    days += [date.fromisoformat(item["end"]) for item in person["employment"] if item["end"] is not None]
    days += [date.fromisoformat(item["end"]) for item in person["classes"] if item["end"] is not None]
    days += [date.fromisoformat(row[name]) for row in person["pay"] for name in ("end", "paid_on")]
    days += years_after(date.fromisoformat(person["birth_date"]), 55, 62, 65)
    for item in person.get("distributions") or []:
        days += [date.fromisoformat(item[name]) for name in ("paid_on", "repaid_on") if item[name] is not None]
    kept_on = person.get("top_heavy_schedule_kept_on")
    days += [] if kept_on is None else [date.fromisoformat(kept_on)]
    spells = [
        date.fromisoformat(item[name]) for item in person["employment"] for name in ("start", "end") if item[name]
    ]
    turns = some_of(beside(*reversed(spells)), first - DAY, LAST_DAY)
    plan_years = some_of([day for day in EDGES if day.month in {9, 10}], max(spells[-1], FIRST_ENTRY_DATE), LAST_DAY)
    near = some_of(beside(*days), first - DAY, LAST_DAY)
    return st.one_of(near, turns, plan_years, plan_years, edge_days(max(first, FIRST_ENTRY_DATE), LAST_DAY))


@st.composite
def birth_dates(draw: st.DrawFn, worked: list[Spell]) -> date:
    """Draw a birth date that puts 55, 62, 65 or 70 1/2 on or beside a day that matters; mostly a plain one."""
    if not draw(_seldom()):
        return date(1960, 5, 1)
    if draw(_seldom()):
        born: date = draw(st.sampled_from(LEAP_BIRTHDAYS + BEFORE_1988))
        return born
    days = [spell.start for spell in worked] + [spell.end for spell in worked if spell.end is not None]
    days += [STEEL.plan_year_end(day) for day in days]
    day = draw(some_of(beside(*days), days[0], LAST_DAY))
    age = draw(st.sampled_from((relativedelta(years=65), relativedelta(years=55), relativedelta(years=62))))
    return day - draw(st.sampled_from((age, age, age, relativedelta(years=70, months=6))))


@st.composite
def class_spans(draw: st.DrawFn, worked: list[Spell], classes: Sequence[str] = CLASSES) -> list[dict[str, Any]]:
    """Draw up to two class spans that do not overlap, in the form of a person's file."""
    spans: list[dict[str, Any]] = []
    first = worked[0].start
    for _ in range(draw(st.sampled_from((0, 0, 1, 2)))):
        latest = first + timedelta(days=1500)
        quarters = STEEL.entry_dates(max(first, FIRST_ENTRY_DATE), latest)
        starts = [first, *(spell.start for spell in worked)]
        start = draw(st.one_of(some_of(starts, first, latest), edge_days(first, latest)))
        ends = some_of(beside(*quarters), start, latest)
        end = draw(st.one_of(ends, edge_days(start, latest), st.none()))
        name = draw(st.sampled_from(classes))
        spans.append({"class": name, "start": start.isoformat(), "end": None if end is None else end.isoformat()})
        if end is None:
            break
        first = end + DAY
    return spans


@st.composite
def cash_outs(draw: st.DrawFn, worked: Sequence[Spell], index: int) -> list[dict[str, Any]]:
    """Draw one cash-out after a spell and before the return to the Employer; repaid, if at all, after the return."""
    left_on = worked[index].end or LAST_DAY
    back = next((spell.start for spell in worked[index + 1 :] if spell.employer == EMPLOYER), None)
    until = LAST_DAY if back is None else back - DAY
    if until <= left_on:
        return []
    delays = [left_on + timedelta(days=days) for days in (90, 91, 1, 0, 400)]
    paid_on = draw(some_of([*delays, *beside(STEEL.plan_year_end(left_on))], left_on, until))
    repaid_on = None
    if back is not None and draw(st.booleans()):
        last = years_after(back, 5)[0]
        moments = [back, *beside(last), STEEL.plan_year_end(back), STEEL.plan_year_end(back) + DAY]
        repaid_on = draw(some_of(moments, back, last + DAY)).isoformat()
    return [{"paid_on": paid_on.isoformat(), "kind": "cash_out", "repaid_on": repaid_on}]


def accounts() -> st.SearchStrategy[dict[str, str]]:
    """Draw balances: nothing at all, or amounts about $3,500 and half of it."""
    nothing = st.just(dict.fromkeys(ACCOUNTS, "0.00"))
    return st.one_of(nothing, st.fixed_dictionaries(dict.fromkeys(ACCOUNTS, st.sampled_from(BALANCES))))


def _seldom() -> st.SearchStrategy[bool]:
    """True about one time in five; false when shrunk."""
    return st.sampled_from((False, False, False, False, True))


def _top_heavy() -> st.SearchStrategy[frozenset[date]]:
    """Draw top-heavy Plan Years by their last days: none, one or two in a row, a few, or all."""
    runs = [frozenset(TOP_HEAVY[first : first + length]) for first in (0, 1, 2, 3) for length in (1, 2)]
    few = st.frozensets(st.sampled_from(TOP_HEAVY), max_size=3)
    return st.one_of(st.just(frozenset()), st.sampled_from(runs), few, st.just(frozenset(TOP_HEAVY)))


TOP_HEAVY_YEARS: Final = st.shared(_top_heavy(), key="top-heavy Plan Years")
