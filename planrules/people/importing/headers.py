"""Which column of a file is which fact: as the mapping says, else by synonyms without case, spaces and punctuation."""

import re
from collections.abc import Callable, Collection, Mapping, Sequence
from dataclasses import dataclass
from difflib import get_close_matches
from functools import cache
from importlib.resources import files

import yaml

from planrules.errors import Problem
from planrules.people.importing.alike_columns import question
from planrules.people.importing.fields import FIELDS, Holds
from planrules.people.importing.mapping import Column, FileMapping

KEY = "employee_id"
_NEVER_READ, _SSN = "never_read", "social_security_number"
_LIKE = 0.75
"""How alike two headings have to be, of 1; below it another heading is meant and none is mistyped."""


@dataclass(frozen=True)
class Use:
    """Where a file has one fact: the positions of its columns (several are added up) and their headers."""

    column: Column
    positions: tuple[int, ...]
    headers: tuple[str, ...]


@dataclass(frozen=True)
class Matched:
    """The facts that a file has, the headers nobody asked for, and what has to be asked first.

    Where no header is known there may be none, and the row be somebody's: then `unused` is empty.

    `same` are columns that count as one, because they agree in every row: the header that is read, and the others.
    `open` are facts whose column is in question; the file is read without them, or not at all where a row needs them.
    """

    uses: dict[str, Use]
    unused: tuple[str, ...]
    open: tuple[str, ...]
    questions: tuple[Problem, ...]
    same: tuple[tuple[str, ...], ...] = ()


def plain(header: str) -> str:
    """A header as it is compared.

    >>> plain("Re-hire Date "), plain("401(k)")
    ('rehiredate', '401k')
    """
    return re.sub(r"[\W_]", "", header.casefold())


@cache
def synonyms() -> dict[str, dict[str, frozenset[str]]]:
    """For each kind of file and fact, the headers that name it, as they are compared."""
    return {
        holds: {field: frozenset(map(plain, (field, *names))) for field, names in fields.items()}
        for holds, fields in listed().items()
    }


@cache
def listed() -> dict[str, dict[str, list[str]]]:
    """For each kind of file and fact, the headers that name it, as the list has them."""
    text = files("planrules.people.importing").joinpath("synonyms.yaml").read_text("utf-8")
    found: dict[str, dict[str, list[str]]] = yaml.safe_load(text)
    return found


def is_ssn(header: str) -> bool:
    """Whether a header names social security numbers, which no rule needs and which are not read."""
    return plain(header) in synonyms()[_NEVER_READ][_SSN]


def nearest(header: str, holds: Holds) -> tuple[str, str] | None:
    """The heading of such a file that is most like this one, and the fact it names; null where none is like it.

    >>> nearest("Hire Dte", "census"), nearest("Shoe Size", "census")
    (('Hire Date', 'hire_date'), None)
    """
    known = {plain(name): (name, field) for field, names in listed()[holds].items() for name in (field, *names)}
    like = get_close_matches(plain(header), known, n=1, cutoff=_LIKE)
    return known[like[0]] if like else None


