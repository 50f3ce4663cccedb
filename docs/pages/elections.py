"""docs/reference/elections.md and form.md: the keys of an elections file, and every citation it may have."""

from collections.abc import Iterator

from pydantic import BaseModel

from pages.markdown import code, table
from pages.markdown import page as made
from pages.models import fields_of
from planrules import elections
from planrules.acknowledgments import Acknowledgment
from planrules.form import values
from planrules.form.load import FORMS, load_form
from planrules.form.model import Blank, Group, Option, Section
from planrules import supplements
from planrules.plan.scope import scope
from planrules.supplements import SUPPLEMENTS

Models = tuple[type[BaseModel], ...]

INTRODUCTION = """
An elections file is one employer's adoption agreement as YAML: one mapping from the citation of each checked box to
what was written in its blanks. It reads like the form and its keys are the citations that answers quote. What is not
there was not checked. An unknown key, citation, blank or value is refused, and all problems are listed at once.
[The sample plan's file](../../elections/steel-technologies.yaml) shows every part; [the form](form.md) lists every
citation and blank.

A box without blanks has nothing after its colon. A section that has blanks but no box is filled under its bare number
in quotes (`"1.29"`). A note typed beside a box is written `note:` among its blanks. Some valid elections are not
evaluated: such a plan is refused with `UnsupportedElectionError`, never guessed.
"""
ANSWERED = """
`planrules check` reports what breaks the form or the law. A finding that the employer has looked at and answers for is
listed under `acknowledged`: it stays in the report with its reason and no longer makes the check fail. A finding that
keeps the file from being loaded cannot be answered for. No answer about a person depends on these entries.
"""
RULES = {
    "exactly_one": "choose one",
    "at_least_one": "choose at least one",
    "any_combination": "choose any",
    "sole_or_some": "choose {sole} alone, or some of the others",
    "all": "complete each",
}


def page() -> str:
    """The keys of the file."""
    parts: Models = (elections.Elections, elections.Employer, elections.PlanIdentity)
    types = (values.__doc__ or "").partition("\n\n")[2]
    return made(
        "The elections file",
        INTRODUCTION,
        *(fields_of(each) for each in parts),
        "## Supplements",
        "What free text written in a blank means, in structure, under the citation of its option.",
        table(["option", "supplement"], [(code(cite), kind.__name__) for cite, kind in SUPPLEMENTS.items()]),
        *(fields_of(each).replace("## ", "### ", 1) for each in _supplement_models()),
        "## Findings that somebody answers for",
        ANSWERED,
        fields_of(Acknowledgment).replace("## ", "### ", 1),
        "## What may be written in a blank",
        table(["type of blank", "becomes"], _types(types)),
        "## What is evaluated",
        "An agreement with any other box checked is refused by name; other words in the blanks below leave answers open.",
        f"Evaluated: {', '.join(code(option) for option in sorted(scope().evaluated))}.",
        f"Told by `planrules show`, without effect on an answer: {', '.join(map(code, sorted(scope().shown)))}.",
        table(
            ["no answer depends on", "options"],
            [
                (why, ", ".join(code(option) for option in sorted(options)))
                for why, options in scope().no_effect.items()
            ],
        ),
        table(
            ["words that are understood", "in the blank"],
            [
                *(
                    (words, f"{code(option)}, {blank}")
                    for option, blanks in scope().meanings.items()
                    for blank, known in blanks.items()
                    for words in known
                ),
                *((words, "a distribution date of 6.01 or 6.03") for words in scope().distribution_dates),
            ],
        ),
    )


def _supplement_models() -> Models:
    """Every shape of a supplement, in the order of the options, then those inside them."""
    found = dict.fromkeys(SUPPLEMENTS.values())
    inner = dict.fromkeys((supplements.ExceptedSpan, supplements.AtOnceFrom))
    return (*found, *inner)


