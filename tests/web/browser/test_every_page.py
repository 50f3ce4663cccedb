"""Every page: axe finds nothing, at any width nothing has to be scrolled sideways but a table, and scripts stay quiet.

A page is opened once and looked at in every width: that of a desktop, of a phone, and of a desktop at 400 per cent.
"""

from collections.abc import Callable, Mapping

import pytest
from playwright.sync_api import Page
from web.browser.uploading import BROKEN, IMPORT, LIST, upload
from web.browser.visiting import DESKTOP, PHONE, ZOOMED, Visit


def _refused_facts(visit: Visit) -> Page:
    visit.go("/plans/steel-technologies/facts")
    return visit.follow(".actions button")


def _of_case(name: str, ending: str) -> Callable[[Visit], Page]:
    def opened(visit: Visit) -> Page:
        visit.sample(name)
        return visit.go(visit.page.url.removeprefix(visit.base) + ending)

    return opened


def _supposed(visit: Visit) -> Page:
    page = visit.sample("part-timer-year-done-late")
    page.fill("#more_hours", "600")
    page.click('button:has-text("Answer with these hours")')
    page.wait_for_selector(".changed")
    return page


def _nothing_here(visit: Visit) -> Page:
    visit.page.goto(f"{visit.base}/nothing/here")
    return visit.page


def _refused_upload(visit: Visit) -> Page:
    visit.go("/upload")
    return visit.follow('button:has-text("Read the files")')


PAGES: Mapping[str, Callable[[Visit], Page]] = {
    "start": lambda visit: visit.go("/"),
    "facts": lambda visit: visit.go("/plans/steel-technologies/facts"),
    "facts with mistakes": _refused_facts,
    "check": _of_case("joined", "/check"),
    "answer": lambda visit: visit.sample("joined"),
    "answer with data missing": lambda visit: visit.sample("hours-missing"),
    "answer after leaving": lambda visit: visit.sample("left-at-57"),
    "what if": _supposed,
    "other readings": _of_case("joined", "/readings"),
    "letter": _of_case("joined", "/letter"),
    "draft of a denial": _of_case("small-balance-left-at-40", "/denial"),
    "rules": lambda visit: visit.go("/plans/steel-technologies/rules"),
    "versions": lambda visit: visit.go("/plans/steel-technologies/versions"),
    "reading": lambda visit: visit.go("/plans/steel-technologies/readings/match_employment_condition"),
    "reading that makes no difference": lambda visit: visit.go("/plans/steel-technologies/readings/nearest_entry_tie"),
    "day": lambda visit: visit.go("/everybody"),
    "list": lambda visit: visit.go(LIST),
    "list of nobody": lambda visit: visit.go(f"{LIST}&show=early"),
    "upload": lambda visit: visit.go("/upload"),
    "upload with mistakes": _refused_upload,
    "uploaded with defects": lambda visit: upload(visit, (IMPORT / "census-1996.csv").read_bytes().replace(*BROKEN)),
    "error": _nothing_here,
}


@pytest.mark.parametrize("name", PAGES)
def test_nobody_is_shut_out(visit: Visit, name: str) -> None:
    page = PAGES[name](visit)
    assert page.title()
    assert page.locator("h1").count() == 1
    page.locator("details").evaluate_all("all => all.forEach(each => { each.open = true; })")
    for width in (DESKTOP, PHONE, ZOOMED):
        page.set_viewport_size({"width": width, "height": 900})
        assert visit.overflow() == 0, width
        if width != ZOOMED:
            assert visit.violations() == [], width


def test_what_shuts_somebody_out_is_found(visit: Visit) -> None:
    page = visit.go("/")
    page.evaluate(
        "document.querySelector('main').insertAdjacentHTML('beforeend', '<input><img src=\"/static/icon.svg\">')"
    )
    assert {each.partition(":")[0] for each in visit.violations()} >= {"label", "image-alt"}
    page.evaluate("document.querySelector('main').style.minWidth = '3000px'")
    assert visit.overflow() > 0


def test_what_a_page_must_not_do_is_noted(visit: Visit) -> None:
    page = visit.go("/")
    page.evaluate("console.error('broken'); fetch('http://127.0.0.1:9/').catch(() => 0)")
    page.wait_for_timeout(200)
    assert any("broken" in note for note in visit.noted)
    assert any("Content Security Policy" in note or "request:" in note for note in visit.noted)
    visit.noted.clear()
