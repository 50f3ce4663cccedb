"""Classes of values: what an exception says of a cell instead of the value itself, which may be personal."""

import polars as pl

_CLASSES = (
    (r"^[-+$( ]*[0-9,]*\.[0-9]{3,}[-) ]*$", "a number with more than two decimals"),
    (r"^\(.*[0-9].*\)$|^-.*[0-9]|[0-9]-$", "a negative number"),
    (r"^[0-9]+(\.[0-9]*)?$", "a number"),
    (r"^[0-9]{1,2}[/.-][0-9]{1,2}[/.-][0-9]{2}$", "a day with a two-digit year"),
    (r"^[0-9]{1,4}[/.-][0-9]{1,2}[/.-][0-9]{1,4}$", "a day"),
    (r"^[0-9]{1,4}[/.-][0-9]{1,2}[/.-][0-9]{1,4}[T ]+[0-9]", "a day with a time"),
    (r"^[0-9]{1,4}:[0-9]{2}$", "a time"),
    (r"^[^0-9]*$", "text without digits"),
)


def value_class(text: pl.Expr) -> pl.Expr:
    """What kind of value a cell holds, in words that repeat nothing of it.

    >>> [pl.select(value_class(pl.lit(each, pl.String))).item() for each in ("Term", "2/30/95", "1.005", None)]
    ['text without digits', 'a day with a two-digit year', 'a number with more than two decimals', 'blank']
    """
    told: pl.Expr = pl.lit("other text")
    for pattern, name in reversed(_CLASSES):
        told = pl.when(text.str.contains(pattern)).then(pl.lit(name)).otherwise(told)
    return pl.when(text.is_null() | (text == "")).then(pl.lit("blank")).otherwise(told)
