"""The money stage: the match by month and the deferrals of the running years."""

from collections.abc import Sequence
from dataclasses import dataclass
from datetime import date

import polars as pl

from planrules import law
from planrules.book import build_columns
from planrules.engine.collecting import collected
from planrules.engine.evaluation import Evaluation
from planrules.engine.match_years import with_years
from planrules.plan import Terms
from planrules.plan.compensation import compensation_limits
from planrules.rules import (
    accrual,
    allocation_periods,
    compensation,
    counted_pay,
    deferral,
    formulas,
    match_limits,
    service,
)


@dataclass(frozen=True)
class Money:
    """The match and deferral columns of each person, and the match by month."""

    people: pl.DataFrame
    months: pl.DataFrame


@dataclass(frozen=True)
class Served:
    """What service gives the match: hours by Plan Year, and the ledgers of measuring periods for joining and owning."""

    hours: pl.DataFrame
    eligibility: pl.DataFrame
    vesting: pl.DataFrame


def money(
    asked: Evaluation, people: pl.DataFrame, served: Served, covered: pl.DataFrame, entry_dates: Sequence[date]
) -> Money:
    """The match and deferral columns, one row a person of `people`, and the ledger of months."""
    as_of = asked.as_of
    months = _months(asked, people, served, covered)
    given = deferral.Given(asked.terms.deferral, entry_dates, asked.plan_year_through, _annual_limit(as_of), as_of)
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
    return Money(made.pipe(collected), months)


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


def _months(asked: Evaluation, people: pl.DataFrame, served: Served, covered: pl.DataFrame) -> pl.DataFrame:
    """The match by allocation period; `covered`: the days on which a person can take part."""
    terms = asked.terms
    spans = service.relationships(asked.known.spells.lazy())
    rows = counted_pay.counted(
        _with_entry(asked, people, "matching_entry_on"), covered.lazy(), spans, terms.matching, asked.as_of
    )
    rows = rows.with_columns(counted_pay=compensation.as_elected(terms.compensation))
    if not terms.matching.match_elected:
        rows = rows.filter(pl.lit(value=False))
    to_know = ("compensation", *terms.compensation.parts_to_know) if terms.matching.asks_compensation else ()
    summed = allocation_periods.by_period(rows, terms.matching, terms.service.plan_year_ends, to_know)
    counted = with_years(asked, _counted(asked, summed), served.eligibility, served.vesting)
    worked = _by_formulas(asked, counted, people)
    limits = match_limits.Given(terms.matching, asked.plan_years, asked.as_of)
    ledger = allocation_periods.allocations(worked).sort("person", "month_end")
    limited = build_columns(ledger, match_limits.RULES, limits)
    return _with_test(asked, limited, people, served.hours, spans).pipe(collected)


def _counted(asked: Evaluation, summed: pl.LazyFrame) -> pl.LazyFrame:
    """Allocation periods with the Compensation that counts."""
    terms = asked.terms
    limits = compensation_limits(terms.compensation, terms.service, asked.as_of.year + 1)
    given = compensation.Given(terms.compensation, limits, _shares(terms))
    counted = compensation.with_limits(summed, given).with_columns(counted_shares=compensation.counted_shares(given))
    return build_columns(counted, compensation.RULES, given)


def _shares(terms: Terms) -> int:
    """Parts of a cent in which Compensation is counted: an even part of the limit may be no whole cent."""
    if terms.compensation.compensation_limit_in_match == "in_date_order":
        return 1
    return allocation_periods.periods_a_year(terms.matching.allocated_every, terms.service.plan_year_ends)


def _by_formulas(asked: Evaluation, periods: pl.LazyFrame, people: pl.DataFrame) -> pl.LazyFrame:
    """Allocation periods with the match by every formula."""
    terms = asked.terms
    withheld = terms.accrual.withheld_from_highly_compensated
    given = formulas.Given(terms.matching, _shares(terms), withheld)
    if withheld:
        periods = _with_highly_compensated(asked, periods, people)
    lacking = {
        "match_rates": pl.any_horizontal(pl.lit(value=False), *(pl.col(name).is_null() for name in given.rates)),
        "compensation_limit": pl.lit(terms.matching.asks_compensation) & pl.col("limit").is_null(),
        "highly_compensated": pl.col("highly_compensated").is_null() if withheld else pl.lit(value=False),
    }
    rated = formulas.with_rates(periods, given).with_columns(
        flag.alias(f"lacks.{name}") for name, flag in lacking.items()
    )
    worked = formulas.amounts(formulas.with_contributions(rated, given), given)
    return build_columns(worked, formulas.RULES, given)


