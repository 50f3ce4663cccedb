"""Runs the rules of every article, in the order in which they read each other's columns."""

from collections.abc import Sequence
from dataclasses import dataclass
from datetime import date

import polars as pl

from planrules import dates, law
from planrules.book import build_columns
from planrules.dates import Calendar
from planrules.engine.knowledge import Known
from planrules.engine.tenure import tenure
from planrules.engine.vesting_ledger import vesting_ledger
from planrules.plan import Terms
from planrules.plan.matching import compensation_limits
from planrules.plan.participation import plan_entry_dates
from planrules.rules import deferral, distribution, matching, ownership, participation, service

_YEARS_AHEAD = 2
"""How far Plan Entry Dates are listed beyond the evaluation date: past the end of any period running on it."""


@dataclass(frozen=True)
class Determination:
    """Answers by `person`, hours and money still in hundredths."""

    people: pl.DataFrame
    participation_periods: pl.DataFrame
    vesting_periods: pl.DataFrame
    matching: pl.DataFrame


@dataclass(frozen=True)
class Work:
    """What several steps share."""

    known: Known
    terms: Terms
    as_of: date
    calendar: Calendar
    entry_dates: Sequence[date]

    @property
    def pay(self) -> pl.LazyFrame:
        """The pay rows."""
        return self.known.pay.lazy()


def determine(known: Known, terms: Terms, as_of: date) -> Determination:
    """Every rule for everybody in `known`."""
    calendar = dates.plan_years(terms.service.plan_year_ends)
    until = date(as_of.year + _YEARS_AHEAD, 12, 31)
    work = Work(known, terms, as_of, calendar, plan_entry_dates(terms.participation, until))
    people = tenure(known, terms, as_of).collect()
    parts = service.cut(work.pay, calendar, terms.service).collect()
    hours = service.hours_by_period(parts.lazy()).collect()
    covered = service.coverage(known.spells.lazy(), known.excluded.lazy()).collect()
    people, periods = _participation(work, people, hours, covered)
    people, years = vesting_ledger(people, parts, hours, known, terms, as_of)
    people = _distribution(work, _owned(work, people), hours)
    people, months = _money(work, people, covered)
    return Determination(people=people, participation_periods=periods, vesting_periods=years, matching=months)


def _participation(
    work: Work, people: pl.DataFrame, hours: pl.DataFrame, covered: pl.DataFrame
) -> tuple[pl.DataFrame, pl.DataFrame]:
    given = participation.Given(work.terms.participation, work.entry_dates, work.as_of)
    initial = service.first_twelve_months(people.lazy(), work.pay, work.terms.service)
    periods = participation.periods(initial, hours.lazy(), work.calendar, given).collect()
    frame = people.lazy().join(participation.completion(periods.lazy(), given), on="person", how="left")
    frame = build_columns(frame, participation.BEFORE_ENTRY, given).collect().lazy()
    employed = _employed_on(frame, work, "scheduled_entry_on", "employed_on_scheduled_entry")
    first = participation.first_covered(frame, covered.lazy())
    frame = frame.join(first, on="person", how="left").join(employed, on="person", how="left")
    return build_columns(frame, participation.AFTER_ENTRY, given).collect(), periods


def _employed_on(frame: pl.LazyFrame, work: Work, day: str, name: str) -> pl.LazyFrame:
    """Who is employed by the Employer on a day of their own. Columns: person and the flag."""
    spans = work.known.spells.lazy().filter("of_employer").select("person", "start", "before")
    on_day = (pl.col("start") <= pl.col(day)) & (pl.col(day) < pl.col("before"))
    return frame.select("person", day).join(spans, on="person").group_by("person").agg(on_day.any().alias(name))


def _owned(work: Work, people: pl.DataFrame) -> pl.LazyFrame:
    terms, through = work.terms, _plan_year_through(work)
    ahead = max(terms.vesting.non_top_heavy_schedule.full_years, terms.vesting.top_heavy_schedule.full_years) + 1
    coming = [_years_on(through, count) for count in range(ahead + 1)]
    given = ownership.Given(terms.vesting, coming, work.as_of)
    return build_columns(people.lazy(), ownership.RULES, given)


def _plan_year_through(work: Work) -> date:
    return dates.one_day(work.calendar.through(work.calendar.number(pl.lit(work.as_of))))


def _years_on(day: date, count: int) -> date:
    return dates.one_day(dates.anniversary(pl.lit(day), count, "feb_28"))


def _distribution(work: Work, people: pl.LazyFrame, hours: pl.DataFrame) -> pl.DataFrame:
    given = distribution.Given(work.terms.distribution, work.calendar, work.as_of)
    frame = people.with_columns(years_for_payment=_years_for_payment(work))
    frame = frame.join(_entitled(work, frame, hours), on="person", how="left", maintain_order="left")
    return build_columns(frame, distribution.RULES, given).collect()


def _years_for_payment(work: Work) -> pl.Expr:
    """The 10 years of service of AA 6.01, by the reading in force: Years for vesting, or employment added up."""
    if work.terms.distribution.ten_years_of_service == "vesting_years":
        return pl.col("years_of_service")
    first = pl.col("first_day_on")
    last = first + pl.duration(days="employed_days")
    early = (last.dt.month() < first.dt.month()) | ((last.dt.month() == first.dt.month()) & (last.dt.day() < first.dt.day()))
    return last.dt.year() - first.dt.year() - early.cast(pl.Int32)


