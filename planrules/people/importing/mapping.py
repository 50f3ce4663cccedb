"""The mapping: what an employer declares once about its files, and keeps as the profile of every later import.

Whatever could be read in two ways stands here: which column is which, how days are written, what codes mean. Headers
that are plain synonyms need no entry; codes, and dates that fit two orders, always do.
"""

from collections.abc import Mapping
from datetime import date
from typing import Annotated, Any, Literal, Self

from pydantic import BeforeValidator, Field, ValidationError, field_validator, model_validator

from planrules.errors import PeopleError, Problem
from planrules.people.importing.declared_codes import Codes, Declared, Word, Words
from planrules.people.importing.faults import FAULTS
from planrules.people.importing.fields import FIELDS, NUMBERS, Holds, Kind

FileFormat = Literal["csv", "xlsx", "parquet", "jsonl", "fixed_width"]
DateForm = Literal[
    "yyyy-mm-dd",
    "yyyymmdd",
    "mm/dd/yyyy",
    "dd/mm/yyyy",
    "mm/dd/yy",
    "dd/mm/yy",
    "mmddyyyy",
    "ddmmyyyy",
    "month_in_words",
    "excel_1900",
    "excel_1904",
]


def _header_alone(given: object) -> object:
    return {"header": given} if isinstance(given, str | int | list | tuple) else given


class Column(Declared):
    """Where a fact stands and how it is written. The header alone may stand instead of the whole object.

    Attributes:
        header: the column's header; of an amount a list, whose columns are added up. Null: a synonym is looked for.
        value: one value for every row, in the form that a person file has, instead of a column.
        dates: the forms in which days are written, at most one of each look; none: they are told from the column.
        amounts: "plain" takes 1234.5, $1,234.50, (12.00) and 12.00-; "implied_cents" has no decimal point and two
            decimals; "hours_minutes" is H:MM, rounded half-up to the hundredth of an hour.
        blank: what an empty cell means: not known, zero, or a fault of the row.
        hashed: of employee_id: the column has social security numbers, and a hash of each is the key, made with the
            secret of `--secret`. The numbers themselves are not kept.
    """

    header: Words | Word | None = None
    value: Word | date | None = None
    dates: tuple[DateForm, ...] = ()
    amounts: Literal["plain", "implied_cents", "hours_minutes"] = "plain"
    blank: Literal["unknown", "zero", "refused"] = "unknown"
    hashed: bool = False

    @property
    def headers(self) -> tuple[str, ...]:
        """The headers named; empty where a synonym is looked for or the value is given."""
        if self.header is None:
            return ()
        return (self.header,) if isinstance(self.header, str) else self.header


HeaderOrColumn = Annotated[
    Column, BeforeValidator(_header_alone, json_schema_input_type=str | int | list[str | int] | Column)
]


def _misplaced(column: Column, kind: Kind) -> str | None:
    """What a column declares that its kind of fact cannot have; null when nothing."""
    if column.hashed and kind != "key":
        return "`hashed` is for employee_id only"
    if column.dates and kind != "day":
        return "`dates` is for days only"
    if column.amounts != "plain" and kind not in {"amount", "hours"}:
        return "`amounts` is for money and hours only"
    if kind not in NUMBERS and (len(column.headers) > 1 or column.blank == "zero"):
        return "several headers, and `blank: zero`, are for numbers only"
    return None


Place = Annotated[str, Field(pattern=r"^[1-9][0-9]*-[1-9][0-9]*$")]


