"""Employee numbers that look like a Social Security number: the API takes none, for what it answers would show it."""

from collections.abc import Mapping
from typing import Final

import polars as pl

from planrules.errors import PeopleError
from planrules.people import Person
from planrules.people.checks import EXCEPTIONS
from planrules.web.personal import SOCIAL_SECURITY, is_social_security
from planrules.web.safety.refusals import PointedProblem

KEY: Final = "employee_id"
_WHAT: Final = "an employee number that looks like a Social Security number"
_DO: Final = "Use another key, such as a number of your own."


def check_number(person: Person, base: str) -> None:
    """Lets a person pass who has a number of their own; `base` is the pointer to them.

    Raises:
        PeopleError: it looks like a Social Security number.
    """
    if is_social_security(person.employee_id):
        why = "None is needed here, and an answer shows the number."
        raise PeopleError([PointedProblem(_WHAT, f"person, {KEY}", why, _DO, pointer=f"{base}/{KEY}")])


def without_numbers(tables: Mapping[str, pl.DataFrame]) -> tuple[Mapping[str, pl.DataFrame], pl.DataFrame]:
    """Tables without the rows of such people, and an exception for each row of `employees` that is left out."""
    if KEY not in tables["employees"].columns:  # which the engine's reading of them tells
        return tables, pl.DataFrame(schema=EXCEPTIONS)
    numbered = pl.col(KEY).cast(pl.String, strict=False).str.contains(f"^(?:{SOCIAL_SECURITY})$").fill_null(value=False)
    rows = tables["employees"].with_row_index("row", 1).filter(numbered)["row"].to_list()
    told = {KEY: None, "table": "employees", "column": KEY, "rule": _WHAT, "do": _DO}
    left = {name: table.filter(~numbered) if KEY in table.columns else table for name, table in tables.items()}
    return left, pl.DataFrame([{**told, "row": row} for row in rows], schema=EXCEPTIONS)
