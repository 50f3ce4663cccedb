"""Readers of people from files: one JSON person, a JSON list, JSON Lines, or a folder of tidy tables."""

import json
from collections.abc import Callable, Iterator
from decimal import Decimal
from functools import partial
from pathlib import Path
from typing import Any

import polars as pl
from pydantic import ValidationError

from planrules.errors import PeopleError, Problem
from planrules.people.frames import People
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
        lines = [(line, f"{file.name} line {n}") for n, line in enumerate(text.split("\n"), 1) if line.strip()]
        return _persons([partial(_person_in, line, where) for line, where in lines], file.name)
    data = _json(text, file.name)
    entries = enumerate(data if isinstance(data, list) else [data], 1)
    return _persons([partial(person_from, entry, f"{file.name} person {n}") for n, entry in entries], file.name)


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
        "model_type": "not an object with the facts of a person",
        "dict_type": "not an object",
        "value_error": message.removeprefix("Value error, "),
        "missing": "a required field is missing",
        "decimal_max_places": "more than two decimal places",
        "greater_than_equal": "a negative amount or negative hours",
        "too_short": "an empty list where at least one entry is needed",
    }
    return known.get(kind, message[:1].lower() + message[1:].split(", got ", maxsplit=1)[0])


def _person_in(line: str, where: str) -> Person:
    return person_from(_json(line, where), where)


def _persons(readers: list[Callable[[], Person]], where: str) -> People:
    """Everybody the readers give; all problems together where there are any."""
    persons: list[Person] = []
    problems: list[Problem] = []
    for read in readers:
        try:
            persons.append(read())
        except PeopleError as error:
            problems.extend(error.problems)
    if problems or not persons:
        raise PeopleError(problems or [_nobody(where)])
    return People.from_persons(persons)


def _tables(folder: Path) -> People:
    try:
        return People.from_tables({file.stem: pl.read_parquet(file) for file in sorted(folder.glob("*.parquet"))})
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
    place = where
    try:
        return json.loads(text, parse_float=Decimal, object_pairs_hook=_each_key_once)
    except json.JSONDecodeError as error:
        what, place = "not valid JSON", f"{where}, line {error.lineno}, column {error.colno}"
    except RecursionError:
        what = "JSON nested too deeply to be a person"
    except ValueError as error:
        what = str(error) if isinstance(error, _KeyTwiceError) else "a number too long to be a fact"
    problem = Problem(
        what=what, where=place, why="People are given as JSON: one object a person.", do="Mend the file at that place."
    )
    raise PeopleError([problem])


class _KeyTwiceError(ValueError):
    """One of the two values would be lost."""


def _each_key_once(pairs: list[tuple[str, Any]]) -> dict[str, Any]:
    if len({key for key, _ in pairs}) < len(pairs):
        msg = "a key given twice in one object"
        raise _KeyTwiceError(msg)
    return dict(pairs)


def _nobody(where: str) -> Problem:
    return Problem(what="no person in it", where=where, why="There is nobody to answer for.", do="Give one person.")


def _unreadable(where: str, kind: str) -> Problem:
    return Problem(
        what=f"cannot be read ({kind})",
        where=where,
        why="The file is needed.",
        do="Check its name, rights and encoding.",
    )
