"""What is known of people: the models, the frames, the checks and the readers.

`Person` is one person as JSON; `People` the same facts as tables, one row each, keyed by `employee_id`.
Null means not known; an empty list, or a table without rows for someone, means known to be none.
A person whose facts cannot all be true is set aside with a named problem; nobody else is stopped.
"""

from planrules.people.frames import People
from planrules.people.models import Account, CashOut, ClassSpan, EmploymentSpan, PayRow, Person
from planrules.people.persons import person_among
from planrules.people.read import read_people, read_person

__all__ = [
    "Account",
    "CashOut",
    "ClassSpan",
    "EmploymentSpan",
    "PayRow",
    "People",
    "Person",
    "person_among",
    "read_people",
    "read_person",
]
