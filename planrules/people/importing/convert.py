"""A source's rows as typed facts: what could be read, the rows set aside, and what has to be asked first."""

from collections.abc import Iterator
from dataclasses import dataclass
from functools import partial

import polars as pl

from planrules.errors import Problem
from planrules.people.importing import amounts, days, faults
from planrules.people.importing.alike_columns import differing
from planrules.people.importing.columns import OneFile, Reading, cell, cleaned, reading
from planrules.people.importing.fields import FIELDS
from planrules.people.importing.headers import KEY, Matched, Use, match, plain
from planrules.people.importing.mapping import Column, DateForm, FileMapping, ImportMapping
from planrules.people.importing.personal_numbers import were_short
from planrules.people.importing.sources import LINE, Source
from planrules.people.importing.unknown_codes import with_yes_and_no
from planrules.people.importing.value_classes import value_class

SHORT_BIRTH = "birth_date_short"
"""Beside the facts, where birth dates may have years of two digits: which of them do."""


@dataclass(frozen=True)
class Converted:
    """One file, read.

    Attributes:
        name: the file's name.
        file: what the mapping says of it.
        rows: the facts by canonical name, typed, and `line`; rows with an error are not among them, unless all that is
            wrong is a code of a fact that may be unknown: then the rest of the row is still looked at.
        keys: `line` and employee_id of every row that has one.
        headers: for each fact, the header of its column.
        uses: for each fact, its columns and what is declared of them.
        faults: the exceptions so far.
        questions: what has to be answered; a fact in question is not among the rows.
        usable: false where a fact that every row needs is in question: then there are no rows.
        rows_read: rows with anything in them.
        unused: headers nobody asked for.
        notes: what was taken for granted.
    """

    name: str
    file: FileMapping
    rows: pl.DataFrame
    keys: pl.DataFrame
    headers: dict[str, str]
    uses: dict[str, Use]
    faults: pl.DataFrame
    questions: tuple[Problem, ...]
    usable: bool
    rows_read: int
    unused: tuple[str, ...]
    notes: tuple[str, ...]


def convert(source: Source, file: FileMapping, mapping: ImportMapping, secret: bytes | None = None) -> Converted:
    """The facts of one file; `secret` is the employer's, for keys that are hashed."""
    matched = match(source.headers, file, source.name, partial(differing, source))
    checked = {plain(name) for name in file.must_be_zero}
    zeros = [position for position, header in enumerate(source.headers) if plain(header) in checked]
    positions = {position for use in matched.uses.values() for position in use.positions} | set(zeros)
    cells = cleaned(source.frame, positions, file.blanks)
    declared = OneFile(with_yes_and_no(file, matched.uses), mapping, source.name, secret)
    readings = {field: reading(field, use, cells, declared) for field, use in matched.uses.items()}
    asked = [each.question for each in readings.values() if each.question is not None]
    readings = {field: each for field, each in readings.items() if each.question is None}
    known = FIELDS[file.holds]
    usable = all(field in readings for field, wanted in known.items() if wanted.required) and all(
        known[field].may_be_unknown for field in (*matched.open, *(set(matched.uses) - set(readings)))
    )
    flags = _flags(readings)
    values = [each.value.alias(field) for field, each in readings.items()]
    read = cells.select(LINE, *values, *_short_births(readings), *(flag.test.alias(flag.name) for flag in flags))
    rows = read.drop(flag.name for flag in flags)
    found = pl.concat(
        [
            source.faults,
            *_unreadable(source, cells, read, flags),
            *_blank(source, read, flags, file),
            *(_not_zero(source, cells, position) for position in zeros),
            *_two_digits(source, cells, readings),
        ]
        if usable
        else [source.faults]
    )
    wrong = found.filter(pl.col("level") == "error", ~_may_stay_unknown(matched.uses, file))["row"]
    return Converted(
        name=source.name,
        file=file,
        rows=rows.filter(~pl.col(LINE).is_in(wrong.implode())) if usable else rows.clear(),
        keys=_keys(source, rows, matched.uses),
        headers={field: use.headers[0] if use.headers else field for field, use in matched.uses.items()},
        uses=matched.uses,
        faults=found,
        questions=(*matched.questions, *asked),
        usable=usable,
        rows_read=source.rows_read,
        unused=matched.unused,
        notes=(*source.notes, *_zeros_restored(cells, matched.uses), *_counted_as_one(matched)),
    )


def _may_stay_unknown(uses: dict[str, Use], file: FileMapping) -> pl.Expr:
    """Whether a finding is a code only, of a fact without which the rest of the row can be looked at."""
    headers = [
        header for field, use in uses.items() if FIELDS[file.holds][field].may_be_unknown for header in use.headers
    ]
    return (pl.col("code") == "unknown_code") & pl.col("column").is_in(headers)


