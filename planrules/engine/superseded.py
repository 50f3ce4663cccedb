"""Where a dated change of law overtook an elected term before the facts: the answer stands as elected, and is said to.

A change bites a person only where it could alter the answer; the conditions are below, one an answer. The changes and
their dates are data: planrules/law/changes.yaml.
"""

from datetime import date

import polars as pl

from planrules import law
from planrules.plan import Terms
from planrules.plan.vesting import FULL

LAWFUL_CLIFF_YEARS = 3
"""Years of Service at which any schedule the later law allows gives more than nothing and no less than the cliff."""


def later_ages_born_from() -> date:
    """Born from then on, age 70 1/2 no longer sets the required beginning date (SECURE Act s. 114)."""
    return min(age.born_from for age in law.required_beginning().ages if age.born_from is not None)


def part_time(start: pl.Expr, hours: pl.Expr) -> pl.Expr:
    """Whether a 12-month period, by its first day and hundredths of hours, counts for long-term part-time employees."""
    (line,) = law.thresholds("part_time_hours")
    return (start >= line.effective) & (hours >= line.value * 100)


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
        "consent_required": _between_cash_out_lines(terms, as_of) | (vesting & _small_only_as_elected(terms, as_of)),
        "required_beginning_on": _later_beginning(terms, as_of),
    }


def _year_end(terms: Terms) -> tuple[int, int]:
    return (terms.service.plan_year_ends.month, terms.service.plan_year_ends.day)


def _reached_on(terms: Terms, change: str) -> date:
    """The first day on which a change of law has force for the plan."""
    return law.change(change).reached_on(_year_end(terms))


def _long_term_part_time(terms: Terms, as_of: date) -> pl.Expr:
    """Enough periods in a row of 500 hours bring somebody in who never had 1,000."""
    in_a_row = None
    if as_of >= _reached_on(terms, "secure-2019-long-term-part-time"):
        in_a_row = 3
    if as_of >= _reached_on(terms, "secure2-2022-long-term-part-time"):
        in_a_row = 2
    if in_a_row is None:
        return pl.lit(value=False)
    waiting = pl.col("eligibility_completed_on").is_null() & pl.col("employed") & ~pl.col("in_excluded_class")
    return waiting & (pl.col("part_time_periods").fill_null(0) >= in_a_row)


def _slower_than_law(terms: Terms) -> pl.Expr:
    """Less than 100% with 3 Years and hours in a Plan Year for which the law asks for a faster schedule."""
    worked_since = pl.col("last_worked_year_start") >= _reached_on(terms, "egtrra-2001-match-vesting")
    enough = pl.max_horizontal("years_of_service", "years_dropped") >= LAWFUL_CLIFF_YEARS
    return (pl.col("owned_percent") < FULL) & enough & worked_since.fill_null(value=False)


def _dropped_a_deferrer(terms: Terms) -> pl.Expr:
    """The rule of parity reached somebody who had deferred, after the regulations had said it may not."""
    since = pl.col("years_dropped_on") >= _reached_on(terms, "treas-2004-deferrers-and-parity")
    return (since & (pl.col("first_salary_reduction_on") <= pl.col("years_dropped_on"))).fill_null(value=False)


def _enough_with_dropped(terms: Terms) -> pl.Expr:
    """The Years that dropped would, with those since, give 100%."""
    return pl.col("years_of_service") + pl.col("years_dropped") >= terms.vesting.non_top_heavy_schedule.full_years


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


def _later_beginning(terms: Terms, as_of: date) -> pl.Expr:
    """The law in force lets payments begin later: for who works past 70 1/2, and for who was born late enough."""
    still_working = pl.lit(as_of >= _reached_on(terms, "sbjpa-1996-required-beginning-date"))
    past_it = pl.col("employed") | (pl.col("event_on").dt.year() > pl.col("half_birthday_on").dt.year())
    due_since = pl.col("required_beginning_on") >= _reached_on(terms, "sbjpa-1996-required-beginning-date")
    later_age = pl.lit(as_of >= _reached_on(terms, "secure-2019-age-72")) & (
        pl.col("birth_date") >= later_ages_born_from()
    )
    return (still_working & past_it & due_since) | later_age
