"""What a reader has to tell about a filing: what it could not place, and what it read in a way worth a look."""

from dataclasses import dataclass
from typing import Literal

Kind = Literal["not_placed", "confirm"]


@dataclass(frozen=True)
class Remark:
    """One thing to look at.

    Attributes:
        kind: `not_placed`: something on the page is not in the elections; `confirm`: it is, by an understanding
            that a person should confirm.
        lines: first and last line of the filing it is about, counted from 1.
        about: the citation of the option or section; null where none could be told.
        says: what was found, and what became of it.
        words: the words on the page; empty where there are none.
    """

    kind: Kind
    lines: tuple[int, int]
    about: str | None
    says: str
    words: str = ""

    @property
    def where(self) -> str:
        """The lines in words."""
        first, last = self.lines
        return f"line {first}" if first == last else f"lines {first}-{last}"

    def __str__(self) -> str:
        about = f"{self.about}: " if self.about else ""
        quoted = f': "{self.words}"' if self.words else ""
        return f"{self.where}: {about}{self.says}{quoted}"

    def as_dict(self) -> dict[str, object]:
        """The parts by name, for JSON."""
        first, last = self.lines
        parts: dict[str, object] = {"kind": self.kind, "first_line": first, "last_line": last}
        return parts | {"about": self.about, "says": self.says, "words": self.words}
