"""People whom a later change of law reaches: for each change and each answer field it overtakes, one and the day."""

from datetime import date
from typing import Any

from asking import changed
from oracle_example import EMPTY, pay, person, plan_year_rows, spell

from planrules import Plan

Person = dict[str, Any]
TESTED = changed(top_heavy={"tested_through": "2040-09-30", "plan_years": []})
PARITY_FOR_DEFERRERS = TESTED.with_readings(deferrals_are_employer_contributions="no")
AFTER_FIVE_YEARS = changed(
    checked={"6.03(f)": {"years": 5}},
    unchecked=("6.03(d)",),
    top_heavy={"tested_through": "2040-09-30", "plan_years": []},
)
IN_A_HARDSHIP = changed(
    checked={"6.03(g)": None, "6.03(g)(2)": None},
    unchecked=("6.03(d)",),
    top_heavy={"tested_through": "2040-09-30", "plan_years": []},
)
WHOLE = "2000.00"
HALF = "600.00"


def balance(amount: str, account: str = "deferral") -> dict[str, Any]:
    return {"accounts": EMPTY | {account: amount}}


def four_years(first: int, *, left: str | None = None, **facts: Any) -> Person:  # noqa: ANN401  any facts of a person
    """Four Years of Service, and eight hours on the first day of the fifth Plan Year, the one the law reaches."""
    rows = plan_year_rows(first, *[WHOLE] * 4)
    one_day = pay(f"{first + 3}-10-01", f"{first + 3}-10-01", "8.00")
    return person(spell(f"{first - 1}-10-01", left, left and "quit"), rows=[*rows, one_day], **facts)


def left(born: str, on: str = "1995-03-31", **facts: Any) -> Person:  # noqa: ANN401  any facts of a person
    """Somebody who owns all and has left."""
    year = date.fromisoformat(on).year
    rows = [*plan_year_rows(year - 4, *[WHOLE] * 4), pay(f"{year - 1}-10-01", on, "900.00")]
    return person(spell(f"{year - 5}-10-01", on, "quit"), rows=rows, birth_date=born, **facts)


def at_work(born: str, since: int, through: str) -> Person:
    """Somebody who works on, with a row to the day asked about."""
    last = date.fromisoformat(through).year
    rows = [*plan_year_rows(since + 1, *[WHOLE] * (last - since - 1)), pay(f"{last - 1}-10-01", through, "500.00")]
    return person(spell(f"{since}-10-01"), rows=rows, birth_date=born)


def part_time(hours: str = HALF, since: int = 2021, **facts: Any) -> Person:  # noqa: ANN401  any facts of a person
    """So many hours each calendar year, at work still."""
    years = [pay(f"{year}-01-01", f"{year}-12-31", hours) for year in range(since, 2025)]
    return person(spell(f"{since}-01-01"), rows=[*years, pay("2025-01-01", "2025-09-30", "450.00")], **facts)


def parity(fifth_break: int) -> Person:
    """A deferrer with one Year, then five Breaks, the last of which ends in the year given; back at work after it."""
    first = fifth_break - 5
    deferred = pay(f"{first - 1}-10-01", f"{first}-09-30", WHOLE, "20000.00", "400.00")
    rows = [
        deferred,
        *plan_year_rows(first + 1, *["0.00"] * 5),
        pay(f"{fifth_break}-10-01", f"{fifth_break}-10-31", "160.00"),
    ]
    return person(spell(f"{first - 1}-10-01"), rows=rows)


DEFERRED_ONCE = pay("2001-10-01", "2002-09-30", WHOLE, "20000.00", "400.00")
BACK_AFTER_BREAKS = person(  # the fifth Year, if the four before the Breaks still count
    spell("1998-10-01"),
    rows=[
        *plan_year_rows(1999, *[WHOLE] * 3),
        DEFERRED_ONCE,
        *plan_year_rows(2003, *["0.00"] * 5),
        pay("2007-10-01", "2008-03-31", "1000.00"),
    ],
)

