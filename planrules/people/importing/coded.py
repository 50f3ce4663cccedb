"""Columns of codes: what the mapping says each means. A code is compared without case; none is guessed."""

from collections.abc import Mapping
from typing import get_args

from planrules.people.importing.declared_codes import Codes, StatusCode
from planrules.people.importing.fields import Kind
from planrules.people.models import Reason

CLASSES = ("collective_bargaining", "leased", "nonresident_alien", "commission_sales", "salaried", "hourly")
"""Names of classes that need no mapping."""
CODED: tuple[Kind, ...] = ("status", "class", "reason", "earning")
"""Kinds whose codes have to be explained; employers need it only where the file has codes instead of their names."""


def meanings(kind: Kind, codes: Codes) -> Mapping[str, str]:
    """For each code, without case, the word it stands for; the empty word for a code that stands for none."""
    match kind:
        case "class":
            return _plain(codes.class_) | {name: name for name in CLASSES}
        case "reason":
            return _plain(codes.reason) | {name: name for name in get_args(Reason)}
        case "status":
            return {code.casefold(): code.casefold() for code in codes.status}
        case "earning":
            return {code.casefold(): code.casefold() for code in codes.earning}
        case _:
            return _plain(codes.employer)


def explained(kind: Kind, codes: Codes) -> bool:
    """Whether the mapping explains codes of this kind at all."""
    return bool(
        {"status": codes.status, "class": codes.class_, "reason": codes.reason, "earning": codes.earning}.get(
            kind, True
        )
    )


def statuses(codes: Codes) -> Mapping[str, StatusCode]:
    """What each status code says, without case."""
    return {code.casefold(): meaning for code, meaning in codes.status.items()}


def _plain(codes: Mapping[str, str | None]) -> dict[str, str]:
    return {code.casefold(): meaning or "" for code, meaning in codes.items()}
