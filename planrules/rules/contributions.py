"""AA 2.01(c): contributions with conditions of their own, and the day from which the match counts.

Needs: entry_on, and of the other conditions apart_completed_on, apart_scheduled_on and apart_entry_on. Gives:
matching_entry_on and the list of `contributions`.
"""

import polars as pl

from planrules.book import Rule, rule
from planrules.plan.participation import Participation

EMPTY = pl.List(
    pl.Struct(
        {
            "contribution": pl.String,
            "eligibility_completed_on": pl.Date,
            "scheduled_entry_on": pl.Date,
            "entry_on": pl.Date,
        }
    )
)


def _case(provisions: Participation) -> pl.Expr:
    if "matching" not in provisions.contributions_apart:
        return pl.lit(None, dtype=pl.String)
    entered = pl.col("matching_entry_on").is_not_null()
    return pl.when(entered).then(pl.lit("apart")).otherwise(pl.lit("not_yet"))


@rule(
    cites=["@contributions_apart", "@conditions_apart", "@entry_falls"],
    says={
        "apart": "Matching contributions have conditions of their own, met on {apart_completed_on}: they count from "
        "{matching_entry_on} on.",
        "not_yet": "Matching contributions have conditions of their own, and no day counts for them yet.",
    },
    case=_case,
    unit="date",
)
def matching_entry_on(provisions: Participation) -> pl.Expr:
    """The first day as a Participant in matching contributions: `entry_on` where they have no conditions of their own.

    Never before `entry_on`. Null when not entered.
    """
    return pl.col("apart_entry_on" if "matching" in provisions.contributions_apart else "entry_on")


def contributions(provisions: Participation) -> pl.Expr:
    """One row a contribution with conditions of its own: the days they give; an empty list where there are none."""
    rows = [
        pl.struct(
            contribution=pl.lit(each),
            eligibility_completed_on="apart_completed_on",
            scheduled_entry_on="apart_scheduled_on",
            entry_on="apart_entry_on",
        )
        for each in provisions.contributions_apart
    ]
    listed = pl.concat_list(rows) if rows else pl.lit([], dtype=EMPTY)
    return listed.cast(EMPTY).alias("contributions")


RULES: tuple[Rule, ...] = (matching_entry_on,)
