"""The documentation says what the program does: generated pages are fresh, every shown block runs, every link leads."""

import os
import re
import subprocess
import sys
from collections.abc import Iterator
from pathlib import Path

import pytest

ROOT = Path(__file__).resolve().parents[1]
DOCS = ROOT / "docs"
sys.path.insert(0, str(DOCS))  # the pages are written by docs/pages, which is no part of the package

import pages  # noqa: E402
from pages import blocks, commands, examples  # noqa: E402

STALE = "is stale: run `python docs/regenerate.py` and look at what it changed"
HAND_WRITTEN = [page for page in pages.written() if page.exists()]
EVERY_PAGE = [*HAND_WRITTEN, *pages.generated()]


def named(page: Path) -> str:
    return pages.place(page)


def prose(page: Path) -> str:
    """The page without its fenced blocks."""
    return blocks.FENCE.sub("", page.read_text("utf-8"))


def anchors(page: Path) -> set[str]:
    """The anchors of the page's headings, as GitHub makes them."""
    headings = re.findall(r"^#+ (.+)$", prose(page), re.MULTILINE)
    return {re.sub(r"[^\w\- ]", "", heading.lower()).replace(" ", "-") for heading in headings}


def links(page: Path) -> Iterator[tuple[str, str]]:
    """The page's links to other files, each with its anchor."""
    for link in re.findall(r"\]\(([^)\s]+)\)", prose(page)):
        if not re.match(r"[a-z]+:", link):
            place, _, anchor = link.partition("#")
            yield place, anchor


@pytest.mark.parametrize("page", pages.generated(), ids=named)
def test_what_is_written_from_the_program_is_fresh(page: Path) -> None:
    assert page.exists(), f"{named(page)} {STALE}"
    assert page.read_text("utf-8") == pages.generated()[page](), f"{named(page)} {STALE}"


@pytest.mark.parametrize("page", EVERY_PAGE, ids=named)
def test_every_block_runs_and_shows_what_it_prints(page: Path) -> None:
    text = page.read_text("utf-8")
    assert text == blocks.refreshed(text, ROOT), f"{named(page)} {STALE}"


@pytest.mark.parametrize("page", EVERY_PAGE, ids=named)
def test_every_link_leads_somewhere(page: Path) -> None:
    for place, anchor in links(page):
        target = (page.parent / place).resolve() if place else page
        assert target.exists(), place
        assert not anchor or anchor in anchors(target), f"{place}#{anchor}"


@pytest.mark.parametrize("page", HAND_WRITTEN, ids=named)
def test_every_path_named_exists(page: Path) -> None:
    named_paths = re.findall(r"`((?:planrules|tests|docs|elections|\.ci)/[\w./*-]*)`", prose(page))
    assert [path for path in named_paths if not any(ROOT.glob(path))] == []


def test_the_readme_has_two_commands() -> None:
    text = (ROOT / "README.md").read_text("utf-8")
    section = re.search(r"^## Two commands$(.*?)(?=^## |\Z)", text, re.MULTILINE | re.DOTALL)
    assert section is not None
    assert [fence["kind"] for fence in blocks.FENCE.finditer(section[1])] == ["sh", "sh"]


def test_every_sample_person_is_in_the_table() -> None:
    people = {file.stem for file in (DOCS / "examples").glob("*.json")}
    assert people == {example["file"] for example in examples.examples()}


def test_decisions_are_numbered_through() -> None:
    numbers = [int(file.name[:4]) for file in sorted((DOCS / "decisions").glob("*.md"))]
    assert numbers == list(range(1, len(numbers) + 1))


@pytest.mark.parametrize("name", commands.names())
def test_the_example_in_the_help_runs(name: str, tmp_path: Path) -> None:
    example = re.fullmatch(r"Example: `planrules (.+)`", commands.closing(name))
    assert example is not None, f"the help of {name} has no example"
    for folder in ("docs", "elections"):
        (tmp_path / folder).symlink_to(ROOT / folder)
    program = Path(sys.executable).parent / "planrules"
    done = subprocess.run(  # noqa: S603  our own program
        [program, *example[1].split()], cwd=tmp_path, env=os.environ, capture_output=True, check=False, timeout=60
    )
    assert done.returncode == 0, done.stderr
