"""Article V and section 7.05: schedules, Years of Service, Breaks in Service and what they take away."""

from collections.abc import Mapping
from datetime import date
from decimal import Decimal
from typing import Literal, TypeVar

from planrules.dates import LeapDay
from planrules.errors import UnsupportedElectionError
from planrules.plan.dependent import MATCH, ON_YEARS_FOR_VESTING
from planrules.plan.elected import Agreement, Elected, Provisions
from planrules.plan.facts import PlanFacts
from planrules.plan.schedules import (
    FULL,
    Schedule,
    employer_schedules,
    matching_schedules,
    minimum_vested_amount,
    top_heavy_once,
)
from planrules.plan.scope import not_evaluated

__all__ = ["FULL", "Schedule", "Vesting", "vesting"]

T = TypeVar("T")
ERISA_EFFECTIVE = date(1976, 1, 1)
"""From then on ERISA's rules on service reach a calendar-year plan that existed in 1974 (ERISA 211(b))."""
Account = Literal["employer", "regular_matching"]
"""An account that the Employer's money goes to and that vests by Years of Service."""


class Vesting(Provisions):
    """How much of the Employer's money a person owns (AA 5.01-5.08; Plan 5.01-5.09, 7.05)."""

    normal_retirement_age: int
    retirement_anniversary: int | None
    fully_vested_by: tuple[str, ...]
    top_heavy_schedule: Schedule
    non_top_heavy_schedule: Schedule
    matching_top_heavy_schedule: Schedule
    matching_non_top_heavy_schedule: Schedule
    accounts: tuple[Account, ...]
    top_heavy_once: bool
    minimum_vested_amount: Decimal | None
    top_heavy_plan_years: tuple[date, ...]
    top_heavy_tested_through: date | None
    top_heavy_floor: Literal["accrued_money", "all_money"]
    election_years: int
    vesting_period: Literal["Plan Year", "Employment Year"]
    vesting_hours_required: int | Decimal
    years_from_age: int | None
    years_from_plan_on: date | None
    leap_day_anniversary: LeapDay
    vesting_credit: Literal["when_hours_reached", "period_end"]
    break_hours_at_most: int
    forfeiture_break_years: int
    parity_breaks_at_least: int | None
    deferrals_are_employer_contributions: bool

    @property
    def schedules(self) -> Mapping[Account, tuple[Schedule, Schedule]]:
        """The Top Heavy schedule and the other one, by account."""
        return {
            "employer": (self.top_heavy_schedule, self.non_top_heavy_schedule),
            "regular_matching": (self.matching_top_heavy_schedule, self.matching_non_top_heavy_schedule),
        }

    @property
    def match_apart(self) -> bool:
        """Whether the match vests by schedules of its own."""
        return self.schedules["employer"] != self.schedules["regular_matching"]

    @property
    def leaves_years_out(self) -> bool:
        """Whether Years before an age, or before the plan, do not count."""
        return self.years_from_age is not None or self.years_from_plan_on is not None

    @property
    def whole_percents(self) -> bool:
        """Whether every percentage that somebody can have is a whole number."""
        return all(schedule.whole for pair in self.schedules.values() for schedule in pair)


def vesting(agreement: Agreement, facts: PlanFacts) -> Vesting:
    """The vesting provisions of an agreement.

    Raises:
        UnsupportedElectionError: a schedule, vesting period or exclusion of years that is not evaluated.
    """
    deferrals = agreement.reading("deferrals_are_employer_contributions", bears=agreement.elections.has("5.08(d)"))
    employer = employer_schedules(agreement)
    match = matching_schedules(agreement, employer)
    once = top_heavy_once(agreement, (employer.value, match.value))
    return Vesting.of(
        normal_retirement_age=_retirement_age(agreement),
        retirement_anniversary=_retirement_anniversary(agreement),
        fully_vested_by=_fully_vested_by(agreement),
        top_heavy_schedule=Elected(employer.value.top_heavy, employer.cites),
        non_top_heavy_schedule=Elected(employer.value.non_top_heavy, employer.cites),
        matching_top_heavy_schedule=Elected(match.value.top_heavy, match.cites),
        matching_non_top_heavy_schedule=Elected(match.value.non_top_heavy, match.cites),
        accounts=_accounts(agreement),
        top_heavy_once=once,
        minimum_vested_amount=minimum_vested_amount(agreement),
        top_heavy_plan_years=Elected(facts.top_heavy.plan_years, (*once.cites, "plan facts, top_heavy")),
        top_heavy_tested_through=Elected(facts.top_heavy.tested_through, (*once.cites, "plan facts, top_heavy")),
        top_heavy_floor=agreement.reading("top_heavy_floor", bears=not (employer.value.single and match.value.single)),
        election_years=agreement.fixed("election_years"),
        vesting_period=agreement.one_of(
            "the vesting computation period", {"5.06(a)": lambda _: "Plan Year", "5.06(b)": lambda _: "Employment Year"}
        ),
        vesting_hours_required=agreement.one_of(
            "the hours of a Year of Service for vesting",
            {
                "5.06(c)": lambda _: agreement.fixed("vesting_hours").value,
                "5.06(d)": lambda at: agreement.blank(at, "hours"),
            },
        ),
        years_from_age=_years_from_age(agreement),
        years_from_plan_on=_years_from_plan(agreement),
        leap_day_anniversary=agreement.reading("leap_day_anniversary"),
        vesting_credit=agreement.reading("vesting_credit"),
        break_hours_at_most=agreement.fixed("break_hours_at_most"),
        forfeiture_break_years=agreement.fixed("forfeiture_break_years"),
        parity_breaks_at_least=_parity(agreement),
        deferrals_are_employer_contributions=Elected(deferrals.value == "yes", deferrals.cites),
    )


