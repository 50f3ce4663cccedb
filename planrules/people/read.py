"""Readers of people from files: one JSON person, a JSON list, JSON Lines, or a folder of tidy tables."""

import json
from collections.abc import Callable
from decimal import Decimal
from functools import partial
from pathlib import Path
from typing import Any

import polars as pl
from pydantic import ValidationError

from planrules.errors import PeopleError, Problem
from planrules.people.faults import problems_in
from planrules.people.frames import People
from planrules.people.models import Person


def read_person(path: str | Path) -> Person:
    """The one person a JSON file holds.

    Raises:
        PeopleError: the file cannot be read, is not JSON, or does not hold exactly one valid person.
    """
    file = Path(path)
    return person_from(json_from(_text(file), file.name), file.name)


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
    data = json_from(text, file.name)
    entries = enumerate(data if isinstance(data, list) else [data], 1)
    return _persons([partial(person_from, entry, f"{file.name} person {n}") for n, entry in entries], file.name)


def person_from(data: object, where: str) -> Person:
    """A person from parsed JSON, or `PeopleError` that names each wrong field and never its value."""
    try:
        return Person.model_validate(data)
    except ValidationError as error:
        raise PeopleError(list(problems_in(error, where))) from None


def _person_in(line: str, where: str) -> Person:
    return person_from(json_from(line, where), where)


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
    except FileNotFoundError:
        raise PeopleError([_no_file(file.name)]) from None
    except IsADirectoryError:
        what = "cannot be read: this is a folder"
        raise PeopleError([_problem(what, file.name, "One person is one JSON file.", "Name that file.")]) from None
    except (OSError, UnicodeDecodeError) as error:
        raise PeopleError([_unreadable(file.name, type(error).__name__)]) from error
    if not text.strip():
        raise PeopleError([_nobody(file.name)])
    return text


def json_from(text: str, where: str) -> object:
    """Parsed JSON, with numbers exact and no key given twice, or `PeopleError` that names the place and no value."""
    place = where
    try:
        return json.loads(text, parse_float=Decimal, object_pairs_hook=_each_key_once)
    except json.JSONDecodeError as error:
        if _is_elections(text):
            raise PeopleError([_not_a_person(where)]) from None
        what, place = "not valid JSON", f"{where}, line {error.lineno}, column {error.colno}"
    except RecursionError:
        what = "JSON nested too deeply to be a person"
    except ValueError as error:
        what = str(error) if isinstance(error, _KeyTwiceError) else "a number too long to be a fact"
    problem = Problem(
        what=what, where=place, why="People are given as JSON: one object a person.", do="Mend the file at that place."
    )
    raise PeopleError([problem])


def _is_elections(text: str) -> bool:
    """Whether a text that is no JSON is the YAML of a plan: it has a key that only such files begin a line with."""
    return any(line.startswith(("form:", "checked:", "match_rates:", "top_heavy:")) for line in text.splitlines())


def _not_a_person(where: str) -> Problem:
    what = "this is a file of a plan, not a person"
    return _problem(
        what, where, "A person is one JSON object.", "Name the elections file first, and the person after it."
    )


def _no_file(where: str) -> Problem:
    return _problem("there is no such file", where, "A person is read from a file.", "Check the path.")


def _problem(what: str, where: str, why: str, do: str) -> Problem:
    return Problem(what=what, where=where, why=why, do=do)


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
