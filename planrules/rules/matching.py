"""Article III and section 14.06(B): the match by calendar month of pay date, in two tiers, without a true-up.

Needs: pay (cents), coverage, relationships, matching_entry_on, the rates and the yearly limits. Gives a row a person
and month in which counted pay was paid. Money is whole cents; tier percents are hundredths of a percent and rates
ten-thousandths of a percent, so that every product is a whole number and each tier is rounded once, half-up. Products
are worked out in 128 bits: no amount a file can hold is too large.
"""

from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from datetime import date
from decimal import Decimal

import polars as pl

from planrules import dates
from planrules.book import Rule, rule
from planrules.dates import Calendar
from planrules.plan.matching import MONTHS_IN_A_YEAR, Matching

_TIER_SCALE = 100
_RATE_SCALE = 10_000
_UNIT = 100 * _TIER_SCALE * MONTHS_IN_A_YEAR * 100 * _RATE_SCALE
"""One cent of match in the units of the products below."""


@dataclass(frozen=True)
class Given:
    """What the rules read besides columns. `limits`: dollars by the calendar year in which the Plan Year ends."""

    provisions: Matching
    plan_years: Calendar
    limits: Mapping[int, Decimal]
    as_of: date


def counted(pay: pl.LazyFrame, covered: pl.LazyFrame, relationships: pl.LazyFrame, given: Given) -> pl.LazyFrame:
    """The pay rows that are matched: the Employer's, paid since entry, to somebody covered on the pay date.

    When the work was done does not matter; only a check paid after the last day counts, where it is read to count at
    all, by its last day of work. `pay` has matching_entry_on. Source: AA 3.01(j)(3), 1.29, Plan 1.12, 3.06(A).
    """
    paid = pay.filter(
        pl.col("of_employer") & (pl.col("paid_on") <= given.as_of) & (pl.col("paid_on") >= pl.col("matching_entry_on"))
    )
    on_pay_date = within(paid, covered, "paid_on")
    if given.provisions.match_pay_after_separation == "out":
        return on_pay_date
    late = within(within(paid, relationships, "paid_on", inside=False), covered, "end")
    return pl.concat([on_pay_date, late])


def within(rows: pl.LazyFrame, spans: pl.LazyFrame, day: str, *, inside: bool = True) -> pl.LazyFrame:
    """The rows whose `day` lies within one of the person's spans (or, `inside` false, within none)."""
    edges = spans.select("person", span_start="start", span_before="before").sort("person", "span_start")
    found = rows.sort("person", day).join_asof(
        edges, left_on=day, right_on="span_start", by="person", strategy="backward", check_sortedness=False
    )
    held = (pl.col(day) < pl.col("span_before")).fill_null(value=False)
    return found.filter(held if inside else ~held).drop("span_start", "span_before")


def months(rows: pl.LazyFrame, given: Given) -> pl.LazyFrame:
    """Counted pay added up by month (or by check under the pay-period reading), in date order, with limit and rates.

    Columns: person, month_end, plan_year, compensation, eligible_contributions, limit, tier_1_rate, tier_2_rate and
    earlier (cents of compensation earlier in the period of the limit). A limit or rate not on file is null.
    """
    by = ["person", "month_end"] + (["paid_on", "check"] if given.provisions.allocation_period == "pay_period" else [])
    summed = (
        rows.sort("person", "paid_on", "start", "end", "compensation", "salary_reduction")
        .with_row_index("check")
        .with_columns(month_end=dates.month_through(pl.col("paid_on")))
        .group_by(by)
        .agg(
            compensation=pl.when(pl.col("compensation").is_null().any())
            .then(None)
            .otherwise(pl.col("compensation").sum()),
            eligible_contributions=pl.col("salary_reduction").sum(),
        )
        .sort(by)
        .with_columns(plan_year=given.plan_years.number(pl.col("month_end")))
    )
    return _with_rates(_with_limits(summed, given), given)


