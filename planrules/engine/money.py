"""The money stage: the match by month and the deferrals of the running years."""

from collections.abc import Sequence
from dataclasses import dataclass
from datetime import date

import polars as pl

from planrules import dates, law
from planrules.book import build_columns
from planrules.engine.evaluation import Evaluation
from planrules.plan.matching import compensation_limits
from planrules.rules import deferral, matching, service


@dataclass(frozen=True)
class Money:
    """The match and deferral columns of each person, and the match by month."""

    people: pl.DataFrame
    months: pl.DataFrame


def money(asked: Evaluation, people: pl.DataFrame, covered: pl.DataFrame, entry_dates: Sequence[date]) -> Money:
    """The match and deferral columns, one row a person of `people`, and the ledger of months."""
    as_of = asked.as_of
    months = _months(asked, people, covered)
    given = deferral.Given(asked.terms.deferral, entry_dates, _annual_limit(as_of), as_of)
    frame = people.lazy().select("person", "entry_on")
    for facts in (_totals(months, as_of), _deferred(asked, people, covered)):
        frame = frame.join(facts, on="person", how="left", maintain_order="left")
    zero = ("allocated_total", "provisional_months", "deferred_in_plan_year", "deferred_in_calendar_year")
    untold = pl.col("compensation_untold").fill_null(value=False)
    frame = frame.with_columns(
        pl.col(zero).fill_null(0),
        total=pl.when(pl.col("provisional_months").is_null()).then(0).otherwise("total"),
        plan_year_compensation=pl.when(~untold).then(pl.col("plan_year_compensation").fill_null(0)),
    )
    made = build_columns(frame, deferral.RULES, given).drop("entry_on")
    return Money(made.collect(), months)


def _totals(months: pl.DataFrame, as_of: date) -> pl.LazyFrame:
    return (
        months.lazy()
        .group_by("person")
        .agg(
            total=pl.when(pl.col("match").is_null().any()).then(None).otherwise(pl.col("match").sum()),
            allocated_total=pl.col("match").filter("allocated").sum(),
            provisional_months=(pl.col("tested_on") > as_of).sum(),
        )
    )


def _months(asked: Evaluation, people: pl.DataFrame, covered: pl.DataFrame) -> pl.DataFrame:
    terms = asked.terms
    limits = compensation_limits(terms.matching, terms.service, asked.as_of.year + 1)
    given = matching.Given(terms.matching, asked.plan_years, limits, asked.as_of)
    spans = service.relationships(asked.known.spells.lazy())
    rows = matching.counted(_with_entry(asked, people, "matching_entry_on"), covered.lazy(), spans, given)
    amounts = build_columns(matching.months(rows, given), matching.AMOUNTS, given)
    ledger = build_columns(matching.allocations(amounts), matching.LEDGER, given)
    tested = matching.with_test(ledger, spans).join(_month_hours(asked), on=["person", "month_end"], how="left")
    tested = tested.with_columns(pl.col("month_hours").fill_null(0))
    return tested.with_columns(matching.allocated.column(given)).sort("person", "month_end").collect()


def _month_hours(asked: Evaluation) -> pl.LazyFrame:
    """Hours by calendar month, where a reading asks the match for them. Columns: person, month_end, month_hours."""
    if not asked.terms.matching.match_month_hours:
        return pl.LazyFrame(schema={"person": pl.UInt32, "month_end": pl.Date, "month_hours": pl.Int64})
    calendar = dates.calendar_months()
    own = asked.known.credited.lazy().filter("of_employer")
    return (
        service.cut(own, calendar, asked.terms.service)
        .group_by("person", month_end=calendar.through(pl.col("number")))
        .agg(month_hours=pl.col("hours").sum())
    )


def _with_entry(asked: Evaluation, people: pl.DataFrame, day: str = "entry_on") -> pl.LazyFrame:
    """Pay rows with a day of the person's: that of joining, or of joining in the match."""
    return asked.known.pay.lazy().join(people.lazy().select("person", day), on="person")


def _deferred(asked: Evaluation, people: pl.DataFrame, covered: pl.DataFrame) -> pl.LazyFrame:
    """Pay and deferrals of the running Plan Year and calendar year, by pay date, in cents."""
    in_plan_year = asked.plan_years.through(asked.plan_years.number(pl.col("paid_on"))) == asked.plan_year_through
    paid = _with_entry(asked, people).filter(pl.col("of_employer") & (pl.col("paid_on") <= asked.as_of))
    base = paid.filter(in_plan_year)
    if asked.terms.deferral.deferral_limit_base == "compensation_as_participant":
        base = matching.within(base.filter(pl.col("paid_on") >= pl.col("entry_on")), covered.lazy(), "paid_on")
    compensation = base.group_by("person").agg(
        plan_year_compensation=pl.col("compensation").sum().clip(upper_bound=_limit(asked)),
        compensation_untold=pl.col("compensation").is_null().any(),
    )
    same_year = pl.col("paid_on").dt.year() == asked.as_of.year
    deferred = paid.group_by("person").agg(
        deferred_in_plan_year=pl.col("salary_reduction").filter(in_plan_year).sum(),
        deferred_in_calendar_year=pl.col("salary_reduction").filter(same_year).sum(),
    )
    return deferred.join(compensation, on="person", how="left")


def _limit(asked: Evaluation) -> int | None:
    """Cents of Compensation that count in the Plan Year of the evaluation date; null when none is on file."""
    limits = compensation_limits(asked.terms.matching, asked.terms.service, asked.as_of.year + 1)
    dollars = limits.get(asked.plan_year_through.year)
    return None if dollars is None else int(dollars * 100)


def _annual_limit(as_of: date) -> int | None:
    limit = law.limits("elective_deferral_limit").get(as_of.year)
    return None if limit is None else limit.value
