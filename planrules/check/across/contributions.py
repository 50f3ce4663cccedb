"""Article III with 1.12, 4.01: formulas, tiers, accounts and accrual requirements that do not fit each other."""

from collections.abc import Iterator
from itertools import pairwise

from planrules.check.across.registry import contradiction
from planrules.check.sheet import Sheet
from planrules.check.wording import listed
from planrules.plan.elected import fixed_numbers
from planrules.plan.matching import option_named
from planrules.supplements import LeastDeferral

_INTEGRATED = ("3.04(f)", "3.04(g)", "3.04(h)")
_HOURS = ("3.06(d)(1)", "3.06(d)(2)")
_NAMING = {"3.04(a)(3)": ("options", "3.01"), "3.06(k)(2)": ("options", "3.01"), "3.05(d)(2)": ("option", "3.05")}
"""Options whose blank names other options, and the section of those."""


@contradiction("AA 1.12(k)", "AA 1.12(l)", "AA 3.01(b)")
def match_compensation_open(sheet: Sheet) -> Iterator[str]:
    """Section 1.12 says which Compensation the match goes by (AA 1.12(k)-(l))."""
    if sheet.has("3.01(b)") and not sheet.any_of(("1.12(k)", "1.12(l)")):
        yield "matching contributions are elected, but neither 1.12(k) nor 1.12(l) says which Compensation they go by"


@contradiction("AA 1.12(m)", "AA 3.01(a)(1)")
def deferral_compensation_open(sheet: Sheet) -> Iterator[str]:
    """Section 1.12 says which Compensation a salary reduction goes by (AA 1.12(m)-(o))."""
    if sheet.has("3.01(a)(1)") and not sheet.any_of(("1.12(m)", "1.12(n)", "1.12(o)")):
        yield "salary reduction is elected, but none of 1.12(m), 1.12(n) or 1.12(o) says how 1.12 applies to it"


@contradiction("AA 1.12", "AA 3.04", "IRC 401(l)")
def exclusion_without_effect(sheet: Sheet) -> Iterator[str]:
    """Pay left out counts all the same for many, where the allocation is integrated (note at AA 1.12)."""
    left_out = [option for option in ("1.12(f)", "1.12(g)", "1.12(h)", "1.12(j)") if sheet.has(option)]
    if left_out and sheet.any_of(_INTEGRATED):
        yield f"{listed(left_out)} is without effect for Nonhighly Compensated Employees while 3.04 is integrated"


@contradiction("AA 3.01(h)(2)", "AA 3.01(j)(3)")
def tiers_differ(sheet: Sheet) -> Iterator[str]:
    """A matching percentage for every tier, and no more (AA 3.01(h)(2), (j)(3))."""
    percents, tiers = (sheet.blank(option, "subsequent_tier_percents") for option in ("3.01(h)(2)", "3.01(j)(3)"))
    if percents and tiers and len(percents) != len(tiers):
        yield f"3.01(h)(2) has percentages for {len(percents) + 1} tiers, 3.01(j)(3) has {len(tiers) + 1} tiers"


@contradiction("AA 3.01(j)(3)", "AA 3.01(h)")
def tiers_unused(sheet: Sheet) -> Iterator[str]:
    """Tiers are for a formula by tiers (AA 3.01(h)(2), (h)(3)(ii))."""
    if sheet.has("3.01(j)(3)") and not sheet.any_of(("3.01(h)(2)", "3.01(h)(3)(ii)")):
        yield "3.01(j)(3) sets tiers, but no formula of 3.01(h) goes by tiers"


@contradiction("AA 3.01(j)(1)", "AA 3.01(j)(2)", "AA 3.01(j)(3)")
def all_and_a_limit(sheet: Sheet) -> Iterator[str]:
    """All eligible contributions cannot count where some are left out (AA 3.01(j))."""
    limits = [option for option in ("3.01(j)(2)", "3.01(j)(3)") if sheet.has(option)]
    if sheet.has("3.01(j)(1)") and limits:
        yield f"3.01(j)(1) counts all eligible contributions, {listed(limits)} not those above a limit"


