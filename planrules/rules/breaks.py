"""Article V, sections 5.07 and 5.08: Breaks in Service by period, the rule of parity and the Forfeiture Break.

Rules of the vesting ledger. Needs, of a person: vesting_hours and absence_hours by year, begun, years_served, percent,
first_salary_reduction_on, has_qualified_nonelective and balances in cents.
"""

import polars as pl

from planrules.book import rule
from planrules.ledger import BeforeAll
from planrules.ledger import Step as AnyStep
from planrules.nonforfeitable import of_accounts, percent_type
from planrules.plan.vesting import Vesting

Step = AnyStep[Vesting]


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
    says="{hours} hours in the period that ended on {through}: {break_hours_at_most} or fewer.",
    unit="flag",
)
def break_in_service(step: Step) -> pl.Expr:
    """Whether the period is a Break in Service: over, and at most 500 hours after maternity hours."""
    few = step.this("vesting_hours") <= step.provisions.break_hours_at_most * 100
    return step.this("begun") & few & ~_prevented(step) & step.over


@rule(cites=["Plan 5.08(a)"], says="{consecutive_breaks} Breaks in Service in a row.", unit="count")
def consecutive_breaks(step: Step) -> pl.Expr:
    """Breaks in a row up to this year; an unfinished year of few hours repeats the count, any other year ends it."""
    few = step.this("vesting_hours") <= step.provisions.break_hours_at_most * 100
    so_far = step.last("consecutive_breaks")
    counted = pl.when(step.this("break_in_service")).then(so_far + 1).when(~step.over & few).then(so_far).otherwise(0)
    return counted.cast(pl.Int16)


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
    nothing = (step.this(name) == 0 for name in of_accounts(provisions, "percent"))
    owns_nothing = pl.all_horizontal(nothing) & ~pl.col("has_qualified_nonelective")
    if provisions.minimum_vested_amount:
        owns_nothing &= pl.col("balance_regular_matching") + pl.col("balance_employer") == 0
    if provisions.deferrals_are_employer_contributions:
        owns_nothing &= (pl.col("first_salary_reduction_on") > step.this.through).fill_null(value=True)
    enough = breaks >= pl.max_horizontal(step.this("years_served"), provisions.parity_breaks_at_least)
    return step.this("break_in_service") & enough & owns_nothing


@rule(
    cites=["@parity_breaks_at_least", "@deferrals_are_employer_contributions", "IRC 411(a)(6)(D)"],
    says="{years_dropped} Years of Service stopped counting on {years_dropped_on}: nothing was owned, and the Breaks "
    "in a row were no fewer than {parity_breaks_at_least} and those Years.",
    unit="date",
)
def years_dropped_on(step: Step) -> pl.Expr:
    """The close of the Break that last made Years drop by the rule of parity; null when none did."""
    lost = step.this("dropped_by_parity") & (step.this("years_served") > 0)
    return pl.when(lost).then(step.this.through).otherwise(step.last("years_dropped_on"))


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
    return pl.when(_forfeiture_break(step)).then(step.this.through).otherwise(step.last("forfeiture_break_on"))


@rule(
    cites=["Plan 5.08(a)", "Plan 5.09"],
    says="{frozen_percent}% of the balance before the Forfeiture Break.",
    unit="percent",
)
def frozen_percent(step: Step) -> pl.Expr:
    """The percentage of the balance accrued before the latest Forfeiture Break, as it froze that day."""
    kind = percent_type(step.provisions)
    frozen = pl.when(_forfeiture_break(step)).then(step.own("percent")).otherwise(step.own_last("frozen_percent"))
    return frozen.cast(kind)
