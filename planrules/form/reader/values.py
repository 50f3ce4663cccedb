"""The words typed on a place, as the value of a blank."""

import re
from collections.abc import Callable, Mapping
from datetime import date
from decimal import Decimal

from planrules.form.model import Blank, BlankType
from planrules.form.reader.schedules import rows_of
from planrules.form.reader.spelled import SPELLED

_MONTHS = ("january", "february", "march", "april", "may", "june", "july", "august", "september", "october", "november")
MONTHS: Mapping[str, int] = {name: number for number, name in enumerate((*_MONTHS, "december"), start=1)}
_SHORT = {name[:3]: number for name, number in MONTHS.items()}
_NUMBER = re.compile(
    r"\$?\s*(\d{1,3}(?:,\d{3})+|\d+)(\.\d+)?(?:\s+(1)/(2|4)|(st|nd|rd|th))?\s*(%|percent)?", re.IGNORECASE
)
_MONTH_DAY = r"(?P<month>[A-Za-z]{3,9})\.?\s+(?P<day>\d{1,2})(?:st|nd|rd|th)?"
_DATE = re.compile(rf"{_MONTH_DAY},?\s+(?P<year>\d{{4}})")
_DATE_BY_NUMBERS = re.compile(r"(\d{1,2})[/-](\d{1,2})[/-](\d{4})")
_ISO = re.compile(r"\d{4}-\d{2}-\d{2}")
_MONTH_DAY_BY_NUMBERS = re.compile(r"(\d{1,2})[/-](\d{1,2})")
_OWN_STOP = re.compile(r"(.*\S)?\s+\.", re.DOTALL)
_ABBREVIATION = re.compile(r"(?:[A-Z][A-Za-z]{0,3}|\S*\.\S*)\.")
_LEAP_YEAR = 2000


class UnclearError(ValueError):
    """The words are not a value of the blank's type."""


def typed(raw: str, *, sentence: bool) -> str:
    """What was typed on a place: without the lines of the form, its own full stop and the breaks of the page.

    Args:
        raw: everything between the printed words.
        sentence: whether the words are a sentence, whose full stop typed before the form's own says nothing more.
    """
    words = re.sub(r"_{2,}|(?<!\S)_(?!\S)", " ", raw)
    if (own := _OWN_STOP.fullmatch(f" {words.strip()}")) is not None:
        words = (own[1] or "").strip()
        last = words.rpartition(" ")[2].rpartition("\n")[2]
        if sentence and words.endswith(".") and not words.endswith("..") and not _ABBREVIATION.fullmatch(last):
            words = words[:-1]
    return " ".join(words.split())


def value_of(blank: Blank, words: str) -> object:
    """The value, ready for an elections file.

    Raises:
        UnclearError: the words are not a value of the blank's type.
    """
    return _VALUES[blank.type](blank, words)


def day_of(words: str) -> date:
    """A date such as August 1, 1993, 8/1/1993 or 1993-08-01."""
    try:
        if _ISO.fullmatch(words):
            return date.fromisoformat(words)
        if found := _DATE_BY_NUMBERS.fullmatch(words):
            return date(int(found[3]), int(found[1]), int(found[2]))
        if found := _DATE.fullmatch(words):
            return date(int(found["year"]), _month(found["month"]), int(found["day"]))
    except ValueError:
        pass
    raise UnclearError


def month_day_of(words: str) -> str:
    """A day of the year such as September 30 or 9/30, as an elections file writes it."""
    try:
        if found := _MONTH_DAY_BY_NUMBERS.fullmatch(words):
            day = date(_LEAP_YEAR, int(found[1]), int(found[2]))
        elif found := re.fullmatch(_MONTH_DAY, words):
            day = date(_LEAP_YEAR, _month(found["month"]), int(found["day"]))
        else:
            raise UnclearError
    except ValueError:
        raise UnclearError from None
    return f"{day:%m-%d}"


def number_of(words: str) -> int | Decimal:
    """A number in digits or, up to ninety-nine, in words."""
    if (spelled := SPELLED.get(words.lower().removesuffix(" percent").strip(" %"))) is not None:
        return spelled
    found = _NUMBER.fullmatch(words)
    if found is None or (found[2] and found[3]):
        raise UnclearError
    whole = Decimal(found[1].replace(",", "") + (found[2] or ""))
    number = whole + (Decimal(1) / int(found[4]) if found[3] else 0)
    return int(number) if number == number.to_integral_value() else number


def _month(name: str) -> int:
    full = MONTHS.get(name.lower()) or (_SHORT.get(name.lower()) if len(name) == len("sep") else None)
    if full is None:
        raise UnclearError
    return full


def _list(words: str) -> list[str]:
    return [item.strip() for item in words.split(";") if item.strip()]


def _choice(blank: Blank, words: str) -> str:
    known = {value.lower(): value for value in blank.values}
    if (value := known.get(words.lower())) is None:
        raise UnclearError
    return value


def _text(blank: Blank, words: str) -> str:
    if blank.pattern and not re.fullmatch(blank.pattern, words):
        raise UnclearError
    return words


def _percents(_blank: Blank, words: str) -> list[int | Decimal]:
    items = [number_of(item.strip()) for item in re.split(r",\s+|;|\band\b|,$", words) if item.strip()]
    if not items:
        raise UnclearError
    return items


def _number(_blank: Blank, words: str) -> object:
    return number_of(words)


def _schedule(blank: Blank, words: str) -> object:
    rows = rows_of(words, number_of, last_row=blank.last_row)
    if rows is None:
        raise UnclearError
    return rows


_VALUES: Mapping[BlankType, Callable[[Blank, str], object]] = {
    "date": lambda _blank, words: day_of(words),
    "month_day": lambda _blank, words: month_day_of(words),
    "month_days": lambda _blank, words: [month_day_of(item) for item in re.split(r",\s*|\s+and\s+", words)],
    "percent": _number,
    "percents": _percents,
    "hours": _number,
    "money": _number,
    "age": _number,
    "years": _number,
    "months": _number,
    "integer": _number,
    "text": _text,
    "texts": lambda _blank, words: _list(words),
    "schedule": _schedule,
    "choice": _choice,
}