# Change of law and answer field: somebody it reaches, and the first day on which the answer says so.
JOINING = ("eligibility_completed_on", "scheduled_entry_on", "entry_on", "next_entry_on", "status_of_employee")
OVERTAKEN: dict[tuple[str, str], tuple[Person, str, Plan]] = {
    ("sbjpa-1996-required-beginning-date", "required_beginning_on"): (
        at_work("1926-05-01", 1990, "1997-01-01"), "1997-01-01", TESTED),
    ("tra-1997-cash-out", "consent_required"): (left("1960-05-01", **balance("5000.00")), "1997-10-01", TESTED),
    ("td8794-look-back", "consent_required"): (left("1960-05-01", **balance("5000.00")), "1999-03-22", TESTED),
    ("td8891-look-back", "consent_required"): (left("1960-05-01", **balance("5000.00")), "2000-10-17", TESTED),
    ("secure2-2022-cash-out", "consent_required"): (
        left("1980-05-01", "2020-03-31", **balance("7000.00")), "2024-01-01", TESTED),
    ("egtrra-2001-match-vesting", "vested_percent"): (four_years(1999), "2002-10-01", TESTED),
    ("egtrra-2001-match-vesting", "fully_vested_on"): (four_years(1999), "2002-10-01", TESTED),
    ("egtrra-2001-match-vesting", "forfeiture_on"): (four_years(1999, left="2002-10-01"), "2002-10-01", TESTED),
    ("egtrra-2001-match-vesting", "consent_required"): (
        four_years(1999, left="2002-10-01", **balance("5000.01", "regular_matching")), "2002-10-01", TESTED),
    ("ppa-2006-nonelective-vesting", "vested_percent"): (four_years(2004), "2007-10-01", TESTED),
    ("ppa-2006-nonelective-vesting", "fully_vested_on"): (four_years(2004), "2007-10-01", TESTED),
    ("ppa-2006-nonelective-vesting", "forfeiture_on"): (four_years(2004, left="2007-10-01"), "2007-10-01", TESTED),
    ("ppa-2006-nonelective-vesting", "consent_required"): (
        four_years(2004, left="2007-10-01", **balance("5000.01", "employer")), "2007-10-01", TESTED),
    ("egtrra-2001-match-vesting", "employer_withdrawal_on"): (four_years(1999), "2002-10-01", AFTER_FIVE_YEARS),
    ("egtrra-2001-match-vesting", "hardship_accounts"): (
        four_years(1999, **balance("900.00", "regular_matching")), "2002-10-01", IN_A_HARDSHIP),
    ("ppa-2006-nonelective-vesting", "employer_withdrawal_on"): (four_years(2004), "2007-10-01", AFTER_FIVE_YEARS),
    ("ppa-2006-nonelective-vesting", "hardship_accounts"): (
        four_years(2004, **balance("900.00", "employer")), "2007-10-01", IN_A_HARDSHIP),
    ("treas-2004-deferrers-and-parity", "years_of_service"): (parity(2007), "2007-09-30", PARITY_FOR_DEFERRERS),
    ("treas-2004-deferrers-and-parity", "vested_percent"): (BACK_AFTER_BREAKS, "2008-03-31", PARITY_FOR_DEFERRERS),
    ("treas-2004-deferrers-and-parity", "fully_vested_on"): (parity(2007), "2007-09-30", PARITY_FOR_DEFERRERS),
    ("secure-2019-age-72", "required_beginning_on"): (left("1949-07-01", "2015-03-31"), "2020-01-01", TESTED),
    ("secure2-2022-age-73", "required_beginning_on"): (left("1951-01-01", "2015-03-31"), "2023-01-01", TESTED),
    ("secure2-2022-age-75", "required_beginning_on"): (left("1960-01-01", "2015-03-31"), "2033-01-01", TESTED),
    **{("secure-2019-long-term-part-time", field): (part_time(), "2024-01-01", TESTED) for field in JOINING},
    **{("secure2-2022-long-term-part-time", field): (part_time(), "2025-10-01", TESTED) for field in JOINING},
}  # fmt: skip
