"""Who is covered, and conditions for joining that ask for something elsewhere in the agreement."""

from collections.abc import Iterator
from decimal import Decimal

from planrules.check.across.registry import contradiction
from planrules.check.sheet import Sheet
from planrules.check.wording import day_words, listed
from planrules.dates import MONTHS_IN_A_YEAR
from planrules.law import thresholds


@contradiction("AA 1.07(e)", "AA 1.07(f)")
def nobody_left(sheet: Sheet) -> Iterator[str]:
    """Salaried and hourly paid Employees are nearly everybody (AA 1.07)."""
    if sheet.has("1.07(e)") and sheet.has("1.07(f)"):
        yield "1.07(e) excludes salaried and 1.07(f) hourly paid Employees, so hardly anybody is left"


@contradiction("AA 2.01(f)", "AA 1.18")
def first_entry_date_differs(sheet: Sheet) -> Iterator[str]:
    """The first Plan Entry Date is the Effective Date (AA 2.01)."""
    first, effective = sheet.blank("2.01(f)", "effective"), sheet.effective_on
    if first and effective and first != effective:
        yield f"2.01(f) begins on {day_words(first)}, the Effective Date of 1.18 is {day_words(effective)}"


@contradiction("AA 2.01(c)", "AA 5.03(a)", "IRC 410(a)(1)(B)(i)")
def long_wait_without_full_vesting(sheet: Sheet) -> Iterator[str]:
    """Two Years of Service, or more than twelve months, need full vesting at once (note at AA 5.03(a))."""
    years, months = sheet.blank("2.01(c)(2)(i)", "years") or 0, sheet.blank("2.01(c)(2)(ii)", "months") or 0
    most = thresholds("eligibility_years")[-1].value  # it has been the same ever since there is one
    short = [name for name, vested in _contributions(sheet).items() if not vested]
    if (years > most or months > most * MONTHS_IN_A_YEAR) and short:
        wait = f"{years} Years of Service" if years > most else f"{months} months"
        yield f"2.01(c) asks for {wait} before {listed(short)}, which are not fully vested at once"


def _contributions(sheet: Sheet) -> dict[str, bool]:
    """The contributions under 2.01(c)(1), and whether each is fully vested at once."""
    everything = sheet.has("5.03(a)")
    match = sheet.any_of(("5.03(c)(1)", "3.04(a)(2)")) or (everything and not sheet.has("5.03(c)(2)"))
    vested = {
        "2.01(c)(1)(i)": ("nonelective contributions", everything),
        "2.01(c)(1)(ii)": ("matching contributions", match),
        # The account of qualified nonelective contributions is fully vested by the form itself.
        "2.01(c)(1)(iii)": ("qualified nonelective contributions", True),
    }
    return dict(value for citation, value in vested.items() if sheet.has(citation))


@contradiction("AA 2.01(c)(1)", "AA 3.01")
def conditions_for_nothing(sheet: Sheet) -> Iterator[str]:
    """Conditions of their own are for contributions that the plan has (AA 2.01(c)(1), 3.01)."""
    made = {
        "2.01(c)(1)(i)": ("3.01(d)", "3.05(a)"),  # forfeitures may be allocated like nonelective contributions
        "2.01(c)(1)(ii)": ("3.01(b)",),
        "2.01(c)(1)(iii)": ("3.01(c)",),
    }
    for option, contributions in made.items():
        if sheet.has(option) and not sheet.any_of(contributions):
            yield f"{option} sets conditions for contributions, but {listed(contributions, 'nor')} is not elected"


@contradiction("AA 2.01(c)(2)")
def wait_told_twice(sheet: Sheet) -> Iterator[str]:
    """One Hour of Service adds nothing to Years or months (AA 2.01(c)(2))."""
    if sheet.has("2.01(c)(2)(iii)") and sheet.any_of(("2.01(c)(2)(i)", "2.01(c)(2)(ii)")):
        yield "2.01(c)(2)(iii) asks for one Hour of Service beside a longer condition, which decides alone"


@contradiction("AA 2.01(a)", "AA 2.01(c)(2)(iv)")
def second_age_lower(sheet: Sheet) -> Iterator[str]:
    """Nobody shares in other contributions before joining, so a lower age under 2.01(c) has no effect."""
    first, second = sheet.blank("2.01(a)", "age"), sheet.blank("2.01(c)(2)(iv)", "age")
    if first is not None and second is not None and Decimal(second) < Decimal(first):
        yield f"2.01(c)(2)(iv) asks for age {second}, but nobody joins before age {first} of 2.01(a)"
