"""An answer cut down to the sections that are asked for: what is open about others is no trouble of theirs."""

from collections.abc import Iterable
from typing import Final

from planrules.answers import Answer
from planrules.engine.fields import FIELDS

_OTHERS: Final = {
    "portions": "vesting",
    "matching_portions": "vesting",
    "computation_period": "vesting",
    "allocated_every": "matching",
    "employer_money": "in_service",
    "deferral_money": "in_service",
}
"""The sections of fields that have no status of their own."""
_SECTIONS: Final = {name: section for section, names in FIELDS.items() for name in names} | _OTHERS


def narrowed(answer: Answer, sections: set[str]) -> Answer:
    """The answer with what is missing, assumed, open or overtaken in these sections only."""

    def kept(names: Iterable[str]) -> tuple[str, ...]:
        return tuple(name for name in names if _section(name) in sections)

    readings = tuple(
        note.model_copy(
            update={
                "others": tuple(
                    other.model_copy(update={"changes": {name: other.changes[name] for name in kept(other.changes)}})
                    for other in note.others
                )
            }
        )
        for note in answer.readings
    )
    return answer.model_copy(
        update={
            "missing": tuple(each for each in answer.missing if kept([each.needed_for])),
            "assumptions": tuple(
                each.model_copy(update={"needed_for": kept(each.needed_for)})
                for each in answer.assumptions
                if kept(each.needed_for)
            ),
            "readings": readings,
            "untold": tuple(
                each.model_copy(update={"fields": kept(each.fields)}) for each in answer.untold if kept(each.fields)
            ),
            "superseded": tuple(
                each.model_copy(update={"fields": kept(each.fields)}) for each in answer.superseded if kept(each.fields)
            ),
        }
    )


def _section(name: str) -> str:
    """The section of a field; `vesting.periods` says it itself."""
    return _SECTIONS.get(name) or name.partition(".")[0]
