"""The first day on which the plan can pay somebody who left: never a promise of the day of payment."""

from datetime import date, timedelta

from planrules.answers.models import Answer
from planrules.answers.words import spoken_date

_OPEN = ("needs_data", "needs_reading")


def from_that_day(answer: Answer) -> bool:
    """Whether payment can be made on `payable_after_on` itself, and not only after it."""
    return any(step.fact == "payable_after_on" and step.says.startswith("Payable from") for step in answer.because)


def payable_from(answer: Answer) -> date | None:
    """The first day on which payment can be processed; null when there is nothing to pay or it cannot be said."""
    day = answer.distribution.payable_after_on
    if day is None or answer.distribution.vested_total == 0 or answer.participation.entry_on is None:
        return None
    return day if from_that_day(answer) else day + timedelta(days=1)


def paid_by(answer: Answer) -> date | None:
    """The day by which somebody is paid who need not wait for `payable_after_on`; null where that is when they can be.

    A default payment or one at death comes by itself, whatever the day on which payment can be asked for.
    """
    part = answer.distribution
    if (
        payable_from(answer) is None
        or part.payable_after_on is None
        or part.default_payment_on is None
        or at_death(answer)
    ):
        return None
    return part.default_payment_on if part.default_payment_on < part.payable_after_on else None


def consent_is_open(answer: Answer) -> bool:
    """Whether payment may need consent, and a missing fact or a reading leaves it open."""
    return answer.distribution.consent_required is None and answer.statuses["consent_required"] in _OPEN


def at_death(answer: Answer) -> bool:
    """Whether it is the beneficiary who is paid."""
    death = any(step.fact == "default_payment_on" and "death" in step.says for step in answer.because)
    return answer.distribution.immediate is True and death


def rests_on(answer: Answer) -> tuple[str, ...]:
    """The fields that the sentence on payment takes."""
    part = answer.distribution
    if part.payable_after_on is None:
        return ("payable_after_on",)
    if part.vested_total == 0:
        return ("payable_after_on", "vested_total")
    if answer.participation.entry_on is None:
        return ("payable_after_on", "entry_on")
    told = ["payable_after_on"]
    if paid_by(answer) is not None:
        told.append("default_payment_on")
    if (part.consent_required is not None or consent_is_open(answer)) and not at_death(answer):
        told.append("consent_required")
    return tuple(told)


def no_promise(answer: Answer) -> str | None:
    """What the first day of payment is and is not, as sentences; null when there is none, or nobody waits for it."""
    day = payable_from(answer)
    if day is None or paid_by(answer) is not None:
        return None
    return (
        f"The plan cannot pay {answer.employee_id} before {spoken_date(day)}; it is the first day payment can be "
        "processed, not a promised day. The amount is that of the latest valuation of the accounts."
    )
