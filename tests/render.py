"""Renders elections as the text of a signed form: the boxes, blanks, marks and notes, on pages of many looks.

The printed words are the labels of the form's data and the words by which its places are found; none of the form's
sentences. `Rendered.printed` says which words were printed where, as the reader's own data does for the real form.
"""

from collections.abc import Iterator, Mapping
from dataclasses import dataclass, field
from typing import Any

from render_pages import Line, Word, pages, paragraph
from render_style import CASES, Style
from render_words import typed

from planrules.form.model import Blank, Form, Group, Option, Section
from planrules.form.reader import Layout, Place
from planrules.form.reader.layout import OPENING
from planrules.form.reader.segments import fingerprint

ARTICLES = {"I", "II", "III", "IV", "V", "VI", "IX", "X"}


@dataclass(frozen=True)
class Rendered:
    """A form's text and the layout that describes its printed words."""

    text: str
    layout: Layout


def render(elections: Mapping[str, Any], form: Form, layout: Layout, style: Style) -> Rendered:
    """The text of the form filled in as the elections say."""
    printer = _Printer(elections, form, layout, style)
    printer.whole()
    printed = {citation: fingerprint(words) for citation, words in printer.printed.items()}
    return Rendered(pages(printer.lines, style), layout.model_copy(update={"printed": printed}))


@dataclass
class _Printer:
    elections: Mapping[str, Any]
    form: Form
    layout: Layout
    style: Style
    lines: list[Line] = field(default_factory=list)
    printed: dict[str, list[str]] = field(default_factory=dict)
    at: str = OPENING

    def whole(self) -> None:
        """The form from its title to its last words."""
        self._into(OPENING)
        self._add([Word(self.layout.title.upper())], depth=0)
        self._add(list(self._places(OPENING)), depth=0)
        article = ""
        for section in self.form.sections:
            if section.article in ARTICLES and section.article != article:
                article = section.article
                self._print(f"ARTICLE {article}")
            self._section(section)
        self._print(f"[Note: see {self.layout.end}.]")
        self.lines.append(Line(""))
        self.lines.append(Line("A line behind the agreement."))

    def _section(self, section: Section) -> None:
        title = CASES[self.style.case](self.layout.headings[section.citation])
        mark = "N/A  " if section.citation in self.elections["not_applicable"] else ""
        numbered = section.citation[0].isdigit()
        heading = f"{mark}{section.citation} {title}" if numbered else title
        self._into(section.citation)
        words = [Word(word, plain=True) for word in heading.split()] if numbered else [Word(heading, plain=True)]
        if not numbered:
            self._add(words, depth=0)
            words = []
        self._add([*words, *self._places(section.citation)], depth=0)
        for group in section.groups:
            self._group(group, depth=0)

    def _group(self, group: Group, depth: int) -> None:
        mark = "N/A  " if group.citation in self.elections["not_applicable"] else ""
        if group.citation in self.layout.groups:
            words = [*self._said(self.layout.groups[group.citation]), *self._said(group.label)]
            self._add([*([Word("N/A", plain=True), Word("  ", gap=True)] if mark else []), *words], depth=0)
        for option in group.options:
            self._option(option, depth)

    def _option(self, option: Option, depth: int) -> None:
        citation, style = option.citation, self.style
        label = citation[citation.rindex("(") :]
        if not option.box:
            self._add([*self._said(label), *self._said(option.label)], depth=depth)
        else:
            self._into(citation)
            checked = citation in self.elections["checked"]
            mark = "N/A  " if citation in self.elections["not_applicable"] else ""
            box = f"{style.checked if checked else style.empty}{style.after_box}{label}{style.after_label}"
            note = self.elections["checked"].get(citation, {}).get("note", "")
            self._add(self._text(option), depth=depth, box=mark + box, note=note)
        for group in option.groups:
            self._group(group, depth + 1)

    def _text(self, option: Option) -> list[Word]:
        """The label and the places of an option; a place that has the segment to itself has no label beside it."""
        places, said = list(self._places(option.citation)), list(self._said(option.label))
        known = self.layout.places(option.citation)
        if not known or known[0].before is not None:
            return [*said, *places]
        return places if known[-1].after is None else [*places, *said]

    def _places(self, citation: str) -> Iterator[Word]:
        """The places of a segment with the printed words around them."""
        places = self.layout.places(citation)
        for number, place in enumerate(places):
            before = places[number - 1].after if number else None
            if place.before is not None and place.before != before:
                yield from self._said(place.before)
            yield from self._written(citation, place)
            if place.after is not None:
                yield from self._said(place.after)

    def _written(self, citation: str, place: Place) -> Iterator[Word]:
        owner = place.of or citation
        words = typed(place, self._blanks(owner, place), self._values(owner), self.style.numbers)
        room = self.style.room
        if not words:
            yield Word(self.style.fill * room, gap=True)
        else:
            yield Word(self.style.fill * 2, gap=True)
            for word in words.split(" "):
                yield Word(word or " ", plain=True, typed=True)
            yield Word(self.style.fill * room, gap=True)
        if self.style.lone_stop and not words.endswith(".") and (place.after is None or not place.after[0].isalnum()):
            yield Word(".", plain=True)

    def _values(self, owner: str) -> Mapping[str, Any]:
        if owner == OPENING:
            employer = self.elections["employer"]["name"]
            number = self.form.basic_plan_document
            return {"employer_name": employer, "basic_plan_document": number}
        values: Mapping[str, Any] = self.elections["checked"].get(owner, {})
        return values

    def _blanks(self, owner: str, place: Place) -> Mapping[str, Blank]:
        if owner == OPENING:
            return {name: Blank(name=name, type="text") for name in place.fills}
        return self.form.blanks_of(owner)

    # ---- what is printed, and where ---------------------------------------------------

    def _into(self, citation: str) -> None:
        self.at = citation
        self.printed.setdefault(citation, [])

    def _said(self, words: str) -> Iterator[Word]:
        for word in words.split():
            yield Word(word)

    def _print(self, words: str) -> None:
        self._add(list(self._said(words)), depth=0)

    def _add(self, words: list[Word], *, depth: int, box: str = "", note: str = "") -> None:
        for word in words:
            self.printed[self.at] += word.printed
        if words or box:
            self.lines += paragraph(words, self.style, depth=depth, box=box, note=note)
