"""What can be done now about what is missing or open: whom to ask, and where to write the answer down."""

from collections.abc import Collection, Iterator, Mapping

from planrules.answers.models import Answer
from planrules.answers.words import listed
from planrules.engine.fields import FIELDS
from planrules.supplements import SUPPLEMENTS

_PERSON = "the person's file"
_PLAN_FACTS = "the plan facts file"
_ASKED: Mapping[str, tuple[str, str]] = {
    "hours": ("the hours that are blank in the pay rows", _PERSON),
    "days": ("pay rows by day, or by shorter spans", _PERSON),
    "pay": ("the pay rows", _PERSON),
    "birth_date": ("the birth date", _PERSON),
    "classes": ("the classes of employees the person was in", _PERSON),
    "accounts": ("the account balances", _PERSON),
    "compensation": ("the compensation that is blank in the pay rows", _PERSON),
    "bonus": ("the bonuses, row by row", _PERSON),
    "overtime": ("the overtime pay, row by row", _PERSON),
    "commissions": ("the commissions, row by row", _PERSON),
    "other_elective_contributions": ("the other elective contributions, row by row", _PERSON),
    "pay_gap": ("pay rows for the days without any, if there were hours or pay", _PERSON),
    "reason": ("the reason for leaving", _PERSON),
    "top_heavy": ("the result of the top-heavy test", _PLAN_FACTS),
    "match_rates": ("the match rates", _PLAN_FACTS),
    "highly_compensated": ("who is a Highly Compensated Employee", _PLAN_FACTS),
}
"""What to add for a fact that is missing or was assumed, and where it belongs."""
_NO_PLACE: Mapping[str, str] = {
    "payroll_calendar": "Ask payroll for the day: no payroll calendar is kept here.",
    "compensation_limit": "Look up the limit on Compensation in the law of the year: none is on file here.",
    "accrued_balance": "Ask the recordkeeper how much had accrued by the end of the last top-heavy Plan Year.",
}
"""What can be done about a fact that no file has a place for."""


def asked_of_person(fact: str) -> str | None:
    """What to add to a person's file for a fact that is missing or was assumed; null where it belongs elsewhere."""
    words, file = _ASKED.get(fact, (None, None))
    return words if file == _PERSON else None


def unseen(answer: Answer) -> frozenset[str]:
    """Fields of parts that are not shown to this person: deferring is for Participants at work."""
    participant = answer.participation.status_of_employee == "participant"
    return frozenset() if participant else frozenset(FIELDS["deferral"])


def wanted_facts(answer: Answer) -> tuple[str, ...]:
    """The facts that are missing or were assumed, each once."""
    missing = [each.fact for each in answer.missing if each.needed_for not in unseen(answer)]
    return tuple(dict.fromkeys([*missing, *(each.fact for each in answer.assumptions)]))


def next_steps(answer: Answer, elsewhere: Collection[str] = ()) -> Iterator[str]:
    """One sentence a step: first what nobody has interpreted, then the person's file, then the plan.

    Facts that are asked for `elsewhere` are left out.
    """
    yield from _untold(answer)
    facts = [fact for fact in wanted_facts(answer) if fact not in elsewhere]
    for file in (_PERSON, _PLAN_FACTS):
        wanted = [_ASKED[fact][0] for fact in facts if fact in _ASKED and _ASKED[fact][1] == file]
        if wanted:
            yield f"Add to {file}: {listed(wanted)}. Then ask again."
    yield from (_NO_PLACE[fact] for fact in facts if fact in _NO_PLACE)
    undecided = [
        note.reading for note in answer.readings if note.chosen is None and any(other.changes for other in note.others)
    ]
    if undecided:
        yield (
            f"Have whoever administers the plan decide {listed(undecided)}, and write it under `readings` in the "
            "elections file."
        )
    if answer.superseded:
        yield "Look whether the plan was amended for the later law: the answer follows the agreement as it was signed."


def _untold(answer: Answer) -> Iterator[str]:
    """What to do about options whose effect nobody has told and that an answer rests on, mostly words written in."""
    options = [each.option for each in answer.untold]
    told = [option for option in options if option in SUPPLEMENTS]
    other = [option for option in options if option not in SUPPLEMENTS]
    if told:
        yield f"Write what {listed(told)} of the agreement means under `supplements:` in the elections file."
    if other:
        yield (
            f"Have whoever administers the plan settle what rests on {listed(other)} of the agreement for this person: "
            "no file has a place for it."
        )
