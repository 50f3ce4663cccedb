"""Article V, the person's answer: what is owned at the evaluation date, when all of it is, and what is frozen.

Needs: the last year of the vesting ledger (years_of_service, percent, floor_percent, schedule_percent,
forfeiture_break_on, frozen_percent, full_by_service_on, full_by_own_hours), full_hours_reached_on, employed_anywhere,
at_retirement_age_on, ended_by_death_or_disability_on; those of the percentage also by account, where the match vests by
schedules of its own. Gives: schedule, vested_percent, fully_vested_on and the like.
"""

from collections.abc import Sequence
from dataclasses import dataclass
from datetime import date

import polars as pl

from planrules.book import Rule, rule
from planrules.dates import Calendar
from planrules.nonforfeitable import MATCHING, included, is_top_heavy, percent_type
from planrules.plan.schedules import FULL
from planrules.plan.vesting import Vesting


@dataclass(frozen=True)
class Given:
    """What the rules read besides columns.

    Attributes:
        provisions: those of Article V.
        coming: the last days of this computation period and of the following ones.
        plan_years: the Plan Years.
        plan_year_through: the last day of the Plan Year that contains the evaluation date.
        as_of: the evaluation date.
    """

    provisions: Vesting
    coming: Sequence[pl.Expr]
    plan_years: Calendar
    plan_year_through: date
    as_of: date

    @property
    def top_heavy(self) -> bool:
        """Whether the Top Heavy schedule is that of the Plan Year that contains the evaluation date."""
        given = self.provisions
        listed = given.top_heavy_plan_years
        ever = given.top_heavy_once and bool(listed) and self.plan_year_through >= min(listed)
        return self.one_schedule or ever or self.plan_year_through in listed

    @property
    def one_schedule(self) -> bool:
        """Whether the Employer account vests by the Top Heavy schedule in every Plan Year."""
        fast, slow = self.provisions.schedules["employer"]
        return fast == slow and fast.full_years > 0

    @property
    def by_plan_year(self) -> bool:
        """Whether Years of Service are Plan Years."""
        return self.provisions.vesting_period == "Plan Year"

    @property
    def strands(self) -> tuple[str, ...]:
        """How the columns of each account begin."""
        return ("", MATCHING) if self.provisions.match_apart else ("",)


def _schedule_case(given: Given) -> pl.Expr:
    if given.one_schedule or not given.top_heavy:
        return pl.lit(None, dtype=pl.String)
    return pl.lit("once" if given.provisions.top_heavy_once else "top_heavy")


@rule(
    cites=["@top_heavy_once", "@top_heavy_plan_years"],
    says={
        "top_heavy": "The plan is top heavy in the Plan Year of the evaluation date.",
        "once": "The plan is top heavy or has been: the Top Heavy schedule applies for good.",
    },
    case=_schedule_case,
    unit="word",
)
def schedule(given: Given) -> pl.Expr:
    """The schedule of the Plan Year that contains the evaluation date: top_heavy or non_top_heavy."""
    return pl.lit("top_heavy" if given.top_heavy else "non_top_heavy")


def _at_once(given: Given, strand: str) -> bool:
    """Whether the account is owned in full without a Year of Service."""
    fast, slow = given.provisions.schedules["regular_matching" if strand == MATCHING else "employer"]
    return fast.full_years == slow.full_years == 0


def _reason(given: Given, strand: str = "") -> pl.Expr:
    by_age = (pl.col("at_retirement_age_on") <= given.as_of).fill_null(value=False)
    by_event = (pl.col("ended_by_death_or_disability_on") <= given.as_of).fill_null(value=False)
    floor = pl.col(f"{strand}floor_percent") > pl.col(f"{strand}schedule_percent")
    if _at_once(given, strand):
        return pl.lit("at_once")
    return (
        pl.when(by_event)
        .then(pl.lit("by_event"))
        .when(by_age)
        .then(pl.lit("by_age" if given.provisions.retirement_anniversary is None else "by_retirement"))
        .when(floor)
        .then(pl.lit("by_floor"))
        .otherwise(pl.lit("by_schedule" if given.by_plan_year else "by_employment_years"))
    )