def _keys(source: Source, rows: pl.DataFrame, uses: dict[str, Use]) -> pl.DataFrame:
    """Whose row each row is, as far as a row says it at all."""
    if KEY not in rows.columns:
        return pl.DataFrame(schema=_KEYS)
    known = rows.select(LINE, KEY).drop_nulls()
    if source.broken is None or not source.broken.height or not uses[KEY].positions:
        return known
    if uses[KEY].column.hashed:
        return known  # whose a broken row is, is told by the key only, and that only by the whole number
    key = pl.col(cell(uses[KEY].positions[0])).str.strip_chars()
    return pl.concat([known, source.broken.select(LINE, key.alias(KEY)).filter(pl.col(KEY) != "")])


def _zeros_restored(cells: pl.DataFrame, uses: dict[str, Use]) -> tuple[str, ...]:
    """The note that numbers had lost their leading zeros."""
    use = uses.get(KEY)
    if use is None or not use.column.hashed or not were_short(cells[cell(use.positions[0])]):
        return ()
    return (f"{use.headers[0]}: leading zeros restored",)


def _counted_as_one(matched: Matched) -> Iterator[str]:
    for headers in matched.same:
        yield f"{' and '.join(headers)} say the same in every row and count as one column"


_KEYS = {LINE: pl.UInt32, KEY: pl.String}


@dataclass(frozen=True)
class _Flag:
    """Marks the rows in which one column of a fact has something that could not be read."""

    name: str
    field: str
    header: str
    column: str
    code: str
    test: pl.Expr
    forms: tuple[DateForm, ...]


def _flags(readings: dict[str, Reading]) -> list[_Flag]:
    return [
        _Flag(f"{field} in {column}", field, header, column, each.code, test, each.forms)
        for field, each in readings.items()
        for header, column, test in each.unreadable
    ]


def _unreadable(source: Source, cells: pl.DataFrame, read: pl.DataFrame, flags: list[_Flag]) -> list[pl.DataFrame]:
    found = []
    for flag in flags:
        if read[flag.name].any():
            text, rows = pl.col(flag.column), cells.filter(read[flag.name])
            if flag.code == "unreadable_day":
                no_such, another = days.has_look(text, flag.forms), days.has_another_look(text, flag.forms)
                found += [
                    faults.found("no_such_day", rows.filter(no_such), source.name, flag.header, "a day"),
                    faults.found("day_in_another_form", rows.filter(another), source.name, flag.header, "a day"),
                ]
                rows = rows.filter(~no_such, ~another)
            found.append(faults.found(flag.code, rows, source.name, flag.header, value_class(text)))
    return found


def _blank(source: Source, read: pl.DataFrame, flags: list[_Flag], file: FileMapping) -> list[pl.DataFrame]:
    """Rows without a value they need; a cell that could not be read is told already."""
    found = []
    for field, wanted in FIELDS[file.holds].items():
        refused = file.columns.get(field, Column()).blank == "refused"
        if field in read.columns and (wanted.required or refused):
            mine = [flag for flag in flags if flag.field == field]
            empty = read.filter(pl.col(field).is_null(), *(~pl.col(flag.name) for flag in mine))
            header = " + ".join(flag.header for flag in mine) or field
            code = "required" if wanted.required else "blank_refused"
            found.append(faults.found(code, empty, source.name, header, "blank"))
    return found


def _not_zero(source: Source, cells: pl.DataFrame, position: int) -> pl.DataFrame:
    text = pl.col(cell(position))
    other = cells.filter(text.is_not_null() & (amounts.plain(text).fill_null(1) != 0))
    return faults.found("must_be_zero", other, source.name, source.headers[position], value_class(text))


def _short_births(readings: dict[str, Reading]) -> list[pl.Expr]:
    """Whether a birth date has a year of two digits, where the column may have them."""
    read = readings.get("birth_date")
    if read is None or not any(form.endswith("/yy") for form in read.forms):
        return []
    return [pl.col(name).str.contains(_SHORT_YEAR).alias(SHORT_BIRTH) for _, name, _ in read.unreadable]


def _two_digits(source: Source, cells: pl.DataFrame, readings: dict[str, Reading]) -> list[pl.DataFrame]:
    """One warning a column, at its first such year."""
    return [
        faults.found(
            "two_digit_years",
            cells.filter(pl.col(name).str.contains(_SHORT_YEAR)).head(1),
            source.name,
            header,
            "a day with a two-digit year",
        )
        for each in readings.values()
        if any(form.endswith("/yy") for form in each.forms)
        for header, name, _ in each.unreadable
    ]


_SHORT_YEAR = r"^\d{1,2}[/.-]\d{1,2}[/.-]\d{2}$"
