"""The layout of a file that goes back to payroll: which rows, which columns, how each is written.

It is declared once by whoever knows the payroll system, in YAML. What a cell holds is never guessed.
"""

from collections.abc import Mapping
from pathlib import Path
from typing import Annotated, Literal, Self

from pydantic import BaseModel, ConfigDict, Field, ValidationError, model_validator

from planrules.batch.payroll_facts import FACTS
from planrules.errors import FileError, Problem
from planrules.form.strict_yaml import StrictYamlError, read_yaml

DayForm = Literal["yyyy-mm-dd", "yyyymmdd", "mm/dd/yyyy", "dd/mm/yyyy", "mmddyyyy"]
AmountForm = Literal["plain", "implied_cents"]
Text = Annotated[str, Field(pattern=r"^[^\r\n]*$")]


class Declared(BaseModel):
    """A part of a layout; an unknown key is refused."""

    model_config = ConfigDict(frozen=True, extra="forbid")


class Column(Declared):
    """One column of the file: a fact, or the same text in every row.

    Attributes:
        header: what stands at its top.
        fact: what it holds, one of those listed.
        text: the same text in every row, such as an earning code.
        days: how its days are written.
        amounts: money as 1234.50, or as 123450 with two decimals implied.
        codes: the code of each value of a text or flag; a value without one is refused. Flags are true and false.
        blank: what stands where there is no value.
        width: how many letters it takes, in a file without separators; a longer value is refused.
        align: on which side the value stands in its width.
        pad: the letter that fills the width.
    """

    header: Text
    fact: str | None = None
    text: Text | None = None
    days: DayForm | None = None
    amounts: AmountForm | None = None
    codes: Mapping[str, Text] | None = None
    blank: Text = ""
    width: Annotated[int, Field(ge=1)] | None = None
    align: Literal["left", "right"] = "left"
    pad: Annotated[str, Field(pattern=r"^[^\r\n]$")] = " "

    @model_validator(mode="after")
    def _holds_one_thing(self) -> Self:
        if (self.fact is None) == (self.text is None):
            msg = "a column has a fact or a text, and not both"
            raise ValueError(msg)
        if self.fact is not None and self.fact not in FACTS:
            msg = f"an unknown fact; these are known: {', '.join(FACTS)}"
            raise ValueError(msg)
        kind = FACTS.get(self.fact or "")
        wanted = {"days": kind == "day", "amounts": kind == "money", "codes": kind in {"text", "flag"}}
        for name, fits in wanted.items():
            if getattr(self, name) is not None and not fits:
                msg = f"`{name}` does not go with {self.fact or 'a text'}"
                raise ValueError(msg)
        if kind in {"day", "flag"} and (self.days if kind == "day" else self.codes) is None:
            msg = f"{self.fact} needs `{'days' if kind == 'day' else 'codes'}`"
            raise ValueError(msg)
        return self


class Layout(Declared):
    """The file as a whole.

    Attributes:
        name: what the layout is called.
        rows: those with a match in the period, those newly eligible, or both.
        announce: also who is to join on a day that lies ahead counts as newly eligible.
        separator: between the cells; null for columns of fixed width.
        header: whether the headers are written.
        ending: how lines end.
        encoding: how the text is written.
        columns: the columns, in order.
    """

    name: str
    rows: Literal["match", "newly_eligible", "both"] = "both"
    announce: bool = False
    separator: Annotated[str, Field(pattern=r'^[^"\r\n]$')] | None = ","
    header: bool = True
    ending: Literal["lf", "crlf"] = "lf"
    encoding: Literal["utf-8", "windows-1252"] = "utf-8"
    columns: Annotated[tuple[Column, ...], Field(min_length=1)]

    @model_validator(mode="after")
    def _names_whom(self) -> Self:
        headers = [column.header for column in self.columns]
        if len(set(headers)) < len(headers):
            msg = "two columns have the same header"
            raise ValueError(msg)
        if not any(column.fact == "employee_id" for column in self.columns):
            msg = "no column has employee_id, so nobody would know whose a row is"
            raise ValueError(msg)
        fixed = [column.width is not None for column in self.columns]
        if any(fixed) if self.separator is not None else not all(fixed):
            msg = "every column has a `width` where `separator` is null, and none has one elsewhere"
            raise ValueError(msg)
        return self


def load_layout(path: str | Path) -> Layout:
    """The layout of a YAML file.

    Raises:
        FileError: it cannot be read, or says something that a layout does not say; each is named.
    """
    file = Path(path)
    try:
        document = read_yaml(file.read_text(encoding="utf-8"))
    except (OSError, UnicodeDecodeError, StrictYamlError) as error:
        told = str(error) if isinstance(error, StrictYamlError) else type(error).__name__
        raise FileError([_wrong(f"cannot be read ({told})", file.name)]) from None
    if document.duplicates:
        raise FileError([_wrong("a key given twice", f"{file.name}, line {each.line}") for each in document.duplicates])
    try:
        return Layout.model_validate(document.data)
    except ValidationError as error:
        found = error.errors(include_url=False, include_input=False, include_context=False)
        places = ((each["msg"], ".".join(map(str, each["loc"])) or "the layout") for each in found)
        problems = [_wrong(told.removeprefix("Value error, "), f"{file.name}, {place}") for told, place in places]
        raise FileError(problems) from None


def _wrong(what: str, where: str) -> Problem:
    return Problem(
        what, where, "Payroll reads the file as its layout says.", "Correct it; docs/how-to/evaluate-many.md shows one."
    )