@rule(
    cites=["@non_top_heavy_schedule", "@fully_vested_by", "@normal_retirement_age", "Plan 7.05"],
    says={
        "at_once": "What the Employer contributes is owned in full at all times.",
        "by_event": "Employment ended by death or disability on {ended_by_death_or_disability_on}: 100%.",
        "by_age": "Employed at age {normal_retirement_age} on {at_retirement_age_on}: 100%.",
        "by_retirement": "Employed at Normal Retirement Age on {at_retirement_age_on}: 100%.",
        "by_floor": "{floor_percent}% was reached in a top-heavy Plan Year and stays for what had accrued by "
        "{floor_through_on}.",
        "by_schedule": "Years of Service: {years_of_service}, which gives {schedule_percent}%. A Year is a Plan Year "
        "with {vesting_hours_required} hours.",
        "by_employment_years": "Years of Service: {years_of_service}, which gives {schedule_percent}%. A Year is an "
        "Employment Year, 12 months from the first day of work or an anniversary of it, with {vesting_hours_required} "
        "hours.",
    },
    case=_reason,
    unit="percent",
)
def owned_percent(_: Given) -> pl.Expr:
    """The Nonforfeitable percentage of the Employer account at the evaluation date, and of the match unless apart."""
    return pl.col("percent")


def _matching_case(given: Given) -> pl.Expr:
    if not given.provisions.match_apart:
        return pl.lit(None, dtype=pl.String)
    reason = _reason(given, MATCHING)
    by_years = reason.is_in(["by_schedule", "by_employment_years"])
    return pl.when(by_years).then(pl.lit("by_schedule")).when(reason.is_in(["at_once", "by_floor"])).then(reason)


@rule(
    cites=["@matching_non_top_heavy_schedule", "Plan 7.05"],
    says={
        "at_once": "The match is owned in full at all times.",
        "by_floor": "Of the match, {owned_matching_percent}% was reached in a top-heavy Plan Year and stays for what "
        "had accrued by {floor_through_on}.",
        "by_schedule": "Of the match, {owned_matching_percent}% is owned, by a schedule of its own and the same "
        "{years_of_service} Years of Service.",
    },
    case=_matching_case,
    unit="percent",
)
def owned_matching_percent(given: Given) -> pl.Expr:
    """The Nonforfeitable percentage of the account that receives the match, at the evaluation date."""
    return pl.col(f"{given.strands[-1]}percent")


@rule(
    cites=["AA 5.03", "Plan 4.04"],
    says="Elective deferrals and qualified nonelective contributions are always owned in full.",
    unit="percent",
)
def vested_percent(given: Given) -> pl.Expr:
    """The Nonforfeitable percentage of each account."""
    whole = pl.lit(FULL).cast(percent_type(given.provisions))
    return pl.struct(
        deferral=whole,
        regular_matching=pl.col("owned_matching_percent"),
        employer=pl.col("owned_percent"),
        qualified_nonelective=whole,
    )


def _years_needed(given: Given, through: pl.Expr) -> pl.Expr:
    """The Years of Service that give 100% of every account in the Plan Year that holds the day `through`."""
    pairs = given.provisions.schedules.values()
    plan_year = given.plan_years.through(given.plan_years.number(through))
    faster = is_top_heavy(plan_year, given.provisions) | pl.col("schedule_kept")
    by_faster = max(min(fast.full_years, slow.full_years) for fast, slow in pairs)
    return pl.when(faster).then(by_faster).otherwise(max(slow.full_years for _, slow in pairs))


def _projected_by_service(given: Given) -> pl.Expr:
    """The end of the year that brings the last Year needed, if each from now on is a Year of Service."""
    ahead = range(len(given.coming))
    return pl.coalesce(
        pl.when(
            pl.sum_horizontal("years_of_service", *(f"gain_{n}" for n in range(number + 1)))
            >= pl.col(f"needed_{number}")
        )
        .then(f"coming_{number}")
        .otherwise(None)
        for number in ahead
    )


def with_years_ahead(people: pl.DataFrame, given: Given) -> pl.DataFrame:
    """The people with the years ahead as columns, in steps, since each is read by all that follow it.

    coming_<n>: the last day of the n-th year from the running one on, null for a running year that is over; gain_<n>:
    whether it would add a Year of Service (1 or 0); needed_<n>: the Years that give everything then.
    """
    days = people.with_columns(through.alias(f"coming_{number}") for number, through in enumerate(given.coming))
    days = days.with_columns(coming_0=pl.when(pl.col("coming_0") > given.as_of).then("coming_0"))
    years = range(len(given.coming))
    return days.with_columns(
        *(_gain(given, number).cast(pl.Int32).alias(f"gain_{number}") for number in years),
        *(
            _years_needed(given, pl.col(f"coming_{number}")).cast(pl.Int32).alias(f"needed_{number}")
            for number in years
        ),
    )


def _gain(given: Given, number: int) -> pl.Expr:
    day = pl.col(f"coming_{number}")
    gained = included(given.provisions, day) & day.is_not_null()
    return (gained & ~pl.col("year_now")).fill_null(value=False) if number == 0 else gained.fill_null(value=False)


