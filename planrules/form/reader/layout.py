"""Where the form prints its headings, groups and blanks: the few words by which each place is found."""

import re
from collections.abc import Iterator, Mapping
from functools import cache
from importlib.resources import files
from typing import Literal, Self

from pydantic import BaseModel, ConfigDict, Field, field_validator, model_validator

from planrules.form.load import FORMS, load_form
from planrules.form.model import Form
from planrules.form.strict_yaml import read_yaml

OPENING = "opening"
"""The citation of the paragraph before the first section. It has names and no options."""

Wording = Literal[
    "plain",
    "entry_dates",
    "first_tier",
    "next_tiers",
    "words_and_digits",
    "month_and_year",
    "name_and_ein",
    "day_month_year",
]


class _Frozen(BaseModel):
    model_config = ConfigDict(frozen=True, extra="forbid", populate_by_name=True)


class Place(_Frozen):
    """One place to write on.

    Attributes:
        of: the citation whose blanks are written there; null for the segment's own.
        fills: the names of those blanks; none where what is written has no blank in the data.
        before: the printed words just before it; null when it begins its segment.
        after: the printed words after it, past the form's own full stop; null when it ends its segment.
        wording: how the words are read when they are more than the value of one blank.
        na_is_written: whether the form asks for N/A to be written where there is nothing to say.
    """

    of: str | None = None
    fills: tuple[str, ...] = ()
    before: str | None = None
    after: str | None = None
    wording: Wording = Field(default="plain", alias="as")
    na_is_written: bool = False

    @field_validator("fills", mode="before")
    @classmethod
    def _one_or_more(cls, given: object) -> object:
        return (given,) if isinstance(given, str) else given


class Layout(_Frozen):
    """The layout of one form.

    Attributes:
        title: the words that open the agreement.
        end: the last words of it.
        opening: the places in the paragraph before the first section.
        headings: the title printed after each section's number.
        groups: the first words of the paragraph above a group.
        segments: the places between a box or heading and the next one, by the citation of the first.
        printed: for each segment the number and the fingerprint of the words the form itself prints there.
    """

    title: str
    end: str
    opening: tuple[Place, ...]
    headings: Mapping[str, str]
    groups: Mapping[str, str]
    segments: Mapping[str, tuple[Place, ...]]
    printed: Mapping[str, str] = Field(default_factory=dict)

    def places(self, citation: str) -> tuple[Place, ...]:
        """The places of a segment, in the order of the page."""
        return self.opening if citation == OPENING else self.segments.get(citation, ())

    def check(self, form: Form) -> Self:
        """Itself, if every blank of the form has exactly one place and nothing else is named.

        Raises:
            ValueError: names what does not agree with the form.
        """
        if problems := [*self._strangers(form), *self._blanks_apart(form)]:
            raise ValueError("; ".join(problems))
        return self

    def _strangers(self, form: Form) -> Iterator[str]:
        yield from (f"section {name} has no heading" for name in form.section.keys() ^ self.headings.keys())
        yield from (f"{name} is no group" for name in self.groups.keys() - form.group.keys())
        boxes = {citation for citation, option in form.option.items() if option.box}
        yield from (f"{name} is no segment" for name in self.segments.keys() - boxes - form.section.keys())

    def _blanks_apart(self, form: Form) -> Iterator[str]:
        placed = [
            (place.of or citation, name)
            for citation, places in self.segments.items()
            for place in places
            for name in place.fills
        ]
        theirs = {(citation, name) for citation in form.fillable for name in form.blanks_of(citation)}
        yield from (
            f"{citation} {name} has two places" for citation, name in set(placed) if placed.count((citation, name)) > 1
        )
        yield from (f"{citation} {name} differs" for citation, name in theirs ^ set(placed))

    @model_validator(mode="after")
    def _words_can_be_found(self) -> Self:
        for words in (self.title, self.end, *self.headings.values(), *self.groups.values()):
            anchor(words)
        return self


@cache
def load_layout(name: str) -> Layout:
    """The layout of the form of that name, checked against its data."""
    form = load_form(name if name in FORMS else FORMS[0])
    folder = files("planrules.form") / form.name.replace("-", "_")
    parts = [read_yaml((folder / part).read_text(encoding="utf-8")).data for part in ("layout.yaml", "printed.yaml")]
    return Layout.model_validate({**parts[0], "printed": parts[1]}).check(form)


@cache
def anchor(words: str) -> re.Pattern[str]:
    """Finds printed words whatever their case, spacing, line breaks and stops."""
    pieces = re.findall(r"[^\W_]+|[^\w\s]", words)
    pattern = [
        re.escape(piece) if piece[0].isalnum() else f"{re.escape(piece)}?" if piece in ".,;:'" else re.escape(piece)
        for piece in pieces
    ]
    start = r"(?<![^\W_])" if pieces[0][0].isalnum() else ""
    stop = r"(?![^\W_])" if pieces[-1][0].isalnum() else ""
    return re.compile(start + r"\s*".join(pattern) + stop, re.IGNORECASE)
