"""Article VI: when a separated person is paid, and when consent is needed.

Needs, of a person: separated, last_day_on, last_day_years, first_day_on, employed_days, last_reason,
attains_retirement_age_on, attains_consent_age_on, half_birthday_on, owned_percent, owned_matching_percent,
balances in cents; and from the distribution dates: payment_kind, small_benefit_on, elected_on, disability_on,
at_once_by, payable_how, their numbers.
Nothing but the required beginning date is given to somebody employed.
"""

import polars as pl

from planrules import dates
from planrules.book import Given, Rule, rule
from planrules.plan.distribution import Distribution
from planrules.plan.schedules import FULL

_PARTS = 10**8
"""Parts of a percent: as many as a schedule can be fine."""


def _separated(value: pl.Expr) -> pl.Expr:
    return pl.when("separated").then(value)


@rule(
    cites=["Plan 1.28", "@employer"],
    says="Employment with the Employer ended on {event_on}.",
    unit="date",
)
def event_on(_: Given[Distribution]) -> pl.Expr:
    """The last day of employment with the Employer; null while employed."""
    return _separated(pl.col("last_day_on"))


@rule(
    cites=["@ten_years_of_service"],
    says="Has {years_for_payment} years of service for payment without a wait.",
    unit="count",
)
def years_for_payment(given: Given[Distribution]) -> pl.Expr:
    """The years of service that count for payment at once: Years for vesting on the last day, or whole employment."""
    if given.provisions.ten_years_of_service == "vesting_years":
        return pl.col("last_day_years")
    first = pl.col("first_day_on")
    last = first + pl.duration(days="employed_days")
    early = (last.dt.month() < first.dt.month()) | (
        (last.dt.month() == first.dt.month()) & (last.dt.day() < first.dt.day())
    )
    return last.dt.year() - first.dt.year() - early.cast(pl.Int32)


def _at_once_case(given: Given[Distribution]) -> pl.Expr:
    conditions = any(date.at_once_from for date in given.provisions.payment_dates)
    own = given.provisions.disability_date
    all_of_them = conditions and own is not None and own.has_no_wait
    ended_by = pl.col("payment_kind").is_in(["death", "disability"])
    return (
        pl.when(~pl.col("immediate"))
        .then(pl.lit("later" if all_of_them else "waits"))
        .when(ended_by)
        .then(pl.lit("event"))
        .otherwise(pl.coalesce("at_once_by", pl.when("separated").then(pl.lit("no_wait"))))
    )


@rule(
    cites=["@general_date", "@small_benefit_date", "@disability_date", "Plan 6.01(C)", "@ten_years_of_service"],
    says={
        "event": "Employment ended by death or disability: payable as soon as practical.",
        "retirement_age": "Had reached age {normal_retirement_age} on {event_on}: payable as soon as practical.",
        "retirement_age_and_years": "Had reached age {normal_retirement_age} with {years_for_payment} years of service "
        "on {event_on}: payable as soon as practical.",
        "retirement": "Had reached Normal Retirement Age on {event_on}: payable as soon as practical.",
        "retirement_and_years": "Had reached Normal Retirement Age with {years_for_payment} years of service on "
        "{event_on}: payable as soon as practical.",
        "age": "Had reached age {at_once_age} on {event_on}: payable as soon as practical.",
        "age_and_years": "Had reached age {at_once_age} with {years_for_payment} years of service on {event_on}: "
        "payable as soon as practical.",
        "no_wait": "Nothing has to be waited for after {event_on}: payable as soon as practical.",
        "later": "Nothing on {event_on} brought payment forward: no age and service, death or disability.",
        "waits": "Not payable at once after {event_on}.",
    },
    case=_at_once_case,
    unit="flag",
)
def immediate(_: Given[Distribution]) -> pl.Expr:
    """Whether the benefit is payable at once, with nothing to wait for; null while employed."""
    payable = (pl.col("payable_after_on") == pl.col("event_on")).fill_null(value=False)
    return _separated(payable)