def _entitled(work: Work, people: pl.LazyFrame, hours: pl.DataFrame) -> pl.LazyFrame:
    """Whether a leaver gets an allocation of Employer money for the Plan Year of leaving (AA 3.06(d)(1), (e)(1)).

    Employed on its last day as a Participant, with the accrual hours, or in a top-heavy Plan Year (Plan 3.04(B)).
    """
    needed = work.terms.distribution.accrual_hours * 100
    number = work.calendar.number(pl.col("last_day_on"))
    through = work.calendar.through(number)
    worked = hours.lazy().select("person", number=pl.col("number").cast(pl.Int32), year_hours="vesting_hours")
    top_heavy = pl.col("last_day_on").is_in(list(work.terms.vesting.top_heavy_plan_years))
    return (
        people.select("person", "last_day_on", "entry_on", number=number.cast(pl.Int32), through=through)
        .join(worked, on=["person", "number"], how="left")
        .select(
            "person",
            entitled_to_allocation=(pl.col("last_day_on") == pl.col("through"))
            & (pl.col("entry_on") <= pl.col("last_day_on")).fill_null(value=False)
            & ((pl.col("year_hours").fill_null(0) >= needed) | top_heavy),
        )
    )


def _money(work: Work, people: pl.DataFrame, covered: pl.DataFrame) -> tuple[pl.DataFrame, pl.DataFrame]:
    months = _months(work, people, covered)
    totals = (
        months.lazy()
        .group_by("person")
        .agg(
            total=pl.when(pl.col("match").is_null().any()).then(None).otherwise(pl.col("match").sum()),
            allocated_total=pl.col("match").filter("allocated").sum(),
            provisional_months=(pl.col("tested_on") > work.as_of).sum(),
        )
    )
    given = deferral.Given(work.terms.deferral, work.entry_dates, _annual_limit(work.as_of), work.as_of)
    frame = people.lazy()
    for facts in (totals, _deferred(work, people)):
        frame = frame.join(facts, on="person", how="left", maintain_order="left")
    counted = ("total", "allocated_total", "plan_year_compensation", "deferred_in_plan_year", "deferred_in_calendar_year")
    no_months = pl.col("provisional_months").is_null()
    frame = frame.with_columns(
        total=pl.when(no_months).then(0).otherwise("total"),
        **{name: pl.col(name).fill_null(0) for name in counted if name not in ("total", "plan_year_compensation")},
        plan_year_compensation=pl.when("compensation_untold").then(None).otherwise(pl.col("plan_year_compensation").fill_null(0)),
    )
    return build_columns(frame, deferral.RULES, given).collect(), months


def _months(work: Work, people: pl.DataFrame, covered: pl.DataFrame) -> pl.DataFrame:
    terms = work.terms
    limits = compensation_limits(terms.matching, terms.service, work.as_of.year + 1)
    given = matching.Given(terms.matching, work.calendar, limits, work.as_of)
    entered = people.lazy().select("person", "entry_on").filter(pl.col("entry_on").is_not_null())
    rows = matching.counted(work.pay, covered.lazy(), entered, given)
    amounts = build_columns(matching.months(rows, given), matching.AMOUNTS, given)
    ledger = build_columns(matching.allocations(amounts), matching.LEDGER, given)
    spans = service.relationships(work.known.spells.lazy())
    tested = matching.with_test(ledger, spans).join(_month_hours(work), on=["person", "month_end"], how="left")
    tested = tested.with_columns(pl.col("month_hours").fill_null(0))
    return tested.with_columns(matching.allocated.column(given)).sort("person", "month_end").collect()


def _month_hours(work: Work) -> pl.LazyFrame:
    """Hours by calendar month, where a reading asks the match for them. Columns: person, month_end, month_hours."""
    if not work.terms.matching.match_month_hours:
        return pl.LazyFrame(schema={"person": pl.UInt32, "month_end": pl.Date, "month_hours": pl.Int64})
    calendar = dates.calendar_months()
    own = work.pay.filter("of_employer")
    return (
        service.cut(own, calendar, work.terms.service)
        .group_by("person", month_end=calendar.through(pl.col("number")))
        .agg(month_hours=pl.col("hours").sum())
    )


def _deferred(work: Work, people: pl.DataFrame) -> pl.LazyFrame:
    """Pay and deferrals of the running Plan Year and calendar year, by pay date, in cents."""
    through = _plan_year_through(work)
    in_plan_year = work.calendar.through(work.calendar.number(pl.col("paid_on"))) == through
    paid = work.pay.filter(pl.col("of_employer") & (pl.col("paid_on") <= work.as_of))
    base = in_plan_year
    if work.terms.deferral.deferral_limit_base == "compensation_as_participant":
        base &= pl.col("paid_on").is_between("entry_on", "last_before_on", closed="left")
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


def _limit(work: Work) -> int | None:
    """Cents of Compensation that count in the Plan Year of the evaluation date; null when none is on file."""
    limits = compensation_limits(work.terms.matching, work.terms.service, work.as_of.year + 1)
    dollars = limits.get(_plan_year_through(work).year)
    return None if dollars is None else int(dollars * 100)


def _annual_limit(as_of: date) -> int | None:
    limit = law.limits("elective_deferral_limit").get(as_of.year)
    return None if limit is None else limit.value
