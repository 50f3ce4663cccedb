"""The person of `planrules answer`: the one of a file, or one of many by employee_id."""

from datetime import date
from pathlib import Path

import typer

from planrules.answers import Answer
from planrules.api import Plan
from planrules.people import read_people, read_person


def answered(plan: Plan, person: Path, employee_id: str | None, as_of: date) -> Answer:
    """The answer for the person of a file, or for one of a folder of tables or a file of many.

    Raises:
        PeopleError: the file or the folder cannot be read, has nobody of that employee_id, or facts that cannot be.
    """
    if employee_id is not None:
        return plan.answer_among(read_people(person), employee_id, as_of, where=person.name)
    if person.is_dir():
        msg = f"{person} is a folder of tables: say whose answer is wanted, for example --employee E1001"
        raise typer.BadParameter(msg, param_hint="--employee")
    return plan.answer(read_person(person), as_of, where=person.name)
