"""The import: files in, tables of people out, with everything that was set aside and why."""

from collections.abc import Sequence
from dataclasses import dataclass
from datetime import date
from pathlib import Path
from typing import Any

import polars as pl

from planrules.errors import PeopleError, Problem
from planrules.people.frames import SCHEMAS, People
from planrules.people.importing import faults
from planrules.people.importing.assemble import SOURCE, candidates, one_row_a_person, pay_netted, tables_of, together
from planrules.people.importing.census import Tables
from planrules.people.importing.convert import Converted, convert
from planrules.people.importing.crosschecks import impossible, since_last_file, worth_a_look
from planrules.people.importing.headers import KEY
from planrules.people.importing.mapping import ImportMapping
from planrules.people.importing.opening import chosen, source
from planrules.people.importing.sources import LINE
from planrules.people.importing.unused_headers import told as told_unused

LAST_EMPLOYEES = "employees.parquet of the last import"
"""How findings call the file that somebody is in who is in none of the others."""
_SAYING_WHO = {"census", "employment"}
"""What files hold that say who there is."""
ROWS_NAMED = 8
"""Rows of a file that are named where others are only counted."""


@dataclass(frozen=True)
class Imported:
    """What an import gives.

    Attributes:
        tables: the tables of the people who could be imported whole; `People.from_tables` takes them.
        exceptions: what was found, one row a finding: file, row, column, level, code, value, rule, do. Never a value.
        questions: what has to be answered in the mapping before a column or a file can be used.
        files: one row a file: file, holds, read, used, set_aside, held_back and left_out (as declared), and
            the first `ROWS_NAMED` of those held back by their number in the file.
        missing: people of the last import who are in none of the files, by employee_id; null when there was none.
        notes: what was taken for granted, and columns that nobody asked for.
        mapping: the profile it was read with, with every column named.
    """

    tables: dict[str, pl.DataFrame]
    exceptions: pl.DataFrame
    questions: tuple[Problem, ...]
    files: pl.DataFrame
    missing: pl.DataFrame | None
    notes: tuple[str, ...]
    mapping: ImportMapping

    @property
    def people(self) -> People:
        """The people who could be imported."""
        return People.from_tables(self.tables)

    @property
    def errors(self) -> pl.DataFrame:
        """The exceptions that set rows aside."""
        return self.exceptions.filter(pl.col("level") == "error")

    @property
    def exit_code(self) -> int:
        """0 when every row was used, 1 when some were not or a question is open, 3 when nobody could be imported."""
        if not self.tables["employees"].height:
            return PeopleError.exit_code
        return 1 if self.errors.height or self.questions else 0


def import_files(
    files: Sequence[Path],
    mapping: ImportMapping,
    *,
    as_of: date | None = None,
    last: People | None = None,
    secret: bytes | None = None,
) -> Imported:
    """People from census and payroll files.

    `as_of` is the day on which the files were drawn, and `last` the people of the import before; without them the
    checks against them are not made, and `notes` say so. `secret` makes the keys of a column that is hashed. Somebody
    with a row set aside is held back whole, so that nobody is answered for on half their facts.

    Raises:
        PeopleError: a file cannot be read at all, or the mapping says nothing of it.
    """
    given_files = chosen(files, mapping)
    reads = [convert(source(file, entry), entry, mapping, secret) for file, entry in given_files]
    given = [tables_of(read, mapping) if read.usable else Tables({}) for read in reads]
    tables = together(given)
    known = [*(read.faults for read in reads), *(each.faults for each in given)]
    keys = _keys(reads, given)
    if not {"employees", "employment"} <= tables.keys():
        return _nobody(reads, given, known, mapping, _notes(reads, as_of, last))
    if "pay" in tables:
        tables["pay"], found = pay_netted(tables["pay"], mapping, reads)
        known.append(found)
    persons, found = one_row_a_person(tables["employees"], reads)
    tables["employees"] = persons
    known.append(found)
    people = People.from_tables(candidates(tables))
    whole = all(read.usable for read in reads if read.file.holds in _SAYING_WHO)
    faulty = _people_of(pl.concat(known), keys, reads) if whole else keys[KEY]
    known.append(impossible(people, tables, reads, faulty, as_of))
    across = [*worth_a_look(people, tables, reads, mapping, as_of)]
    if last is not None:
        across += since_last_file(last, persons, people, reads)
    found = pl.concat([*known, *across])
    unknown = keys.join(persons, on=KEY, how="anti")[KEY]
    held = pl.concat([_people_of(found, keys, reads), unknown, _half_read(reads, keys)]).unique()
    exceptions = _in_order(pl.concat([*known, _of_others(pl.concat(across), held, keys, reads)]), reads)
    missing = _missing(last, keys)
    return Imported(
        tables=_kept(tables, held),
        exceptions=pl.concat([exceptions, _absent(last, missing)]),
        questions=_questions(reads, given),
        files=_counts(reads, given, exceptions, keys, held),
        missing=missing,
        notes=_notes(reads, as_of, last),
        mapping=profile(mapping, reads),
    )


