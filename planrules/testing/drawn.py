"""What is drawn to be asked about: a person and a day."""

from dataclasses import dataclass
from datetime import date

from planrules.people import Person


@dataclass(frozen=True, slots=True)
class Trial:
    """One question to a plan: everything about this person at the close of this day."""

    person: Person
    as_of: date
