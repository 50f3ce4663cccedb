"""What one employer checked and wrote on its adoption agreement, and how it reads the unclear places.

An elections file maps each checked option's citation to its blanks; what is not there was not checked. It is read
against the form as a whole: one `ElectionsError` lists everything wrong with it.
"""

import hashlib
import json
from collections.abc import Mapping
from dataclasses import dataclass
from datetime import date
from decimal import Decimal
from functools import cached_property
from pathlib import Path
from typing import Annotated, Any

from pydantic import BaseModel, ConfigDict, Field, SerializeAsAny, WithJsonSchema

from planrules.acknowledgments import Acknowledgment, read_acknowledgments
from planrules.errors import ElectionsError, FileError, Problem
from planrules.form.checked import NOTE, FilledForm
from planrules.form.load import FORMS, load_form, unknown_form
from planrules.form.strict_yaml import Document, StrictYamlError, read_yaml
from planrules.parts import model_part, not_a_mapping, text_part
from planrules.spelling import meant
from planrules.supplements import SUPPLEMENTS, SchemaByCitation, Supplement

_REQUIRED = ("form", "employer", "plan", "checked")
_OPTIONAL = ("source", "not_applicable", "supplements", "readings", "acknowledged")


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
        acknowledged: findings of `planrules check` that somebody answers for; no answer about a person depends on them.
    """

    form: str
    employer: Employer
    plan: PlanIdentity
    source: Mapping[str, str] = Field(default_factory=dict)
    not_applicable: tuple[str, ...] = ()
    checked: Annotated[Mapping[str, Mapping[str, Any]], WithJsonSchema(_CHECKED)]
    supplements: Annotated[Mapping[str, SerializeAsAny[Supplement]], SchemaByCitation()] = Field(default_factory=dict)
    readings: Mapping[str, str] = Field(default_factory=dict)
    acknowledged: tuple[Acknowledgment, ...] = ()

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
        """SHA-256 of all that answers depend on, in one canonical form; order, quoting and comments do not matter."""
        text = json.dumps(_plain(self.model_dump(exclude={"acknowledged"})), sort_keys=True, separators=(",", ":"))
        return hashlib.sha256(text.encode()).hexdigest()


@dataclass(frozen=True)
class Draft:
    """An elections file as far as it can be read, with everything that is wrong with it.

    Attributes:
        where: what the problems call the source.
        found: the fields of `Elections` that could be read; what has a problem is missing or left out.
        problems: every problem found; `Elections` exist only when there is none.
    """

    where: str
    found: Mapping[str, Any]
    problems: tuple[Problem, ...]

    def elections(self) -> Elections:
        """The elections; raises `ElectionsError` with every problem when there is one."""
        if self.problems:
            raise ElectionsError(self.problems)
        return Elections.model_validate(self.found)


def load_elections(path: str | Path) -> Elections:
    """The elections in a YAML file.

    Raises:
        FileError: the file cannot be read, is not YAML or holds no mapping.
        ElectionsError: the form does not allow them; lists every problem.
    """
    return read_draft(path).elections()


def parse_elections(data: Mapping[str, Any], where: str) -> Elections:
    """The elections in parsed YAML or JSON; `where` names their source in problems.

    Raises:
        ElectionsError: the form does not allow them; lists every problem.
    """
    return parse_draft(data, where).elections()


def read_draft(path: str | Path) -> Draft:
    """What a YAML file holds of elections, right or wrong.

    Raises:
        FileError: the file cannot be read, is not YAML or holds no mapping.
    """
    file = Path(path)
    document = _document(file)
    if not isinstance(document.data, Mapping):
        raise FileError([_no_mapping(file.name)])
    doubled = [
        Problem(
            what=f"{twice.key} stands twice, first on line {twice.first_line}",
            where=f"{file.name}, line {twice.line}",
            why="One of the two would be lost.",
            do="Keep one of them.",
            code="stands_twice",
        )
        for twice in document.duplicates
    ]
    return _draft(document.data, file.name, doubled)


def parse_draft(data: object, where: str) -> Draft:
    """What parsed YAML or JSON holds of elections, right or wrong; `ElectionsError` if it is no mapping."""
    return _draft(data, where, [])


def _document(file: Path) -> Document:
    try:
        return read_yaml(file.read_text(encoding="utf-8"))
    except FileNotFoundError:
        problem = _unreadable("there is no such file", file.name, "Check the path.")
    except IsADirectoryError:
        problem = _unreadable("cannot be read: this is a folder", file.name, "Name the files in it.")
    except (OSError, UnicodeDecodeError):
        problem = _unreadable("the file cannot be read as UTF-8 text", file.name, "Check the file.")
    except StrictYamlError as error:
        problem = _unreadable(f"this is not plain YAML: {error}", file.name, "Correct that line.")
    raise FileError([problem])


def _draft(data: object, where: str, problems: list[Problem]) -> Draft:
    if not isinstance(data, Mapping):
        raise ElectionsError([*problems, _no_mapping(where)])
    if (other := _another_file(data)) is not None:
        what, do = f"this is {other}, not an elections file", "Name the elections file here."
        problems = [Problem(what, where, "An elections file has `form:` and `checked:`.", do, "another_file")]
        return Draft(where, {"readings": {}, "acknowledged": ()}, tuple(problems))
    problems += _wrong_keys(data, where)
    found = {
        "form": data.get("form"),
        "employer": model_part(Employer, data, "employer", where, problems),
        "plan": model_part(PlanIdentity, data, "plan", where, problems),
        "source": text_part(data.get("source"), f"{where}, source", problems),
        "supplements": _supplements(data.get("supplements"), where, problems),
        "readings": text_part(data.get("readings"), f"{where}, readings", problems),
        "acknowledged": read_acknowledgments(data.get("acknowledged"), where, problems),
        **_filled(data, where, problems),
    }
    return Draft(where, found, tuple(problems))


def _another_file(data: Mapping[Any, object]) -> str | None:
    """What else a file plainly is that has none of the keys of elections; null when it may be elections."""
    if any(key in data for key in ("form", "checked", "plan")):
        return None
    if "employee_id" in data:
        return "a person"
    return "plan facts" if any(key in data for key in ("match_rates", "top_heavy", "highly_compensated")) else None


def _wrong_keys(data: Mapping[Any, object], where: str) -> list[Problem]:
    known = ", ".join((*_REQUIRED, *_OPTIONAL))
    unknown = [
        Problem(
            f"{key} is not a key of an elections file",
            f"{where}, {key}",
            f"Keys: {known}.",
            f"Write `{near}:` if it is meant, or take it out."
            if (near := meant(str(key), (*_REQUIRED, *_OPTIONAL)))
            else "Correct it or take it out.",
            "unknown_key",
        )
        for key in data
        if key not in {*_REQUIRED, *_OPTIONAL}
    ]
    missing = [
        Problem(f"the key {key} is missing", where, f"Needed: {', '.join(_REQUIRED)}.", f"Add `{key}:`.", "missing_key")
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
        problems.append(not_a_mapping(place))
        return {}
    by_citation = {str(key): value for key, value in (given or {}).items()}
    for key in sorted(by_citation.keys() - SUPPLEMENTS.keys()):
        why = f"Supplements are known for: {', '.join(SUPPLEMENTS)}."
        problems.append(Problem(f"{key} takes no supplement", f"{place} {key}", why, "Take it out.", "unknown_key"))
    known = SUPPLEMENTS.keys() & by_citation.keys()
    return {key: model_part(SUPPLEMENTS[key], by_citation, key, place, problems) for key in sorted(known)}


def _no_mapping(where: str) -> Problem:
    return _unreadable("there is no mapping of keys", where, f"Begin with `form: {FORMS[0]}`.")


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
