"""Article V and section 7.05: Years of Service by period, and what a person owns of the Employer's money.

Rules of the vesting ledger. Needs, of a person: vesting_hours by period, commenced_for_vesting_on, birth_date,
entry_on, at_retirement_age_on, ended_by_death_or_disability_on, top_heavy_schedule_kept_on; and dropped_by_parity.
Rules of the percentage have a column an account (`Step.own`). Employment Years also need, where a Plan Year is top
heavy, hours by the Plan Year that ends in each: closing_hours, hours_by_then and hours_since.
"""

import polars as pl

from planrules.book import rule
from planrules.ledger import BeforeAll
from planrules.ledger import Step as AnyStep
from planrules.nonforfeitable import hours_required, included, is_top_heavy, percent_type, scheduled
from planrules.plan.schedules import FULL
from planrules.plan.vesting import Vesting
from planrules.units import ONE_HOUR

Step = AnyStep[Vesting]


@rule(cites=["@vesting_period", "AA 1.29(b)"], says="Service began on {commenced_for_vesting_on}.", unit="flag")
def begun(step: Step) -> pl.Expr:
    """Whether the year is that of the Employment Commencement Date or later."""
    return (pl.col("commenced_for_vesting_on") <= step.close).fill_null(value=False)


@rule(
    cites=["@vesting_hours_required", "@vesting_credit", "Plan 5.06", "29 CFR 2530.200b-1"],
    says="{hours} hours in the period that ended on {through}.",
    unit="flag",
)
def year(step: Step) -> pl.Expr:
    """Whether the period is a Year of Service for vesting, before parity; no employment at its end is needed."""
    reached = step.this("vesting_hours") >= hours_required(step.provisions)
    return reached if step.provisions.vesting_credit == "when_hours_reached" else reached & step.over


def _ended_top_heavy(step: Step) -> pl.Expr:
    """Whether a top-heavy Plan Year, worked for an hour, ended in the course of the Employment Year."""
    ends = step.this.plan_year_ends
    if ends is None or not step.provisions.top_heavy_plan_years:
        return pl.lit(value=False)
    worked = step.this("closing_hours") >= ONE_HOUR
    return (ends <= step.close) & worked & is_top_heavy(ends, step.provisions)


def _hours_in_plan_year(step: Step) -> pl.Expr:
    """Hours in the Plan Year that holds the last known day of the period, by that day."""
    ends = step.this.plan_year_ends
    if ends is None:
        return step.this("vesting_hours")
    return pl.when(ends < step.close).then(step.this("hours_since")).otherwise(step.this("closing_hours"))


@rule(
    cites=["@top_heavy_once", "Plan 5.03", "26 CFR 1.416-1 V-3"],
    says="The Top Heavy schedule applies in the Plan Year that ends on {through}.",
    unit="flag",
)
def top_heavy_applies(step: Step) -> pl.Expr:
    """Whether the Top Heavy schedule applies: a top-heavy Plan Year with at least one hour credited in it.

    Where it applies for good once the plan has been top heavy, the hour may be in any Plan Year from the first such on.
    """
    provisions = step.provisions
    if not provisions.top_heavy_plan_years:
        return pl.lit(value=False)
    listed = is_top_heavy(step.this.plan_year_through, provisions)
    applies = (_hours_in_plan_year(step) >= ONE_HOUR) & listed
    if not provisions.top_heavy_once:
        return applies
    return step.held("top_heavy_applies") | applies | _ended_top_heavy(step)


def _counted(step: Step) -> pl.Expr:
    return step.this("year") & included(step.provisions, step.this.through)


@rule(
    cites=["@vesting_hours_required", "@years_from_age", "@years_from_plan_on", "Plan 5.08"],
    says="{years_served} Years of Service so far.",
    unit="count",
)
def years_served(step: Step) -> pl.Expr:
    """Years of Service at the close of this year, before parity is tested on it."""
    return (step.last("years_of_service") + _counted(step).cast(pl.Int16)).cast(pl.Int16)


@rule(
    cites=["@years_from_age", "@years_from_plan_on"],
    says="Years of Service that do not count, because their period ended before Years do: {years_left_out}.",
    unit="count",
)
def years_left_out(step: Step) -> pl.Expr:
    """How many Years of Service do not count: those before an age, or before the plan, where they are left out."""
    left_out = step.this("year") & ~included(step.provisions, step.this.through)
    return (step.last("years_left_out") + left_out.cast(pl.Int16)).cast(pl.Int16)


@rule(
    cites=["@vesting_period", "@vesting_credit"],
    says="{years_at_plan_year_end} Years of Service when the Plan Year ended.",
    unit="count",
)
def years_at_plan_year_end(step: Step) -> pl.Expr:
    """Years of Service at the close of the Plan Year that ends in this Employment Year, before it is over."""
    credited = step.this("hours_by_then") >= hours_required(step.provisions)
    if step.provisions.vesting_credit == "period_end":
        credited &= step.this.plan_year_ends == step.this.through
    counted = credited & included(step.provisions, step.this.through)
    return (step.last("years_of_service") + counted.cast(pl.Int16)).cast(pl.Int16)