def form_page() -> str:
    """Every section of the form with its options and blanks, in our words."""
    found = load_form(FORMS[0])
    boxes = sum(option.box for option in found.option.values())
    introduction = (
        f"{found.title}, on basic plan document #{found.basic_plan_document}: every citation that an elections file "
        "may have as a key. The labels are our own words; the form's sentences are not reproduced.\n\n"
        f"The form prints {boxes} boxes, and each is an option here, in the same order under the same letter: none is "
        "missing and none added. An option whose citation is not marked as code has no box; it heads the options below it."
    )
    return made(f"The form: {found.name}", introduction, *(_section(section) for section in found.sections))


def _types(text: str) -> Iterator[tuple[str, str]]:
    flat = " ".join(text.split()).split(" Never a float")[0].rstrip(".")
    for entry in flat.split(" · "):
        names, _, becomes = entry.partition(": ")
        yield ", ".join(code(name) for name in names.split(", ")), becomes


def _section(section: Section) -> str:
    rows = [(code(section.citation), "the section's own blanks", _blanks(section.blanks))] if section.blanks else []
    rows += [row for group in section.groups for row in _group(group)]
    body = table(["citation", "label", "blanks"], rows) if rows else "No elections."
    facts = [section.note or "", *_marks(optional=section.optional, na_allowed=section.na_allowed)]
    said = " ".join(fact if fact.endswith(".") else f"{fact[0].upper()}{fact[1:]}." for fact in facts if fact)
    return "\n\n".join(part for part in (f"## {section.citation} {section.title}", said, body) if part)


def _group(group: Group) -> Iterator[tuple[str, str, str]]:
    note = f" ({group.note})" if group.note else ""
    yield "", f"*{group.label}: {'; '.join(_rules(group))}*{note}", ""
    for option in group.options:
        said = [*_conditions(option), *([option.note] if option.note else [])]
        yield _citation(option), option.label + "".join(f" ({each})" for each in said), _blanks(option.blanks)
        for inner in option.groups:
            yield from _group(inner)


def _rules(group: Group) -> Iterator[str]:
    """How many options may be chosen, which stand alone or only beside others, and when the group applies."""
    choose = group.choose
    yield RULES[choose.rule].format(sole=_or(choose.sole) if choose.sole else "")
    if choose.additional:
        yield f"{_or(choose.additional)} only in addition"
    if choose.when:
        yield f"applies with {_or(choose.when)}"
    if choose.unless:
        yield f"does not apply with {_or(choose.unless)}"
    yield from _marks(optional=choose.optional, na_allowed=choose.na_allowed)


def _conditions(option: Option) -> Iterator[str]:
    """What an option needs, follows from or excludes elsewhere on the form."""
    for words, references in (
        ("only with", option.only_with),
        ("needed with", option.required_with),
        ("not with", option.not_with),
    ):
        if references:
            yield f"{words} {_or(references)}"
    yield from _marks(optional=False, na_allowed=option.na_allowed)


def _marks(*, optional: bool, na_allowed: bool) -> Iterator[str]:
    if optional:
        yield "may be left out"
    if na_allowed:
        yield "may be marked N/A"


def _or(references: tuple[str, ...]) -> str:
    """Options, and blanks after a colon, as a sentence lists them."""
    named = [reference.replace(":", " ") for reference in references]
    return " or ".join(part for part in (", ".join(named[:-1]), named[-1]) if part)


def _citation(option: Option) -> str:
    return code(option.citation) if option.box or option.blanks else option.citation


def _blanks(blanks: tuple[Blank, ...]) -> str:
    return "; ".join(f"{code(blank.name)} ({', '.join(_facts(blank))})" for blank in blanks)


def _facts(blank: Blank) -> Iterator[str]:
    """Type, unit and limits of a blank, and whether it may stay empty."""
    yield blank.type
    if blank.unit:
        yield blank.unit
    if blank.min is not None:
        yield f"at least {blank.min}"
    if blank.max is not None:
        yield f"at most {blank.max}"
    if blank.last_row is not None:
        yield f"rows up to {blank.last_row} or more years"
    if blank.values:
        yield f"one of {', '.join(blank.values)}"
    if blank.pattern:
        yield f"of the form {code(blank.pattern)}"
    if not blank.required:
        yield "may stay empty"
