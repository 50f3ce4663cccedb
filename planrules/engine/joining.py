"""The participation stage: measuring periods, the conditions, the walk to the first day as a Participant.

The same rules run twice where some contributions have conditions of their own (AA 2.01(c)).
"""

from collections.abc import Sequence
from dataclasses import dataclass
from datetime import date

import polars as pl

from planrules.book import build_columns
from planrules.engine.collecting import collected
from planrules.engine.evaluation import Evaluation
from planrules.engine.measuring import Measured, measure
from planrules.plan.conditions import Conditions
from planrules.plan.participation import plan_entry_dates
from planrules.rules import completion, contributions, dual_eligibility, entry, service, status, suspension

_YEARS_AHEAD = 4
"""How far Plan Entry Dates are listed beyond the evaluation date: past the end of any service running on it."""


@dataclass(frozen=True)
class Joined:
    """The participation columns, the measuring periods, the days on which one can take part, the Plan Entry Dates."""

    people: pl.DataFrame
    periods: pl.DataFrame
    covered: pl.DataFrame
    entry_dates: Sequence[date]


@dataclass(frozen=True)
class _Setting:
    """What joining reads beside a person's columns.

    Attributes:
        taking_part: the days on which people can take part.
        if_restored: the same if every suspension that lasts were over with the running period.
        suspended: the spans of suspensions; empty where the plan has none.
    """

    asked: Evaluation
    given: entry.Given
    taking_part: pl.DataFrame
    if_restored: pl.DataFrame
    suspended: pl.LazyFrame


def join(asked: Evaluation, facts: pl.DataFrame, hours: pl.DataFrame) -> Joined:
    """Every answer about joining; `hours` are those by Plan Year."""
    provisions = asked.terms.participation
    measured = measure(asked, facts, hours)
    setting = _setting(asked, measured)
    frame = _facts(setting, facts)
    made = _entered(setting, frame, measured.periods, provisions.conditions)
    made = build_columns(made, suspension.RULES, provisions)
    made = build_columns(made, status.RULES, status.Given(asked.as_of))
    made = left(made, _apart(setting, frame, measured.apart, made))
    made = made.with_columns(contributions.named(provisions))
    made = build_columns(made, contributions.RULES, contributions.Given(provisions, asked.as_of))
    made = made.with_columns(contributions.contributions(provisions))
    people = made.drop(facts.columns[1:]).pipe(collected)
    return Joined(people, measured.shown, setting.taking_part, setting.given.entry_dates)


def left(frame: pl.LazyFrame, more: pl.LazyFrame) -> pl.LazyFrame:
    """The frame with the columns of another, in its own order."""
    return frame.join(more, on="person", how="left", maintain_order="left")


def _entry_dates(asked: Evaluation) -> Sequence[date]:
    provisions = asked.terms.participation
    sets = (provisions.conditions, provisions.conditions_apart)
    ages = [int(each.age) for each in sets if each is not None and each.age is not None]
    return plan_entry_dates(provisions, date(asked.as_of.year + _YEARS_AHEAD + max(ages, default=0), 12, 31))


def _setting(asked: Evaluation, measured: Measured) -> _Setting:
    known, spells = asked.known, asked.known.spells.lazy()
    given = entry.Given(asked.terms.participation, _entry_dates(asked), asked.as_of)
    kept_out = pl.concat([known.excluded.select(known.opt_outs.columns), known.opt_outs])
    if measured.suspended is None:
        free = service.coverage(spells, kept_out.lazy()).pipe(collected)
        return _Setting(asked, given, free, free, pl.LazyFrame(schema=suspension.SPANS))
    spans = measured.suspended.filter(pl.col("start") < pl.col("before"))
    cured = spans.with_columns(before=pl.min_horizontal("before", "if_restored"))
    taking_part, if_restored = (
        service.coverage(spells, pl.concat([kept_out, each.select(kept_out.columns)]).lazy()).pipe(collected)
        for each in (spans, cured.filter(pl.col("start") < pl.col("before")))
    )
    return _Setting(asked, given, taking_part, if_restored, spans.lazy())


def _facts(setting: _Setting, facts: pl.DataFrame) -> pl.LazyFrame:
    """The facts the rules of Article II read, beside those of the person."""
    asked, known = setting.asked, setting.asked.known
    provisions = asked.terms.participation
    frame = left(facts.lazy(), dual_eligibility.employed_by(known.spells.lazy(), provisions))
    frame = frame.with_columns(dual_eligibility.flags(provisions))
    today = (pl.col("start") <= asked.as_of) & (pl.col("before") > asked.as_of)
    frame = left(frame, known.opt_outs.lazy().group_by("person").agg(opted_out=today.any()))
    frame = left(frame, suspension.latest(setting.suspended))
    frame = frame.with_columns(pl.col("opted_out", "held_out").fill_null(value=False))
    return frame.with_columns(kept_out=pl.col("in_excluded_class") | pl.col("opted_out")).pipe(collected).lazy()