def _keys(reads: Sequence[Converted], given: Sequence[Tables]) -> pl.DataFrame:
    """Whose row each row is: source, line, employee_id; without rows that are left out as declared."""
    return pl.concat(
        read.keys.filter(~pl.col(LINE).is_in(tables.left_out)).with_columns(pl.lit(number, pl.UInt32).alias(SOURCE))
        for number, (read, tables) in enumerate(zip(reads, given, strict=True))
    )


def _by_source(exceptions: pl.DataFrame, reads: Sequence[Converted]) -> pl.DataFrame:
    """The rows set aside: source and line, each once."""
    numbers = {read.name: number for number, read in enumerate(reads)}
    return (
        exceptions.filter(pl.col("level") == "error")
        .select(
            pl.col("file").replace_strict(list(numbers), list(numbers.values()), return_dtype=pl.UInt32).alias(SOURCE),
            pl.col("row").alias(LINE),
        )
        .unique()
    )


def _people_of(exceptions: pl.DataFrame, keys: pl.DataFrame, reads: Sequence[Converted]) -> pl.Series:
    """The people with a row set aside."""
    return keys.join(_by_source(exceptions, reads), on=[SOURCE, LINE], how="semi")[KEY].unique()


def _half_read(reads: Sequence[Converted], keys: pl.DataFrame) -> pl.Series:
    """The people of a file that is in question, where other files of the kind were read: theirs is not all of it."""
    read_too = {read.file.holds for read in reads if read.usable}
    halves = [n for n, read in enumerate(reads) if not read.usable and read.file.holds in read_too]
    return keys.filter(pl.col(SOURCE).is_in(halves))[KEY]


def _of_others(across: pl.DataFrame, held: pl.Series, keys: pl.DataFrame, reads: Sequence[Converted]) -> pl.DataFrame:
    """The findings across rows without warnings about people who are held back: their facts are not complete."""
    number = {read.name: number for number, read in enumerate(reads)}
    theirs = keys.filter(pl.col(KEY).is_in(held.implode())).select(SOURCE, row=pl.col(LINE), of_held=pl.lit(value=True))
    told = across.with_columns(
        pl.col("file").replace_strict(list(number), list(number.values()), return_dtype=pl.UInt32).alias(SOURCE)
    ).join(theirs, on=[SOURCE, "row"], how="left", maintain_order="left")
    return told.filter((pl.col("level") == "error") | pl.col("of_held").is_null()).select(across.columns)


def _kept(tables: dict[str, pl.DataFrame], held: pl.Series) -> dict[str, pl.DataFrame]:
    good = {table: rows.filter(~pl.col(KEY).is_in(held.implode())) for table, rows in tables.items()}
    if "pay" in good:
        paid = pl.col(KEY).is_in(good["pay"][KEY].unique().implode())
        good["employees"] = good["employees"].with_columns(pay_known=paid)
    order = {table: [KEY, *(["start"] if "start" in rows.columns else [])] for table, rows in good.items()}
    people = People.from_tables(
        candidates({table: rows.sort(order[table], maintain_order=True) for table, rows in good.items()})
    )
    return {table: getattr(people, table) for table in good}


def _in_order(exceptions: pl.DataFrame, reads: Sequence[Converted]) -> pl.DataFrame:
    place = {read.name: number for number, read in enumerate(reads)}
    return exceptions.sort(
        pl.col("file").replace_strict(list(place), list(place.values()), return_dtype=pl.UInt32),
        "row",
        "column",
        "rule",
    )


