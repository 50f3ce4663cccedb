"""Puts what was read together as the content of an elections file."""

from collections.abc import Iterable, Mapping
from typing import Any

from planrules.form.checked import NOTE
from planrules.form.reader.head import source_of
from planrules.form.reader.meanings import distribution_date
from planrules.form.reader.page import Page, Span

Checked = Mapping[str, Mapping[str, Any]]


def assemble(
    page: Page,
    opening: Mapping[str, str],
    checked: Checked,
    marks: Iterable[str],
    spans: Mapping[tuple[str, str], Span],
) -> Mapping[str, Any]:
    """The content of an elections file, without the readings.

    Args:
        page: the agreement.
        opening: what its opening paragraph names.
        checked: the boxes and sections filled in.
        marks: what is marked N/A.
        spans: where each blank's words stand.
    """
    order = {citation: number for number, citation in enumerate(page.form.fillable)}
    found = {
        citation: _in_order(page, citation, checked[citation]) for citation in sorted(checked, key=order.__getitem__)
    }
    signed = found.get("execution", {})
    plan_name = found.get("1.03", {}).get("plan_name")
    employer_name = opening.get("employer_name", signed.get("employer_name"))
    _compare(page, opening, signed.get("employer_name"))
    return {
        "form": page.form.name,
        "employer": _known(name=employer_name, ein=signed.get("employer_ein")),
        "plan": _known(name=plan_name, number=signed.get("plan_number")),
        "source": source_of(page.text, page.agreement.start, plan_name),
        "not_applicable": _in_form_order(page, marks),
        "checked": found,
        "supplements": _supplements(page, found, spans),
    }


def _known(**values: str | None) -> Mapping[str, str]:
    return {key: value for key, value in values.items() if value is not None}


def _in_order(page: Page, citation: str, blanks: Mapping[str, Any]) -> Mapping[str, Any]:
    return {name: blanks[name] for name in [*page.form.blanks_of(citation), NOTE] if name in blanks}


def _in_form_order(page: Page, marks: Iterable[str]) -> list[str]:
    sections = {section.citation: number for number, section in enumerate(page.form.sections)}
    return sorted(marks, key=lambda mark: (sections[mark.partition("(")[0]], mark))


def _compare(page: Page, opening: Mapping[str, str], signed: str | None) -> None:
    """Tells when the opening names another employer than the one that signed, or another basic plan document."""
    at = page.agreement.start, page.agreement.start
    if signed and opening.get("employer_name", signed) != signed:
        says = "the employer is named otherwise where it signed than where the agreement opens, which is taken"
        page.lost(at, "execution", says, signed)
    document = opening.get("basic_plan_document", page.form.basic_plan_document)
    if document != page.form.basic_plan_document:
        says = f"the basic plan document is not #{page.form.basic_plan_document}, on which planrules evaluates"
        page.lost(at, None, says, document)


def _supplements(page: Page, checked: Checked, spans: Mapping[tuple[str, str], Span]) -> Mapping[str, Any]:
    words = checked.get("6.01", {}).get("distribution_date")
    if words is None:
        return {}
    span = spans["6.01", "distribution_date"]
    meaning = distribution_date(words)
    if meaning is None:
        says = "what these words mean is not understood: they are kept, and what depends on them needs a supplement"
        page.confirm(span, "6.01", says, words)
        return {}
    page.confirm(span, "6.01", f"payment is understood to come {_in_words(meaning)}", words)
    return {"6.01": meaning}


def _in_words(meaning: Mapping[str, object]) -> str:
    days = meaning["days_after_separation"]
    wait = f"after {days} days from the separation" if days else "right after the separation"
    others = meaning.get("at_once_from")
    if not isinstance(others, list):
        return wait
    return f"{wait}, and without the wait from {' or '.join(_age_in_words(condition) for condition in others)}"


def _age_in_words(condition: Mapping[str, object]) -> str:
    if condition["age"] == "normal_retirement_age":
        return "Normal Retirement Age"
    years = condition.get("years_of_service")
    return f"age {condition['age']}" + (f" with {years} years of service" if years is not None else "")
