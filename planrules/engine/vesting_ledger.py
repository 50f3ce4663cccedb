"""Lays the vesting ledger out: hours in one column a period, the rules over them, the periods back as rows."""

from collections.abc import Callable

import polars as pl

from planrules import dates
from planrules.dates import Calendar
from planrules.engine.collecting import collected
from planrules.engine.evaluation import Evaluation
from planrules.engine.full_vesting import full_vesting_day
from planrules.engine.vesting_periods import Worked, spread, with_days, years
from planrules.ledger import Rules, Year, lay_out, steps
from planrules.nonforfeitable import of_accounts, strands, strands_held
from planrules.plan.vesting import Vesting
from planrules.rules import breaks, vesting

Pick = Callable[..., pl.Expr]

BY_ACCOUNT = frozenset(
    (
        *("schedule_percent", "floor_percent", "percent", "frozen_percent"),
        *("full_by_service_on", "years_before_full"),
    )
)
"""Rules with a column an account."""


def rules_of(provisions: Vesting) -> Rules:
    """The rules of the ledger; those of a level do not read each other."""
    left_out = (vesting.years_left_out,) if provisions.leaves_years_out else ()
    own_years = provisions.vesting_period != "Plan Year" and bool(provisions.top_heavy_plan_years)
    at_plan_year_ends = (vesting.years_at_plan_year_end, vesting.top_heavy_ended_on) if own_years else ()
    return Rules(
        each_year=((vesting.begun, vesting.year), (breaks.break_in_service,)),
        running=(
            (breaks.consecutive_breaks, vesting.years_served, *at_plan_year_ends, *left_out),
            (vesting.schedule_kept, vesting.top_heavy_applies),
            (vesting.schedule_percent,),
            (vesting.floor_percent, vesting.floor_through_on),
            (vesting.percent, vesting.full_by_service_on),
            (breaks.dropped_by_parity, breaks.forfeiture_break_on, breaks.frozen_percent, vesting.years_before_full),
            (vesting.years_of_service, breaks.years_dropped_on, breaks.years_dropped),
        ),
        by_account=BY_ACCOUNT,
    )


_LAST = (
    "years_of_service",
    "years_served",
    "schedule_percent",
    "percent",
    "floor_percent",
    "floor_through_on",
    "forfeiture_break_on",
    "frozen_percent",
    "full_by_service_on",
    "years_before_full",
    "consecutive_breaks",
    "years_dropped_on",
    "years_dropped",
    "schedule_kept",
)
"""Rules whose value in the last year is the person's."""

_LINES = {
    "hours": "vesting_hours",
    "year": "year",
    "break": "break_in_service",
    "consecutive_breaks": "consecutive_breaks",
    "years_of_service": "years_of_service",
    "dropped_by_parity": "dropped_by_parity",
    "top_heavy_applies": "top_heavy_applies",
    "percent": "percent",
}
"""The columns of a ledger line and the rules they come from."""


def vesting_ledger(asked: Evaluation, people: pl.DataFrame, hours: Worked) -> tuple[pl.DataFrame, pl.DataFrame]:
    """The people with the vesting columns of the last period, and the ledger a row a person and period."""
    provisions = asked.terms.vesting
    each = years(asked, people, hours.calendar)
    wide = with_days(spread(people.lazy(), asked, people, hours, each), asked, hours, each)
    rules = rules_of(provisions)
    ledger = lay_out(wide, steps(provisions, each, asked.as_of), rules, strands(provisions)).pipe(collected)
    own = ledger.select(*people.columns, *_of_person(each, provisions))
    for strand in strands(provisions):
        reached = full_vesting_day(asked, own, hours, strand)
        own = own.join(reached, on="person", how="left", maintain_order="left")
    return own, _lines(ledger, each, provisions)


def coming_years(asked: Evaluation, calendar: Calendar) -> list[pl.Expr]:
    """The last days of this period and of as many more as the slowest schedule, and Years left out, can ask for."""
    provisions = asked.terms.vesting
    slowest = max(schedule.full_years for pair in provisions.schedules.values() for schedule in pair)
    if provisions.years_from_age is not None:
        slowest += provisions.years_from_age
    if provisions.years_from_plan_on is not None:
        slowest += max(0, provisions.years_from_plan_on.year - asked.as_of.year) + 1
    if calendar is not asked.plan_years:
        number = asked.as_of.year
        return [calendar.through(pl.lit(number + count, dtype=pl.Int32)) for count in range(slowest + 2)]
    coming = dates.plan_years_from(asked.as_of, asked.terms.service.plan_year_ends, slowest + 2)
    return [pl.lit(year.through) for year in coming]


def _of_person(each: list[Year], provisions: Vesting) -> list[pl.Expr]:
    """The last year's values, and what was owned on the days that a forfeiture looks at.

    Where accounts differ: the greatest percentage of any where nothing may be owned, the least where all must be.
    """
    last = each[-1]
    percents = of_accounts(provisions, "percent")

    def in_year_of(day: str, names: list[str], name: str = "percent", pick: Pick = pl.max_horizontal) -> pl.Expr:
        """The pick of columns in the year that contains a day; null when the day is null."""
        inside = (
            pl.when(pl.col(day).is_between(year.start, year.through)).then(pick(*(year(each) for each in names)))
            for year in each
        )
        return pl.coalesce(inside).alias(day.replace("_on", f"_{name}"))

    by_account = (f"{strand}{rule}" for strand in strands(provisions)[1:] for rule in BY_ACCOUNT)
    return [
        *(last(name).alias(name) for name in (*_LAST, *by_account)),
        _some(last("years_left_out"), provisions).alias("years_left_out"),
        last("year").alias("year_now"),
        last("top_heavy_applies").alias("top_heavy_applies_now"),
        pl.min_horizontal(last(name) for name in of_accounts(provisions, "frozen_percent")).alias(
            "least_frozen_percent"
        ),
        in_year_of("last_day_on", percents),
        in_year_of("last_day_on", ["years_of_service"], "years"),
        in_year_of("previous_last_day_on", percents),
        in_year_of("cashed_out_on", percents, pick=pl.min_horizontal),
    ]


def _some(years: pl.Expr, provisions: Vesting) -> pl.Expr:
    """A number of Years left out; null where there is none."""
    none = pl.lit(None, dtype=pl.Int16)
    return pl.when(years > 0).then(years) if provisions.leaves_years_out else none


def _lines(ledger: pl.DataFrame, each: list[Year], provisions: Vesting) -> pl.DataFrame:
    lines = [
        ledger.filter(year("begun")).select(
            "person",
            year.start.alias("start"),
            year.through.alias("through"),
            year.plan_year_through.alias("plan_year_through"),
            pl.min_horizontal(
                pl.max_horizontal(year(f"{strand}schedule_percent"), year(f"{strand}floor_percent"))
                for strand in strands_held(provisions)
            ).alias("least_earned_percent"),
            *(year(source).alias(name) for name, source in _LINES.items()),
        )
        for year in each
    ]
    return pl.concat(lines).sort("person", "through")
