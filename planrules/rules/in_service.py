"""Sections 6.01(i), (j) and 6.03(d)-(l): what a Participant at work can withdraw, and who can be paid in a hardship.

Needs, of a person: entry_on, employed, separated, last_reason, birth_date, attains_retirement_age_on, fully_vested_on,
age_percent_on (the day the percentage of 6.03(e)(2) is owned), least_percent, the percentage and the balance in cents
of each account. A day ahead holds for who is still employed then.
"""

import polars as pl

from planrules import dates
from planrules.book import Given as AnyGiven
from planrules.book import Rule, rule
from planrules.plan.in_service import InService
from planrules.plan.payment_dates import Age

Given = AnyGiven[InService]
ACCOUNTS = {
    "deferral": "elective deferrals",
    "regular_matching": "the match",
    "employer": "the Employer's other money",
}
"""The accounts a hardship distribution can come from, with their words."""
_NO_DAY = pl.lit(None, dtype=pl.Date)


def _not_joined_case(_: Given) -> pl.Expr:
    not_joined = pl.col("employed") & pl.col("entry_on").is_null()
    return pl.when(not_joined.fill_null(value=False)).then(pl.lit("not_joined"))


@rule(
    cites=["Plan 6.03"],
    says={"not_joined": "Withdrawals before leaving, in a hardship too, are for Participants only."},
    case=_not_joined_case,
    unit="flag",
)
def participant_at_work(_: Given) -> pl.Expr:
    """Whether the person has joined and is employed by the Employer."""
    return (pl.col("entry_on").is_not_null() & pl.col("employed")).fill_null(value=False)


def _at_work(day: pl.Expr) -> pl.Expr:
    """The day, not before the one of joining; null for who is no Participant at work, and as long as it is null."""
    joined = pl.max_horizontal(day, pl.col("entry_on"))
    return pl.when(pl.col("participant_at_work") & day.is_not_null()).then(joined)


def _attained_on(age: Age, given: Given) -> pl.Expr:
    leap = given.provisions.leap_day_anniversary
    return dates.attained_on(pl.col("birth_date"), age.years, age.months, leap)


def _both(one: pl.Expr, other: pl.Expr) -> pl.Expr:
    """The later of two days; null as long as one of them is."""
    return pl.when(one.is_not_null() & other.is_not_null()).then(pl.max_horizontal(one, other))


def _employer_days(given: Given) -> dict[str, pl.Expr]:
    """For each way to the match and the Employer's other money, its first day."""
    provisions, found = given.provisions, {}
    if provisions.employer_from_retirement_age:
        found["6.03(e)(1)"] = pl.col("attains_retirement_age_on")
    if provisions.employer_from_age is not None:
        found["6.03(e)(2)"] = _both(_attained_on(provisions.employer_from_age, given), pl.col("age_percent_on"))
    if provisions.employer_after_years is not None:
        time, leap = provisions.employer_after_years, provisions.leap_day_anniversary
        years = dates.attained_on(pl.col("entry_on"), time.years, time.months, leap)
        found["6.03(f)"] = _both(years, pl.col("fully_vested_on"))
    return found


def _employer_box(given: Given) -> pl.Expr:
    days = _employer_days(given)
    on = pl.col("employer_withdrawal_on")
    return pl.coalesce(*(pl.when(_at_work(day) == on).then(pl.lit(box)) for box, day in days.items()), pl.lit(None))


def _employer_case(given: Given) -> pl.Expr:
    some = bool(_employer_days(given))
    nothing = pl.when(pl.col("participant_at_work")).then(pl.lit("ahead" if some else "none"))
    return pl.coalesce(_employer_box(given), nothing)


@rule(
    cites=["@employer_from_retirement_age", "@employer_from_age", "@employer_after_years"],
    says={
        "none": "No withdrawal of {employer_money} before leaving.",
        "ahead": "No withdrawal of {employer_money} before leaving can be foreseen.",
        "6.03(e)(1)": "While employed, {employer_money} can be withdrawn from {employer_withdrawal_on} on, with Normal "
        "Retirement Age reached.",
        "6.03(e)(2)": "While employed, {employer_money} can be withdrawn from {employer_withdrawal_on} on, with age "
        "{employer_from_age} reached and at least {employer_from_age_percent}% of it owned.",
        "6.03(f)": "While employed, {employer_money} can be withdrawn from {employer_withdrawal_on} on, after "
        "{employer_after_years} years as a Participant and with all of it owned.",
    },
    case=_employer_case,
    unit="date",
)
def employer_withdrawal_on(given: Given) -> pl.Expr:
    """The first day on which a Participant at work may withdraw from the matching and Employer accounts; null: never.

    Null for who is no Participant at work. Of several ways the earliest counts.
    """
    return pl.min_horizontal(_NO_DAY, *map(_at_work, _employer_days(given).values()))


def _deferral_case(given: Given) -> pl.Expr:
    provisions = given.provisions
    way = "6.03(j)(1)" if provisions.deferral_from_retirement_age else "6.03(j)(2)"
    if not provisions.deferral_from_retirement_age and provisions.deferral_from_age is None:
        hardship = "deferral" in provisions.hardship_at_work
        return pl.when("participant_at_work").then(pl.lit("none_but_hardship" if hardship else "none"))
    return pl.when(pl.col("deferral_withdrawal_on").is_not_null()).then(pl.lit(way))


