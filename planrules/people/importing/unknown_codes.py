"""A column of codes of which none is known: one question for the column instead of a fault for each row.

A column headed Union may say yes or no; what that means for a class is declared by header, and never guessed.
"""

import polars as pl

from planrules.errors import Problem
from planrules.people.importing.coded import CODED, explained, meanings
from planrules.people.importing.declared_codes import Codes
from planrules.people.importing.fields import Field, Kind
from planrules.people.importing.headers import Use, plain
from planrules.people.importing.mapping import FileMapping

YES, NO = ("Y", "Yes"), ("N", "No")
_FEWEST = 2
"""Cells from which on a column is in question as a whole; a single cell is a fault of its row."""


def accepted(kind: Kind, codes: Codes) -> tuple[str, ...]:
    """The codes of a kind that are explained, as they are declared."""
    declared = {"class": codes.class_, "reason": codes.reason, "status": codes.status, "earning": codes.earning}
    return tuple(declared.get(kind, codes.employer))


def with_yes_and_no(file: FileMapping, uses: dict[str, Use]) -> FileMapping:
    """The entry of a file whose class column may say yes and no, with what those mean as codes."""
    header = next(iter(uses["class"].headers), "") if "class" in uses else ""
    yes = next((means for name, means in file.codes.yes_no.items() if plain(name) == plain(header)), None)
    if yes is None:
        return file
    said = {**dict.fromkeys(YES, yes), **dict.fromkeys(NO)}
    codes = file.codes.model_copy(update={"class_": {**said, **file.codes.class_}})
    return file.model_copy(update={"codes": codes})


def none_known(use: Use, kind: Field, texts: list[pl.Series], file: FileMapping, where: str) -> Problem | None:
    """The question of a column that may stay unknown, where several cells have a code and none of them is known."""
    if kind.kind not in CODED or not kind.may_be_unknown or not explained(kind.kind, file.codes):
        return None
    told = texts[0].drop_nulls().str.to_lowercase()
    if len(told) < _FEWEST or told.is_in(list(meanings(kind.kind, file.codes))).any():
        return None
    yes_no = told.is_in([each.casefold() for each in (*YES, *NO)]).all() and kind.kind == "class"
    known = ", ".join(accepted(kind.kind, file.codes))
    return Problem(
        what=f"{len(told):,} rows have a code there, and none of the codes is known; these are: {known}",
        where=f"{where}, {' + '.join(use.headers)}",
        why=_YES_NO if yes_no else "What a code means is never guessed; the column is not used until somebody says.",
        do="Write one of the known codes in every cell, or leave the column out, and what it says stays not known. "
        "Whoever keeps the mapping can list the codes under codes instead.",
    )


_YES_NO = (
    "A yes or no tells of one group only. A no does not say that somebody is in none of the other groups that the plan "
    "may leave out, so that it could mean more than one thing; the column is not used."
)
