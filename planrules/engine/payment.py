"""The distribution stage: ages and entitlement, the distribution dates, then the rules of payment and forfeiture."""

import polars as pl

from planrules import dates
from planrules.book import Given, build_columns
from planrules.engine.after_leaving import after_leaving
from planrules.engine.collecting import collected
from planrules.engine.evaluation import Evaluation
from planrules.plan import Terms
from planrules.plan.distribution import Distribution
from planrules.rules import accrual, distribution, forfeiture, payment_dates, service


def payment(asked: Evaluation, people: pl.DataFrame, hours: pl.DataFrame, years: pl.DataFrame) -> pl.DataFrame:
    """The distribution columns, one row a person of `people`; `hours` by Plan Year, `years` the vesting ledger."""
    terms = asked.terms
    given = Given(terms.distribution, asked.plan_years, asked.as_of)
    frame = people.lazy().with_columns(*_ages(terms))
    for day, name in (("last_day_on", "entitled_to_allocation"), ("previous_last_day_on", "entitled_before_return")):
        if people[day].null_count() == people.height:
            frame = frame.with_columns(pl.lit(value=False).alias(name))
            continue
        entitled = _entitled(asked, people.lazy(), hours, day).rename({"entitled": name})
        frame = frame.join(entitled, on="person", how="left", maintain_order="left")
    frame = build_columns(frame, distribution.ON_LEAVING, given)
    frame = after_leaving(frame, years.lazy(), terms.distribution.payment_dates)
    frame = _dated(frame, given)
    if terms.vesting.retirement_anniversary is not None:
        frame = frame.with_columns(pl.col("at_once_by").replace(_BY_ANNIVERSARY))
    frame = build_columns(frame, distribution.OF_PAYMENT, given)
    frame = build_columns(forfeiture.days(frame, given), forfeiture.RULES, given)
    deemed = pl.col(forfeiture.forfeiture_on.case_column) == "deemed"
    frame = frame.with_columns(forfeited_as_deemed=deemed.fill_null(value=False))
    return frame.drop(*people.columns[1:], *forfeiture.DAYS).pipe(collected)


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
    """Whether a leaver gets an allocation of Employer money for the Plan Year of leaving on `day`, as a Participant.

    Columns: person, entitled. Source: AA 3.06; Plan 3.04(B), 5.04(C).
    """
    terms, calendar = asked.terms, asked.plan_years
    given = accrual.Given(terms.accrual, calendar, 1, asked.as_of)
    number = calendar.number(pl.col(day)).cast(pl.Int32)
    worked = hours.lazy().select("person", plan_year=pl.col("number").cast(pl.Int32), year_hours="own_hours")
    left = accrual.leavings(service.relationships(asked.known.spells.lazy()), people, given)
    leavers = (
        people.select("person", day, "entry_on", plan_year=number, through=calendar.through(number))
        .join(worked, on=["person", "plan_year"], how="left")
        .with_columns(
            pl.col("year_hours").fill_null(0),
            on_last_day=(pl.col(day) == pl.col("through")).fill_null(value=False),
            top_heavy=pl.col(day).is_in(list(terms.vesting.top_heavy_plan_years)).fill_null(value=False),
        )
    )
    entered = (pl.col("entry_on") <= pl.col(day)).fill_null(value=False)
    return accrual.with_leavings(leavers, left).select("person", entitled=entered & accrual.entitled(given))
