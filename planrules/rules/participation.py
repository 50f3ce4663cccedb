"""Article II: completing the conditions, the Plan Entry Date, the walk to the first day as a Participant.

Needs: the initial period and hours by Plan Year, coverage, and of a person commenced_for_participation_on, employed,
in_excluded_class, employed_on_scheduled_entry.
Gives: eligibility_completed_on, scheduled_entry_on, entry_on, next_entry_on, earliest_entry_on, status_of_employee.
"""

from collections.abc import Sequence
from dataclasses import dataclass
from datetime import date

import polars as pl

from planrules import dates
from planrules.book import Rule, rule
from planrules.dates import Calendar
from planrules.plan.participation import Participation

_HOURS_IN_A_DAY = 24


@dataclass(frozen=True)
class Given:
    """What the rules of this article read besides columns."""

    provisions: Participation
    entry_dates: Sequence[date]
    as_of: date

    def entry_after(self, day: pl.Expr) -> pl.Expr:
        """The Plan Entry Date that follows the day the conditions are completed (AA 2.01(g))."""
        if self.provisions.entry_on_completion_day == "same_day":
            return dates.first_on_or_after(day, self.entry_dates)
        return dates.first_strictly_after(day, self.entry_dates)


def periods(initial: pl.LazyFrame, hours: pl.LazyFrame, calendar: Calendar, given: Given) -> pl.LazyFrame:
    """The eligibility computation periods that have begun by the evaluation date, with the rules of each.

    The initial 12 months, then Plan Years from the one that includes the first anniversary; the two overlap.
    Columns: person, start, through, hours (hundredths), complete, year_of_service. Source: AA 2.02(d), Plan 2.02.
    """
    first = calendar.number(dates.days_after(pl.col("through"), 1))
    current = calendar.number(pl.lit(given.as_of)) + 1
    numbers = (
        initial.select("person", number=pl.int_ranges(first, current, dtype=pl.Int32))
        .explode("number")
        .filter(pl.col("number").is_not_null())
    )
    worked = hours.select("person", pl.col("number").cast(pl.Int32), hours="participation_hours")
    later = (
        numbers.join(worked, on=["person", "number"], how="left")
        .with_columns(hours=pl.col("hours").fill_null(0))
        .select(
            "person",
            "hours",
            start=calendar.start(pl.col("number")),
            through=calendar.through(pl.col("number")),
        )
        .select("person", "start", "through", "hours")
    )
    columns = [each.column(given) for each in PERIOD_RULES]
    return pl.concat([initial, later]).with_columns(columns[0]).with_columns(columns[1])


@rule(cites=["@later_eligibility_periods", "Plan 2.02"], says="The measuring period ends on {through}.", unit="flag")
def complete(given: Given) -> pl.Expr:
    """Whether the computation period is over: its last day has closed by the evaluation date."""
    return pl.col("through") <= given.as_of


@rule(
    cites=["AA 2.01(b)(1)", "@eligibility_hours_required", "29 CFR 2530.202-2"],
    says="{hours} hours from {start} to {through}.",
    unit="flag",
)
def year_of_service(given: Given) -> pl.Expr:
    """Whether the period is a Year of Service: the hours and the completed period, never the day of the last hour."""
    return pl.col("complete") & (pl.col("hours") >= given.provisions.eligibility_hours_required * 100)


PERIOD_RULES: tuple[Rule, ...] = (complete, year_of_service)


