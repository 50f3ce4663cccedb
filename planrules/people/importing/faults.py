"""What an import can find wrong with a row, apart from the checks of people: each with a code, its rule and a remedy.

An error sets the row aside, and holds its person back until it is mended. A warning does not stop anything; somebody
looks at it and answers for it in the mapping.
"""

from collections.abc import Mapping
from dataclasses import dataclass
from typing import Literal

import polars as pl

Level = Literal["error", "warning"]


@dataclass(frozen=True)
class Fault:
    """One rule of an import: how serious it is, what is wrong, what to do.

    `shape` is true where the look of the cell is what is wrong, so that the report tells the class of its value.
    """

    level: Level
    rule: str
    do: str
    shape: bool = False


FAULTS: Mapping[str, Fault] = {
    "cells": Fault(
        "error",
        "the row has more or fewer cells than the header",
        "Complete the row; quote a text that has the separator.",
    ),
    "not_an_object": Fault("error", "the line is not one JSON object", "Write one object a line."),
    "unreadable_day": Fault(
        "error", "not a day", "Write a day in the form of the column, or leave it blank.", shape=True
    ),
    "day_in_another_form": Fault(
        "error", "a day written in another form than its column's", "Write it as the rest of the column is written."
    ),
    "no_such_day": Fault(
        "error",
        "a day that the calendar does not have, read in the form of its column",
        "Correct it; look whether day and month are the wrong way round.",
    ),
    "unreadable_amount": Fault(
        "error", "not an amount in the form of its column", "Write a number with at most two decimals.", shape=True
    ),
    "unreadable_number": Fault("error", "not a social security number", "Write its nine digits.", shape=True),
    "unreadable_count": Fault("error", "not a whole number", "Write a whole number.", shape=True),
    "required": Fault("error", "a value is missing that a row needs", "Fill it in."),
    "blank_refused": Fault("error", "an empty cell in a column that the mapping says is always filled", "Fill it in."),
    "unknown_code": Fault(
        "error",
        "a code that the mapping does not explain",
        "Correct the code, or say in the mapping what it means.",
        shape=True,
    ),
    "must_be_zero": Fault(
        "error",
        "money of a kind that the plan does not have",
        "Find out what it is; nothing of the kind is counted.",
        shape=True,
    ),
    "century_unclear": Fault(
        "error", "a two-digit year that fits no plausible age", "Write the year with four digits."
    ),
    "status_without_date": Fault(
        "error",
        "a status says that the employment ended, and no day does",
        "Add the termination date or correct the status.",
    ),
    "hire_after_rehire": Fault("error", "the hire date is after the rehire date", "Put the earlier day first."),
    "first_end_unknown": Fault(
        "error",
        "a rehire, and no day on which the employment before it ended",
        "Add the first termination date; the history is incomplete without it.",
    ),
    "two_ends_one_start": Fault(
        "error", "two termination dates and no rehire date", "Add the rehire date, or drop the wrong one of the two."
    ),
    "birth_dates_differ": Fault("error", "two birth dates for one person", "Correct one of the rows."),
    "birth_date_changed": Fault("error", "another birth date than in the last file", "Correct the one that is wrong."),
    "same_row_twice": Fault("error", "the same pay row twice", "Drop one, or say in what the checks differ."),
    "same_person_twice": Fault("error", "the same row as an earlier one", "Delete it; the earlier row is named."),
    "reversal_unmatched": Fault(
        "error",
        "a negative number, and no row that it takes back (a reversal)",
        "Correct the number, add the check it reverses, or net the two before handing them over.",
    ),
    "age_out_of_bounds": Fault(
        "warning", "younger or older at the first day of work than the mapping's bounds", "Look at birth and hire date."
    ),
    "two_digit_years": Fault(
        "warning", "years of two digits, read in the hundred years the mapping names", "Write years with four digits."
    ),
    "pay_without_hours": Fault("warning", "pay with no hours, or none known", "Look whether hours are missing."),
    "hours_without_pay": Fault("warning", "hours with no pay, or none known", "Look whether the pay is missing."),
    "no_pay_while_employed": Fault(
        "warning", "no pay in the files, and no termination", "Look whether the person left or the pay is missing."
    ),
    "left_after_last_pay": Fault(
        "warning",
        "the last day of employment is after the last day paid for",
        "Look whether the termination was reported late.",
    ),
    "active_with_last_day": Fault(
        "warning", "a status of somebody employed, and a termination date", "Look which of the two is out of date."
    ),
    "termination_outside_plan_year": Fault(
        "warning",
        "the termination is in another Plan Year than the day on which the files were drawn",
        "Look whether the year was mistyped; where the person did leave then, nothing is wrong.",
    ),
    "back_without_rehire": Fault(
        "warning", "terminated in the last file, employed in this one, and no rehire date", "Add the rehire date."
    ),
    "nobody_defers": Fault(
        "warning", "nobody defers anything in the pay files", "Look whether the deduction column is missing."
    ),
    "missing_since_last_file": Fault(
        "warning",
        "in the last import, and in none of these files",
        "Add the person, with the termination date if it ended.",
    ),
}

COLUMNS = {
    "file": pl.String,
    "row": pl.UInt32,
    "column": pl.String,
    "level": pl.String,
    "code": pl.String,
    "value": pl.String,
    "rule": pl.String,
    "do": pl.String,
}
"""The columns of the exceptions file. `row` counts the file's rows, the header's too; `value` is a class of values."""


def found(  # noqa: PLR0913, PLR0917  the columns of an exception
    code: str,
    rows: pl.DataFrame,
    file: pl.Expr | str,
    column: pl.Expr | str,
    value: pl.Expr | str,
    do: pl.Expr | None = None,
) -> pl.DataFrame:
    """The exceptions of one rule, one for each of the rows; these have a column `line`.

    `do` says what to do where that names something of the row, such as another row; null: as the rule has it.
    """
    fault = FAULTS[code]
    return rows.select(
        file=pl.lit(file) if isinstance(file, str) else file,
        row=pl.col("line").cast(pl.UInt32),
        column=pl.lit(column) if isinstance(column, str) else column,
        level=pl.lit(fault.level),
        code=pl.lit(code),
        value=pl.lit(value) if isinstance(value, str) else value,
        rule=pl.lit(fault.rule),
        do=pl.lit(fault.do) if do is None else do,
    )


def none() -> pl.DataFrame:
    """No exceptions."""
    return pl.DataFrame(schema=COLUMNS)
