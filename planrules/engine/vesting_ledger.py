"""Lays the vesting ledger out: hours in one column a Plan Year, the rules over them, the years back as rows."""

from collections.abc import Callable
from datetime import date

import polars as pl

from planrules import dates
from planrules.engine.evaluation import Evaluation
from planrules.ledger import Rules, Year, lay_out, steps
from planrules.nonforfeitable import of_accounts, strands
from planrules.plan import Terms
from planrules.plan.vesting import Vesting
from planrules.rules import breaks, service, vesting

Pick = Callable[..., pl.Expr]

RULES = Rules(
    each_year=((vesting.begun, vesting.year), (breaks.break_in_service,)),
    running=(
        (breaks.consecutive_breaks, vesting.years_served, vesting.schedule_kept, vesting.top_heavy_applies),
        (vesting.schedule_percent,),
        (vesting.floor_percent, vesting.floor_through_on),
        (vesting.percent, vesting.full_by_service_on),
        (breaks.dropped_by_parity, breaks.forfeiture_break_on, breaks.frozen_percent, vesting.full_by_own_hours),
        (vesting.years_of_service, breaks.years_dropped_on, breaks.years_dropped),
    ),
    by_account=frozenset(
        (
            *("schedule_percent", "floor_percent", "percent", "frozen_percent"),
            *("full_by_service_on", "full_by_own_hours"),
        )
    ),
)
"""The rules of the ledger; those of a level do not read each other."""

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
    "full_by_own_hours",
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


def vesting_ledger(
    asked: Evaluation, people: pl.DataFrame, parts: pl.DataFrame, hours: pl.DataFrame
) -> tuple[pl.DataFrame, pl.DataFrame]:
    """The people with the vesting columns of the last year, and the ledger a row a person and Plan Year."""
    terms = asked.terms
    years = _years(people, terms, asked.as_of)
    absent = service.absences(asked.known.absences.lazy(), asked.plan_years, terms.service).collect()
    wide = people.lazy()
    for rows, name in ((hours, "vesting_hours"), (absent, "absence_hours")):
        wide = wide.join(_across(rows, name, years), on="person", how="left", maintain_order="left")
    spread = [f"{name}_{year.number}" for year in years for name in ("vesting_hours", "absence_hours")]
    wide = wide.with_columns(pl.col(spread).fill_null(0))
    each = steps(terms.vesting, years, asked.as_of)
    ledger = lay_out(wide, each, RULES, strands(terms.vesting)).collect()
    own = ledger.select(*people.columns, *_of_person(years, terms.vesting))
    for strand in strands(terms.vesting):
        reached = _full_hours_reached(own, parts, terms, strand)
        own = own.join(reached, on="person", how="left", maintain_order="left")
    return own, _lines(ledger, years)


def _years(people: pl.DataFrame, terms: Terms, as_of: date) -> list[Year]:
    """The Plan Years from the earliest one in which anybody's service began to the one with `as_of`."""
    plan_years = dates.plan_years(terms.service.plan_year_ends)
    earliest = people["commenced_for_vesting_on"].min()
    first = earliest if isinstance(earliest, date) else as_of
    numbers = pl.select(
        pl.int_range(plan_years.number(pl.lit(first)), plan_years.number(pl.lit(as_of)) + 1, dtype=pl.Int32)
    ).to_series()
    number = pl.col("number")
    frame = pl.DataFrame({"number": numbers}).with_columns(
        start=plan_years.start(number), through=plan_years.through(number)
    )
    return [Year(row["number"], pl.lit(row["start"]), pl.lit(row["through"])) for row in frame.iter_rows(named=True)]


def coming_years(asked: Evaluation) -> list[pl.Expr]:
    """The last days of this year and of as many more as the slowest schedule can ask for."""
    slowest = max(schedule.full_years for pair in asked.terms.vesting.schedules.values() for schedule in pair)
    number = asked.plan_years.number(pl.lit(asked.as_of))
    days = (dates.one_day(asked.plan_years.through(number + count)) for count in range(slowest + 2))
    return [pl.lit(day) for day in days]


