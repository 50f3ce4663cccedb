"""Reads the boxes an employer checked, its blanks and its N/A marks against the form.

Only what can be told box by box is judged here: that the box exists, that its blanks are typed and within their
limits, that nothing is both checked and N/A. How many boxes of a group may be checked is judged elsewhere.
"""

from collections.abc import Iterable, Iterator, Mapping
from dataclasses import dataclass, field
from typing import Any

from planrules.errors import Problem
from planrules.form.model import Blank, BlankType, Form
from planrules.form.values import BlankError, OutsideLimitError, read_blank
from planrules.spelling import meant

NOTE = "note"
"""The key of what was typed in the margin beside a box."""

_NOTE_BLANK = Blank(name=NOTE, type="text", required=False)

_KINDS: Mapping[BlankType, str] = {
    "date": "a date",
    "month_day": "a day of the year",
    "month_days": "a list of days of the year",
    "percent": "a percentage",
    "percents": "a list of percentages",
    "hours": "a number of hours",
    "money": "an amount in dollars",
    "age": "an age in years",
    "years": "a number of years",
    "months": "a whole number of months",
    "integer": "a whole number",
    "text": "text",
    "texts": "a list of texts",
    "schedule": "a table of years and percentages",
    "choice": "one of the words the form prints",
}
"""What may be written in each type of blank, as the end of a sentence."""

Checked = dict[str, dict[str, Any]]


