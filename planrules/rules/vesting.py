"""Article V and section 7.05: the ledger of Plan Years, and what a person owns of the Employer's money.

The ledger is wide: a column a rule and Plan Year, so that each year reads the one before. `EACH_PERIOD` rules look at
one year alone, `RUNNING` rules carry a person from year to year. The last year is the one with the evaluation date.
Needs, of a person: vesting_hours and absence_hours by year, commenced_for_vesting_on, entry_on, at_retirement_age_on,
ended_by_death_or_disability_on, first_salary_reduction_on, has_qualified_nonelective, top_heavy_schedule_kept_on.
"""

from collections.abc import Sequence
from dataclasses import dataclass
from datetime import date

import polars as pl

from planrules.book import BeforeAll, Rule, Year, rule
from planrules.plan.vesting import Schedule, Vesting

FULL = 100
ONE_HOUR = 100
"""In hundredths of an hour."""


@dataclass(frozen=True)
class Step:
    """What a rule of the ledger reads: the provisions, this year, the year before and the evaluation date."""

    provisions: Vesting
    this: Year
    last: Year | BeforeAll
    as_of: date

    @property
    def close(self) -> date:
        """The last day of the year that is known: its end, or the evaluation date."""
        return min(self.this.through, self.as_of)

    @property
    def over(self) -> bool:
        """Whether the year has closed by the evaluation date."""
        return self.this.through <= self.as_of

    @property
    def top_heavy(self) -> bool:
        """Whether the year is listed as top heavy in the plan facts."""
        return self.this.through in self.provisions.top_heavy_plan_years


def ledger(wide: pl.LazyFrame, provisions: Vesting, years: Sequence[Year], as_of: date) -> pl.LazyFrame:
    """The wide frame with every rule of the ledger for every year, in order."""
    lasts: list[Year | BeforeAll] = [BeforeAll(), *years[:-1]]
    steps = [Step(provisions, this, last, as_of) for this, last in zip(years, lasts, strict=True)]
    for rules in EACH_PERIOD:
        wide = wide.with_columns(_column(each, step) for step in steps for each in rules)
    for step in steps:
        for rules in RUNNING:
            wide = wide.with_columns(_column(each, step) for each in rules)
    return wide


def _column(each: Rule, step: Step) -> pl.Expr:
    return each.build(step).alias(f"{each.name}_{step.this.number}")


def percent_at(years: pl.Expr, schedule: Schedule) -> pl.Expr:
    """The Nonforfeitable percentage of a schedule at so many Years of Service."""
    reached = pl.lit(0, dtype=pl.Int16)
    for needed, percent in schedule.rows:
        reached = pl.when(years >= needed).then(pl.lit(percent, dtype=pl.Int16)).otherwise(reached)
    return reached


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
    reached = step.this("vesting_hours") >= step.provisions.vesting_hours_required * 100
    credited = step.over or step.provisions.vesting_credit == "when_hours_reached"
    return reached & pl.lit(credited)


def _prevented(step: Step) -> pl.Expr:
    """Maternity hours lift this year above the Break threshold: its own, or last year's that did no good there."""
    most = step.provisions.break_hours_at_most * 100
    hours, own = step.this("vesting_hours"), step.this("absence_hours")
    if isinstance(step.last, BeforeAll):
        return hours + own > most
    last_hours, last_own = step.last("vesting_hours"), step.last("absence_hours")
    used_last_year = (last_hours <= most) & (last_hours + last_own > most)
    carried = pl.when(used_last_year).then(0).otherwise(last_own)
    return hours + own + carried > most


@rule(
    cites=["@break_hours_at_most", "Plan 1.27", "IRC 411(a)(6)(A)"],
    says="{hours} hours in the Plan Year that ended on {through}: {break_hours_at_most} or fewer.",
    unit="flag",
)
def break_in_service(step: Step) -> pl.Expr:
    """Whether the Plan Year is a Break in Service: over, and at most 500 hours after maternity hours."""
    few = step.this("vesting_hours") <= step.provisions.break_hours_at_most * 100
    return step.this("begun") & few & ~_prevented(step) & pl.lit(step.over)


