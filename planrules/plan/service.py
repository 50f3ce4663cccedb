"""Articles I and II, hours: whose service counts, in which periods, and how pay rows are cut."""

from collections.abc import Callable, Mapping
from datetime import date
from typing import Literal

from pydantic import BaseModel, ConfigDict

from planrules.dates import LeapDay, MonthDay
from planrules.errors import ElectionsError, Problem
from planrules.plan.dependent import ON_PLAN_YEAR, ON_SERVICE
from planrules.plan.elected import Agreement, Elected, Provisions
from planrules.supplements import ExceptedService, ExceptedSpan, PlanYearEnd
from planrules.units import WeekDay

Straddling = Literal["by_days", "by_row_end", "set_aside"]
Equivalency = Literal["daily", "weekly", "semi_monthly", "monthly"]
Purpose = Literal["participation", "vesting", "accrual"]

_EQUIVALENCIES: Mapping[str, Equivalency] = {
    "daily": "daily",
    "weekly": "weekly",
    "semi-monthly payroll periods": "semi_monthly",
    "monthly": "monthly",
}
"""The units of AA 1.27(b) by the words of the form."""
_ACTUAL_FOR: Mapping[str, Purpose] = {
    "1.27(b)(2)(i)": "participation",
    "1.27(b)(2)(ii)": "vesting",
    "1.27(b)(2)(iii)": "accrual",
}

NO_MEANING_TOLD = MonthDay(12, 31)
"""Where nobody has told when Plan Years end; no answer that rests on it is given."""


class ParticipatingEmployer(BaseModel):
    """A related employer whose Employees may join; `since` is the day it came into the plan, null for always."""

    model_config = ConfigDict(frozen=True)

    name: str
    since: date | None = None


class Service(Provisions):
    """Whose employment counts and how hours fall into periods (AA 1.07, 1.17, 1.27, 1.29; Plan 1.27-1.30)."""

    employer: str
    participating_employers: tuple[ParticipatingEmployer, ...]
    predecessors_for_participation: tuple[str, ...]
    predecessors_for_vesting: tuple[str, ...]
    excepted_service: tuple[ExceptedSpan, ...]
    equivalency: Equivalency | None
    equivalency_hours: int
    equivalency_for: tuple[Purpose, ...]
    week_begins: WeekDay
    plan_year_ends: MonthDay
    limitation_year_ends: MonthDay
    straddling_pay: Straddling
    leap_day_anniversary: LeapDay
    absence_hours_at_most: int
    separated_on_last_day: Literal["at_close", "next_day"]

    @property
    def own_employers(self) -> tuple[str, ...]:
        """The Employer and the related employers in the plan: one employment, whichever of them it is with."""
        return (self.employer, *(each.name for each in self.participating_employers))

    @property
    def employers(self) -> tuple[str, ...]:
        """Every employer whose service the plan knows."""
        predecessors = (*self.predecessors_for_participation, *self.predecessors_for_vesting)
        return tuple(dict.fromkeys((*self.own_employers, *predecessors)))


def service(agreement: Agreement) -> Service:
    """The service provisions of an agreement.

    Raises:
        ElectionsError: excepted service with an employer that is no predecessor.
        UnsupportedElectionError: no method of crediting hours, or no Plan Year.
    """
    elections = agreement.elections
    hours = agreement.one_of("the crediting of hours", {"1.27(a)": lambda _: None, "1.27(b)": _unit(agreement)})
    predecessors = tuple(agreement.blank("1.29", "predecessor_employers") or ()) if elections.has("1.29") else ()
    plan_year_ends = _plan_year(agreement)
    return Service.of(
        employer=Elected(elections.employer.name, ("AA execution page",)),
        participating_employers=_participating(agreement),
        predecessors_for_participation=_counted(agreement, predecessors, "1.29(a)"),
        predecessors_for_vesting=_counted(agreement, predecessors, "1.29(b)"),
        excepted_service=_excepted(agreement, predecessors),
        equivalency=hours,
        equivalency_hours=_equivalency_hours(agreement, hours),
        equivalency_for=_purposes(agreement, hours),
        week_begins=_week_begins(agreement, hours),
        plan_year_ends=plan_year_ends,
        limitation_year_ends=agreement.one_of(
            "the Limitation Year",
            {
                "1.17(c)": lambda _: plan_year_ends.value,
                "1.17(d)": lambda at: agreement.blank(at, "ends_every"),
            },
        ),
        straddling_pay=Elected(
            agreement.choices["straddling_pay"], (*hours.cites, *agreement.reading("straddling_pay").cites)
        ),
        leap_day_anniversary=agreement.reading("leap_day_anniversary"),
        absence_hours_at_most=agreement.fixed("absence_hours_at_most"),
        separated_on_last_day=agreement.reading("separated_on_last_day"),
    )


