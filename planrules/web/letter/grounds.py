"""What a refusal rests on: the reasons that give it, and the facts that could. What is told beside it is no ground."""

from collections.abc import Iterator, Sequence
from dataclasses import dataclass
from typing import Final

from planrules.answers import Answer
from planrules.answers.beside import assumed
from planrules.answers.models import Because
from planrules.answers.open_places import not_known
from planrules.answers.payable import paid_by


@dataclass(frozen=True)
class Grounds:
    """`facts` are those whose reasons give a refusal, by the names of `because`; `fields` those of the answer in it."""

    facts: tuple[str, ...]
    fields: tuple[str, ...]


_JOINING: Final = Grounds(
    (
        *("hours", "eligibility_completed_on", "scheduled_entry_on", "entry_on", "next_entry_on", "earliest_entry_on"),
        "suspended_from",
    ),
    ("eligibility_completed_on", "scheduled_entry_on", "entry_on", "status_of_employee"),
)
_OWNING: Final = Grounds(
    (
        *("schedule", "owned_percent", "years_left_out", "years_dropped_on", "forfeiture_break_on"),
        *("vested_percent_before_forfeiture_break", "owned_matching_percent"),
        *("later_money_percent", "later_matching_percent"),
    ),
    ("schedule", "vested_percent", "vested_percent_before_forfeiture_break"),
)
_LEAVING: Final = Grounds(("event_on",), ("event_on",))
_BEFORE: Final = Grounds(("immediate", "payable_after_on"), ("immediate", "payable_after_on"))
_BY_ITSELF: Final = Grounds(("immediate", "default_payment_on"), ("immediate", "default_payment_on"))
_NOTHING: Final = Grounds(("vested_total",), ("vested_total",))


def grounds(answer: Answer, refused: Sequence[str]) -> Grounds:
    """Those of the sections in which something is refused, together."""
    found = [each for section in refused for each in _of(answer, section)]
    return Grounds(
        tuple(fact for each in found for fact in each.facts), tuple(field for each in found for field in each.fields)
    )


def _of(answer: Answer, section: str) -> Iterator[Grounds]:
    if section == "participation":
        yield _JOINING
    elif section == "vesting":
        yield _OWNING
    else:
        yield _LEAVING
        yield from _of_payment(answer)


def _of_payment(answer: Answer) -> Iterator[Grounds]:
    """Nobody is paid who never joined or owns nothing; else the day of payment is yet to come."""
    if answer.participation.entry_on is None:
        yield _JOINING
    elif answer.distribution.vested_total == 0:
        yield from (_NOTHING, _OWNING)
    else:
        yield _BEFORE if paid_by(answer) is None else _BY_ITSELF


def reasons(answer: Answer, of: Grounds) -> list[Because]:
    """The steps that give a refusal, each sentence once."""
    steps = [step for step in answer.because if step.fact in of.facts]
    return list({step.says: step for step in reversed(steps)}.values())[::-1]


def needed(answer: Answer, of: Grounds) -> Iterator[str]:
    """What is not known or was assumed, and could change what is refused."""
    missing = tuple(each for each in answer.missing if each.needed_for in of.fields)
    assumptions = tuple(each for each in answer.assumptions if not set(of.fields).isdisjoint(each.needed_for))
    narrowed = answer.model_copy(update={"missing": missing, "assumptions": assumptions})
    yield from (f"{each.fact}." for each in not_known(narrowed))
    yield from assumed(narrowed)