@rule(
    cites=["AA 5.03(d)(1)", "Plan 5.03", "26 CFR 1.416-1 V-3"],
    says="The Top Heavy schedule applies in the Plan Year that ends on {through}.",
    unit="flag",
)
def top_heavy_applies(step: Step) -> pl.Expr:
    """Whether the Top Heavy schedule applies: a listed Plan Year with at least one hour credited in it."""
    return (step.this("vesting_hours") >= ONE_HOUR) & pl.lit(step.top_heavy)


@rule(cites=["Plan 5.08(a)"], says="{consecutive_breaks} Breaks in Service in a row.", unit="count")
def consecutive_breaks(step: Step) -> pl.Expr:
    """Breaks in a row up to this year; an unfinished year of few hours repeats the count, any other year ends it."""
    if not step.over:
        few = step.this("vesting_hours") <= step.provisions.break_hours_at_most * 100
        return pl.when(few).then(step.last("consecutive_breaks")).otherwise(0).cast(pl.Int16)
    return pl.when(step.this("break_in_service")).then(step.last("consecutive_breaks") + 1).otherwise(0).cast(pl.Int16)


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
    earlier = step.last("schedule_kept") if isinstance(step.last, Year) else pl.lit(value=False)
    return earlier | (filed & enough)


@rule(
    cites=["@top_heavy_schedule", "@non_top_heavy_schedule", "AA 5.03(d)(1)"],
    says="{years_served} Years of Service give {schedule_percent}% by the schedule of this Plan Year.",
    unit="percent",
)
def schedule_percent(step: Step) -> pl.Expr:
    """The percentage by the schedule in force in this Plan Year, or by the faster one for who elected to keep it."""
    provisions, years = step.provisions, step.this("years_served")
    return (
        pl.when(step.this("top_heavy_applies") | step.this("schedule_kept"))
        .then(percent_at(years, provisions.top_heavy_schedule))
        .otherwise(percent_at(years, provisions.non_top_heavy_schedule))
    )


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
    reached = pl.when(counts).then(step.this("schedule_percent")).otherwise(0)
    return pl.max_horizontal(step.last("floor_percent"), reached.cast(pl.Int16))


@rule(cites=["Plan 7.05"], says="The last top-heavy Plan Year that raised it ended on {floor_through_on}.", unit="date")
def floor_through_on(step: Step) -> pl.Expr:
    """The last day through which accrued money has the floor: the latest year the Top Heavy schedule applied."""
    return (
        pl.when(step.this("top_heavy_applies")).then(pl.lit(step.this.through)).otherwise(step.last("floor_through_on"))
    )


def _whole(step: Step) -> pl.Expr:
    events = pl.min_horizontal("at_retirement_age_on", "ended_by_death_or_disability_on")
    return (events <= step.close).fill_null(value=False)


@rule(
    cites=["@top_heavy_schedule", "@non_top_heavy_schedule", "@normal_retirement_age", "@fully_vested_by", "Plan 7.05"],
    says="{percent} is owned.",
    unit="percent",
)
def percent(step: Step) -> pl.Expr:
    """What is owned of the matching and Employer accounts: age 65, death or disability, else schedule and floor."""
    earned = pl.max_horizontal(step.this("schedule_percent"), step.this("floor_percent"))
    return pl.when(_whole(step)).then(pl.lit(FULL, dtype=pl.Int16)).otherwise(earned)


@rule(
    cites=["@parity_breaks_at_least", "@deferrals_are_employer_contributions", "IRC 411(a)(6)(D)"],
    says="{consecutive_breaks} Breaks in a row: at least the greater of {parity_breaks_at_least} and the Years before.",
    unit="flag",
)
def dropped_by_parity(step: Step) -> pl.Expr:
    """Whether the Years before drop at the close of this Break: 0% owned, Breaks no fewer than 5 and the Years."""
    provisions = step.provisions
    if provisions.parity_breaks_at_least is None:
        return pl.lit(value=False)
    breaks = step.this("consecutive_breaks")
    owns_nothing = (step.this("percent") == 0) & ~pl.col("has_qualified_nonelective")
    if provisions.deferrals_are_employer_contributions:
        owns_nothing &= (pl.col("first_salary_reduction_on") > step.this.through).fill_null(value=True)
    enough = breaks >= pl.max_horizontal(step.this("years_served"), provisions.parity_breaks_at_least)
    return step.this("break_in_service") & enough & owns_nothing


