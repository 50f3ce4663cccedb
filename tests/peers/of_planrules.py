"""The three rules as planrules writes rules: named, cited columns over what a plan's elections say.

Hours required, schedule, tiers and Plan Entry Dates are those of Steel Technologies' agreement; days, Plan Entry Dates
and percentages are worked out by the functions that the engine's own rules call, and the match by those rules
themselves. Days are days, hours and money whole hundredths; a match is a whole number of cents, rounded half-up.
What people files have, days, hours and cents, is what a run begins with.
"""

from collections.abc import Sequence
from dataclasses import dataclass, replace
from datetime import date
from decimal import Decimal
from pathlib import Path

import polars as pl
from peers.workload import YEARS, Answers, People, answers

from planrules import load_plan
from planrules.api import engine_version
from planrules.book import Rule, build_columns, rule
from planrules.dates import years_from
from planrules.nonforfeitable import hours_required, percent_at, percent_type
from planrules.plan import Terms
from planrules.plan.facts import MatchRate
from planrules.plan.participation import plan_entry_dates
from planrules.rules import entry, formulas

ENGINE, VERSION = "planrules", engine_version()
ELECTIONS = Path(__file__).resolve().parents[2] / "elections" / "steel-technologies.yaml"
FIRST, LAST = date(1985, 1, 1), date(2027, 12, 31)
RATES = MatchRate(from_=FIRST, tier_1=Decimal(100), tier_2=Decimal(50))
PAID_ON = date(2005, 12, 31)


@dataclass(frozen=True)
class Given:
    """What the rules read besides columns."""

    terms: Terms
    entry_dates: Sequence[date]

    def reached(self, year: int, hundredths: int) -> pl.Expr:
        """Whether somebody has the hours in a year, counted from 0."""
        return pl.col(f"hours_{year}") >= hundredths


def _given() -> Given:
    """The agreement's terms, but with Plan Entry Dates since the first hire, and the workload's rates of match."""
    terms = load_plan(ELECTIONS).terms
    participation = terms.participation.model_copy(update={"first_plan_entry_date": FIRST})
    matching = terms.matching.model_copy(update={"match_rates": (RATES,)})
    return Given(replace(terms, participation=participation, matching=matching), plan_entry_dates(participation, LAST))


@rule(cites=["@vesting_hours_required", "Plan 5.06"], says="{years_of_service} Years of Service count.", unit="count")
def years_of_service(given: Given) -> pl.Expr:
    """Years with the hours that vesting asks for."""
    needed = hours_required(given.terms.vesting)
    return pl.sum_horizontal([given.reached(year, needed).cast(pl.Int16) for year in range(YEARS)])


@rule(cites=["@non_top_heavy_schedule"], says="{percent}% is owned by {years_of_service} Years.", unit="percent")
def percent(given: Given) -> pl.Expr:
    """What is owned of the account by the schedule."""
    vesting = given.terms.vesting
    return percent_at(pl.col("years_of_service"), vesting.non_top_heavy_schedule, percent_type(vesting))


@rule(cites=["@conditions"], says="The first year with the hours began {first_year} years after hire.", unit="count")
def first_year(given: Given) -> pl.Expr:
    """The first 12-month year with the hours that joining asks for, counted from 0; null when there is none."""
    needed = given.terms.participation.eligibility_hundredths
    years = [pl.when(given.reached(year, needed)).then(pl.lit(year, dtype=pl.Int16)) for year in range(YEARS)]
    return pl.coalesce(years)


@rule(cites=["@conditions"], says="The first Year of Service ended on {eligibility_completed_on}.", unit="date")
def eligibility_completed_on(given: Given) -> pl.Expr:
    """The last day of the first year with the hours; null when there is none."""
    return years_from(pl.col("hired"), given.terms.vesting.leap_day_anniversary).through(pl.col("first_year"))


@rule(
    cites=["@first_plan_entry_date", "@entry_falls", "@entry_on_completion_day"],
    says="{entry_on} is the first Plan Entry Date after {eligibility_completed_on}.",
    unit="date",
)
def entry_on(given: Given) -> pl.Expr:
    """The Plan Entry Date that goes with the day of completion; null when there is none.

    The first one after the last day of a year is the first one on or after the anniversary.
    """
    asked = entry.Given(given.terms.participation, given.entry_dates, LAST)
    return asked.entry_for(pl.col("eligibility_completed_on"))


@rule(cites=["@eligible_contributions_of"], says="{eligible_contributions} were deferred.", unit="money")
def eligible_contributions(_: Given) -> pl.Expr:
    """What was deferred of the compensation, which is whole dollars: whole cents, without rounding."""
    return pl.col("compensation") * pl.col("deferral_percent") // 100


RULES: tuple[Rule, ...] = (
    years_of_service,
    percent,
    first_year,
    eligibility_completed_on,
    entry_on,
    eligible_contributions,
)


def prepare(people: People) -> tuple[Given, pl.DataFrame]:
    """The plan, and the people as the engine has them once files are read: days, hundredths of hours, and cents."""
    hours = {f"hours_{year}": people.hours[:, year] for year in range(YEARS)}
    facts = {name: array for name, array in people._asdict().items() if name != "hours"}
    frame = pl.DataFrame(facts | hours).select(
        pl.col(list(hours)).cast(pl.Int64) * 100,
        hired=pl.date("hired_year", "hired_month", "hired_day"),
        month_end=pl.lit(PAID_ON),
        compensation=(pl.col("compensation") * 100).round().cast(pl.Int64),
        deferral_percent=(pl.col("deferral") * 100).round().cast(pl.Int64),
    )
    return _given(), frame


def evaluate(asked: tuple[Given, pl.DataFrame]) -> pl.DataFrame:
    """The three answers of everybody."""
    given, frame = asked
    made = build_columns(frame.lazy(), RULES, given)
    match = formulas.Given(given.terms.matching, shares=1)
    counted = made.with_columns(counted_shares=pl.col("compensation").cast(pl.Int128))
    rated = formulas.with_rates(counted, match)
    paid = formulas.amounts(formulas.with_contributions(rated, match), match)
    return build_columns(paid, formulas.RULES, match).select("percent", "entry_on", "by_formulas").collect()


def told(found: pl.DataFrame) -> Answers:
    """The answers as arrays, in the form of the workload: yyyymm and dollars."""
    day = pl.col("entry_on").dt
    entry = found.select((day.year() * 100 + day.month()).fill_null(0)).to_series()
    return answers(found["percent"].to_numpy(), entry.to_numpy(), found["by_formulas"].to_numpy() / 100)
