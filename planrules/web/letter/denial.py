"""What a notice of a denied claim must have (29 CFR 2560.503-1), drafted for the plan's administrator to approve."""

from collections.abc import Iterator, Sequence
from dataclasses import dataclass
from decimal import Decimal
from typing import Final

from planrules import law
from planrules.answers import Answer
from planrules.answers.payable import paid_by, payable_from
from planrules.answers.words import joined, spoken_date
from planrules.plan.vesting import FULL
from planrules.web.letter.grounds import grounds, needed, reasons
from planrules.web.pages.telling import Told

_NOT_SAID: Final = frozenset({"needs_data", "needs_reading"})


@dataclass(frozen=True)
class Denial:
    """The draft: what is refused and why, the provisions, what more is needed, and the days to ask for a review.

    The plan may allow more of them; `review_days_disability` are those of a claim that turns on a disability.
    """

    refused: tuple[str, ...]
    reasons: tuple[str, ...]
    provisions: str
    needed: tuple[str, ...]
    review_days: int
    review_days_disability: int


def denial(answer: Answer, answers: list[Told], taken: Sequence[str]) -> Denial | None:
    """The draft for an answer that refuses something; null when it refuses nothing.

    `taken` is what was taken as it stands because whoever typed the facts does not know.
    """
    refused = {name: what for name, what in _refused(answer) if name in {each.name for each in answers}}
    if not refused:
        return None
    rests = grounds(answer, tuple(refused))
    why = reasons(answer, rests)
    return Denial(
        refused=tuple(refused.values()),
        reasons=tuple(reason.says for reason in why),
        provisions=joined(tuple(dict.fromkeys(cite for reason in why for cite in reason.cites))),
        needed=(*taken, *needed(answer, rests)) or ("Nothing is missing: the answer follows from the facts on file.",),
        review_days=_days("claim_review_days"),
        review_days_disability=_days("claim_review_days_disability"),
    )


def _days(name: str) -> int:
    """The days as the law has them now: the notice is yet to be sent, whatever day the answer is about."""
    return law.thresholds(name)[-1].value


def _refused(answer: Answer) -> Iterator[tuple[str, str]]:
    """What is refused, by section. What cannot be said yet is not refused: a fact or a decision is missing first."""
    left = answer.distribution.event_on is not None
    if _said(answer, "entry_on", "status_of_employee") and answer.participation.entry_on is None:
        yield "participation", f"Taking part in the Plan on {spoken_date(answer.as_of)}."
    if left and _said(answer, "vested_percent") and any(each < FULL for each in _owned(answer)):
        yield "vesting", "The part of the Employer's money that is not Nonforfeitable."
    first = paid_by(answer) or payable_from(answer)
    if left and _said(answer, "payable_after_on") and (first is None or first > answer.as_of):
        yield "distribution", "Payment now."


def _said(answer: Answer, *fields: str) -> bool:
    """Whether nothing that these fields rest on is missing or undecided."""
    return not {answer.statuses[name] for name in fields} & _NOT_SAID


def _owned(answer: Answer) -> Iterator[int | Decimal]:
    """Every percentage that some of the Employer's money is owned to."""
    part = answer.vesting
    found = (part.vested_percent.employer, part.vested_percent.regular_matching)
    yield from (each for each in found if each is not None)
    yield from (each.percent for each in (*part.portions, *part.matching_portions))
