"""Numbers in words, as they are typed on a form."""

from collections.abc import Mapping

# fmt: off
_SMALL = (
    "zero", "one", "two", "three", "four", "five", "six", "seven", "eight", "nine", "ten", "eleven", "twelve",
    "thirteen", "fourteen", "fifteen", "sixteen", "seventeen", "eighteen", "nineteen",
)
_ORDINALS = (
    "zeroth", "first", "second", "third", "fourth", "fifth", "sixth", "seventh", "eighth", "ninth", "tenth",
    "eleventh", "twelfth",
)
_TENS = {
    "twenty": 20, "thirty": 30, "forty": 40, "fifty": 50, "sixty": 60, "seventy": 70, "eighty": 80, "ninety": 90,
}
# fmt: on

SPELLED: Mapping[str, int] = {
    **{word: number for number, word in enumerate(_SMALL)},
    **{word: number for number, word in enumerate(_ORDINALS)},
    **_TENS,
    **{f"{ten}-{_SMALL[unit]}": number + unit for ten, number in _TENS.items() for unit in range(1, 10)},
}
"""The numbers up to ninety-nine, and the ordinals up to the twelfth, in small letters."""
