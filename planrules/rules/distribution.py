"""Articles V and VI: when a separated person is paid, when consent is needed, when the rest is forfeited.

Needs, of a person: separated, last_day_on, last_reason, first_day_on, birth_date, attains_retirement_age_on,
attains_at_once_age_on, attains_consent_age_on, half_birthday_on, owned_percent, years_of_service, entry_on,
forfeiture_break_on, frozen_percent, balances in cents, cashed_out_on, repaid_on, back_after_cash_out_on.
Gives the distribution part of an answer. Nothing but the required beginning date is given to somebody employed.
"""

from dataclasses import dataclass
from datetime import date

import polars as pl

from planrules import dates
from planrules.book import Rule, rule
from planrules.dates import Calendar
from planrules.plan.distribution import Distribution

FULL = 100


@dataclass(frozen=True)
class Given:
    """What the rules read besides columns."""

    provisions: Distribution
    plan_years: Calendar
    as_of: date

    def plan_year_through(self, day: pl.Expr) -> pl.Expr:
        """The last day of the Plan Year that contains `day`."""
        return self.plan_years.through(self.plan_years.number(day))


def _separated(value: pl.Expr) -> pl.Expr:
    return pl.when("separated").then(value)


@rule(
    cites=["Plan 1.28", "AA 1.29"],
    says="Employment with the Employer ended on {event_on}.",
    unit="date",
)
def event_on(_: Given) -> pl.Expr:
    """The last day of employment with the Employer; null while employed."""
    return _separated(pl.col("last_day_on"))


def _age_case(given: Given) -> pl.Expr:
    at_age = pl.col("attains_retirement_age_on") <= pl.col("event_on")
    ended_by = pl.col("last_reason").is_in(list(given.provisions.at_once_events))
    return (
        pl.when(ended_by)
        .then(pl.lit("event"))
        .when(at_age)
        .then(pl.lit("retirement_age"))
        .when("immediate")
        .then(pl.lit("early"))
        .when("separated")
        .then(pl.lit("later"))
    )


@rule(
    cites=["@at_once_age", "@at_once_events", "@ten_years_of_service"],
    says={
        "event": "Employment ended by death or disability: payable as soon as practical.",
        "retirement_age": "Had reached age {normal_retirement_age} on {event_on}: payable as soon as practical.",
        "early": "Had reached age {at_once_age} with {years_for_payment} years of service on {event_on}: payable as soon "
        "as practical.",
        "later": "Had reached neither age {normal_retirement_age}, nor age {at_once_age} with {at_once_years} years of "
        "service, on {event_on}.",
    },
    case=_age_case,
    unit="flag",
)
def immediate(given: Given) -> pl.Expr:
    """Whether the benefit is payable at once rather than after the 90th day; null while employed."""
    provisions = given.provisions
    old = (pl.col("attains_retirement_age_on") <= pl.col("event_on")).fill_null(value=False)
    early = pl.lit(value=False)
    if provisions.at_once_age is not None and provisions.at_once_years is not None:
        at_age = (pl.col("attains_at_once_age_on") <= pl.col("event_on")).fill_null(value=False)
        early = at_age & (pl.col("years_for_payment") >= provisions.at_once_years)
    ended_by = pl.col("last_reason").is_in(list(provisions.at_once_events)).fill_null(value=False)
    return _separated(old | early | ended_by)


@rule(
    cites=["@payable_after_days", "AA 6.01"],
    says={
        "at_once": "Payable as soon as practical after {payable_after_on}.",
        "after_days": "Payable as soon as practical after {payable_after_on}, the {payable_after_days}th day after "
        "{event_on}.",
    },
    case=lambda _: pl.when("immediate").then(pl.lit("at_once")).when("separated").then(pl.lit("after_days")),
    unit="date",
)
def payable_after_on(given: Given) -> pl.Expr:
    """The day after which the benefit is payable: the 90th day itself, or the event; null while employed."""
    later = dates.days_after(pl.col("event_on"), given.provisions.payable_after_days)
    return pl.when("immediate").then("event_on").otherwise(later)


@rule(
    cites=["@consent_amount", "Plan 6.01(A)(1)"],
    says="The vested balance is {vested_total}.",
    unit="money",
)
def vested_total(_: Given) -> pl.Expr:
    """Deferral and qualified nonelective balances and the owned part of the others; cents, half-up; null if unknown."""
    shared = pl.col("balance_regular_matching") + pl.col("balance_employer")
    owned = (2 * shared * pl.col("owned_percent") + FULL) // (2 * FULL)
    return _separated(pl.col("balance_deferral") + pl.col("balance_qualified_nonelective") + owned)