def match(
    headers: Sequence[str],
    mapping: FileMapping,
    where: str,
    differing: Callable[[Sequence[int]], int] | None = None,
) -> Matched:
    """Each fact's column among these headers.

    `differing` tells in how many rows columns that could be one fact do not agree; where in none, they are one.
    """
    at: dict[str, list[int]] = {}
    for position, header in enumerate(headers):
        at.setdefault(plain(header), []).append(position)
    uses: dict[str, Use] = {}
    asked: dict[str, Problem] = {}
    declared = {plain(name) for column in mapping.columns.values() for name in column.headers}
    absent, twins, same = _absent(mapping, at), list[int](), list[tuple[str, ...]]()
    for field in FIELDS[mapping.holds]:
        column = mapping.columns.get(field, Column())
        if column.value is not None:
            uses[field] = Use(column, (), ())
            continue
        wanted = [plain(name) for name in column.headers] or _named(field, mapping, set(at) - declared)
        if field in absent:
            continue
        alike = _alike(wanted, at, column)
        twins += alike
        rows = differing(alike) if alike and differing and len(column.headers) <= 1 else None
        if alike and rows != 0:
            asked[field] = question(field, [headers[each] for each in alike], rows, where)
        elif wanted:
            same += [tuple(headers[each] for each in alike)] if alike else []
            positions = tuple(alike[:1] or (at[name][0] for name in wanted))
            uses[field] = Use(column, positions, tuple(headers[position] for position in positions))
    taken = {position for use in uses.values() for position in use.positions} | set(twins)
    unused = _unused(headers, mapping, taken) if any(use.positions for use in uses.values()) else ()
    if absent:
        asked |= dict.fromkeys(absent, _names_absent(absent, unused, where))
    missing = [field for field, known in FIELDS[mapping.holds].items() if known.required and field not in uses]
    like = {found[1]: header for header in unused if (found := nearest(header, mapping.holds))}
    asked.update({field: _missing(field, where, headers, like.get(field)) for field in missing if field not in asked})
    return Matched(uses, unused, tuple(asked), tuple(dict.fromkeys(asked.values())), tuple(same))


def _named(field: str, mapping: FileMapping, present: set[str]) -> list[str]:
    ignored = {plain(name) for name in mapping.ignore}
    return sorted(synonyms()[mapping.holds][field] & present - ignored)


def _absent(mapping: FileMapping, at: Mapping[str, list[int]]) -> dict[str, list[str]]:
    """For each fact, the headers that the mapping names for it and the file does not have."""
    found = {
        field: [name for name in column.headers if plain(name) not in at] for field, column in mapping.columns.items()
    }
    return {field: names for field, names in found.items() if names}


def _names_absent(absent: Mapping[str, list[str]], unused: Sequence[str], where: str) -> Problem:
    """One problem for all of them. `unused` is empty where no header was known: then the row may be no header row."""
    named = ", ".join(f"“{name}” ({field})" for field, names in absent.items() for name in names)
    plural = "columns" if sum(map(len, absent.values())) > 1 else "a column"
    has = f" It has, not used: {', '.join(f'“{name}”' for name in unused)}." if unused else ""
    return Problem(
        what=f"the mapping names {plural} that the file does not have: {named}",
        where=where,
        why=f"A template changed, or the mapping is another file's.{has}",
        do="Correct the headers in the file, or under columns in the mapping.",
    )


def _unused(headers: Sequence[str], mapping: FileMapping, taken: Collection[int]) -> tuple[str, ...]:
    passed = {plain(name) for name in (*mapping.ignore, *mapping.must_be_zero)}
    return tuple(
        header
        for position, header in enumerate(headers)
        if position not in taken and header.strip() and plain(header) not in passed and not is_ssn(header)
    )


def _alike(wanted: list[str], at: Mapping[str, list[int]], column: Column) -> list[int]:
    """The positions of several columns that could all be one fact; none where only one could."""
    if (len(wanted) > 1 and not column.headers) or any(len(at[name]) > 1 for name in wanted):
        return sorted(position for name in wanted for position in at[name])
    return []


def _missing(field: str, where: str, headers: Sequence[str], like: str | None) -> Problem:
    """That a fact has no column; `like` is a header of the file that may be meant for one, null where none is."""
    only_ssn = field == KEY and any(map(is_ssn, headers))
    return Problem(
        what=f"no column for {field}" + (", and social security numbers are not read" if only_ssn else ""),
        where=where,
        why="Every row needs it." + (f" A column headed “{like}” is there, and is not known." if like else ""),
        do=f"Say which column it is, `{field}: <header>` under columns"
        + (
            ", or give an employee number; `hashed: true` takes the numbers' hash." if only_ssn else ", or one `value`."
        ),
    )
