"""The status of every field, from a person's columns.

Needs the flags that say why a field is not given, or what it rests on. A condition that is null does not hold.
"""

from collections.abc import Mapping
from datetime import date

import polars as pl

from planrules.engine.fields import FIELDS, fields
from planrules.engine.flags import OPEN, TAKEN, UNTOLD, Flags
from planrules.engine.superseded import bites
from planrules.plan import Terms

_NEEDS_READING, _NEEDS_DATA, _SUPERSEDED, _NOT_APPLICABLE, _PROVISIONAL, _PROJECTED, _DECIDED = map(
    pl.lit, ("needs_reading", "needs_data", "superseded", "not_applicable", "provisional", "projected", "decided")
)
"""The words, made once: every field of every answer chooses among them."""


def statuses(terms: Terms, as_of: date, flags: Flags) -> pl.Expr:
    """A struct of one status a field."""
    overtaken, nothing = bites(terms, as_of), _not_applicable(terms)

    def status(name: str) -> pl.Expr:
        taken = flags.flag(TAKEN, name)
        cases = (
            (flags.flag(UNTOLD, name), _NEEDS_READING),
            (flags.flag(OPEN, name), _NEEDS_DATA),
            (overtaken.get(name), _SUPERSEDED),
            (_unless_taken(nothing.get(name), taken), _NOT_APPLICABLE),
            (_provisional(name), _PROVISIONAL),
            (taken, _PROJECTED),
            (_ahead(name, as_of), _PROJECTED),
            (_unknown(name), _NEEDS_DATA),
        )
        return pl.coalesce(*(pl.when(so).then(word) for so, word in cases if so is not None), _DECIDED)

    return pl.struct(status(name).alias(name) for name in fields()).alias("statuses")


def _unless_taken(nothing: pl.Expr | None, taken: pl.Expr | None) -> pl.Expr | None:
    """When there is nothing to answer. What only an assumption leaves empty is not that: it is projected."""
    return nothing if nothing is None or taken is None else nothing & ~taken


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


def _provisional(name: str) -> pl.Expr | None:
    return pl.col("provisional_months") > 0 if name in FIELDS["matching"] else None


def _ahead(name: str, as_of: date) -> pl.Expr | None:
    """A day that only an assumption about the future brings."""
    if name == "earliest_entry_on":
        return pl.col(name).is_not_null()
    ahead = (
        *("next_entry_on", "fully_vested_on", "forfeiture_on"),
        *("employer_withdrawal_on", "deferral_withdrawal_on"),
    )
    return pl.col(name) > as_of if name in ahead else None


def _unknown(name: str) -> pl.Expr | None:
    """No amount on file where one is needed."""
    needed = ("annual_limit", "plan_year_compensation", "plan_year_maximum")
    return pl.col(name).is_null() if name in needed else None
