"""The first day on which the plan can pay somebody who left: never a promise of the day of payment."""

from datetime import date, timedelta

from planrules.answers.models import Answer
from planrules.answers.words import spoken_date


def from_that_day(answer: Answer) -> bool:
    """Whether payment can be made on `payable_after_on` itself, and not only after it."""
    return any(step.fact == "payable_after_on" and step.says.startswith("Payable from") for step in answer.because)


def payable_from(answer: Answer) -> date | None:
    """The first day on which payment can be processed; null when there is nothing to pay or it cannot be said."""
    day = answer.distribution.payable_after_on
    if day is None or answer.distribution.vested_total == 0 or answer.participation.entry_on is None:
        return None
    return day if from_that_day(answer) else day + timedelta(days=1)


def no_promise(answer: Answer) -> str | None:
    """What the first day of payment is and is not, as sentences; null when there is none."""
    day = payable_from(answer)
    if day is None:
        return None
    return (
        f"The plan cannot pay {answer.employee_id} before {spoken_date(day)}; it is the first day payment can be "
        "processed, not a promised day. The amount is that of the latest valuation of the accounts."
    )
