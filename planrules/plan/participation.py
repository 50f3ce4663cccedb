"""Article II: the conditions for joining, the Plan Entry Dates, and who is left out."""

from collections.abc import Sequence
from datetime import date, timedelta
from decimal import Decimal
from math import ceil
from typing import Literal

from dateutil.relativedelta import relativedelta

from planrules.dates import MonthDay
from planrules.plan.conditions import Conditions, conditions, conditions_apart
from planrules.plan.dependent import ON_ENTRY
from planrules.plan.dual_eligibility import EarlierEmployees, earlier_employees
from planrules.plan.elected import Agreement, Elected, Provisions
from planrules.plan.entry_dates import entry_months, first_plan_entry_date, plan_entry_days
from planrules.supplements import Classes, Contribution

EXCLUDABLE = {
    "1.07(b)": "collective_bargaining",
    "1.07(c)": "nonresident_alien",
    "1.07(d)": "commission_sales",
    "1.07(e)": "salaried",
    "1.07(f)": "hourly",
    "1.07(h)": "leased",
}
"""The class of employees that each option of AA 1.07 leaves out, by the name people files use."""

_APART: dict[str, Contribution] = {
    "2.01(c)(1)(i)": "nonelective",
    "2.01(c)(1)(ii)": "matching",
    "2.01(c)(1)(iii)": "qualified_nonelective",
}


class Participation(Provisions):
    """Who joins and when (AA 1.07, 2.01-2.06; Plan 2.01-2.06).

    `contributions_apart` have conditions of their own, `conditions_apart` (AA 2.01(c)). Where `employed_after` is set,
    the conditions reach only those employed after it, and `earlier_employees_join` says how the others join (AA
    2.01(k)). `year_held_out` is the rule of Plan 2.03(B).
    """

    excluded_classes: tuple[str, ...]
    conditions: Conditions
    contributions_apart: tuple[Contribution, ...]
    conditions_apart: Conditions | None
    eligibility_hours_required: int | Decimal
    later_eligibility_periods: Literal["plan_year", "anniversary"]
    eligibility_break_hours_at_most: int
    year_held_out: bool
    months_condition_completed_on: Literal["last_day_of_months", "monthly_anniversary"]
    effective_date: date
    first_plan_entry_date: date
    plan_entry_days: tuple[MonthDay, ...]
    entry_months: tuple[int, ...]
    entry_years_end: MonthDay
    entry_falls: Literal["following", "preceding", "nearest"]
    entry_on_completion_day: Literal["next_entry_date", "same_day"]
    nearest_entry_tie: Literal["earlier", "later"]
    employed_after: date | None
    earlier_employees_join: EarlierEmployees | None
    earlier_employees_age: Decimal | None
    opt_outs_permitted: bool

    @property
    def eligibility_hundredths(self) -> int:
        """The hours of a Year of Service for participation, in hundredths."""
        return ceil(self.eligibility_hours_required * 100)

    @property
    def asks_an_age(self) -> bool:
        """Whether joining hangs on an age for anybody."""
        apart = self.conditions_apart
        ages = (self.conditions.age, self.earlier_employees_age, apart and apart.age)
        return any(age is not None for age in ages)


def participation(agreement: Agreement, plan_year_ends: MonthDay) -> Participation:
    """The participation provisions of an agreement.

    Raises:
        UnsupportedElectionError: an election of Article II that is not evaluated.
    """
    days, falls = plan_entry_days(agreement, plan_year_ends), _entry_falls(agreement)
    hours, later = _eligibility_hours(agreement), _later_periods(agreement)
    measured_by = (*hours.cites, *later.cites, "Plan 2.02")
    return Participation.of(
        excluded_classes=_excluded_classes(agreement),
        conditions=conditions(agreement, measured_by),
        contributions_apart=agreement.flags(_APART),
        conditions_apart=conditions_apart(agreement, measured_by),
        eligibility_hours_required=hours,
        later_eligibility_periods=later,
        eligibility_break_hours_at_most=agreement.fixed("eligibility_break_hours_at_most"),
        year_held_out=agreement.one_of(
            "the one-year hold-out", {"2.03(a)": lambda _: False, "2.03(b)": lambda _: True}
        ),
        months_condition_completed_on=agreement.reading("months_condition_completed_on", bears=_has_months(agreement)),
        effective_date=agreement.effective_date,
        first_plan_entry_date=first_plan_entry_date(agreement, days),
        plan_entry_days=days,
        entry_months=entry_months(agreement, days),
        entry_years_end=Elected(plan_year_ends, days.cites),
        entry_falls=falls,
        entry_on_completion_day=agreement.reading("entry_on_completion_day", bears=falls.value != "nearest"),
        nearest_entry_tie=agreement.reading("nearest_entry_tie", bears=falls.value == "nearest"),
        **earlier_employees(agreement),
        opt_outs_permitted=agreement.one_of(
            "electing not to participate", {"2.06(a)": lambda _: False, "2.06(b)": lambda _: True}
        ),
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
    """The Plan Entry Dates from the first through `until`, ascending.

    The first, and after it each day named of every year, or the first days of months of the Plan Years.
    """
    first, years = provisions.first_plan_entry_date, range(provisions.first_plan_entry_date.year - 1, until.year + 1)
    every = {day.in_year(year) for year in years for day in provisions.plan_entry_days if not provisions.entry_months}
    for year in years if provisions.entry_months else ():
        begins = provisions.entry_years_end.in_year(year) + timedelta(days=1)
        every.update(begins + relativedelta(months=months) for months in provisions.entry_months)
    return sorted({first, *(each for each in every if first < each <= until)})


def _has_months(agreement: Agreement) -> bool:
    return any(agreement.elections.has(each) for each in ("2.01(b)(2)", "2.01(c)(2)(ii)"))


def _eligibility_hours(agreement: Agreement) -> Elected[int | Decimal]:
    return agreement.one_of(
        "the hours of a Year of Service for participation",
        {
            "2.02(a)": lambda _: agreement.fixed("eligibility_hours").value,
            "2.02(b)": lambda at: agreement.blank(at, "hours"),
        },
    )


def _later_periods(agreement: Agreement) -> Elected[str]:
    return agreement.one_of(
        "the later eligibility periods", {"2.02(c)": lambda _: "anniversary", "2.02(d)": lambda _: "plan_year"}
    )


def _entry_falls(agreement: Agreement) -> Elected[str]:
    return agreement.one_of(
        "when the entry falls",
        {"2.01(g)": lambda _: "following", "2.01(h)": lambda _: "preceding", "2.01(i)": lambda _: "nearest"},
    )