@rule(
    cites=["@vesting_hours_required", "AA 5.06(a)", "Plan 5.06", "Plan 5.08"],
    says="{years_of_service} Years of Service count.",
    unit="count",
)
def years_of_service(step: Step) -> pl.Expr:
    """Years of Service that count at the close of this year, after the rule of parity."""
    return pl.when(step.this("dropped_by_parity")).then(pl.lit(0, dtype=pl.Int16)).otherwise(step.this("years_served"))


@rule(
    cites=["@parity_breaks_at_least", "@deferrals_are_employer_contributions", "IRC 411(a)(6)(D)"],
    says="{years_dropped} Years of Service stopped counting on {years_dropped_on}: nothing was owned, and the Breaks in "
    "a row were no fewer than {parity_breaks_at_least} and those Years.",
    unit="date",
)
def years_dropped_on(step: Step) -> pl.Expr:
    """The close of the Break that last made Years drop by the rule of parity; null when none did."""
    lost = step.this("dropped_by_parity") & (step.this("years_served") > 0)
    return pl.when(lost).then(pl.lit(step.this.through)).otherwise(step.last("years_dropped_on"))


@rule(cites=["@parity_breaks_at_least"], says="{years_dropped} Years of Service no longer count.", unit="count")
def years_dropped(step: Step) -> pl.Expr:
    """How many Years of Service the rule of parity last made drop."""
    lost = step.this("dropped_by_parity") & (step.this("years_served") > 0)
    return pl.when(lost).then(step.this("years_served")).otherwise(step.last("years_dropped"))


def _forfeiture_break(step: Step) -> pl.Expr:
    fifth = step.this("consecutive_breaks") == step.provisions.forfeiture_break_years
    return step.this("break_in_service") & fifth


@rule(
    cites=["@forfeiture_break_years", "Plan 5.08(a)"],
    says="The fifth Break in a row closed on {forfeiture_break_on}.",
    unit="date",
)
def forfeiture_break_on(step: Step) -> pl.Expr:
    """The close of the fifth consecutive Break of the latest such run; null when there was none."""
    return pl.when(_forfeiture_break(step)).then(pl.lit(step.this.through)).otherwise(step.last("forfeiture_break_on"))


@rule(
    cites=["Plan 5.08(a)", "Plan 5.09"],
    says="{frozen_percent}% of the balance before the Forfeiture Break.",
    unit="percent",
)
def frozen_percent(step: Step) -> pl.Expr:
    """The percentage of the balance accrued before the latest Forfeiture Break, as it froze that day."""
    return pl.when(_forfeiture_break(step)).then(step.this("percent")).otherwise(step.last("frozen_percent"))


@rule(
    cites=["@top_heavy_schedule", "@non_top_heavy_schedule"],
    says="100% by service from {full_by_service_on}.",
    unit="date",
)
def full_by_service_on(step: Step) -> pl.Expr:
    """The last day of the first Plan Year in which service alone gives 100%; null while it does not."""
    earned = pl.max_horizontal(step.this("schedule_percent"), step.this("floor_percent"))
    reached = pl.when(earned == FULL).then(pl.lit(step.this.through))
    return pl.coalesce(step.last("full_by_service_on"), reached)


@rule(cites=["@top_heavy_schedule", "@non_top_heavy_schedule"], says="That year's own hours were needed.", unit="flag")
def full_by_own_hours(step: Step) -> pl.Expr:
    """Whether, in the first year that gives 100% by service, that year itself had to be a Year of Service."""
    provisions, before = step.provisions, step.last("years_of_service")
    already = (
        pl.when(step.this("top_heavy_applies") | step.this("schedule_kept"))
        .then(percent_at(before, provisions.top_heavy_schedule))
        .otherwise(percent_at(before, provisions.non_top_heavy_schedule))
    )
    first = step.this("full_by_service_on") == step.this.through
    earlier = step.last("full_by_own_hours") if isinstance(step.last, Year) else pl.lit(value=False)
    return pl.when(first).then(already < FULL).otherwise(earlier)


EACH_PERIOD: tuple[tuple[Rule, ...], ...] = ((begun, year, top_heavy_applies), (break_in_service,))
RUNNING: tuple[tuple[Rule, ...], ...] = (
    (consecutive_breaks, years_served, schedule_kept),
    (schedule_percent,),
    (floor_percent, floor_through_on),
    (percent, full_by_service_on),
    (dropped_by_parity, forfeiture_break_on, frozen_percent, full_by_own_hours),
    (years_of_service, years_dropped_on, years_dropped),
)