def _with_limits(summed: pl.LazyFrame, given: Given) -> pl.LazyFrame:
    limits = pl.LazyFrame(
        {"plan_year": list(given.limits), "limit": [int(dollars * 100) for dollars in given.limits.values()]},
        schema={"plan_year": pl.Int32, "limit": pl.Int64},
    )
    period = "month_end" if given.provisions.compensation_limit_in_match == "monthly_share" else "plan_year"
    fresh = (pl.col("person") != pl.col("person").shift(1)) | (pl.col(period) != pl.col(period).shift(1))
    so_far = pl.col("compensation").fill_null(0).cum_sum() - pl.col("compensation").fill_null(0)
    return (
        summed.with_columns(pl.col("plan_year").cast(pl.Int32))
        .with_columns(so_far=so_far, fresh=fresh.fill_null(value=True))
        # The frame is in order: what was paid before a person's period began is carried down and taken off.
        .with_columns(at_start=pl.when("fresh").then("so_far").forward_fill())
        .with_columns(earlier=pl.col("so_far") - pl.col("at_start"))
        .join(limits, on="plan_year", how="left", maintain_order="left")
        .drop("so_far", "fresh", "at_start")
    )


def _scaled(percents: Sequence[Decimal] | None, tier: int) -> int | None:
    return None if percents is None or tier >= len(percents) else int(percents[tier] * _RATE_SCALE)


def _with_rates(summed: pl.LazyFrame, given: Given) -> pl.LazyFrame:
    rates = given.provisions.match_rates
    table = pl.LazyFrame(
        {
            "from": [rate.from_ for rate in rates],
        }
        | {f"tier_{tier + 1}_rate": [_scaled(rate.percents, tier) for rate in rates] for tier in range(2)},
        schema={"from": pl.Date, "tier_1_rate": pl.Int64, "tier_2_rate": pl.Int64},
    )
    return (
        summed.sort("month_end")
        .join_asof(table, left_on="month_end", right_on="from", strategy="backward")
        .drop("from")
    )


