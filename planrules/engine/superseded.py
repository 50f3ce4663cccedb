"""Where a dated change of law overtook an elected term before the facts: the answer stands as elected, and is said to.

A change bites a person only where it could alter the answer; the conditions are below, one an answer. The changes and
their dates are data: planrules/law/changes.yaml.
"""

from collections.abc import Mapping
from datetime import date

import polars as pl

from planrules import law
from planrules.law.minimum_vesting import Money
from planrules.nonforfeitable import percent_at, percent_type
from planrules.plan import Terms
from planrules.plan.schedules import FULL
from planrules.plan.vesting import Account


def later_ages_born_from() -> date:
    """Born from then on, age 70 1/2 no longer sets the required beginning date (SECURE Act s. 114)."""
    return min(age.born_from for age in law.required_beginning().ages if age.born_from is not None)


def part_time(start: pl.Expr, hours: pl.Expr) -> pl.Expr:
    """Whether a 12-month period, by its first day and hundredths of hours, counts for long-term part-time employees."""
    (line,) = law.thresholds("part_time_hours")
    return (start >= line.effective) & (hours >= line.value * 100)


_MONEY: Mapping[Account, tuple[str, str, Money]] = {
    "regular_matching": ("owned_matching_percent", "egtrra-2001-match-vesting", "matching"),
    "employer": ("owned_percent", "ppa-2006-nonelective-vesting", "nonelective"),
}
"""For each account its percentage, the change of law that quickened it, and the law's name for its money."""


def bites(terms: Terms, as_of: date) -> dict[str, pl.Expr]:
    """For each answer field, whether a change of law in force by then overtook it for the person."""
    entry = _long_term_part_time(terms, as_of)
    vesting = _slower_than_law(terms)
    parity = _dropped_a_deferrer(terms)
    joining = ("eligibility_completed_on", "scheduled_entry_on", "entry_on", "next_entry_on", "status_of_employee")
    return {
        **dict.fromkeys(joining, entry),
        "years_of_service": parity,
        "vested_percent": vesting | (parity & _enough_with_dropped(terms)),
        "fully_vested_on": vesting | parity,
        "forfeiture_on": vesting & pl.col("separated") & pl.col("forfeiture_on").is_not_null(),
        "employer_withdrawal_on": vesting & _withdrawal_asks_ownership(terms),
        "hardship_accounts": vesting & _hardship_asks_ownership(terms),
        "consent_required": _between_cash_out_lines(terms, as_of) | (vesting & _small_only_as_elected(terms, as_of)),
        "required_beginning_on": _later_beginning(terms, as_of),
    }


def _year_end(terms: Terms) -> tuple[int, int]:
    return (terms.service.plan_year_ends.month, terms.service.plan_year_ends.day)


def _reached_on(terms: Terms, change: str) -> date:
    """The first day on which a change of law has force for the plan."""
    return law.change(change).reached_on(_year_end(terms))


def _long_term_part_time(terms: Terms, as_of: date) -> pl.Expr:
    """Enough periods in a row with the hours of long-term part-time employees bring in who never had a full Year."""
    lines = [line for line in law.thresholds("part_time_periods") if line.reached_on(_year_end(terms)) <= as_of]
    if not lines:
        return pl.lit(value=False)
    waiting = pl.col("eligibility_completed_on").is_null() & pl.col("employed") & ~pl.col("in_excluded_class")
    return waiting & (pl.col("part_time_periods").fill_null(0) >= int(lines[-1].value))


def _slower_than_law(terms: Terms) -> pl.Expr:
    """Less than 100% of some account, by a schedule slower than the law allows, where the law gives something."""
    return pl.any_horizontal(_slower(terms, account) for account in terms.vesting.accounts)


def _slower(terms: Terms, account: Account) -> pl.Expr:
    """Less than 100% by a schedule that the later law does not allow, with enough Years and hours since it reached it.

    Enough are the Years at which every schedule the law allows gives more than nothing.
    """
    column, change, money = _MONEY[account]
    since = _reached_on(terms, change)
    _, schedule = terms.vesting.schedules[account]
    minimum = law.vesting_minimum(money, since)
    if minimum.allows(dict(schedule.rows)):
        return pl.lit(value=False)
    enough = pl.max_horizontal("years_of_service", "years_dropped") >= minimum.gives_something_at
    worked_since = (pl.col("last_worked_year_start") >= since).fill_null(value=False)
    return (pl.col(column) < FULL) & worked_since & enough


