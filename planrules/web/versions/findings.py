"""What is wrong with elections that were sent, with a JSON pointer to each place."""

import re
from collections.abc import Iterator, Mapping, Sequence
from typing import Any

from planrules.check import Report
from planrules.errors import Problem
from planrules.web.safety.refusals import PointedProblem
from planrules.web.versions.document import ELECTIONS, FACTS

_BETWEEN, _NUMBER = " ,.:", re.compile(r"[0-9]{1,6}")
_CHECKED = "checked"
_FROM_ONE = "acknowledged"
"""The list whose entries are counted from 1 where they are told."""


def unlawful(report: Report, elections: object) -> Sequence[PointedProblem]:
    """The errors of `planrules check` that nobody has acknowledged."""
    return [
        PointedProblem(
            what=found.what,
            where=f"{ELECTIONS}, {', '.join(found.cites)}" if found.cites else ELECTIONS,
            why=found.why,
            do=found.do,
            code=found.code,
            cites=found.cites,
            pointer=next(_cited(found.cites, elections), f"/{ELECTIONS}"),
        )
        for found in report.open_errors
    ]


def _cited(cites: Sequence[str], elections: object) -> Iterator[str]:
    checked = elections.get(_CHECKED) if isinstance(elections, Mapping) else None
    for cite in cites:
        citation = cite.removeprefix("AA ")
        if isinstance(checked, Mapping) and citation in checked:
            yield f"/{ELECTIONS}/{_CHECKED}/{_escaped(citation)}"


def pointed(problems: Sequence[Problem], given: Mapping[str, Any]) -> Sequence[PointedProblem]:
    """The problems of elections and facts, each with a pointer as deep into what was sent as its words lead."""
    return [
        each
        if isinstance(each, PointedProblem)
        else PointedProblem(
            each.what, each.where, each.why, each.do, each.code, each.cites, _pointer(each.where, given)
        )
        for each in problems
    ]


def _pointer(where: str, given: Mapping[str, Any]) -> str:
    """The pointer to a place that is told in words: elections, 2.01(f) each."""
    part = FACTS if where.startswith(FACTS) else ELECTIONS
    words, inside = where.removeprefix(part).lstrip(_BETWEEN), given.get(part)
    steps = list(_steps(words, inside))
    checked = inside.get(_CHECKED) if isinstance(inside, Mapping) else None
    if not steps and (found := list(_steps(words, checked))):
        steps = [_CHECKED, *found]
    return "".join(f"/{_escaped(step)}" for step in (part, *steps))


def _steps(words: str, inside: object, above: str = "") -> Iterator[str]:
    """The names and numbers that lead from here to the place, as far as what was sent has them."""
    if (step := _step(words, inside, above)) is not None:
        told, name, within = step
        yield name
        yield from _steps(words.removeprefix(told).lstrip(_BETWEEN), within, name)


def _step(words: str, inside: object, above: str) -> tuple[str, str, object] | None:
    """How the next step is told, its name or place in what was sent, and what is there; null where there is none."""
    if isinstance(inside, Mapping):
        name = max((each for each in inside if _begins(words, each)), key=len, default=None)
        return None if name is None else (name, name, inside[name])
    number = _NUMBER.match(words)
    if isinstance(inside, list) and number is not None:
        place = int(number[0]) - (above == _FROM_ONE)
        return (number[0], str(place), inside[place]) if place in range(len(inside)) else None
    return None


def _begins(words: str, name: str) -> bool:
    """Whether words begin with a name, and go on with something that is no part of it."""
    return bool(name) and words.startswith(name) and (len(words) == len(name) or words[len(name)] in _BETWEEN)


def _escaped(step: str) -> str:
    return step.replace("~", "~0").replace("/", "~1")
