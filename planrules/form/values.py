"""What may be written in each type of blank, and the exact Python value it becomes.

date: datetime.date · month_day: MonthDay · month_days: tuple of MonthDay in the order of the year · percent, hours,
age, years: int when whole, else Decimal · percents: tuple of those · money: Decimal · months, integer: int ·
text, choice: str · texts: tuple of str · schedule: {years: percent} by rising years. Never a float.
"""

import re
from collections.abc import Callable, Mapping
from datetime import date
from decimal import Decimal
from typing import Any

from planrules.dates import MonthDay
from planrules.form.model import Blank, BlankType

Number = int | Decimal

_DIGITS = re.compile(r"[0-9]{1,15}(\.[0-9]{1,8})?")
_MONTH_DAY = re.compile(r"([0-9]{2})-([0-9]{2})")
_LEAP_YEAR = 2000
_TOO_GREAT = Decimal(10) ** 15
_FINEST = Decimal("0.00000001")


class BlankError(ValueError):
    """What is wrong with a value, as the rest of the sentence "the blank ..."."""


class OutsideLimitError(BlankError):
    """A value of the right type outside the limit of the blank's note: the value, and the limit."""


def read_blank(blank: Blank, value: object) -> Any:  # noqa: ANN401  the type depends on the blank's
    """The typed value of what was written in a blank.

    Raises:
        BlankError: the value is of another type than the blank's; `OutsideLimitError`: it is outside its limit.
    """
    return _READERS[blank.type](blank, value)


def _date(blank: Blank, value: object) -> date:
    day = _iso(value) if isinstance(value, str) else value
    if type(day) is not date:
        msg = "needs a date such as 1995-09-30"
        raise BlankError(msg)
    if isinstance(blank.min, date) and day < blank.min:
        msg = f"{day}; the form allows no day before {blank.min}"
        raise OutsideLimitError(msg)
    if isinstance(blank.max, date) and day > blank.max:
        msg = f"{day}; the form allows no day after {blank.max}"
        raise OutsideLimitError(msg)
    return day


def _iso(text: str) -> date | None:
    try:
        return date.fromisoformat(text) if len(text) == len("1995-09-30") else None
    except ValueError:
        return None


def _month_day(_blank: Blank, value: object) -> MonthDay:
    match = _MONTH_DAY.fullmatch(value) if isinstance(value, str) else None
    if match is None or not _exists(month_day := MonthDay(int(match[1]), int(match[2]))):
        msg = 'needs a day of the year such as "09-30"'
        raise BlankError(msg)
    return month_day


def _exists(month_day: MonthDay) -> bool:
    try:
        return bool(date(_LEAP_YEAR, *month_day))
    except ValueError:
        return False


def _month_days(blank: Blank, value: object) -> tuple[MonthDay, ...]:
    days = [_month_day(blank, item) for item in _items(value, 'days of the year such as ["01-01", "07-01"]')]
    if len(set(days)) < len(days):
        msg = "names a day twice"
        raise BlankError(msg)
    if (2, 29) in days:
        msg = "names 29 February, which does not come every year"
        raise BlankError(msg)
    return tuple(sorted(days))


def _number(blank: Blank, value: object) -> Number:
    number = _exact(value)
    if number is None:
        example = (
            "a whole number" if blank.type in {"months", "integer"} else "a number, a fraction in quotes if in JSON"
        )
        msg = f"needs {example}"
        raise BlankError(msg)
    least = blank.min if isinstance(blank.min, Decimal) else 0
    if number < least:
        msg = f"{number}; the form allows no less than {least}"
        raise OutsideLimitError(msg)
    if isinstance(blank.max, Decimal) and number > blank.max:
        msg = f"{number}; the form allows no more than {blank.max}"
        raise OutsideLimitError(msg)
    return number


def _exact(value: object) -> Number | None:
    """A number without loss: a float is none, since what was written can no longer be told from it."""
    if isinstance(value, str) and _DIGITS.fullmatch(value):
        value = Decimal(value)
    if isinstance(value, bool) or not isinstance(value, int | Decimal):
        return None
    number = Decimal(value)
    if not number.is_finite() or abs(number) >= _TOO_GREAT or number != number.quantize(_FINEST):
        return None
    return int(number) if number == number.to_integral_value() else number


def _whole(blank: Blank, value: object) -> int:
    number = _number(blank, value)
    if isinstance(number, Decimal):
        msg = "needs a whole number"
        raise BlankError(msg)
    return number


def _money(blank: Blank, value: object) -> Decimal:
    return Decimal(_number(blank, value))


def _percents(blank: Blank, value: object) -> tuple[Number, ...]:
    return tuple(_number(blank, item) for item in _items(value, "percentages such as [3, 2]"))


def _text(blank: Blank, value: object) -> str:
    if not isinstance(value, str) or not value.strip():
        msg = "needs text, in quotes where it looks like a number, a date or a yes or no"
        raise BlankError(msg)
    if blank.pattern is not None and re.fullmatch(blank.pattern, value) is None:
        msg = f"needs text of the form {blank.pattern}"
        raise BlankError(msg)
    return value.strip()


def _texts(blank: Blank, value: object) -> tuple[str, ...]:
    return tuple(_text(blank, item) for item in _items(value, "texts"))


def _items(value: object, what: str) -> list[object]:
    if not isinstance(value, list | tuple) or not value:
        msg = f"needs a list of {what}"
        raise BlankError(msg)
    return list(value)


def _choice(blank: Blank, value: object) -> str:
    if not isinstance(value, str) or value not in blank.values:
        msg = f"needs one of: {', '.join(blank.values)}"
        raise BlankError(msg)
    return value


def _schedule(blank: Blank, value: object) -> Mapping[int, Number]:
    if not isinstance(value, Mapping) or not value:
        msg = "needs years and percentages such as {3: 100}"
        raise BlankError(msg)
    rows = [(_years(years), _number(blank, percent)) for years, percent in value.items()]
    schedule = dict(sorted(rows, key=lambda row: row[0]))
    percents = list(schedule.values())
    if len(schedule) < len(rows):
        msg = "names a number of years twice"
        raise BlankError(msg)
    if blank.last_row is not None and max(schedule) > blank.last_row:
        msg = f"names more than {blank.last_row} years, the last row of the form's table"
        raise BlankError(msg)
    if blank.rising and percents != sorted(percents):
        msg = "has a percentage that falls as the years rise"
        raise BlankError(msg)
    return schedule


def _years(key: object) -> int:
    years = _exact(key)
    if not isinstance(years, int) or years < 0:
        msg = "needs whole years before each percentage, such as {3: 100}"
        raise BlankError(msg)
    return years


_READERS: Mapping[BlankType, Callable[[Blank, object], object]] = {
    "date": _date,
    "month_day": _month_day,
    "month_days": _month_days,
    "percent": _number,
    "percents": _percents,
    "hours": _number,
    "money": _money,
    "age": _number,
    "years": _number,
    "months": _whole,
    "integer": _whole,
    "text": _text,
    "texts": _texts,
    "schedule": _schedule,
    "choice": _choice,
}
