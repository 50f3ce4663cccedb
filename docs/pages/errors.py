"""docs/reference/errors.md: every error class, when it comes, its exit status and a message it really gives."""

from collections.abc import Callable, Mapping
from copy import deepcopy
from datetime import date
from typing import Any

import yaml

import planrules
from pages.markdown import code, doc, table, text_block
from pages.markdown import page as made
from pages.sample import ELECTIONS, ROOT, steel
from planrules import errors, law

INTRODUCTION = """
planrules refuses with one of a few named errors, all in `planrules.errors` and all of one shape: a list of *problems*,
each with what is wrong, where, why and what to do. Everything wrong is listed at once. No message holds a personal
value: it names the field, the row and the rule. On the command line problems go to standard error and the class sets
the exit status; in Python `error.problems` holds them and `problem.as_dict()` gives the four parts.
"""
WHEN = {
    "ElectionsError": "An elections file or a plan facts file has an unknown key, citation, blank, "
    "value, reading or option, or lacks one that is required.",
    "UnsupportedElectionError": "The elections can be read, but the engine does not evaluate one of them, or two boxes "
    "contradict each other and no reading settles which counts. The plan gets no answers at all.",
    "FileError": "An elections file or a plan facts file is not there or is not plain YAML; or a filing to read is not "
    "there, is not plain text or holds no agreement on a form that planrules knows; or a folder holds no finished run, "
    "a payroll layout cannot be read or has no code for a value, or results cannot be written.",
    "PeopleError": "A person's file, or a file to import or its mapping, cannot be read, or the facts cannot all be true. From `evaluate`, impossible facts "
    "and values that do not fit are rows of `Result.exceptions` instead, and nobody else is stopped.",
    "LawError": "A yearly limit, threshold or change of law is not on file for the day asked.",
}
PARTS = (
    ("what", "the rule that was broken"),
    ("where", "file, option, table, row and column, as far as they apply"),
    ("why", "the reason for the rule, or the citation behind it"),
    ("do", "what to do about it"),
)


def page() -> str:
    """Every error class."""
    shape = table(["part", "meaning"], PARTS)
    return made("Errors", INTRODUCTION, shape, *map(_error, _kinds()))


def _kinds() -> list[type[errors.PlanrulesError]]:
    """The error classes of the library; those of the server are in docs/reference/http.md."""
    return [each for each in errors.PlanrulesError.__subclasses__() if each.__module__ == errors.__name__]


def _error(kind: type[errors.PlanrulesError]) -> str:
    facts = f"- Code: {code(kind.code)}; exit status {kind.exit_code}\n- When: {WHEN[kind.__name__]}"
    return "\n\n".join(
        [f"## {kind.__name__}", doc(kind), facts, "A message, printed by `str`:", text_block(_message(kind))]
    )


def _message(kind: type[errors.PlanrulesError]) -> str:
    try:
        EXAMPLES[kind.__name__]()
    except kind as error:
        return str(error)
    message = f"the example for {kind.__name__} raises nothing"
    raise AssertionError(message)


def _elections(change: Callable[[dict[str, Any]], None]) -> None:
    data = yaml.safe_load((ROOT / ELECTIONS).read_text("utf-8"))
    change(data)
    planrules.Plan.from_data(data)


def _wrong_box(data: dict[str, Any]) -> None:
    data["checked"]["1.07(z)"] = None


def _two_boxes(data: dict[str, Any]) -> None:
    data["checked"]["2.03(b)"] = None


def _wrong_person() -> None:
    person = planrules.read_person(ROOT / "docs" / "examples" / "joined.json")
    born_late = deepcopy(person).model_copy(update={"birth_date": date(1996, 1, 1)})
    steel().answer(born_late, date(1996, 3, 31))


EXAMPLES: Mapping[str, Callable[[], object]] = {
    "ElectionsError": lambda: _elections(_wrong_box),
    "UnsupportedElectionError": lambda: _elections(_two_boxes),
    "FileError": lambda: planrules.check_elections("elections/no-such-file.yaml"),
    "PeopleError": _wrong_person,
    "LawError": lambda: law.limit("elective_deferral_limit", 1950),
}
