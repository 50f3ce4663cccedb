"""Article V, sections 5.04 and 5.09: when what is not owned is forfeited, and when it comes back.

Needs, of a person: separated, event_on, entry_on, last_day_percent, previous_last_day_on and its percent,
last_start_on, forfeiture_break_on, least_frozen_percent, balances in cents, cashed_out_on and its percent, repaid_on,
back_after_cash_out_on, left_before_cash_out_on, first_salary_reduction_on, entitled_to_allocation,
entitled_before_return. Where accounts have different percentages these are the greatest of any, but the least at a
cash-out and at a Forfeiture Break. And the columns of DAYS, which `days` adds.
"""

import polars as pl

from planrules import dates
from planrules.book import Given, Rule, rule
from planrules.plan.distribution import Distribution
from planrules.plan.vesting import FULL

DAYS = ("cashed_on", "deemed_on", "broken_on", "repaid_as_of", "deemed_before_return_on", "returned_as_of")
"""The columns that `days` adds."""


def days(frame: pl.LazyFrame, given: Given[Distribution]) -> pl.LazyFrame:
    """Adds the days on which something may be forfeited, or come back; each null where the person has none of its kind.

    cashed_on, deemed_on and broken_on: a cash-out, a deemed one and a Forfeiture Break since the last separation.
    deemed_before_return_on: a deemed cash-out at the separation before the latest return. repaid_as_of and
    returned_as_of: the Accounting Date on or after a repayment, and a return that stands for one.
    """
    frame = frame.with_columns(
        cashed_on=_cashed_on(),
        deemed_on=_deemed_on(given),
        broken_on=pl.when(pl.col("least_frozen_percent") < FULL).then("forfeiture_break_on"),
        repaid_as_of=_repaid_as_of(given),
        deemed_before_return_on=_deemed_before_return(given),
    )
    return frame.with_columns(returned_as_of=_returned_as_of(given))


def _nothing_owned(given: Given[Distribution]) -> pl.Expr:
    empty = (pl.col("deferral_account_on_last_day") == 0) & (pl.col("balance_qualified_nonelective") == 0)
    return empty & (pl.col("last_day_percent") == 0) & ~_minimum_owned(given)


def _minimum_owned(given: Given[Distribution]) -> pl.Expr:
    """Whether the amount that is always vested leaves something owned (AA 5.03(f))."""
    some = pl.col("balance_regular_matching") + pl.col("balance_employer") > 0
    return some & pl.lit(bool(given.provisions.minimum_vested_amount))


def _deemed_on(given: Given[Distribution]) -> pl.Expr:
    """The day of a deemed cash-out: the last day, or the first day of the next Plan Year for who gets an allocation."""
    if not given.provisions.deemed_cash_out:
        return pl.lit(None, dtype=pl.Date)
    year_end = given.plan_year_through(pl.col("event_on"))
    day = pl.when("entitled_to_allocation").then(dates.days_after(year_end, 1)).otherwise("event_on")
    return pl.when(pl.col("separated") & _nothing_owned(given)).then(day)


def _cashed_on() -> pl.Expr:
    """The day of an actual cash-out before a Forfeiture Break to somebody who owned less than all."""
    broken = pl.col("forfeiture_break_on").is_between("last_day_on", "cashed_out_on").fill_null(value=False)
    since = pl.col("cashed_out_on") >= pl.col("last_day_on")
    return pl.when(since & ~broken & (pl.col("cashed_out_percent") < FULL)).then("cashed_out_on")


def _forfeiture_case(_: Given[Distribution]) -> pl.Expr:
    ways = {"cash_out": "cashed_on", "deemed": "deemed_on", "break": "broken_on"}
    return pl.coalesce(pl.when(pl.col("forfeiture_on") == pl.col(day)).then(pl.lit(way)) for way, day in ways.items())


@rule(
    cites=["@deemed_cash_out", "Plan 5.04", "Plan 5.09", "@forfeiture_break_years"],
    says={
        "cash_out": "What was not owned was forfeited on {forfeiture_on}, when all that was owned was paid out.",
        "deemed": "Owned nothing and had no deferral account: deemed cashed out and forfeited on {forfeiture_on}.",
        "break": "What was not owned was forfeited on {forfeiture_on}, the close of the fifth Break in a row.",
    },
    case=_forfeiture_case,
    unit="date",
)
def forfeiture_on(_: Given[Distribution]) -> pl.Expr:
    """The day the part that is not owned is forfeited; null while employed, for who never entered or who owns all.

    A fifth Break counts once it is reached; a deemed cash-out on the first day of the next Plan Year is told ahead.
    """
    found = pl.coalesce(pl.min_horizontal("cashed_on", "deemed_on"), "broken_on")
    return pl.when(pl.col("separated") & (pl.col("entry_on") <= found)).then(found)


