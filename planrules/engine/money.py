"""The money stage: the match by month and the deferrals of the running years."""

from collections.abc import Sequence
from dataclasses import dataclass
from datetime import date

import polars as pl

from planrules import dates, law
from planrules.book import build_columns
from planrules.dates import Calendar
from planrules.engine.knowledge import Known
from planrules.plan import Terms
from planrules.plan.matching import compensation_limits
from planrules.rules import deferral, matching, service


@dataclass(frozen=True)
class Money:
    """The match and deferral columns of each person, and the match by month."""

    people: pl.DataFrame
    months: pl.DataFrame


@dataclass(frozen=True)
class _Work:
    known: Known
    terms: Terms
    as_of: date

    @property
    def calendar(self) -> Calendar:
        return dates.plan_years(self.terms.service.plan_year_ends)

    @property
    def plan_year_through(self) -> date:
        """The last day of the Plan Year that contains the evaluation date."""
        return dates.one_day(self.calendar.through(self.calendar.number(pl.lit(self.as_of))))


def money(
    people: pl.DataFrame, known: Known, covered: pl.DataFrame, terms: Terms, entry_dates: Sequence[date], as_of: date
) -> Money:
    """The match and deferral columns, one row a person of `people`, and the ledger of months."""
    work = _Work(known, terms, as_of)
    months = _months(work, people, covered)
    given = deferral.Given(terms.deferral, entry_dates, _annual_limit(as_of), as_of)
    frame = people.lazy().select("person", "entry_on", "last_before_on")
    for facts in (_totals(months, as_of), _deferred(work, people)):
        frame = frame.join(facts, on="person", how="left", maintain_order="left")
    zero = ("allocated_total", "provisional_months", "deferred_in_plan_year", "deferred_in_calendar_year")
    untold = pl.col("compensation_untold").fill_null(value=False)
    frame = frame.with_columns(
        pl.col(zero).fill_null(0),
        total=pl.when(pl.col("provisional_months").is_null()).then(0).otherwise("total"),
        plan_year_compensation=pl.when(~untold).then(pl.col("plan_year_compensation").fill_null(0)),
    )
    made = build_columns(frame, deferral.RULES, given).drop("entry_on", "last_before_on")
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


def _months(work: _Work, people: pl.DataFrame, covered: pl.DataFrame) -> pl.DataFrame:
    terms = work.terms
    limits = compensation_limits(terms.matching, terms.service, work.as_of.year + 1)
    given = matching.Given(terms.matching, work.calendar, limits, work.as_of)
    entered = people.lazy().select("person", "entry_on").filter(pl.col("entry_on").is_not_null())
    rows = matching.counted(work.known.pay.lazy(), covered.lazy(), entered, given)
    amounts = build_columns(matching.months(rows, given), matching.AMOUNTS, given)
    ledger = build_columns(matching.allocations(amounts), matching.LEDGER, given)
    spans = service.relationships(work.known.spells.lazy())
    tested = matching.with_test(ledger, spans).join(_month_hours(work), on=["person", "month_end"], how="left")
    tested = tested.with_columns(pl.col("month_hours").fill_null(0))
    return tested.with_columns(matching.allocated.column(given)).sort("person", "month_end").collect()


def _month_hours(work: _Work) -> pl.LazyFrame:
    """Hours by calendar month, where a reading asks the match for them. Columns: person, month_end, month_hours."""
    if not work.terms.matching.match_month_hours:
        return pl.LazyFrame(schema={"person": pl.UInt32, "month_end": pl.Date, "month_hours": pl.Int64})
    calendar = dates.calendar_months()
    own = work.known.pay.lazy().filter("of_employer")
    return (
        service.cut(own, calendar, work.terms.service)
        .group_by("person", month_end=calendar.through(pl.col("number")))
        .agg(month_hours=pl.col("hours").sum())
    )


def _deferred(work: _Work, people: pl.DataFrame) -> pl.LazyFrame:
    """Pay and deferrals of the running Plan Year and calendar year, by pay date, in cents."""
    in_plan_year = work.calendar.through(work.calendar.number(pl.col("paid_on"))) == work.plan_year_through
    paid = work.known.pay.lazy().filter(pl.col("of_employer") & (pl.col("paid_on") <= work.as_of))
    base = in_plan_year
    if work.terms.deferral.deferral_limit_base == "compensation_as_participant":
        base &= pl.col("paid_on").is_between("entry_on", "last_before_on", closed="left").fill_null(value=False)
    same_year = pl.col("paid_on").dt.year() == work.as_of.year
    return (
        paid.join(people.lazy().select("person", "entry_on", "last_before_on"), on="person")
        .group_by("person")
        .agg(
            plan_year_compensation=pl.col("compensation").filter(base).sum().clip(upper_bound=_limit(work)),
            compensation_untold=pl.col("compensation").filter(base).is_null().any(),
            deferred_in_plan_year=pl.col("salary_reduction").filter(in_plan_year).sum(),
            deferred_in_calendar_year=pl.col("salary_reduction").filter(same_year).sum(),
        )
    )


def _limit(work: _Work) -> int | None:
    """Cents of Compensation that count in the Plan Year of the evaluation date; null when none is on file."""
    limits = compensation_limits(work.terms.matching, work.terms.service, work.as_of.year + 1)
    dollars = limits.get(work.plan_year_through.year)
    return None if dollars is None else int(dollars * 100)


def _annual_limit(as_of: date) -> int | None:
    limit = law.limits("elective_deferral_limit").get(as_of.year)
    return None if limit is None else limit.value
