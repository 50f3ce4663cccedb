"""Dates of payment that would come after the last day the law allows for the start of payment (IRC 401(a)(14)).

The basic plan then pays earlier than the box says, so the agreement stands; but the box misleads. Only what happens
after a separation at or after the statutory age is looked at: before it nobody can claim to be paid.
"""

from collections.abc import Iterator

from planrules.check.report import Finding
from planrules.check.sheet import Sheet
from planrules.check.wording import cites
from planrules.law import distribution_start
from planrules.supplements import DistributionDate

_SMALL = ("6.01(a)", "6.01(b)", "6.01(e)")
_DAYS_IN_A_MONTH = 31


def backstop_findings(sheet: Sheet) -> Iterator[Finding]:
    """A finding for each date of 6.01 that waits longer than the law, even for somebody of retirement age."""
    rule = distribution_start()
    allowed = rule.days_after_plan_year_end
    late = [citation for citation in ("6.01", *_SMALL) if _waits_longer(sheet.supplement(citation), allowed)]
    late += [] if (sheet.blank("6.01(d)", "days") or 0) <= allowed else ["6.01(d)"]
    late += ["6.01(c)"] if sheet.has("6.01(c)") and not _spares_the_retired(sheet.supplement("6.01(c)")) else []
    if late:
        what = f"{late[0]} can set a date later than the law allows for somebody who leaves at {rule.age} or later"
        why = (
            f"Payment begins by day {allowed} after the Plan Year in which the last of these falls: age {rule.age}, "
            f"{rule.participation_years} years of participation, separation. The basic plan then pays by that day."
        )
        found = (*cites(late), "Plan 6.01(A)", *rule.cites)
        yield Finding.of(
            "paid_before_the_date", found, what, why, "Let who has reached Normal Retirement Age be paid at once."
        )


def _spares_the_retired(meaning: object) -> bool:
    """Whether Normal Retirement Age does away with the wait."""
    conditions = meaning.at_once_from if isinstance(meaning, DistributionDate) else ()
    return any(each.age == "normal_retirement_age" for each in conditions)


def _waits_longer(meaning: object, allowed: int) -> bool:
    """Whether somebody who leaves at retirement age on the last day of a Plan Year waits more than `allowed` days."""
    if not isinstance(meaning, DistributionDate):
        return False
    if _spares_the_retired(meaning):
        return False
    years, day = meaning.plan_years_after or 0, meaning.day
    days = (meaning.days_after_separation or 0) + (meaning.months_after_separation or 0) * _DAYS_IN_A_MONTH
    in_next_year = day == "last" or (isinstance(day, int) and day > allowed)
    return days > allowed or years > 1 or (years == 1 and in_next_year)
