"""The distribution stage: ages and entitlement, the distribution dates, then the rules of payment and forfeiture."""

import polars as pl

from planrules import dates
from planrules.book import Given, build_columns
from planrules.engine.after_leaving import after_leaving
from planrules.engine.evaluation import Evaluation
from planrules.plan import Terms
from planrules.plan.distribution import Distribution
from planrules.rules import distribution, forfeiture, payment_dates


def payment(asked: Evaluation, people: pl.DataFrame, hours: pl.DataFrame, years: pl.DataFrame) -> pl.DataFrame:
    """The distribution columns, one row a person of `people`; `hours` by Plan Year, `years` the vesting ledger."""
    terms = asked.terms
    given = Given(terms.distribution, asked.plan_years, asked.as_of)
    frame = people.lazy().with_columns(*_ages(terms))
    for day, name in (("last_day_on", "entitled_to_allocation"), ("previous_last_day_on", "entitled_before_return")):
        entitled = _entitled(asked, people.lazy(), hours, day).rename({"entitled": name})
        frame = frame.join(entitled, on="person", how="left", maintain_order="left")
    frame = build_columns(frame, distribution.ON_LEAVING, given)
    frame = after_leaving(frame, years.lazy(), terms.distribution.payment_dates)
    frame = _dated(frame, given)
    if terms.vesting.retirement_anniversary is not None:
        frame = frame.with_columns(pl.col("at_once_by").replace(_BY_ANNIVERSARY))
    frame = build_columns(frame, distribution.OF_PAYMENT, given)
    return build_columns(frame, forfeiture.RULES, given).drop(people.columns[1:]).collect()


_BY_ANNIVERSARY = {"retirement_age": "retirement", "retirement_age_and_years": "retirement_and_years"}
"""The sentences where Normal Retirement Age is not an age alone."""


def _dated(frame: pl.LazyFrame, given: Given[Distribution]) -> pl.LazyFrame:
    """Adds every elected distribution date, the one that decides, and what its sentence counts."""
    frame = frame.with_columns(payment_dates.each_date(given))
    frame = build_columns(frame, payment_dates.OF_EACH_KIND, given)
    frame = build_columns(frame, payment_dates.DECIDING, given)
    return frame.with_columns(*payment_dates.numbers(given), *payment_dates.reaches(given))


def _ages(terms: Terms) -> list[pl.Expr]:
    """The days on which ages are attained (AA 6.01; Plan 6.01)."""
    leap, born = terms.service.leap_day_anniversary, pl.col("birth_date")
    paid = terms.distribution
    consent = pl.max_horizontal("attains_retirement_age_on", dates.anniversary(born, paid.consent_age, leap))
    years, months = paid.required_beginning_years, paid.required_beginning_months
    return [
        pl.when(born.is_not_null()).then(consent).alias("attains_consent_age_on"),
        dates.attained_on(born, years, months, leap).alias("half_birthday_on"),
    ]


def _entitled(asked: Evaluation, people: pl.LazyFrame, hours: pl.DataFrame, day: str) -> pl.LazyFrame:
    """Whether a leaver gets an allocation of Employer money for the Plan Year of leaving on `day`.

    Employed on its last day as a Participant, with the accrual hours, or in a top-heavy Plan Year. Columns: person,
    entitled. Source: AA 3.06(d)(1), (e)(1); Plan 3.04(B), 5.04(C).
    """
    terms, calendar = asked.terms, asked.plan_years
    needed = terms.distribution.accrual_hours * 100
    number = calendar.number(pl.col(day))
    worked = hours.lazy().select("person", number=pl.col("number").cast(pl.Int32), year_hours="own_hours")
    top_heavy = pl.col(day).is_in(list(terms.vesting.top_heavy_plan_years)).fill_null(value=False)
    on_last_day = (pl.col(day) == pl.col("through")).fill_null(value=False)
    entered = (pl.col("entry_on") <= pl.col(day)).fill_null(value=False)
    enough = (pl.col("year_hours").fill_null(0) >= needed) | top_heavy
    return (
        people.select("person", day, "entry_on", number=number.cast(pl.Int32), through=calendar.through(number))
        .join(worked, on=["person", "number"], how="left")
        .select("person", entitled=on_last_day & entered & enough)
    )
