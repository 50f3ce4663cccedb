"""How far an answer that a missing fact leaves open could go either way, in words.

That the latest is not there means that by what is known today there may be no answer at all. For somebody employed a
day of joining then only comes later; never is for somebody who has left.
"""

from collections.abc import Mapping
from datetime import date
from decimal import Decimal

from planrules.answers.models import Answer, Missing
from planrules.answers.words import MONEY, spoken, spoken_date

_PERCENTAGES = (
    *("vested_percent", "vested_percent_before_forfeiture_break", "maximum_percent", "minimum_percent"),
    *("portions", "matching_portions"),
)
_COMING = (
    *("eligibility_completed_on", "scheduled_entry_on", "entry_on", "next_entry_on", "earliest_entry_on"),
    *("contributions", "fully_vested_on"),
)
"""Days that come later while somebody is employed when they have not come yet."""
_REACHED = ("entry_on", "eligibility_completed_on")
_IF: Mapping[str, str] = {
    "hours": "if the missing hours are enough",
    "days": "if the hours of these days are enough",
    "pay": "if the hours of the missing pay rows are enough",
    "birth_date": "if old enough by then",
    "classes": "if in no class that is left out",
    "everything": "if all the missing facts allow it",
}
"""What the earliest day takes, by the fact that is missing."""
_OR_NONE: Mapping[str, str] = {
    "suspended_from": "no suspension",
    "suspended_through": "no suspension",
    "forfeiture_break_on": "no Forfeiture Break so far",
    "forfeiture_on": "no forfeiture so far",
    "restored_on": "nothing restored",
    "restoration_valued_on": "nothing restored",
    "payable_after_on": "not yet, if what payment waits for has not come about",
    "employer_withdrawal_on": "nothing to withdraw so far",
    "deferral_withdrawal_on": "nothing to withdraw so far",
}
"""What it means where there may be no such day."""
_FLAG = "either no or yes"


def bounds_in_words(answer: Answer, entry: Missing) -> str:
    """The bounds that a missing fact leaves to a field of the answer, as what follows its name and a colon."""
    ends = [each for each in (entry.earliest, entry.latest) if each is not None]
    if not ends:
        return "cannot be said"
    if isinstance(ends[0], bool):
        return _FLAG
    return _days(answer, entry) if _is_day(ends[0]) else _values(entry)


def _values(entry: Missing) -> str:
    """Bounds of an amount, a count or a word."""
    name = entry.needed_for
    low, high = (None if each is None else value_of(name, each) for each in (entry.earliest, entry.latest))
    if name == "vested_percent_before_forfeiture_break" and high is None:
        return f"{low}, if there is a Forfeiture Break"
    if isinstance(entry.earliest or entry.latest, str) and name not in MONEY:
        return f"either {low or 'none'} or {high or 'none'}"
    if low is None or high is None:
        return f"at most {high}" if low is None else f"at least {low}"
    return f"between {low} and {high}"


def joining_bounds(answer: Answer) -> str | None:
    """When somebody joins, as far as that is bounded, as what follows a colon; null where nothing bounds it.

    Where several facts are missing each bounds it only as if the others were known, so that the earliest day is told.
    """
    found = [
        entry
        for name in ("entry_on", "next_entry_on")
        for entry in answer.missing
        if entry.needed_for == name and isinstance(entry.earliest, str)
    ]
    if not found:
        return None
    if len({entry.fact for entry in found}) > 1:
        day = min(str(entry.earliest) for entry in found)
        return f"on {value_of('entry_on', day)} at the earliest"
    told = bounds_in_words(answer, found[0])
    return told if found[0].latest is not None else f"on {told}"


def bounded(answer: Answer, name: str) -> str | None:
    """The bounds of a field as what follows a colon; null where nothing bounds it, or several facts do together."""
    found = [entry for entry in answer.missing if entry.needed_for == name]
    if len(found) != 1 or found[0].earliest is found[0].latest is None:
        return None
    return bounds_in_words(answer, found[0])


def value_of(name: str, value: object) -> str:
    """One value of a field, as JSON has it, in words."""
    if isinstance(value, bool):
        return "yes" if value else "no"
    if name in MONEY:
        return f"${Decimal(str(value)):,.2f}"
    try:
        return spoken_date(date.fromisoformat(str(value)))
    except ValueError:
        return f"{spoken(value).replace('_', ' ')}{'%' if name in _PERCENTAGES else ''}"


def _is_day(value: object) -> bool:
    try:
        date.fromisoformat(str(value))
    except ValueError:
        return False
    return isinstance(value, str)


def _days(answer: Answer, entry: Missing) -> str:
    name, first, last = entry.needed_for, entry.earliest, entry.latest
    if first is None:
        return f"{value_of(name, last)} at the latest"
    if last is not None:
        return f"between {value_of(name, first)} and {value_of(name, last)}"
    return f"{value_of(name, first)}{_or_what(answer, name, entry.fact)}"


def _or_what(answer: Answer, name: str, fact: str) -> str:
    """What follows the earliest day where there may be no day at all."""
    if name not in _COMING:
        return f" at the earliest, or {_OR_NONE[name]}" if name in _OR_NONE else " at the earliest"
    if answer.distribution.event_on is not None:
        return " at the earliest, or never"
    if name == "earliest_entry_on" and _may_be(answer, fact, *_REACHED):
        return ", unless the conditions are met already"
    if name == "next_entry_on" and _may_be(answer, fact, "entry_on"):
        return ", unless joined already"
    return f" {_IF[fact]}; otherwise later" if fact in _IF else " at the earliest"


def _may_be(answer: Answer, fact: str, *names: str) -> bool:
    """Whether one of these days may have come already, as far as this fact goes."""
    return any(each.fact == fact and each.needed_for in names and each.earliest for each in answer.missing)
