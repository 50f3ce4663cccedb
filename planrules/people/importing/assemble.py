"""All files together: the tables of people, and where in which file each row of them stands."""

from collections.abc import Mapping, Sequence

import polars as pl

from planrules.people.frames import SCHEMAS
from planrules.people.importing import faults
from planrules.people.importing.amounts import AMOUNT
from planrules.people.importing.census import FIRST, PART, Tables, births, census_tables, without_repeated
from planrules.people.importing.convert import Converted
from planrules.people.importing.headers import KEY
from planrules.people.importing.mapping import ImportMapping
from planrules.people.importing.payroll import pay_tables
from planrules.people.importing.reversals import netted
from planrules.people.importing.sources import LINE

SOURCE = "source"
"""The number of the file a row comes from."""
_PLACE = (SOURCE, LINE)
_SPAN = (KEY, "class", "start", "end")


def tables_of(read: Converted, mapping: ImportMapping) -> Tables:
    """What one file gives to the tables of people."""
    match read.file.holds:
        case "census":
            return census_tables(read, mapping)
        case "employment":
            return _employment(read, mapping)
        case "classes":
            rows = read.rows if "end" in read.rows.columns else read.rows.with_columns(end=pl.lit(None, pl.Date))
            return Tables({"classes": rows.filter(pl.col("class") != "").select(*_SPAN, LINE)})
        case "pay":
            return pay_tables(read)
        case "accounts":
            return Tables({"accounts": read.rows})


def _employment(read: Converted, mapping: ImportMapping) -> Tables:
    once, twice = without_repeated(read)
    rows, unclear = births(once, read, mapping, "start")
    rows = rows.filter(~pl.col(LINE).is_in(unclear["row"].implode()))
    fill = {"employer": pl.String, "end": pl.Date, "reason": pl.String, "birth_date": pl.Date}
    rows = rows.with_columns(pl.lit(None, kind).alias(name) for name, kind in fill.items() if name not in rows.columns)
    spells = rows.select(
        KEY,
        pl.col("employer").fill_null(pl.lit(read.file.employer, pl.String)),
        "start",
        "end",
        pl.col("reason").replace({"": None}),
        pl.lit(FIRST).alias(PART),
        LINE,
    )
    return Tables(
        {"employment": spells, "employees": rows.select(KEY, "birth_date", LINE)}, pl.concat([unclear, twice])
    )


def together(files: Sequence[Tables]) -> dict[str, pl.DataFrame]:
    """Each table of all files, with `source` and `line`; the rows of one file in its order."""
    found: dict[str, list[pl.DataFrame]] = {}
    for number, given in enumerate(files):
        for table, rows in given.tables.items():
            found.setdefault(table, []).append(rows.with_columns(pl.lit(number, pl.UInt32).alias(SOURCE)))
    return {table: pl.concat(parts, how="diagonal") for table, parts in found.items()}


def one_row_a_person(employees: pl.DataFrame, reads: Sequence[Converted]) -> tuple[pl.DataFrame, pl.DataFrame]:
    """Employees, each once; and the rows whose birth date is another than the first one told of the person."""
    first = pl.col("birth_date").drop_nulls().first().over(KEY)
    told = employees.with_columns(first=first)
    differing = told.filter(pl.col("birth_date") != pl.col("first")).unique(KEY, keep="first", maintain_order=True)
    known = [pl.col("classes_known").any()] if "classes_known" in employees.columns else []
    persons = told.group_by(KEY, maintain_order=True).agg(
        pl.col("first").first().alias("birth_date"), pl.col(SOURCE).first(), pl.col(LINE).first(), *known
    )
    return persons, at("birth_dates_differ", differing, reads, "birth_date", "a day")


def pay_netted(
    pay: pl.DataFrame, mapping: ImportMapping, reads: Sequence[Converted]
) -> tuple[pl.DataFrame, pl.DataFrame]:
    """Pay without reversals and without rows given twice, and the faults of both."""
    sizes = [name for name in SCHEMAS["pay"] if name in pay.columns]
    net, unmatched = netted(pay, by_month=mapping.net_reversals_by == "month")
    facts = pl.struct(sizes)
    twice = net.filter(facts.is_duplicated() & ~facts.is_first_distinct()) if net.height else net
    found = [
        faults.found("reversal_unmatched", unmatched, file_of(reads), _negative(sizes, reads), "a negative number"),
        at("same_row_twice", twice, reads, KEY, "a whole row"),
    ]
    return net.join(twice, on=_PLACE, how="anti", maintain_order="left") if twice.height else net, pl.concat(found)


def _negative(sizes: Sequence[str], reads: Sequence[Converted]) -> pl.Expr:
    """The header of what is negative in a row: of its pay where that is, since a whole check is then taken back."""
    order = sorted((name for name in sizes if SCHEMAS["pay"][name] == AMOUNT), key=lambda name: name != "compensation")
    return pl.coalesce(*(pl.when(pl.col(name) < 0).then(header_of(reads, name)) for name in order), pl.lit(KEY))


def at(code: str, rows: pl.DataFrame, reads: Sequence[Converted], fact: str, value: str) -> pl.DataFrame:
    """The exceptions of rows that say which file they come from, at the column of one fact."""
    return faults.found(code, rows, file_of(reads), header_of(reads, fact), value)


def file_of(reads: Sequence[Converted]) -> pl.Expr:
    """The file's name, from its number."""
    return _told({number: read.name for number, read in enumerate(reads)})


def header_of(reads: Sequence[Converted], fact: str) -> pl.Expr:
    """The header of a fact, from the file's number; a file of employment has another name for the census's fact."""
    named = {
        number: read.headers.get(fact, read.headers.get(_OF_SPELLS.get(fact, ""), fact))
        for number, read in enumerate(reads)
    }
    return _told(named)


_OF_SPELLS = {"hire_date": "start", "termination_date": "end", "termination_reason": "reason"}


def _told(words: Mapping[int, str]) -> pl.Expr:
    return pl.col(SOURCE).replace_strict(list(words), list(words.values()), return_dtype=pl.String)


def candidates(tables: Mapping[str, pl.DataFrame]) -> dict[str, pl.DataFrame]:
    """The tables as people have them, in the same order of rows, without where the rows come from."""
    return {
        table: rows.select(name for name in SCHEMAS[table] if name in rows.columns) for table, rows in tables.items()
    }