@rule(
    cites=["@vesting_period", "Plan 7.05"],
    says="The last top-heavy Plan Year served was over on {top_heavy_ended_on}.",
    unit="date",
)
def top_heavy_ended_on(step: Step) -> pl.Expr:
    """The last day of the latest top-heavy Plan Year, worked for an hour, that has ended by then."""
    ended = pl.when(_ended_top_heavy(step)).then(step.this.plan_year_ends)
    return ended.otherwise(step.last("top_heavy_ended_on"))


@rule(
    cites=["Plan 7.05", "IRC 411(a)(10)(B)", "@election_years"],
    says="Filed on {top_heavy_schedule_kept_on}, with at least {election_years} Years, to keep the faster schedule.",
    unit="flag",
)
def schedule_kept(step: Step) -> pl.Expr:
    """Whether the person kept the faster schedule: filed after a top-heavy year served, with 3 Years at its close."""
    filed_on = pl.col("top_heavy_schedule_kept_on")
    filed = filed_on.is_between(step.this.start, step.close).fill_null(value=False)
    years, served_on = _before_filing(step, filed_on)
    enough = (years >= step.provisions.election_years) & served_on.is_not_null()
    return step.held("schedule_kept") | (filed & enough)


def _before_filing(step: Step, filed_on: pl.Expr) -> tuple[pl.Expr, pl.Expr]:
    """Years at the close of the Plan Year before a filing, and the last top-heavy Plan Year served by then."""
    ends = step.this.plan_year_ends
    if ends is None or not step.provisions.top_heavy_plan_years:
        return step.last("years_of_service"), step.last("floor_through_on")
    names = ("years_at_plan_year_end", "top_heavy_ended_on")
    years, served = (pl.when(filed_on > ends).then(step.this(name)).otherwise(step.last(name)) for name in names)
    return years, served


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
    kind = percent_type(step.provisions)
    reached = [
        step.own_last("floor_percent").cast(kind),
        _while_accrued(step, step.this("top_heavy_applies"), step.this.plan_year_through, step.own("schedule_percent")),
    ]
    ends = step.this.plan_year_ends
    if ends is not None and step.provisions.top_heavy_plan_years:
        then = scheduled(step, step.this("years_at_plan_year_end"), pl.lit(value=True))
        reached.append(_while_accrued(step, _ended_top_heavy(step), ends, then))
    return pl.max_horizontal(reached)


def _while_accrued(step: Step, counts: pl.Expr, through: pl.Expr, percent: pl.Expr) -> pl.Expr:
    """A percentage reached in the top-heavy Plan Year that ends on `through`, where it becomes a floor; else zero."""
    if step.provisions.top_heavy_floor == "accrued_money":
        counts &= (pl.col("entry_on") <= through).fill_null(value=False)
    return pl.when(counts).then(percent).otherwise(0).cast(percent_type(step.provisions))


@rule(cites=["Plan 7.05"], says="The last top-heavy Plan Year that raised it ended on {floor_through_on}.", unit="date")
def floor_through_on(step: Step) -> pl.Expr:
    """The last day through which accrued money has the floor: the latest year the Top Heavy schedule applied."""
    before = step.last("floor_through_on")
    if step.this.plan_year_ends is not None:
        before = pl.when(_ended_top_heavy(step)).then(step.this.plan_year_ends).otherwise(before)
    return pl.when(step.this("top_heavy_applies")).then(step.this.plan_year_through).otherwise(before)


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
    cites=["@vesting_hours_required", "@vesting_period", "Plan 5.06", "Plan 5.08"],
    says="{years_of_service} Years of Service count.",
    unit="count",
)
def years_of_service(step: Step) -> pl.Expr:
    """Years of Service that count at the close of this year, after the rule of parity."""
    return pl.when(step.this("dropped_by_parity")).then(pl.lit(0, dtype=pl.Int16)).otherwise(step.this("years_served"))


@rule(
    cites=["@top_heavy_schedule", "@non_top_heavy_schedule"],
    says="100% by service from the period that ends on {full_by_service_on}.",
    unit="date",
)
def full_by_service_on(step: Step) -> pl.Expr:
    """The last day of the period since which service alone has given 100%; null while it does not.

    A year counts on from the one before only when 100% holds from its first day, before any of its hours.
    """
    from_first_day = scheduled(step, step.last("years_of_service"), step.this("schedule_kept") | _still_top_heavy(step))
    holds = (from_first_day == FULL) | (step.own_last("floor_percent") == FULL)
    earlier = pl.when(holds).then(step.own_last("full_by_service_on"))
    return pl.when(_earned(step) == FULL).then(pl.coalesce(earlier, step.this.through))


def _still_top_heavy(step: Step) -> pl.Expr:
    """Whether the Top Heavy schedule of the year before goes on: for good, or in a Plan Year that is not over yet."""
    if step.provisions.top_heavy_once:
        return step.held("top_heavy_applies")
    if step.this.plan_year_ends is None or isinstance(step.last, BeforeAll):
        return pl.lit(value=False)
    same = step.last.plan_year_through == step.this.plan_year_ends
    return step.held("top_heavy_applies") & same & (step.this.plan_year_ends >= step.close)


@rule(cites=["@top_heavy_schedule", "@non_top_heavy_schedule"], says="Before it: {years_before_full}.", unit="count")
def years_before_full(step: Step) -> pl.Expr:
    """Years of Service before the period since which service alone has given 100%."""
    first = step.own("full_by_service_on") == step.this.through
    return pl.when(first).then(step.last("years_of_service")).otherwise(step.own_last("years_before_full"))
