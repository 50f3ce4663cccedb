"""Places whose words are more than the value of one blank: what each way of wording them says."""

import re
from collections.abc import Callable, Mapping
from datetime import date

from planrules.form.model import Blank
from planrules.form.reader.layout import Wording
from planrules.form.reader.values import MONTHS, UnclearError, day_of, month_day_of, number_of, value_of

Values = dict[str, object]

_PERCENT = r"\d+(?:\.\d+)?\s*%"
_TIER = re.compile(rf"(?P<percent>{_PERCENT})\s+of\s+(?P<of>.+)")
_NEXT_TIERS = re.compile(rf"(?P<tiers>(?:(?:,|and|the|next|\s)*{_PERCENT})+)(?:\s+of\s+(?P<of>.+))?", re.IGNORECASE)
_ENTRY = re.compile(
    r"(?:(?P<first>.+?),?\s+and\s+(?:on\s+)?(?:each|every)\s+|(?:each|every)\s+)?(?P<days>.+?)(?:,?\s+thereafter)?",
    re.IGNORECASE,
)
_DIGITS_TOO = re.compile(r"(?P<words>[^()]*?)\s*\(\s*(?P<digits>[^()]*?)\s*\)")
_NINETEEN = re.compile(r"(?P<month>[A-Za-z]*)\s*,?\s*(?:19\s*(?P<short>\d\d)?|(?P<year>\d{4}))?\s*\.?")
_EIN = re.compile(r"(?:\bEIN\s*[:#]?\s*)?(?P<ein>\d{2}-\d{7})\b", re.IGNORECASE)
_EMPTY_EIN = re.compile(r"\s*\bEIN\s*:\s*$", re.IGNORECASE)
_DATED = re.compile(
    r"(?P<day>\d{1,2})?(?:st|nd|rd|th)?\s*day of\s*(?P<month>[A-Za-z]*)\s*,?\s*"
    r"(?:19\s*(?P<short>\d\d)?|(?P<year>\d{4}))?\s*\.?"
)
_CENTURY = 1900


def values_in(wording: Wording, blanks: Mapping[str, Blank], words: str, known: Mapping[str, object]) -> Values:
    """The values of a place's blanks.

    Args:
        wording: how the words are read.
        blanks: the place's blanks by name.
        words: what was typed.
        known: the values of the places before it in the same option.

    Raises:
        UnclearError: the words are worded otherwise.
    """
    return _WORDINGS[wording](blanks, words, known)


def _plain(blanks: Mapping[str, Blank], words: str, _known: Mapping[str, object]) -> Values:
    return {name: value_of(blank, words) for name, blank in blanks.items()}


def _entry_dates(_blanks: Mapping[str, Blank], words: str, _known: Mapping[str, object]) -> Values:
    """August 1, 1993 and each January 1, April 1, July 1 and October 1 thereafter."""
    found = _ENTRY.fullmatch(words)
    if found is None:
        raise UnclearError
    days = [month_day_of(item.strip()) for item in re.split(r",|\s+and\s+(?:each\s+)?", found["days"]) if item.strip()]
    if not days:
        raise UnclearError
    first: Values = {"effective": day_of(found["first"])} if found["first"] else {}
    return first | {"each": days}


def _first_tier(_blanks: Mapping[str, Blank], words: str, _known: Mapping[str, object]) -> Values:
    """3% of compensation paid during the applicable Allocation Period."""
    found = _TIER.fullmatch(words)
    if found is None:
        raise UnclearError
    return {"first_tier_percent": number_of(found["percent"]), "of": found["of"]}


def _next_tiers(_blanks: Mapping[str, Blank], words: str, known: Mapping[str, object]) -> Values:
    """The next 3%, the next 2% and the next 1% of what the first tier is of."""
    of = known.get("of")
    if isinstance(of, str):
        words = words.removesuffix(f" of {of}")
    found = _NEXT_TIERS.fullmatch(words)
    if found is None or found["of"]:
        raise UnclearError
    return {"subsequent_tier_percents": [number_of(item) for item in re.findall(_PERCENT, found["tiers"])]}


def _words_and_digits(blanks: Mapping[str, Blank], words: str, _known: Mapping[str, object]) -> Values:
    """Sixty-five (65): the words and the digits, where both stand, say the same."""
    found = _DIGITS_TOO.fullmatch(words)
    parts = {part for part in found.groups() if part} if found else {words}
    numbers = {number_of(part) for part in parts}
    if len(numbers) > 1:
        raise UnclearError
    return dict.fromkeys(blanks, numbers.pop()) if numbers else {}


def _month_and_year(_blanks: Mapping[str, Blank], words: str, _known: Mapping[str, object]) -> Values:
    """September, 19 95."""
    found = _NINETEEN.fullmatch(words)
    month = found["month"].capitalize() if found else ""
    if found is None or (month and month.lower() not in MONTHS):
        raise UnclearError
    year = _year(found)
    return ({"signed_month": month} if month else {}) | ({"signed_year": year} if year else {})


def _name_and_ein(_blanks: Mapping[str, Blank], words: str, _known: Mapping[str, object]) -> Values:
    """Steel Technologies Inc. EIN: 61-0712014."""
    found = list(_EIN.finditer(words))
    if len(found) > 1:
        raise UnclearError
    number: Values = {"employer_ein": found[0]["ein"]} if found else {}
    name = _EMPTY_EIN.sub("", words[: found[0].start()] + words[found[0].end() :] if found else words).strip(" ,;")
    return ({"employer_name": name} if name else {}) | number


def _day_month_year(blanks: Mapping[str, Blank], words: str, _known: Mapping[str, object]) -> Values:
    """1st day of October, 1995."""
    found = _DATED.fullmatch(words)
    if found is None:
        raise UnclearError
    year, day, month = _year(found), found["day"], MONTHS.get(found["month"].lower())
    if not (year or day or found["month"]):
        return {}
    if not (year and day and month):
        raise UnclearError
    try:
        return dict.fromkeys(blanks, date(year, month, int(day)))
    except ValueError:
        raise UnclearError from None


def _year(found: re.Match[str]) -> int | None:
    if found["short"]:
        return _CENTURY + int(found["short"])
    return int(found["year"]) if found["year"] else None


_WORDINGS: Mapping[Wording, Callable[[Mapping[str, Blank], str, Mapping[str, object]], Values]] = {
    "plain": _plain,
    "entry_dates": _entry_dates,
    "first_tier": _first_tier,
    "next_tiers": _next_tiers,
    "words_and_digits": _words_and_digits,
    "month_and_year": _month_and_year,
    "name_and_ein": _name_and_ein,
    "day_month_year": _day_month_year,
}