def _with_highly_compensated(asked: Evaluation, periods: pl.LazyFrame, people: pl.DataFrame) -> pl.LazyFrame:
    """Adds whether somebody is a Highly Compensated Employee of the Plan Year; null when its list is not on file."""
    listed = asked.terms.facts.highly_compensated
    through = asked.plan_years.through(pl.col("plan_year"))
    years = pl.LazyFrame({"through": [each.plan_year for each in listed]}, schema={"through": pl.Date})
    named = pl.LazyFrame(
        [(each.plan_year, one) for each in listed for one in sorted(each.employee_ids)],
        schema={"through": pl.Date, "employee_id": pl.String},
        orient="row",
    )
    return (
        periods.join(people.lazy().select("person", "employee_id"), on="person", maintain_order="left")
        .with_columns(through=through)
        .join(years.with_columns(listed=pl.lit(value=True)), on="through", how="left", maintain_order="left")
        .join(
            named.with_columns(named=pl.lit(value=True)),
            on=["through", "employee_id"],
            how="left",
            maintain_order="left",
        )
        .with_columns(highly_compensated=pl.when("listed").then(pl.col("named").fill_null(value=False)))
        .drop("through", "employee_id", "listed", "named")
    )


def _with_test(
    asked: Evaluation, ledger: pl.LazyFrame, people: pl.DataFrame, hours: pl.DataFrame, spans: pl.LazyFrame
) -> pl.LazyFrame:
    """The ledger with the conditions for the allocation, and whether they are met."""
    terms = asked.terms
    periods = allocation_periods.periods_a_year(terms.matching.allocated_every, terms.service.plan_year_ends)
    given = accrual.Given(terms.accrual, asked.plan_years, periods, asked.as_of)
    tested = _with_hours(asked, ledger.with_columns(accrual.tested_on.column(given)), hours)
    days = tested.select("person", "tested_on").unique()
    employed = counted_pay.within(days, spans, "tested_on").with_columns(employed_on_test_day=pl.lit(value=True))
    tested = tested.join(employed, on=["person", "tested_on"], how="left", maintain_order="left").with_columns(
        pl.col("employed_on_test_day").fill_null(value=False)
    )
    tested = accrual.with_leavings(tested, accrual.leavings(spans, people.lazy(), given))
    return tested.with_columns(accrual.allocated.column(given)).sort("person", "month_end")


def _with_hours(asked: Evaluation, ledger: pl.LazyFrame, hours: pl.DataFrame) -> pl.LazyFrame:
    """The ledger with period_hours and year_hours: zero where no condition asks for hours of that kind."""
    accrual_terms = asked.terms.accrual
    if accrual_terms.match_hours or accrual_terms.match_leavers_hours is not None:
        ledger = ledger.join(_period_hours(asked), on=["person", "month_end"], how="left", maintain_order="left")
    else:
        ledger = ledger.with_columns(period_hours=pl.lit(0, dtype=pl.Int64))
    if accrual_terms.safe_harbor:
        worked = hours.lazy().select("person", plan_year=pl.col("number").cast(pl.Int32), year_hours="own_hours")
        ledger = ledger.join(worked, on=["person", "plan_year"], how="left", maintain_order="left")
    else:
        ledger = ledger.with_columns(year_hours=pl.lit(0, dtype=pl.Int64))
    return ledger.with_columns(pl.col("period_hours", "year_hours").fill_null(0))


def _period_hours(asked: Evaluation) -> pl.LazyFrame:
    """Hours by allocation period. Columns: person, month_end, period_hours."""
    terms = asked.terms
    calendar = allocation_periods.allocation_periods(terms.matching.allocated_every, terms.service.plan_year_ends)
    own = asked.known.credited.lazy().filter("of_employer")
    return (
        service.cut(own, calendar, terms.service)
        .group_by("person", month_end=calendar.through(pl.col("number")))
        .agg(period_hours=pl.col("hours").sum())
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
        base = counted_pay.within(base.filter(pl.col("paid_on") >= pl.col("entry_on")), covered.lazy(), "paid_on")
    provisions = asked.terms.compensation
    base = base.with_columns(before_reduction=compensation.before_reduction(provisions))
    paid_so_far = base.group_by("person").agg(
        plan_year_compensation=pl.col("before_reduction").sum().clip(upper_bound=_limit(asked)),
        compensation_untold=pl.col("before_reduction").is_null().any(),
        **{f"untold.{name}": pl.col(name).is_null().any() for name in ("compensation", *provisions.parts_left_out)},
    )
    same_year = pl.col("paid_on").dt.year() == asked.as_of.year
    deferred = paid.group_by("person").agg(
        deferred_in_plan_year=pl.col("salary_reduction").filter(in_plan_year).sum(),
        deferred_in_calendar_year=pl.col("salary_reduction").filter(same_year).sum(),
    )
    return deferred.join(paid_so_far, on="person", how="left")


def _limit(asked: Evaluation) -> int | None:
    """Cents of Compensation that count in the Plan Year of the evaluation date; null when none is on file."""
    limits = compensation_limits(asked.terms.compensation, asked.terms.service, asked.as_of.year + 1)
    dollars = limits.get(asked.plan_year_through.year)
    return None if dollars is None else int(dollars * 100)


def _annual_limit(as_of: date) -> int | None:
    limit = law.limits("elective_deferral_limit").get(as_of.year)
    return None if limit is None else limit.value
