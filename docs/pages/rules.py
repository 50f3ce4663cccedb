"""docs/reference/rules.md: every rule, as its decorator and docstring have it."""

import inspect
import pkgutil
from collections.abc import Iterator
from importlib import import_module
from types import ModuleType

import planrules.rules
import planrules.yearend
from pages.markdown import code, table
from pages.markdown import page as made
from pages.sample import steel
from planrules.answers.words import joined
from planrules.book import ALWAYS, Rule

UNITS = {
    "date": "a day",
    "hours": "hours",
    "money": "dollars, to the cent",
    "percent": "percent",
    "count": "a whole number",
    "rate": "percent",
    "flag": "true or false",
    "word": "a word",
    "words": "a list of words",
}
INTRODUCTION = """
A rule is one named column: the name of its function is the column of the batch, the field of the answer and the
heading here. Its sentence is what an answer says when the rule decided something; the names in braces are the facts it
was decided on. A citation that the employer's election sets is shown with the option that set it for the sample plan,
Steel Technologies Inc.
"""


def page() -> str:
    """Every rule by module."""
    parts = [INTRODUCTION]
    for module in modules():
        found = list(rules_of(module))
        if found:
            parts += [f"## {module.__name__.removeprefix('planrules.')}", _about(module), *map(_rule, found)]
    return made("Rules", *parts)


def modules() -> Iterator[ModuleType]:
    """The modules that hold rules."""
    for package in (planrules.rules, planrules.yearend):
        for found in pkgutil.iter_modules(package.__path__, f"{package.__name__}."):
            yield import_module(found.name)


def rules_of(module: ModuleType) -> Iterator[Rule]:
    """The rules a module makes itself, in the order in which they stand."""
    for value in vars(module).values():
        if isinstance(value, Rule) and value.build.__module__ == module.__name__:
            yield value


def every_rule() -> dict[str, Rule]:
    """Every rule by name."""
    return {rule.name: rule for module in modules() for rule in rules_of(module)}


def _about(module: ModuleType) -> str:
    return (inspect.getdoc(module) or "").split("\n\n")[0]


def _rule(rule: Rule) -> str:
    said = [f"- {_when(case)}“{sentence}”" for case, sentence in rule.says.items()]
    cites = [(_set_by(cite), joined(steel().terms.cites((cite,)))) for cite in rule.cites]
    parts = [
        f"### {rule.name}",
        inspect.cleandoc(rule.build.__doc__ or ""),
        f"Unit: {UNITS[rule.unit]}.",
        "\n".join(said),
        table(["set by", "citation"], cites),
    ]
    return "\n\n".join(parts)


def _when(case: str) -> str:
    return "" if case == ALWAYS else f"{code(case)}: "


def _set_by(cite: str) -> str:
    return code(cite[1:]) if cite.startswith("@") else "the text"
