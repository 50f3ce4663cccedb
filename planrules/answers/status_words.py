"""The status of an answer as one word, and what the word means: no status is told by colour alone."""

from collections.abc import Mapping

from planrules.answers.headlines import as_the_record_stands
from planrules.answers.models import Answer
from planrules.answers.payable import rests_on
from planrules.plan.vesting import FULL

_WORDS: Mapping[str, tuple[str, str]] = {
    "decided": ("Decided", "It follows from facts dated on or before the day asked about."),
    "projected": ("Estimate", "It holds if what it names comes about."),
    "needs_data": ("Facts missing", "A fact is missing. What is known bounds the answer."),
    "needs_reading": ("Not decided", "The document can be read in more than one way, and nobody has decided."),
    "provisional": ("Provisional", "A condition is tested on a later day."),
    "superseded": ("Later law", "A change of law overtook the elected term before these facts."),
    "not_applicable": ("Does not apply", "The question does not arise for this person."),
}
_ASKED: Mapping[str, tuple[str, ...]] = {
    "participation": ("entry_on", "next_entry_on", "earliest_entry_on"),
    "vesting": ("vested_percent", "fully_vested_on"),
    "matching": ("total",),
    "in_service": ("employer_withdrawal_on", "deferral_withdrawal_on", "hardship_accounts"),
    "deferral": ("next_change_on",),
}
_WEAKEST = ("needs_reading", "needs_data", "superseded", "provisional", "projected", "decided", "not_applicable")


def status_in_words(status: str) -> str:
    """One or two words for a status."""
    return _WORDS[status][0]


def status_means(status: str) -> str:
    """What a status means, as a sentence."""
    return _WORDS[status][1]


def status_of(answer: Answer, section: str) -> str:
    """The weakest status among the fields that a section's sentence rests on."""
    found = {answer.statuses[name] for name in names_behind(answer, section)}
    if section == "participation" and as_the_record_stands(answer):
        found.add("projected")
    return next(status for status in _WEAKEST if status in found)


def names_behind(answer: Answer, section: str) -> tuple[str, ...]:
    """The fields that a section's sentence rests on."""
    names = rests_on(answer) if section == "distribution" else _ASKED[section]
    if section == "vesting" and (
        answer.vesting.vested_percent.employer == answer.vesting.vested_percent.regular_matching == FULL
    ):
        names = names[:1]
    if section == "in_service" and answer.participation.entry_on is None:
        names = (*names, "entry_on")
    return names
