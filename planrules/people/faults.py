"""What is wrong with one person's file, in words: pydantic's findings as problems, and never with the value found."""

from collections.abc import Iterator, Mapping, Sequence
from dataclasses import replace
from typing import Any, Final, get_args

from pydantic import BaseModel, ValidationError

from planrules.errors import Problem
from planrules.people.models import Person
from planrules.spelling import meant

UNKNOWN_FIELD: Final = "unknown field"
"""What is said of a name that no field has; the name itself stands in the place of the problem only."""
_FORMAT = "Facts are dates, decimal numbers of at most two places, or the words listed in the person schema."
_ALLOWED = "Correct this field; `planrules schema person` prints what is allowed."
_WORDS: Mapping[str, tuple[str, str]] = {
    "model_type": ("not an object with the facts of a person", _ALLOWED),
    "dict_type": ("not an object", _ALLOWED),
    "list_type": ("not a list", "Put it in square brackets, one entry a row."),
    "tuple_type": ("not a list", "Put it in square brackets, one entry a row."),
    "missing": ("a required field is missing", "Add it."),
    "decimal_type": ("not a number", "Write a number such as 88.25, without signs or separators."),
    "decimal_parsing": ("not a number", "Write a number such as 88.25, without signs or separators."),
    "decimal_max_places": ("more than two decimal places", "Write at most two decimal places."),
    "greater_than_equal": ("a negative amount or negative hours", "Write zero or more."),
    "too_short": ("an empty list where at least one entry is needed", "Add an entry."),
    "string_type": ("not text", "Put it in quotes."),
    "string_too_short": ("an empty text", "Fill it in."),
    "bool_type": ("neither true nor false", "Write true or false."),
    "bool_parsing": ("neither true nor false", "Write true or false."),
}
"""What is said of a fault and what to do about it, by pydantic's name of it."""


def problems_in(error: ValidationError, where: str) -> Iterator[Problem]:
    """Pydantic's findings in the one shape of ours, without the values found.

    A field that is missing while a slip of its name stands beside it is told once, as the slip.
    """
    for place, problem in placed_problems(error):
        yield replace(problem, where=f"{where}, {in_words(place) or 'the person'}")


def placed_problems(error: ValidationError) -> Iterator[tuple[Sequence[int | str], Problem]]:
    """The same with the place of each in the JSON, by names and by numbers from zero; `where` is left empty."""
    findings = error.errors(include_url=False, include_input=False)
    slips = {(*each["loc"][:-1], _meant(each["loc"])) for each in findings if each["type"] == "extra_forbidden"}
    for finding in findings:
        place = finding["loc"]
        if finding["type"] == "missing" and place in slips:
            continue
        if finding["type"] == "too_short" and any(other["loc"][:-1] and other["loc"][0] in place for other in findings):
            continue  # an entry that is itself wrong is not counted, and is told anyway
        what, why, do = _told(finding)
        yield place, Problem(what=what, where="", why=why, do=do)


def _told(finding: Any) -> tuple[str, str, str]:  # noqa: ANN401  pydantic's error details are a loose dict
    kind = finding["type"]
    if kind == "extra_forbidden":
        near = _meant(finding["loc"])
        why = f"Known here: {', '.join(_names(finding['loc'][:-1]))}."
        return UNKNOWN_FIELD, why, f"Write `{near}` if it is meant, or take it out." if near else "Take it out."
    if kind == "literal_error":
        return f"not one of the words {finding['ctx']['expected']}", "", "Write one of them."
    if kind == "value_error":
        what = finding["msg"].removeprefix("Value error, ")
        return what, "", "Write a day such as 1996-03-31." if "date" in what else _ALLOWED
    if kind in _WORDS:
        what, do = _WORDS[kind]
        return what, "", do
    message = finding["msg"].split(", got ", maxsplit=1)[0]
    return message[:1].lower() + message[1:], _FORMAT, _ALLOWED


def in_words(place: Sequence[int | str]) -> str:
    """Where a fault stands, as every other message says it: pay row 1, hours."""
    told: list[str] = []
    for part in place:
        if isinstance(part, int) and told:
            told[-1] += f" row {part + 1}"
        else:
            told.append(str(part))
    return ", ".join(told)


def _meant(place: Sequence[int | str]) -> str | None:
    return meant(str(place[-1]), _names(place[:-1]))


def _names(place: Sequence[int | str]) -> list[str]:
    """The fields that a file may have at a place."""
    model: type[BaseModel] | None = Person
    for part in place:
        if isinstance(part, str) and model is not None:
            model = next((_model(field.annotation) for name, field in model.model_fields.items() if name == part), None)
    return [field.alias or name for name, field in model.model_fields.items()] if model else []


def _model(annotation: object) -> type[BaseModel] | None:
    """The model that a field holds, alone, in a list or beside null; null when it holds none."""
    if isinstance(annotation, type) and issubclass(annotation, BaseModel):
        return annotation
    return next((found for each in get_args(annotation) if (found := _model(each)) is not None), None)
