"""Social security numbers as keys: never kept, only a keyed hash of them, which nobody makes without the secret.

No rule needs the number. A file that has no other key can say `hashed: true` of it, and the import then needs a secret
of the employer's; the same secret gives the same employee_id in every file and every year.
"""

import hmac

import polars as pl

DIGITS = 9
_KEPT = 20
"""Hexadecimal digits of the hash that are kept: 80 bits, enough for any number of people."""
_FEWEST = 4
_SAME = "|".join(f"{digit}{{6}}" for digit in range(10))
"""Six or more of one digit in a row are nobody's number."""


def digits(text: pl.Expr) -> pl.Expr:
    """The nine digits, with or without hyphens; null for what is no such number. Lost leading zeros are restored.

    >>> shown = lambda text: pl.select(digits(pl.lit(text))).item()
    >>> shown("900-11-2222"), shown("1234567"), shown("999999999"), shown("90011222x")
    ('900112222', '001234567', None, None)
    """
    plain = text.str.replace_all(r"[- ]", "")
    whole = pl.when(text.str.contains(rf"^\d{{{_FEWEST},{DIGITS}}}$|^\d{{3}}[- ]\d{{2}}[- ]\d{{4}}$")).then(plain)
    filled = whole.str.zfill(DIGITS)
    return pl.when(~filled.str.contains(_SAME)).then(filled)


def were_short(texts: pl.Series) -> bool:
    """Whether leading zeros had been lost, as spreadsheets lose them."""
    return bool(texts.str.contains(rf"^\d{{{_FEWEST},{DIGITS - 1}}}$").any())


def hashed(text: pl.Expr, secret: bytes) -> pl.Expr:
    """A keyed hash of each number; null stays null."""
    return digits(text).map_batches(lambda numbers: _hashed(numbers, secret), return_dtype=pl.String)


def _hashed(numbers: pl.Series, secret: bytes) -> pl.Series:
    known = numbers.unique().drop_nulls().to_list()
    keys = [hmac.new(secret, number.encode(), "sha256").hexdigest()[:_KEPT] for number in known]
    return numbers.replace_strict(known, keys, default=None, return_dtype=pl.String)
