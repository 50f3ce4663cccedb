"""What an employer types on a place of the form to say the values of its blanks, in one of several ways."""

from collections.abc import Callable, Mapping
from datetime import date
from decimal import Decimal
from typing import Any

from planrules.form.model import Blank
from planrules.form.reader import Place

MONTHS = (
    "January", "February", "March", "April", "May", "June", "July", "August", "September", "October", "November",
    "December",
)  # fmt: skip
SPELLED = {5: "five", 18: "eighteen", 21: "twenty-one", 55: "fifty-five", 62: "sixty-two", 65: "sixty-five"}
ORDINALS = {1: "first", 2: "second", 3: "third", 4: "fourth", 5: "fifth"}


def typed(place: Place, blanks: Mapping[str, Blank], values: Mapping[str, Any], way: int) -> str:
    """The words typed on a place; empty when none of its blanks is filled."""
    here = {name: values[name] for name in place.fills if name in values}
    return _WORDINGS[place.wording](blanks, here, values, way) if here else ""


def _plain(blanks: Mapping[str, Blank], here: Mapping[str, Any], _values: Mapping[str, Any], way: int) -> str:
    ((name, value),) = here.items()
    return words_of(blanks[name], value, way)


def words_of(blank: Blank, value: Any, way: int) -> str:  # noqa: ANN401  the type depends on the blank's
    """One value in words."""
    kinds: Mapping[str, Callable[[], str]] = {
        "date": lambda: _day(value, way),
        "month_day": lambda: _month_day(value, way),
        "percent": lambda: number(value) + ("%", "", " %")[way % 3],
        "percents": lambda: listed([f"{number(item)}%" for item in value], way),
        "texts": lambda: "; ".join(value),
        "schedule": lambda: schedule(blank, value, way),
        "choice": lambda: (str(value), str(value).upper(), str(value).capitalize())[way % 3],
        "text": lambda: str(value),
    }
    return kinds[blank.type]() if blank.type in kinds else number(value, way=way)


def number(value: int | Decimal, *, way: int = 1) -> str:
    """A number in digits, in some ways with commas, as a fraction, or in words."""
    whole = int(value)
    if way % 3 == 2 and value in SPELLED:
        return SPELLED[whole]
    if way % 2 == 0 and value - whole == Decimal("0.5"):
        return f"{whole} 1/2"
    return f"{value:,}" if way % 2 == 0 else f"{value:f}"


def listed(items: list[str], way: int) -> str:
    """Several items as a sentence lists them."""
    if len(items) == 1:
        return items[0]
    return f"{', '.join(items[:-1])}{',' if way % 2 else ''} and {items[-1]}"


def _day(value: date, way: int) -> str:
    written = f"{MONTHS[value.month - 1]} {value.day}, {value.year}"
    return (written, f"{value.month}/{value.day}/{value.year}", value.isoformat(), written.replace(",", ""))[way % 4]


def _month_day(value: str, way: int) -> str:
    month, day = int(value[:2]), int(value[3:])
    return f"{month}/{day}" if way % 3 == 1 else f"{MONTHS[month - 1]} {day}{'th' if way % 3 == 2 else ''}"


def schedule(blank: Blank, rows: Mapping[int, int | Decimal], way: int) -> str:
    """A table of years and percentages: of a printed one every row, of a typed one those there are."""
    if blank.last_row is None:
        return "   ".join(f"{years}   {number(percent)}%" for years, percent in rows.items())
    cells, now = [], Decimal(0)
    for years in range(blank.last_row + 1):
        now = Decimal(rows.get(years, now))
        label = "Less than 1" if years == 0 else f"{years}{' or more' if years == blank.last_row else ''}"
        cells.append(f"{label}   {number(now)}%")
    return ("   ", "     ")[way % 2].join(cells)


def _entry_dates(_blanks: Mapping[str, Blank], here: Mapping[str, Any], _values: Mapping[str, Any], way: int) -> str:
    days = listed([_month_day(day, 0) for day in here["each"]], way)
    first = f"{_day(here['effective'], way)} and each " if "effective" in here else "each " if way % 2 else ""
    return f"{first}{days}{' thereafter' if first else ''}"


def _first_tier(_blanks: Mapping[str, Blank], here: Mapping[str, Any], _values: Mapping[str, Any], _way: int) -> str:
    return f"{number(here['first_tier_percent'])}% of {here['of']}"


def _next_tiers(_blanks: Mapping[str, Blank], here: Mapping[str, Any], values: Mapping[str, Any], way: int) -> str:
    tiers = listed([f"the next {number(item)}%" for item in here["subsequent_tier_percents"]], way)
    return f"{tiers} of {values['of']}" if way % 2 else tiers


def _words_and_digits(
    _blanks: Mapping[str, Blank], here: Mapping[str, Any], _values: Mapping[str, Any], way: int
) -> str:
    (value,) = here.values()
    spelled = (ORDINALS if "anniversary" in here else SPELLED).get(value, number(value))
    return (f"{spelled} ({number(value)})", number(value), f"( {number(value)} )")[way % 3]


def _month_and_year(
    _blanks: Mapping[str, Blank], here: Mapping[str, Any], _values: Mapping[str, Any], _way: int
) -> str:
    year = here.get("signed_year")
    short = "19" if year is None else f"19   {year - 1900:02}" if year < 2000 else str(year)
    return f"{here.get('signed_month', '')} , {short}".strip()


def _name_and_ein(_blanks: Mapping[str, Blank], here: Mapping[str, Any], _values: Mapping[str, Any], way: int) -> str:
    return f"{here['employer_name']} {('EIN: ', '', 'EIN ')[way % 3]}{here['employer_ein']}"


def _day_month_year(
    _blanks: Mapping[str, Blank], here: Mapping[str, Any], _values: Mapping[str, Any], _way: int
) -> str:
    (value,) = here.values()
    year = f"19{value.year - 1900}" if value.year < 2000 else str(value.year)
    return f"{value.day} day of {MONTHS[value.month - 1]} , {year}"


_WORDINGS: Mapping[str, Callable[[Mapping[str, Blank], Mapping[str, Any], Mapping[str, Any], int], str]] = {
    "plain": _plain,
    "entry_dates": _entry_dates,
    "first_tier": _first_tier,
    "next_tiers": _next_tiers,
    "words_and_digits": _words_and_digits,
    "month_and_year": _month_and_year,
    "name_and_ein": _name_and_ein,
    "day_month_year": _day_month_year,
}
