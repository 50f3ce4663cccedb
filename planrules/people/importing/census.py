"""Census rows, one a person with hire, termination and rehire, as stretches of employment and classes.

A census keeps the latest rehire only. Where the day before it on which the first employment ended is not there, the
history is incomplete and the row is set aside; nothing is filled in.
"""

from dataclasses import dataclass, field

import polars as pl

from planrules.errors import Problem
from planrules.people.importing import faults
from planrules.people.importing.coded import statuses
from planrules.people.importing.convert import SHORT_BIRTH, Converted
from planrules.people.importing.fields import FIELDS
from planrules.people.importing.headers import KEY
from planrules.people.importing.mapping import FileMapping, ImportMapping
from planrules.people.importing.sources import LINE

PART = "part"
FIRST, AGAIN = "first", "again"
"""Which of a census row's employments a stretch comes from."""
_EARLIER = "earlier_line"
_ENDED = ["terminated", "retired", "deceased"]
_AT_WORK = ["active", "leave"]
_CENTURY = 100


@dataclass(frozen=True)
class Tables:
    """What one file gives: rows by table with the `line` they come from, faults, and the lines left out as declared."""

    tables: dict[str, pl.DataFrame]
    faults: pl.DataFrame = field(default_factory=faults.none)
    left_out: tuple[int, ...] = ()
    questions: tuple[Problem, ...] = ()


def census_tables(read: Converted, mapping: ImportMapping) -> Tables:
    """Employees, employment and classes of a census file."""
    once, twice = without_repeated(read)
    rows = _with_status(_complete(once, read.file), read.file)
    hired = rows.filter(~pl.col("state").eq_missing("not_hired"))
    found = _faults(hired, read)
    wrong = found.filter(pl.col("level") == "error")["row"]
    born, unclear = births(hired, read, mapping, "hire_date")
    wrong = pl.concat([wrong, unclear["row"]])
    good = born.filter(~pl.col(LINE).is_in(wrong.implode()))
    spells = _spells(good, read.file)
    tables = {"employees": good.select(KEY, "birth_date", LINE), "employment": spells}
    classes, questions = _classes(good, spells, read)
    if classes is not None:
        tables["classes"] = classes
        told = good.select(classes_known=pl.col("class").is_not_null() | pl.col("status_class").is_not_null())
        tables["employees"] = tables["employees"].with_columns(told["classes_known"])
    left_out = tuple(rows.join(hired, on=LINE, how="anti")[LINE])
    return Tables(tables, pl.concat([found, unclear, twice]), left_out, questions)


def without_repeated(read: Converted) -> tuple[pl.DataFrame, pl.DataFrame]:
    """The rows of a file, each once, and the faults of those that repeat an earlier one in everything, by its row."""
    facts = [name for name in read.rows.columns if name != LINE]
    rows = read.rows.with_columns(pl.col(LINE).first().over(facts).alias(_EARLIER))
    again = rows.filter(pl.col(_EARLIER) != pl.col(LINE))
    said = pl.format("It is the same as row {}: delete one of the two.", _EARLIER)
    found = faults.found("same_person_twice", again, read.name, read.headers[KEY], "a whole row", said)
    return rows.filter(pl.col(_EARLIER) == pl.col(LINE)).drop(_EARLIER), found


def births(
    rows: pl.DataFrame, read: Converted, mapping: ImportMapping, hired: str
) -> tuple[pl.DataFrame, pl.DataFrame]:
    """Birth dates with years of two digits, in the century that makes the age at the first day of work plausible."""
    if SHORT_BIRTH not in rows.columns:
        return rows, faults.none()
    age = pl.col(hired).dt.year() - pl.col("birth_date").dt.year()
    bounds = (mapping.youngest, mapping.oldest)
    plausible = age.is_between(*bounds)
    shift = pl.when(plausible).then(0).when((age + _CENTURY).is_between(*bounds)).then(-_CENTURY)
    shift = shift.when((age - _CENTURY).is_between(*bounds)).then(_CENTURY)
    told = rows.with_columns(shift=pl.when(pl.col(SHORT_BIRTH)).then(shift).otherwise(0))
    unclear = told.filter(pl.col("shift").is_null() & pl.col("birth_date").is_not_null())
    moved = pl.col("birth_date").dt.offset_by(pl.format("{}y", pl.col("shift").fill_null(0)))
    header = read.headers["birth_date"]
    found = faults.found("century_unclear", unclear, read.name, header, "a day with a two-digit year")
    return told.with_columns(birth_date=moved), found


def _complete(rows: pl.DataFrame, file: FileMapping) -> pl.DataFrame:
    """All the facts a file of the kind can have; those that are not there are null."""
    kinds = {name: pl.Date if known.kind == "day" else pl.String for name, known in FIELDS[file.holds].items()}
    return rows.with_columns(pl.lit(None, kind).alias(name) for name, kind in kinds.items() if name not in rows.columns)


