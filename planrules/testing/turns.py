"""What the answers of one plan turn on: its days, hours, ages, waits and amounts, read from its own terms."""

from collections.abc import Iterable, Iterator
from dataclasses import dataclass
from datetime import date, timedelta
from decimal import Decimal
from functools import cached_property, lru_cache

from dateutil.relativedelta import relativedelta

from planrules import law
from planrules.api import Plan
from planrules.dates import MONTHS_IN_A_YEAR, MonthDay
from planrules.engine.evaluate import EARLIEST
from planrules.plan import Terms
from planrules.plan.compensation import compensation_limits
from planrules.plan.participation import plan_entry_dates

DAY = timedelta(days=1)
YEARS_BEFORE, YEARS_AFTER = 8, 9
"""How long before and after its Effective Date people of a plan are drawn: enough for six Breaks and a return."""


@dataclass(frozen=True)
class Turns:
    """Where the answers of a plan turn. Days are ascending; ages are spans from birth.

    Attributes:
        first: nobody begins before this day.
        effective: the first Plan Entry Date, or the earliest day that is answered for where that is later.
        last: nothing happens after this day.
        ends: the last day of the Plan Year, every year.
        plan_year_ends: the last days of the Plan Years between them.
        entry_dates: the Plan Entry Dates through the last day.
        eligibility_hours: hours at which a period counts as a Year, or as a Break, for participation.
        vesting_hours: the same for vesting, and the hours asked for an allocation.
        unit_hours: the hours of one unit of an equivalency; null where actual hours count.
        ages: every age that the plan or the law asks for, by what it is for.
        waits: the waits in days or months after which somebody is paid.
        consent_amount: dollars of benefit up to which no consent is needed.
        amounts: every amount of dollars at which what becomes of a balance turns.
        compensation_limits: the Compensation that counts at most, by the calendar year in which the Plan Year ends.
    """

    first: date
    effective: date
    last: date
    ends: MonthDay
    plan_year_ends: tuple[date, ...]
    entry_dates: tuple[date, ...]
    eligibility_hours: tuple[Decimal, ...]
    vesting_hours: tuple[Decimal, ...]
    unit_hours: int | None
    ages: tuple[tuple[str, relativedelta], ...]
    waits: tuple[relativedelta, ...]
    consent_amount: Decimal
    amounts: tuple[Decimal, ...]
    compensation_limits: tuple[tuple[int, Decimal], ...]

    @property
    def hours(self) -> tuple[Decimal, ...]:
        """Every threshold of hours, each once."""
        return tuple(dict.fromkeys((*self.eligibility_hours, *self.vesting_hours)))

    def plan_year_end(self, day: date) -> date:
        """The last day of the Plan Year that holds a day."""
        end = self.ends.in_year(day.year)
        return end if day <= end else self.ends.in_year(day.year + 1)

    @cached_property
    def entry_date_set(self) -> frozenset[date]:
        """The Plan Entry Dates, to be asked whether a day is one."""
        return frozenset(self.entry_dates)

    def entry_dates_between(self, first: date, last: date) -> list[date]:
        """The Plan Entry Dates between two days, both included."""
        return [day for day in self.entry_dates if first <= day <= last]


@lru_cache(maxsize=8)
def turns_of(plan: Plan) -> Turns:
    """Where the answers of a plan turn."""
    terms = plan.terms
    effective = max(terms.participation.first_plan_entry_date, EARLIEST)
    ends = terms.service.plan_year_ends
    through = date(effective.year + YEARS_AFTER, 12, 31)
    years = range(effective.year - YEARS_BEFORE, through.year + 2)
    return Turns(
        first=date(effective.year - YEARS_BEFORE, 1, 1),
        effective=effective,
        last=through,
        ends=ends,
        plan_year_ends=tuple(ends.in_year(year) for year in years),
        entry_dates=tuple(plan_entry_dates(terms.participation, through)),
        eligibility_hours=tuple(_eligibility_hours(terms)),
        vesting_hours=tuple(_vesting_hours(terms)),
        unit_hours=terms.service.equivalency_hours if terms.service.equivalency_for else None,
        ages=tuple(_ages(terms)),
        waits=tuple(_waits(terms)),
        consent_amount=Decimal(terms.distribution.consent_amount),
        amounts=tuple(_amounts(terms)),
        compensation_limits=tuple(compensation_limits(terms.compensation, terms.service, through.year).items()),
    )


def beside(*days: date) -> list[date]:
    """Each day, the day after and the day before."""
    return [day + shift for day in days for shift in (timedelta(), DAY, -DAY)]


def years_after(day: date, *years: int) -> list[date]:
    """The anniversaries of a day; 28 February for a leap day in a common year."""
    return [day + relativedelta(years=each) for each in years]


def inside(days: Iterable[date], first: date, last: date) -> list[date]:
    """Those of the days that lie between two others, each once; the first day where none does."""
    return list(dict.fromkeys(day for day in days if first <= day <= last)) or [first]


def _eligibility_hours(terms: Terms) -> Iterator[Decimal]:
    yield Decimal(terms.participation.eligibility_hours_required)
    yield Decimal(terms.participation.eligibility_break_hours_at_most)


def _vesting_hours(terms: Terms) -> Iterator[Decimal]:
    asked = (
        terms.vesting.vesting_hours_required,
        terms.vesting.break_hours_at_most,
        *(terms.accrual.accrual_hours, terms.accrual.match_hours, terms.accrual.leavers_hours),
        terms.accrual.safe_harbor_hours if terms.accrual.safe_harbor else None,
    )
    yield from dict.fromkeys(Decimal(each) for each in asked if each)


def _ages(terms: Terms) -> Iterator[tuple[str, relativedelta]]:
    """The ages by what they are for, in the words of the plan."""
    joining = terms.participation
    apart = None if joining.conditions_apart is None else joining.conditions_apart.age
    for age in (joining.conditions.age, apart, joining.earlier_employees_age):
        if age is not None:
            yield "entry age", relativedelta(months=int(age * MONTHS_IN_A_YEAR))
    yield "Normal Retirement Age", relativedelta(years=terms.vesting.normal_retirement_age)
    for each in terms.distribution.payment_dates:
        yield from (
            ("early payment age", relativedelta(years=at_once.age))
            for at_once in each.at_once_from
            if at_once.age is not None
        )
        if each.age is not None:
            yield "early payment age", relativedelta(years=each.age.years, months=each.age.months)
    yield "consent age", relativedelta(years=terms.distribution.consent_age)
    yield "age of payment in time", relativedelta(years=law.distribution_start().age)
    yield (
        "required beginning age",
        relativedelta(
            years=terms.distribution.required_beginning_years, months=terms.distribution.required_beginning_months
        ),
    )
    in_service = terms.in_service
    for at_work in (in_service.employer_from_age, in_service.deferral_from_age):
        if at_work is not None:
            yield "withdrawal age", relativedelta(years=at_work.years, months=at_work.months)
    if terms.vesting.years_from_age is not None:
        yield "age from which Years count", relativedelta(years=terms.vesting.years_from_age)


def _waits(terms: Terms) -> Iterator[relativedelta]:
    for each in terms.distribution.payment_dates:
        if each.days:
            yield relativedelta(days=each.days)
        elif each.months:
            yield relativedelta(months=each.months)


def _amounts(terms: Terms) -> Iterator[Decimal]:
    yield Decimal(terms.distribution.consent_amount)
    if terms.distribution.minimum_vested_amount is not None:
        yield terms.distribution.minimum_vested_amount
