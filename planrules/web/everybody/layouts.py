"""The layouts of files that an upload can choose from: shipped mappings, fitted to the plan and to the names of files.

The mappings are those of docs/examples/import. What the employer alone can say - its own name, its Plan Year - is
taken from the plan; which file is which is told by the field of the form and not by the file's name.
"""

from collections.abc import Collection, Iterable, Mapping
from dataclasses import dataclass
from functools import cache
from glob import escape
from importlib import resources

from planrules.api import Plan
from planrules.errors import PeopleError, Problem
from planrules.form.strict_yaml import StrictYamlError, read_yaml
from planrules.people.importing import ImportMapping, parse_mapping
from planrules.people.importing.fields import FIELDS
from planrules.people.importing.headers import plain, synonyms
from planrules.people.importing.mapping import FileMapping

OWN = "own"
"""The word for a mapping that is uploaded itself."""
_PEOPLE = ("census", "employment")


@dataclass(frozen=True)
class Layout:
    """A shipped mapping by its word, with its title and what its files are."""

    word: str
    title: str
    files: str


LAYOUTS = (
    Layout(
        "usual-headings",
        "Usual headings",
        "A census with one row a person and payroll with one row a check, whatever payroll calls its columns: Emp ID, "
        "Hire Date, DOB, Term Date, Check Date and the like. Days as month/day/year, year-month-day or in words.",
    ),
    Layout(
        "one-row-a-person",
        "One row a person",
        "A census with one row a person and its dates of hire, termination and rehire; payroll with one row a check.",
    ),
    Layout(
        "by-earning-code",
        "One row a stretch of employment, payroll by earning code",
        "A fixed-width roster with one row a stretch of employment; a payroll register with one line an earning code.",
    ),
)


@cache
def layout_text(word: str) -> str:
    """The YAML of a shipped mapping; KeyError for a word that is none."""
    if word not in {layout.word for layout in LAYOUTS}:
        raise KeyError(word)
    return resources.files(__package__).joinpath("mappings", f"{word}.yaml").read_text(encoding="utf-8")


def mapping_of(text: str, where: str) -> ImportMapping:
    """A mapping from the text of a YAML file.

    Raises:
        PeopleError: it is not plain YAML, has a key twice, or says something that a mapping does not say.
    """
    try:
        document = read_yaml(text)
    except StrictYamlError as error:
        raise PeopleError([_unreadable(where, str(error))]) from None
    if document.duplicates:
        told = ", ".join(f"line {twice.line}" for twice in document.duplicates)
        raise PeopleError([Problem("a key given twice", f"{where}, {told}", "One would be lost.", "Keep one.")])
    return parse_mapping(document.data, where)


def fitted(word: str, plan: Plan, people_files: Iterable[str], pay_files: Iterable[str]) -> ImportMapping:
    """A shipped mapping for files of these names; the census (or roster) and the payroll by the field they came in."""
    mapping = mapping_of(layout_text(word), word)
    names: Mapping[bool, Iterable[str]] = {True: tuple(people_files), False: tuple(pay_files)}
    entries = tuple(
        _settled(entry, plan).model_copy(
            update={"files": escape(name), **({"employer": employer} if entry.employer else {})}
        )
        for entry in mapping.files
        for name in names[entry.holds in _PEOPLE]
        for employer in (plan.terms.service.employer,)
    )
    ends = plan.terms.service.plan_year_ends
    said = {"plan_year_ends": f"{ends.month:02}-{ends.day:02}"} if mapping.plan_year_ends else {}
    return mapping.model_copy(update={"files": entries, **said})


def _settled(entry: FileMapping, plan: Plan) -> FileMapping:
    """An entry that takes a yes or no only where it settles all: where the plan leaves out no other group."""
    left_out = set(plan.terms.participation.excluded_classes)
    yes_no = {header: group for header, group in entry.codes.yes_no.items() if left_out <= {group}}
    return entry.model_copy(update={"codes": entry.codes.model_copy(update={"yes_no": yes_no})})


def without(mapping: ImportMapping, headers: Collection[str]) -> ImportMapping:
    """A mapping whose files are read without these columns."""
    out = {plain(header) for header in headers}
    entries = tuple(
        entry.model_copy(
            update={
                "ignore": (*entry.ignore, *headers),
                "columns": {
                    name: column
                    for name, column in entry.columns.items()
                    if not column.headers or not out.issuperset(map(plain, column.headers))
                },
            }
        )
        for entry in mapping.files
    )
    return mapping.model_copy(update={"files": entries})


def cannot_be_left_out(headers: Collection[str]) -> list[str]:
    """Those of these headers without which a file would say something else: that nobody left, or nothing was deferred.

    A column that every row needs is not among them: without it the file is in question, and nothing wrong is read.
    """
    meaningful = {
        name
        for holds, fields in FIELDS.items()
        for fact, known in fields.items()
        if not known.required and not known.may_be_unknown
        for name in synonyms()[holds][fact]
    }
    return [header for header in headers if plain(header) in meaningful]


def _unreadable(where: str, told: str) -> Problem:
    return Problem(
        what=f"cannot be read ({told})",
        where=where,
        why="Files are read as their mapping declares.",
        do="Check its YAML; the reference page on mappings shows the format.",
    )
