"""The answer to one question in a few words, for the list at the top of the page; the sentence stands further down."""

from collections.abc import Callable, Mapping
from typing import Final

from planrules.answers import Answer
from planrules.answers.headlines import owned_words
from planrules.answers.payable import from_that_day, paid_by, payable_from
from planrules.answers.words import spoken, spoken_date

_OPEN: Final = {"needs_data", "needs_reading", "superseded"}
_TAKES_NO_PART: Final = {"excluded", "not_eligible"}


def in_short(answer: Answer, section: str, status: str) -> str:
    """A few words beside the status; empty where the status says it all, or only a sentence can say it."""
    told = _TOLD.get(section)
    return "" if told is None or status in _OPEN else told(answer)


def _joining(answer: Answer) -> str:
    part = answer.participation
    if part.entry_on is not None:
        apart = "; takes no part now" if part.status_of_employee in _TAKES_NO_PART else ""
        return f"{spoken_date(part.entry_on)}{apart}"
    if part.next_entry_on is not None:
        return spoken_date(part.next_entry_on)
    if part.status_of_employee == "excluded":
        return "not in the Plan"
    if part.earliest_entry_on is not None and part.earliest_entry_on > answer.as_of:
        return f"{spoken_date(part.earliest_entry_on)} at the earliest"
    return "not in the Plan yet"


def _owning(answer: Answer) -> str:
    """The percentage; of somebody who has not joined there is nothing yet to own a part of."""
    owned, whole = owned_words(answer), answer.vesting.fully_vested_on
    if answer.participation.entry_on is None or owned is None:
        return ""
    return owned if whole is None or whole <= answer.as_of else f"{owned}; 100% by {spoken_date(whole)}"


def _payment(answer: Answer) -> str:
    day, latest = answer.distribution.payable_after_on, paid_by(answer)
    if latest is not None:
        return f"by {spoken_date(latest)}"
    if day is None or payable_from(answer) is None:
        return ""
    return f"{'from' if from_that_day(answer) else 'after'} {spoken_date(day)}"


def _at_work(answer: Answer) -> str:
    part = answer.in_service
    days = [day for day in (part.employer_withdrawal_on, part.deferral_withdrawal_on) if day is not None]
    if answer.participation.entry_on is None:
        return "nothing before joining"
    if days:
        return f"from {spoken_date(min(days))}"
    return "only in a hardship" if part.hardship_accounts else "nothing"


def _match(answer: Answer) -> str:
    part = answer.matching
    return f"{spoken(part.total, 'money')} so far" if part.months and part.total is not None else ""


def _change(answer: Answer) -> str:
    day = answer.deferral.next_change_on
    return "" if day is None else spoken_date(day)


_TOLD: Final[Mapping[str, Callable[[Answer], str]]] = {
    "participation": _joining,
    "vesting": _owning,
    "distribution": _payment,
    "in_service": _at_work,
    "matching": _match,
    "deferral": _change,
}
