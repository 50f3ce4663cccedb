"""Days as files write them: each form by its look, and which form a column has where nobody said.

A form that cannot be told from the column is a question, never a guess: month and day in two orders, the serial
numbers of spreadsheets (which count from 1900 or 1904), years of two digits.
"""

from collections.abc import Callable, Sequence

import polars as pl

from planrules.people.importing.mapping import DateForm

_SLASHES = r"^(\d{1,2})[/.-](\d{1,2})[/.-](\d{4})$"
_SHORT = r"^(\d{1,2})[/.-](\d{1,2})[/.-](\d{2})$"
_ISO = r"^(\d{4})-(\d{1,2})-(\d{1,2})(?:[T ]00:00(?::00(?:\.0+)?)?)?$"
_EIGHT = r"^\d{8}$"
_SERIAL = r"^\d{1,5}(?:\.0+)?$"
_MONTH = (
    r"(jan(?:uary)?|feb(?:ruary)?|mar(?:ch)?|apr(?:il)?|may|june?|july?|aug(?:ust)?|sept?(?:ember)?|oct(?:ober)?"
    r"|nov(?:ember)?|dec(?:ember)?)"
)
_DAY_FIRST = rf"^(\d{{1,2}})[ -]{_MONTH}\.?[ ,-]+(\d{{4}})$"
_MONTH_FIRST = rf"^{_MONTH}\.?[ -](\d{{1,2}}),?[ -](\d{{4}})$"
NO_DAY = ("00000000", "0000-00-00", "00/00/0000", "0/0/0000", "0")
"""What files write for no day."""
LOOKS: dict[DateForm, str] = {
    "yyyy-mm-dd": _ISO,
    "yyyymmdd": _EIGHT,
    "mm/dd/yyyy": _SLASHES,
    "dd/mm/yyyy": _SLASHES,
    "mm/dd/yy": _SHORT,
    "dd/mm/yy": _SHORT,
    "mmddyyyy": _EIGHT,
    "ddmmyyyy": _EIGHT,
    "month_in_words": rf"(?i){_DAY_FIRST[:-1]}$|(?i){_MONTH_FIRST}",
    "excel_1900": _SERIAL,
    "excel_1904": _SERIAL,
}
"""The look of each form; two forms of one look cannot stand in one column."""
_COUNTED: tuple[DateForm, ...] = ("excel_1900", "excel_1904")
"""Forms whose look any number has."""
_EARLIEST_YEAR, _LATEST_YEAR = 1850, 2150
"""Eight digits whose first four are not between these are not year, month and day."""
_MONTHS_IN_A_YEAR = 12
_HUNDRED_YEARS = 100


def day(text: pl.Expr, form: DateForm, century_from: int) -> pl.Expr:
    """The day that a text means in one form; null when it does not have the form's look or is no day.

    >>> one = lambda text, form: pl.select(day(pl.lit(text), form, 1930)).item()
    >>> one("2/29/1996", "mm/dd/yyyy"), one("2/30/1996", "mm/dd/yyyy"), one("29-Feb-1996", "month_in_words")
    (datetime.date(1996, 2, 29), None, datetime.date(1996, 2, 29))
    >>> one("35124", "excel_1900"), one("33662", "excel_1904"), one("02/29/96", "mm/dd/yy")
    (datetime.date(1996, 2, 29), datetime.date(1996, 2, 29), datetime.date(1996, 2, 29))
    """
    fits = text.str.contains(LOOKS[form])
    read = _short(text, _SHORT_ORDER[form], century_from) if form in _SHORT_ORDER else _READ[form](text)
    return pl.when(fits).then(read)


def _year_first(text: pl.Expr) -> pl.Expr:
    in_time = text.str.slice(0, 4).cast(pl.Int32, strict=False).is_between(_EARLIEST_YEAR, _LATEST_YEAR)
    return pl.when(in_time).then(text.str.to_date("%Y%m%d", strict=False))


def _joined(text: pl.Expr, look: str, order: tuple[int, int, int]) -> pl.Expr:
    parts = pl.concat_str([text.str.extract(look, part) for part in order], separator="-")
    return parts.str.to_date("%Y-%m-%d", strict=False)


def _short(text: pl.Expr, order: tuple[int, int], century_from: int) -> pl.Expr:
    year = century_from + (text.str.extract(_SHORT, 3).cast(pl.Int32) - century_from) % _HUNDRED_YEARS
    parts = pl.concat_str([year.cast(pl.String), *(text.str.extract(_SHORT, part) for part in order)], separator="-")
    return parts.str.to_date("%Y-%m-%d", strict=False)


