"""Hypothesis strategies for people in whom the edges of one plan occur, and for days to ask about them."""

from datetime import date

from hypothesis import strategies as st

from planrules.api import Plan
from planrules.people import Person
from planrules.testing.drawn import Trial
from planrules.testing.people.asked import day_to_ask
from planrules.testing.people.lives import (
    accounts,
    birth_dates,
    cash_outs,
    class_spans,
    filings,
    opt_outs,
    participant_since,
    seldom,
)
from planrules.testing.people.pay import maternity, pay_rows
from planrules.testing.people.spells import spells
from planrules.testing.turns import turns_of

__all__ = ["as_of_dates", "people", "trials"]

ONE = "E1"


@st.composite
def people(draw: st.DrawFn, plan: Plan) -> Person:
    """Draw a person of whom every fact is known, and in whom the edges of this plan occur.

    Everybody drawn passes the checks of `planrules.people`: spells do not overlap, a pay row lies in one spell and has
    at most 24 hours a day, no deferral is above the pay, nothing follows a death. Shrinks to one spell without pay
    rows, from a New Year's Day, of somebody of 35 who is still at work.

    Args:
        draw: as Hypothesis hands it over.
        plan: its terms say which days, hours, ages and amounts are edges, and its facts which Plan Years are top heavy.
    """
    terms, turns = plan.terms, turns_of(plan)
    worked = spells(draw, terms, turns)
    rows = pay_rows(draw, worked, terms, turns)
    # Where an absence begins of which some days are excepted service (AA 1.29(c)) no document says.
    if not terms.service.excepted_service and seldom(draw):
        rows = maternity(draw, worked, rows, turns)
    return Person(
        employee_id=ONE,
        birth_date=birth_dates(draw, worked, turns),
        employment=tuple(spell.fact() for spell in worked),
        classes=tuple(class_spans(draw, worked, terms, turns)),
        pay=tuple(rows),
        accounts=accounts(draw, turns),
        distributions=cash_outs(draw, worked, terms, turns),
        top_heavy_schedule_kept_on=filings(draw, worked, terms, turns),
        opt_outs=opt_outs(draw, worked, turns) if terms.participation.opt_outs_permitted else (),
        participant_since=participant_since(draw, worked, terms, turns),
    )


@st.composite
def as_of_dates(draw: st.DrawFn, plan: Plan, person: Person) -> date:
    """Draw a day at which this person's answer is likely to turn: an edge of the plan or of the person, or beside one.

    The earliest is the eve of the first day of employment.
    """
    return day_to_ask(draw, person, turns_of(plan))


@st.composite
def trials(draw: st.DrawFn, plan: Plan) -> Trial:
    """Draw a person of the plan and a day to ask about."""
    person = draw(people(plan))
    return Trial(person, draw(as_of_dates(plan, person)))
