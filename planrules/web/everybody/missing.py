"""What is not on file of somebody and bears on an answer: facts that are missing, and days at work without pay rows."""

import polars as pl

from planrules.answers.next_steps import asked_of_person
from planrules.answers.notes import FACTS
from planrules.engine import Result
from planrules.engine.fields import FIELDS
from planrules.engine.knowledge import EVERYTHING

KEY = "employee_id"
_PARTICIPANTS_ONLY = FIELDS["deferral"]
"""Fields that are shown to Participants at work only; what they alone lack is not asked for of others."""


def facts_missing(result: Result) -> pl.DataFrame:
    """One row a person and fact: employee_id, fact; of the person's file alone."""
    told = pl.concat([table.select(KEY, "fact", "needed_for") for table in (result.missing, result.assumptions)])
    part = result.people.select(KEY, participant=pl.col("status_of_employee") == "participant")
    seen = pl.col("participant") | ~pl.col("needed_for").is_in(_PARTICIPANTS_ONLY)
    known = [fact for fact in told["fact"].unique() if asked_of_person(fact) is not None]
    rows = told.join(part, on=KEY, maintain_order="left").filter(seen, pl.col("fact").is_in(known))
    return rows.select(KEY, "fact").unique(maintain_order=True)


def of_the_plan(result: Result) -> tuple[str, ...]:
    """Facts that no person's file can have and that leave somebody's answer open, such as the match rates."""
    facts = result.missing["fact"].unique().sort()
    return tuple(fact for fact in facts if asked_of_person(fact) is None and fact != EVERYTHING)


def in_words(fact: str) -> str:
    """A fact that is missing, as the answers call it."""
    return FACTS.get(fact) or asked_of_person(fact) or fact.replace("_", " ")
