"""docs/reference/mapping.md: what a mapping file can say, the facts of each kind of file, and what an import tells."""

from pydantic import BaseModel

from pages.markdown import code, table, text_block
from pages.markdown import page as made
from pages.models import fields_of
from pages.sample import ROOT
from planrules.people.importing import FAULTS, declared_codes, mapping
from planrules.people.importing.fields import FIELDS
from planrules.people.importing.headers import listed

INTRODUCTION = """
A mapping is one YAML file that says of an employer's files what could be read in two ways. `planrules import --map` and
`planrules.import_people` read files by it; [import census and payroll](../how-to/import-census-and-payroll.md) goes
through one. `planrules schema mapping` prints the same as JSON Schema. Headers are compared without case, spaces and
punctuation. An unknown key is refused, not ignored. Two mappings to start from, with files they read:
[one row a person](../examples/import/one-row-a-person.yaml) and [by earning code](../examples/import/by-earning-code.yaml).
"""
FACTS = """
What each kind of file can hold, and the headers by which a fact is found without an entry under `columns`. A file without
a column that is *needed* is not used. Social security numbers are not read; where a file has no other key, `hashed` makes
one of them.
"""
FORMS = """
Where `dates` says nothing, the form is told from the whole column: `yyyy-mm-dd`, `yyyymmdd` and months in words look like
nothing else, and month and day in figures are told apart where some day is past the twelfth. What cannot be told is a
question. A column that says who was employed when, or what was deferred, then stops its file; any other is left unknown.
Empty cells, `00000000` and `0000-00-00` are no day.
"""
TOLD = """
An *error* sets the row aside and holds its person back, whole, until it is mended. A *warning* stops nothing. Besides
these, every [fact that cannot be true](person.md#what-is-refused) is an error, and a birth date after the day of
`--as-of`. What follows from a row that is set aside is not told again.
"""
DATE_FORMS = (
    ("yyyy-mm-dd", "1996-02-29, 1996-02-29 00:00:00"),
    ("yyyymmdd", "19960229"),
    ("mm/dd/yyyy", "02/29/1996, 2-29-1996, 2.29.1996"),
    ("dd/mm/yyyy", "29/02/1996, 29-2-1996, 29.2.1996"),
    ("mm/dd/yy", "02/29/96, in the hundred years from `two_digit_years_from`; a birth date by a plausible age"),
    ("dd/mm/yy", "29/02/96, likewise"),
    ("mmddyyyy", "02291996"),
    ("ddmmyyyy", "29021996"),
    ("month_in_words", "29-Feb-1996, February 29, 1996"),
    ("excel_1900", "35124, days as most spreadsheets count them"),
    ("excel_1904", "33662, days as older Macintosh workbooks count them"),
)


def page() -> str:
    """The whole page."""
    models: tuple[type[BaseModel], ...] = (
        mapping.ImportMapping,
        mapping.FileMapping,
        mapping.Column,
        declared_codes.Codes,
        declared_codes.StatusCode,
        declared_codes.EarningCode,
        mapping.Acknowledged,
    )
    example = (ROOT / "docs" / "examples" / "import" / "one-row-a-person.yaml").read_text("utf-8")
    return made(
        "The mapping of files",
        INTRODUCTION,
        text_block(example, "yaml"),
        *(fields_of(each) for each in models),
        "## Facts and headers",
        FACTS,
        *(_facts(holds) for holds in FIELDS),
        "## Forms of days",
        FORMS,
        table(["form", "such as"], [(code(form), words) for form, words in _complete()]),
        "## What an import tells",
        TOLD,
        table(
            ["level", "code", "what is wrong", "what to do"],
            ((fault.level, code(name), fault.rule, fault.do) for name, fault in FAULTS.items()),
        ),
    )


def _facts(holds: str) -> str:
    rows = [
        (code(name), known.kind, "needed" if known.required else "", ", ".join(listed()[holds][name]))
        for name, known in FIELDS[holds].items()
    ]
    return f"### {holds}\n\n{table(['fact', 'kind', '', 'headers'], rows)}"


def _complete() -> tuple[tuple[str, str], ...]:
    known = mapping.DateForm.__args__
    if tuple(form for form, _ in DATE_FORMS) != known:
        message = f"the page explains {DATE_FORMS}, the program has {known}"
        raise KeyError(message)
    return DATE_FORMS
