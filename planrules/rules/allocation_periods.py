"""Section 3.04(c) and 14.06(B): counted pay and eligible contributions, added up by allocation period.

Needs: counted pay rows (cents), with their Compensation. Gives a row a person and allocation period in which counted
pay was paid. `month_end` is the allocation date: the last day of the month, quarter or Plan Year of the pay date, or of
the month in which a pay period was paid; the Accounting Date is always one too.
"""

from collections.abc import Sequence

import polars as pl

from planrules import dates
from planrules.dates import Calendar, MonthDay
from planrules.plan.matching import Every, Matching

_COMMON_YEAR = 2001
_LONGEST_MONTH = 31
_MONTHS = {"month": 1, "pay_period": 1, "quarter": 3}


def periods_a_year(every: Every, ends_every: MonthDay) -> int:
    """How many allocation periods a Plan Year has: one more where it ends within a month or quarter."""
    if every == "plan_year":
        return 1
    return dates.MONTHS_IN_A_YEAR // _MONTHS[every] + (not _even(every, ends_every))


def _even(every: Every, ends_every: MonthDay) -> bool:
    """Whether a Plan Year ends together with one of its months or quarters."""
    last = MonthDay(ends_every.month, _LONGEST_MONTH).in_year(_COMMON_YEAR).day
    return ends_every.day >= last and ends_every.month % _MONTHS[every] == 0


def allocation_periods(every: Every, ends_every: MonthDay) -> Calendar:
    """The allocation periods as a calendar; a month or quarter in which a Plan Year ends is cut there in two."""
    years = dates.plan_years(ends_every)
    if every == "plan_year":
        return years
    whole = dates.calendar_quarters() if every == "quarter" else dates.calendar_months()
    if _even(every, ends_every):
        return whole

    def cut(block: pl.Expr) -> pl.Expr:
        """The Plan Year end in a block, or else the block's own end."""
        first = dates.days_after(whole.through(block - 1), 1)
        return pl.min_horizontal(years.through(years.number(first)), whole.through(block))

    def number(day: pl.Expr) -> pl.Expr:
        block = whole.number(day)
        return 2 * block + (day > cut(block)).cast(pl.Int32)

    def through(numbered: pl.Expr) -> pl.Expr:
        block = numbered // 2
        return pl.when(numbered % 2 == 0).then(cut(block)).otherwise(whole.through(block))

    return Calendar(number, through)


def by_period(rows: pl.LazyFrame, provisions: Matching, ends_every: MonthDay, to_know: Sequence[str]) -> pl.LazyFrame:
    """Counted pay by allocation period, or by check where each pay period is one, in date order.

    Columns: person, month_end, plan_year, compensation (null when a row's is not known), eligible_contributions, and
    for each name of `to_know` a flag `lacks.<name>`: whether a row lacks it.
    """
    every = provisions.allocated_every
    periods, years = allocation_periods(every, ends_every), dates.plan_years(ends_every)
    each_check = "pay_period" in (provisions.allocation_period, every)
    by = ["person", "month_end", *(["paid_on", "check"] if each_check else [])]
    eligible = pl.sum_horizontal(provisions.eligible_contributions_of) if provisions.eligible_contributions_of else 0
    if each_check:
        rows = rows.sort("person", "paid_on", "start", "end", "compensation", "salary_reduction").with_row_index(
            "check"
        )
    return (
        rows.with_columns(month_end=periods.through(periods.number(pl.col("paid_on"))), eligible=eligible)
        .group_by(by)
        .agg(
            compensation=pl.when(pl.col("counted_pay").is_null().any())
            .then(None)
            .otherwise(pl.col("counted_pay").sum()),
            eligible_contributions=pl.col("eligible").sum(),
            **{f"lacks.{name}": pl.col(name).is_null().any() for name in to_know},
        )
        .sort(by)
        .with_columns(plan_year=years.number(pl.col("month_end")))
    )


def allocations(amounts: pl.LazyFrame) -> pl.LazyFrame:
    """One row a person and allocation date: checks added up where they are worked out one by one."""
    names = amounts.collect_schema().names()
    flags = [name for name in names if name.startswith("lacks.")]
    sums = ("compensation", "compensation_counted", "eligible_contributions", "tier_1", "tier_2", "by_formulas")
    if "check" not in names:
        return amounts.select("person", "month_end", "plan_year", *sums, *flags)
    return amounts.group_by("person", "month_end", "plan_year").agg(
        *(pl.when(pl.col(name).is_null().any()).then(None).otherwise(pl.col(name).sum()).alias(name) for name in sums),
        pl.col(flags).any(),
    )
