"""Who is at risk: the pace of the hours on file, at the edges of the hours, the days and the periods."""

from datetime import date, timedelta
from decimal import Decimal

import pytest
from asking import steel
from web.everybody.crowds import sample, worker

from planrules import People, Person
from planrules.people import PayRow
from planrules.web.everybody.pace import FIRST_DAYS, at_risk, definition

START = date(1995, 1, 1)
YEAR = 365


def hourly(employee_id: str, hours: str, through: date) -> Person:
    """Somebody hired on 1 January 1995 with these hours in one row through a day."""
    person = worker(employee_id, START, {})
    row = PayRow(start=START, end=through, paid_on=through, hours=Decimal(hours), compensation=Decimal(1))
    return person.model_copy(update={"pay": (row,)})


def found(*persons: Person, as_of: date) -> dict[str, dict[str, object]]:
    return risks_of(People.from_persons(persons), as_of)


def risks_of(people: People, as_of: date) -> dict[str, dict[str, object]]:
    result = steel().evaluate(people, as_of)
    return {row["employee_id"]: row for row in at_risk(result, people).iter_rows(named=True)}


def test_a_hundredth_of_an_hour_less_than_the_pace_needs_is_at_risk() -> None:
    day = START + timedelta(days=72)  # 73 of the first 365 days: a fifth
    risks = found(hourly("short", "199.99", day), hourly("enough", "200.00", day), as_of=day)
    assert set(risks) == {"short"}
    assert risks["short"]["pace_expected"] == Decimal("999.95")
    assert risks["short"]["pace_through"] == date(1995, 12, 31)
    assert (risks["short"]["pace_hours"], risks["short"]["pace_required"]) == (Decimal("199.99"), Decimal(1000))


@pytest.mark.parametrize(("days", "told"), [(FIRST_DAYS, False), (FIRST_DAYS + 1, True)])
def test_no_pace_is_told_in_the_first_days(days: int, *, told: bool) -> None:
    day = START + timedelta(days=days - 1)
    assert bool(found(hourly("none", "0.00", day), as_of=day)) is told


def test_days_that_payroll_has_not_come_to_are_not_days_without_work() -> None:
    paid = START + timedelta(days=99)  # 100 days
    later = paid + timedelta(days=60)
    assert not found(hourly("enough", "274.00", paid), as_of=later)
    assert found(hourly("short", "273.00", paid), as_of=later)["short"]["pace_expected"] == Decimal("996.45")


def test_no_pace_is_told_where_less_than_half_of_the_days_have_pay_rows() -> None:
    paid = START + timedelta(days=99)
    assert found(hourly("half", "10.00", paid), as_of=paid + timedelta(days=100))
    assert not found(hourly("less", "10.00", paid), as_of=paid + timedelta(days=101))


def test_a_day_in_two_pay_rows_counts_once() -> None:
    paid = START + timedelta(days=99)
    person = hourly("twice", "10.00", paid)
    assert not found(person.model_copy(update={"pay": (person.pay or ()) * 2}), as_of=paid + timedelta(days=101))


@pytest.mark.parametrize("day", [date(1996, 4, 30), date(1996, 6, 30)])
def test_nobody_of_the_sample_is_at_risk_only_because_payroll_stopped(day: date) -> None:
    assert set(risks_of(sample(), day)) <= {"E1003"}


def test_hours_that_are_reached_are_never_at_risk() -> None:
    day = START + timedelta(days=YEAR - 2)
    assert not found(hourly("done", "1000.00", day), as_of=day)
    assert found(hourly("not quite", "990.00", day), as_of=day)


def test_unknown_hours_are_missing_and_not_at_risk() -> None:
    day = START + timedelta(days=100)
    person = hourly("unknown", "1.00", day)
    rows = tuple(row.model_copy(update={"hours": None}) for row in person.pay or ())
    assert not found(person.model_copy(update={"pay": rows}), as_of=day)


def test_somebody_who_left_is_at_no_risk() -> None:
    day = START + timedelta(days=100)
    person = hourly("left", "10.00", day)
    gone = tuple(span.model_copy(update={"end": day}) for span in person.employment)
    assert not found(person.model_copy(update={"employment": gone}), as_of=day)


def test_one_running_period_on_pace_is_enough_to_join() -> None:
    # From 1 October 1995 the Plan Year runs beside the first year: 90 hours in its 91 days of the year are too few, and
    # the first year is done with them.
    day = date(1995, 12, 30)
    first = PayRow(start=START, end=date(1995, 9, 30), paid_on=date(1995, 9, 30), hours=Decimal(950))
    then = PayRow(start=date(1995, 10, 1), end=day, paid_on=day, hours=Decimal(90))
    person = worker("two", START, {}).model_copy(update={"pay": (first, then)})
    assert not found(person, as_of=day)
    short = person.model_copy(update={"pay": (first.model_copy(update={"hours": Decimal(900)}), then)})
    risks = found(short, as_of=day)
    assert risks["two"]["pace_through"] == date(1995, 12, 31)


def test_a_participant_is_judged_by_the_plan_year() -> None:
    months = {date(1994, month, 1): "170" for month in range(1, 13)} | {
        date(1995, month, 1): "170" for month in range(1, 10)
    }
    slow = {date(1995, 10, 1): "40", date(1995, 11, 1): "40", date(1995, 12, 1): "40"}
    person = worker("slow", date(1994, 1, 1), months | slow)
    risks = found(person, as_of=date(1995, 12, 31))
    assert risks["slow"]["pace_toward"] == "owning"
    assert risks["slow"]["pace_through"] == date(1996, 9, 30)
    assert risks["slow"]["pace_expected"] == Decimal("477.39")  # 120 hours in 92 of 366 days


def test_the_definition_names_the_hours_and_periods_of_the_plan() -> None:
    told = definition(steel().terms)
    assert "fewer than 1,000 in any measuring period" in told
    assert "fewer than 1,000 in the Plan Year" in told
    assert f"first {FIRST_DAYS} days" in told
