"""The facts that each kind of file can hold: canonical names, kinds of values, and which every row needs."""

from collections.abc import Mapping
from dataclasses import dataclass
from typing import Literal, get_args

from planrules.people.importing.declared_codes import PayAmount

Holds = Literal["census", "employment", "classes", "pay", "accounts"]
Kind = Literal["key", "word", "day", "amount", "hours", "count", "employer", "status", "class", "reason", "earning"]
NUMBERS: tuple[Kind, ...] = ("amount", "hours", "count")
"""Kinds that can be added up, and of which an empty cell can mean zero."""


@dataclass(frozen=True)
class Field:
    """One fact.

    Attributes:
        kind: the kind of its values.
        required: a file without it, or a row without it, is of no use.
        may_be_unknown: a file can be read while the column is in question, because null means not known. A
            termination date cannot be left out so: null there would mean employed.
    """

    kind: Kind
    required: bool = False
    may_be_unknown: bool = False


_KEY = Field("key", required=True)
_DAY, _NEEDED_DAY = Field("day"), Field("day", required=True)
_BIRTH = Field("day", may_be_unknown=True)
_REASON, _CLASS = Field("reason", may_be_unknown=True), Field("class", may_be_unknown=True)
_AMOUNT, _NEEDED_AMOUNT = Field("amount"), Field("amount", required=True)
PAY_AMOUNTS = tuple(name for name in get_args(PayAmount) if name != "none")
PAY_PARTS = ("compensation", "bonus", "overtime", "commissions", "other_elective_contributions")
"""The amounts of which null means not known; the others are what was taken, and none where there is no column."""

FIELDS: Mapping[Holds, Mapping[str, Field]] = {
    "census": {
        "employee_id": _KEY,
        "birth_date": _BIRTH,
        "hire_date": _NEEDED_DAY,
        "first_termination_date": _DAY,
        "rehire_date": _DAY,
        "termination_date": _DAY,
        "termination_reason": _REASON,
        "status": Field("status"),
        "class": _CLASS,
        "class_start": _DAY,
        "employer": Field("employer"),
    },
    "employment": {
        "employee_id": _KEY,
        "birth_date": _BIRTH,
        "employer": Field("employer"),
        "start": _NEEDED_DAY,
        "end": _DAY,
        "reason": _REASON,
    },
    "classes": {
        "employee_id": _KEY,
        "class": Field("class", required=True),
        "start": _NEEDED_DAY,
        "end": _DAY,
    },
    "pay": {
        "employee_id": _KEY,
        "start": _NEEDED_DAY,
        "end": _NEEDED_DAY,
        "paid_on": _NEEDED_DAY,
        "hours": Field("hours", may_be_unknown=True),
        "earning_code": Field("earning"),
        "amount": _AMOUNT,
        **dict.fromkeys(PAY_AMOUNTS, _AMOUNT),
        **dict.fromkeys(PAY_PARTS, Field("amount", may_be_unknown=True)),
        "days": Field("count", may_be_unknown=True),
        "kind": Field("word"),
        "employer": Field("employer"),
    },
    "accounts": {
        "employee_id": _KEY,
        **dict.fromkeys(("deferral", "regular_matching", "employer", "qualified_nonelective"), _NEEDED_AMOUNT),
    },
}
