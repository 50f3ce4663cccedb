"""AA 2.01(a)-(c): when the age and the service that are asked for are complete.

Needs: the eligibility computation periods, and of a person birth_date, commenced_for_participation_on, joins_at_once
and service_set_aside (a hold-out keeps earlier service from counting). Gives: age_attained_on, service_completed_on,
eligibility_completed_on, and earliest_met_on for who has not completed the conditions.
"""

from dataclasses import dataclass
from datetime import date
from decimal import Decimal

import polars as pl

from planrules import dates
from planrules.book import Rule, rule
from planrules.dates import LeapDay
from planrules.plan.conditions import Conditions
from planrules.plan.participation import Participation


@dataclass(frozen=True)
class Given:
    """What the rules read besides columns. `conditions`: those of AA 2.01(a) and (b), or those of (c)(2)."""

    provisions: Participation
    conditions: Conditions
    leap_day: LeapDay
    as_of: date


def completion(measured: pl.LazyFrame, given: Given) -> pl.LazyFrame:
    """A row a person: the period whose end completes the Years of Service asked for, and the one that could do so.

    Needs `segment` where a Break starts the measuring anew: the Years must lie in one. Columns: person, completed_on,
    completing_hours, earliest_completion_on and running_hours (null when no running period can reach the hours even
    with the most that can yet be credited, `most_hours_left`). Hours are never added across periods.
    """
    required = given.provisions.eligibility_hundredths
    possible = ~pl.col("complete") & (pl.col("hours") + pl.col("most_hours_left") >= required)
    ordered, earned = measured.sort("person", "through"), pl.col("year_of_service")
    if given.conditions.years > 1:
        so_far = earned.cast(pl.Int32).cum_sum().over("person", "segment")
        ordered = ordered.with_columns(years_so_far=so_far)
        earned = earned & (pl.col("years_so_far") == given.conditions.years)
    return ordered.group_by("person").agg(
        completed_on=pl.col("through").filter(earned).first(),
        completing_hours=pl.col("hours").filter(earned).first(),
        earliest_completion_on=pl.col("through").filter(possible).first(),
        running_hours=pl.col("hours").filter(possible).first(),
    )


def _attained(age: Decimal, given: Given) -> pl.Expr:
    """The day on which a person is so many years, and months, old."""
    whole = int(age)
    months = int((age - whole) * dates.MONTHS_IN_A_YEAR)
    return dates.attained_on(pl.col("birth_date"), whole, months, given.leap_day)


@rule(cites=["@conditions"], says="Age {age_required} is reached on {age_attained_on}.", unit="date")
def age_attained_on(given: Given) -> pl.Expr:
    """The day on which the age asked for is attained; null when none is asked or the birth date is not known."""
    age = given.conditions.age
    return pl.lit(None, dtype=pl.Date) if age is None else _attained(age, given)


@rule(cites=["@conditions"], says="The service asked for is complete on {service_completed_on}.", unit="date")
def service_completed_on(given: Given) -> pl.Expr:
    """The day on which the service asked for is complete, employed or not; null when no Year of Service does it yet.

    The end of a period that is a Year of Service, the end of so many months after the Employment Commencement Date, or
    that date itself. The months may end after the evaluation date.
    """
    commenced = pl.col("commenced_for_participation_on")
    by_years = pl.col("completed_on")
    if given.conditions.months is None:
        return by_years if given.conditions.years else commenced
    by_months = _months_over(commenced, given.conditions.months, given)
    return _all(by_years, by_months) if given.conditions.years else by_months


def _months_over(commenced: pl.Expr, months: int, given: Given) -> pl.Expr:
    over = dates.months_over(commenced, months, given.leap_day)
    if given.provisions.months_condition_completed_on == "monthly_anniversary":
        return over
    return dates.days_after(over, -1)


def _all(*days: pl.Expr) -> pl.Expr:
    """The latest of the days; null when one of them is."""
    told = pl.all_horizontal([day.is_not_null() for day in days])
    return pl.when(told).then(pl.max_horizontal(*days))


def _met_on(service: pl.Expr, given: Given) -> pl.Expr:
    """When everything is met: the service, and where it is asked for the age, for who is employed."""
    days = [service, pl.col("commenced_for_participation_on")]
    if given.conditions.age is not None:
        days.append(pl.col("age_attained_on"))
    if given.provisions.earlier_employees_age is None:
        return _all(*days)
    of_age = _attained(given.provisions.earlier_employees_age, given)
    earlier = _all(pl.col("commenced_for_participation_on"), of_age)
    return pl.when("joins_at_once").then(earlier).otherwise(_all(*days))