@dataclass
class FilledForm:
    """One employer's boxes and marks as they are read, with every problem found.

    Attributes:
        form: the form they are read against.
        where: what the problems call the source, usually a file's name.
        problems: those found so far.
    """

    form: Form
    where: str
    problems: list[Problem] = field(default_factory=list)

    def checked(self, given: object) -> Checked:
        """The checked boxes with typed blanks, in the form's order; what has a problem is left out."""
        if not isinstance(given, Mapping):
            what, do = "`checked` is not a mapping", "Write `2.01(b)(1):` lines."
            self._add("not_a_mapping", what, "checked", "It maps citations to blanks.", do)
            return {}
        found = {citation: self._blanks(citation, blanks) for citation, blanks in self._known(given)}
        return {citation: found[citation] for citation in self.form.fillable if citation in found}

    def not_applicable(self, given: object) -> tuple[str, ...]:
        """The citations marked N/A, sorted; each a section, a group or an option of the form."""
        if not isinstance(given, list | tuple):
            what, do = "`not_applicable` is not a list", 'Write a list such as ["1.31"].'
            self._add("not_a_list", what, "not_applicable", "It lists sections, groups and options.", do)
            return ()
        marks = {str(mark) for mark in given}
        unknown = sorted(mark for mark in marks if not self._can_be_marked(mark))
        for mark in unknown:
            what = f"{mark} is not on the form"
            self._add("unknown_option", what, "not_applicable", self._neighbours(mark), "Write one of these.")
        return tuple(sorted(marks.difference(unknown)))

    def refuse_contradictions(self, marks: Iterable[str], checked: Iterable[str]) -> None:
        """Adds a problem for every checked box that is also marked N/A."""
        boxes = list(checked)
        for mark in marks:
            covered = self._covered(mark)
            for citation in (box for box in boxes if any(_within(box, whole) for whole in covered)):
                what = f"{citation} is checked, and {mark} is marked N/A"
                do = "Take out the box or the mark."
                self._add("checked_and_not_applicable", what, citation, "A box cannot be both.", do)

    def _known(self, given: Mapping[Any, object]) -> Iterator[tuple[str, object]]:
        fillable = frozenset(self.form.fillable)
        for key, blanks in given.items():
            if (citation := str(key)) in fillable:
                yield citation, blanks
            elif citation in self.form.option or citation in self.form.section:
                what = f"{citation} has no box and no blank"
                self._add("no_box", what, citation, self._inside(citation), "Check one of these.")
            else:
                self._unknown(citation)

    def _unknown(self, citation: str) -> None:
        """A key that the form does not have. The option it is a slip of, if that is plain, is what it is about."""
        code, what = "unknown_option", f"{citation} is not an option of the form"
        near = meant(citation, self.form.fillable)
        if near is None:
            self._add(code, what, citation, self._neighbours(citation), "Write one of these.")
            return
        node = self.form.option.get(near)
        label = node.label if node else self.form.section[near].title
        do = f"Write `{near}:` if it is meant; else look at the signed page, and write the citation as the form has it."
        self._add(code, what, citation, f"The nearest is {near} ({label}).", do, about=near)

    def _blanks(self, citation: str, given: object) -> dict[str, Any]:
        if given is not None and not isinstance(given, Mapping):
            do = f"Leave nothing after `{citation}:` or write `{{blank: value}}`."
            what = "what follows is not a mapping of blanks"
            self._add("not_a_mapping", what, citation, self._has_blanks(citation), do)
            return {}
        written = {str(name): value for name, value in (given or {}).items()}
        blanks = {**self.form.blanks_of(citation), NOTE: _NOTE_BLANK}
        for name in sorted(written.keys() - blanks.keys()):
            what = f"{name} is not a blank of {citation}"
            near = meant(name, blanks)
            do = f"Write `{near}:` if it is meant, or take it out." if near else "Write one of these or take it out."
            self._add("unknown_blank", what, f"{citation} {name}", self._has_blanks(citation), do)
        values = {blank.name: self._value(citation, blank, written.get(blank.name)) for blank in blanks.values()}
        return {name: value for name, value in values.items() if value is not None}

    def _value(self, citation: str, blank: Blank, value: object) -> object:
        place = f"{citation} {blank.name}"
        if value is None:
            if blank.required:
                what, why = f"blank {blank.name} is missing", f"{citation} says nothing without it."
                self._add("missing_blank", what, place, why, f"Write `{blank.name}: ...`, {_kind(blank)}.")
            return None
        try:
            return read_blank(blank, value)
        except OutsideLimitError as error:
            self._outside(citation, blank, error)
        except BlankError as error:
            what, do = f"blank {blank.name} {error}", "Correct it as the signed page has it."
            self._add("wrong_blank", what, place, f"What belongs there is {_kind(blank)}.", do)
        return None

    def _outside(self, citation: str, blank: Blank, error: OutsideLimitError) -> None:
        table = blank.type == "schedule"
        name = f"{blank.name.replace('_', ' ')}{' schedule' if table else ''}"
        what = f"the {name} {'has' if table else 'is'} {error}"
        why = f"The limit is that of {', '.join(blank.cites)}." if blank.cites else "The form prints that limit."
        do = "If it was read wrongly, correct it; if it is signed so, the agreement has to be amended."
        self._add("outside_limit", what, citation, why, do, law=blank.cites)

    def _add(  # noqa: PLR0913  the parts of a problem
        self,
        code: str,
        what: str,
        place: str,
        why: str,
        do: str,
        *,
        law: tuple[str, ...] = (),
        about: str | None = None,
    ) -> None:
        citation = about or place.partition(" ")[0]
        known = self.form.section_of(citation) is not None
        cites = (f"AA {citation}", *law) if known else ()
        self.problems.append(Problem(what, f"{self.where}, {place}", why, do, code, cites))

    def _can_be_marked(self, mark: str) -> bool:
        return mark in self.form.section or mark in self.form.group or mark in self.form.option

    def _covered(self, mark: str) -> tuple[str, ...]:
        if mark in self.form.option or mark not in self.form.group:
            return (mark,)
        return tuple(option.citation for option in self.form.group[mark].options)

    def _neighbours(self, citation: str) -> str:
        """What the form has where an unknown citation was looked for: beside it, else in its section, else at all."""
        parent = citation.rpartition("(")[0]
        if parent in self.form.option and self.form.option[parent].groups:
            return self._inside(parent)
        section = self.form.section_of(citation)
        return self._inside(section.citation) if section else f"The form has: {', '.join(self.form.section)}."

    def _inside(self, citation: str) -> str:
        section = self.form.section.get(citation)
        groups = section.groups if section else self.form.option[citation].groups
        title = f"Section {citation} ({section.title})" if section else citation
        return f"{title} has: {', '.join(option.citation for group in groups for option in group.options)}."

    def _has_blanks(self, citation: str) -> str:
        names = ", ".join(self.form.blanks_of(citation)) or "none"
        return f"{citation} has the blanks: {names} (and {NOTE})."


def _within(citation: str, whole: str) -> bool:
    return citation == whole or citation.startswith(f"{whole}(")


def _kind(blank: Blank) -> str:
    """What may be written in the blank, in words, with its limits."""
    least = f", at least {blank.min}" if blank.min is not None else ""
    most = f", at most {blank.max}" if blank.max is not None else ""
    return f"{_KINDS[blank.type]}{least}{most}"
