"""What each file of a shipped layout is headed with: told from its mapping, to look at and as a file to fill in."""

from collections.abc import Iterator, Sequence
from dataclasses import dataclass
from functools import cache

from planrules.people.importing.coded import explained
from planrules.people.importing.fields import FIELDS, Field
from planrules.people.importing.headers import listed
from planrules.people.importing.mapping import FileMapping
from planrules.web.everybody.layouts import layout_text, mapping_of

_USUAL = ("hours", "compensation", "salary_reduction")
"""What payroll files mostly have besides what every row needs."""
_BY_CODE = ("earning_code", "amount", "hours")


@dataclass(frozen=True)
class Heading:
    """One column.

    Attributes:
        header: its header, or the characters it fills.
        others: other headers that are understood in its place.
        fact: the fact in words.
        needed: whether every row needs it.
        codes: the codes that the layout explains.
    """

    header: str
    others: tuple[str, ...]
    fact: str
    needed: bool
    codes: tuple[str, ...]


@dataclass(frozen=True)
class Headed:
    """A file of a layout: what it holds, its columns, and its first line; null where a file has no headers."""

    holds: str
    headings: tuple[Heading, ...]
    line: str | None


@cache
def headed(word: str) -> tuple[Headed, ...]:
    """The files of a layout; KeyError for a word that is none."""
    return tuple(_headed(file) for file in mapping_of(layout_text(word), word).files)


def _headed(file: FileMapping) -> Headed:
    headings = tuple(_headings(file))
    line = None if file.layout else file.separator.join(each.header for each in headings) + "\n"
    return Headed(file.holds, headings, line)


def _headings(file: FileMapping) -> Iterator[Heading]:
    for name, field in FIELDS[file.holds].items():
        if not _in_it(name, field, file):
            continue
        header, *others = _called(name, file)
        yield Heading(header, tuple(others), name.replace("_", " "), field.required, _codes(field, file))


def _called(name: str, file: FileMapping) -> Sequence[str]:
    """The characters that a fact fills, or its headers: the one that the mapping names, or all that are known."""
    if file.layout:
        return (f"characters {file.layout[name].replace('-', ' to ')}",)
    column = file.columns.get(name)
    return column.headers[:1] if column and column.headers else listed()[file.holds][name]


def _in_it(name: str, field: Field, file: FileMapping) -> bool:
    if file.layout:
        return name in file.layout
    if name in file.columns or field.required:
        return True
    if file.holds == "pay":
        return name in (_BY_CODE if file.codes.earning else _USUAL)
    given = (name == "employer" and file.employer) or (name == "class_start" and file.class_dates)
    return not given


def _codes(field: Field, file: FileMapping) -> tuple[str, ...]:
    codes = {"status": file.codes.status, "class": file.codes.class_, "reason": file.codes.reason}
    known = codes.get(field.kind, file.codes.earning if field.kind == "earning" else {})
    return tuple(known) if explained(field.kind, file.codes) else ()
