"""Article II: where somebody stands at the close of the evaluation date.

Needs: entry_on, next_entry_on, suspended_from, employed, in_excluded_class,
employer_not_in_yet, opted_out. Gives: status_of_employee.
"""

from dataclasses import dataclass
from datetime import date

import polars as pl

from planrules.book import Rule, rule


@dataclass(frozen=True)
class Given:
    """What the rule reads besides columns."""

    as_of: date


def _suspended(given: Given) -> pl.Expr:
    open_now = pl.col("suspended_through").is_null() & (pl.col("suspended_from") <= given.as_of)
    return open_now.fill_null(value=False)


def _case(given: Given) -> pl.Expr:
    status = pl.col("status_of_employee")
    return (
        pl.when((status == "excluded") & pl.col("opted_out") & ~pl.col("in_excluded_class"))
        .then(pl.lit("opted_out"))
        .when((status == "not_eligible") & _suspended(given))
        .then(pl.lit("suspended"))
        .when("employer_not_in_yet")
        .then(pl.lit("employer_not_in"))
        .otherwise(status)
    )


@rule(
    cites=["AA 1.07", "AA 2.01", "Plan 1.30"],
    says={
        "excluded": "In a class of employees that may not join, at the evaluation date.",
        "employer_not_in": "With a related employer that has not come into the Plan yet, at the evaluation date.",
        "opted_out": "Has elected not to participate, at the evaluation date.",
        "suspended": "A Participant since {entry_on} whose participation is suspended since {suspended_from}.",
        "former_participant": "Joined on {entry_on} and has left the Employer.",
    },
    case=_case,
    unit="word",
)
def status_of_employee(given: Given) -> pl.Expr:
    """excluded, participant, former_participant, awaiting_entry or not_eligible, in this order of precedence.

    Who has elected not to participate is excluded too; a suspended Participant still employed is not eligible.
    """
    entered = pl.col("entry_on").is_not_null()
    return (
        pl.when(pl.col("employed") & (pl.col("in_excluded_class") | pl.col("opted_out")))
        .then(pl.lit("excluded"))
        .when(pl.col("employed") & entered & _suspended(given))
        .then(pl.lit("not_eligible"))
        .when(pl.col("employed") & entered)
        .then(pl.lit("participant"))
        .when(entered)
        .then(pl.lit("former_participant"))
        .when(pl.col("next_entry_on").is_not_null())
        .then(pl.lit("awaiting_entry"))
        .otherwise(pl.lit("not_eligible"))
    )


RULES: tuple[Rule, ...] = (status_of_employee,)
