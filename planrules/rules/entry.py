"""AA 2.01, time of participation: the Plan Entry Date, and the walk from it to the first day as a Participant.

Needs: coverage, and of a person eligibility_completed_on, earliest_met_on, joins_at_once, already_participant,
employed, separated, last_day_on, kept_out (in an excluded class, or opted out), held_out, and what was so on the
scheduled day.
Gives: scheduled_entry_on, entry_on, next_entry_on, earliest_entry_on.
"""

from collections.abc import Sequence
from dataclasses import dataclass
from datetime import date

import polars as pl

from planrules import among
from planrules.book import Rule, rule
from planrules.plan.participation import Participation


@dataclass(frozen=True)
class Given:
    """What the rules of this module read besides columns."""

    provisions: Participation
    entry_dates: Sequence[date]
    as_of: date

    def entry_for(self, day: pl.Expr) -> pl.Expr:
        """The Plan Entry Date that goes with completing the conditions on `day` (AA 2.01(g)-(i))."""
        days, same_day = self.entry_dates, self.provisions.entry_on_completion_day == "same_day"
        match self.provisions.entry_falls:
            case "following":
                return (among.first_on_or_after if same_day else among.first_strictly_after)(day, days)
            case "preceding":
                found = (among.last_on_or_before if same_day else among.last_strictly_before)(day, days)
                return pl.coalesce(found, pl.when(day.is_not_null()).then(pl.lit(days[0])))
            case "nearest":
                return among.nearest(day, days, self.provisions.nearest_entry_tie)

    def schedule(self, day: pl.Expr) -> pl.Expr:
        """The day from which somebody who meets the conditions on `day` can join; some need no Plan Entry Date."""
        if self.provisions.earlier_employees_age is None:
            return self.entry_for(day)
        at_once = pl.when(day.is_not_null()).then(pl.max_horizontal(day, pl.lit(self.provisions.effective_date)))
        return pl.when("joins_at_once").then(at_once).otherwise(self.entry_for(day))


def first_covered(frame: pl.LazyFrame, coverage: pl.LazyFrame, since: str, name: str) -> pl.LazyFrame:
    """A row a person: the first covered day from the day in column `since` on. Columns: person and `name`.

    This one walk is AA 2.01 ("if employed on that date"), Plan 2.04 (rehires), 2.05 (changes of class) and AA 1.29.
    """
    scheduled = frame.select("person", since).filter(pl.col(since).is_not_null())
    return (
        coverage.join(scheduled, on="person", how="inner")
        .filter(pl.col("before") > pl.col(since))
        .group_by("person")
        .agg(pl.max_horizontal("start", since).min().alias(name))
    )


def _scheduled_case(given: Given) -> pl.Expr:
    day, done = pl.col("scheduled_entry_on"), pl.col("eligibility_completed_on")
    none_before = (day > done) if given.provisions.entry_falls == "preceding" else pl.lit(value=False)
    return (
        pl.when(day.is_null())
        .then(pl.lit(None, dtype=pl.String))
        .when("joins_at_once")
        .then(pl.lit("at_once"))
        .when(day == done)
        .then(pl.lit("same_day"))
        .when(none_before)
        .then(pl.lit("first_of_all"))
        .otherwise(pl.lit(given.provisions.entry_falls))
    )


@rule(
    cites=["@first_plan_entry_date", "@entry_falls", "@entry_on_completion_day"],
    says={
        "following": "{scheduled_entry_on} is the first Plan Entry Date after {eligibility_completed_on}.",
        "preceding": "{scheduled_entry_on} is the last Plan Entry Date before {eligibility_completed_on}.",
        "first_of_all": "{scheduled_entry_on} is the first Plan Entry Date there is; none is before "
        "{eligibility_completed_on}.",
        "nearest": "{scheduled_entry_on} is the Plan Entry Date nearest to {eligibility_completed_on}.",
        "same_day": "{scheduled_entry_on} is a Plan Entry Date itself.",
        "at_once": "Somebody who needs no service joins at once, whatever the Plan Entry Dates: from "
        "{scheduled_entry_on} on.",
    },
    case=_scheduled_case,
    unit="date",
)
def scheduled_entry_on(given: Given) -> pl.Expr:
    """The Plan Entry Date that goes with the day the conditions are completed; null until they are."""
    return given.schedule(pl.col("eligibility_completed_on"))