def _with_status(rows: pl.DataFrame, file: FileMapping) -> pl.DataFrame:
    known = statuses(file.codes)
    codes = list(known)
    return rows.with_columns(
        pl.col("status")
        .replace_strict(codes, [known[code].state for code in codes], default=None, return_dtype=pl.String)
        .alias("state"),
        pl.col("status")
        .replace_strict(codes, [known[code].class_ for code in codes], default=None, return_dtype=pl.String)
        .alias("status_class"),
    )


def _faults(rows: pl.DataFrame, read: Converted) -> pl.DataFrame:
    rehired = _rehired()
    ends = pl.col("termination_date").is_not_null()
    conditions = (
        (
            "status_without_date",
            "status",
            pl.col("state").is_in(_ENDED) & ~ends & pl.col("first_termination_date").is_null(),
            "a code",
        ),
        ("hire_after_rehire", "rehire_date", pl.col("hire_date") > pl.col("rehire_date"), "a day"),
        (
            "first_end_unknown",
            "rehire_date",
            rehired
            & (pl.col("hire_date") < pl.col("rehire_date"))
            & pl.col("first_termination_date").is_null()
            & (~ends | (pl.col("termination_date") >= pl.col("rehire_date"))),
            "a day",
        ),
        (
            "two_ends_one_start",
            "first_termination_date",
            ~rehired & ends & pl.col("first_termination_date").is_not_null(),
            "a day",
        ),
        ("active_with_last_day", "status", pl.col("state").is_in(_AT_WORK) & _last_end().is_not_null(), "a code"),
    )
    return pl.concat(
        faults.found(code, rows.filter(broken), read.name, read.headers.get(fact, fact), value)
        for code, fact, broken, value in conditions
    )


def _rehired() -> pl.Expr:
    return pl.col("rehire_date").is_not_null() & (pl.col("rehire_date") != pl.col("hire_date"))


def _last_end() -> pl.Expr:
    """The end of the latest employment; null while employed."""
    since = pl.when(_rehired()).then(pl.col("rehire_date")).otherwise(pl.col("hire_date"))
    after = pl.when(~_rehired() | (pl.col("termination_date") >= since)).then(pl.col("termination_date"))
    return pl.when(_rehired()).then(after).otherwise(pl.coalesce("termination_date", "first_termination_date"))


def _spells(rows: pl.DataFrame, file: FileMapping) -> pl.DataFrame:
    by_status = pl.col("state").replace_strict({"retired": "retirement", "deceased": "death"}, default=None)
    given = pl.col("termination_reason").replace({"": None})
    told = rows.with_columns(last_end=_last_end(), reason=pl.coalesce(given, by_status), employer=_employer(file))
    ended_then = pl.coalesce("first_termination_date", "termination_date")
    first_end = pl.when(_rehired()).then(ended_then).otherwise(pl.col("last_end"))
    # The reason belongs to the latest employment that ended.
    its_reason = pl.when(_rehired() & pl.col("last_end").is_not_null()).then(None).otherwise(pl.col("reason"))
    first = told.select(
        KEY,
        "employer",
        start="hire_date",
        end=first_end,
        reason=pl.when(first_end.is_not_null()).then(its_reason),
        part=pl.lit(FIRST),
        line=LINE,
    )
    again = told.filter(_rehired()).select(
        KEY,
        "employer",
        start="rehire_date",
        end="last_end",
        reason=pl.when(pl.col("last_end").is_not_null()).then(pl.col("reason")),
        part=pl.lit(AGAIN),
        line=LINE,
    )
    return pl.concat([first, again])


def _employer(file: FileMapping) -> pl.Expr:
    return pl.col("employer").fill_null(pl.lit(file.employer, pl.String))


def _classes(
    rows: pl.DataFrame, spells: pl.DataFrame, read: Converted
) -> tuple[pl.DataFrame | None, tuple[Problem, ...]]:
    """The classes with their days; null, and a question, where nothing says the days."""
    codes = read.file.codes
    if "class" in read.uses and "class" not in read.rows.columns:
        return None, ()  # the column is in question, so nobody's classes are known
    if "class" not in read.rows.columns and not any(meaning.class_ for meaning in codes.status.values()):
        return None, ()
    named = pl.coalesce(pl.col("class").replace({"": None}), pl.col("status_class"))
    told = rows.with_columns(named=named).filter(pl.col("named").is_not_null())
    if "class_start" in read.rows.columns:
        since = pl.coalesce("class_start", "hire_date") if read.file.class_dates else pl.col("class_start")
        return told.select(KEY, LINE, pl.col("named").alias("class"), start=since, end=pl.lit(None, pl.Date)), ()
    if read.file.class_dates == "employment":
        who = told.select(KEY, LINE, pl.col("named").alias("class"))
        return spells.join(who, on=[KEY, LINE]).select(KEY, LINE, "class", "start", "end"), ()
    question = Problem(
        what="a class without the days on which the person was in it",
        where=f"{read.name}, {read.headers.get('class', read.headers.get('status', 'class'))}",
        why="The day somebody left a class decides when they join; a census row has today's class only.",
        do="Name a column `class_start`, hand over a file of classes with days, or say `class_dates: employment`.",
    )
    return None, (question,)
