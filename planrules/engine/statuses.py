"""The status of every field, from a person's columns.

Needs a flag `open.<field>` (a missing fact leaves it open) and `assumed.<field>` (it rests on an assumption).
"""

from collections.abc import Mapping
from datetime import date

import polars as pl

from planrules.engine.fields import FIELDS, fields
from planrules.engine.superseded import bites
from planrules.plan import Terms

_NO = pl.lit(value=False)
_NEEDS_READING, _NEEDS_DATA, _SUPERSEDED, _NOT_APPLICABLE, _PROVISIONAL, _PROJECTED, _DECIDED = map(
    pl.lit, ("needs_reading", "needs_data", "superseded", "not_applicable", "provisional", "projected", "decided")
)
"""The words, made once: every field of every answer chooses among them."""


def statuses(terms: Terms, as_of: date) -> pl.Expr:
    """A struct of one status a field."""
    overtaken, nothing = bites(terms, as_of), _not_applicable(terms)
    return pl.struct(_status(name, as_of, overtaken, nothing).alias(name) for name in fields()).alias("statuses")


def _status(name: str, as_of: date, overtaken: Mapping[str, pl.Expr], nothing: Mapping[str, pl.Expr]) -> pl.Expr:
    return (
        pl.when(f"untold.{name}")
        .then(_NEEDS_READING)
        .when(f"open.{name}")
        .then(_NEEDS_DATA)
        .when(overtaken.get(name, _NO).fill_null(value=False))
        .then(_SUPERSEDED)
        .when(nothing.get(name, _NO) & ~pl.col(f"assumed.{name}"))
        .then(_NOT_APPLICABLE)
        .when(_provisional(name))
        .then(_PROVISIONAL)
        .when(pl.col(f"assumed.{name}") | _ahead(name, as_of))
        .then(_PROJECTED)
        .when(_unknown(name))
        .then(_NEEDS_DATA)
        .otherwise(_DECIDED)
    )


def _not_applicable(terms: Terms) -> Mapping[str, pl.Expr]:
    """For each field, when there is nothing to answer: no separation for payment dates, no entry for the match.

    A payment date that waits for Breaks or Years of Service is null as long as they have not been reached.
    """
    employed = ~pl.col("separated")
    nothing: dict[str, pl.Expr] = dict.fromkeys(FIELDS["distribution"], employed)
    nothing |= {name: employed & pl.col(name).is_null() for name in ("required_beginning_on", "forfeiture_on")}
    nothing["payable_after_on"] = pl.col("payable_after_on").is_null()
    nothing |= {name: pl.col(name).is_null() for name in ("employer_withdrawal_on", "deferral_withdrawal_on")}
    nothing |= {name: pl.col("restored_on").is_null() & pl.col("cashed_out_on").is_null() for name in _RESTORED}
    nothing |= {name: pl.col(name).is_null() for name in _ONLY_SOMETIMES}
    nothing["fully_vested_on"] = pl.col("fully_vested_on").is_null() & ~pl.col("employed_anywhere")
    nothing["vested_percent_before_forfeiture_break"] = pl.col("forfeiture_break_on").is_null()
    return nothing | _not_elected(terms)


def _not_elected(terms: Terms) -> dict[str, pl.Expr]:
    """Fields of what the plan does not have: a match, salary reduction, or a limit on it."""
    none = [] if terms.matching.match_elected else list(FIELDS["matching"])
    none += [] if terms.deferral.elected else list(FIELDS["deferral"])
    none += [] if terms.deferral.deferral_percent is not None else ["maximum_percent", "plan_year_maximum"]
    none += [] if terms.deferral.least_deferral_percent is not None else ["minimum_percent"]
    return dict.fromkeys(none, pl.lit(value=True))


_ONLY_SOMETIMES = ("next_entry_on", "earliest_entry_on", "suspended_from", "suspended_through")
"""Days that most people have none of."""

_RESTORED = ("restored_on", "restoration_valued_on")


def _provisional(name: str) -> pl.Expr:
    return (pl.col("provisional_months") > 0).fill_null(value=False) if name in FIELDS["matching"] else _NO


def _ahead(name: str, as_of: date) -> pl.Expr:
    """A day that only an assumption about the future brings."""
    if name == "earliest_entry_on":
        return pl.col(name).is_not_null()
    ahead = (
        *("next_entry_on", "fully_vested_on", "forfeiture_on"),
        *("employer_withdrawal_on", "deferral_withdrawal_on"),
    )
    return (pl.col(name) > as_of).fill_null(value=False) if name in ahead else _NO


def _unknown(name: str) -> pl.Expr:
    """No amount on file where one is needed."""
    needed = ("annual_limit", "plan_year_compensation", "plan_year_maximum")
    return pl.col(name).is_null() if name in needed else _NO