def _full_on(given: Given) -> pl.Expr:
    """The day 100% of every account was reached: by service, age, death or disability, whichever came first."""

    def of(strand: str) -> pl.Expr:
        by_service = "commenced_for_vesting_on" if _at_once(given, strand) else f"{strand}full_hours_reached_on"
        days = (by_service, "at_retirement_age_on", "ended_by_death_or_disability_on")
        return pl.min_horizontal(pl.when(pl.col(name) <= given.as_of).then(name) for name in days)

    return pl.max_horizontal(of(strand) for strand in given.strands)


def _full_case(given: Given) -> pl.Expr:
    projected = pl.col("fully_vested_on") > given.as_of
    by_age = pl.col("fully_vested_on") == pl.col("at_retirement_age_on")
    return (
        pl.when(projected & by_age)
        .then(pl.lit("at_age" if given.provisions.retirement_anniversary is None else "at_retirement"))
        .when(projected)
        .then(pl.lit("by_service" if given.by_plan_year else "by_employment_years"))
        .when(pl.col("fully_vested_on").is_not_null())
        .then(pl.lit("reached"))
    )


@rule(
    cites=[
        "@non_top_heavy_schedule",
        "@matching_non_top_heavy_schedule",
        "@vesting_hours_required",
        "@normal_retirement_age",
    ],
    says={
        "reached": "All of it has been owned since {fully_vested_on}.",
        "by_service": "All of it is owned by {fully_vested_on} if {vesting_hours_required} hours are completed in each "
        "Plan Year until then; in the last of them as soon as its Year is credited.",
        "by_employment_years": "All of it is owned by {fully_vested_on} if {vesting_hours_required} hours are "
        "completed in each Employment Year until then; in the last of them as soon as its Year is credited.",
        "at_age": "All of it is owned from {fully_vested_on}, at age {normal_retirement_age}, if still employed by the "
        "Employer then.",
        "at_retirement": "All of it is owned from {fully_vested_on}, at Normal Retirement Age, if still employed by "
        "the Employer then.",
    },
    case=_full_case,
    unit="date",
)
def fully_vested_on(given: Given) -> pl.Expr:
    """The day 100% was reached, or for somebody employed the earliest day it can be; null for everyone else."""
    at_age = pl.when(pl.col("at_retirement_age_on") > given.as_of).then("at_retirement_age_on")
    ahead = pl.min_horizontal(at_age, _projected_by_service(given))
    full = (pl.col("owned_percent") == FULL) & (pl.col("owned_matching_percent") == FULL)
    return pl.when(full).then(_full_on(given)).when(pl.col("employed_anywhere")).then(ahead)


@rule(
    cites=["@forfeiture_break_years", "Plan 5.08(a)", "Plan 5.09"],
    says="The Forfeiture Break of {forfeiture_break_on} froze the balance before it at "
    "{vested_percent_before_forfeiture_break}%.",
    unit="percent",
)
def vested_percent_before_forfeiture_break(_: Given) -> pl.Expr:
    """The percentage of the balance accrued before the latest Forfeiture Break; null when there was none."""
    return pl.when(pl.col("forfeiture_break_on").is_not_null()).then("frozen_percent")


def _later(given: Given, strand: str) -> pl.Expr:
    whole = _reason(given, strand).is_in(["by_event", "by_age", "by_retirement"])
    later = (pl.col(f"{strand}floor_percent") > pl.col(f"{strand}schedule_percent")) & ~whole
    if given.provisions.top_heavy_floor == "all_money":
        later = pl.lit(value=False)
    return pl.when(later).then(f"{strand}schedule_percent")


@rule(
    cites=["@top_heavy_floor", "Plan 7.05"],
    says="What has accrued after {floor_through_on} is owned to {later_money_percent}%.",
    unit="percent",
)
def later_money_percent(given: Given) -> pl.Expr:
    """The percentage of money accrued after the last top-heavy Plan Year, where it is less; null where it is not."""
    return _later(given, "")


@rule(
    cites=["@top_heavy_floor", "Plan 7.05"],
    says={"apart": "What has accrued of the match after {floor_through_on} is owned to {later_matching_percent}%."},
    case=lambda given: pl.when(
        pl.lit(given.provisions.match_apart) & pl.col("later_matching_percent").is_not_null()
    ).then(pl.lit("apart")),
    unit="percent",
)
def later_matching_percent(given: Given) -> pl.Expr:
    """The percentage of match accrued after the last top-heavy Plan Year, where it is less; null where it is not."""
    return _later(given, given.strands[-1])


RULES: tuple[Rule, ...] = (
    schedule,
    owned_percent,
    owned_matching_percent,
    vested_percent,
    fully_vested_on,
    vested_percent_before_forfeiture_break,
    later_money_percent,
    later_matching_percent,
)
