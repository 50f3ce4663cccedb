"""Readers of people from files: one JSON person, a JSON list, JSON Lines, or a folder of tidy tables."""

import json
from collections.abc import Iterator
from decimal import Decimal
from pathlib import Path
from typing import Any

import polars as pl
from pydantic import ValidationError

from planrules.errors import PeopleError, Problem
from planrules.people.frames import SCHEMAS, People
from planrules.people.models import Person


def read_person(path: str | Path) -> Person:
    """The one person a JSON file holds.

    Raises:
        PeopleError: the file cannot be read, is not JSON, or does not hold exactly one valid person.
    """
    file = Path(path)
    return person_from(_json(_text(file), file.name), file.name)


def read_people(path: str | Path) -> People:
    """People from a JSON file (one person or a list), a JSON Lines file (.jsonl), or a folder of Parquet tables.

    A folder holds one file a table, named as the table (`employees.parquet`, `pay.parquet` ...).

    Raises:
        PeopleError: a file cannot be read or a person in it is not valid; every problem found is listed.
    """
    file = Path(path)
    if file.is_dir():
        return _tables(file)
    text = _text(file)
    if file.suffix == ".jsonl":
        entries = [
            (_json(line, f"{file.name} line {n}"), n) for n, line in enumerate(text.splitlines(), 1) if line.strip()
        ]
        return _persons(entries, f"{file.name} line")
    data = _json(text, file.name)
    entries = [(entry, n) for n, entry in enumerate(data if isinstance(data, list) else [data], 1)]
    return _persons(entries, f"{file.name} person")


def person_from(data: object, where: str) -> Person:
    """A person from parsed JSON, or `PeopleError` that names each wrong field and never its value."""
    try:
        return Person.model_validate(data)
    except ValidationError as error:
        raise PeopleError(list(problems_in(error, where))) from None


def problems_in(error: ValidationError, where: str) -> Iterator[Problem]:
    """Pydantic's findings in the one shape of ours, without the values found."""
    findings = error.errors(include_url=False, include_input=False, include_context=False)
    for finding in findings:
        if finding["type"] == "too_short" and any(
            other["loc"][:-1] and other["loc"][0] in finding["loc"] for other in findings
        ):
            continue  # an entry that is itself wrong is not counted, and is told anyway
        place = ".".join(str(part) for part in finding["loc"]) or "the person"
        yield Problem(
            what=_plain(finding["type"], finding["msg"]),
            where=f"{where}, {place}",
            why="Facts are dates, decimal numbers of at most two places, or the words listed in the person schema.",
            do="Correct this field; `planrules schema person` prints what is allowed.",
        )


def _plain(kind: str, message: str) -> str:
    known = {
        "extra_forbidden": "unknown field",
        "missing": "a required field is missing",
        "decimal_max_places": "more than two decimal places",
        "greater_than_equal": "a negative amount or negative hours",
        "too_short": "an empty list where at least one entry is needed",
    }
    return known.get(kind, message[:1].lower() + message[1:].split(", got ", maxsplit=1)[0])


def _persons(entries: list[tuple[Any, int]], where: str) -> People:
    persons: list[Person] = []
    problems: list[Problem] = []
    for entry, number in entries:
        try:
            persons.append(person_from(entry, f"{where} {number}"))
        except PeopleError as error:
            problems.extend(error.problems)
    if problems or not persons:
        raise PeopleError(problems or [_nobody(where)])
    return People.from_persons(persons)


def _tables(folder: Path) -> People:
    found = {name: folder / f"{name}.parquet" for name in SCHEMAS}
    try:
        return People.from_tables({name: pl.read_parquet(file) for name, file in found.items() if file.exists()})
    except (OSError, pl.exceptions.PolarsError) as error:
        raise PeopleError([_unreadable(folder.name, type(error).__name__)]) from error


def _text(file: Path) -> str:
    try:
        text = file.read_text(encoding="utf-8-sig")
    except (OSError, UnicodeDecodeError) as error:
        raise PeopleError([_unreadable(file.name, type(error).__name__)]) from error
    if not text.strip():
        raise PeopleError([_nobody(file.name)])
    return text


def _json(text: str, where: str) -> object:
    try:
        return json.loads(text, parse_float=Decimal)
    except json.JSONDecodeError as error:
        problem = Problem(
            what="not valid JSON",
            where=f"{where}, line {error.lineno}, column {error.colno}",
            why="People are given as JSON: one object a person.",
            do="Mend the punctuation at that place.",
        )
        raise PeopleError([problem]) from None


def _nobody(where: str) -> Problem:
    return Problem(what="no person in it", where=where, why="There is nobody to answer for.", do="Give one person.")


def _unreadable(where: str, kind: str) -> Problem:
    return Problem(
        what=f"cannot be read ({kind})",
        where=where,
        why="The file is needed.",
        do="Check its name, rights and encoding.",
    )