def _entry_case(given: Given) -> pl.Expr:
    entered = pl.col("entry_on").is_not_null()
    others = given.provisions.opt_outs_permitted or given.provisions.year_held_out
    return (
        pl.when(entered & pl.col("already_participant"))
        .then(pl.lit("already"))
        .when(pl.col("entry_on") == pl.col("scheduled_entry_on"))
        .then(pl.lit("on_the_day" if others else "on_plan_entry_date"))
        .when(entered & pl.col("opted_out_on_scheduled_entry"))
        .then(pl.lit("after_opting_out"))
        .when(entered & pl.col("held_out_on_scheduled_entry"))
        .then(pl.lit("after_hold_out"))
        .when(entered & pl.col("employer_not_in_on_scheduled_entry"))
        .then(pl.lit("on_employer_joining"))
        .when(entered & pl.col("employed_on_scheduled_entry"))
        .then(pl.lit("on_change_of_class"))
        .when(entered)
        .then(pl.lit("on_return"))
        .when(pl.col("scheduled_entry_on").is_null())
        .then(pl.lit(None, dtype=pl.String))
        .when(pl.col("scheduled_entry_on") <= given.as_of)
        .then(pl.lit("never_free" if others else "not_since"))
        .when("separated")
        .then(pl.lit("left_before"))
    )


@rule(
    cites=["@entry_falls", "@employed_after", "@excluded_classes", "Plan 2.04", "Plan 2.05"],
    says={
        "already": "A Participant since {entry_on} by the terms before {effective_date}, and so without the "
        "conditions of today.",
        "on_plan_entry_date": "Employed and in no excluded class on {scheduled_entry_on}.",
        "on_the_day": "Employed, in no excluded class and not kept out on {scheduled_entry_on}.",
        "on_return": "Not employed by the Employer on {scheduled_entry_on}; joined on {entry_on}, the first day of "
        "employment after it.",
        "on_change_of_class": "In an excluded class on {scheduled_entry_on}; joined on the first day out of it, "
        "{entry_on}.",
        "on_employer_joining": "With an employer that was not in the Plan yet on {scheduled_entry_on}; joined on "
        "{entry_on}, the first day with one that was, in no excluded class.",
        "after_opting_out": "Had elected not to participate on {scheduled_entry_on}; joined on {entry_on}, the first "
        "day after.",
        "after_hold_out": "Earlier service did not count on {scheduled_entry_on}, after a Break in Service; joined as "
        "of {entry_on}.",
        "not_since": "Not employed by the Employer in a class that may join on any day since {scheduled_entry_on}.",
        "never_free": "On no day since {scheduled_entry_on} employed by the Employer, in a class that may join and "
        "not kept out.",
        "left_before": "Employment with the Employer ended on {last_day_on}, before {scheduled_entry_on}.",
    },
    case=_entry_case,
    unit="date",
)
def entry_on(given: Given) -> pl.Expr:
    """The first day as a Participant; a later rehire or change of class never moves it. Null when not entered."""
    walked = pl.when(pl.col("first_covered_on") <= given.as_of).then("first_covered_on")
    return pl.when("already_participant").then("participant_since").otherwise(walked)