def completion(measured: pl.LazyFrame, given: Given) -> pl.LazyFrame:
    """A row a person: the earliest Year of Service, and the running period that could become one.

    Columns: person, completed_on, completing_start, completing_hours, earliest_completion_on and running_hours (null
    when no running period can reach the hours even at 24 a day on every day after the last pay row, `paid_through_on`).
    Hours are never added across periods.
    """
    required = given.provisions.eligibility_hours_required * 100
    known_through = pl.max_horizontal("paid_through_on", dates.days_after(pl.col("start"), -1))
    days_left = dates.days_in(known_through, pl.col("through")) - 1
    possible = ~pl.col("complete") & (pl.col("hours") + days_left * _HOURS_IN_A_DAY * 100 >= required)
    earned = pl.col("year_of_service")
    return (
        measured.sort("person", "through")
        .group_by("person")
        .agg(
            completed_on=pl.col("through").filter(earned).first(),
            completing_start=pl.col("start").filter(earned).first(),
            completing_hours=pl.col("hours").filter(earned).first(),
            earliest_completion_on=pl.col("through").filter(possible).first(),
            running_hours=pl.col("hours").filter(possible).first(),
        )
    )


def first_covered(frame: pl.LazyFrame, coverage: pl.LazyFrame) -> pl.LazyFrame:
    """A row a person: the first covered day from `scheduled_entry_on` on. Columns: person, first_covered_on.

    This one walk is AA 2.01(g) ("if employed on that date"), Plan 2.04 (rehires), 2.05 (changes of class) and AA 1.29.
    """
    scheduled = frame.select("person", "scheduled_entry_on").filter(pl.col("scheduled_entry_on").is_not_null())
    return (
        coverage.join(scheduled, on="person", how="inner")
        .filter(pl.col("before") > pl.col("scheduled_entry_on"))
        .group_by("person")
        .agg(first_covered_on=pl.max_horizontal("start", "scheduled_entry_on").min())
    )


def _completion_case(_: Given) -> pl.Expr:
    return pl.when(pl.col("completed_on").is_null()).then(pl.lit("not_yet")).otherwise(pl.lit("earned"))


@rule(
    cites=["AA 2.01(b)(1)", "@eligibility_hours_required", "@later_eligibility_periods", "Plan 2.02"],
    says={
        "earned": "The first year of service ended on {eligibility_completed_on} with {completing_hours} hours; "
        "{eligibility_hours_required} are needed.",
        "not_yet": "No measuring period is complete yet with the {eligibility_hours_required} hours that are needed.",
    },
    case=_completion_case,
    unit="date",
)
def eligibility_completed_on(_: Given) -> pl.Expr:
    """The last day of the earliest computation period with the hours; null when there is none yet.

    Employment on that day is not needed.
    """
    return pl.col("completed_on")


@rule(
    cites=["@first_plan_entry_date", "AA 2.01(g)", "@entry_on_completion_day"],
    says="{scheduled_entry_on} is the first Plan Entry Date after {eligibility_completed_on}.",
    unit="date",
)
def scheduled_entry_on(given: Given) -> pl.Expr:
    """The Plan Entry Date that follows the day the conditions are completed; null until they are."""
    return given.entry_after(pl.col("eligibility_completed_on"))


def _entry_case(given: Given) -> pl.Expr:
    entered = pl.col("entry_on").is_not_null()
    return (
        pl.when(pl.col("entry_on") == pl.col("scheduled_entry_on"))
        .then(pl.lit("on_plan_entry_date"))
        .when(entered & pl.col("employer_not_in_on_scheduled_entry"))
        .then(pl.lit("on_employer_joining"))
        .when(entered & pl.col("employed_on_scheduled_entry"))
        .then(pl.lit("on_change_of_class"))
        .when(entered)
        .then(pl.lit("on_return"))
        .when(pl.col("scheduled_entry_on") <= given.as_of)
        .then(pl.lit("not_since"))
    )


