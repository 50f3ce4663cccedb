"""Reads one part of a YAML file, such as what stands under a key, and lists what is wrong with it."""

from collections.abc import Mapping
from typing import Any, TypeVar

from pydantic import BaseModel, ValidationError

from planrules.errors import Problem

_YES_NO = {True: "yes", False: "no"}
_Model = TypeVar("_Model", bound=BaseModel)


def model_part(
    kind: type[_Model],
    data: Mapping[Any, Any],
    key: str | int,
    where: str,
    problems: list[Problem],
) -> _Model | None:
    """The model of what stands under a key; null when it is missing or wrong, which is then a problem."""
    if key not in data:
        return None
    try:
        return kind.model_validate(data[key])
    except ValidationError as error:
        why = f"{key} has: {', '.join(kind.model_fields)}."
        for fault in error.errors(include_url=False, include_context=False, include_input=False):
            place = ".".join(str(part) for part in (key, *fault["loc"]))
            what = _plain_words(fault["msg"])
            problems.append(Problem(what, f"{where}, {place}", why, "Correct it.", "wrong_value"))
        return None


def text_part(given: object, where: str, problems: list[Problem]) -> dict[str, str]:
    """A mapping of words to words. A bare yes or no, which some YAML readers make a boolean, is that word."""
    if given is None:
        return {}
    if not isinstance(given, Mapping):
        problems.append(not_a_mapping(where))
        return {}
    words = {str(key): _YES_NO.get(value, value) if isinstance(value, bool) else value for key, value in given.items()}
    why, do = "It is a word or a sentence.", "Put it in quotes."
    problems += [
        Problem(f"{key} is not text", f"{where} {key}", why, do, "wrong_value")
        for key, value in words.items()
        if not isinstance(value, str)
    ]
    return {key: value for key, value in words.items() if isinstance(value, str)}


def not_a_mapping(where: str) -> Problem:
    """The problem of a value where names and values are needed."""
    what, do = "there is no mapping of keys to values", "Write `name: value` lines."
    return Problem(what, where, "It maps names to values.", do, "not_a_mapping")


def _plain_words(message: str) -> str:
    return message.removeprefix("Input ").replace("Extra inputs are", "this key is").lower()
