"""Article V, the person's answer: what is owned at the evaluation date, when all of it is, and what is frozen.

Needs: the last year of the vesting ledger (years_of_service, percent, floor_percent, schedule_percent,
forfeiture_break_on, frozen_percent, full_by_service_on, full_by_own_hours), full_hours_reached_on, employed_anywhere,
at_retirement_age_on, ended_by_death_or_disability_on. Gives: schedule, vested_percent, fully_vested_on and the like.
"""

from collections.abc import Sequence
from dataclasses import dataclass
from datetime import date

import polars as pl

from planrules.book import Rule, rule
from planrules.plan.vesting import FULL, Vesting


@dataclass(frozen=True)
class Given:
    """What the rules read besides columns. `coming` holds the last days of this Plan Year and the following ones."""

    provisions: Vesting
    coming: Sequence[date]
    as_of: date

    @property
    def top_heavy(self) -> bool:
        """Whether the Plan Year that contains the evaluation date is listed as top heavy."""
        return self.coming[0] in self.provisions.top_heavy_plan_years

    def years_needed(self, through: date) -> int:
        """The Years of Service that give 100% in the Plan Year that ends on `through`."""
        listed = through in self.provisions.top_heavy_plan_years
        return (self.provisions.top_heavy_schedule if listed else self.provisions.non_top_heavy_schedule).full_years


@rule(
    cites=["AA 5.03(d)(1)", "@top_heavy_plan_years"],
    says={"top_heavy": "The plan is top heavy in the Plan Year of the evaluation date."},
    case=lambda given: pl.lit("top_heavy" if given.top_heavy else None, dtype=pl.String),
    unit="word",
)
def schedule(given: Given) -> pl.Expr:
    """The schedule of the Plan Year that contains the evaluation date: top_heavy or non_top_heavy."""
    return pl.lit("top_heavy" if given.top_heavy else "non_top_heavy")


def _reason(given: Given) -> pl.Expr:
    by_age = (pl.col("at_retirement_age_on") <= given.as_of).fill_null(value=False)
    by_event = (pl.col("ended_by_death_or_disability_on") <= given.as_of).fill_null(value=False)
    floor = pl.col("floor_percent") > pl.col("schedule_percent")
    return (
        pl.when(by_event)
        .then(pl.lit("by_event"))
        .when(by_age)
        .then(pl.lit("by_age"))
        .when(floor)
        .then(pl.lit("by_floor"))
        .otherwise(pl.lit("by_schedule"))
    )


@rule(
    cites=["@non_top_heavy_schedule", "@fully_vested_by", "@normal_retirement_age", "Plan 7.05"],
    says={
        "by_event": "Employment ended by death or disability on {ended_by_death_or_disability_on}: 100%.",
        "by_age": "Employed at age {normal_retirement_age} on {at_retirement_age_on}: 100%.",
        "by_floor": "{floor_percent}% was reached in a top-heavy Plan Year and stays for what had accrued by "
        "{floor_through_on}.",
        "by_schedule": "Years of Service: {years_of_service}, which gives {schedule_percent}%. A Year is a Plan Year "
        "with {vesting_hours_required} hours.",
    },
    case=_reason,
    unit="percent",
)
def owned_percent(_: Given) -> pl.Expr:
    """The Nonforfeitable percentage of the matching and Employer accounts at the evaluation date."""
    return pl.col("percent")


@rule(
    cites=["AA 5.03", "Plan 4.04"],
    says="Elective deferrals and qualified nonelective contributions are always owned in full.",
    unit="percent",
)
def vested_percent(_: Given) -> pl.Expr:
    """The Nonforfeitable percentage of each account."""
    whole = pl.lit(FULL, dtype=pl.Int16)
    return pl.struct(
        deferral=whole,
        regular_matching=pl.col("owned_percent"),
        employer=pl.col("owned_percent"),
        qualified_nonelective=whole,
    )