def _questions(reads: Sequence[Converted], given: Sequence[Tables]) -> tuple[Problem, ...]:
    return tuple(
        question for read, tables in zip(reads, given, strict=True) for question in (*read.questions, *tables.questions)
    )


def _counts(
    reads: Sequence[Converted], given: Sequence[Tables], exceptions: pl.DataFrame, keys: pl.DataFrame, held: pl.Series
) -> pl.DataFrame:
    aside = _by_source(exceptions, reads)
    also = keys.filter(pl.col(KEY).is_in(held.implode())).join(aside, on=[SOURCE, LINE], how="anti")
    rows = []
    for number, (read, tables) in enumerate(zip(reads, given, strict=True)):
        set_aside = aside.filter(pl.col(SOURCE) == number).height if read.usable else read.rows_read
        back = also.filter(pl.col(SOURCE) == number)[LINE].sort() if read.usable else also[LINE].clear()
        held_back, first = back.len(), back.head(ROWS_NAMED).to_list()
        used = read.rows_read - set_aside - held_back - len(tables.left_out)
        rows.append(
            (read.name, read.file.holds, read.rows_read, used, set_aside, held_back, len(tables.left_out), first)
        )
    names = ("file", "holds", "read", "used", "set_aside", "held_back", "left_out", "held_back_rows")
    kinds: list[Any] = [pl.String, pl.String, *[pl.Int64] * (len(names) - 3), pl.List(pl.Int64)]
    return pl.DataFrame(rows, schema=dict(zip(names, kinds, strict=True)), orient="row")


def _missing(last: People | None, keys: pl.DataFrame) -> pl.DataFrame | None:
    if last is None:
        return None
    return last.employees.select(KEY).join(keys, on=KEY, how="anti").sort(KEY)


def _absent(last: People | None, missing: pl.DataFrame | None) -> pl.DataFrame:
    """The warnings about people of the last import who are in none of the files, by their row there."""
    if last is None or missing is None:
        return faults.none()
    rows = last.employees.with_row_index(LINE, 1).join(missing, on=KEY, how="semi", maintain_order="left")
    return faults.found("missing_since_last_file", rows, LAST_EMPLOYEES, KEY, "no row")


def _notes(reads: Sequence[Converted], as_of: date | None, last: People | None) -> tuple[str, ...]:
    told = [f"{read.name}: {note}" for read in reads for note in read.notes]
    told += [f"{read.name}: {told_unused(read.unused, read.file.holds)}" for read in reads if read.unused]
    if as_of is None:
        told.append("not checked without --as-of: births in the future, terminations outside the Plan Year")
    if last is None:
        told.append("not checked without --last: people missing, birth dates changed, returns without a rehire date")
    return tuple(told)


def profile(mapping: ImportMapping, reads: Sequence[Converted]) -> ImportMapping:
    """The mapping with the header of every column as the files have it, so that a changed header is noticed."""
    by_entry = {id(read.file): read for read in reads}
    entries = []
    for entry in mapping.files:
        read = by_entry.get(id(entry))
        found = read.uses if read else {}
        columns = {
            name: use.column if use.column.value is not None else use.column.model_copy(update={"header": use.headers})
            for name, use in found.items()
        }
        entries.append(entry.model_copy(update={"columns": {**entry.columns, **columns}}))
    return mapping.model_copy(update={"files": tuple(entries)})


def _nobody(
    reads: Sequence[Converted],
    given: Sequence[Tables],
    known: list[pl.DataFrame],
    mapping: ImportMapping,
    notes: tuple[str, ...],
) -> Imported:
    """No census and no employment could be read: there is nobody to import."""
    exceptions = _in_order(pl.concat(known), reads) if known else faults.none()
    questions = _questions(reads, given)
    if not any(read.file.holds in _SAYING_WHO for read in reads):
        what, do = "no census and no file of employment", "Hand over the census with the payroll."
        questions = (*questions, Problem(what, "the files", "Pay rows alone do not say who was employed when.", do))
    nobody = pl.Series(KEY, [], pl.String)
    return Imported(
        tables={table: pl.DataFrame(schema=dict(SCHEMAS[table])) for table in ("employees", "employment")},
        exceptions=exceptions,
        questions=questions,
        files=_counts(reads, given, exceptions, _keys(reads, given), nobody),
        missing=None,
        notes=notes,
        mapping=mapping,
    )