def _consent_case(given: Given) -> pl.Expr:
    small = pl.col("vested_total") <= given.provisions.consent_amount * 100
    return (
        pl.when(small)
        .then(pl.lit("small"))
        .when("consent_required")
        .then(pl.lit("required"))
        .when(pl.col("consent_required").is_not_null())
        .then(pl.lit("old"))
    )


@rule(
    cites=["@consent_amount", "@consent_age", "Plan 6.01(A)(2)"],
    says={
        "small": "The vested balance, {vested_total}, is not over ${consent_amount}: no consent is needed.",
        "required": "The vested balance, {vested_total}, is over ${consent_amount}: nothing is paid without consent before "
        "{attains_consent_age_on}.",
        "old": "The later of Normal Retirement Age and {consent_age} was reached on {attains_consent_age_on}: no consent is "
        "needed.",
    },
    case=_consent_case,
    unit="flag",
)
def consent_required(given: Given) -> pl.Expr:
    """Whether payment needs the person's consent: over $3,500 and before the later of 65 and 62; null while employed."""
    large = pl.col("vested_total") > given.provisions.consent_amount * 100
    young = pl.col("attains_consent_age_on") > given.as_of
    return _separated(large & young)


@rule(
    cites=["@default_payment_days", "Plan 6.01(A)(2)", "Plan 6.01(C)", "IRC 401(a)(14)"],
    says={
        "death": "After a death, paid by {default_payment_on} when nobody elects otherwise.",
        "separated": "When nobody elects, paid on {default_payment_on}: the {default_payment_days}th day after the Plan Year "
        "of the latest of Normal Retirement Age, age {consent_age} and separation.",
    },
    case=lambda _: pl.when(pl.col("last_reason") == "death").then(pl.lit("death")).when("separated").then(pl.lit("separated")),
    unit="date",
)
def default_payment_on(given: Given) -> pl.Expr:
    """The day the benefit is paid when nobody elects; null while employed or when the birth date is not known."""
    latest = pl.max_horizontal("event_on", "attains_consent_age_on")
    day = pl.when(pl.col("last_reason") == "death").then("event_on").otherwise(latest)
    return _separated(dates.days_after(given.plan_year_through(day), given.provisions.default_payment_days))


@rule(
    cites=["@required_beginning_years", "IRC 401(a)(9)"],
    says="Payment must begin by {required_beginning_on}: 1 April after the calendar year of age 70 1/2 ({half_birthday_on}).",
    unit="date",
)
def required_beginning_on(given: Given) -> pl.Expr:
    """The required beginning date; null when the birth date is not known.

    Given to everyone separated, and to somebody employed from the year of age 70 1/2 on: employment does not put it
    off. Only for age 70 1/2 before 1988 it is 1 April after the later of that year and the year of separation.
    """
    half = pl.col("half_birthday_on")
    early = half.dt.year() < given.provisions.retirement_counts_before_year
    retired = dates.april_1_after_year_of(pl.max_horizontal(half, pl.col("event_on")))
    day = pl.when(early).then(retired).otherwise(dates.april_1_after_year_of(half))
    due = pl.col("separated") | ((half.dt.year() <= given.as_of.year) & ~early)
    return pl.when(due).then(day)


def _nothing_owned() -> pl.Expr:
    empty = (pl.col("deferral_account_on_last_day") == 0) & (pl.col("balance_qualified_nonelective") == 0)
    return empty & (pl.col("last_day_percent") == 0)


def _deemed_on(given: Given) -> pl.Expr:
    """The day of a deemed cash-out: the last day, or 1 October when entitled to an allocation for that Plan Year."""
    if not given.provisions.deemed_cash_out:
        return pl.lit(None, dtype=pl.Date)
    year_end = given.plan_year_through(pl.col("event_on"))
    day = pl.when("entitled_to_allocation").then(dates.days_after(year_end, 1)).otherwise("event_on")
    return pl.when(pl.col("separated") & _nothing_owned()).then(day)


def _cashed_on(_: Given) -> pl.Expr:
    """The day of an actual cash-out before a Forfeiture Break to somebody who owned less than all."""
    before = pl.col("cashed_out_on") <= pl.col("forfeiture_break_on").fill_null(dates.FAR_FUTURE)
    since = pl.col("cashed_out_on") >= pl.col("last_day_on")
    return pl.when(before & since & (pl.col("owned_percent") < FULL)).then("cashed_out_on")


def _broken_on(_: Given) -> pl.Expr:
    return pl.when(pl.col("frozen_percent") < FULL).then("forfeiture_break_on")


