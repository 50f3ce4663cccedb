"""IRC 410(a): the latest day of taking part, and service that a rehire never loses."""

from collections.abc import Iterator
from datetime import date

from dateutil.relativedelta import relativedelta

from planrules import law
from planrules.dates import MONTHS_IN_A_YEAR
from planrules.errors import LawError
from planrules.plan import Terms
from planrules.plan.schedules import AT_ONCE
from planrules.testing.case import Case
from planrules.testing.history import History
from planrules.testing.plan_calendar import DAY, Span
from planrules.testing.properties.definition import Claim, stated
from planrules.testing.statute import statutory


def _limits(terms: Terms) -> dict[str, int]:
    """The most that the law of the Effective Date lets a plan ask for; empty where it is not on file."""
    ends = terms.service.plan_year_ends
    names = ("eligibility_age", "eligibility_years", "eligibility_years_if_fully_vested", "latest_entry_months")
    try:
        return {
            name: law.threshold(name, terms.participation.effective_date, (ends.month, ends.day)).value
            for name in names
        }
    except LawError:
        return {}


def no_law_on_file(terms: Terms) -> str | None:
    """Why the statute cannot be applied to a plan."""
    if not _limits(terms):
        return "no law on participation is on file for the Effective Date"
    return None


def _years_allowed(terms: Terms, limits: dict[str, int]) -> int:
    """The Years of Service the law lets this plan ask for: more than one only with full vesting at once."""
    at_once = all(schedule == AT_ONCE for pair in terms.vesting.schedules.values() for schedule in pair)
    more = terms.participation.conditions.years > limits["eligibility_years"]
    return limits["eligibility_years_if_fully_vested"] if more and at_once else limits["eligibility_years"]


def satisfied_on(history: History, limits: dict[str, int]) -> date | None:
    """When the statutory age and service are surely reached; null when that is not sure by then."""
    age, years = history.attained(limits["eligibility_age"]), _years_allowed(history.terms, limits)
    reached = [
        span.last
        for span in history.eligibility_periods()
        if history.least_hours("participation", span) >= statutory("year_of_service_hours")
    ]
    if age is None or len(reached) < years:
        return None
    return max(age, sorted(reached)[years - 1])


def _free(history: History, span: Span) -> bool:
    """Whether employed, in no class left out and not opted out on every day of a span."""
    at_work = any(own.first <= span.first and span.last <= own.last for own in history.own)
    kept_out = any(each.meets(span) for each in (*history.excluded, *history.opted_out))
    known = history.trial.person.classes is not None or not history.terms.participation.excluded_classes
    return at_work and known and not kept_out and history.employer_always_in


@stated("IRC 410(a)(4)", "26 CFR 1.410(a)-4(b)", reads=("entry_on",), not_about=no_law_on_file)
def entry_no_later_than_the_law_allows(case: Case) -> Iterator[Claim]:
    """Whoever has reached age 21 and completed a Year of Service takes part by the first day of the next Plan Year.

    Where six months end sooner, by then; unless separated or in a class left out. Under the one-year hold-out it speaks
    of those who surely never had a Break.
    """
    history, limits = case.history, _limits(case.terms)
    satisfied = satisfied_on(history, limits)
    if satisfied is None or not history.never_held_out or not case.told.settles("entry_on"):
        return
    six_months = satisfied + relativedelta(months=limits["latest_entry_months"])
    latest = min(history.calendar.plan_year_end(satisfied) + DAY, six_months)
    latest = max(latest, case.terms.participation.effective_date)
    if latest > case.as_of or not _free(history, Span(min(satisfied, latest), latest)):
        return
    entered = case.told.day("entry_on")
    why = f"the age and service of the law were reached on {satisfied}"
    yield Claim(entered is not None and entered <= latest, f"no later than {latest}", _seen(case), why)


def _seen(case: Case) -> str:
    """What the answer says of joining."""
    entered, scheduled = case.told.day("entry_on"), case.told.day("scheduled_entry_on")
    if entered is not None:
        return f"joined on {entered}"
    ahead = scheduled is not None and scheduled > case.as_of
    return "not in the Plan by then" + (f"; joins on {scheduled}" if ahead else "")


def _asks_other_than_one_year(terms: Terms) -> str | None:
    if not terms.participation.conditions.years:
        return "the plan asks for no Year of Service"
    if terms.participation.conditions.years > 1:
        return "the plan asks for more than one Year of Service, and a Break before then may count against it"
    return no_law_on_file(terms)


@stated(
    *("IRC 410(a)(5)(A)", "Plan 2.03", "Plan 2.04"),
    reads=("eligibility_completed_on",),
    not_about=_asks_other_than_one_year,
)
def service_before_a_break_still_counts(case: Case) -> Iterator[Claim]:
    """A rehire loses no service toward joining.

    A period that had the hours completes the conditions, whatever Breaks or separations came after it.
    """
    joining, history = case.terms.participation, case.history
    if history.joins_by_earlier_terms or not case.told.settles("eligibility_completed_on"):
        return
    if not history.never_held_out:
        return
    asked = joining.conditions
    age = history.attained(int(asked.age or 0), int(asked.age % 1 * MONTHS_IN_A_YEAR) if asked.age else 0)
    if asked.months is not None or (asked.age is not None and age is None):
        return
    hours = [(span, history.least_hours("participation", span)) for span in history.eligibility_periods()]
    ends = [span.last for span, credited in hours if credited >= joining.eligibility_hours_required]
    if not ends:
        return
    due = max(min(ends), age) if asked.age is not None and age is not None else min(ends)
    if due > case.as_of:
        return
    done = case.told.day("eligibility_completed_on")
    why = f"the measuring period that ended on {min(ends)} had {joining.eligibility_hours_required} hours"
    yield Claim(done is not None and done <= due, f"completed by {due}", done, why)


PROPERTIES = (entry_no_later_than_the_law_allows, service_before_a_break_still_counts)