def _in_words(text: pl.Expr) -> pl.Expr:
    day_first, month_first = rf"(?i){_DAY_FIRST}", rf"(?i){_MONTH_FIRST}"
    number = pl.coalesce(text.str.extract(day_first, 1), text.str.extract(month_first, 2))
    month = pl.coalesce(text.str.extract(day_first, 2), text.str.extract(month_first, 1))
    year = pl.coalesce(text.str.extract(day_first, 3), text.str.extract(month_first, 3))
    return pl.concat_str([number, month.str.slice(0, 3), year], separator="-").str.to_date("%d-%b-%Y", strict=False)


def _serial(text: pl.Expr, year: int, month: int, of_month: int) -> pl.Expr:
    count = text.str.extract(r"^(\d+)", 1).cast(pl.Int32, strict=False)
    return pl.date(year, month, of_month) + pl.duration(days=count)


_SHORT_ORDER: dict[DateForm, tuple[int, int]] = {"mm/dd/yy": (1, 2), "dd/mm/yy": (2, 1)}
_READ: dict[DateForm, Callable[[pl.Expr], pl.Expr]] = {
    "yyyy-mm-dd": lambda text: _joined(text, _ISO, (1, 2, 3)),
    "mm/dd/yyyy": lambda text: _joined(text, _SLASHES, (3, 1, 2)),
    "dd/mm/yyyy": lambda text: _joined(text, _SLASHES, (3, 2, 1)),
    "yyyymmdd": _year_first,
    "mmddyyyy": lambda text: text.str.to_date("%m%d%Y", strict=False),
    "ddmmyyyy": lambda text: text.str.to_date("%d%m%Y", strict=False),
    "month_in_words": _in_words,
    "excel_1900": lambda text: _serial(text, 1899, 12, 30),
    "excel_1904": lambda text: _serial(text, 1904, 1, 1),
}


def has_look(text: pl.Expr, forms: Sequence[DateForm]) -> pl.Expr:
    """Whether a text looks like a day of one of the forms, be there such a day or not."""
    return pl.any_horizontal(pl.lit(value=False), *(text.str.contains(LOOKS[form]) for form in forms))


def has_another_look(text: pl.Expr, forms: Sequence[DateForm]) -> pl.Expr:
    """Whether a text looks like a day, and of none of the forms; a number that days are counted by does not."""
    written = [form for form in LOOKS if form not in _COUNTED]
    return has_look(text, written) & ~has_look(text, forms)


def told_from(texts: pl.Series) -> tuple[tuple[DateForm, ...], str | None]:
    """The forms of a column's days, and the question where its look fits more than one; `texts` has no blanks."""
    forms: list[DateForm] = ["yyyy-mm-dd", "month_in_words"]
    for look, tell in ((_SLASHES, _order), (_EIGHT, _eight), (_SHORT, _two_digits), (_SERIAL, _counted)):
        values = texts.filter(texts.str.contains(look))
        if values.len():
            form, question = tell(values)
            if question:
                return (), question
            forms += form
    return tuple(forms), None


def _order(values: pl.Series) -> tuple[Sequence[DateForm], str | None]:
    first = values.str.extract(_SLASHES, 1).cast(pl.Int32)
    second = values.str.extract(_SLASHES, 2).cast(pl.Int32)
    month_first = ((second > _MONTHS_IN_A_YEAR) & (first <= _MONTHS_IN_A_YEAR)).any()
    day_first = ((first > _MONTHS_IN_A_YEAR) & (second <= _MONTHS_IN_A_YEAR)).any()
    if month_first == day_first:
        return (), (
            "some days fit only month first and some only day first"
            if month_first
            else "every day fits month first and day first alike"
        )
    return (["mm/dd/yyyy"] if month_first else ["dd/mm/yyyy"]), None


def _eight(values: pl.Series) -> tuple[Sequence[DateForm], str | None]:
    years_first = values.to_frame("text").select(day(pl.col("text"), "yyyymmdd", 0).is_not_null().mean()).item()
    majority = 0.5  # one mistyped day does not put the column in question
    return (["yyyymmdd"], None) if years_first > majority else ((), "eight digits that do not begin with the year")


def _two_digits(_: pl.Series) -> tuple[Sequence[DateForm], str | None]:
    return (), "years of two digits"


def _counted(_: pl.Series) -> tuple[Sequence[DateForm], str | None]:
    return (), "serial numbers of a spreadsheet, which count from 1900 or from 1904"
