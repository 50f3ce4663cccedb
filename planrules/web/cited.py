"""Citations in plain words, and where on the page of the plan's rules each stands."""

import re
from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from functools import lru_cache

from planrules.answers.show import READINGS, UNTOLD, lines_shown, rests_on, untold_lines
from planrules.api import Plan
from planrules.form.load import load_form
from planrules.plan import catalogue

_BOX = re.compile(r"AA (?P<citation>\d+\.\d+\S*)")
_SOURCES = {
    "Plan": "The basic plan document behind the agreement, section {}.",
    "IRC": "Internal Revenue Code, section {}.",
    "ERISA": "Employee Retirement Income Security Act, section {}.",
}


@dataclass(frozen=True)
class Line:
    """One line of the plan in plain words. `readings` are those it rests on."""

    says: str
    cites: tuple[str, ...]
    readings: tuple[str, ...]


@dataclass(frozen=True)
class Box:
    """A box of the form that was checked: its label, what stands above it, and what was written in its blanks."""

    citation: str
    label: str
    above: str
    blanks: tuple[tuple[str, str], ...]


@dataclass(frozen=True)
class Cited:
    """A citation in plain words. `anchor` is its place on the page of the rules, null where it has none."""

    cite: str
    says: tuple[str, ...]
    anchor: str | None


def anchor(cite: str) -> str:
    """The place of a citation on the page of the rules: AA 2.01(b)(1) is at aa-2.01-b-1."""
    return re.sub(r"[^a-z0-9._]+", "-", cite.lower()).strip("-")


@lru_cache(maxsize=16)
def plan_in_lines(plan: Plan) -> Sequence[tuple[str, tuple[Line, ...]]]:
    """Everything that is shown of a plan: headings with their lines, first what nobody has told."""
    others = plan.otherwise_read()
    rests = rests_on(plan.terms, others)
    found = [(UNTOLD, tuple(Line(says, cites, ()) for says, cites in untold_lines(plan.elections, plan.terms)))]
    for heading, lines in lines_shown(plan.terms, others):
        told = (Line(says, tuple(cites), tuple(rests.get((heading, says), ()))) for says, cites in lines)
        found.append((heading, tuple(told)))
    return tuple((heading, lines) for heading, lines in found if lines)


@lru_cache(maxsize=16)
def boxes_checked(plan: Plan) -> Mapping[str, tuple[Box, ...]]:
    """The boxes that the employer checked, by the section's title, in the form's order."""
    form, found = load_form(plan.elections.form), dict[str, list[Box]]()
    for citation in form.fillable:
        if citation not in plan.elections.checked:
            continue
        option, section = form.option.get(citation), form.section_of(citation)
        title = f"{section.citation} {section.title}" if section else citation
        label = section.title if option is None and section else option.label if option else citation
        blanks = tuple((name.replace("_", " "), _blank(value)) for name, value in _blanks(plan, citation).items())
        found.setdefault(title, []).append(Box(citation, label, _above(plan, citation), blanks))
    return {title: tuple(boxes) for title, boxes in found.items()}


def cited(plan: Plan, cites: Sequence[str]) -> list[Cited]:
    """Citations in plain words, in their order."""
    return [Cited(cite, tuple(_says(plan, cite)), _anchor(plan, cite)) for cite in cites]


def _anchor(plan: Plan, cite: str) -> str | None:
    box = _BOX.fullmatch(cite)
    known = cite in catalogue() or (box and box["citation"] in plan.elections.checked)
    return anchor(cite) if known else None


def _says(plan: Plan, cite: str) -> list[str]:
    """The form's label of a box and the plan's own lines that rest on it; of another source what it is."""
    if cite in catalogue():
        return [catalogue()[cite].question]
    form, box = load_form(plan.elections.form), _BOX.fullmatch(cite)
    told = [(heading, line.says) for heading, found in plan_in_lines(plan) for line in found if cite in line.cites]
    provisions = [says for heading, says in told if heading != READINGS]  # how it is read has a page of its own
    lines = provisions or [says for _, says in told]
    if box:
        option, section = form.option.get(box["citation"]), form.section_of(box["citation"])
        label = option.label if option else section.title if section else ""
        checked = " (the box that was checked)" if option and box["citation"] in plan.elections.checked else ""
        return [f"{label}{checked}.", *lines]
    source, _, section_number = cite.partition(" ")
    named = _SOURCES.get(source)
    return [named.format(section_number)] if named else lines


def _above(plan: Plan, citation: str) -> str:
    """The labels of the options that a box stands under, and of the choice it is one of."""
    form, steps = load_form(plan.elections.form), list[str]()
    choice = form.group[form.option[citation].group].label if citation in form.option else ""
    while "(" in citation:
        citation = citation[: citation.rindex("(")]
        if citation in form.option:
            steps.insert(0, form.option[citation].label)
    return ", ".join(dict.fromkeys(filter(None, [*steps, choice])))


def _blanks(plan: Plan, citation: str) -> Mapping[str, object]:
    return plan.elections.checked[citation]


def _blank(value: object) -> str:
    if isinstance(value, Mapping):
        return ", ".join(f"{key}: {_blank(each)}" for key, each in value.items())
    if isinstance(value, list | tuple) and not hasattr(value, "_fields"):
        return ", ".join(map(_blank, value))
    if hasattr(value, "month") and hasattr(value, "_fields"):
        return f"{value.month:02}-{value.day:02}"  # type: ignore[attr-defined]
    return str(value)
