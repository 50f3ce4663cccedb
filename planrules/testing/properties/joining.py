"""Article II: nobody joins before the conditions, and everybody on the day that the document says."""

from collections.abc import Iterator
from datetime import date

from planrules.dates import MONTHS_IN_A_YEAR
from planrules.plan import Terms
from planrules.testing.case import Case
from planrules.testing.history import History
from planrules.testing.plan_calendar import DAY
from planrules.testing.properties.definition import Claim, stated


def _earliest_service(history: History) -> date | None:
    """The first day by which the service asked for may be complete; null when it surely is not."""
    joining = history.terms.participation
    began = history.commenced("participation")
    if began is None:
        return None
    if not joining.conditions.years:
        return began
    for span in sorted(history.eligibility_periods(), key=lambda each: each.last):
        most = history.most_hours("participation", span)
        if most is None or most >= joining.eligibility_hours_required:
            return span.last
    return None


def _earliest_age(history: History) -> date | None:
    age = history.terms.participation.conditions.age
    return None if age is None else history.attained(int(age), int(age % 1 * MONTHS_IN_A_YEAR))


def _measures_anew(terms: Terms) -> str | None:
    if terms.participation.year_held_out:
        return "the plan elects the one-year hold-out, which measures service anew after a Break (Plan 2.03(B))"
    return None


@stated(
    *("IRC 410(a)(1)", "AA 2.01(a)", "AA 2.01(b)", "Plan 2.02"),
    reads=("eligibility_completed_on",),
)
def conditions_complete_only_when_met(case: Case) -> Iterator[Claim]:
    """Nobody completes the conditions before the age and the service asked for.

    The service is so many months that are over, or a measuring period that is over and can have had the hours; where a
    hold-out measures it anew after a Break, only the age and the months are looked at.
    """
    done, history = case.told.day("eligibility_completed_on"), case.history
    if done is None or history.joins_by_earlier_terms or case.trial.person.participant_since is not None:
        return
    service, age = _earliest_service(history), _earliest_age(history)
    yield Claim(done <= case.as_of, f"by {case.as_of}", done, "an answer knows no later day")
    if not case.terms.participation.year_held_out:
        enough = service is not None and done >= service
        yield Claim(enough, f"not before {service}", done, "the first period that can have the hours")
    if case.terms.participation.conditions.age is not None:
        why = f"age {case.terms.participation.conditions.age} is asked for"
        yield Claim(age is not None and done >= age, f"not before {age}", done, why)
    months, began = case.terms.participation.conditions.months, history.commenced("participation")
    if months is not None and began is not None:
        over = history.calendar.attained(began, months // MONTHS_IN_A_YEAR, months % MONTHS_IN_A_YEAR) - DAY
        yield Claim(done >= over, f"not before {over}", done, f"{months} months are asked for")


@stated(
    *("AA 2.01(d)", "AA 2.01(e)", "AA 2.01(f)", "AA 2.01(g)", "AA 2.01(h)", "AA 2.01(i)"),
    reads=("scheduled_entry_on", "eligibility_completed_on"),
)
def scheduled_entry_is_the_date_elected(case: Case) -> Iterator[Claim]:
    """The scheduled entry is the Plan Entry Date elected, and there is one exactly when the conditions are complete.

    It follows on completing the conditions, precedes it or is nearest to it.
    """
    done, day = case.told.day("eligibility_completed_on"), case.told.day("scheduled_entry_on")
    if not case.told.settles("scheduled_entry_on") or case.history.joins_by_earlier_terms:
        return
    expected = None if done is None else case.history.calendar.entry_for(done)
    why = f"the conditions were completed on {done}, and entry falls {case.terms.participation.entry_falls}"
    yield Claim(day == expected, expected, day, why)


@stated(
    "Plan 2.04",
    "Plan 2.05",
    "AA 2.01(g)",
    "AA 1.07",
    reads=("entry_on", "scheduled_entry_on"),
    not_about=_measures_anew,
)
def joins_on_the_first_day_free_to(case: Case) -> Iterator[Claim]:
    """Entry is on the scheduled day, or else on the first day after it that is free for it.

    On such a day the person is employed by the Employer, in no class left out and has not elected out: a rehire joins
    on the day of return.
    """
    told, history = case.told, case.history
    knows = case.trial.person.classes is not None or not case.terms.participation.excluded_classes
    if not (told.settles("entry_on") and told.settles("scheduled_entry_on") and knows and history.employer_always_in):
        return
    scheduled = told.day("scheduled_entry_on")
    if case.trial.person.participant_since is not None:
        return
    expected = None if scheduled is None else _first_free(history, scheduled)
    yield Claim(told.day("entry_on") == expected, expected, told.day("entry_on"), f"scheduled for {scheduled}")


def _first_free(history: History, since: date) -> date | None:
    """The first day from `since` on that is free for joining, by the day asked about."""
    out = (*history.excluded, *history.opted_out)
    days = {since, *(span.first for span in history.own), *(span.last + DAY for span in out)}
    free = (
        day
        for day in sorted(days)
        if since <= day <= history.as_of and history.employed_on(day) and not any(span.holds(day) for span in out)
    )
    return next(free, None)


@stated(
    *("Plan 2.04", "Plan 2.05", "AA 1.07"),
    reads=("status_of_employee", "entry_on", "suspended_from", "suspended_through"),
)
def takes_part_from_entry_while_employed(case: Case) -> Iterator[Claim]:
    """Whoever has entered and is employed by the Employer is a Participant, from the first day back after a separation.

    Whoever is in a class left out is excluded, and nobody else takes part.
    """
    told, history = case.told, case.history
    if not (told.settles("status_of_employee") and told.settles("entry_on") and history.employer_always_in):
        return
    if case.trial.person.classes is None and case.terms.participation.excluded_classes:
        return
    status, entered = told.value("status_of_employee"), told.day("entry_on") is not None
    out = history.excluded_on(case.as_of) or any(span.holds(case.as_of) for span in history.opted_out)
    held = told.day("suspended_from")
    suspended = held is not None and held <= case.as_of and told.day("suspended_through") is None
    if history.at_work and out:
        expected = "excluded"
    elif history.at_work and entered:
        expected = "not_eligible" if suspended else "participant"
    elif entered:
        expected = "former_participant"
    else:
        yield Claim(status in ("awaiting_entry", "not_eligible"), "not yet a Participant", status, "has not entered")
        return
    yield Claim(status == expected, expected, status, f"entered on {told.day('entry_on')}")


@stated(
    *("AA 2.01(g)", "AA 1.29(a)", "Plan 1.29"),
    reads=("next_entry_on", "scheduled_entry_on", "entry_on", "status_of_employee"),
)
def next_entry_is_ahead(case: Case) -> Iterator[Claim]:
    """The coming entry is the scheduled day, still ahead, of somebody employed who has not entered."""
    told, day = case.told, case.told.day("next_entry_on")
    if day is None or not told.settles("next_entry_on"):
        return
    free = case.history.at_work and told.day("entry_on") is None and not case.history.excluded_on(case.as_of)
    yield Claim(free, None, day, "has entered, is not employed or is in a class left out")
    yield Claim(day > case.as_of, f"after {case.as_of}", day, "it has not come yet")
    yield Claim(day == told.day("scheduled_entry_on"), told.day("scheduled_entry_on"), day, "the day it is scheduled")


PROPERTIES = (
    conditions_complete_only_when_met,
    scheduled_entry_is_the_date_elected,
    joins_on_the_first_day_free_to,
    takes_part_from_entry_while_employed,
    next_entry_is_ahead,
)
