"""Which pay rows are matched, and in which allocation period: read from the record and the plan's calendar."""

from calendar import monthrange
from datetime import date

from planrules.people.models import PayRow
from planrules.testing.case import Case

_QUARTER = 3


def allocation_date(case: Case, day: date) -> date:
    """The allocation date of a check paid on a day (AA 3.04(c)); the Plan Year's last day is always one too."""
    every, year_end = case.terms.matching.allocated_every, case.history.calendar.plan_year_end(day)
    if every == "plan_year":
        return year_end
    month = day.month + (-day.month % _QUARTER if every == "quarter" else 0)
    return min(date(day.year, month, monthrange(day.year, month)[1]), year_end)


def matched_since(case: Case) -> date | None:
    """The day of joining in the match, which may have conditions of its own (AA 2.01(c))."""
    if "matching" not in case.terms.participation.contributions_apart:
        return case.told.day("entry_on")
    for each in case.told.value("contributions") or ():
        if each["contribution"] == "matching":
            found = each["entry_on"]
            return found if isinstance(found, date) else None
    return None


def matched_rows(case: Case) -> dict[date, list[PayRow]] | None:
    """The matched checks by allocation date, ascending; null when the record does not settle which they are."""
    history, terms = case.history, case.terms
    settled = case.trial.person.classes is not None or not terms.participation.excluded_classes
    if not settled or not history.employer_always_in or case.trial.person.pay is None:
        return None
    since, found = matched_since(case), dict[date, list[PayRow]]()
    out = (*history.excluded, *history.opted_out)
    for row in sorted(history.rows, key=lambda each: each.paid_on):
        of_employer = history.employer_of(row) in terms.service.own_employers
        on_day = history.employed_on(row.paid_on) and not any(span.holds(row.paid_on) for span in out)
        if of_employer and on_day and since is not None and since <= row.paid_on <= case.as_of:
            found.setdefault(allocation_date(case, row.paid_on), []).append(row)
    return found
