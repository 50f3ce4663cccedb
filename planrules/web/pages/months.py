"""Rows of hours for the months that follow: their days are counted on from the last row, their hours stay empty."""

from collections.abc import Iterator
from datetime import date, timedelta
from typing import Final

from dateutil.relativedelta import relativedelta

from planrules.web.pages.fields import Typed, boxes

GROUP: Final = "hours"
COUNTS: Final = (1, 12)
"""How many months can be added at a time."""
_MOST_ROWS = 1_500
_DAY = timedelta(days=1)


def add_months(form: Typed, count: int) -> str | None:
    """Adds rows for the months after the last row that has a last day; gives the first of them.

    Rows at the end with nothing in them are taken out first. Null, and noted in the form, where no row has a last day,
    or there are too many rows.
    """
    for number in reversed(form.rows(GROUP)[1:]):
        if _anything(form, number):
            break
        form.remove(GROUP, number)
    rows = form.rows(GROUP)
    if not rows or (ended := _last_day(form, rows[-1])) is None:
        form.wrong(
            f"{GROUP}-{rows[-1]}-end" if rows else "hours_known", "Fill in the last day of a row; months follow it"
        )
        return None
    if len(rows) + count > _MOST_ROWS:
        form.wrong(f"{GROUP}-rows", "There are too many rows to type: load them from a file")
        return None
    added = [_added(form, start, end) for start, end in _months_after(ended, count)]
    return f"{GROUP}-{added[0]}" if added else None


def _added(form: Typed, start: date, end: date) -> int:
    number = form.add(GROUP)
    form.values |= {**dict(boxes(f"{GROUP}-{number}-start", start)), **dict(boxes(f"{GROUP}-{number}-end", end))}
    return number


def _months_after(day: date, count: int) -> Iterator[tuple[date, date]]:
    """So many months, each with its last day; none where the calendar of the program ends before.

    >>> [f"{start} {end}" for start, end in _months_after(date(1996, 1, 31), 2)]
    ['1996-02-01 1996-02-29', '1996-03-01 1996-03-31']
    """
    if day.year + count // 12 + 1 >= date.max.year:
        return
    first = day + _DAY
    for months in range(count):
        # Counted from the first day each time, so that a start on the 31st is not moved by a short month for good.
        yield first + relativedelta(months=months), first + relativedelta(months=months + 1) - _DAY


def _anything(form: Typed, number: int) -> bool:
    names = ("start", "end", "hours", "hours-unknown", "row")
    return any(form.filled(f"{GROUP}-{number}-{name}") for name in names)


def _last_day(form: Typed, number: int) -> date | None:
    """The last day of a row, where it is a day; what is wrong with it is told when the form is sent on."""
    return Typed(form.values).day(f"{GROUP}-{number}-end", "the last day")
