"""Runs the rules of every article, in the order in which they read each other's columns.

Each stage gives a frame with one row a `person`, in the order of `Known.persons`, so that frames stand side by side.
"""

from collections.abc import Sequence
from dataclasses import dataclass
from datetime import date

import polars as pl

from planrules import dates
from planrules.book import build_columns
from planrules.dates import Calendar
from planrules.engine.knowledge import Known
from planrules.engine.money import Money, money
from planrules.engine.payment import payment
from planrules.engine.stages import Stages
from planrules.engine.tenure import tenure
from planrules.engine.vesting_ledger import vesting_ledger
from planrules.plan import Terms
from planrules.plan.participation import plan_entry_dates
from planrules.rules import ownership, participation, service

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
class Hours:
    """Pay rows cut by Plan Year, their sums, and the days on which a person can take part."""

    parts: pl.DataFrame
    by_year: pl.DataFrame
    covered: pl.DataFrame


@dataclass(frozen=True)
class Joined:
    """The participation columns, the measuring periods and the Plan Entry Dates."""

    people: pl.DataFrame
    periods: pl.DataFrame
    entry_dates: Sequence[date]


def determine(known: Known, terms: Terms, as_of: date, stages: Stages) -> Determination:
    """Every rule for everybody in `known`; stages already worked out for the same provisions are taken over."""
    calendar = dates.plan_years(terms.service.plan_year_ends)
    vesting = terms.vesting
    ages = (vesting.normal_retirement_age, vesting.fully_vested_by)
    facts = stages.once("tenure", (known, terms.service, *ages), lambda: tenure(known, terms, as_of).collect())
    hours = stages.once("hours", (known, terms.service), lambda: _hours(known, terms, calendar))
    joined = stages.once(
        "participation", (facts, hours, terms.participation), lambda: _joined(known, facts, hours, terms, as_of)
    )
    owned, lines = stages.once(
        "vesting", (facts, hours, vesting), lambda: _owned(known, facts, hours, terms, as_of, calendar)
    )
    paid = stages.once(
        "distribution",
        (facts, joined, owned, terms.distribution, vesting.top_heavy_plan_years),
        lambda: payment(_beside(facts, joined.people, owned), hours.by_year, terms, calendar, as_of),
    )
    matched: Money = stages.once(
        "money",
        (joined, hours, terms.matching, terms.deferral),
        lambda: money(_beside(facts, joined.people), known, hours.covered, terms, joined.entry_dates, as_of),
    )
    return Determination(
        people=_beside(facts, joined.people, owned, paid, matched.people),
        participation_periods=joined.periods,
        vesting_periods=lines,
        matching=matched.months,
    )


def _beside(*frames: pl.DataFrame) -> pl.DataFrame:
    return pl.concat([frames[0], *(frame.drop("person") for frame in frames[1:])], how="horizontal")


def _hours(known: Known, terms: Terms, calendar: Calendar) -> Hours:
    parts = service.cut(known.pay.lazy(), calendar, terms.service).collect()
    return Hours(
        parts=parts,
        by_year=service.hours_by_period(parts.lazy()).collect(),
        covered=service.coverage(known.spells.lazy(), known.excluded.lazy()).collect(),
    )


def _joined(known: Known, facts: pl.DataFrame, hours: Hours, terms: Terms, as_of: date) -> Joined:
    calendar = dates.plan_years(terms.service.plan_year_ends)
    entry_dates = plan_entry_dates(terms.participation, date(as_of.year + _YEARS_AHEAD, 12, 31))
    given = participation.Given(terms.participation, entry_dates, as_of)
    initial = service.first_twelve_months(facts.lazy(), known.pay.lazy(), terms.service)
    periods = participation.periods(initial, hours.by_year.lazy(), calendar, given).collect()
    frame = _left(facts.lazy(), participation.completion(periods.lazy(), given))
    scheduled = build_columns(frame, participation.BEFORE_ENTRY, given).collect().lazy()
    frame = _left(scheduled, participation.first_covered(scheduled, hours.covered.lazy()))
    frame = _left(frame, _employed_on(scheduled, known, "scheduled_entry_on", "employed_on_scheduled_entry"))
    people = build_columns(frame, participation.AFTER_ENTRY, given).drop(facts.columns[1:]).collect()
    return Joined(people, periods, entry_dates)


def _left(frame: pl.LazyFrame, more: pl.LazyFrame) -> pl.LazyFrame:
    return frame.join(more, on="person", how="left", maintain_order="left")


def _employed_on(frame: pl.LazyFrame, known: Known, day: str, name: str) -> pl.LazyFrame:
    """Who is employed by the Employer on a day of their own. Columns: person and the flag."""
    spans = known.spells.lazy().filter("of_employer").select("person", "start", "before")
    on_day = (pl.col("start") <= pl.col(day)) & (pl.col(day) < pl.col("before"))
    return frame.select("person", day).join(spans, on="person").group_by("person").agg(on_day.any().alias(name))


def _owned(
    known: Known, facts: pl.DataFrame, hours: Hours, terms: Terms, as_of: date, calendar: Calendar
) -> tuple[pl.DataFrame, pl.DataFrame]:
    people, lines = vesting_ledger(facts, hours.parts, hours.by_year, known, terms, as_of)
    schedules = (terms.vesting.non_top_heavy_schedule, terms.vesting.top_heavy_schedule)
    years = max(schedule.full_years for schedule in schedules) + 1
    through = calendar.through(calendar.number(pl.lit(as_of)))
    coming = [dates.one_day(dates.anniversary(through, count, "feb_28")) for count in range(years + 1)]
    given = ownership.Given(terms.vesting, coming, as_of)
    owned = build_columns(people.lazy(), ownership.RULES, given).drop(facts.columns[1:])
    return owned.collect(), lines
