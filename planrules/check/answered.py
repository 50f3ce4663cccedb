"""Findings that somebody answers for in the elections file: shown with the reason, and no longer counted.

A finding that also keeps the file from being loaded cannot be answered for: it has to be corrected.
"""

from collections.abc import Iterable, Sequence

from planrules.acknowledgments import Acknowledgment
from planrules.check.catalogue import finding_kinds
from planrules.check.report import Finding
from planrules.form.load import FORMS, load_form
from planrules.plan.readings import catalogue

_WHERE = "An entry of `acknowledged` names a finding by its code or by a citation that the finding has."


def acknowledged(findings: Sequence[Finding], entries: Iterable[Acknowledgment]) -> list[Finding]:
    """The findings, each with the entry that answers for it, and a finding for every entry that is wrong itself."""
    found, about_entries = list(findings), []
    for entry in entries:
        faults = _faults(entry)
        reached = [at for at, finding in enumerate(found) if not faults and _answers(entry, finding)]
        for at in reached:
            found[at] = found[at].model_copy(update={"acknowledged": entry})
        about_entries += faults or ([] if reached else [_matches_nothing(entry)])
    return found + about_entries


def _answers(entry: Acknowledgment, finding: Finding) -> bool:
    if finding.acknowledged or finding_kinds()[finding.code].family == "file":
        return False
    return entry.finding == finding.code or f"AA {_citation(entry)}" in finding.cites


def _citation(entry: Acknowledgment) -> str:
    return entry.finding.removeprefix("AA ")


def _faults(entry: Acknowledgment) -> list[Finding]:
    form, name = load_form(FORMS[0]), _citation(entry)
    faults = []
    if entry.finding not in finding_kinds() and name not in form.option and name not in form.section:
        what = f"acknowledged: {entry.finding} is neither a code nor a citation of the form"
        faults.append(Finding.of("acknowledgment_unknown", (), what, _WHERE, "Correct the name."))
    if entry.reading is not None and entry.reading not in catalogue():
        what = f"acknowledged, {entry.finding}: {entry.reading} is not a reading"
        why = f"The readings are {', '.join(catalogue())}."
        faults.append(Finding.of("acknowledgment_unknown", (), what, why, "Correct the name, or leave it out."))
    return faults


def _matches_nothing(entry: Acknowledgment) -> Finding:
    what = f"acknowledged: nothing that can be acknowledged is found under {entry.finding}"
    return Finding.of("acknowledgment_idle", (), what, _WHERE, "Take the entry out, or correct its name.")
