"""Conditions between options: each that the form's data has is found when it is broken, and only then."""

from typing import Any

import pytest
from check.filled import changed, found, lawful

from planrules.form import load_form

FORM = load_form("adoption-agreement-005")
VALUES: dict[str, Any] = {
    "date": "1994-01-01",
    "month_day": "12-31",
    "month_days": ["01-01"],
    "percents": [1],
    "text": "words",
    "texts": ["words"],
    "schedule": {3: 100},
}


def filled(reference: str) -> dict[str, Any]:
    """The box or blank checked, each of its blanks with some value."""
    citation, _, wanted = reference.partition(":")
    blanks = {
        name: blank.values[0] if blank.type == "choice" else VALUES.get(blank.type, 1)
        for name, blank in FORM.blanks_of(citation).items()
        if blank.required or name == wanted
    }
    return {citation: blanks or None}


def cases(kind: str) -> list[tuple[str, str]]:
    return [(each.citation, reference) for each in FORM.option.values() for reference in getattr(each, kind)]


def without(*references: str) -> list[str]:
    """The lawful agreement's boxes at and under these."""
    citations = [reference.partition(":")[0] for reference in references]
    return [key for key in lawful()["checked"] if any(key == cite or key.startswith(f"{cite}(") for cite in citations)]


@pytest.mark.parametrize("citation", sorted({citation for citation, _ in cases("only_with")}))
def test_an_option_without_what_it_needs_is_found(citation: str) -> None:
    needs = FORM.option[citation].only_with
    broken = changed(filled(citation), [each for each in without(*needs) if not each.startswith(citation)])
    assert [cites[0] for code, cites in found(broken) if code == "only_with"].count(f"AA {citation}") == 1


@pytest.mark.parametrize(("citation", "needed"), cases("only_with"))
def test_an_option_with_what_it_needs_is_not_found(citation: str, needed: str) -> None:
    whole = changed(filled(citation) | filled(needed))
    assert [cites for code, cites in found(whole) if code == "only_with" and cites[0] == f"AA {citation}"] == []


@pytest.mark.parametrize(("citation", "other"), cases("required_with"))
def test_an_option_that_another_makes_obligatory_is_found_missing(citation: str, other: str) -> None:
    broken = changed(filled(other), without(citation))
    assert f"AA {citation}" in [cites[0] for code, cites in found(broken) if code == "required_with"]
    whole = changed(filled(other) | filled(citation))
    assert [cites for code, cites in found(whole) if code == "required_with" and cites[0] == f"AA {citation}"] == []


@pytest.mark.parametrize(("citation", "other"), cases("not_with"))
def test_options_that_exclude_each_other_are_found(citation: str, other: str) -> None:
    both = changed(filled(citation) | filled(other))
    assert ("not_with", (f"AA {citation}", f"AA {other.partition(':')[0]}")) in found(both)
    alone = changed(filled(citation))
    assert [cites for code, cites in found(alone) if code == "not_with" and cites[0] == f"AA {citation}"] == []
