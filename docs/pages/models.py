"""docs/reference/person.md, answer.md and plan-facts.md: the fields of the models, with what each means."""

from collections.abc import Iterator, Mapping
from functools import cache
from pathlib import Path
from typing import Any

import yaml
from pydantic import BaseModel
from pydantic.fields import FieldInfo

from pages.markdown import attributes, code, doc, kind, table, text_block
from pages.markdown import page as made
from pages.rules import every_rule
from pages.sample import ROOT
from planrules.answers import models as answers
from planrules.engine.fields import fields
from planrules.people import frames
from planrules.people import models as people
from planrules.people.checks import CHECKS
from planrules.plan import facts

HERE = Path(__file__).parent


@cache
def _words() -> Mapping[str, Any]:
    found: Mapping[str, Any] = yaml.safe_load((HERE / "meanings.yaml").read_text("utf-8"))
    return found


def person_page() -> str:
    """The person file, the tables that hold the same facts, and what is refused."""
    parts: tuple[type[BaseModel], ...] = (
        people.Person,
        people.EmploymentSpan,
        people.ClassSpan,
        people.PayRow,
        people.Account,
        people.CashOut,
        people.OptOut,
    )
    tables = [_table(name) for name in frames.SCHEMAS]
    checks = table(
        ["table", "column", "what cannot be true", "what to do"],
        ((each.table, code(each.column), each.rule, each.do) for each in CHECKS),
    )
    return made(
        "A person",
        _words()["person_introduction"],
        *(fields_of(each) for each in parts),
        "## The same facts as tables",
        _words()["tables_introduction"],
        *tables,
        "## What is refused",
        _words()["checks_introduction"],
        checks,
    )


def answer_page() -> str:
    """The answer object, section by section, and the statuses."""
    whole = answers.Answer
    sections = [_part(field) for field in whole.model_fields.values() if _part(field) is not None]
    parts = [fields_of(whole), *(fields_of(part) for part in _nested(*(part for part in sections if part)))]
    statuses = [(code(name), meaning) for name, meaning in _words()["statuses"].items()]
    return made(
        "The answer",
        _words()["answer_introduction"],
        "## Statuses",
        table(["status", "meaning"], _complete(statuses, answers.Status)),
        f"These fields have a status: {', '.join(map(code, fields()))}.",
        *parts,
    )


def plan_facts_page() -> str:
    """The plan facts file, with that of the sample plan."""
    sample = (ROOT / "elections" / "steel-technologies.facts.yaml").read_text("utf-8")
    parts: tuple[type[BaseModel], ...] = (facts.PlanFacts, facts.MatchRate, facts.TopHeavy, facts.HighlyCompensated)
    example = f"## The sample plan's file\n\n{text_block(sample, 'yaml')}"
    return made("Plan facts", _words()["facts_introduction"], *(fields_of(each) for each in parts), example)


def _complete(rows: list[tuple[str, str]], literal: Any) -> list[tuple[str, str]]:  # noqa: ANN401  a Literal
    if [row[0] for row in rows] != [code(name) for name in literal.__args__]:
        message = f"meanings.yaml explains {rows}, the program has {literal.__args__}"
        raise KeyError(message)
    return rows


def _part(field: FieldInfo) -> type[BaseModel] | None:
    """The model a field holds, alone or in a list."""
    return next((each for each in _types(field.annotation) if issubclass(each, BaseModel)), None)


def _types(annotation: Any) -> Iterator[type]:  # noqa: ANN401  any type
    if isinstance(annotation, type) and not hasattr(annotation, "__args__"):
        yield annotation
    for inner in getattr(annotation, "__args__", ()):
        yield from _types(inner)


def _nested(*models: type[BaseModel]) -> Iterator[type[BaseModel]]:
    """Each model, followed by those it holds."""
    for model in models:
        yield model
        yield from _nested(*(part for field in model.model_fields.values() if (part := _part(field))))


def fields_of(model: type[BaseModel]) -> str:
    """A model's heading, docstring and table of fields."""
    told = attributes(model)
    given = model.__module__ != answers.__name__
    headings = ["field", "kind", *(["when left out"] if given else []), "meaning"]
    rows = [
        (
            code(field.alias or name),
            kind(field.annotation),
            *([_default(field)] if given else []),
            _meaning(model, name, told),
        )
        for name, field in model.model_fields.items()
    ]
    return "\n\n".join([f"## {model.__name__}", doc(model), table(headings, rows)])


def _default(field: FieldInfo) -> str:
    if field.is_required():
        return "required"
    value = field.get_default(call_default_factory=True)
    if isinstance(value, BaseModel):
        return "all its defaults"
    return "none" if value in ((), {}) else _shown(value)


def _shown(value: object) -> str:
    return code("null" if value is None else str(value).lower())


def _meaning(model: type[BaseModel], name: str, told: Mapping[str, str]) -> str:
    key = f"{model.__name__}.{name.rstrip('_')}"
    if key in _words():
        meaning: str = _words()[key]
    elif name in told:
        meaning = told[name]
    elif name in every_rule():
        meaning = every_rule()[name].doc.split("\n\n")[0].replace("\n", " ")
    else:
        message = f"docs/pages/meanings.yaml lacks {key}"
        raise KeyError(message)
    rule = f" [Rule](rules.md#{name})" if name in every_rule() and model.__module__ == answers.__name__ else ""
    return meaning + rule


def _table(name: str) -> str:
    optional = frames._OPTIONAL.get(name, {})  # noqa: SLF001  the page tells what the frames fill in
    rows = [
        (
            code(column),
            str(dtype).lower(),
            _shown(optional[column]) if column in optional else "required",
        )
        for column, dtype in frames.SCHEMAS[name].items()
    ]
    return f"### {name}\n\n{table(['column', 'type', 'when left out'], rows)}"
