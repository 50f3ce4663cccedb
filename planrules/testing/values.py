"""What may be written in a blank, at its limits and between: one strategy a type of blank."""

from collections.abc import Callable, Mapping
from datetime import date
from decimal import Decimal
from math import ceil
from typing import Any

from hypothesis import strategies as st

from planrules.form.model import Blank, BlankType

Values = st.SearchStrategy[Any]

_FIRST, _LAST = date(1950, 1, 1), date(2030, 12, 31)
_GREATEST: Mapping[BlankType, int] = {
    "percent": 250,
    "percents": 250,
    "hours": 2000,
    "money": 250_000,
    "age": 90,
    "years": 40,
    "months": 120,
    "integer": 99,
    "schedule": 200,
}
_CENTURY_END = 2099
_FRACTIONS = (Decimal("0.5"), Decimal("0.25"), Decimal("0.01"), Decimal("0.125"))
_DAYS_OF_MONTHS = {1: 31, 2: 28, 3: 31, 4: 30, 5: 31, 6: 30, 7: 31, 8: 31, 9: 30, 10: 31, 11: 30, 12: 31}
_MOST_YEARS = 30
_WORDS = (
    "the first day", "each Plan Year", "as soon as practical", "after", "of the Plan Year", "of the", "90th day", "on.",
    "January 1", "and", "the Employer's", "Plan Year(s)", "Hours of Service", "(a)", "(1)", "Option (b)", "3%", "Inc.",
    "following the Participant's", "Separation from Service", "Section 1.12", "years of age", "none", "65", "signed:",
    "Medical Group, P.C.", "N/A in 1995", "#1", "a: b", "-", "'quoted'", '"so"', "Müller", "&", "months", "[note",
    "Plan Year beginning", "(Specify)", "leased employees", "no later than", "the lesser of", "1.07 employee", "yes",
)  # fmt: skip
_NAMES = (
    "Example Inc.",
    "Second Example Company",
    "Beispiel & Söhne",
    "Example Steel, L.P.",
    "A",
    "3M-like Works",
    "No",
)
_DIGITS = {r"\d{2}-\d{7}": ("00-0000001", "61-0712014", "99-9999999"), r"\d{3}": ("001", "002", "999")}


def values(blank: Blank) -> Values:
    """Anything that may be written in a blank, as an elections file has it."""
    return _STRATEGIES[blank.type](blank)


def phrases() -> st.SearchStrategy[str]:
    """Words as an employer may type them in a blank, many of them words the form itself prints nearby."""
    words = st.lists(st.sampled_from(_WORDS), min_size=1, max_size=5)
    return words.map(" ".join).filter(lambda text: any(char.isalnum() for char in text))


def _limits(blank: Blank) -> tuple[int | Decimal, int | Decimal]:
    least = blank.min if isinstance(blank.min, Decimal) else Decimal(0)
    most = blank.max if isinstance(blank.max, Decimal) else max(Decimal(_GREATEST[blank.type]), least + 10)
    return _whole_if_so(least), _whole_if_so(most)


def _whole_if_so(number: Decimal) -> int | Decimal:
    return int(number) if number == number.to_integral_value() else number


def _wholes(blank: Blank) -> Values:
    least, most = _limits(blank)
    return st.integers(int(least), int(most)) | st.sampled_from([least, most])


def _numbers(blank: Blank) -> Values:
    least, most = _limits(blank)
    between = [_whole_if_so(Decimal(most) - part) for part in _FRACTIONS if Decimal(most) - part >= least]
    whole = st.integers(ceil(least), int(most))
    return whole | st.sampled_from([most, least, *between])


def _dates(blank: Blank) -> Values:
    least = blank.min if isinstance(blank.min, date) else _FIRST
    most = blank.max if isinstance(blank.max, date) else _LAST
    edges = [least, most, *(day for day in (date(1996, 2, 29), date(1995, 12, 31)) if least <= day <= most)]
    return st.dates(least, most) | st.sampled_from(edges)


def _month_days(*, leap: bool) -> st.SearchStrategy[str]:
    usual = st.sampled_from(
        [f"{month:02}-{day:02}" for month, days in _DAYS_OF_MONTHS.items() for day in (1, 15, days)]
    )
    any_day = st.sampled_from(
        [f"{month:02}-{day:02}" for month, days in _DAYS_OF_MONTHS.items() for day in range(1, days + 1)]
    )
    return usual | any_day | st.just("02-29") if leap else usual | any_day


def _texts(blank: Blank) -> Values:
    if blank.pattern is not None:
        return st.sampled_from(_DIGITS[blank.pattern])
    return st.sampled_from(_NAMES) if "name" in blank.name or blank.name == "trustee" else phrases()


def _integers(blank: Blank) -> Values:
    if blank.name.endswith("_year"):
        least = int(blank.min) if isinstance(blank.min, Decimal) else 1900
        return st.integers(least, _CENTURY_END)
    return _wholes(blank)


@st.composite
def _schedules(draw: st.DrawFn, blank: Blank) -> dict[int, int | Decimal]:
    """Rows of a table: every typed row, or of a printed table the rows at which the percentage rises."""
    last = _MOST_YEARS if blank.last_row is None else blank.last_row
    years = draw(st.lists(st.integers(0, last), min_size=1, max_size=min(last, 6), unique=True).map(sorted))
    size = len(years)
    percents = draw(st.lists(_numbers(blank), min_size=size, max_size=size, unique=blank.rising))
    rows = dict(zip(years, sorted(percents) if blank.rising else percents, strict=True))
    if blank.last_row is not None and len(rows) > 1:
        return {year: percent for year, percent in rows.items() if percent != 0}
    return rows if blank.last_row is None or rows != {years[0]: 0} else {0: 0}


_STRATEGIES: Mapping[BlankType, Callable[[Blank], Values]] = {
    "date": _dates,
    "month_day": lambda _blank: _month_days(leap=True),
    "month_days": lambda _blank: st.lists(_month_days(leap=False), min_size=1, max_size=4, unique=True).map(sorted),
    "percent": _numbers,
    "percents": lambda blank: st.lists(_numbers(blank), min_size=1, max_size=3),
    "hours": _numbers,
    "money": _numbers,
    "age": _numbers,
    "years": _numbers,
    "months": _wholes,
    "integer": _integers,
    "text": _texts,
    "texts": lambda _blank: st.lists(st.sampled_from(_NAMES), min_size=1, max_size=3),
    "schedule": _schedules,
    "choice": lambda blank: st.sampled_from(blank.values),
}
