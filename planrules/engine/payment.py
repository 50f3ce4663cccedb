"""The distribution stage: ages, years for payment and entitlement, then the rules of payment and forfeiture."""

import polars as pl

from planrules import dates
from planrules.book import Given, build_columns
from planrules.engine.evaluation import Evaluation
from planrules.plan import Terms
from planrules.rules import distribution, forfeiture


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
    """The days on which ages are attained (AA 6.01; Plan 6.01)."""
    leap, born = terms.service.leap_day_anniversary, pl.col("birth_date")
    paid = terms.distribution
    consent = pl.max_horizontal("attains_retirement_age_on", dates.anniversary(born, paid.consent_age, leap))
    years, months = paid.required_beginning_years, paid.required_beginning_months
    return [
        dates.anniversary(born, paid.at_once_age or 0, leap).alias("attains_at_once_age_on"),
        pl.when(born.is_not_null()).then(consent).alias("attains_consent_age_on"),
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
