"""The stage of a Participant at work: withdrawals before leaving, and hardship before and after it."""

import polars as pl

from planrules.book import Given, build_columns
from planrules.engine.collecting import collected
from planrules.engine.evaluation import Evaluation
from planrules.engine.owned_from import owned_from
from planrules.rules import in_service as rules


def in_service(asked: Evaluation, people: pl.DataFrame, years: pl.DataFrame, parts: pl.DataFrame) -> pl.DataFrame:
    """The columns of withdrawals and hardship, one row a person of `people`.

    `people` has the columns of the stages before, `years` is the vesting ledger, `parts` the pay rows cut by Plan Year.
    """
    provisions = asked.terms.in_service
    given = Given(provisions, asked.plan_years, asked.as_of)
    percent = provisions.employer_from_age_percent
    frame = owned_from(asked, people.lazy(), years.lazy(), parts.lazy(), percent)
    account = pl.col("vested_percent").struct
    shares = {name: account.field(name) for name in ("regular_matching", "employer")}
    frame = frame.with_columns(
        pl.min_horizontal(*shares.values()).alias("least_percent"),
        *(share.alias(f"percent_{name}") for name, share in shares.items()),
    )
    frame = build_columns(frame, rules.ALL, given).with_columns(rules.cited(given))
    return frame.drop(people.columns[1:]).pipe(collected)