def _retirement_age(agreement: Agreement) -> Elected[int]:
    def age(option: str) -> int:
        return _whole(option, agreement.blank(option, "age"))

    return agreement.one_of("Normal Retirement Age", {"5.01(a)": age, "5.01(b)": age})


def _whole(option: str, age: int | Decimal) -> int:
    if age != int(age):
        raise UnsupportedElectionError([not_evaluated(f"{option}: an age that is not a whole number of years")])
    return int(age)


def _retirement_anniversary(agreement: Agreement) -> Elected[int | None]:
    """The anniversary of the first Plan Year of participation that Normal Retirement Age also waits for."""

    def anniversary(option: str) -> int | None:
        return int(agreement.blank(option, "anniversary"))

    return agreement.one_of("Normal Retirement Age", {"5.01(a)": lambda _: None, "5.01(b)": anniversary})


def _fully_vested_by(agreement: Agreement) -> Elected[tuple[str, ...]]:
    if agreement.elections.has("5.02(a)"):
        return Elected((), ("AA 5.02(a)",))
    return agreement.flags({"5.02(b)": "death", "5.02(c)": "disability"})


def _accounts(agreement: Agreement) -> Elected[tuple[Account, ...]]:
    """The accounts of Employer money that the plan can have: both, where it names neither contribution."""
    found = agreement.flags({"3.01(d)": "employer", "3.01(b)": "regular_matching"})
    both: tuple[Account, ...] = ("employer", "regular_matching")
    return Elected(tuple(each for each in both if each in found.value) or both, found.cites or ("AA 3.01",))


_LEFT_OUT = ("5.08(a)", "5.08(b)", "5.08(c)", "5.08(d)", "5.08(e)")


def _elected_of_years(agreement: Agreement, option: str, value: T | None) -> Elected[T | None]:
    """A rule on Years left out; null, and cited by what is checked instead, where its box is not.

    Raises:
        UnsupportedElectionError: no box of 5.08 is checked, or the one that leaves none out beside another.
    """
    checked = [each for each in _LEFT_OUT if agreement.elections.has(each)]
    if not checked or (_LEFT_OUT[0] in checked and len(checked) > 1):
        raise UnsupportedElectionError([not_evaluated(f"{', '.join(checked) or '5.08'}: which Years are left out")])
    if option in checked:
        return Elected(value, (f"AA {option}",))
    return Elected(None, tuple(f"AA {each}" for each in checked))


def _years_from_age(agreement: Agreement) -> Elected[int | None]:
    age = _whole("5.08(b)", agreement.blank("5.08(b)", "age")) if agreement.elections.has("5.08(b)") else None
    return _elected_of_years(agreement, "5.08(b)", age)


def _years_from_plan(agreement: Agreement) -> Elected[date | None]:
    """The day the plan began, where earlier Years do not count: its first Effective Date."""
    began = agreement.blank("1.18", "originally_established_on") or agreement.effective_date.value
    return _elected_of_years(agreement, "5.08(c)", began)


def _parity(agreement: Agreement) -> Elected[int | None]:
    if agreement.elections.has("5.08(e)"):
        by_years = MATCH if agreement.elections.has("3.01(h)(4)") else ()
        lacks = "which Years before ERISA the plan of that time left out is not on file"
        agreement.tell_not("5.08(e)", (*ON_YEARS_FOR_VESTING, *by_years), only="served_before_erisa", lacks=lacks)
    return _elected_of_years(agreement, "5.08(d)", agreement.fixed("parity_breaks_at_least").value)
