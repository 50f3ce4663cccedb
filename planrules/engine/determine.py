"""Runs the rules of every article, in the order in which they read each other's columns.

Each stage gives a frame with one row a `person`, in the order of `Known.persons`, so that frames stand side by side.
"""

from collections.abc import Callable
from dataclasses import dataclass
from datetime import date
from typing import TypeVar

import polars as pl

from planrules.book import build_columns
from planrules.engine.collecting import collected
from planrules.engine.evaluation import Evaluation
from planrules.engine.in_service import in_service
from planrules.engine.joining import Joined, join
from planrules.engine.knowledge import Known
from planrules.engine.money import Served, money
from planrules.engine.payment import payment
from planrules.engine.retirement import retirement
from planrules.engine.stages import Stages
from planrules.engine.tenure import tenure
from planrules.engine.vesting_ledger import coming_years, vesting_ledger
from planrules.engine.vesting_periods import Worked, cut_at, known_by, worked
from planrules.plan import Terms
from planrules.rules import ownership, service, years_ahead
from planrules.rules.years_ahead import with_years_ahead

T = TypeVar("T")


@dataclass(frozen=True)
class Determination:
    """Answers by `person`, hours and money still in hundredths."""

    people: pl.DataFrame
    participation_periods: pl.DataFrame
    vesting_periods: pl.DataFrame
    matching: pl.DataFrame


@dataclass(frozen=True)
class Hours:
    """Pay rows cut by Plan Year, and their sums."""

    parts: pl.DataFrame
    by_year: pl.DataFrame


def determine(known: Known, terms: Terms, as_of: date, stages: Stages) -> Determination:
    """Every rule for everybody known; stages already worked out for the same provisions are taken over."""

    def stage(name: str, inputs: tuple[object, ...], work: Callable[[Evaluation], T]) -> T:
        return stages.once(name, terms, (known, *inputs), lambda read: work(Evaluation(known, read, as_of)))

    began = stage("tenure", (), lambda asked: tenure(asked).pipe(collected))
    hours = stage("hours", (), _hours)
    joined = stage("participation", (began, hours), lambda asked: join(asked, began, hours.by_year))
    retired = stage("retirement", (began, joined), lambda asked: retirement(asked, _entered(began, joined)))
    facts = stage("facts", (began, retired), lambda _: _beside(began, retired))
    owned, lines = stage("vesting", (facts, hours, joined), lambda asked: _owned(asked, facts, hours, joined))
    entered = stage("entered", (facts, joined), lambda _: _beside(facts, joined.people))
    paid = stage(
        "distribution",
        (entered, owned, hours, lines),
        lambda asked: payment(asked, _beside(entered, owned), hours.by_year, lines),
    )
    withdrawn = stage(
        "in_service",
        (entered, owned, paid, lines, hours),
        lambda asked: in_service(asked, _beside(entered, owned, paid), lines, hours.parts),
    )
    by_service = any(formula.by_years for formula in terms.matching.formulas)
    served = Served(hours.by_year, joined.periods, lines if by_service else _NONE)
    matched = stage(
        "money",
        (entered, joined, served.hours, served.vesting),
        lambda asked: money(asked, entered, served, joined.covered, joined.entry_dates),
    )
    return Determination(
        people=stage(
            "people",
            (entered, owned, paid, withdrawn, matched),
            lambda _: _beside(entered, owned, paid, withdrawn, matched.people),
        ),
        participation_periods=joined.periods,
        vesting_periods=lines,
        matching=matched.months,
    )


_NONE = pl.DataFrame()
"""In place of a ledger that the match does not read: a reading of it is no reason to work the match out anew."""


def _beside(*frames: pl.DataFrame) -> pl.DataFrame:
    return pl.concat([frames[0], *(frame.drop("person") for frame in frames[1:])], how="horizontal")


def _hours(asked: Evaluation) -> Hours:
    parts = cut_at(asked, asked.known.credited.lazy(), asked.plan_years)
    return Hours(parts=parts, by_year=service.hours_by_period(parts.lazy()).pipe(collected))


def _entered(facts: pl.DataFrame, joined: Joined) -> pl.DataFrame:
    return _beside(facts, joined.people.select("person", "entry_on"))


def _owned(asked: Evaluation, facts: pl.DataFrame, hours: Hours, joined: Joined) -> tuple[pl.DataFrame, pl.DataFrame]:
    vesting = asked.terms.vesting
    entered = _entered(facts, joined)
    periods = worked(asked, entered, hours.parts, hours.by_year)
    people, lines = vesting_ledger(asked, entered, periods)
    people = _as_of_last_day(asked, entered, periods, people)
    coming = coming_years(asked, periods.calendar)
    given = ownership.Given(vesting, coming, asked.plan_years, asked.plan_year_through, asked.as_of)
    ahead = with_years_ahead(people, years_ahead.Given(vesting, coming, asked.plan_years, asked.as_of))
    made = build_columns(ahead.lazy(), ownership.RULES, given)
    return made.drop([*entered.columns[1:], *ahead.columns[people.width :]]).pipe(collected), lines


def _as_of_last_day(asked: Evaluation, entered: pl.DataFrame, hours: Worked, people: pl.DataFrame) -> pl.DataFrame:
    """What a leaver owned on the last day, by the hours known that day, where hours came later in the record.

    Overrides last_day_percent and last_day_years. Later hours are those with a predecessor employer, or of a pay row
    that was still running. Source: AA 6.01 ("has reached"), Plan 5.04, 5.09.
    """
    last = entered.filter("separated").select("person", "last_day_on")
    if last.is_empty():
        return people
    dated = hours.by_period.join(last, on="person").filter("for_vesting")
    later = dated.filter(pl.col("known_on") > pl.col("last_day_on")).select("person").unique()
    if later.is_empty():
        return people
    of_leavers = entered.join(later, on="person", how="semi", maintain_order="left")
    then, _ = vesting_ledger(asked, of_leavers, known_by(hours, last))
    names = ["last_day_percent", "last_day_years"]
    joined = people.join(then.select("person", *names), on="person", how="left", suffix=".then", maintain_order="left")
    known = pl.col("person").is_in(later["person"].implode())
    told = [pl.when(known).then(f"{name}.then").otherwise(name).alias(name) for name in names]
    return joined.with_columns(told).drop([f"{name}.then" for name in names])
