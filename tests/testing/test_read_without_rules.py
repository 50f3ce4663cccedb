"""What properties are worked out from, held against the engine and against days counted by hand."""

from collections.abc import Iterator
from datetime import date
from decimal import Decimal
from pathlib import Path

import pytest
from testing.broken_answers import person, years

from planrules import Person, load_plan
from planrules.people.models import PayRow
from planrules.testing import Claim, Trial
from planrules.testing.case import Case
from planrules.testing.equivalencies import least_credited, most_credited, unit_of
from planrules.testing.plan_calendar import PlanCalendar, Span
from planrules.testing.properties.definition import stated
from planrules.testing.run import cases_of
from planrules.testing.searching import asked_on, days_to_ask, drawn
from planrules.testing.smallest import gaps, smallest

ELECTIONS = Path(__file__).parents[2] / "elections"
STEEL = load_plan(ELECTIONS / "steel-technologies.yaml")
PLANS = ("steel-technologies", "fictional-fasteners", "imaginary-instruments")


@pytest.mark.parametrize("name", PLANS)
def test_the_hours_of_the_engine_lie_within_the_bounds(name: str) -> None:
    plan = load_plan(ELECTIONS / f"{name}.yaml")
    people = drawn(plan, 80, 0)
    looked_at = 0
    for case in cases_of(plan, asked_on(people, days_to_ask(people, 4))):
        assert case is not None
        told = {line["through"]: line["hours"] for line in case.told.vesting}
        for span in case.history.vesting_periods():
            hours = told.get(span.last)
            if hours is None:
                continue
            least, most = case.history.least_hours("vesting", span), case.history.most_hours("vesting", span)
            assert least <= hours
            assert most is None or hours <= most
            looked_at += 1
    assert looked_at > 100


ENTRY = [(date(1995, 9, 30), date(1995, 10, 1)), (date(1995, 10, 1), date(1996, 1, 1)), (date(1990, 1, 1), None)]


@pytest.mark.parametrize(("done", "entry"), ENTRY)
def test_the_plan_entry_date_that_follows(done: date, entry: date | None) -> None:
    calendar = PlanCalendar(STEEL.terms)
    assert calendar.entry_for(done) == (entry or STEEL.terms.participation.first_plan_entry_date)


def test_periods_begin_again_with_the_plan_year() -> None:
    calendar = PlanCalendar(STEEL.terms)
    periods = list(calendar.eligibility_periods(date(1994, 10, 15), date(1996, 9, 30)))
    assert periods == [
        Span(date(1994, 10, 15), date(1995, 10, 14)),
        Span(date(1995, 10, 1), date(1996, 9, 30)),
    ]
    assert calendar.year_from(date(1992, 2, 29)) == Span(date(1992, 2, 29), date(1993, 2, 27))


UNITS = [
    ("monthly", date(1996, 2, 10), Span(date(1996, 2, 1), date(1996, 2, 29))),
    ("semi_monthly", date(1996, 2, 16), Span(date(1996, 2, 16), date(1996, 2, 29))),
    ("weekly", date(1995, 9, 30), Span(date(1995, 9, 24), date(1995, 9, 30))),
    ("daily", date(1995, 9, 30), Span(date(1995, 9, 30), date(1995, 9, 30))),
]


@pytest.mark.parametrize(("unit", "day", "expected"), UNITS)
def test_the_unit_of_time_that_holds_a_day(unit: str, day: date, expected: Span) -> None:
    service = STEEL.terms.service.model_copy(update={"equivalency": unit, "week_begins": "sunday"})
    assert unit_of(day, service) == expected


def test_units_at_the_edge_of_a_span_may_count_and_may_not() -> None:
    service = STEEL.terms.service.model_copy(update={"equivalency": "monthly", "equivalency_hours": 190})
    days = [("1995-01-05", "1995-01-06"), ("1995-02-05", "1995-02-06"), ("1995-02-07", "1995-02-08")]
    rows = [PayRow.model_validate({"start": start, "end": end, "paid_on": end, "hours": "8"}) for start, end in days]
    span = Span(date(1995, 1, 3), date(1995, 12, 31))
    assert least_credited(rows, span, service) == Decimal(190)
    assert most_credited(rows, span, service) == Decimal(380)


@stated("a test", reads=("event_on",))
def nobody_comes_back(case: Case) -> Iterator[Claim]:
    """Nobody comes back to the Employer."""
    yield Claim(len(case.history.own) <= 1, "one stretch", len(case.history.own), "stretches of employment")


def test_the_smallest_person_has_only_what_breaks_the_property() -> None:
    spells = [("1990-10-01", "1991-12-30"), ("1993-02-02", "1994-05-05"), ("1996-03-03", None)]
    employment = [{"employer": STEEL.elections.employer.name, "start": start, "end": end} for start, end in spells]
    facts = person("", years(1991, 1991), employment=employment, accounts={"deferral": "12.34"})
    trial = Trial(Person.model_validate(facts), date(1996, 12, 31))
    found, claim = smallest(STEEL, nobody_comes_back, [trial], ())
    assert len(found.person.employment) == claim.found == 2
    (row,) = found.person.pay or ()
    assert (row.hours, row.compensation) == (0, 0)
    assert gaps(found) == 0
    assert found.person.accounts is not None
    assert found.person.accounts.deferral == 0
    assert smallest(STEEL, nobody_comes_back, [trial], ()) == (found, claim)


def test_who_breaks_nothing_cannot_be_simplified() -> None:
    trial = Trial(Person.model_validate(person("1990-10-01", [])), date(1996, 12, 31))
    with pytest.raises(ValueError, match="nobody_comes_back holds"):
        smallest(STEEL, nobody_comes_back, [trial], ())