@rule(
    cites=["AA 2.01(g)", "@excluded_classes", "Plan 2.04", "Plan 2.05"],
    says={
        "on_plan_entry_date": "Employed and in no excluded class on {scheduled_entry_on}.",
        "on_return": "Not employed by the Employer on {scheduled_entry_on}; joined on {entry_on}, the first day of "
        "employment after it.",
        "on_change_of_class": "In an excluded class on {scheduled_entry_on}; joined on the first day out of it, "
        "{entry_on}.",
        "on_employer_joining": "With an employer that was not in the Plan yet on {scheduled_entry_on}; joined on "
        "{entry_on}, the first day with one that was, in no excluded class.",
        "not_since": "Not employed by the Employer in a class that may join on any day since {scheduled_entry_on}.",
    },
    case=_entry_case,
    unit="date",
)
def entry_on(given: Given) -> pl.Expr:
    """The first day as a Participant; a later rehire or change of class never moves it. Null when not entered."""
    return pl.when(pl.col("first_covered_on") <= given.as_of).then("first_covered_on")


@rule(
    cites=["AA 2.01(g)", "@first_plan_entry_date"],
    says="Joins on {next_entry_on} if still employed and in no excluded class that day.",
    unit="date",
)
def next_entry_on(given: Given) -> pl.Expr:
    """The coming entry when the conditions are met, assuming nothing changes.

    Null when already entered, separated, with a predecessor employer, or in an excluded class at the evaluation date.
    """
    ahead = pl.col("scheduled_entry_on") > given.as_of
    return pl.when(ahead & pl.col("employed") & ~pl.col("in_excluded_class")).then("scheduled_entry_on")


@rule(
    cites=["AA 2.01(b)(1)", "AA 2.01(g)", "Plan 2.02"],
    says={
        "reached": "Can join on {earliest_entry_on}, if employed and in no excluded class that day: the measuring "
        "period that ends on {earliest_completion_on} has its hours already ({running_hours}) and must run out.",
        "short": "Can join on {earliest_entry_on} at the earliest: if the measuring period that ends on "
        "{earliest_completion_on} reaches {eligibility_hours_required} hours ({running_hours} so far).",
    },
    case=lambda given: pl.when(pl.col("earliest_entry_on").is_not_null()).then(
        pl.when(pl.col("running_hours") >= given.provisions.eligibility_hours_required * 100)
        .then(pl.lit("reached"))
        .otherwise(pl.lit("short"))
    ),
    unit="date",
)
def earliest_entry_on(given: Given) -> pl.Expr:
    """For somebody employed who has not completed the conditions: the entry if a running period reaches the hours.

    Null for everyone else, and when no running period can reach them at 24 hours a day.
    """
    waiting = pl.col("eligibility_completed_on").is_null() & pl.col("employed") & ~pl.col("in_excluded_class")
    return pl.when(waiting).then(given.entry_after(pl.col("earliest_completion_on")))


def _status_case(_: Given) -> pl.Expr:
    return pl.when("employer_not_in_yet").then(pl.lit("employer_not_in")).otherwise("status_of_employee")


@rule(
    cites=["AA 1.07", "AA 2.01", "Plan 1.30"],
    says={
        "excluded": "In a class of employees that may not join, at the evaluation date.",
        "employer_not_in": "With a related employer that has not come into the Plan yet, at the evaluation date.",
        "former_participant": "Joined on {entry_on} and has left the Employer.",
    },
    case=_status_case,
    unit="word",
)
def status_of_employee(_: Given) -> pl.Expr:
    """excluded, participant, former_participant, awaiting_entry or not_eligible, in this order of precedence."""
    entered = pl.col("entry_on").is_not_null()
    return (
        pl.when(pl.col("employed") & pl.col("in_excluded_class"))
        .then(pl.lit("excluded"))
        .when(pl.col("employed") & entered)
        .then(pl.lit("participant"))
        .when(entered)
        .then(pl.lit("former_participant"))
        .when(pl.col("next_entry_on").is_not_null())
        .then(pl.lit("awaiting_entry"))
        .otherwise(pl.lit("not_eligible"))
    )


BEFORE_ENTRY: tuple[Rule, ...] = (eligibility_completed_on, scheduled_entry_on)
AFTER_ENTRY: tuple[Rule, ...] = (entry_on, next_entry_on, earliest_entry_on, status_of_employee)
