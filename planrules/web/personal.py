"""Employee numbers that look like a Social Security number: people can be loaded with them, nothing shows one.

Nine digits are taken for one with hyphens or without: on the page, in letters and lists, and by the API.
"""

import re
from typing import Any, Final

from planrules.answers import Answer
from planrules.people import Person

SOCIAL_SECURITY: Final = r"\s*\d{3}[- ]?\d{2}[- ]?(\d{4})\s*"
_SOCIAL_SECURITY: Final = re.compile(SOCIAL_SECURITY)


def is_social_security(employee_id: str) -> bool:
    """Whether an employee number has the shape of a Social Security number.

    >>> is_social_security("900-11-2222"), is_social_security("900112222"), is_social_security("E-900")
    (True, True, False)
    """
    return _SOCIAL_SECURITY.fullmatch(employee_id) is not None


def shown(employee_id: str) -> str:
    """An employee number as pages and letters print it: of a Social Security number the last four digits alone.

    >>> shown("900-11-2222"), shown("E1001")
    ('XXX-XX-2222', 'E1001')
    """
    found = _SOCIAL_SECURITY.fullmatch(employee_id)
    return employee_id if found is None else f"XXX-XX-{found[1]}"


def masked(answer: Answer) -> Answer:
    """An answer whose sentences name the person as `shown` does."""
    return answer.model_copy(update={"employee_id": shown(answer.employee_id)})


def person_as_json(person: Person) -> dict[str, Any]:
    """A person as JSON has it, with the employee number as `shown` has it."""
    return {**person.model_dump(mode="json", by_alias=True), "employee_id": shown(person.employee_id)}