@rule(
    cites=["@general_date", "@small_benefit_date"],
    says={
        "at_once": "Payable as soon as practical after {payable_after_on}.",
        "after_days": "Payable as soon as practical after {payable_after_on}, the {payable_after_days:nth} day "
        "after {event_on}.",
        "after_months": "Payable as soon as practical after {payable_after_on}: {payable_after_months} months after "
        "{event_on}.",
        "plan_year": "Payable from {payable_after_on}, in the {payable_after_plan_years:nth} Plan Year that begins "
        "after {event_on}.",
        "breaks": "Payable from {payable_after_on}, once the {payable_after_breaks:nth} Break in Service in a row "
        "after {event_on} is over.",
        "breaks_ahead": "Payable only once the {payable_after_breaks:nth} Break in Service in a row is over, which "
        "has not come about.",
        "retirement_age": "Payable as soon as practical after {payable_after_on}; Normal Retirement Age is reached on "
        "{attains_retirement_age_on}.",
        "retirement_year": "Payable after {payable_after_on}, the close of the Plan Year in which Normal Retirement "
        "Age is reached ({attains_retirement_age_on}).",
        "age": "Payable as soon as practical after {payable_after_on}, with age {payable_from_age} reached and enough "
        "Years of Service: {payable_after_years} are needed.",
        "age_ahead": "Payable only from age {payable_from_age} with enough Years of Service: {payable_after_years} are "
        "needed.",
        "not_before": "Payable as soon as practical after {payable_after_on}, no earlier than {payable_after_days} "
        "days after {event_on}.",
    },
    case=lambda _: pl.col("payable_how"),
    unit="date",
)
def payable_after_on(_: Given[Distribution]) -> pl.Expr:
    """The day after which the benefit is payable, such as the 90th day itself, or the event.

    Null while employed, and as long as what is waited for has not come about (Breaks in Service, Years of Service).
    """
    kinds = {
        "death": "event_on",
        "disability": "disability_on",
        "small": "small_benefit_on",
        "large": "elected_on",
    }
    return pl.coalesce(pl.when(pl.col("payment_kind") == kind).then(day) for kind, day in kinds.items())


def _share(percent: pl.Expr) -> pl.Expr:
    """A percentage as whole hundred-millionths, so that a share of money stays exact."""
    return (percent.cast(pl.Decimal(11, 8)) * _PARTS).cast(pl.Int128)


@rule(
    cites=["@consent_amount", "Plan 6.01(A)(1)", "@minimum_vested_amount"],
    says="The vested balance is {vested_total}.",
    unit="money",
)
def vested_total(given: Given[Distribution]) -> pl.Expr:
    """Deferral and qualified nonelective balances and the owned part of the others; cents, half-up; null if unknown.

    Where a minimum is elected, never less than it or all that it covers, whichever is less.
    """
    match, employer = pl.col("balance_regular_matching"), pl.col("balance_employer")
    always = pl.col("balance_deferral") + pl.col("balance_qualified_nonelective")
    parts = 2 * (match * _share(pl.col("owned_matching_percent")) + employer * _share(pl.col("owned_percent")))
    owned = ((parts + FULL * _PARTS) // (2 * FULL * _PARTS)).cast(pl.Int64)
    amount = given.provisions.minimum_vested_amount
    if amount is None:
        return _separated(always + owned)
    least = int(amount * 100)
    if given.provisions.minimum_vested_covers == "employer_money":
        return _separated(always + pl.max_horizontal(owned, pl.min_horizontal(match + employer, least)))
    return _separated(pl.max_horizontal(always + owned, pl.min_horizontal(always + match + employer, least)))


def _small(given: Given[Distribution]) -> pl.Expr:
    return pl.col("vested_total") <= given.provisions.consent_amount * 100


def _consent_case(given: Given[Distribution]) -> pl.Expr:
    small = _small(given)
    return (
        pl.when((pl.col("last_reason") == "death") & ~small)
        .then(pl.lit("death"))
        .when(small)
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
        "death": "More than ${consent_amount} is owned: after a death the beneficiary elects when and how it is paid.",
        "required": "The vested balance, {vested_total}, is over ${consent_amount}: nothing is paid without consent "
        "before {attains_consent_age_on}.",
        "old": "The later of Normal Retirement Age and {consent_age} was reached on {attains_consent_age_on}: no "
        "consent is needed.",
    },
    case=_consent_case,
    unit="flag",
)
def consent_required(given: Given[Distribution]) -> pl.Expr:
    """Whether payment needs the person's consent: over $3,500, before the later of 65 and 62; null while employed."""
    large = pl.col("vested_total") > given.provisions.consent_amount * 100
    young = pl.col("attains_consent_age_on") > given.as_of
    return _separated(large & young)