def _entered(
    setting: _Setting,
    frame: pl.LazyFrame,
    periods: pl.DataFrame,
    conditions: Conditions,
    participants: pl.LazyFrame | None = None,
) -> pl.LazyFrame:
    """The frame with the rules of completion and entry under these conditions.

    Earlier service is set aside after a Break only of who is no Participant: by the entry these conditions give, or by
    `entry_on` of `participants`.
    """
    asked, provisions = setting.asked, setting.asked.terms.participation
    asking = completion.Given(provisions, conditions, asked.terms.service.leap_day_anniversary, asked.as_of)
    measured = left(periods.lazy(), frame.select("person", "paid_through_on", "credited_through_on"))
    measured = measured.with_columns(service.most_hours_left(asked.terms.service))
    frame = (
        left(frame, completion.completion(measured, asking))
        .with_columns(completion.asked(asking))
        .pipe(collected)
        .lazy()
    )
    made = _walked(setting, frame.with_columns(service_set_aside=pl.lit(value=False)), asking)
    if provisions.year_held_out:
        entered = (pl.col("first_covered_on") <= asked.as_of).fill_null(value=False)
        if participants is not None:
            made, entered = left(made, participants), pl.col("entry_on").is_not_null()
        waits = made.select("person", service_set_aside=pl.col("held_out") & ~(entered | pl.col("already_participant")))
        made = _walked(setting, left(frame, waits), asking)
    return build_columns(_on_scheduled(setting, made), entry.ENTRY, setting.given).pipe(collected).lazy()


def _walked(setting: _Setting, frame: pl.LazyFrame, asking: completion.Given) -> pl.LazyFrame:
    """The completion of the conditions, the scheduled day, and the first covered days from it on."""
    made = build_columns(frame, completion.RULES, asking)
    made = build_columns(made, entry.SCHEDULE, setting.given)
    made = made.with_columns(earliest_met_on=completion.earliest_met_on(asking))
    made = made.with_columns(earliest_scheduled_on=setting.given.schedule(pl.col("earliest_met_on")))
    made = made.pipe(collected).lazy()
    made = left(made, entry.first_covered(made, setting.taking_part.lazy(), "scheduled_entry_on", "first_covered_on"))
    return left(
        made, entry.first_covered(made, setting.if_restored.lazy(), "earliest_scheduled_on", "earliest_covered_on")
    )


def _on_scheduled(setting: _Setting, frame: pl.LazyFrame) -> pl.LazyFrame:
    """Adds what was so of a person on the scheduled day: employed, with an employer not in yet, opted out, held out."""
    known = setting.asked.known
    kinds = {
        "employed": known.spells.lazy().filter("of_employer"),
        "employer_not_in": known.excluded.lazy().filter("not_in_yet"),
        "opted_out": known.opt_outs.lazy(),
        "held_out": setting.suspended,
    }
    spans = pl.concat(each.select("person", "start", "before", kind=pl.lit(name)) for name, each in kinds.items())
    day = pl.col("scheduled_entry_on")
    on_day = spans.join(frame.select("person", day), on="person").filter(
        (pl.col("start") <= day) & (day < pl.col("before"))
    )
    so = [(pl.col("kind") == name).any().alias(f"{name}_on_scheduled_entry") for name in kinds]
    return left(frame, on_day.group_by("person").agg(so))


def _apart(setting: _Setting, frame: pl.LazyFrame, periods: pl.DataFrame, main: pl.LazyFrame) -> pl.LazyFrame:
    """When the contributions with conditions of their own are joined (AA 2.01(c)).

    Columns: person, apart_completed_on, apart_scheduled_on and apart_covered_on, the first covered day since that and
    the entry of `main`; null where there are no such conditions.
    """
    conditions = setting.asked.terms.participation.conditions_apart
    entered = main.select("person", "entry_on")
    if conditions is None:
        return entered.select("person", *(pl.lit(None, dtype=pl.Date).alias(f"apart_{name}") for name in _APART))
    own = _entered(setting, frame, periods, conditions, entered)
    own = left(own.drop("entry_on"), entered)
    since = own.with_columns(since=pl.max_horizontal("scheduled_entry_on", "entry_on"))
    both = pl.col("scheduled_entry_on").is_not_null() & pl.col("entry_on").is_not_null()
    walk = entry.first_covered(since.filter(both), setting.taking_part.lazy(), "since", "apart_covered_on")
    days = {"apart_completed_on": "eligibility_completed_on", "apart_scheduled_on": "scheduled_entry_on"}
    return left(since, walk).select("person", "apart_covered_on", **days)


_APART = ("completed_on", "scheduled_on", "covered_on")
