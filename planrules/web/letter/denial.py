"""What a notice of a denied claim must have (29 CFR 2560.503-1), drafted for the plan's administrator to approve."""

from collections.abc import Iterator
from dataclasses import dataclass
from typing import Final

from planrules.answers import Answer
from planrules.answers.payable import paid_by, payable_from
from planrules.answers.words import joined
from planrules.plan.vesting import FULL
from planrules.web.pages.telling import Beside, Told

REVIEW_DAYS: Final = 60
"""Within so many days of the notice a claimant may ask for a review (29 CFR 2560.503-1(h); the plan may allow more)."""


@dataclass(frozen=True)
class Denial:
    """The draft: what is refused and why, the provisions, what more is needed, and the days to ask for a review."""

    refused: tuple[str, ...]
    reasons: tuple[str, ...]
    provisions: str
    needed: tuple[str, ...]
    review_days: int


def denial(answer: Answer, answers: list[Told], notes: Beside) -> Denial | None:
    """The draft for an answer that refuses something; null when it refuses nothing."""
    refused = {name: what for name, what in _refused(answer) if name in {each.name for each in answers}}
    if not refused:
        return None
    why = [reason for each in answers if each.name in refused for reason in each.why]
    needed = [f"{each.fact}." for each in notes.not_known] + notes.next_steps
    return Denial(
        refused=tuple(refused.values()),
        reasons=tuple(reason.says for reason in why),
        provisions=joined(tuple(dict.fromkeys(cite for reason in why for cite in reason.cites))),
        needed=tuple(needed) or ("Nothing is missing: the answer follows from the facts on file.",),
        review_days=REVIEW_DAYS,
    )


def _refused(answer: Answer) -> Iterator[tuple[str, str]]:
    if answer.participation.entry_on is None:
        yield "participation", f"Taking part in the Plan on {answer.as_of:%B} {answer.as_of.day}, {answer.as_of.year}."
    percent = answer.vesting.vested_percent
    if answer.distribution.event_on is not None and min(percent.employer or 0, percent.regular_matching or 0) < FULL:
        yield "vesting", "The part of the Employer's money that is not Nonforfeitable."
    first = paid_by(answer) or payable_from(answer)
    if answer.distribution.event_on is not None and (first is None or first > answer.as_of):
        yield "distribution", "Payment now."
