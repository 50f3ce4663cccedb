"""Reads what stands on one place into the values of its blanks, or says that it could not."""

from collections.abc import Mapping
from dataclasses import dataclass, field

from planrules.form.model import Blank
from planrules.form.reader.layout import OPENING, Place
from planrules.form.reader.page import Page, Span
from planrules.form.reader.segments import Segment
from planrules.form.reader.values import UnclearError, typed
from planrules.form.reader.wordings import values_in

_NOT_APPLICABLE = frozenset({"n/a", "n / a", "n.a.", "na", "not applicable"})
_WORDED = frozenset({"entry_dates", "first_tier", "next_tiers"})


@dataclass
class PlaceReader:
    """Reads the places of one segment.

    Attributes:
        known: the values read so far, which later places of the segment may refer to.
        typed_at: where the words of the place read last begin and end.
        not_applicable: whether N/A was typed on it.
    """

    page: Page
    known: dict[str, object] = field(default_factory=dict)
    typed_at: Span = (0, 0)
    not_applicable: bool = False

    def read(self, owner: str, place: Place, span: Span | None, segment: Segment) -> Mapping[str, object]:
        """The values of the place's blanks by name; nothing where it is empty or could not be read."""
        self.not_applicable = False
        if span is None:
            says = f"the words around the blank {' and '.join(place.fills)} were not found; it is left out"
            self.page.lost((segment.start, segment.end), owner, says, words="")
            return {}
        blanks = self._blanks(owner, place)
        sentence = owner != OPENING and any(blank.type == "text" for blank in blanks.values())
        raw = self.page.text.chars[slice(*span)]
        words = typed(raw, sentence=sentence)
        self.typed_at = span = self._around_words(span, raw)
        if not any(char.isalnum() for char in words):
            return self._nothing(owner, place, span, words)
        if not place.fills:
            says = "these words have no place in an elections file; they are left out"
            self.page.confirm(span, owner, says, words)
            return {}
        if words.lower() in _NOT_APPLICABLE and not place.na_is_written:
            self.not_applicable = True
            return {}
        try:
            values = values_in(place.wording, blanks, words, self.known)
        except UnclearError:
            kinds = ", ".join(sorted({f"a blank of type {blank.type}" for blank in blanks.values()}))
            says = f"this is not understood as {' and '.join(place.fills)} ({kinds}); it is left out"
            self.page.lost(span, owner, says, words)
            return {}
        self.known |= values
        if place.wording in _WORDED:
            says = f"understood as {', '.join(f'{name} {_shown(value)}' for name, value in values.items())}"
            self.page.confirm(span, owner, says, words)
        return values

    def _around_words(self, span: Span, raw: str) -> Span:
        """The span without the empty room, and the form's own full stop, around the words."""
        begin = span[0] + len(raw) - len(raw.lstrip(" _\n"))
        return begin, max(begin, span[0] + len(raw.rstrip(" _\n.")))

    def _nothing(self, owner: str, place: Place, span: Span, words: str) -> Mapping[str, object]:
        if words.strip(" .,$%:;()[]-_"):
            self.page.lost(span, owner, f"a mark on the blank {' and '.join(place.fills)} is left out", words)
        return {}

    def _blanks(self, owner: str, place: Place) -> Mapping[str, Blank]:
        if owner == OPENING:
            return {name: Blank(name=name, type="text") for name in place.fills}
        known = self.page.form.blanks_of(owner)
        return {name: known[name] for name in place.fills}


def _shown(value: object) -> str:
    return ", ".join(str(item) for item in value) if isinstance(value, list) else str(value)
