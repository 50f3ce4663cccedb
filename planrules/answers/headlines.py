"""The one sentence of each part of an answer."""

from collections.abc import Iterator
from datetime import date

from planrules.answers.bounded import bounded, joining_bounds
from planrules.answers.headline_in_service import in_service_headline
from planrules.answers.models import Answer
from planrules.answers.payable import at_death, consent_is_open, from_that_day, paid_by
from planrules.answers.words import PERIODS, spoken, spoken_date
from planrules.plan.vesting import FULL
from planrules.rules.status import status_of_employee


def headlines(answer: Answer) -> Iterator[tuple[str, str]]:
    """Section and sentence, in the order a participant asks: join, match, own, be paid, change."""
    yield "participation", _joining(answer)
    if answer.participation.entry_on is not None or answer.matching.months:
        yield "matching", _match(answer)
    yield "vesting", _owning(answer)
    if answer.distribution.event_on is not None:
        yield "distribution", _payment(answer)
    if (withdrawals := in_service_headline(answer)) is not None:
        yield "in_service", withdrawals
    if answer.participation.status_of_employee == "participant":
        yield "deferral", _change(answer)


def _joining(answer: Answer) -> str:
    if {answer.statuses["entry_on"], answer.statuses["status_of_employee"]} & {"needs_data", "needs_reading"}:
        return f"When {answer.employee_id} joins the Plan cannot be said yet{_after_colon(joining_bounds(answer))}."
    told = _joined(answer) if answer.participation.entry_on else _not_joined(answer)
    return f"As the record stands, {told}" if as_the_record_stands(answer) else told


def _bounds(answer: Answer, name: str) -> str:
    return _after_colon(bounded(answer, name))


def _after_colon(bounds: str | None) -> str:
    return "" if bounds is None else f": {bounds}"


def as_the_record_stands(answer: Answer) -> bool:
    """Whether joining rests on something that was assumed."""
    fields = type(answer.participation).model_fields
    return any(name in fields for each in answer.assumptions for name in each.needed_for)


def _joined(answer: Answer) -> str:
    part = answer.participation
    left = ", and has left" if part.status_of_employee == "former_participant" else ""
    apart = ""
    if part.status_of_employee == "excluded":
        why = "has elected not to participate now" if _opted_out(answer) else "is in a class now that takes no part"
        apart = f", and {why}"
    elif part.status_of_employee == "not_eligible":
        apart = ", and takes no part now: participation is suspended after a Break in Service"
    return f"{answer.employee_id} joined the Plan on {spoken(part.entry_on)}{left}{apart}."


def _opted_out(answer: Answer) -> bool:
    return any(each.says == status_of_employee.says["opted_out"] for each in answer.because)


def _not_joined(answer: Answer) -> str:
    part, who = answer.participation, answer.employee_id
    if part.next_entry_on is not None:
        return f"{who} joins the Plan on {spoken_date(part.next_entry_on)}, if nothing changes until then."
    if part.status_of_employee == "excluded":
        why = "has elected not to participate" if _opted_out(answer) else "in a class of employees that it leaves out"
        return f"{who} is not in the Plan: {why}."
    if not part.periods:
        return f"{who} is not in the Plan: not employed yet on {spoken_date(answer.as_of)}."
    if part.earliest_entry_on is not None and part.earliest_entry_on <= answer.as_of:
        day = spoken_date(part.earliest_entry_on)
        return f"{who} is not in the Plan yet, and can come to count as a Participant from {day} on at the earliest."
    if part.earliest_entry_on is not None:
        return f"{who} is not in the Plan yet, and can join on {spoken_date(part.earliest_entry_on)} at the earliest."
    return f"{who} is not in the Plan."


def _match(answer: Answer) -> str:
    part, who = answer.matching, answer.employee_id
    untold = _rests_on_untold(answer, "total")
    if answer.statuses["total"] == "needs_reading" and not untold:
        return f"What match {who} keeps depends on a reading that nobody has decided."
    if untold or answer.statuses["entry_on"] == "needs_data" or "needs_data" in _match_statuses(answer):
        return f"What match {who} gets cannot be said yet."
    if not part.months:
        return f"{who} has no match: {_why_no_months(answer)}."
    if part.total is None:
        return f"The match of {who} cannot be worked out for every month."
    if part.total == 0 and not any(month.eligible_contributions for month in part.months):
        return f"{who} has no match: nothing has been deferred from pay that is matched."
    return f"The match of {who} comes to {spoken(part.total, 'money')} so far{_allocated(answer)}."


def _match_statuses(answer: Answer) -> set[str]:
    return {answer.statuses[name] for name in ("months", "total")}


def _why_no_months(answer: Answer) -> str:
    """Why there is no period of the match for somebody who joined: other conditions, or no pay since."""
    apart = [each for each in answer.participation.contributions or () if each.contribution == "matching"]
    if any(each.entry_on is None for each in apart):
        return "the conditions for sharing in it are not met yet"
    return "there has been no pay since that could be matched"


def asks_employment_only(answer: Answer) -> bool:
    """Whether being employed on the day of the test is all that the allocation of the match asks."""
    return any(
        step.fact == "allocated_total" and step.from_ == ("months", "match_employment_condition")
        for step in answer.because
    )