@rule(
    cites=["@default_payment_days", "Plan 6.01(A)(2)", "Plan 6.01(C)", "IRC 401(a)(14)"],
    says={
        "death": "After a death, paid by {default_payment_on} when nobody elects otherwise.",
        "small_benefit": "Paid by {default_payment_on} at the latest: the {default_payment_days:nth} day after the "
        "Plan Year of the later of Normal Retirement Age and separation.",
        "small": "Paid by {default_payment_on} at the latest: the {default_payment_days:nth} day after the Plan "
        "Year of the latest of Normal Retirement Age, age {consent_age} and separation.",
        "sooner": "Paid by {default_payment_on} at the latest, which comes before the distribution date: the "
        "{default_payment_days:nth} day after the Plan Year of the later of Normal Retirement Age and separation.",
        "separated": "When nobody elects, paid on {default_payment_on}: the {default_payment_days:nth} day after the "
        "Plan Year of the latest of Normal Retirement Age, age {consent_age} and separation.",
    },
    case=lambda given: (
        pl.when(pl.col("last_reason") == "death")
        .then(pl.lit("death"))
        .when("separated")
        .then(
            pl.when(_small(given) & (pl.col("default_payment_on") < pl.col("payable_after_on")))
            .then(pl.lit("sooner"))
            .when(_small(given) & (pl.col("attains_retirement_age_on") < pl.col("attains_consent_age_on")))
            .then(pl.lit("small_benefit"))
            .when(~pl.col("consent_required"))
            .then(pl.lit("small"))
            .otherwise(pl.lit("separated"))
        )
    ),
    unit="date",
)
def default_payment_on(given: Given[Distribution]) -> pl.Expr:
    """The day the benefit is paid when nobody elects; null while employed or when the birth date is not known.

    Of a small benefit the age is Normal Retirement Age, of a larger one the later of it and the age of consent.
    """
    age_on = pl.when(_small(given)).then("attains_retirement_age_on").otherwise("attains_consent_age_on")
    latest = pl.when(age_on.is_not_null()).then(pl.max_horizontal("event_on", age_on))
    day = pl.when(pl.col("last_reason") == "death").then("event_on").otherwise(latest)
    return _separated(dates.days_after(given.plan_year_through(day), given.provisions.default_payment_days))


@rule(
    cites=["@required_beginning_years", "IRC 401(a)(9)"],
    says="Payment must begin by {required_beginning_on}, the year after the one of age 70 1/2 ({half_birthday_on}).",
    unit="date",
)
def required_beginning_on(given: Given[Distribution]) -> pl.Expr:
    """The required beginning date; null when the birth date is not known.

    Given to everyone separated, and to somebody employed from the year of age 70 1/2 on: employment does not put it
    off. Only for age 70 1/2 before 1988 it is 1 April after the later of that year and the year of separation.
    """
    half = pl.col("half_birthday_on")
    early = half.dt.year() < given.provisions.retirement_counts_before_year
    retired = dates.april_1_after_year_of(pl.max_horizontal(half, pl.col("event_on")))
    day = pl.when(early).then(retired).otherwise(dates.april_1_after_year_of(half))
    due = pl.col("separated") | (pl.col("employed") & (half.dt.year() <= given.as_of.year) & ~early)
    return pl.when(due).then(day)


ON_LEAVING: tuple[Rule, ...] = (event_on, years_for_payment, vested_total)
"""What the distribution dates read."""
OF_PAYMENT: tuple[Rule, ...] = (
    payable_after_on,
    immediate,
    consent_required,
    default_payment_on,
    required_beginning_on,
)
"""What reads the distribution dates."""
RULES: tuple[Rule, ...] = (
    event_on,
    immediate,
    payable_after_on,
    vested_total,
    consent_required,
    default_payment_on,
    required_beginning_on,
)
"""The rules that speak of a person, in the order in which they are told."""
