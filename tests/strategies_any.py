"""People and days for Hypothesis under any agreement: its own edges, and the facts that only some options ask for."""

from collections.abc import Sequence
from datetime import date, timedelta
from decimal import ROUND_DOWN, Decimal
from typing import Any, Final

from dateutil.relativedelta import relativedelta
from hypothesis import strategies as st
from oracle import Person
from oracle_terms import EMPLOYER, PREDECESSOR
from strategies import LAST_DAY, accounts, birth_dates, cash_outs, class_spans
from strategies_agreements import Drawn, calendar_of
from strategies_days import DAY, Calendar, beside, edge_days, some_of, years_after
from strategies_pay import RELATED, PayRow, Spell, maternity, pay_rows, spells

CLASSES: Final = (
    "collective_bargaining",
    "leased",
    "hourly",
    "salaried",
    "commission_sales",
    "nonresident_alien",
)
AGES: Final = tuple(
    relativedelta(years=years, months=months)
    for years, months in ((18, 0), (20, 0), (21, 0), (50, 0), (55, 0), (59, 6), (60, 0), (62, 0), (65, 0))
)
PARTS: Final = ("bonus", "overtime", "commissions", "other_elective_contributions")
SHARES: Final = [Decimal(each) for each in ("0", "0.1", "0.25")]
HOURS_A_DAY: Final = 24


@st.composite
def people_of(draw: st.DrawFn, drawn: Drawn) -> Person:
    """Draw one person with every fact that the agreement can ask for."""
    calendar = calendar_of(drawn.elections)
    joining = [name for name, _ in drawn.terms.plan.eligibility.joining]
    employers = (EMPLOYER, EMPLOYER, EMPLOYER, PREDECESSOR, *(RELATED for _ in joining[:1]))
    worked = draw(spells(calendar, employers))
    rows = draw(pay_rows(worked, calendar))
    # Where an absence begins of which some days are excepted service (AA 1.29(c)) no document says.
    if not drawn.terms.plan.service.excepted and draw(st.sampled_from((False,) * 4 + (True,))):
        rows = draw(maternity(worked, rows))
    person: Person = {
        "employee_id": "E1",
        "birth_date": draw(_birth_dates(worked, calendar)).isoformat(),
        "employment": [spell.json() for spell in worked],
        "classes": draw(class_spans(worked, sorted({*CLASSES, *drawn.terms.plan.eligibility.excluded_classes}))),
        "pay": [draw(_with_parts(row)) for row in rows],
        "accounts": draw(accounts()),
    }
    left = [index for index, spell in enumerate(worked) if spell.employer != PREDECESSOR and spell.end is not None]
    if left and draw(st.sampled_from((False, False, True))):
        person["distributions"] = draw(cash_outs(worked, draw(st.sampled_from(left))))
    if drawn.terms.plan.eligibility.opt_out:
        person["opt_outs"] = draw(_opt_outs(worked, calendar))
    since = draw(_participant_since(drawn, worked))
    if since is not None:
        person["participant_since"] = since.isoformat()
    return person


@st.composite
def _birth_dates(draw: st.DrawFn, worked: list[Spell], calendar: Calendar) -> date:
    """Draw a birth date that puts an age on or beside a day that matters; often as for Steel."""
    if draw(st.booleans()):
        found: date = draw(birth_dates(worked))
        return found
    days = [spell.start for spell in worked] + [spell.end for spell in worked if spell.end is not None]
    days += years_after(worked[0].start, 1, 2) + [calendar.plan_year_end(day) for day in days]
    days += calendar.entry_dates(days[0], min(days[0] + timedelta(days=900), LAST_DAY))
    return draw(some_of(beside(*days), days[0], LAST_DAY)) - draw(st.sampled_from(AGES))


@st.composite
def _with_parts(draw: st.DrawFn, row: PayRow) -> dict[str, Any]:
    """Give the row as JSON with the parts of its pay, its days worked and contributions of other kinds."""
    found = row.json()
    length = (row.end - row.start).days + 1
    if row.kind is not None:
        return found
    fewest, most = -(-row.hours // HOURS_A_DAY), min(Decimal(length), row.hours // 1)
    if row.hours < 1:
        fewest = most = Decimal(0)
    found["days"] = int(draw(st.sampled_from(sorted({fewest, most, (fewest + most) // 2}))))
    left = row.compensation - row.salary_reduction
    for part in PARTS:
        amount = (left * draw(st.sampled_from(SHARES))).quantize(Decimal("0.01"), ROUND_DOWN)
        found[part] = f"{amount:.2f}"
    if row.salary_reduction:
        for part in ("cash_or_deferred", "mandatory_contribution"):
            found[part] = draw(st.sampled_from(("0.00", "15.00", "60.01")))
    return found


@st.composite
def _opt_outs(draw: st.DrawFn, worked: list[Spell], calendar: Calendar) -> list[dict[str, str]]:
    """Draw whole Plan Years of not taking part."""
    ends = [end for end in calendar.plan_year_ends() if worked[0].start <= end <= LAST_DAY]
    chosen = draw(st.sets(st.sampled_from(ends), max_size=2)) if ends else set()
    return [
        {"start": (calendar.plan_year_end(end - timedelta(days=366)) + DAY).isoformat(), "end": end.isoformat()}
        for end in sorted(chosen)
    ]


@st.composite
def _participant_since(draw: st.DrawFn, drawn: Drawn, worked: list[Spell]) -> date | None:
    """Draw a day before the restated Effective Date on which one at work was a Participant already; mostly null."""
    effective_on = drawn.terms.plan.service.effective_on
    early = [spell for spell in worked if spell.employer == EMPLOYER and spell.start < effective_on]
    restated = "restated_effective_on" in drawn.elections["checked"]["1.18"]
    if not early or not restated or not draw(st.sampled_from((False, False, False, True))):
        return None
    last = min(early[0].end or effective_on, effective_on - DAY)
    return draw(edge_days(early[0].start, last))


def as_of_dates_of(person: Person, drawn: Drawn) -> st.SearchStrategy[date]:
    """Draw a day at which this person's answer is likely to turn under the agreement."""
    calendar = calendar_of(drawn.elections)
    days = [date.fromisoformat(item[name]) for item in person["employment"] for name in ("start", "end") if item[name]]
    first, born = days[0], date.fromisoformat(person["birth_date"])
    turns = [*days, *years_after(first, 1, 2), first + relativedelta(months=6), *(born + age for age in AGES)]
    turns += [date.fromisoformat(row[name]) for row in person["pay"] for name in ("end", "paid_on")]
    for item in [*person["classes"], *(person.get("distributions") or []), *(person.get("opt_outs") or [])]:
        turns += [date.fromisoformat(item[name]) for name in ("start", "end", "paid_on", "repaid_on") if item.get(name)]
    ends = calendar.plan_year_ends()
    begin = drawn.terms.plan.service.effective_on
    return st.one_of(
        some_of(beside(*turns), first - DAY, LAST_DAY),
        some_of(beside(*ends), max(first, begin), LAST_DAY),
        some_of(beside(*ends), max(first, begin), LAST_DAY),
        edge_days(max(first, begin), LAST_DAY, calendar),
    )


def crowd_of(drawn: Drawn, most: int = 3) -> st.SearchStrategy[Sequence[Person]]:
    """Draw several people with ids of their own."""
    people = st.lists(people_of(drawn), min_size=1, max_size=most)
    return people.map(lambda each: [person | {"employee_id": f"E{number}"} for number, person in enumerate(each)])