@rule(
    cites=["Plan 5.04(A)", "Plan 5.04(B)", "Plan 5.04(C)", "@restoration_years"],
    says={
        "repaid": "The cash-out was repaid on {repaid_on}, in time: what was forfeited comes back as of {restored_on} "
        "at its amount of {restoration_valued_on}.",
        "returned": "Came back on {last_start_on}, before a Forfeiture Break, after a deemed cash-out: what was "
        "forfeited comes back as of {restored_on} at its amount of {restoration_valued_on}.",
    },
    case=lambda _: (
        pl.when(pl.col("repaid_as_of").is_not_null())
        .then(pl.lit("repaid"))
        .when(pl.col("restored_on").is_not_null())
        .then(pl.lit("returned"))
    ),
    unit="date",
)
def restored_on(_: Given[Distribution]) -> pl.Expr:
    """The Accounting Date as of which a forfeiture is restored, by repayment or by return; null when it is not."""
    return pl.coalesce("repaid_as_of", "returned_as_of")


def _deemed_before_return(given: Given[Distribution]) -> pl.Expr:
    """The day of the deemed cash-out at the separation before the latest return; null when there was none."""
    if not given.provisions.deemed_cash_out:
        return pl.lit(None, dtype=pl.Date)
    left = pl.col("previous_last_day_on")
    no_account = (pl.col("first_salary_reduction_on") > left).fill_null(value=True)
    nothing = no_account & (pl.col("balance_qualified_nonelective") == 0) & (pl.col("previous_last_day_percent") == 0)
    nothing &= ~_minimum_owned(given)
    next_year = dates.days_after(given.plan_year_through(left), 1)
    day = pl.when("entitled_before_return").then(next_year).otherwise(left)
    return pl.when(nothing & (pl.col("entry_on") <= left) & (day < pl.col("last_start_on"))).then(day)


def _returned_as_of(given: Given[Distribution]) -> pl.Expr:
    """The Accounting Date on or after a return before a Forfeiture Break: it is the repayment (Plan 5.04(C))."""
    day, back = pl.col("deemed_before_return_on"), pl.col("last_start_on")
    broken = pl.col("forfeiture_break_on").is_between(day, back).fill_null(value=False)
    paid = pl.col("cashed_out_on").is_between(pl.col("previous_last_day_on"), back).fill_null(value=False)
    return pl.when(day.is_not_null() & ~broken & ~paid).then(given.plan_year_through(back))


def _repaid_as_of(given: Given[Distribution]) -> pl.Expr:
    """The Accounting Date on or after a repayment that is in time.

    Within 5 years of the first day back after the cash-out, and no Forfeiture Break from the separation before it to
    the Plan Year of repayment: after one the forfeiture was that of the Break.
    """
    leap = given.provisions.leap_day_anniversary
    deadline = dates.anniversary(pl.col("back_after_cash_out_on"), given.provisions.restoration_years, leap)
    through = given.plan_year_through(pl.col("repaid_on"))
    broken = pl.col("forfeiture_break_on").is_between("left_before_cash_out_on", through)
    in_time = (pl.col("repaid_on") >= pl.col("back_after_cash_out_on")) & (pl.col("repaid_on") <= deadline)
    forfeited = (pl.col("cashed_out_percent") < FULL) & (pl.col("entry_on") <= pl.col("cashed_out_on"))
    return pl.when(in_time & forfeited & ~broken.fill_null(value=False)).then(through)


@rule(
    cites=["Plan 5.04(A)", "AA 10.14(a)"],
    says="Its amount is that of {restoration_valued_on}, the Accounting Date before the cash-out.",
    unit="date",
)
def restoration_valued_on(given: Given[Distribution]) -> pl.Expr:
    """The Accounting Date immediately before the cash-out, whose dollar amount is restored; null when nothing is."""
    repaid = pl.col("repaid_as_of").is_not_null()
    day = pl.when(repaid).then("cashed_out_on").otherwise("deemed_before_return_on")
    before = given.plan_years.through(given.plan_years.number(day) - 1)
    return pl.when(pl.col("restored_on").is_not_null()).then(before)


RULES: tuple[Rule, ...] = (restored_on, restoration_valued_on, forfeiture_on)
