"""Runs every check on one elections file and puts the findings together."""

from collections.abc import Iterator, Mapping
from datetime import date
from pathlib import Path
from typing import Any

from planrules.check.across import contradictions
from planrules.check.answered import acknowledged
from planrules.check.backstop import backstop_findings
from planrules.check.choices import choice_findings
from planrules.check.conditions import condition_findings
from planrules.check.entry import entry_findings
from planrules.check.legal import LawOfADay, law_of
from planrules.check.minimums import integration_findings, vesting_findings
from planrules.check.report import Finding, Report
from planrules.check.sheet import Sheet
from planrules.check.texts import text_findings
from planrules.check.wording import day_words
from planrules.elections import Draft, parse_draft, read_draft
from planrules.errors import Problem
from planrules.form import load_form
from planrules.plan.readings import unknown_choices

_GRAVEST_FIRST = ("error", "warning", "note")


def check_elections(source: str | Path | Mapping[str, Any], *, as_of: date | None = None) -> Report:
    """Everything that is wrong with one employer's elections.

    Args:
        source: the elections file, or its parsed content.
        as_of: hold the terms against the law of this day; without it, of the plan's Effective Date.

    Raises:
        FileError: the file cannot be read, is not YAML or holds no mapping.
    """
    draft = parse_draft(source, "elections") if isinstance(source, Mapping) else read_draft(source)
    law = None
    findings = [_from_problem(problem, draft.where) for problem in (*draft.problems, *_readings(draft))]
    if "checked" in draft.found:
        sheet = Sheet(load_form(draft.found["form"]), draft)
        law = law_of(sheet, as_of)
        findings += [*_of_sheet(sheet), *_of_law(sheet, law)]
    findings = acknowledged(findings, draft.found["acknowledged"])
    ordered = sorted(findings, key=lambda found: _GRAVEST_FIRST.index(found.severity))
    return Report(elections=draft.where, law_of=law.day if law else None, findings=tuple(ordered))


def _of_sheet(sheet: Sheet) -> Iterator[Finding]:
    yield from choice_findings(sheet)
    yield from condition_findings(sheet)
    yield from contradictions(sheet)
    yield from text_findings(sheet)


def _of_law(sheet: Sheet, law: LawOfADay | None) -> Iterator[Finding]:
    if law is None:
        what = "The terms were not held against the law of a day"
        why = "That takes a Plan Year (1.17) and an Effective Date (1.18) or another day."
        do = "Fill them in; give a Plan Year of 1.17(b) under `supplements`."
        yield Finding.of("law_not_applied", ("AA 1.17", "AA 1.18"), what, why, do)
        return
    if not law.on_file:
        what = f"The terms were not held against the law of {day_words(law.day)}, which is not on file"
        do = "Give a later day whose law they should be held against."
        yield Finding.of("law_not_applied", ("AA 1.18",), what, "Nothing is assumed about law not on file.", do)
        return
    yield from entry_findings(sheet, law)
    yield from vesting_findings(sheet, law)
    yield from integration_findings(sheet, law)
    yield from backstop_findings(sheet)


def _readings(draft: Draft) -> list[Problem]:
    return unknown_choices(draft.found["readings"])


def _from_problem(problem: Problem, where: str) -> Finding:
    """The finding of a problem that also keeps the file from being loaded."""
    place = problem.where.removeprefix(f"{where}, ")
    what = problem.what if problem.what.startswith(f"{place} ") else f"{place}: {problem.what}"
    return Finding.of(problem.code, problem.cites, what, problem.why, problem.do)
