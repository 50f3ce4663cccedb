"""Article V and section 7.05: Years of Service by Plan Year, and what a person owns of the Employer's money.

Rules of the vesting ledger. Needs, of a person: vesting_hours by year, commenced_for_vesting_on, entry_on,
at_retirement_age_on, ended_by_death_or_disability_on, top_heavy_schedule_kept_on; and dropped_by_parity. Rules of the
percentage have a column an account (`Step.own`).
"""

from math import ceil

import polars as pl

from planrules.book import rule
from planrules.ledger import Step as AnyStep
from planrules.nonforfeitable import is_top_heavy, percent_type, scheduled
from planrules.plan.schedules import FULL
from planrules.plan.vesting import Vesting

Step = AnyStep[Vesting]
ONE_HOUR = 100
"""In hundredths of an hour."""


def hours_required(provisions: Vesting) -> int:
    """Hundredths of hours of a Year of Service."""
    return ceil(provisions.vesting_hours_required * 100)


@rule(cites=["AA 5.06(a)", "AA 1.29(b)"], says="Service began on {commenced_for_vesting_on}.", unit="flag")
def begun(step: Step) -> pl.Expr:
    """Whether the year is that of the Employment Commencement Date or later."""
    return (pl.col("commenced_for_vesting_on") <= step.close).fill_null(value=False)


@rule(
    cites=["@vesting_hours_required", "@vesting_credit", "Plan 5.06", "29 CFR 2530.200b-1"],
    says="{hours} hours in the Plan Year that ended on {through}.",
    unit="flag",
)
def year(step: Step) -> pl.Expr:
    """Whether the Plan Year is a Year of Service for vesting, before parity; no employment at its end is needed."""
    reached = step.this("vesting_hours") >= hours_required(step.provisions)
    return reached if step.provisions.vesting_credit == "when_hours_reached" else reached & step.over


@rule(
    cites=["@top_heavy_once", "Plan 5.03", "26 CFR 1.416-1 V-3"],
    says="The Top Heavy schedule applies in the Plan Year that ends on {through}.",
    unit="flag",
)
def top_heavy_applies(step: Step) -> pl.Expr:
    """Whether the Top Heavy schedule applies: a top-heavy Plan Year with at least one hour credited in it.

    Where it applies for good once the plan has been top heavy, the hour may be in any Plan Year from the first such on.
    """
    applies = (step.this("vesting_hours") >= ONE_HOUR) & is_top_heavy(step.this.through, step.provisions)
    return step.held("top_heavy_applies") | applies if step.provisions.top_heavy_once else applies


@rule(cites=["@vesting_hours_required", "Plan 5.08"], says="{years_served} Years of Service so far.", unit="count")
def years_served(step: Step) -> pl.Expr:
    """Years of Service at the close of this year, before parity is tested on it."""
    return (step.last("years_of_service") + step.this("year").cast(pl.Int16)).cast(pl.Int16)


@rule(
    cites=["Plan 7.05", "IRC 411(a)(10)(B)", "@election_years"],
    says="Filed on {top_heavy_schedule_kept_on}, with at least {election_years} Years, to keep the faster schedule.",
    unit="flag",
)
def schedule_kept(step: Step) -> pl.Expr:
    """Whether the person kept the faster schedule: filed after a top-heavy year served, with 3 Years at its close."""
    filed = pl.col("top_heavy_schedule_kept_on").is_between(step.this.start, step.close).fill_null(value=False)
    enough = step.last("years_of_service") >= step.provisions.election_years
    enough &= step.last("floor_through_on").is_not_null()
    return step.held("schedule_kept") | (filed & enough)


@rule(
    cites=["@top_heavy_schedule", "@non_top_heavy_schedule", "@matching_non_top_heavy_schedule", "@top_heavy_once"],
    says="{years_served} Years of Service give {schedule_percent}% by the schedule of this Plan Year.",
    unit="percent",
)
def schedule_percent(step: Step) -> pl.Expr:
    """The percentage by the schedule in force in this Plan Year, or by the faster one for who elected to keep it."""
    return scheduled(step, step.this("years_served"), step.this("top_heavy_applies") | step.this("schedule_kept"))


