"""One of many people as a `Person`: the tables' rows put back together."""

from typing import Any

import polars as pl

from planrules.errors import PeopleError, Problem
from planrules.people.frames import People
from planrules.people.models import Person
from planrules.people.read import person_from

_KEY = "employee_id"
_SPANS = ("classes", "pay", "distributions", "opt_outs")


def person_among(people: People, employee_id: str, where: str = "people") -> Person:
    """The facts of one of these people, the same as they had been given as a `Person`.

    Classes and pay are null where the tables say that they are not known. `where` is how errors name the source.

    Raises:
        PeopleError: nobody has this employee_id, or nothing is told of their employment, or a fact cannot be one.
    """
    employee = _rows(people.employees, employee_id)
    employment = _rows(people.employment, employee_id)
    if not employee or not employment:
        raise PeopleError([_nobody(where)])
    facts: dict[str, Any] = {name: _rows(getattr(people, name), employee_id) for name in _SPANS}
    row = employee[0]
    accounts = _rows(people.accounts, employee_id)
    return person_from(
        {
            _KEY: employee_id,
            **{name: row[name] for name in ("birth_date", "top_heavy_schedule_kept_on", "participant_since")},
            **facts,
            "employment": employment,
            "classes": facts["classes"] if row["classes_known"] else None,
            "pay": facts["pay"] if row["pay_known"] else None,
            "accounts": accounts[0] if accounts else None,
        },
        where,
    )


def _rows(table: pl.DataFrame, employee_id: str) -> list[dict[str, Any]]:
    return table.filter(pl.col(_KEY) == employee_id).drop(_KEY).to_dicts()


def _nobody(where: str) -> Problem:
    return Problem(
        what="nobody has this employee_id, or no employment is told",
        where=where,
        why="It is compared letter by letter; whoever has a row set aside is not among the people.",
        do="Take an employee_id of the employees table.",
    )
