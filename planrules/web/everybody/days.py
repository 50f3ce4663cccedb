"""The day that is asked about, as a page asks for it: three boxes in a form, one ISO day in a URL."""

from contextlib import suppress
from dataclasses import dataclass
from datetime import date

from planrules.engine.evaluate import EARLIEST, LATEST
from planrules.errors import Problem

_PARTS = ("year", "month", "day")


@dataclass(frozen=True)
class Asked:
    """What somebody typed of a day: the three boxes as they are, the day they make, or the error to show.

    All are empty where nothing was typed.
    """

    month: str = ""
    day: str = ""
    year: str = ""
    on: date | None = None
    error: str = ""

    @property
    def problems(self) -> list[Problem]:
        """The error as a problem, for programs; nothing where there is none."""
        if not self.error:
            return []
        return [Problem(self.error, "as_of", "Answers hold at the close of a day.", "Ask about a day that there is.")]


def from_iso(text: str) -> Asked:
    """The day of a URL.

    >>> from_iso("1996-03-31").on, from_iso("1996-02-30").error
    (datetime.date(1996, 3, 31), 'Write a day that the calendar has, such as 3 31 1996')
    """
    parts = text.split("-")
    if len(parts) != len(_PARTS):
        return from_boxes("", "", text)
    year, month, day = parts
    return from_boxes(month, day, year)


def from_boxes(month: str, day: str, year: str) -> Asked:
    """The day of three boxes."""
    month, day, year = month.strip(), day.strip(), year.strip()
    found: date | None = None
    if all(part.isascii() and part.isdigit() for part in (month, day, year)):
        with suppress(ValueError):
            found = date(int(year), int(month), int(day))
    if found is None:
        return Asked(month, day, year, None, "Write a day that the calendar has, such as 3 31 1996")
    if not EARLIEST <= found <= LATEST:
        told = f"Write a day from {EARLIEST.year} through {LATEST.year}"
        return Asked(month, day, year, None, told)
    return Asked(str(found.month), str(found.day), str(found.year), found)