def _dropped_a_deferrer(terms: Terms) -> pl.Expr:
    """The rule of parity reached somebody who had deferred, after the regulations had said it may not."""
    since = pl.col("years_dropped_on") >= _reached_on(terms, "treas-2004-deferrers-and-parity")
    return (since & (pl.col("first_salary_reduction_on") <= pl.col("years_dropped_on"))).fill_null(value=False)


def _enough_with_dropped(terms: Terms) -> pl.Expr:
    """The Years that dropped would, with those since, give 100%, or more than is owned without them."""
    years = pl.col("years_of_service") + pl.col("years_dropped")
    kind = percent_type(terms.vesting)
    found = []
    for account in terms.vesting.accounts:
        _, schedule = terms.vesting.schedules[account]
        more = percent_at(years, schedule, kind) > pl.col(_MONEY[account][0])
        found.append((years >= schedule.full_years) | more)
    return pl.any_horizontal(found)


def _line(terms: Terms, as_of: date) -> int:
    """The largest balance, in cents, that the law of the day lets a plan pay out without consent."""
    lines = [
        line.value for line in law.thresholds("involuntary_cash_out") if line.reached_on(_year_end(terms)) <= as_of
    ]
    return max(lines, default=0) * 100


def _between_cash_out_lines(terms: Terms, as_of: date) -> pl.Expr:
    """Consent is asked above the elected line, and not above the line the law has come to permit."""
    return pl.col("consent_required") & (pl.col("vested_total") <= _line(terms, as_of))


def _small_only_as_elected(terms: Terms, as_of: date) -> pl.Expr:
    """All of the balance, which the later law may make owned, would be over the line before the age of consent."""
    names = ("deferral", "regular_matching", "employer", "qualified_nonelective")
    whole = pl.sum_horizontal(pl.col(f"balance_{name}") for name in names)
    over = whole > terms.distribution.consent_amount * 100
    return ~pl.col("consent_required") & over & (pl.col("attains_consent_age_on") > as_of)


def _withdrawal_asks_ownership(terms: Terms) -> pl.Expr:
    """At work in a plan that lets the Employer's money be withdrawn once enough of it is owned."""
    part = terms.in_service
    of_percent = part.employer_from_age is not None and part.employer_from_age_percent > 0
    asks = of_percent or part.employer_after_years is not None
    return pl.col("participant_at_work") & pl.lit(value=asks)


def _hardship_asks_ownership(terms: Terms) -> pl.Expr:
    """The Employer's money could be had in a hardship, at work or after leaving, if more of it were owned.

    It cannot while nothing of an account with a balance is owned, and at work not below the percentage elected for it.
    """
    part = terms.in_service
    at_work = pl.col("participant_at_work") & pl.lit(value="employer" in part.hardship_at_work)
    after = pl.col("separated") & pl.lit(value="employer" in part.hardship_after_separation)
    none_owned = pl.any_horizontal(
        (pl.col(_MONEY[account][0]) == 0) & (pl.col(f"balance_{account}") > 0) for account in terms.vesting.accounts
    )
    short = pl.col("least_percent") < part.hardship_percent
    return (at_work & (none_owned | short)) | (after & none_owned)


def _later_beginning(terms: Terms, as_of: date) -> pl.Expr:
    """The law in force lets payments begin later: for who works past 70 1/2, and for who was born late enough."""
    still_working = pl.lit(as_of >= _reached_on(terms, "sbjpa-1996-required-beginning-date"))
    past_it = pl.col("employed") | (pl.col("event_on").dt.year() > pl.col("half_birthday_on").dt.year())
    due_since = pl.col("required_beginning_on") >= _reached_on(terms, "sbjpa-1996-required-beginning-date")
    later_age = pl.lit(as_of >= _reached_on(terms, "secure-2019-age-72")) & (
        pl.col("birth_date") >= later_ages_born_from()
    )
    return (still_working & past_it & due_since) | later_age