@rule(
    cites=["Plan 7.05", "IRC 411(a)(10)", "26 CFR 1.416-1 V-7"],
    says="{floor_percent}% reached in a top-heavy Plan Year stays for what had accrued.",
    unit="percent",
)
def floor_percent(step: Step) -> pl.Expr:
    """The best percentage ever reached under the Top Heavy schedule: a floor ever after for what had accrued.

    Nothing had accrued to somebody who joined later, unless the floor is read to cover all money.
    """
    counts = step.this("top_heavy_applies")
    if step.provisions.top_heavy_floor == "accrued_money":
        counts &= (pl.col("entry_on") <= step.this.through).fill_null(value=False)
    reached = pl.when(counts).then(step.own("schedule_percent")).otherwise(0)
    kind = percent_type(step.provisions)
    return pl.max_horizontal(step.own_last("floor_percent").cast(kind), reached.cast(kind))


@rule(cites=["Plan 7.05"], says="The last top-heavy Plan Year that raised it ended on {floor_through_on}.", unit="date")
def floor_through_on(step: Step) -> pl.Expr:
    """The last day through which accrued money has the floor: the latest year the Top Heavy schedule applied."""
    return pl.when(step.this("top_heavy_applies")).then(step.this.through).otherwise(step.last("floor_through_on"))


def _earned(step: Step) -> pl.Expr:
    return pl.max_horizontal(step.own("schedule_percent"), step.own("floor_percent"))


@rule(
    cites=["@top_heavy_schedule", "@non_top_heavy_schedule", "@normal_retirement_age", "@fully_vested_by"],
    says="{percent}% is owned of the matching and Employer accounts.",
    unit="percent",
)
def percent(step: Step) -> pl.Expr:
    """What is owned of the account: Normal Retirement Age, death or disability, else schedule and floor."""
    events = pl.min_horizontal("at_retirement_age_on", "ended_by_death_or_disability_on")
    whole = (events <= step.close).fill_null(value=False)
    return pl.when(whole).then(pl.lit(FULL).cast(percent_type(step.provisions))).otherwise(_earned(step))


@rule(
    cites=["@vesting_hours_required", "AA 5.06(a)", "Plan 5.06", "Plan 5.08"],
    says="{years_of_service} Years of Service count.",
    unit="count",
)
def years_of_service(step: Step) -> pl.Expr:
    """Years of Service that count at the close of this year, after the rule of parity."""
    return pl.when(step.this("dropped_by_parity")).then(pl.lit(0, dtype=pl.Int16)).otherwise(step.this("years_served"))


@rule(
    cites=["@top_heavy_schedule", "@non_top_heavy_schedule"],
    says="100% by service from {full_by_service_on}.",
    unit="date",
)
def full_by_service_on(step: Step) -> pl.Expr:
    """The last day of the Plan Year since which service alone has given 100%; null while it does not.

    A year counts on from the one before only when 100% holds from its first day, before any of its hours.
    """
    faster = step.this("schedule_kept")
    if step.provisions.top_heavy_once:
        faster |= step.held("top_heavy_applies")
    from_first_day = scheduled(step, step.last("years_of_service"), faster)
    holds = (from_first_day == FULL) | (step.own_last("floor_percent") == FULL)
    earlier = pl.when(holds).then(step.own_last("full_by_service_on"))
    return pl.when(_earned(step) == FULL).then(pl.coalesce(earlier, step.this.through))


@rule(cites=["@top_heavy_schedule", "@non_top_heavy_schedule"], says="That year's own hours were needed.", unit="flag")
def full_by_own_hours(step: Step) -> pl.Expr:
    """Whether, in the first year that gives 100% by service, that year itself had to be a Year of Service."""
    faster = step.this("top_heavy_applies") | step.this("schedule_kept")
    already = scheduled(step, step.last("years_of_service"), faster)
    first = step.own("full_by_service_on") == step.this.through
    return pl.when(first).then(already < FULL).otherwise(step.held("full_by_own_hours"))
