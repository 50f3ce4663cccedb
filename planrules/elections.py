"""What one employer checked and wrote on its adoption agreement, and how it reads the unclear places.

An elections file maps each checked option's citation to its blanks; what is not there was not checked. It is read
against the form as a whole: one `ElectionsError` lists everything wrong with it.
"""

import hashlib
import json
from collections.abc import Mapping
from datetime import date
from decimal import Decimal
from functools import cached_property
from pathlib import Path
from typing import Annotated, Any, TypeVar

from pydantic import BaseModel, ConfigDict, Field, SerializeAsAny, ValidationError, WithJsonSchema

from planrules.errors import ElectionsError, Problem
from planrules.form.checked import NOTE, FilledForm
from planrules.form.load import FORMS, load_form, unknown_form
from planrules.form.strict_yaml import Document, StrictYamlError, read_yaml
from planrules.supplements import SUPPLEMENTS, SchemaByCitation, Supplement

_REQUIRED = ("form", "employer", "plan", "checked")
_OPTIONAL = ("source", "not_applicable", "supplements", "readings")
_YES_NO = {True: "yes", False: "no"}
_Model = TypeVar("_Model", bound=BaseModel)


_CHECKED = {
    "type": "object",
    "description": "Each checked option by citation, with what was filled into its blanks; null where it has none.",
    "additionalProperties": {"anyOf": [{"type": "object"}, {"type": "null"}]},
}


class _Frozen(BaseModel):
    model_config = ConfigDict(frozen=True, extra="forbid")


class Employer(_Frozen):
    """The employer that signed; `ein` is its tax number, null when not given."""

    name: str = Field(min_length=1)
    ein: str | None = Field(default=None, pattern=r"^\d{2}-\d{7}$")


class PlanIdentity(_Frozen):
    """The plan's name and its three-digit number on Form 5500; the number is null when not given."""

    name: str = Field(min_length=1)
    number: str | None = Field(default=None, pattern=r"^\d{3}$")


class Elections(_Frozen):
    """One employer's elections, read and checked against the form. Made by `load_elections` or `parse_elections`.

    Attributes:
        form: name of the form.
        source: where the elections were read, such as document and exhibit.
        not_applicable: sections, groups and options marked N/A, sorted.
        checked: typed blanks by citation, in the form's order; a box without blanks has an empty mapping.
        supplements: the structured meaning of free text, by citation.
        readings: the chosen option by reading; the names are known to `planrules.plan`, not here.
    """

    form: str
    employer: Employer
    plan: PlanIdentity
    source: Mapping[str, str] = Field(default_factory=dict)
    not_applicable: tuple[str, ...] = ()
    checked: Annotated[Mapping[str, Mapping[str, Any]], WithJsonSchema(_CHECKED)]
    supplements: Annotated[Mapping[str, SerializeAsAny[Supplement]], SchemaByCitation()] = Field(default_factory=dict)
    readings: Mapping[str, str] = Field(default_factory=dict)

    def has(self, citation: str) -> bool:
        """Whether the option is checked, or the section's own blanks filled. KeyError if the form has neither."""
        load_form(self.form).blanks_of(citation)
        return citation in self.checked

    def blank(self, citation: str, name: str) -> Any:  # noqa: ANN401  the type depends on the blank's
        """What was written in a blank; null if the option is not checked or the blank left out.

        Raises:
            KeyError: the form has no such blank.
        """
        if name != NOTE and name not in load_form(self.form).blanks_of(citation):
            msg = f"{citation} has no blank {name}"
            raise KeyError(msg)
        return self.checked.get(citation, {}).get(name)

    @cached_property
    def content_hash(self) -> str:
        """SHA-256 of the content in one canonical form; the file's order, quoting and comments do not matter."""
        text = json.dumps(_plain(self.model_dump()), sort_keys=True, separators=(",", ":"))
        return hashlib.sha256(text.encode()).hexdigest()


def load_elections(path: str | Path) -> Elections:
    """The elections in a YAML file.

    Raises:
        ElectionsError: the file cannot be read, is not YAML, or is not allowed by the form; lists every problem.
    """
    file = Path(path)
    document = _document(file)
    doubled = [
        Problem(
            what=f"{twice.key} stands twice, first on line {twice.first_line}",
            where=f"{file.name}, line {twice.line}",
            why="One of the two would be lost.",
            do="Keep one of them.",
        )
        for twice in document.duplicates
    ]
    return _parse(document.data, file.name, doubled)


def parse_elections(data: Mapping[str, Any], where: str) -> Elections:
    """The elections in parsed YAML or JSON; `where` names their source in problems.

    Raises:
        ElectionsError: the form does not allow them; lists every problem.
    """
    return _parse(data, where, [])


def _document(file: Path) -> Document:
    try:
        return read_yaml(file.read_text(encoding="utf-8"))
    except FileNotFoundError:
        problem = _unreadable("there is no such file", file.name, "Check the path.")
    except (OSError, UnicodeDecodeError):
        problem = _unreadable("the file cannot be read as UTF-8 text", file.name, "Check the file.")
    except StrictYamlError as error:
        problem = _unreadable(f"this is not plain YAML: {error}", file.name, "Correct that line.")
    raise ElectionsError([problem])