def _plan_year(agreement: Agreement) -> Elected[MonthDay]:
    def written_in(option: str) -> MonthDay:
        meaning = agreement.meaning(option, PlanYearEnd, ON_PLAN_YEAR)
        return NO_MEANING_TOLD if meaning is None else meaning.ends_every

    printed = {"1.17(a)": lambda at: agreement.blank(at, "ends_every"), "1.17(b)": written_in}
    return agreement.one_of("the Plan Year", printed)


def _participating(agreement: Agreement) -> Elected[tuple[ParticipatingEmployer, ...]]:
    """The related employers named in AA 1.07(k), and the one that signed the Participation Agreement."""
    found, cites = [], []
    if agreement.elections.has("1.07(k)"):
        found += [ParticipatingEmployer(name=name) for name in agreement.blank("1.07(k)", "related_employers")]
        cites.append("AA 1.07(k)")
    elif agreement.elections.has("1.07(j)"):
        cites.append("AA 1.07(j)")
    if agreement.elections.has("participation"):
        name = agreement.blank("participation", "participating_employer")
        since = agreement.blank("participation", "participation_effective_on")
        # An employer named in 1.07(k) is in the plan already.
        found += [] if any(each.name == name for each in found) else [ParticipatingEmployer(name=name, since=since)]
        cites.append("AA Participation Agreement")
    return Elected(tuple(found), tuple(cites) or agreement.reading("related_employers").cites)


def _unit(agreement: Agreement) -> Callable[[str], Equivalency]:
    return lambda option: _EQUIVALENCIES[agreement.blank(option, "equivalency")]


def _equivalency_hours(agreement: Agreement, unit: Elected[Equivalency | None]) -> Elected[int]:
    """The hours of one unit; none under the actual method."""
    fixed = {
        "daily": agreement.fixed("hours_of_a_day"),
        "weekly": agreement.fixed("hours_of_a_week"),
        "semi_monthly": agreement.fixed("hours_of_a_half_month"),
        "monthly": agreement.fixed("hours_of_a_month"),
    }
    return Elected(0, unit.cites) if unit.value is None else fixed[unit.value]


def _purposes(agreement: Agreement, unit: Elected[Equivalency | None]) -> Elected[tuple[Purpose, ...]]:
    """What the equivalency is used for: everything but the exceptions."""
    if unit.value is None:
        return Elected((), unit.cites)
    excepted = agreement.flags(_ACTUAL_FOR)
    says = [option for option in ("1.27(b)(1)", "1.27(b)(2)") if agreement.elections.has(option)]
    kept = tuple(each for each in _ACTUAL_FOR.values() if each not in excepted.value)
    return Elected(kept, (*unit.cites, *(f"AA {option}" for option in says), *excepted.cites))


def _week_begins(agreement: Agreement, unit: Elected[Equivalency | None]) -> Elected[str]:
    """The reading, where weeks are counted; elsewhere it moves nothing."""
    reading = agreement.reading("week_begins")
    return reading if unit.value == "weekly" else Elected("sunday", reading.cites)


def _counted(agreement: Agreement, predecessors: tuple[str, ...], option: str) -> Elected[tuple[str, ...]]:
    counted = predecessors if agreement.elections.has(option) else ()
    return Elected(counted, (f"AA {option}",) if counted else ("AA 1.29",))


def _excepted(agreement: Agreement, predecessors: tuple[str, ...]) -> Elected[tuple[ExceptedSpan, ...]]:
    meaning = agreement.meaning("1.29(c)", ExceptedService, ON_SERVICE, only="served_predecessor")
    if meaning is None:
        return Elected((), ("AA 1.29",))
    strangers = {each.employer for each in meaning.except_}.difference(predecessors)
    if strangers:
        raise ElectionsError([_no_predecessor(name) for name in sorted(strangers)])
    return Elected(meaning.except_, ("AA 1.29(c)",))


def _no_predecessor(name: str) -> Problem:
    return Problem(
        what=f"{name} is no predecessor employer of this plan",
        where="elections, supplements 1.29(c), except",
        why="Only service that 1.29 counts can be left out of it again.",
        do="Write the employer as it stands in the blank of 1.29.",
    )
