"""The pictures of the README and the docs: made with PLANRULES_PICTURES=1, otherwise only tried.

PLANRULES_PICTURES=1 .venv/bin/pytest tests/web/browser/test_screenshots.py
"""

import os
from collections.abc import Callable, Mapping
from pathlib import Path

import pytest
from playwright.sync_api import FloatRect, Page
from web.browser.uploading import BROKEN, IMPORT, LIST, upload
from web.browser.visiting import Visit, Visitor

PICTURES = Path(__file__).parents[3] / "docs" / "pictures"
LARGEST = 150_000
"""Bytes of a picture."""
WIDE, HIGH = 1040, 720


def _answer(visit: Visit) -> Page:
    return visit.sample("joined")


def _timeline(visit: Visit) -> Page:
    page = visit.sample("joined")
    page.locator("#timeline-heading").scroll_into_view_if_needed()
    return page


def _what_if(visit: Visit) -> Page:
    page = visit.sample("part-timer-year-done-late")
    page.fill("#more_hours", "950")
    page.click('button:has-text("Answer with these hours")')
    page.wait_for_selector(".changed")
    page.evaluate("document.activeElement.blur()")
    return page


SHOWN: Mapping[str, tuple[Callable[[Visit], Page], str | None]] = {
    "answer": (_answer, None),
    "timeline": (_timeline, "figure.timeline"),
    "what-if": (_what_if, "#what-if"),
    "reading": (lambda visit: visit.go("/plans/steel-technologies/readings/match_employment_condition"), None),
    "everybody": (lambda visit: visit.go(f"{LIST}&show=missing-data"), None),
    "upload": (lambda v: upload(v, (IMPORT / "census-1996.csv").read_bytes().replace(*BROKEN)), None),
}
"""Each picture: how its page is opened, the part that is shown (null: the top of the page)."""


@pytest.mark.parametrize("name", SHOWN)
def test_the_page_can_be_pictured(visitor: Visitor, name: str) -> None:
    opened, part = SHOWN[name]
    visit = visitor(WIDE)
    page = opened(visit)
    made = _part(page, part) if part else page.screenshot(clip=FloatRect(x=0, y=0, width=WIDE, height=HIGH))
    assert made.startswith(b"\x89PNG")
    assert len(made) < LARGEST
    if os.environ.get("PLANRULES_PICTURES"):
        PICTURES.mkdir(exist_ok=True)
        (PICTURES / f"{name}.png").write_bytes(made)


def _part(page: Page, selector: str) -> bytes:
    return page.locator(selector).first.screenshot()