def _parse(data: object, where: str, problems: list[Problem]) -> Elections:
    if not isinstance(data, Mapping):
        problem = _unreadable("there is no mapping of keys", where, f"Begin with `form: {FORMS[0]}`.")
        raise ElectionsError([*problems, problem])
    problems += _wrong_keys(data, where)
    found = {
        "form": data.get("form"),
        "employer": _model(Employer, data, "employer", where, problems),
        "plan": _model(PlanIdentity, data, "plan", where, problems),
        "source": _texts(data.get("source"), f"{where}, source", problems),
        "supplements": _supplements(data.get("supplements"), where, problems),
        "readings": _texts(data.get("readings"), f"{where}, readings", problems),
        **_filled(data, where, problems),
    }
    if problems:
        raise ElectionsError(problems)
    return Elections.model_validate(found)


def _wrong_keys(data: Mapping[Any, object], where: str) -> list[Problem]:
    known = ", ".join((*_REQUIRED, *_OPTIONAL))
    unknown = [
        Problem(
            f"{key} is not a key of an elections file",
            f"{where}, {key}",
            f"Keys: {known}.",
            "Correct it or take it out.",
        )
        for key in data
        if key not in {*_REQUIRED, *_OPTIONAL}
    ]
    missing = [
        Problem(f"the key {key} is missing", where, f"Needed: {', '.join(_REQUIRED)}.", f"Add `{key}:`.")
        for key in _REQUIRED
        if key not in data
    ]
    return unknown + missing


def _filled(data: Mapping[Any, Any], where: str, problems: list[Problem]) -> dict[str, object]:
    """The boxes and the N/A marks, read against the form; nothing when the form itself is not known."""
    if "form" not in data or "checked" not in data:
        return {}
    name = data["form"]
    if name not in FORMS:
        problems.append(unknown_form(str(name), f"{where}, form"))
        return {}
    filled = FilledForm(load_form(name), where)
    checked = filled.checked(data["checked"])
    given = data.get("not_applicable")
    marks = filled.not_applicable([] if given is None else given)
    filled.refuse_contradictions(marks, checked)
    problems += filled.problems
    return {"checked": checked, "not_applicable": marks}


def _supplements(given: object, where: str, problems: list[Problem]) -> dict[str, object]:
    place = f"{where}, supplements"
    if given is not None and not isinstance(given, Mapping):
        problems.append(_not_a_mapping(place))
        return {}
    by_citation = {str(key): value for key, value in (given or {}).items()}
    for key in sorted(by_citation.keys() - SUPPLEMENTS.keys()):
        why = f"Supplements are known for: {', '.join(SUPPLEMENTS)}."
        problems.append(Problem(f"{key} takes no supplement", f"{place} {key}", why, "Take it out."))
    known = SUPPLEMENTS.keys() & by_citation.keys()
    return {key: _model(SUPPLEMENTS[key], by_citation, key, place, problems) for key in sorted(known)}


def _model(kind: type[_Model], data: Mapping[Any, Any], key: str, where: str, problems: list[Problem]) -> _Model | None:
    """The model of what stands under a key; null when it is missing or wrong, which is then a problem."""
    if key not in data:
        return None
    try:
        return kind.model_validate(data[key])
    except ValidationError as error:
        why = f"{key} has: {', '.join(kind.model_fields)}."
        for finding in error.errors(include_url=False, include_context=False, include_input=False):
            place = ".".join(str(part) for part in (key, *finding["loc"]))
            problems.append(Problem(_plain_words(finding["msg"]), f"{where}, {place}", why, "Correct it."))
        return None


def _texts(given: object, where: str, problems: list[Problem]) -> dict[str, str]:
    """A mapping of words to words. A bare yes or no, which some YAML readers make a boolean, is that word."""
    if given is None:
        return {}
    if not isinstance(given, Mapping):
        problems.append(_not_a_mapping(where))
        return {}
    words = {str(key): _YES_NO.get(value, value) if isinstance(value, bool) else value for key, value in given.items()}
    problems += [
        Problem(f"{key} is not text", f"{where} {key}", "It is a word or a sentence.", "Put it in quotes.")
        for key, value in words.items()
        if not isinstance(value, str)
    ]
    return {key: value for key, value in words.items() if isinstance(value, str)}


def _plain_words(message: str) -> str:
    return message.removeprefix("Input ").replace("Extra inputs are", "this key is").lower()


def _not_a_mapping(where: str) -> Problem:
    return Problem(
        "there is no mapping of keys to values", where, "It maps names to values.", "Write `name: value` lines."
    )


def _unreadable(what: str, where: str, do: str) -> Problem:
    return Problem(what=what, where=where, why="Elections are read from one YAML file a plan.", do=do)


def _plain(value: object) -> object:
    """A value as JSON holds it, the same for the same content; a MonthDay is the list of its two numbers."""
    if isinstance(value, Mapping):
        return {str(key): _plain(item) for key, item in value.items()}
    if isinstance(value, list | tuple):
        return [_plain(item) for item in value]
    if isinstance(value, Decimal):
        return format(value.normalize(), "f")
    return value.isoformat() if isinstance(value, date) else value
