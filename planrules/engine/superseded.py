"""Where a dated change of law overtook an elected term before the facts: the answer stands as elected, and is said to.

A change bites a person only where it could alter the answer; the conditions are below, one an answer. The changes and
their dates are data: planrules/law/changes.yaml.
"""

from datetime import date

import polars as pl

from planrules import law
from planrules.plan import Terms


def bites(terms: Terms, as_of: date) -> dict[str, pl.Expr]:
    """For each answer field, whether a change of law in force by then overtook it for the person."""
    entry = _never_completed(terms, as_of)
    vesting = _slower_than_law(terms)
    return {
        "eligibility_completed_on": entry,
        "scheduled_entry_on": entry,
        "entry_on": entry,
        "vested_percent": vesting,
        "fully_vested_on": vesting,
        "consent_required": _between_cash_out_lines(terms, as_of),
        "required_beginning_on": _later_beginning(terms, as_of),
    }


def _reached_on(terms: Terms, field: str) -> date:
    """The first day on which a change of law overtakes the field."""
    ends = (terms.service.plan_year_ends.month, terms.service.plan_year_ends.day)
    return min(change.reached_on(ends) for change in law.changes() if change.touches(field))


def _never_completed(terms: Terms, as_of: date) -> pl.Expr:
    """Long-term part-time employees come in with fewer hours."""
    in_force = as_of >= _reached_on(terms, "entry_on")
    return pl.col("eligibility_completed_on").is_null() & pl.col("employed") & pl.lit(in_force)


def _slower_than_law(terms: Terms) -> pl.Expr:
    """Less than 100% with hours in a Plan Year for which the law asks for a faster schedule."""
    worked_since = pl.col("last_worked_year_start") >= _reached_on(terms, "vested_percent")
    return (pl.col("owned_percent") < 100) & worked_since.fill_null(value=False)  # noqa: PLR2004  the whole


def _between_cash_out_lines(terms: Terms, as_of: date) -> pl.Expr:
    """More than the elected line, and not more than the line the law has come to permit."""
    ends = (terms.service.plan_year_ends.month, terms.service.plan_year_ends.day)
    lines = [line.value for line in law.thresholds("involuntary_cash_out") if line.reached_on(ends) <= as_of]
    line = max(lines, default=0)
    elected = terms.distribution.consent_amount
    vested = pl.col("vested_total")
    return (vested > elected * 100) & (vested <= line * 100)


def _later_beginning(terms: Terms, as_of: date) -> pl.Expr:
    """A beginning date that falls when the law in force by then lets it come later."""
    reached = _reached_on(terms, "required_beginning_on")
    return (pl.col("required_beginning_on") >= reached) & pl.lit(as_of >= reached)
