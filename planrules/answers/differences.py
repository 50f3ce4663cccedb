"""The other readings: which options are evaluated beside the one in force, and what each would change."""

from collections.abc import Iterable, Iterator, Mapping, Sequence
from typing import Any

from planrules.answers.models import Part
from planrules.plan import Choices, Terms, catalogue

Key = tuple[str, str]
"""A reading and one of its options."""
Fields = Mapping[str, Any]
"""Every field of an answer by name, as JSON."""


def other_options(terms: Terms) -> Iterator[Key]:
    """Each reading that an answer can depend on, with each option that is not in force."""
    for name, reading in catalogue().items():
        if not reading.bears_on:
            continue
        for option in reading.options:
            if option != terms.choices[name]:
                yield name, option


def flat(parts: Mapping[str, Part]) -> dict[str, Any]:
    """Every field by its name; `periods`, which two sections have, by section and name.

    When a month is tested is no difference by itself: what counts is whether it is allocated.
    """
    untested = {"months": {"__all__": {"tested_on"}}}
    return {
        f"{section}.{name}" if name == "periods" else name: value
        for section, part in parts.items()
        for name, value in part.model_dump(mode="json", exclude=untested if section == "matching" else None).items()
    }


def told(here: Fields, others: Mapping[Key, Fields], choices: Choices) -> dict[Key, dict[str, Any]]:
    """For each other option of each reading the fields it changes, with their value under it.

    Of a ledger, the lines that differ. A reading nobody has decided has no option in force: all its options stand
    side by side, each with its value of every field that they do not agree on.
    """
    found = {key: _changes(here, there) for key, there in others.items()}
    for reading in choices.undecided:
        moved = dict.fromkeys(name for key, changes in found.items() if key[0] == reading for name in changes)
        options = {key: _of_option(here, others[key], moved) for key in others if key[0] == reading}
        if not options:  # the plan has nothing that the reading is about
            continue
        evaluated = {(reading, choices[reading]): {name: here[name] for name in moved}}
        found = {**{key: found[key] for key in found if key[0] != reading}, **evaluated, **options}
    return found


def disputes(changed: Mapping[Key, Fields], choices: Choices) -> dict[str, list[Any]]:
    """The fields on which the options of an undecided reading do not agree, with each option's value."""
    found: dict[str, list[Any]] = {}
    for (reading, _), changes in changed.items():
        if reading in choices.undecided:
            for name, value in changes.items():
                found.setdefault(name, []).append(value)
    return found


def _changes(here: Mapping[str, Any], there: Mapping[str, Any]) -> dict[str, Any]:
    return {name: _lines(here[name], there[name]) for name in here if here[name] != there[name]}


def _of_option(here: Mapping[str, Any], there: Mapping[str, Any], names: Iterable[str]) -> dict[str, Any]:
    return {name: _lines(here[name], there[name]) or there[name] for name in names}


def _lines(here: Any, there: Any) -> Any:  # noqa: ANN401  any JSON value
    return [line for line in there if line not in (here or ())] if isinstance(there, list) else there


def undecided_parts(parts: Mapping[str, Part], disputed: Mapping[str, Sequence[Any]]) -> dict[str, Part]:
    """What nobody has decided how to read has no value: fields are null, and in a ledger what the options dispute."""
    opened = {}
    for section, part in parts.items():
        mine = {name.removeprefix(f"{section}."): told for name, told in disputed.items()}
        update = {
            name: _disputed(getattr(part, name), told) for name, told in mine.items() if name in type(part).model_fields
        }
        opened[section] = part.model_copy(update=update)
    return opened


def _disputed(value: Any, told: Sequence[Any]) -> Any:  # noqa: ANN401  a field or a ledger of any section
    """Null, or the ledger with the cells in which some option's line differs set to null."""
    if not isinstance(value, tuple):
        return None
    lines = [line for option in told if isinstance(option, list) for line in option]
    return tuple(_disputed_line(line, lines) for line in value)


def _disputed_line(line: Part, others: Sequence[Mapping[str, Any]]) -> Part:
    mine = line.model_dump(mode="json")
    key = "month_end" if "month_end" in mine else "through"
    twins = [other for other in others if other[key] == mine[key]]
    differ = {name for twin in twins for name, value in twin.items() if value != mine[name]}
    return line.model_copy(update=dict.fromkeys(differ, None))
