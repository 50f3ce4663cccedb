"""Two columns of one file that could be one fact: one where they agree in every row, else a question."""

from collections.abc import Sequence

import polars as pl

from planrules.errors import Problem
from planrules.people.importing.sources import Source

CODE = "alike_columns"
"""The code of the question, whose place names the columns."""
BETWEEN = " + "
_FIRST_HIRE = (
    "The first day of employment (the original hire) and the latest hire are two facts: somebody who left and came "
    "back has both. By their headings, “Original Hire Date” is the first day; “Hire Date” beside it is mostly the "
    "latest hire; an adjusted or seniority date is often neither."
)
_AS_REHIRE = (
    "Head the latest hire “Rehire Date” (where it is the same day as the first, nobody came back) and give the day on "
    "which the first employment ended as “First Termination Date”. Or, where one column counts for everybody, leave "
    "the other out or delete it in a copy of the file. "
)
_ONE_COUNTS = "Where one of them counts, delete the other in a copy of the file. "
_IN_MAPPING = "In a mapping: `{field}: <header>` under columns, and the other under ignore."


def differing(source: Source, positions: Sequence[int]) -> int:
    """In how many rows these columns do not say the same, blanks at the ends apart."""
    first, *others = (pl.col(f"c{each}").fill_null("").str.strip_chars(" \t\u00a0") for each in positions)
    return int(source.frame.select(pl.any_horizontal(first != other for other in others).sum()).item())


def question(field: str, headers: Sequence[str], rows: int | None, where: str) -> Problem:
    """What is asked where the columns do not agree in so many rows; null where the rows were not looked at."""
    hired = field == "hire_date"
    named = " and ".join(f"“{header}”" for header in headers)
    differ = "" if rows is None else f", which differ in {rows:,} row{'' if rows == 1 else 's'}"
    return Problem(
        what=f"more than one column could be {field}: {named}{differ}",
        where=f"{where}, {BETWEEN.join(headers)}",
        why=_FIRST_HIRE if hired else "Two dates or amounts with like names in one file are usual, and differ.",
        do=(_AS_REHIRE if hired else _ONE_COUNTS) + _IN_MAPPING.format(field=field),
        code=CODE,
    )
