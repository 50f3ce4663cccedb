"""One fact's column as typed values, with a flag for each cell that has something in it which could not be read."""

from dataclasses import dataclass

import polars as pl

from planrules.errors import Problem
from planrules.people.importing import amounts, days
from planrules.people.importing.coded import CODED, explained, meanings
from planrules.people.importing.fields import FIELDS, Field
from planrules.people.importing.headers import KEY, Use, is_ssn
from planrules.people.importing.mapping import DateForm, FileMapping, ImportMapping
from planrules.people.importing.personal_numbers import hashed
from planrules.people.importing.unknown_codes import none_known

_UNREADABLE = {"key": "unreadable_number", "day": "unreadable_day", "count": "unreadable_count"} | dict.fromkeys(
    (*CODED, "employer"), "unknown_code"
)


@dataclass(frozen=True)
class Reading:
    """How a fact is read: the typed expression, and for each of its columns the flag of a cell that cannot be read.

    `question` stands instead of both where the column fits more than one meaning.
    """

    value: pl.Expr
    unreadable: tuple[tuple[str, str, pl.Expr], ...] = ()
    code: str = ""
    forms: tuple[DateForm, ...] = ()
    question: Problem | None = None


def cell(position: int) -> str:
    """The name of a cleaned source column."""
    return f"c{position}"


def cleaned(frame: pl.DataFrame, positions: set[int], blanks: tuple[str, ...]) -> pl.DataFrame:
    """The columns in use without outer blanks; empty cells, and the words for them, are null."""
    words = ["", *blanks]
    return frame.with_columns(
        pl.when(~text.is_in(words)).then(text).alias(name)
        for name in map(cell, sorted(positions))
        for text in [pl.col(name).str.strip_chars(" \t\u00a0")]
    )


@dataclass(frozen=True)
class OneFile:
    """What is declared of a file: its own entry, the whole mapping, the file's name, and the secret of its keys."""

    file: FileMapping
    mapping: ImportMapping
    name: str
    secret: bytes | None = None


def reading(field: str, use: Use, cells: pl.DataFrame, declared: OneFile) -> Reading:
    """How the fact is read from these cells."""
    kind = FIELDS[declared.file.holds][field]
    if use.column.value is not None:
        return _given(field, use, kind, declared)
    texts = [cells[cell(position)] for position in use.positions]
    forms, question = _forms(use, kind, texts, declared.mapping)
    question = question or _undeclared(kind, texts, declared.file) or _secret(field, use, declared)
    if question is not None:
        return Reading(pl.lit(None), question=_asked(field, use, question, declared.name))
    if (unknown := none_known(use, kind, texts, declared.file, declared.name)) is not None:
        return Reading(pl.lit(None), question=unknown)
    parts = [_typed(pl.col(cell(position)), kind, use, forms, declared) for position in use.positions]
    flags = tuple(
        (header, cell(position), text.is_not_null() & ~_understood(text, part, kind, declared.file))
        for header, position, part in zip(use.headers, use.positions, parts, strict=True)
        for text in [pl.col(cell(position))]
    )
    value = _filled(parts[0], use) if len(parts) == 1 else _sum([_filled(part, use) for part in parts])
    return Reading(value, flags, _UNREADABLE.get(kind.kind, "unreadable_amount"), forms)


def _sum(parts: list[pl.Expr]) -> pl.Expr:
    total = parts[0]
    for part in parts[1:]:
        total = total + part
    return total


def _filled(value: pl.Expr, use: Use) -> pl.Expr:
    return value.fill_null(0) if use.column.blank == "zero" else value


def _typed(text: pl.Expr, kind: Field, use: Use, forms: tuple[DateForm, ...], declared: OneFile) -> pl.Expr:
    match kind.kind:
        case "key" | "word" | "employer" if not _rewritten(kind, use, declared):
            return text
        case "key":
            return hashed(text, declared.secret or b"")
        case "day":
            no_day = text.is_in(list(days.NO_DAY))
            read = [days.day(text, form, declared.mapping.two_digit_years_from or 0) for form in forms]
            return pl.when(~no_day).then(pl.coalesce(*read) if read else pl.lit(None, pl.Date))
        case "amount" | "hours":
            return {
                "plain": amounts.plain,
                "implied_cents": amounts.implied_cents,
                "hours_minutes": amounts.hours_minutes,
            }[use.column.amounts](text)
        case "count":
            return amounts.count(text)
        case _:
            known = meanings(kind.kind, declared.file.codes)
            return text.str.to_lowercase().replace_strict(
                list(known), list(known.values()), default=None, return_dtype=pl.String
            )


