"""Article II: the conditions for joining, the Plan Entry Dates, and who is left out."""

from collections.abc import Sequence
from datetime import date, datetime
from typing import Literal

from dateutil.rrule import YEARLY, rrule

from planrules.dates import MonthDay
from planrules.plan.dependent import ON_ENTRY
from planrules.plan.elected import Agreement, Elected, Provisions
from planrules.plan.service import month_day
from planrules.supplements import Classes

EXCLUDABLE = {
    "1.07(b)": "collective_bargaining",
    "1.07(c)": "nonresident_alien",
    "1.07(d)": "commission_sales",
    "1.07(e)": "salaried",
    "1.07(f)": "hourly",
    "1.07(h)": "leased",
}
"""The class of employees that each option of AA 1.07 leaves out, by the name people files use."""


class Participation(Provisions):
    """Who joins and when (AA 1.07, 2.01-2.06; Plan 2.01-2.06)."""

    excluded_classes: tuple[str, ...]
    eligibility_hours_required: int
    later_eligibility_periods: Literal["plan_year"]
    first_plan_entry_date: date
    plan_entry_days: tuple[MonthDay, ...]
    entry_on_completion_day: Literal["next_entry_date", "same_day"]


def participation(agreement: Agreement) -> Participation:
    """The participation provisions of an agreement.

    Raises:
        UnsupportedElectionError: a condition, entry rule or Break rule of Article II that is not evaluated.
    """
    _refuse_other_conditions(agreement)
    agreement.one_of("when the entry falls", {"2.01(g)": lambda _: "following"})
    return Participation.of(
        excluded_classes=_excluded_classes(agreement),
        eligibility_hours_required=agreement.one_of(
            "the hours of a Year of Service for participation",
            {
                "2.02(a)": lambda _: agreement.fixed("eligibility_hours").value,
                "2.02(b)": lambda at: int(agreement.blank(at, "hours")),
            },
        ),
        later_eligibility_periods=agreement.one_of("the later eligibility periods", {"2.02(d)": lambda _: "plan_year"}),
        first_plan_entry_date=_entry(agreement, "effective"),
        plan_entry_days=_entry_days(agreement),
        entry_on_completion_day=Elected(agreement.choices["entry_on_completion_day"], ("AA 2.01(g)",)),
    )


def _excluded_classes(agreement: Agreement) -> Elected[tuple[str, ...]]:
    """The classes left out: those printed and those written into 1.07(g); leased Employees by 1.07(h) or (i)."""
    printed = agreement.flags(EXCLUDABLE)
    meaning = agreement.meaning("1.07(g)", Classes, ON_ENTRY)
    written_in = () if meaning is None else meaning.classes
    saying = [option for option in ("1.07(a)", "1.07(g)", "1.07(i)") if agreement.elections.has(option)]
    cites = sorted({*printed.cites, *(f"AA {option}" for option in saying)})
    return Elected(tuple(dict.fromkeys((*printed.value, *written_in))), tuple(cites))


def plan_entry_dates(provisions: Participation, until: date) -> Sequence[date]:
    """The Plan Entry Dates from the first through `until`, ascending: the Effective Date and each day named."""
    found = {provisions.first_plan_entry_date}
    for month, day in provisions.plan_entry_days:
        rule = rrule(YEARLY, dtstart=provisions.first_plan_entry_date, bymonth=month, bymonthday=day)
        found.update(
            each.date()
            for each in rule.between(_midnight(provisions.first_plan_entry_date), _midnight(until), inc=True)
        )
    return sorted(found)


def _midnight(day: date) -> datetime:
    return datetime(day.year, day.month, day.day)  # noqa: DTZ001  rrule speaks naive datetimes; only the date is kept


def _entry(agreement: Agreement, blank: str) -> Elected[date]:
    return agreement.one_of("the Plan Entry Dates", {"2.01(f)": lambda at: agreement.blank(at, blank)})


def _entry_days(agreement: Agreement) -> Elected[tuple[MonthDay, ...]]:
    def days(option: str) -> tuple[MonthDay, ...]:
        return tuple(month_day(each) for each in agreement.blank(option, "each"))

    return agreement.one_of("the Plan Entry Dates", {"2.01(f)": days})


def _refuse_other_conditions(agreement: Agreement) -> None:
    agreement.one_of("the service condition", {"2.01(b)(1)": lambda _: 1})
