"""The one sentence of each part of an answer."""

from collections.abc import Iterator
from datetime import date

from planrules.answers.models import Answer
from planrules.answers.words import spoken, spoken_date


def headlines(answer: Answer) -> Iterator[tuple[str, str]]:
    """Section and sentence, in the order a participant asks: join, match, own, be paid, change."""
    yield "participation", _joining(answer)
    if answer.participation.entry_on is not None or answer.matching.months:
        yield "matching", _match(answer)
    yield "vesting", _owning(answer)
    if answer.distribution.event_on is not None:
        yield "distribution", _payment(answer)
    if answer.participation.status_of_employee == "participant":
        yield "deferral", _change(answer)


def _joining(answer: Answer) -> str:
    part, who = answer.participation, answer.employee_id
    if {answer.statuses["entry_on"], answer.statuses["status_of_employee"]} & {"needs_data", "needs_reading"}:
        bounds = [entry.earliest for entry in answer.missing if entry.needed_for in ("entry_on", "next_entry_on")]
        days = sorted(day for day in bounds if isinstance(day, str))
        earliest = f": on {spoken_date(date.fromisoformat(days[0]))} at the earliest, or not at all" if days else ""
        return f"When {who} joins the Plan cannot be said yet{earliest}."
    if part.entry_on is not None:
        left = ", and has left" if part.status_of_employee == "former_participant" else ""
        apart = ", and is in a class now that takes no part" if part.status_of_employee == "excluded" else ""
        return f"{who} joined the Plan on {spoken_date(part.entry_on)}{left}{apart}."
    if part.next_entry_on is not None:
        return f"{who} joins the Plan on {spoken_date(part.next_entry_on)}, if nothing changes until then."
    if part.status_of_employee == "excluded":
        return f"{who} is not in the Plan: in a class of employees that it leaves out."
    if part.earliest_entry_on is not None:
        return f"{who} is not in the Plan yet, and can join on {spoken_date(part.earliest_entry_on)} at the earliest."
    return f"{who} is not in the Plan."


def _match(answer: Answer) -> str:
    part, who = answer.matching, answer.employee_id
    if answer.statuses["total"] == "needs_reading":
        return f"What match {who} keeps depends on a reading that nobody has decided."
    if part.total is None:
        return f"The match of {who} cannot be worked out for every month."
    if part.total == 0 and not any(month.eligible_contributions for month in part.months):
        return f"{who} has no match: nothing has been deferred from pay that is matched."
    words = f"The match of {who} comes to {spoken(part.total, 'money')} so far"
    if answer.statuses["total"] == "provisional":
        sure = spoken(part.allocated_total, "money")
        return f"{words}, {sure} of it allocated; the rest is provisional until its test day."
    denied = part.total - part.allocated_total
    return f"{words}." if not denied else f"{words}, {spoken(denied, 'money')} of it not allocated."


def _owning(answer: Answer) -> str:
    part, who = answer.vesting, answer.employee_id
    percent = part.vested_percent.regular_matching
    if percent is None:
        return f"How much of the Employer's money {who} owns cannot be said yet."
    accrued = " that had accrued by then" if part.portions else ""
    words = f"{who} owns {percent}% of the Employer's money{accrued}"
    if part.fully_vested_on is None or percent == 100:  # noqa: PLR2004  the whole
        return f"{words}."
    day = spoken_date(part.fully_vested_on)
    return f"{words} today, and 100% from {day} at the earliest, if each Plan Year until then is a Year of Service."


def _payment(answer: Answer) -> str:
    part, who = answer.distribution, answer.employee_id
    if part.payable_after_on is None:
        return f"When {who} can be paid cannot be said yet."
    if answer.participation.entry_on is None:
        return f"{who} left, and was never a Participant: there is nothing to pay but what the accounts hold."
    when = f"as soon as practical after {spoken_date(part.payable_after_on)}"
    consent = {True: ", with consent", False: ", without having to consent", None: ""}[part.consent_required]
    return f"{who} can be paid {when}{consent}."


def _change(answer: Answer) -> str:
    day = answer.deferral.next_change_on
    return (
        f"{answer.employee_id} can next change the salary reduction on {spoken_date(day)}."
        if day
        else "No date to change."
    )
