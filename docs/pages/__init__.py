"""How the documentation is made from the program.

`generated()` gives the pages that are written whole; `blocks.refreshed` runs the fenced blocks of a page and puts in
what they print. `docs/regenerate.py` writes both, and `tests/test_docs.py` checks that they are up to date.
"""

from collections.abc import Callable, Iterator, Mapping
from pathlib import Path

from pages import (
    blocks,
    commands,
    conventions,
    elections,
    errors,
    examples,
    findings,
    limits,
    mapping,
    models,
    properties,
    readings,
    rules,
)

ROOT = Path(__file__).resolve().parents[2]
DOCS = ROOT / "docs"


def generated() -> Mapping[Path, Callable[[], str]]:
    """The pages written whole, each with what writes it."""
    reference = {
        "rules": rules.page,
        "readings": readings.page,
        "cli": commands.page,
        "person": models.person_page,
        "mapping": mapping.page,
        "answer": models.answer_page,
        "elections": elections.page,
        "form": elections.form_page,
        "plan-facts": models.plan_facts_page,
        "errors": errors.page,
        "findings": findings.page,
        "limits": limits.page,
        "properties": properties.page,
        "conventions": conventions.page,
    }
    pages = {DOCS / "reference" / f"{name}.md": write for name, write in reference.items()}
    return {**pages, DOCS / "examples" / "README.md": examples.page}


def written() -> list[Path]:
    """The pages written by hand, the README first."""
    whole = generated()
    return [ROOT / "README.md", *sorted(page for page in DOCS.rglob("*.md") if page not in whole)]


def fresh_pages() -> Iterator[tuple[Path, str]]:
    """Every page with its text as it should be now."""
    for page, write in generated().items():
        yield page, write()
    for page in written():
        yield page, blocks.refreshed(page.read_text("utf-8"), ROOT)


def place(page: Path) -> str:
    """The page's path within the project."""
    return page.relative_to(ROOT).as_posix()