def _rests_on_untold(answer: Answer, field: str) -> bool:
    """Whether a field is open because of an option whose effect is not told, and not because of a reading."""
    return any(field in each.fields for each in answer.untold)


def _allocated(answer: Answer) -> str:
    """How much of the match is allocated, and when the rest is tested."""
    part = answer.matching
    if part.total is not None and part.allocated_total is None and _rests_on_untold(answer, "allocated_total"):
        return "; how much of it is allocated cannot be said yet"
    if part.total is None or part.allocated_total is None:
        return "; how much of it is allocated depends on a reading that nobody has decided"
    days = [month.tested_on for month in part.months if month.tested_on and month.tested_on > answer.as_of]
    if days:
        again = " again" if answer.participation.status_of_employee == "former_participant" else ""
        test = f"is tested on {spoken_date(min(days))}"
        if asks_employment_only(answer):
            test = f"will be allocated only if employed by the Employer{again} on {spoken_date(min(days))}"
        return f": {spoken(part.allocated_total, 'money')} is allocated, the rest {test}"
    denied = part.total - part.allocated_total
    return f", {spoken(denied, 'money')} of it not allocated" if denied else ""


def _owning(answer: Answer) -> str:
    part, who = answer.vesting, answer.employee_id
    percent, match = part.vested_percent.employer, part.vested_percent.regular_matching
    owned = owned_words(answer)
    if owned is None:
        return f"How much of the Employer's money {who} owns cannot be said yet{_bounds(answer, 'vested_percent')}."
    if answer.participation.entry_on is None and percent == match == 0:
        if part.years_of_service is None:
            return f"How many Years of Service {who} has cannot be counted yet."
        years = f"{part.years_of_service} Year{'' if part.years_of_service == 1 else 's'} of Service"
        return f"{who} has {years} toward owning the Employer's money."
    words = f"{who} owns {owned}"
    if part.fully_vested_on is None or percent == match == FULL:
        return f"{words}."
    day = spoken_date(part.fully_vested_on)
    period = PERIODS[part.computation_period]
    return (
        f"{words} on {spoken_date(answer.as_of)}, and 100% by {day} if each {period} until then is a Year of Service."
    )


def owned_words(answer: Answer) -> str | None:
    """To which percentage which money of the Employer is owned, as a noun; null where it cannot be said yet."""
    part = answer.vesting
    percent, match = part.vested_percent.employer, part.vested_percent.regular_matching
    if percent is None or match is None:
        return None
    cut = part.portions[-1].accrued_from if part.portions and percent == part.portions[0].percent else None
    accrued = f" that had accrued before {spoken_date(cut)}" if cut else ""
    if match != percent:
        return f"{spoken(match)}% of the match and {spoken(percent)}% of the Employer's other money{accrued}"
    return f"{spoken(percent)}% of the Employer's money{accrued}"


def _payment(answer: Answer) -> str:
    part, who = answer.distribution, answer.employee_id
    if answer.statuses["payable_after_on"] == "not_applicable":
        return f"{who} has left and cannot be paid yet: what the payment waits for has not come about."
    if part.payable_after_on is None:
        return f"When {who} can be paid cannot be said yet{_bounds(answer, 'payable_after_on')}."
    if part.vested_total == 0:
        return f"{who} has left and owns nothing in the Plan that could be paid."
    if answer.participation.entry_on is None:
        return f"{who} left, and was never a Participant: there is nothing to pay but what the accounts hold."
    return _when_paid(answer, part.payable_after_on)


def _when_paid(answer: Answer, day: date) -> str:
    """From when on somebody with something to be paid can be, and by when at the latest where that is sooner."""
    part, who = answer.distribution, answer.employee_id
    that_day = from_that_day(answer)
    when = f"{'from' if that_day else 'as soon as practical after'} {spoken_date(day)}"
    when += " on" if that_day else ""
    if at_death(answer):
        return f"What {who} owned can be paid {when}, to the beneficiary."
    if (latest := paid_by(answer)) is not None:
        unasked = " when nobody elects otherwise" if part.consent_required else ""
        return f"{who} is paid by {spoken_date(latest)} at the latest{unasked}{_consent_open(answer)}."
    consent = {True: ", with consent", False: ", without having to consent", None: _consent_open(answer)}[
        part.consent_required
    ]
    return f"{who} can be paid {when}{consent}."


def _consent_open(answer: Answer) -> str:
    """That consent may be needed, where a missing fact or a reading leaves it open."""
    if not consent_is_open(answer):
        return ""
    unread = answer.statuses["consent_required"] == "needs_reading"
    return "; whether consent is needed " + (
        "depends on a reading that nobody has decided" if unread else "is not known"
    )


def _change(answer: Answer) -> str:
    day, who = answer.deferral.next_change_on, answer.employee_id
    if day is not None:
        return f"{who} can next change the salary reduction on {spoken_date(day)}."
    if answer.statuses["next_change_on"] == "not_applicable":
        return "The Plan has no salary reduction."
    return f"When {who} can next change the salary reduction cannot be said."
