"""The person of `planrules answer`: the one of a file, or one of many by employee_id."""

from datetime import date
from pathlib import Path

from planrules.answers import Answer
from planrules.api import Plan
from planrules.errors import PeopleError, Problem
from planrules.people import read_people, read_person


def answered(plan: Plan, person: Path, employee_id: str | None, as_of: date) -> Answer:
    """The answer for the person of a file, or for one of a folder of tables or a file of many.

    Raises:
        PeopleError: the file or the folder cannot be read, has nobody of that employee_id, or facts that cannot be.
    """
    if employee_id is not None:
        return plan.answer_among(read_people(person), employee_id, as_of, where=person.name)
    if person.is_dir():
        raise PeopleError([_whose(person.name)])
    return plan.answer(read_person(person), as_of, where=person.name)


def _whose(folder: str) -> Problem:
    return Problem(
        what="a folder, which may hold the tables of many people",
        where=folder,
        why="An answer is for one of them.",
        do="Say whose, for example --employee E1001.",
    )
