"""From a filing to an elections file: the agreement is read, and a choice that must be made is made as its words go."""

from collections.abc import Iterator, Mapping
from dataclasses import dataclass
from functools import cached_property
from pathlib import Path
from typing import Any

from planrules.elections import parse_elections
from planrules.errors import ElectionsError, FileError, Problem
from planrules.form.load import FORMS, load_form
from planrules.form.reader import Filing, Remark, load_layout, read_text
from planrules.form.reader.write import elections_file
from planrules.plan.readings import catalogue


@dataclass(frozen=True)
class ReadFiling:
    """What `planrules read` gives.

    Attributes:
        elections: the content of the elections file.
        remarks: what to look at, by line.
        problems: why the file, as the filing has it, is not yet accepted as elections; empty when it is.
        lines: first and last line of the agreement in the filing.
        name: the filing's name.
    """

    elections: Mapping[str, Any]
    remarks: tuple[Remark, ...]
    problems: tuple[Problem, ...]
    lines: tuple[int, int]
    name: str

    @property
    def not_placed(self) -> tuple[Remark, ...]:
        """What is on the page and not in the elections."""
        return tuple(remark for remark in self.remarks if remark.kind == "not_placed")

    @property
    def to_confirm(self) -> tuple[Remark, ...]:
        """What is in the elections by an understanding that a person should confirm."""
        return tuple(remark for remark in self.remarks if remark.kind == "confirm")

    @property
    def is_clean(self) -> bool:
        """Whether everything was placed and the elections can be used as they are."""
        return not self.not_placed and not self.problems

    @cached_property
    def yaml(self) -> str:
        """The elections file, with the remarks in its head."""
        return elections_file(self.elections, load_form(self.elections["form"]), list(self._head()))

    def report(self, out: str) -> str:
        """What was written to the file of that name, what to confirm in it, and what to do next."""
        first, last = self.lines
        boxes, marks = len(self.elections["checked"]), len(self.elections["not_applicable"])
        where = f"{self.name}, lines {first}-{last}"
        lines = [f"{out}: filled in: {boxes} boxes and sections; marked N/A: {marks}; from {where}."]
        if self.to_confirm:
            lines += ["To confirm, since it was understood from words:", *(f"- {remark}" for remark in self.to_confirm)]
        first_of_all = f"look in {self.name} at the lines told, correct {out} by hand, then " if lines[1:] else ""
        lines += [f"Next: {first_of_all}`planrules check {out}`."]
        return "\n".join(lines)

    @property
    def complaint(self) -> str:
        """What was not placed, and what the form does not allow; empty when there is nothing."""
        return "\n".join(
            [f"Not placed, {remark}" for remark in self.not_placed]
            + [f"Not allowed, {problem}" for problem in self.problems]
        )

    def as_dict(self) -> dict[str, Any]:
        """Everything, for JSON."""
        first, last = self.lines
        return {
            "filing": self.name,
            "first_line": first,
            "last_line": last,
            "elections": self.elections,
            "remarks": [remark.as_dict() for remark in self.remarks],
            "problems": [problem.as_dict() for problem in self.problems],
        }

    def _head(self) -> Iterator[str]:
        employer = self.elections["employer"].get("name", "an employer")
        first, last = self.lines
        yield f"The elections of {employer}, read from {self.name}, lines {first}-{last}."
        if self.not_placed:
            yield "Not placed. This is on the page and not in the file:"
            yield from (f"- {remark}" for remark in self.not_placed)
        if self.problems:
            yield "The form does not allow the file as it stands:"
            yield from (f"- {problem}" for problem in self.problems)
        if self.to_confirm:
            yield "To confirm. This was understood, and a person should agree:"
            yield from (f"- {remark}" for remark in self.to_confirm)


def read_filing(path: str | Path) -> ReadFiling:
    """The agreement in a filing's text file.

    Raises:
        FileError: the file cannot be read as text, or has no agreement on a form that planrules knows.
    """
    file = Path(path)
    return filing_read(_raw(file), file.name)


def filing_read(raw: str, name: str) -> ReadFiling:
    """The agreement in a filing's text; `name` names the filing in the file's head and in problems.

    Raises:
        FileError: the text has no agreement on a form that planrules knows.
    """
    for form in FORMS:
        if (found := read_text(raw, load_form(form), load_layout(form))) is not None:
            return _completed(found, name)
    problem = Problem(
        what="no adoption agreement was found in the text",
        where=name,
        why=f"Its title and the headings of its sections are looked for. Known: {', '.join(FORMS)}.",
        do="Give the text of the filing or of the exhibit, as plain text.",
    )
    raise FileError([problem])


def _raw(file: Path) -> str:
    try:
        content = file.read_bytes()
    except FileNotFoundError:
        what, do = "there is no such file", "Check the path."
    except OSError:
        what, do = "the file cannot be read", "Check the path and the permissions."
    else:
        for encoding in ("utf-8-sig", "cp1252"):
            try:
                return content.decode(encoding)
            except UnicodeDecodeError:
                continue
        what, do = "the file is not text", "Save the filing as plain text."
    raise FileError([Problem(what, file.name, "A filing is read from plain text.", do)])


def _completed(found: Filing, name: str) -> ReadFiling:
    readings = dict(_literal(found.elections["checked"]))
    elections = {**found.elections, "readings": readings}
    remarks = [*found.remarks, *(_chosen(reading, found.lines) for reading in readings)]
    try:
        parse_elections(elections, name)
    except ElectionsError as error:
        return ReadFiling(elections, tuple(remarks), error.problems, found.lines, name)
    return ReadFiling(elections, tuple(remarks), (), found.lines, name)


def _literal(checked: Mapping[str, object]) -> Iterator[tuple[str, str]]:
    """The readings that these boxes call for and no text settles, each with what the words literally say."""
    for name, reading in catalogue().items():
        if reading.literal is not None and all(citation in checked for citation in reading.matters_with):
            yield name, reading.literal


def _chosen(name: str, lines: tuple[int, int]) -> Remark:
    reading = catalogue()[name]
    says = (
        f"the document can be read in more than one way, and the elections make it matter: {reading.question} "
        f"The file chooses {reading.literal} ({reading.options[reading.literal or '']}), as the words literally say; "
        f"it is the employer's to change"
    )
    return Remark("confirm", lines, f"readings, {name}", says)