def _rewritten(kind: Field, use: Use, declared: OneFile) -> bool:
    """Whether a key or a name is not taken as it stands."""
    return use.column.hashed or (kind.kind == "employer" and bool(declared.file.codes.employer))


def _understood(text: pl.Expr, typed: pl.Expr, kind: Field, file: FileMapping) -> pl.Expr:
    """Whether a cell with something in it was understood; no day, and a code that stands for nothing, are."""
    if kind.kind == "day":
        return typed.is_not_null() | text.is_in(list(days.NO_DAY))
    if kind.kind in CODED or (kind.kind == "employer" and file.codes.employer):
        return text.str.to_lowercase().is_in(list(meanings(kind.kind, file.codes)))
    return typed.is_not_null()


def _forms(
    use: Use, kind: Field, texts: list[pl.Series], mapping: ImportMapping
) -> tuple[tuple[DateForm, ...], str | None]:
    if kind.kind != "day":
        return (), None
    forms: tuple[DateForm, ...] = use.column.dates
    if not forms:
        values = texts[0].drop_nulls()
        forms, question = days.told_from(values.filter(~values.is_in(list(days.NO_DAY))))
        if question:
            return (), f"{question}: the form of its days has to be told"
    looks = [days.LOOKS[form] for form in forms]
    if len(set(looks)) < len(looks):
        return (), "two forms of one look are declared for its days"
    if mapping.two_digit_years_from is None and any(form.endswith("/yy") for form in forms):
        return (), "years of two digits, and no hundred years declared that they lie in"
    return forms, None


def _undeclared(kind: Field, texts: list[pl.Series], file: FileMapping) -> str | None:
    if kind.kind not in CODED or explained(kind.kind, file.codes):
        return None
    told = texts[0].drop_nulls().str.to_lowercase()
    known = told.is_in(list(meanings(kind.kind, file.codes)))
    return None if known.all() else "its codes are not explained in the mapping"


def _secret(field: str, use: Use, declared: OneFile) -> str | None:
    """A hash that everybody could make again from the number would be the number."""
    if use.column.hashed and not declared.secret:
        return "its numbers are to be hashed, and no secret was given"
    if field == KEY and not use.column.hashed and any(map(is_ssn, use.headers)):
        return "social security numbers are not taken as they are"
    return None


def _given(field: str, use: Use, kind: Field, declared: OneFile) -> Reading:
    """One value for all rows, as a person file has it."""
    plain = Use(use.column.model_copy(update={"amounts": "plain"}), (), ())
    value = _typed(pl.lit(str(use.column.value)), kind, plain, ("yyyy-mm-dd",), declared)
    if pl.select(value).item() is None:
        return Reading(pl.lit(None), question=_asked(field, use, _NOT_OF_ITS_KIND, declared.name))
    return Reading(value)


_NOT_OF_ITS_KIND = "its value for all rows is not of its kind"


def _asked(field: str, use: Use, what: str, where: str) -> Problem:
    column = " + ".join(use.headers) or field
    return Problem(
        what=what,
        where=f"{where}, {column}",
        why="Read in two ways it would give two answers; the column is not used until somebody says.",
        do=_REMEDIES[next((key for key in _REMEDIES if key in what), "")].format(field=field),
    )


_REMEDIES = {
    "no secret": "Give `--secret FILE`, a file with some line that only the employer has, the same in every import.",
    "as they are": "Write `{field}: {{header: ..., hashed: true}}` under columns, and give `--secret FILE`.",
    "hundred years": "Add `two_digit_years_from`, the first of the hundred years, to the mapping.",
    "codes": "List every code under codes in the mapping with what it means.",
    "value for all rows": "Write `{field}: {{value: ...}}` as a person file has it.",
    "": "Write `{field}: {{header: ..., dates: [mm/dd/yyyy]}}`, or the form it has, under columns in the mapping.",
}
