"""Parts of an agreement that Hypothesis replaces as a whole."""

from collections.abc import Mapping
from dataclasses import dataclass, field
from typing import Any

from hypothesis import strategies as st


@dataclass(frozen=True)
class Part:
    """Boxes that stand in for those whose citation begins with a prefix, with the supplements they need."""

    prefixes: tuple[str, ...] = ()
    checked: Mapping[str, Any] = field(default_factory=dict)
    supplements: Mapping[str, Any] = field(default_factory=dict)

    @classmethod
    def nothing(cls) -> "Part":
        """Give Steel's own."""
        return cls()

    def replaced(self, checked: Mapping[str, Any]) -> dict[str, Any]:
        """Give the boxes with this part in its place."""
        kept = {cite: blanks for cite, blanks in checked.items() if not cite.startswith(self.prefixes)}
        return kept | dict(self.checked)


Group = st.SearchStrategy[Part]
Choice = Mapping[str, Any] | tuple[Mapping[str, Any], Mapping[str, Any]]


def one_of(prefix: str, *choices: Choice) -> Group:
    """Draw one of several choices, each boxes or (boxes, supplements), in the place of the boxes with the prefix."""
    parts = []
    for choice in choices:
        boxes, supplements = choice if isinstance(choice, tuple) else (choice, {})
        parts.append(Part((prefix,), boxes, supplements))
    return st.sampled_from(parts)


def some_of_boxes(prefix: str, sole: str, *boxes: str | Mapping[str, Any]) -> Group:
    """Draw some of the boxes, or the one that stands alone."""
    choices: list[Mapping[str, Any]] = [{box: None} if isinstance(box, str) else box for box in boxes]

    def part(numbers: set[int]) -> Part:
        checked: dict[str, Any] = {}
        for number in sorted(numbers):
            checked |= dict(choices[number])
        return Part((prefix,), checked or {sole: None}, {})

    return st.sets(st.sampled_from(range(len(choices)))).map(part)