def _forfeiture_case(given: Given) -> pl.Expr:
    day = pl.col("forfeiture_on")
    return (
        pl.when(day == _cashed_on(given))
        .then(pl.lit("cash_out"))
        .when(day == _deemed_on(given))
        .then(pl.lit("deemed"))
        .when(day == _broken_on(given))
        .then(pl.lit("break"))
    )


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
def forfeiture_on(given: Given) -> pl.Expr:
    """The day the part that is not owned is forfeited; null while employed, for who never entered or who owns all.

    A fifth Break counts once it is reached; a deemed cash-out on the first day of the next Plan Year is told ahead.
    """
    found = pl.coalesce(pl.min_horizontal(_cashed_on(given), _deemed_on(given)), _broken_on(given))
    return _separated(pl.when(pl.col("entry_on") <= found).then(found))


@rule(
    cites=["Plan 5.04(A)", "Plan 5.04(B)", "Plan 5.04(C)", "@restoration_years"],
    says={
        "repaid": "The cash-out was repaid on {repaid_on}, in time, so what was forfeited comes back as of {restored_on} "
        "at its amount of {restoration_valued_on}.",
        "returned": "Came back on {last_start_on}, before a Forfeiture Break, after a deemed cash-out: what was forfeited "
        "comes back as of {restored_on} at its amount of {restoration_valued_on}.",
    },
    case=lambda given: pl.when(_repaid_as_of(given).is_not_null())
    .then(pl.lit("repaid"))
    .when(pl.col("restored_on").is_not_null())
    .then(pl.lit("returned")),
    unit="date",
)
def restored_on(given: Given) -> pl.Expr:
    """The Accounting Date as of which a forfeiture is restored, by repayment or by return; null when it is not."""
    return pl.coalesce(_repaid_as_of(given), _returned_as_of(given))


def _deemed_before_return(given: Given) -> pl.Expr:
    """The day of the deemed cash-out at the separation before the latest return; null when there was none."""
    if not given.provisions.deemed_cash_out:
        return pl.lit(None, dtype=pl.Date)
    left = pl.col("previous_last_day_on")
    no_account = (pl.col("first_salary_reduction_on") > left).fill_null(value=True)
    nothing = no_account & (pl.col("balance_qualified_nonelective") == 0) & (pl.col("previous_last_day_percent") == 0)
    next_year = dates.days_after(given.plan_year_through(left), 1)
    day = pl.when("entitled_before_return").then(next_year).otherwise(left)
    return pl.when(nothing & (pl.col("entry_on") <= left) & (day < pl.col("last_start_on"))).then(day)


def _returned_as_of(given: Given) -> pl.Expr:
    """The Accounting Date on or after a return before a Forfeiture Break: the return is the repayment (Plan 5.04(C))."""
    day, back = _deemed_before_return(given), pl.col("last_start_on")
    broken = pl.col("forfeiture_break_on").is_between(day, back).fill_null(value=False)
    paid = pl.col("cashed_out_on").is_between(pl.col("previous_last_day_on"), back).fill_null(value=False)
    return pl.when(day.is_not_null() & ~broken & ~paid).then(given.plan_year_through(back))


def _repaid_as_of(given: Given) -> pl.Expr:
    """The Accounting Date on or after a repayment that is in time.

    Within 5 years of the first day back after the cash-out, and no Forfeiture Break by the Plan Year of repayment.
    """
    deadline = dates.anniversary(pl.col("back_after_cash_out_on"), given.provisions.restoration_years, "feb_28")
    through = given.plan_year_through(pl.col("repaid_on"))
    broken = (pl.col("forfeiture_break_on") <= through) & (pl.col("forfeiture_break_on") > pl.col("cashed_out_on"))
    in_time = (pl.col("repaid_on") >= pl.col("back_after_cash_out_on")) & (pl.col("repaid_on") <= deadline)
    forfeited = (pl.col("cashed_out_percent") < FULL) & (pl.col("entry_on") <= pl.col("cashed_out_on"))
    return pl.when(in_time & forfeited & ~broken.fill_null(value=False)).then(through)


@rule(
    cites=["Plan 5.04(A)", "AA 10.14(a)"],
    says="Its amount is that of {restoration_valued_on}, the Accounting Date before the cash-out.",
    unit="date",
)
def restoration_valued_on(given: Given) -> pl.Expr:
    """The Accounting Date immediately before the cash-out, whose dollar amount is restored; null when nothing is."""
    repaid = _repaid_as_of(given).is_not_null()
    day = pl.when(repaid).then("cashed_out_on").otherwise(_deemed_before_return(given))
    before = dates.days_after(dates.plan_year_start(given.plan_year_through(day)), -1)
    return pl.when(pl.col("restored_on").is_not_null()).then(before)


RULES: tuple[Rule, ...] = (
    event_on,
    immediate,
    payable_after_on,
    vested_total,
    consent_required,
    default_payment_on,
    required_beginning_on,
    restored_on,
    restoration_valued_on,
    forfeiture_on,
)
