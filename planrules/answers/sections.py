"""An answer in sections: each question's sentence with its reasons and tables, as the terminal, page and letter show.

Every sentence is made once, here or in the modules this one calls; what shows it only lays it out.
"""

from collections.abc import Iterator, Mapping
from dataclasses import dataclass

from planrules.answers.headlines import headlines
from planrules.answers.models import Answer, Because
from planrules.answers.tables import Ledger, tables

_ABOUT: Mapping[str, tuple[str, ...]] = {
    "participation": (
        *("hours", "eligibility_completed_on", "scheduled_entry_on", "entry_on", "next_entry_on", "earliest_entry_on"),
        *("suspended_from", "apart_entry_on"),
    ),
    "vesting": (
        *("schedule", "owned_percent", "years_left_out", "years_dropped_on", "fully_vested_on", "forfeiture_break_on"),
        *("vested_percent_before_forfeiture_break", "owned_matching_percent"),
        *("later_money_percent", "later_matching_percent", "vested_percent"),
    ),
    "matching": ("total", "allocated_total"),
    "distribution": (
        *("event_on", "immediate", "payable_after_on", "consent_required", "default_payment_on"),
        *("required_beginning_on", "restored_on", "forfeiture_on"),
    ),
    "in_service": ("participant_at_work", "employer_withdrawal_on", "deferral_withdrawal_on", "hardship_accounts"),
    "deferral": ("next_change_on", "maximum_percent", "annual_limit"),
}
"""The reasons told under each headline."""
_OWN_MONEY = "vested_percent"
"""The reason that says that own deferrals are always owned."""


@dataclass(frozen=True)
class Reason:
    """One step of a section's reasoning. `projected`: it holds if what it names comes about."""

    says: str
    cites: tuple[str, ...]
    projected: bool


@dataclass(frozen=True)
class Section:
    """One question's answer: `name` is the part of the answer it tells, `headline` its sentence."""

    name: str
    headline: str
    reasons: tuple[Reason, ...]
    tables: tuple[Ledger, ...]


def sections(answer: Answer) -> Iterator[Section]:
    """The sections that this person's answer has, in the order a participant asks."""
    for name, sentence in headlines(answer):
        reasons = tuple(
            Reason(step.says, step.cites, projected=answer.statuses.get(step.fact) == "projected")
            for step in _of_section(answer, name)
        )
        yield Section(name, in_sentence(sentence, answer.employee_id), reasons, tuple(tables(answer, name)))


def in_sentence(sentence: str, who: str) -> str:
    """A sentence about somebody who is called by an article and a noun, in small letters within it.

    >>> in_sentence("Whether The employee can withdraw", "The employee")
    'Whether the employee can withdraw'
    """
    return sentence[:1] + sentence[1:].replace(who, f"the{who[3:]}") if who.startswith("The ") else sentence


def _of_section(answer: Answer, section: str) -> Iterator[Because]:
    said: set[str] = set()
    about = set(_ABOUT[section]) - (set() if _may_have_deferrals(answer) else {_OWN_MONEY})
    for step in answer.because:
        if step.fact in about and step.says not in said:
            said.add(step.says)
            yield step


def _may_have_deferrals(answer: Answer) -> bool:
    """Whether there are deferrals, or may be some: of who joined, may have joined, or deferred before joining."""
    part = answer.deferral
    joined = answer.participation.entry_on is not None or answer.statuses["entry_on"] in ("needs_data", "needs_reading")
    return joined or any((part.deferred_in_plan_year, part.deferred_in_calendar_year, answer.distribution.vested_total))
