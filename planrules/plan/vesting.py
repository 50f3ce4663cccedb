"""Article V and section 7.05: schedules, Years of Service, Breaks in Service and what they take away."""

from datetime import date
from typing import Literal

from pydantic import BaseModel, ConfigDict

from planrules.errors import UnsupportedElectionError
from planrules.plan.elected import Agreement, Elected, Provisions
from planrules.plan.facts import PlanFacts
from planrules.plan.scope import not_evaluated

FULL = 100
"""The percentage of an account that is owned whole."""


class Schedule(BaseModel):
    """Nonforfeitable percentage by Years of Service: the percent of the greatest listed year not above one's own."""

    model_config = ConfigDict(frozen=True)

    rows: tuple[tuple[int, int], ...]

    @property
    def full_years(self) -> int:
        """The Years of Service at which 100% is reached."""
        return next(years for years, percent in self.rows if percent == FULL)


class Vesting(Provisions):
    """How much of the Employer's money a person owns (AA 5.01-5.08; Plan 5.01-5.09, 7.05)."""

    normal_retirement_age: int
    fully_vested_by: tuple[str, ...]
    top_heavy_schedule: Schedule
    non_top_heavy_schedule: Schedule
    top_heavy_plan_years: tuple[date, ...]
    top_heavy_tested_through: date | None
    top_heavy_floor: Literal["accrued_money", "all_money"]
    election_years: int
    vesting_hours_required: int
    vesting_credit: Literal["when_hours_reached", "period_end"]
    break_hours_at_most: int
    forfeiture_break_years: int
    parity_breaks_at_least: int | None
    deferrals_are_employer_contributions: bool


def vesting(agreement: Agreement, facts: PlanFacts) -> Vesting:
    """The vesting provisions of an agreement.

    Raises:
        UnsupportedElectionError: a schedule, vesting period or exclusion of years that is not evaluated.
    """
    agreement.one_of("the vesting computation period", {"5.06(a)": lambda _: "plan_year"})
    agreement.one_of("when the Top Heavy schedule applies", {"5.03(d)(1)": lambda _: True})
    deferrals = agreement.reading("deferrals_are_employer_contributions")
    return Vesting.of(
        normal_retirement_age=agreement.one_of(
            "Normal Retirement Age", {"5.01(a)": lambda at: int(agreement.blank(at, "age"))}
        ),
        fully_vested_by=agreement.flags({"5.02(b)": "death", "5.02(c)": "disability"}),
        top_heavy_schedule=_schedule(agreement, "top_heavy"),
        non_top_heavy_schedule=_schedule(agreement, "non_top_heavy"),
        top_heavy_plan_years=Elected(facts.top_heavy.plan_years, ("AA 5.03(d)(1)", "plan facts, top_heavy")),
        top_heavy_tested_through=Elected(facts.top_heavy.tested_through, ("AA 5.03(d)(1)", "plan facts, top_heavy")),
        top_heavy_floor=agreement.reading("top_heavy_floor"),
        election_years=agreement.fixed("election_years"),
        vesting_hours_required=agreement.one_of(
            "the hours of a Year of Service for vesting",
            {
                "5.06(c)": lambda _: agreement.fixed("vesting_hours").value,
                "5.06(d)": lambda at: int(agreement.blank(at, "hours")),
            },
        ),
        vesting_credit=agreement.reading("vesting_credit"),
        break_hours_at_most=agreement.fixed("break_hours_at_most"),
        forfeiture_break_years=agreement.fixed("forfeiture_break_years"),
        parity_breaks_at_least=_parity(agreement),
        deferrals_are_employer_contributions=Elected(deferrals.value == "yes", deferrals.cites),
    )


def _schedule(agreement: Agreement, blank: str) -> Elected[Schedule]:
    def read(option: str) -> Schedule:
        filled: dict[int, int] = agreement.blank(option, blank)
        rows = tuple(sorted((int(years), int(percent)) for years, percent in filled.items()))
        if not any(percent == FULL for _, percent in rows):
            raise UnsupportedElectionError([not_evaluated(f"{option}, {blank}: a schedule that never reaches 100%")])
        return Schedule(rows=rows)

    return agreement.one_of("the vesting schedule", {"5.03(b)": read})


def _parity(agreement: Agreement) -> Elected[int | None]:
    def elected(_: str) -> int | None:
        return agreement.fixed("parity_breaks_at_least").value

    def none(_: str) -> int | None:
        return None

    return agreement.one_of("Years of Service left out", {"5.08(a)": none, "5.08(d)": elected})
