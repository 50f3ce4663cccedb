"""AA 2.01(c): contributions with conditions of their own, and the day from which the match counts.

Needs: entry_on, already_participant, and of the other conditions apart_completed_on, apart_scheduled_on and
apart_covered_on. Gives: apart_entry_on, matching_entry_on and the list of `contributions`.
"""

from dataclasses import dataclass
from datetime import date

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


@dataclass(frozen=True)
class Given:
    """What the rules read besides columns."""

    provisions: Participation
    as_of: date


def named(provisions: Participation) -> pl.Expr:
    """The contributions with conditions of their own, in words: the column contributions_named."""
    words = [each.replace("_", " ") for each in provisions.contributions_apart]
    return pl.lit(f"{' and '.join(filter(None, (', '.join(words[:-1]), *words[-1:])))} contributions").alias(
        "contributions_named"
    )


def _case(given: Given) -> pl.Expr:
    if given.provisions.conditions_apart is None:
        return pl.lit(None, dtype=pl.String)
    done = pl.col("apart_completed_on").is_not_null()
    return (
        pl.when(pl.col("apart_entry_on").is_not_null() & done)
        .then(pl.lit("apart"))
        .when(pl.col("apart_entry_on").is_not_null())
        .then(pl.lit("spared"))
        .when(done)
        .then(pl.lit("waits"))
        .otherwise(pl.lit("not_yet"))
    )


@rule(
    cites=["@contributions_apart", "@conditions_apart", "@entry_falls"],
    says={
        "apart": "There are other conditions for {contributions_named}: they were met on {apart_completed_on}, and "
        "the person shares in them from {apart_entry_on} on.",
        "waits": "There are other conditions for {contributions_named}: they were met on {apart_completed_on}, and no "
        "day since gives a share in them.",
        "not_yet": "There are other conditions for {contributions_named}, and they are not met.",
        "spared": "There are other conditions for {contributions_named}, but not for this person: a share in them "
        "from {apart_entry_on} on.",
    },
    case=_case,
    unit="date",
)
def apart_entry_on(given: Given) -> pl.Expr:
    """The first day of sharing in contributions with conditions of their own; null when none, or not reached.

    The first covered day since both the Plan Entry Date that those conditions give and `entry_on`.
    """
    reached = pl.when(pl.col("apart_covered_on") <= given.as_of).then("apart_covered_on")
    return pl.when("already_participant").then("entry_on").otherwise(reached)


@rule(
    cites=["@contributions_apart", "@conditions_apart"],
    says="Pay and deferrals are matched from {matching_entry_on} on.",
    unit="date",
)
def matching_entry_on(given: Given) -> pl.Expr:
    """The first day as a Participant in matching contributions: `entry_on` where they have no conditions of their own.

    Never before `entry_on`. Null when not entered.
    """
    return pl.col("apart_entry_on" if "matching" in given.provisions.contributions_apart else "entry_on")


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


RULES: tuple[Rule, ...] = (apart_entry_on, matching_entry_on)