def _service_word(given: Given, *, done: bool) -> str:
    """Which sentence tells of the service: Years, months or the first hour."""
    if given.conditions.years:
        return "earned" if done else "not_yet"
    if given.conditions.months is not None:
        return "months_over" if done else "months_running"
    return "first_hour"


def _completion_case(given: Given) -> pl.Expr:
    done = pl.col("eligibility_completed_on").is_not_null()
    served = (pl.col("service_completed_on") <= given.as_of).fill_null(value=False)
    lacking, complete = (pl.lit(_service_word(given, done=done)) for done in (False, True))
    if given.conditions == Conditions(age=given.conditions.age) and given.conditions.age is not None:
        complete = pl.lit("old_enough")
    by_age = (pl.col("age_attained_on") > pl.col("service_completed_on")).fill_null(value=False)
    young = served & ~done if given.conditions.age is not None else pl.lit(value=False)
    spared = pl.when(done).then(pl.lit("spared")).otherwise(pl.lit("too_young_yet"))
    return (
        pl.when("service_set_aside")
        .then(pl.lit("set_aside"))
        .when("joins_at_once")
        .then(spared)
        .when(done & by_age)
        .then(pl.lit("of_age"))
        .when(done)
        .then(complete)
        .when(young)
        .then(pl.lit("too_young"))
        .otherwise(lacking)
    )


@rule(
    cites=["@conditions", "@employed_after"],
    says={
        "earned": "The first year of service ended on {eligibility_completed_on} with {completing_hours} hours; "
        "{eligibility_hours_required} are needed.",
        "not_yet": "No measuring period is complete yet with the {eligibility_hours_required} hours that are needed.",
        "months_over": "The waiting time in months, {months_required} from the first day of employment on "
        "{commenced_for_participation_on}, was over on {eligibility_completed_on}.",
        "months_running": "The waiting time in months, {months_required} from the first day of employment on "
        "{commenced_for_participation_on}, is over on {service_completed_on}.",
        "first_hour": "One Hour of Service is enough: employment began on {commenced_for_participation_on}.",
        "of_age": "Age {age_required} was reached on {age_attained_on}; all else that is asked for was met by then.",
        "old_enough": "Age {age_required} was reached by the first day of employment, "
        "{commenced_for_participation_on}.",
        "too_young": "Age {age_required} is not reached yet: on {age_attained_on}.",
        "set_aside": "Service before the Break in Service does not count until a Year of Service follows it.",
        "spared": "Employed by the Employer on or before {employed_after}, and so without a condition of service: "
        "employed and at the age of {earlier_employees_age} from {eligibility_completed_on} on.",
        "too_young_yet": "Employed by the Employer on or before {employed_after}, and not yet {earlier_employees_age} "
        "years old.",
    },
    case=_completion_case,
    unit="date",
)
def eligibility_completed_on(given: Given) -> pl.Expr:
    """The day on which every condition is met, once it has come; null when there is none yet.

    Employment on that day is not needed. The later of the age and the service, and never before the Employment
    Commencement Date.
    """
    met = _met_on(pl.col("service_completed_on"), given)
    return pl.when((met <= given.as_of) & ~pl.col("service_set_aside")).then(met)


def earliest_met_on(given: Given) -> pl.Expr:
    """When the conditions are met at the earliest, for who has not met them: if a running period is a Year of Service.

    Null where no running period can be one, or the age is not known.
    """
    service = pl.col("service_completed_on")
    if given.conditions.years:
        service = pl.coalesce("completed_on", "earliest_completion_on")
    could = ~pl.col("service_set_aside") | pl.col("earliest_completion_on").is_not_null()
    return pl.when(could).then(_met_on(service, given))


def asked(given: Given) -> list[pl.Expr]:
    """What the conditions ask for, as columns that sentences name: age_required and months_required."""
    return [
        pl.lit(given.conditions.age, dtype=pl.Decimal(5, 2)).alias("age_required"),
        pl.lit(given.conditions.months, dtype=pl.Int32).alias("months_required"),
    ]


RULES: tuple[Rule, ...] = (age_attained_on, service_completed_on, eligibility_completed_on)
