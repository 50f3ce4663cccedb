"""The rows of a file as text, whatever the file is: one column a header, and the row's number in the file.

Row numbers are those a reader of the file sees: lines of a text file, rows of a sheet, the header's counted; rows of
a Parquet file from 1.
"""

from dataclasses import dataclass

import polars as pl

from planrules.errors import PeopleError, Problem

LINE = "line"


@dataclass(frozen=True)
class Source:
    """What a file holds: `frame` has the columns c0, c1 ... as text, in the order of `headers`, and `line`.

    `faults` are the rows that could not be taken apart, and `broken` as much of their cells as there is, by which one
    sees whose they are; `notes` say what was taken for granted, such as an encoding.
    """

    name: str
    headers: tuple[str, ...]
    frame: pl.DataFrame
    faults: pl.DataFrame
    notes: tuple[str, ...] = ()
    broken: pl.DataFrame | None = None

    @property
    def rows_read(self) -> int:
        """All rows with anything in them."""
        return self.frame.height + self.faults["row"].n_unique()


def names(count: int) -> list[str]:
    """The columns of a source of so many headers."""
    return [f"c{position}" for position in range(count)]


def unreadable(name: str, what: str, do: str) -> PeopleError:
    """A file of which nothing can be said."""
    return PeopleError([Problem(what=what, where=name, why="Nothing in it was read.", do=do)])