def _projected_by_service(given: Given) -> pl.Expr:
    """The end of the Plan Year that brings the last Year needed, if each from now on is a Year of Service."""
    years, spare = pl.col("years_of_service"), pl.col("year_now").cast(pl.Int16)
    candidates = []
    for ahead, through in enumerate(given.coming):
        if through < given.as_of or (through == given.as_of and ahead == 0):
            candidates.append(pl.lit(None, dtype=pl.Date))
            continue
        over = given.coming[0] <= given.as_of
        gained = years + ahead + (0 if over else 1) - (0 if over else spare)
        candidates.append(pl.when(gained >= given.years_needed(through)).then(pl.lit(through)))
    return pl.coalesce(candidates)


def _full_on(given: Given) -> pl.Expr:
    """The day 100% was reached: by service, age, death or disability, whichever came first."""
    known = [
        pl.when(pl.col(name) <= given.as_of).then(name)
        for name in ("full_hours_reached_on", "at_retirement_age_on", "ended_by_death_or_disability_on")
    ]
    return pl.min_horizontal(known)


def _full_case(given: Given) -> pl.Expr:
    projected = pl.col("fully_vested_on") > given.as_of
    by_age = pl.col("fully_vested_on") == pl.col("at_retirement_age_on")
    return (
        pl.when(projected & by_age)
        .then(pl.lit("at_age"))
        .when(projected)
        .then(pl.lit("by_service"))
        .when(pl.col("fully_vested_on").is_not_null())
        .then(pl.lit("reached"))
    )


@rule(
    cites=["@non_top_heavy_schedule", "@vesting_hours_required", "@normal_retirement_age"],
    says={
        "reached": "All of it has been owned since {fully_vested_on}.",
        "by_service": "All of it is owned by {fully_vested_on} if {vesting_hours_required} hours are completed in each "
        "Plan Year until then; in the last of them as soon as its Year is credited.",
        "at_age": "All of it is owned from {fully_vested_on}, at age {normal_retirement_age}, if still employed by the "
        "Employer then.",
    },
    case=_full_case,
    unit="date",
)
def fully_vested_on(given: Given) -> pl.Expr:
    """The day 100% was reached, or for somebody employed the earliest day it can be; null for everyone else."""
    at_age = pl.when(pl.col("at_retirement_age_on") > given.as_of).then("at_retirement_age_on")
    ahead = pl.min_horizontal(at_age, _projected_by_service(given))
    return pl.when(pl.col("owned_percent") == FULL).then(_full_on(given)).when(pl.col("employed_anywhere")).then(ahead)


@rule(
    cites=["@forfeiture_break_years", "Plan 5.08(a)", "Plan 5.09"],
    says="The Forfeiture Break of {forfeiture_break_on} froze the balance before it at "
    "{vested_percent_before_forfeiture_break}%.",
    unit="percent",
)
def vested_percent_before_forfeiture_break(_: Given) -> pl.Expr:
    """The percentage of the balance accrued before the latest Forfeiture Break; null when there was none."""
    return pl.when(pl.col("forfeiture_break_on").is_not_null()).then("frozen_percent")


@rule(
    cites=["@top_heavy_floor", "Plan 7.05"],
    says="What has accrued after {floor_through_on} is owned to {later_money_percent}%.",
    unit="percent",
)
def later_money_percent(given: Given) -> pl.Expr:
    """The percentage of money accrued after the last top-heavy Plan Year, where it is less; null where it is not."""
    whole = _reason(given).is_in(["by_event", "by_age"])
    later = (pl.col("floor_percent") > pl.col("schedule_percent")) & ~whole
    if given.provisions.top_heavy_floor == "all_money":
        later = pl.lit(value=False)
    return pl.when(later).then("schedule_percent")


RULES: tuple[Rule, ...] = (
    schedule,
    owned_percent,
    vested_percent,
    fully_vested_on,
    vested_percent_before_forfeiture_break,
    later_money_percent,
)
