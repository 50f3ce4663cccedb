"""The distribution stage: ages, years for payment and entitlement, then the rules of payment and forfeiture."""

import polars as pl

from planrules import dates
from planrules.book import Given, build_columns
from planrules.engine.evaluation import Evaluation
from planrules.plan import Terms
from planrules.rules import accrual, distribution, forfeiture, service


def payment(asked: Evaluation, people: pl.DataFrame, hours: pl.DataFrame) -> pl.DataFrame:
    """The distribution columns, one row a person of `people`; `hours` by Plan Year."""
    terms = asked.terms
    given = Given(terms.distribution, asked.plan_years, asked.as_of)
    frame = people.lazy().with_columns(*_ages(terms), years_for_payment=_years_for_payment(terms))
    for day, name in (("last_day_on", "entitled_to_allocation"), ("previous_last_day_on", "entitled_before_return")):
        entitled = _entitled(asked, people.lazy(), hours, day).rename({"entitled": name})
        frame = frame.join(entitled, on="person", how="left", maintain_order="left")
    frame = build_columns(frame, distribution.RULES, given)
    return build_columns(frame, forfeiture.RULES, given).drop(people.columns[1:]).collect()


def _ages(terms: Terms) -> list[pl.Expr]:
    """The days on which ages are attained (AA 5.01, 6.01; Plan 6.01)."""
    leap, born = terms.service.leap_day_anniversary, pl.col("birth_date")
    vesting, paid = terms.vesting, terms.distribution
    consent = max(vesting.normal_retirement_age, paid.consent_age)
    years, months = paid.required_beginning_years, paid.required_beginning_months
    return [
        dates.anniversary(born, vesting.normal_retirement_age, leap).alias("attains_retirement_age_on"),
        dates.anniversary(born, paid.at_once_age or 0, leap).alias("attains_at_once_age_on"),
        dates.anniversary(born, consent, leap).alias("attains_consent_age_on"),
        dates.months_after(dates.anniversary(born, years, leap), months).alias("half_birthday_on"),
    ]


def _years_for_payment(terms: Terms) -> pl.Expr:
    """The 10 years of service of AA 6.01, by the reading in force: Years for vesting on the last day, or employment."""
    if terms.distribution.ten_years_of_service == "vesting_years":
        return pl.col("last_day_years")
    first = pl.col("first_day_on")
    last = first + pl.duration(days="employed_days")
    early = (last.dt.month() < first.dt.month()) | (
        (last.dt.month() == first.dt.month()) & (last.dt.day() < first.dt.day())
    )
    return last.dt.year() - first.dt.year() - early.cast(pl.Int32)


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
