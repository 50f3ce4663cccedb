"""The people of an evaluation as they are sent: tables as Parquet, or persons as JSON Lines."""

from collections.abc import Iterator, Mapping
from dataclasses import dataclass, field
from io import BytesIO
from pathlib import PurePosixPath

import polars as pl
from starlette.concurrency import run_in_threadpool
from starlette.datastructures import UploadFile
from starlette.requests import Request

from planrules.errors import PeopleError, Problem
from planrules.people import People, Person
from planrules.people.checks import EXCEPTIONS
from planrules.people.frames import SCHEMAS
from planrules.people.read import json_from
from planrules.web.api.bodies import media_type, person_of, unsupported
from planrules.web.api.numbers import KEY, without_numbers
from planrules.web.personal import is_social_security
from planrules.web.safety import Limits, check_rows, check_upload, unpacked
from planrules.web.safety.refusals import RefusedError
from planrules.web.safety.uploads import too_many

JSON_LINES, ZIP, MULTIPART = "application/x-ndjson", "application/zip", "multipart/form-data"
_KNOWN = (JSON_LINES, "application/jsonl", ZIP, MULTIPART)
_MOST_FILES = 20


@dataclass(frozen=True)
class Sent:
    """The tables that were sent, how many people, and the exceptions of who could not be read."""

    tables: Mapping[str, pl.DataFrame]
    people: int
    unread: pl.DataFrame = field(default_factory=lambda: pl.DataFrame(schema=EXCEPTIONS))


async def sent(request: Request, limits: Limits) -> Sent:
    """The people of a request, read off the event loop: others are answered meanwhile.

    Raises:
        RefusedError: the body is of another kind, too large, has tables or columns that are not those of people, or
            has nobody in it.
    """
    kind = media_type(request)
    if kind not in _KNOWN:
        raise unsupported(_KNOWN)
    if kind == MULTIPART:
        found = await run_in_threadpool(_tables, await _parts(request, limits), limits)
    else:
        found = await run_in_threadpool(_zipped if kind == ZIP else _lines, await request.body(), limits)
    if not found.people:
        raise _wrong(what="nobody", do="Send at least one person.")
    return found


def _zipped(body: bytes, limits: Limits) -> Sent:
    return _tables(unpacked(body, limits), limits)


async def _parts(request: Request, limits: Limits) -> Mapping[str, bytes]:
    """The files of a form by name, each named by its field or, where that is none of a table, by its file."""
    async with request.form(max_files=_MOST_FILES, max_fields=0) as form:
        given = [(name, value) for name, value in form.multi_items() if isinstance(value, UploadFile)]
        found: dict[str, bytes] = {}
        for name, value in given:
            table = name if name in SCHEMAS else value.filename or ""
            content = await value.read()
            await run_in_threadpool(check_upload, content, limits)
            found[table] = content
    if len(found) < len(given):
        raise _wrong(what="a table is sent twice", do="Send each table as one file.")
    return found


def _tables(files: Mapping[str, bytes], limits: Limits) -> Sent:
    named = {PurePosixPath(name).name.removesuffix(".parquet"): content for name, content in files.items()}
    if not set(named) <= set(SCHEMAS) or not {"employees", "employment"} <= set(named) or len(named) < len(files):
        raise _wrong(
            what="tables of other names, or without employees and employment",
            do=f"Send Parquet files named as the tables: {', '.join(SCHEMAS)}; the first two are needed.",
        )
    for name, content in named.items():
        _check_columns(content, name)
    if sum(check_rows(content, limits) for content in named.values()) > limits.max_rows:
        raise too_many(what="rows", most=limits.max_rows)
    tables = {name: _read(content, name) for name, content in named.items()}
    left, set_aside = without_numbers(tables)
    return Sent(left, tables["employees"].height, set_aside)


def _read(content: bytes, name: str) -> pl.DataFrame:
    try:
        return pl.read_parquet(BytesIO(content))
    except (pl.exceptions.PolarsError, OSError):
        raise _unreadable(name) from None


def _check_columns(content: bytes, name: str) -> None:
    """Looks at the columns before any is read, and so that no refusal further down tells how the sender names them."""
    try:
        columns = pl.scan_parquet(BytesIO(content)).collect_schema().names()
    except (pl.exceptions.PolarsError, OSError):
        raise _unreadable(name) from None
    if not set(columns) <= set(SCHEMAS[name]):
        raise _wrong(
            what="columns that the table does not have", do=f"Its columns are {', '.join(SCHEMAS[name])}.", where=name
        )


def _unreadable(name: str) -> RefusedError:
    return _wrong(what="a Parquet file that cannot be read", do="Write it again.", where=name)


def _lines(body: bytes, limits: Limits) -> Sent:
    """Persons, one a line; who cannot be read is an exception, and stops nobody else.

    The exception has the line's number, and the employee_id where that can be read.
    """
    lines = [(n, line) for n, line in enumerate(body.split(b"\n"), 1) if line.strip()]
    if len(lines) > limits.max_rows:
        raise too_many(what="people", most=limits.max_rows)
    persons: list[Person] = []
    unread: list[Mapping[str, object]] = []
    for n, line in lines:
        who: str | None = None
        try:
            data = _json(line)
            who = _named(data)
            persons.append(person_of(data, ""))
        except PeopleError as error:
            unread.extend(_exceptions(error, n, who))
    people = People.from_persons(persons)
    tables = {name: getattr(people, name) for name in SCHEMAS}
    if sum(table.height for table in tables.values()) > limits.max_rows:
        raise too_many(what="rows", most=limits.max_rows)
    return Sent(tables, len(lines), pl.DataFrame(unread, schema=EXCEPTIONS))


def _json(line: bytes) -> object:
    try:
        text = line.decode("utf-8-sig")
    except UnicodeDecodeError:
        what, do = "not text in UTF-8", "Encode it so."
        raise PeopleError([Problem(what=what, where="line", why="", do=do)]) from None
    return json_from(text, "line")


def _named(data: object) -> str | None:
    """The employee_id of a line, whatever else is wrong with it; null where there is none that may be shown."""
    named = data.get(KEY) if isinstance(data, dict) else None
    return named if isinstance(named, str) and named and not is_social_security(named) else None


def _exceptions(error: PeopleError, n: int, who: str | None) -> Iterator[Mapping[str, object]]:
    for told in error.problems:
        yield {
            KEY: who,
            "table": "line",
            "row": n,
            "column": getattr(told, "pointer", ""),
            "rule": told.what,
            "do": told.do,
        }


def _wrong(what: str, do: str, where: str = "people") -> RefusedError:
    told = Problem(what=what, where=where, why="People come as the tables of docs/reference/person.md.", do=do)
    return RefusedError(422, [told])
