"""The eligibility computation periods of everybody, and what a Break in Service does to them (Plan 2.02, 2.03)."""

from dataclasses import dataclass

import polars as pl

from planrules import dates
from planrules.engine.collecting import collected
from planrules.engine.evaluation import Evaluation
from planrules.rules import eligibility_periods, service, suspension


@dataclass(frozen=True)
class Measured:
    """The measuring periods.

    Attributes:
        periods: those by which the conditions of AA 2.01(a) and (b) are judged.
        apart: those by which the conditions of AA 2.01(c) are.
        shown: `periods` without one that has to begin yet.
        suspended: spans on which participation is suspended; null where the plan has no one-year hold-out.
    """

    periods: pl.DataFrame
    apart: pl.DataFrame
    shown: pl.DataFrame
    suspended: pl.DataFrame | None


def measure(asked: Evaluation, facts: pl.DataFrame, hours: pl.DataFrame) -> Measured:
    """The measuring periods of everybody whose service counts; `hours` are those by Plan Year."""
    provisions = asked.terms.participation
    starts = facts.select("person", start="commenced_for_participation_on", opens=pl.lit(None, dtype=pl.Date)).filter(
        pl.col("start").is_not_null()
    )
    plain = _segment(asked, starts, hours)
    apart = provisions.conditions_apart
    wiped = None
    if apart is not None and apart.years > 1:
        wiped = _chain(asked, facts, plain, hours, held_out=False)
    if not provisions.year_held_out:
        return Measured(plain, plain if wiped is None else wiped, plain, None)
    chain = _chain(asked, facts, plain, hours, held_out=True)
    known = chain.filter(~pl.col("expected")).select(plain.columns)
    spans = suspension.spans(chain.lazy()).pipe(collected)
    return Measured(chain, chain if wiped is None else wiped, known, spans)


def _segment(asked: Evaluation, starts: pl.DataFrame, hours: pl.DataFrame, *, again: bool = False) -> pl.DataFrame:
    """The periods measured from each person's `start`; `again` after a Break, which ended before the day `opens`."""
    given = _given(asked)
    provisions, leap_day = asked.terms.participation, asked.terms.service.leap_day_anniversary
    if provisions.later_eligibility_periods == "anniversary":
        years = dates.years_from(pl.col("measured_from"), leap_day)
        raw = eligibility_periods.by_anniversary(starts.lazy(), _by_anniversary(asked, starts), years, given)
    elif again:
        raw = eligibility_periods.by_plan_year(_initial(asked, starts), hours.lazy(), given)
    else:
        commenced = starts.lazy().select("person", commenced_for_participation_on="start")
        initial = service.first_twelve_months(commenced, asked.known.credited.lazy(), asked.terms.service)
        raw = eligibility_periods.by_plan_year(initial, hours.lazy(), given)
    return eligibility_periods.measured(raw, given).pipe(collected)


def _given(asked: Evaluation) -> eligibility_periods.Given:
    return eligibility_periods.Given(asked.terms.participation, asked.plan_years, asked.as_of)


def _by_anniversary(asked: Evaluation, starts: pl.DataFrame) -> pl.LazyFrame:
    """Hours by the 12 months from each anniversary of a person's `start`. Columns: those of hours_by_period."""
    leap_day = asked.terms.service.leap_day_anniversary
    mine = asked.known.credited.lazy().filter("for_participation")
    mine = mine.join(starts.lazy().select("person", "opens", measured_from="start"), on="person")
    mine = service.units_from(mine, pl.col("measured_from"), pl.col("opens"), asked.terms.service, "participation")
    years = dates.years_from(pl.col("measured_from"), leap_day)
    return service.hours_by_period(service.cut(mine, years, asked.terms.service))


def _initial(asked: Evaluation, starts: pl.DataFrame) -> pl.LazyFrame:
    """The first 12 months from a start after a Break, with their hours."""
    leap_day = asked.terms.service.leap_day_anniversary
    first = _by_anniversary(asked, starts).filter(pl.col("number") == 0)
    return (
        starts.lazy()
        .select("person", "start", through=dates.twelve_months_through(pl.col("start"), leap_day))
        .join(first.select("person", hours="participation_hours"), on="person", how="left")
        .with_columns(pl.col("hours").fill_null(0))
    )


def _chain(
    asked: Evaluation, facts: pl.DataFrame, first: pl.DataFrame, hours: pl.DataFrame, *, held_out: bool
) -> pl.DataFrame:
    """The periods in segments: each through the Break that ends it, then measured anew from the first hour after it.

    `held_out`: by the rule of Plan 2.03(B), and not by that of (A) for two Years.
    Adds segment (from 0), segment_start, broke_on and `expected`, true for a segment that has to begin yet.
    """
    given, most = _given(asked), asked.terms.service.absence_hours_at_most * 100
    pay = asked.known.pay.filter("for_participation")
    begun = first.group_by("person").agg(segment_start=pl.col("start").min(), expected=pl.lit(value=False))
    made: list[pl.DataFrame] = []
    while first.height or not made:
        told = eligibility_periods.with_breaks(first.lazy(), asked.known.absences.lazy(), most, given)
        told = told.join(begun.lazy(), on="person", how="left", maintain_order="left")
        told = suspension.not_judged_yet(told)
        kept = suspension.up_to_the_break(told, held=held_out and bool(made)).with_columns(
            segment=pl.lit(len(made), dtype=pl.Int32)
        )
        made.append(kept.pipe(collected))
        broke = made[-1].filter(pl.col("broke_on").is_not_null()).select("person", "broke_on").unique()
        paid = facts.lazy().select("person", "paid_through_on")
        starts = suspension.next_starts(broke.lazy(), pay.lazy(), paid).pipe(collected)
        begun = starts.select("person", "expected", segment_start="start")
        first = _segment(asked, starts.select("person", "start", "opens"), hours, again=True)
    return pl.concat(made, how="diagonal_relaxed")