@rule(
    cites=["@entry_falls", "@first_plan_entry_date"],
    says="Joins on {next_entry_on} if still employed and in no excluded class that day.",
    unit="date",
)
def next_entry_on(given: Given) -> pl.Expr:
    """The coming entry when the conditions are met, assuming nothing changes.

    Null when already entered, separated, with a predecessor employer, or kept out at the evaluation date.
    """
    ahead = (pl.col("scheduled_entry_on") > given.as_of) & pl.col("entry_on").is_null()
    free = pl.col("employed") & ~pl.col("kept_out") & ~pl.col("held_out")
    return pl.when(ahead & free).then("scheduled_entry_on")


_AT_THE_EARLIEST = {
    "reached": "the measuring period that ends on {earliest_completion_on} has its hours already ({running_hours}) and "
    "must run out.",
    "short": "if the measuring period that ends on {earliest_completion_on} reaches {eligibility_hours_required} hours "
    "({running_hours} so far).",
    "short_and_young": "if the measuring period that ends on {earliest_completion_on} reaches "
    "{eligibility_hours_required} hours ({running_hours} so far), and at the age of {age_required}, reached on "
    "{age_attained_on}.",
    "young": "at the age of {age_required}, reached on {age_attained_on}.",
    "waiting": "the waiting time is over on {service_completed_on}.",
    "spared": "at the age of {earlier_employees_age}.",
    "held": "if the measuring period that ends on {earliest_completion_on} is a Year of Service; after a Break in "
    "Service, earlier service does not count until there is one.",
}
_BACK = "Joins as of {earliest_entry_on} at the earliest, once the conditions are met: "


def _ahead(reason: str) -> str:
    sure = ", if employed and in no excluded class that day: " if reason == "reached" else " at the earliest: "
    return "Can join on {earliest_entry_on}" + sure


def _earliest_case(given: Given) -> pl.Expr:
    conditions = given.provisions.conditions
    enough = pl.col("running_hours") >= given.provisions.eligibility_hundredths
    by_service = pl.when(enough).then(pl.lit("reached")).otherwise(pl.lit("short"))
    if conditions.months is not None:
        by_service = pl.lit("waiting")
    served = (pl.col("service_completed_on") <= given.as_of).fill_null(value=False)
    young = (pl.col("age_attained_on") > pl.max_horizontal("service_completed_on", pl.lit(given.as_of))).fill_null(
        value=False
    )
    reason = (
        pl.when("joins_at_once")
        .then(pl.lit("spared"))
        .when("held_out")
        .then(pl.lit("held"))
        .when(young & (served | pl.lit(not conditions.years)))
        .then(pl.lit("young"))
        .when(young)
        .then(pl.lit("short_and_young"))
        .otherwise(by_service)
    )
    back = pl.when(pl.col("earliest_entry_on") <= given.as_of).then(pl.lit("back_")).otherwise(pl.lit(""))
    return pl.when(pl.col("earliest_entry_on").is_not_null()).then(back + reason)


@rule(
    cites=["@conditions", "@entry_falls"],
    says={
        **{reason: _ahead(reason) + told for reason, told in _AT_THE_EARLIEST.items()},
        **{f"back_{reason}": _BACK + told for reason, told in _AT_THE_EARLIEST.items()},
    },
    case=_earliest_case,
    unit="date",
)
def earliest_entry_on(given: Given) -> pl.Expr:
    """For somebody employed who has not completed the conditions: the earliest day as a Participant there could be.

    If a running period reaches the hours, and at the age asked for. Where the entry falls before the completion the
    day may have passed already. Null for everyone else, and when no running period can reach the hours at 24 a day.
    """
    waiting = pl.col("eligibility_completed_on").is_null() & pl.col("entry_on").is_null()
    free = pl.col("employed") & ~pl.col("kept_out")
    scheduled = pl.col("earliest_scheduled_on")
    day = pl.when(scheduled > given.as_of).then(scheduled).otherwise("earliest_covered_on")
    return pl.when(waiting & free).then(day)


SCHEDULE: tuple[Rule, ...] = (scheduled_entry_on,)
ENTRY: tuple[Rule, ...] = (entry_on, next_entry_on, earliest_entry_on)