@rule(
    cites=["@deferral_from_retirement_age", "@deferral_from_age", "@earliest_deferral_years"],
    says={
        "none": "No withdrawal of {deferral_money} before leaving.",
        "none_but_hardship": "No withdrawal of {deferral_money} before leaving, other than in a hardship.",
        "6.03(j)(1)": "While employed, {deferral_money} can be withdrawn from {deferral_withdrawal_on} on: the later "
        "of Normal Retirement Age and age {earliest_deferral_years} and {earliest_deferral_months} months.",
        "6.03(j)(2)": "While employed, {deferral_money} can be withdrawn from {deferral_withdrawal_on} on, with age "
        "{deferral_from_age} reached.",
    },
    case=_deferral_case,
    unit="date",
)
def deferral_withdrawal_on(given: Given) -> pl.Expr:
    """The first day on which a Participant at work may withdraw from the deferral and qualified accounts; null: never.

    Null for who is no Participant at work.
    """
    provisions = given.provisions
    if provisions.deferral_from_age is not None:
        return _at_work(_attained_on(provisions.deferral_from_age, given))
    if not provisions.deferral_from_retirement_age:
        return _NO_DAY
    earliest = Age(years=provisions.earliest_deferral_years, months=provisions.earliest_deferral_months)
    return _at_work(_both(pl.col("attains_retirement_age_on"), _attained_on(earliest, given)))


def _available(account: str, given: Given) -> pl.Expr:
    """Whether a hardship distribution can come from an account: elected, with something owned in it."""
    provisions = given.provisions
    held = pl.col(f"balance_{account}") > 0
    at_work = pl.col("participant_at_work") & pl.lit(account in provisions.hardship_at_work)
    left = (
        pl.col("separated")
        & pl.col("entry_on").is_not_null()
        & (pl.col("last_reason") != "death").fill_null(value=True)
    )
    after = left & pl.lit(account in provisions.hardship_after_separation)
    if account == "deferral":
        return held & (at_work | after)
    enough = pl.col("least_percent") >= provisions.hardship_percent
    return held & (pl.col(f"percent_{account}") > 0) & ((at_work & enough) | after)


def _hardship_case(given: Given) -> pl.Expr:
    short = pl.col("least_percent") < given.provisions.hardship_percent
    some_at_work, some_after = (
        bool(each) for each in (given.provisions.hardship_at_work, given.provisions.hardship_after_separation)
    )
    died = (pl.col("last_reason") == "death").fill_null(value=False)
    return (
        pl.when(pl.col("entry_on").is_null())
        .then(None)
        .when(pl.col("hardship_from") != "none")
        .then(pl.lit("some"))
        .when(pl.col("separated") & (died | pl.lit(not some_after)))
        .then(pl.lit("after"))
        .when("separated")
        .then(pl.lit("nothing_held"))
        .when(pl.lit(not some_at_work))
        .then(pl.lit("none"))
        .when(short)
        .then(pl.lit("short"))
        .otherwise(pl.lit("nothing_held"))
    )


@rule(cites=["@hardship_at_work", "@hardship_after_separation"], says="From: {hardship_from}.", unit="word")
def hardship_from(given: Given) -> pl.Expr:
    """The accounts of a hardship distribution in words; none where there is no account."""
    named = pl.concat_list(
        [pl.when(_available(account, given)).then(pl.lit(words)) for account, words in ACCOUNTS.items()]
    ).list.drop_nulls()
    return pl.when(named.list.len() > 0).then(named.list.join(" and ")).otherwise(pl.lit("none"))


@rule(
    cites=["@hardship_at_work", "@hardship_percent", "@hardship_after_separation"],
    says={
        "some": "In a hardship a distribution can come from {hardship_from}.",
        "none": "There is no hardship distribution before leaving.",
        "after": "There is no hardship distribution after leaving.",
        "short": "No hardship distribution of {employer_money} before {hardship_percent}% of it is owned.",
        "nothing_held": "The accounts that a hardship distribution could come from hold nothing that is owned.",
    },
    case=_hardship_case,
    unit="words",
)
def hardship_accounts(given: Given) -> pl.Expr:
    """The accounts from which a hardship distribution can come at the evaluation date, at work or after leaving.

    Empty where there is none.
    """
    named = [pl.when(_available(account, given)).then(pl.lit(account)) for account in ACCOUNTS]
    return pl.concat_list(named).list.drop_nulls()


def cited(given: Given) -> list[pl.Expr]:
    """The citations that decide for the person alone, where one of several options did."""
    provisions = given.provisions
    at_work, after = (provisions.set_by[name] for name in ("hardship_at_work", "hardship_after_separation"))
    shares = provisions.set_by["hardship_percent"] if provisions.hardship_percent else ()
    boxes = [pl.when(_employer_box(given) == box).then(pl.lit([f"AA {box}"])) for box in _employer_days(given)]
    none = provisions.set_by["employer_from_retirement_age"]
    deferral = provisions.set_by["deferral_from_retirement_age"]
    if provisions.deferral_from_age is not None:
        deferral = provisions.set_by["deferral_from_age"]
    elif provisions.deferral_from_retirement_age:
        deferral = tuple(dict.fromkeys((*deferral, *provisions.set_by["earliest_deferral_years"])))
    return [
        pl.lit(list(deferral)).alias("deferral_withdrawal_on.cites"),
        pl.coalesce(*boxes, pl.lit(list(none))).alias("employer_withdrawal_on.cites"),
        pl.when("separated")
        .then(pl.lit(list(after)))
        .otherwise(pl.lit([*at_work, *shares]))
        .alias("hardship_accounts.cites"),
    ]


RULES: tuple[Rule, ...] = (participant_at_work, employer_withdrawal_on, deferral_withdrawal_on, hardship_accounts)
"""The rules that speak of a person."""
ALL: tuple[Rule, ...] = (
    participant_at_work,
    employer_withdrawal_on,
    deferral_withdrawal_on,
    hardship_from,
    hardship_accounts,
)
"""Every rule, each reading those before it."""
