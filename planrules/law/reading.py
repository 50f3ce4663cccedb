"""How a YAML file of the law is read: strictly, with every fault named by file and key.

A key given twice, a key that has no meaning here and a value of the wrong kind are refused with `LawError`; nothing
is repaired and nothing is ignored.
"""

from collections.abc import Iterable
from importlib.resources import files
from typing import TypeVar

import yaml
from pydantic import BaseModel, ConfigDict, ValidationError

from planrules.errors import LawError, Problem

WHY = "Every dated amount and change of law says what it is, from when, and where that was read."
HOW_TO = "docs/how-to/add-a-limit-for-a-new-year.md"


class LawModel(BaseModel):
    """The common manner of every record here: unchangeable once read, unknown keys refused."""

    model_config = ConfigDict(frozen=True, extra="forbid")


Model = TypeVar("Model", bound=LawModel)


def problem(what: str, where: str, why: str = WHY, do: str = f"Correct the file as {HOW_TO} says.") -> Problem:
    """What is wrong with a file of the law, with the usual reason and remedy when none is given."""
    return Problem(what=what, where=where, why=why, do=do)


def unknown(kind: str, name: str, where: str, on_file: Iterable[str]) -> Problem:
    """That a name is not on file, with those that are."""
    return problem(f"no {kind} {name} is on file", where, f"On file: {', '.join(on_file)}.", "Use one of these.")


def file_text(*parts: str) -> str:
    """The text of one file below planrules/law; raises `LawError` when there is none."""
    try:
        return files("planrules.law").joinpath(*parts).read_text(encoding="utf-8")
    except FileNotFoundError:
        raise LawError([problem("no such file", place(*parts))]) from None


def place(*parts: str) -> str:
    """The name by which messages call a file of this package."""
    return "/".join(("planrules", "law", *parts))


def file_names(folder: str) -> tuple[str, ...]:
    """The names, without `.yaml`, of the files in one folder below planrules/law, in order."""
    entries = files("planrules.law").joinpath(folder).iterdir()
    return tuple(sorted(entry.name.removesuffix(".yaml") for entry in entries if entry.name.endswith(".yaml")))


def parse(model: type[Model], text: str, where: str, known_sources: frozenset[str] = frozenset()) -> Model:
    """What `text` says, as `model`.

    Args:
        model: the record the whole file makes.
        text: the YAML.
        where: the file's name, for messages.
        known_sources: the ids that a `sources` list may name.

    Raises:
        LawError: with one problem for each fault found.
    """
    data = _plain(text, where)
    try:
        return model.model_validate(data, context={"sources": known_sources})
    except ValidationError as error:
        raise LawError(_problems(error, where)) from error


def _plain(text: str, where: str) -> object:
    """The YAML as plain Python values; a key given twice in one mapping is refused."""
    loader = yaml.CSafeLoader(text) if yaml.__with_libyaml__ else yaml.SafeLoader(text)
    try:
        node = loader.get_single_node()
        _refuse_repeated_keys(node, where)
        data: object = loader.construct_document(node) if node is not None else None
    except (yaml.YAMLError, ValueError) as error:  # ValueError: a date that the calendar does not have
        raise LawError([problem(f"not readable as YAML ({error})".replace("\n", " "), where)]) from error
    finally:
        loader.dispose()
    return data


def _refuse_repeated_keys(node: yaml.Node | None, where: str) -> None:
    # YAML readers keep the last of two equal keys without a word, which would drop an amount unseen.
    if isinstance(node, yaml.SequenceNode):
        for item in node.value:
            _refuse_repeated_keys(item, where)
    if isinstance(node, yaml.MappingNode):
        seen: set[str] = set()
        for key, value in node.value:
            if str(key.value) in seen:
                line = key.start_mark.line + 1
                raise LawError([problem(f"key {key.value} is given twice", f"{where}, line {line}")])
            seen.add(str(key.value))
            _refuse_repeated_keys(value, where)


def _problems(error: ValidationError, where: str) -> list[Problem]:
    faults = error.errors(include_url=False, include_context=False, include_input=False)
    return [
        problem(
            fault["msg"].removeprefix("Value error, "),
            ", ".join(filter(None, (where, ".".join(str(part) for part in fault["loc"])))),
        )
        for fault in faults
    ]
