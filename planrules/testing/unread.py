"""The words of an agreement that keep a promise from being held: nobody has said what they mean."""

from collections.abc import Iterator, Sequence

from pydantic import BaseModel, ConfigDict

from planrules.answers.labels import fields_in_words
from planrules.api import Plan
from planrules.supplements import SUPPLEMENTS
from planrules.testing.searching import Found

_OF_LEDGER = {"months": "matching"}
"""What a property calls a field of the answer that is a ledger, where that is another word."""


class Unread(BaseModel):
    """An option whose effect nobody has told, and what of a proof rests on it.

    Attributes:
        option: its citation on the form.
        words: what is written in its blanks; empty where it has none.
        lacks: what is not told, where it is something else than the meaning of the words; else null.
        bears_on: the answers that wait for it, in words.
        supplement: whether a supplement in the elections file can give the meaning.
        properties: those that say nothing of anybody drawn and look at such an answer.
    """

    model_config = ConfigDict(frozen=True, extra="forbid")

    option: str
    words: str
    lacks: str | None
    bears_on: str
    supplement: bool
    properties: tuple[str, ...]


def unread(plan: Plan, found: Sequence[Found]) -> Iterator[Unread]:
    """Each option of a plan whose effect is not told, with the properties that were held against nobody for it."""
    idle = [each.property for each in found if each.not_about is None and not each.concerned]
    for told in plan.terms.untold:
        waiting = {_OF_LEDGER.get(name, name) for name in told.fields}
        blanks = plan.elections.checked.get(told.option, {})
        yield Unread(
            option=told.option,
            words="; ".join(value for value in blanks.values() if isinstance(value, str)),
            lacks=told.lacks,
            bears_on=fields_in_words(dict.fromkeys(told.fields)),
            supplement=told.option in SUPPLEMENTS,
            properties=tuple(each.name for each in idle if waiting & {name.split(".")[0] for name in each.reads}),
        )
