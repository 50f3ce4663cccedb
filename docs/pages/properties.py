"""docs/reference/properties.md: what holds for everybody in any plan, and what later facts may change."""

from pages.markdown import code, table
from pages.markdown import page as made
from planrules.testing import PROPERTIES
from planrules.testing.properties.anybody import changes
from planrules.testing.variants import VARIANTS

INTRODUCTION = """
What [`planrules prove`](../how-to/prove-a-plan.md) holds against every answer. A property is worked out from the person's
facts and the plan's terms, or from the law on file, and not by the rule that it checks. A field of a ledger is named with
the ledger before it.
"""
SECTIONS = {
    "any_plan": "What a later day may change",
    "one_year_hold_out": "What it may change besides, where the one-year hold-out is elected",
}


def page() -> str:
    """Every property, the variants of a person, and the fields that may change."""
    rows = [
        (code(each.name), each.statement, "; ".join(each.cites), ", ".join(code(name) for name in each.reads))
        for each in PROPERTIES
    ]
    variants = [(code(each.name), each.says) for each in VARIANTS.values()]
    changing = [
        part
        for section, title in SECTIONS.items()
        for part in (
            f"## {title}",
            table(["field", "why"], [(code(name), why) for name, why in changes()[section].items()]),
        )
    ]
    return made(
        "Properties",
        INTRODUCTION,
        table(["property", "what it states", "by", "reads"], rows),
        "## Variants",
        "Some properties compare the answer with that to a changed question.",
        table(["variant", "what is changed"], variants),
        *changing,
    )
