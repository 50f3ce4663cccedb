"""AA 2.01(j) and (k), Plan 2.01: who becomes a Participant without the conditions of today.

Needs, of a person, participant_since and employed_by_the_date. Gives the flags joins_at_once, already_participant and
joins_by_untold_terms, which the other rules of Article II read.
"""

import polars as pl

from planrules.plan.participation import Participation


def employed_by(spells: pl.LazyFrame, provisions: Participation) -> pl.LazyFrame:
    """Who was employed by the Employer on or before the date of 2.01(k). Columns: person, employed_by_the_date."""
    if provisions.employed_after is None:
        return pl.LazyFrame(schema={"person": pl.UInt32, "employed_by_the_date": pl.Boolean})
    early = pl.col("of_employer") & (pl.col("start") <= provisions.employed_after)
    return spells.group_by("person").agg(employed_by_the_date=early.any())


def flags(provisions: Participation) -> list[pl.Expr]:
    """The three flags, never null.

    already_participant: a Participant by the terms before the Effective Date stays one; under 2.01(k)(2) those terms
    also bring in, later, who was employed by its date. joins_at_once: 2.01(k)(1). joins_by_untold_terms: 2.01(k)(2) or
    (3) reaches the person, and nothing on file says what it gives.
    """
    since = pl.col("participant_since")
    already = since < provisions.effective_date
    early = pl.col("employed_by_the_date")
    way = provisions.earlier_employees_join
    if way == "prior_terms":
        already |= early & since.is_not_null()
    already = already.fill_null(value=False)
    untold = early & ~already if way in ("prior_terms", "written_rule") else pl.lit(value=False)
    at_once = early if way == "at_once" else pl.lit(value=False)
    return [
        already.alias("already_participant"),
        at_once.fill_null(value=False).alias("joins_at_once"),
        untold.fill_null(value=False).alias("joins_by_untold_terms"),
    ]