@rule(
    cites=["@compensation_limit_in_match", "IRC 401(a)(17)", "Plan 1.12"],
    says="{compensation_counted} of {compensation} counts under the yearly limit.",
    unit="money",
)
def compensation_counted(given: Given) -> pl.Expr:
    """The month's compensation within the limit of the Plan Year, in date order; null when no limit is on file."""
    twelfths = _counted_twelfths(given)
    return ((2 * twelfths + MONTHS_IN_A_YEAR) // (2 * MONTHS_IN_A_YEAR)).cast(pl.Int64)


def _counted_twelfths(given: Given) -> pl.Expr:
    """Counted compensation in twelfths of a cent, so that a twelfth of a limit stays exact."""
    wide = [pl.col(name).cast(pl.Int128) for name in ("compensation", "earlier", "limit")]
    paid, earlier = wide[0] * MONTHS_IN_A_YEAR, wide[1] * MONTHS_IN_A_YEAR
    share = given.provisions.compensation_limit_in_match == "monthly_share"
    limit = wide[2] * (1 if share else MONTHS_IN_A_YEAR)
    return pl.min_horizontal(paid, (limit - earlier).clip(lower_bound=0)) + _null_like("limit", "compensation")


def _null_like(*columns: str) -> pl.Expr:
    """Zero, or null where any of the columns is: a minimum would otherwise skip what is not known."""
    return pl.sum_horizontal([pl.col(name) * 0 for name in columns], ignore_nulls=False)


def _tier_base(given: Given, above: bool) -> pl.Expr:  # noqa: FBT001  the first or the next tier
    """Deferrals that fall in a tier, in units of a cent over 120,000: each tier is so much percent of counted pay."""
    first, second = (int(percent * _TIER_SCALE) for percent in given.provisions.tier_percents)
    deferrals = pl.col("eligible_contributions").cast(pl.Int128) * 100 * _TIER_SCALE * MONTHS_IN_A_YEAR
    counted_pay = _counted_twelfths(given)
    first_room, second_room = counted_pay * first, counted_pay * second
    if not above:
        return pl.min_horizontal(deferrals, first_room)
    return pl.min_horizontal((deferrals - first_room).clip(lower_bound=0), second_room)


def _match(base: pl.Expr, rate: str) -> pl.Expr:
    amount = (base * pl.col(rate).cast(pl.Int128) + _UNIT // 2) // _UNIT
    return amount.cast(pl.Int64) + _null_like(rate, "compensation_counted")


@rule(
    cites=["AA 3.01(h)(3)(ii)", "@tier_percents", "@match_rates"],
    says="{tier_1} on the first tier of deferrals.",
    unit="money",
)
def tier_1(given: Given) -> pl.Expr:
    """The match on the first tier, rounded half-up once; null when no rate is on file."""
    return _match(_tier_base(given, above=False), "tier_1_rate")


@rule(
    cites=["AA 3.01(h)(3)(ii)", "@tier_percents", "@match_rates"],
    says="{tier_2} on the next tier of deferrals.",
    unit="money",
)
def tier_2(given: Given) -> pl.Expr:
    """The match on the second tier, rounded half-up once; null when no rate is on file."""
    return _match(_tier_base(given, above=True), "tier_2_rate")


AMOUNTS: tuple[Rule, ...] = (compensation_counted, tier_1, tier_2)


def allocations(amounts: pl.LazyFrame) -> pl.LazyFrame:
    """One row a person and month: checks added up where the reading works them out one by one."""
    amount = ["compensation", "compensation_counted", "eligible_contributions", "tier_1", "tier_2"]
    return amounts.group_by("person", "month_end", "plan_year").agg(
        *(pl.when(pl.col(name).is_null().any()).then(None).otherwise(pl.col(name).sum()).alias(name) for name in amount)
    )


@rule(cites=["AA 3.01(b)", "AA 3.01(h)(3)(ii)"], says="{match} for the month that ended on {month_end}.", unit="money")
def match(_: Given) -> pl.Expr:
    """The month's match: both tiers; null when no rate, limit or compensation is on file."""
    return pl.col("tier_1") + pl.col("tier_2")


@rule(
    cites=["@match_employment_condition"],
    says="The condition for the month that ended on {month_end} is tested on {tested_on}.",
    unit="date",
)
def tested_on(given: Given) -> pl.Expr:
    """The day on which the condition for the allocation is tested: the Plan Year's last day, or the month's."""
    if given.provisions.match_employment_condition == "plan_year_end":
        return given.plan_years.through(pl.col("plan_year"))
    return pl.col("month_end")


@rule(
    cites=["@match_employment_condition", "AA 3.04(c)"],
    says="Employed by the Employer on {tested_on}.",
    unit="flag",
)
def allocated(given: Given) -> pl.Expr:
    """Whether the month's match is allocated: false until its test day has come, then the result of the test."""
    tested = pl.col("tested_on") <= given.as_of
    enough = pl.col("month_hours") * MONTHS_IN_A_YEAR >= given.provisions.match_month_hours * 100
    if given.provisions.match_employment_condition == "none":
        return tested & enough
    return tested & pl.col("employed_on_test_day") & enough


LEDGER: tuple[Rule, ...] = (match, tested_on)


def with_test(ledger: pl.LazyFrame, relationships: pl.LazyFrame) -> pl.LazyFrame:
    """Adds employed_on_test_day: whether the person is employed by the Employer on `tested_on`."""
    employed = within(ledger, relationships, "tested_on").select(
        "person", "month_end", employed_on_test_day=pl.lit(value=True)
    )
    return ledger.join(employed, on=["person", "month_end"], how="left").with_columns(
        pl.col("employed_on_test_day").fill_null(value=False)
    )
