"""Section 1.12: the Compensation of a pay row, and how much of a period's counts under the yearly limit.

Needs: pay rows in cents; of a period, plan_year, compensation, limit and earlier (cents of Compensation before it in
the period of the limit). Shares are parts of a cent, as many as there are allocation dates in a Plan Year, so that
an even part of a limit is a whole number of them.
"""

from collections.abc import Mapping
from dataclasses import dataclass
from decimal import Decimal

import polars as pl

from planrules.book import Rule, rule
from planrules.plan.compensation import Compensation


@dataclass(frozen=True)
class Given:
    """What the rules read besides columns.

    Attributes:
        limits: dollars by the calendar year in which the Plan Year ends.
        shares: parts of the limit: allocation dates in a Plan Year where each has its own part, else 1.
    """

    provisions: Compensation
    limits: Mapping[int, Decimal]
    shares: int


def as_elected(provisions: Compensation) -> pl.Expr:
    """Compensation of a pay row, less what the agreement leaves out; null when the pay or such a part is not known."""
    left_out = [pl.col(name) for name in provisions.parts_to_know]
    elective = [pl.col("salary_reduction")] if provisions.elective_contributions_left_out else []
    return _less(left_out + elective)


def before_reduction(provisions: Compensation) -> pl.Expr:
    """Compensation from which may be deferred: elective contributions stay in it (AA 1.12(m)). Null as above."""
    return _less([pl.col(name) for name in provisions.parts_left_out])


def _less(parts: list[pl.Expr]) -> pl.Expr:
    """Pay less these parts, never below nothing: parts recorded twice over are not taken off other pay."""
    left = pl.col("compensation")
    for part in parts:
        left = left - part
    return left.clip(lower_bound=0)


def with_limits(periods: pl.LazyFrame, given: Given) -> pl.LazyFrame:
    """Adds the limit of the Plan Year and what was paid earlier under it; the frame is in order of person and date.

    Columns: limit (cents, null when none is on file) and earlier.
    """
    limits = pl.LazyFrame(
        {"plan_year": list(given.limits), "limit": [int(dollars * 100) for dollars in given.limits.values()]},
        schema={"plan_year": pl.Int32, "limit": pl.Int64},
    )
    period = "month_end" if given.provisions.compensation_limit_in_match == "monthly_share" else "plan_year"
    fresh = (pl.col("person") != pl.col("person").shift(1)) | (pl.col(period) != pl.col(period).shift(1))
    so_far = pl.col("compensation").fill_null(0).cum_sum() - pl.col("compensation").fill_null(0)
    return (
        periods.with_columns(pl.col("plan_year").cast(pl.Int32))
        .with_columns(so_far=so_far, fresh=fresh.fill_null(value=True))
        # The frame is in order: what was paid before a person's period began is carried down and taken off.
        .with_columns(at_start=pl.when("fresh").then("so_far").forward_fill())
        .with_columns(earlier=pl.col("so_far") - pl.col("at_start"))
        .join(limits, on="plan_year", how="left", maintain_order="left")
        .drop("so_far", "fresh", "at_start")
    )


def counted_shares(given: Given) -> pl.Expr:
    """Counted Compensation of a period in shares of a cent; null when pay or limit is not known."""
    paid, earlier, limit = (pl.col(name).cast(pl.Int128) for name in ("compensation", "earlier", "limit"))
    per_period = given.provisions.compensation_limit_in_match == "monthly_share"
    room = limit * (1 if per_period else given.shares) - earlier * given.shares
    least = pl.min_horizontal(paid * given.shares, room.clip(lower_bound=0))
    return least + pl.sum_horizontal(pl.col("limit") * 0, pl.col("compensation") * 0, ignore_nulls=False)


@rule(
    cites=["@compensation_limit_in_match", "@compensation_maximum"],
    says="{compensation_counted} of {compensation} counts under the yearly limit.",
    unit="money",
)
def compensation_counted(given: Given) -> pl.Expr:
    """The period's Compensation within the limit of the Plan Year, in date order; null when no limit is on file."""
    return ((2 * pl.col("counted_shares") + given.shares) // (2 * given.shares)).cast(pl.Int64)


RULES: tuple[Rule, ...] = (compensation_counted,)