@contradiction("AA 3.01(h)(4)")
def match_falls_with_service(sheet: Sheet) -> Iterator[str]:
    """A match by Years of Service is meant to rise with them (AA 3.01(h)(4))."""
    percents = list((sheet.blank("3.01(h)(4)", "percent_by_years") or {}).values())
    if any(later < earlier for earlier, later in pairwise(percents)):
        yield "3.01(h)(4) has a percentage that falls as the Years of Service rise"


@contradiction("AA 3.01(k)(1)(ii)", "AA 3.01(k)(1)(iii)")
def least_deferral_above_most(sheet: Sheet) -> Iterator[str]:
    """The least salary reduction is no more than the greatest (AA 3.01(k)(1))."""
    most, least = sheet.blank("3.01(k)(1)(ii)", "maximum_percent"), sheet.supplement("3.01(k)(1)(iii)")
    if most is not None and isinstance(least, LeastDeferral) and least.minimum_percent > most:
        yield f"3.01(k)(1): at least {least.minimum_percent}% and at most {most}% may be deferred"


@contradiction("AA 3.01", "AA 3.04(a)(3)", "AA 3.05(d)(2)", "AA 3.06(k)(2)")
def names_option_not_elected(sheet: Sheet) -> Iterator[str]:
    """An option that names others names such as are elected (AA 3.04(a)(3), 3.05(d)(2), 3.06(k)(2))."""
    for naming, (blank, section) in _NAMING.items():
        words = sheet.blank(naming, blank) or ()
        for word in (words,) if isinstance(words, str) else words:
            named = option_named(section, word)
            if named not in sheet.form.option:
                yield f"{naming} names {word}, which is no option of {section}"
            elif not sheet.has(named):
                yield f"{naming} names {named}, which is not elected"


@contradiction("AA 3.06(d)(1)", "AA 3.06(d)(2)")
def two_hours_conditions(sheet: Sheet) -> Iterator[str]:
    """One number of Hours of Service is asked for (AA 3.06(d))."""
    if all(map(sheet.has, _HOURS)):
        yield "3.06(d)(1) asks for 1,000 hours and 3.06(d)(2) for another number"


@contradiction("AA 3.06(d)")
def hours_condition_without_hours(sheet: Sheet) -> Iterator[str]:
    """Exceptions from a number of hours need the number (AA 3.06(d))."""
    exceptions = [option for option in ("3.06(d)(3)", "3.06(d)(4)", "3.06(d)(5)") if sheet.has(option)]
    if exceptions and not sheet.any_of(_HOURS):
        yield f"{listed(exceptions)} lifts a condition of hours, but neither 3.06(d)(1) nor 3.06(d)(2) sets one"


@contradiction("AA 3.06(d)(4)")
def more_hours_for_leavers(sheet: Sheet) -> Iterator[str]:
    """Who leaves in the Plan Year is meant to need fewer hours, not more (AA 3.06(d)(4))."""
    leavers, others = sheet.blank("3.06(d)(4)", "hours"), sheet.blank("3.06(d)(2)", "hours")
    asked = fixed_numbers()["accrual_hours"].value if sheet.has("3.06(d)(1)") else others
    if leavers is not None and asked is not None and leavers > asked:
        yield f"3.06(d)(4) asks for {leavers} hours of those who leave, and for {asked} of the others"


@contradiction("AA 4.01(c)", "AA 3.01(i)(3)")
def mandatory_contributions_unmatched(sheet: Sheet) -> Iterator[str]:
    """Contributions of Participants are mandatory only for a match on them (AA 4.01(c))."""
    if sheet.has("4.01(c)") and not sheet.has("3.01(i)(3)"):
        yield "4.01(c) makes contributions of Participants mandatory, but 3.01(i)(3) does not match them"
