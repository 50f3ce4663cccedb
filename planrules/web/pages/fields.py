"""The fields of the form on one person's facts: how they are called, how rows are added, and how a day is read.

Everything typed is kept as text by field name, so that the form comes back as it was sent.
"""

from collections.abc import Iterable, Iterator
from contextlib import suppress
from dataclasses import dataclass, field
from datetime import date
from decimal import Decimal, InvalidOperation

GROUPS = ("spell", "class", "hours")
"""Groups of fields that come in rows: `spell-1-employer`."""
PARTS = ("month", "day", "year")
_LONGEST, _LONGEST_ROWS, _LONGEST_NUMBER = 200, 8_000, 6
"""Characters of a field, of a list of row numbers (some 1,500 rows), and of one of them."""
_FIGURES = {"month": (1, 2), "day": (1, 2), "year": (4, 4)}
"""How many figures each box of a day has, at least and at most."""


@dataclass(frozen=True)
class Mistake:
    """What is wrong with a field, in a sentence that stands at the top and at the field."""

    field: str
    says: str


@dataclass
class Typed:
    """What was typed, and what is wrong with it."""

    values: dict[str, str]
    mistakes: list[Mistake] = field(default_factory=list)

    def __getitem__(self, name: str) -> str:
        """What stands in a field, without spaces at its ends; empty when nothing does."""
        return self.values.get(name, "").strip()

    def says(self, name: str) -> str | None:
        """What is wrong with a field; null when nothing is."""
        return next((each.says for each in self.mistakes if each.field == name), None)

    def wrong(self, name: str, says: str) -> None:
        """Notes a mistake."""
        self.mistakes.append(Mistake(name, says))

    def rows(self, group: str) -> list[int]:
        """The numbers of a group's rows, in their order."""
        numbers = (each for each in self[f"{group}-rows"].split() if _whole(each, 1, _LONGEST_NUMBER))
        return list(dict.fromkeys(int(number) for number in numbers))

    def add(self, group: str) -> int:
        """Adds an empty row and gives its number."""
        number = max(self.rows(group), default=0) + 1
        self.values[f"{group}-rows"] = " ".join(map(str, [*self.rows(group), number]))
        return number

    def remove(self, group: str, number: int) -> None:
        """Takes a row out."""
        kept = [each for each in self.rows(group) if each != number]
        self.values[f"{group}-rows"] = " ".join(map(str, kept))
        for name in [name for name in self.values if name.startswith(f"{group}-{number}-")]:
            del self.values[name]

    def unknown(self, name: str) -> bool:
        """Whether "I don't know" is ticked beside a field; that it is filled in all the same is noted."""
        ticked = bool(self[f"{name}-unknown"])
        if ticked and self.filled(name):
            self.wrong(name, "Either leave this empty or do not say that you do not know it")
        return ticked

    def filled(self, name: str) -> bool:
        """Whether anything stands in a field, or in a box of a day."""
        return any(self[each] for each in (name, *(f"{name}-{part}" for part in PARTS)))

    def day(self, name: str, words: str, *, needed: bool = True) -> date | None:
        """A day from its three boxes; null when they are empty and that is allowed, or wrong and noted."""
        boxes = {part: self[f"{name}-{part}"] for part in PARTS}
        empty = [part for part, value in boxes.items() if not value]
        if len(empty) == len(PARTS):
            if needed:
                self.wrong(name, f"Enter {words}")
            return None
        if empty:
            self.wrong(name, f"{words[:1].upper()}{words[1:]} must include a {' and a '.join(empty)}")
            return None
        with suppress(ValueError):
            if all(_whole(value, *_FIGURES[part]) for part, value in boxes.items()):
                return date(int(boxes["year"]), int(boxes["month"]), int(boxes["day"]))
        self.wrong(name, f"{words[:1].upper()}{words[1:]} must be a day of the calendar, with a year of four figures")
        return None

    def number(self, name: str, words: str) -> Decimal | None:
        """An exact number of at most two decimals; null when it is wrong and noted."""
        told = self[name].replace(",", "").removeprefix("$")
        with suppress(InvalidOperation):
            found = Decimal(told)
            if found.is_finite() and found >= 0 and found == round(found, 2) and found < Decimal(10**9):
                return found
        what = "Enter" if not told else "Write as a number, such as 1040 or 1040.50:"
        self.wrong(name, f"{what} {words}")
        return None


def _whole(told: str, least: int, most: int) -> bool:
    """Whether this is a whole number of so many plain figures."""
    return least <= len(told) <= most and told.isascii() and told.isdigit()


def typed(form: Iterable[tuple[str, object]]) -> Typed:
    """What a form sent, as text; rows beyond what is taken are noted, not dropped in silence."""
    found = Typed({})
    for name, value in form:
        if not isinstance(value, str):
            continue
        most = _LONGEST_ROWS if name.endswith("-rows") else _LONGEST
        found.values[name] = value[:most]
        if name.endswith("-rows") and len(value) > most:
            found.wrong(name, "There are too many rows to type: load them from a file")
    return found


def boxes(name: str, day: date | None) -> Iterator[tuple[str, str]]:
    """The three boxes of a day, filled; none of no day."""
    if day is not None:
        yield from ((f"{name}-month", str(day.month)), (f"{name}-day", str(day.day)))
        yield f"{name}-year", f"{day.year:04d}"