class FileMapping(Declared):
    """The files of one kind: which they are, how they are written, what their columns and codes mean.

    Attributes:
        files: a pattern of file names, such as `payroll-*.csv`.
        holds: "census" has one row a person with hire, termination and rehire; "employment" and "classes" one row a
            stretch; "pay" one row a check, or a line of one by earning code; "accounts" one row of balances a person.
        format: how the file is written; null: by the ending of its name.
        encoding: of text; null: UTF-8, or Windows-1252 where it is not valid UTF-8, which is reported.
        separator: between the cells of a csv file.
        sheet: of a workbook; null where it has one sheet.
        header_row: the row with the headers, counted from 1.
        layout: of a fixed-width file: each column's first and last character, counted from 1, such as `14-24`.
        columns: what each fact's column is, where a synonym does not say it or the form has to be declared.
        ignore: columns that are not wanted; one that is neither known nor here is reported.
        must_be_zero: columns of money the plan does not have; another amount than zero is a fault.
        blanks: words that mean an empty cell, such as NULL.
        employer: of every row, where no column says it.
        class_dates: "employment": a class without days of its own lasted as long as the employment. Null: a census
            class is not used without a column class_start.
        codes: what the codes mean.
    """

    files: Word
    holds: Holds
    format: FileFormat | None = None
    encoding: Literal["utf-8", "windows-1252"] | None = None
    separator: Annotated[str, Field(pattern=r'^[^"\r\n]$')] = ","
    sheet: Word | None = None
    header_row: Annotated[int, Field(ge=1)] = 1
    layout: Mapping[str, Place] = Field(default_factory=dict)
    columns: Mapping[str, HeaderOrColumn] = Field(default_factory=dict)
    ignore: Words = ()
    must_be_zero: Words = ()
    blanks: Words = ()
    employer: Word | None = None
    class_dates: Literal["employment"] | None = None
    codes: Codes = Codes()

    @model_validator(mode="after")
    def _knows_its_columns(self) -> Self:
        known = FIELDS[self.holds]
        strangers = [name for name in self.columns if name not in known]
        if strangers:
            msg = f"columns has {', '.join(strangers)}; a {self.holds} file has {', '.join(known)}"
            raise ValueError(msg)
        for name, column in self.columns.items():
            wrong = _misplaced(column, known[name].kind)
            if wrong:
                msg = f"columns, {name}: {wrong}"
                raise ValueError(msg)
        if (self.format == "fixed_width") != bool(self.layout):
            msg = "a layout stands with the format fixed_width, and only there"
            raise ValueError(msg)
        return self


class Acknowledged(Declared):
    """A warning that somebody has looked at and answers for.

    Attributes:
        rule: the warning's code.
        by: who looked.
        on: when.
        why: why it may stand.
    """

    rule: Word
    by: Word
    on: date
    why: Word

    @field_validator("rule")
    @classmethod
    def _is_a_warning(cls, rule: str) -> str:
        known = [code for code, fault in FAULTS.items() if fault.level == "warning"]
        if rule not in known:
            msg = f"not the code of a warning; these are: {', '.join(known)}"
            raise ValueError(msg)
        return rule


class ImportMapping(Declared):
    """A mapping file: the profile of one employer's files.

    Attributes:
        profile: its name.
        files: the kinds of files, each read by the first entry whose pattern fits its name.
        youngest: years of age at the first day of work below which a warning is given.
        oldest: years of age above which a warning is given.
        two_digit_years_from: the first of the hundred years that two digits can mean; needed where a column has them.
        plan_year_ends: last day of a Plan Year, MM-DD, for the warning of terminations outside it; null: not given.
        net_reversals_by: "check" takes a reversal from the row of the same stretch of work; "month" also from the
            last row paid in the same month where no row of the stretch is there.
        acknowledged: warnings that are answered for.
    """

    profile: Word
    files: tuple[FileMapping, ...] = Field(min_length=1)
    youngest: Annotated[int, Field(ge=0)] = 14
    oldest: Annotated[int, Field(ge=0)] = 100
    two_digit_years_from: Annotated[int, Field(ge=1800, le=2000)] | None = None
    plan_year_ends: Annotated[str, Field(pattern=r"^(0[1-9]|1[0-2])-(0[1-9]|[12][0-9]|3[01])$")] | None = None
    net_reversals_by: Literal["check", "month"] = "check"
    acknowledged: tuple[Acknowledged, ...] = ()


def parse_mapping(data: object, where: str) -> ImportMapping:
    """A mapping from parsed YAML.

    Raises:
        PeopleError: it has an unknown key, lacks one, or has a value of the wrong kind; each is named.
    """
    try:
        return ImportMapping.model_validate(data)
    except ValidationError as error:
        found = error.errors(include_url=False, include_input=False, include_context=False)
        # A list whose entries are all wrong is called too short besides; the entries are told anyway.
        told = [each for each in found if each["type"] != "too_short" or len(found) == 1]
        raise PeopleError([_problem(each, where) for each in told]) from None


def _problem(finding: Any, where: str) -> Problem:  # noqa: ANN401  pydantic's error details are a loose dict
    place = ".".join(str(part) for part in finding["loc"]) or "the file"
    unknown = finding["type"] == "extra_forbidden"
    return Problem(
        what="unknown key" if unknown else finding["msg"].removeprefix("Value error, "),
        where=f"{where}, {place}",
        why="Nothing in a mapping is passed over.",
        do="Correct it; docs/reference/mapping.md lists what a mapping can say.",
    )