def _across(rows: pl.DataFrame, name: str, years: list[Year]) -> pl.LazyFrame:
    """One column a year."""
    return (
        rows.lazy()
        .group_by("person")
        .agg(
            pl.col(name).filter(pl.col("number") == year.number).sum().alias(f"{name}_{year.number}") for year in years
        )
    )


def _of_person(years: list[Year], provisions: Vesting) -> list[pl.Expr]:
    """The last year's values, and what was owned on the days that a forfeiture looks at.

    Where accounts differ: the greatest percentage of any where nothing may be owned, the least where all must be.
    """
    last = years[-1]
    percents = of_accounts(provisions, "percent")

    def in_year_of(day: str, names: list[str], name: str = "percent", pick: Pick = pl.max_horizontal) -> pl.Expr:
        """The pick of columns in the year that contains a day; null when the day is null."""
        inside = (
            pl.when(pl.col(day).is_between(year.start, year.through)).then(pick(*(year(each) for each in names)))
            for year in years
        )
        return pl.coalesce(inside).alias(day.replace("_on", f"_{name}"))

    by_account = (f"{strand}{rule}" for strand in strands(provisions)[1:] for rule in RULES.by_account)
    return [
        *(last(name).alias(name) for name in (*_LAST, *by_account)),
        last("year").alias("year_now"),
        last("top_heavy_applies").alias("top_heavy_applies_now"),
        pl.min_horizontal(last(name) for name in percents).alias("least_percent"),
        pl.min_horizontal(last(name) for name in of_accounts(provisions, "frozen_percent")).alias(
            "least_frozen_percent"
        ),
        in_year_of("last_day_on", percents),
        in_year_of("last_day_on", ["years_of_service"], "years"),
        in_year_of("previous_last_day_on", percents),
        in_year_of("cashed_out_on", percents, pick=pl.min_horizontal),
    ]


def _full_hours_reached(people: pl.DataFrame, parts: pl.DataFrame, terms: Terms, strand: str) -> pl.DataFrame:
    """The day on which the hours that gave 100% were reached: the last day of the pay row part that brought them.

    Columns: person, full_hours_reached_on, by the account. Under the period-end reading a Year is reached when its
    Plan Year ends.
    """
    ends = terms.service.plan_year_ends
    deciding = people.lazy().select(
        "person", through=f"{strand}full_by_service_on", own_hours=f"{strand}full_by_own_hours"
    )
    deciding = deciding.filter(pl.col("through").is_not_null())
    needed = pl.when("own_hours").then(vesting.hours_required(terms.vesting)).otherwise(vesting.ONE_HOUR)
    reached = (
        deciding.select("person", number=dates.plan_year_number(pl.col("through"), ends), needed=needed)
        .join(parts.lazy().filter("for_vesting").with_columns(pl.col("number").cast(pl.Int32)), on=["person", "number"])
        .sort("person", "part_through")
        .with_columns(so_far=pl.col("hours").cum_sum().over("person"))
        .filter(pl.col("so_far") >= pl.col("needed"))
        .group_by("person")
        .agg(reached_on=pl.col("part_through").first())
    )
    at_end = terms.vesting.vesting_credit == "period_end"
    day = pl.when(pl.col("own_hours") & pl.lit(at_end)).then("through").otherwise("reached_on")
    named = {f"{strand}full_hours_reached_on": day}
    return deciding.join(reached, on="person", how="left").select("person", **named).collect()


def _lines(ledger: pl.DataFrame, years: list[Year]) -> pl.DataFrame:
    lines = [
        ledger.filter(year("begun")).select(
            "person",
            year.start.alias("start"),
            year.through.alias("through"),
            *(year(source).alias(name) for name, source in _LINES.items()),
        )
        for year in years
    ]
    return pl.concat(lines).sort("person", "through")
