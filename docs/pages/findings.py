"""docs/reference/findings.md: every finding of `planrules check`, by its code."""

from collections.abc import Iterator

from pages.markdown import code, table
from pages.markdown import page as made
from pages.models import fields_of
from planrules.check import Finding, Report, finding_kinds
from planrules.check.across import rules
from planrules.check.texts import limited_texts

INTRODUCTION = """
What [`planrules check`](../how-to/check-an-agreement.md) can find. An *error* breaks the form or the law and makes the
check fail; a *warning* wants a look; a *note* says what could not be checked. The codes are stable.
"""
FAMILIES = {
    "file": "The file itself",
    "form": "The form's own rules",
    "contradiction": "Options that contradict each other",
    "law": "The law of the plan's day",
    "acknowledgment": "Entries of `acknowledged`",
}
ABOUT = {
    "file": "These also keep the plan from being loaded, and nobody can answer for them: they have to be corrected.",
    "form": "They follow from the form's data alone: its rules of choice and the conditions between its options.",
    "law": "The law is that of the Effective Date, or of the day given with `--as-of`.",
}


def page() -> str:
    """Every kind of finding, and the fields of a report."""
    parts = [part for family, title in FAMILIES.items() for part in _family(family, title)]
    texts = table(
        ["free text", "what cannot be told from its words", "what is asked for"],
        [(code(option), text.what, f"{text.limit} ({', '.join(text.cites)})") for option, text in limited_texts().items()],
    )
    return made(
        "Findings",
        INTRODUCTION,
        *parts,
        "## Free text that is pointed out",
        "Unless a supplement gives the meaning, or the words are understood.",
        texts,
        *(fields_of(each) for each in (Report, Finding)),
    )


def _family(family: str, title: str) -> Iterator[str]:
    rows = [
        (code(name), kind.severity, kind.means + _cited(name))
        for name, kind in finding_kinds().items()
        if kind.family == family
    ]
    yield f"## {title}"
    if family in ABOUT:
        yield ABOUT[family]
    yield table(["code", "severity", "what is wrong"], rows)


def _cited(name: str) -> str:
    return f" ({', '.join(rules[name][0])})" if name in rules else ""
