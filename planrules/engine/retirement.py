"""Normal Retirement Age: the day each person attains it, and the first day of employment at or after it (AA 5.01)."""

import polars as pl

from planrules import dates
from planrules.engine.collecting import collected
from planrules.engine.evaluation import Evaluation
from planrules.rules.service import relationships


def retirement(asked: Evaluation, entered: pl.DataFrame) -> pl.DataFrame:
    """Columns: person, attains_retirement_age_on and at_retirement_age_on; `entered` has person, birth_date, entry_on.

    The second is null for who was not employed by the Employer at that age, and future for who works on; both are null
    when the birth date is not known.
    """
    people = entered.lazy().select("person", attains_retirement_age_on=_attained(asked))
    spans = relationships(asked.known.spells.lazy())
    attains = pl.col("attains_retirement_age_on")
    at_age = (
        spans.join(people, on="person", how="inner")
        .filter(attains < pl.col("before"))
        .group_by("person")
        .agg(at_retirement_age_on=pl.max_horizontal("start", attains).min())
    )
    return people.join(at_age, on="person", how="left", maintain_order="left").pipe(collected)


def _attained(asked: Evaluation) -> pl.Expr:
    """The birthday; where elected, no earlier than an anniversary of the first day of the first Plan Year joined."""
    provisions, leap = asked.terms.vesting, asked.terms.service.leap_day_anniversary
    birthday = dates.anniversary(pl.col("birth_date"), provisions.normal_retirement_age, leap)
    if provisions.retirement_anniversary is None:
        return birthday
    calendar = asked.plan_years
    first_day = calendar.start(calendar.number(pl.col("entry_on")))
    joined = dates.anniversary(first_day, provisions.retirement_anniversary, leap)
    return pl.when(birthday.is_not_null()).then(pl.max_horizontal(birthday, joined))
