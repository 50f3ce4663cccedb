"""Money and hours as files write them, to exact hundredths. Nothing is rounded that was written more finely."""

import polars as pl

_NUMBER = r"(?:(?:[0-9]{1,3}(?:,[0-9]{3})+|[0-9]+)(?:\.[0-9]{0,2}0*)?|\.[0-9]{1,2}0*)"
_PLAIN = rf"^(?:[-+]?\$? ?{_NUMBER}|\$[-+]{_NUMBER}|\(\$? ?{_NUMBER}\)|\$\({_NUMBER}\)|\$? ?{_NUMBER}-)$"
_CENTS = r"^[-+]?[0-9]+-?$"
_CLOCK = r"^-?([0-9]{1,4}):([0-5][0-9])$"
AMOUNT = pl.Decimal(16, 2)
_SIGNED = r"[-(]"
_MINUTES_IN_AN_HOUR, _HUNDREDTHS = 60, 100


def plain(text: pl.Expr) -> pl.Expr:
    """1234.5, $1,234.50, (12.00), 12.00- and -12; null for anything else, more than two decimals included.

    >>> [str(pl.select(plain(pl.lit(each))).item()) for each in ("$1,234.50", "(12.00)", "12-", "1,23", "0.005")]
    ['1234.50', '-12.00', '-12.00', 'None', 'None']
    """
    size = pl.when(text.str.contains(_PLAIN)).then(text.str.replace_all(r"[^0-9.]", "").cast(AMOUNT, strict=False))
    return pl.when(text.str.contains(_SIGNED)).then(-size).otherwise(size)


def implied_cents(text: pl.Expr) -> pl.Expr:
    """Digits whose last two are decimals: 0123450 is 1,234.50."""
    whole = pl.when(text.str.contains(_CENTS)).then(text.str.replace_all(r"[^0-9]", "").cast(pl.Int64, strict=False))
    size = whole.cast(pl.Decimal(18, 0)).cast(pl.Decimal(20, 2)) * pl.lit("0.01").cast(pl.Decimal(3, 2))
    exact = size.cast(AMOUNT, strict=False)
    return pl.when(text.str.contains(_SIGNED)).then(-exact).otherwise(exact)


def hours_minutes(text: pl.Expr) -> pl.Expr:
    """H:MM in hours, rounded half-up to the hundredth: 7:20 is 7.33."""
    hours = text.str.extract(_CLOCK, 1).cast(pl.Int64)
    minutes = text.str.extract(_CLOCK, 2).cast(pl.Int64)
    hundredths = hours * _HUNDREDTHS + (minutes * _HUNDREDTHS + _MINUTES_IN_AN_HOUR // 2) // _MINUTES_IN_AN_HOUR
    size = implied_cents(hundredths.cast(pl.String))
    return pl.when(text.str.contains(_SIGNED)).then(-size).otherwise(size)


def count(text: pl.Expr) -> pl.Expr:
    """A whole number, not negative; 5 and 5.00 alike."""
    return text.str.extract(r"^([0-9]{1,9})(?:\.0*)?$", 1).cast(pl.Int32, strict=False)
