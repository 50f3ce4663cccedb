"""From the start to an answer: by keyboard alone, in few steps, at once, and without JavaScript."""

import re

import pytest
from playwright.sync_api import expect
from web.browser.visiting import DESKTOP, PHONE, Visit, Visitor

HEADLINE = "#participation .headline"
_TWO_MINUTES_OF_KEYS = 200
"""Keys that somebody presses in two minutes without hurry."""
_RENDERED = 300
"""Milliseconds within which a page is there."""


def type_date(visit: Visit, field: str, month: str, day: str, year: str) -> int:
    """Types a day into three boxes, from one to the next; gives how many keys that took."""
    keys = visit.tab_to(f"#{field}-month")
    for number, part in enumerate((month, day, year)):
        if number:
            visit.page.keyboard.press("Tab")
        visit.page.keyboard.type(part)
    return keys + 2 + len(month + day + year)


def test_the_answer_is_reached_by_keyboard_alone_in_two_minutes(visit: Visit) -> None:
    page, keys = visit.go("/"), 0
    keys += visit.tab_to('main a[href$="/facts"]')
    visit.press("Enter")
    expect(page.locator("h1")).to_have_text("Facts about one person")
    keys += type_date(visit, "as_of", "12", "31", "1995")
    keys += visit.tab_to("#employee_id")
    page.keyboard.type("E1")
    keys += type_date(visit, "spell-1-start", "10", "15", "1994")
    for choice in ("#spell-1-ended", "#classes_known", "#hours_known"):
        keys += visit.tab_to(choice)
        page.keyboard.press("Space")
        expect(page.locator(choice)).to_be_checked()
    keys += type_date(visit, "hours-1-start", "10", "15", "1994")
    keys += type_date(visit, "hours-1-end", "10", "14", "1995")
    keys += visit.tab_to("#hours-1-hours")
    page.keyboard.type("1040")
    keys += visit.tab_to("#birth_date-unknown")
    page.keyboard.press("Space")
    keys += visit.tab_to(".actions button")
    visit.press("Enter")
    expect(page.locator("h1")).to_have_text("Check your answers")
    expect(page.locator("main")).to_contain_text("October 15, 1994")
    expect(page.locator("main")).to_contain_text("1,040")
    keys += visit.tab_to("main a.button")
    visit.press("Enter")
    expect(page.locator(HEADLINE)).to_have_text("E1 joins the Plan on January 1, 1996, if nothing changes until then.")
    assert keys < _TWO_MINUTES_OF_KEYS


def test_a_sample_person_is_answered_for_within_four_interactions(visit: Visit) -> None:
    page = visit.go("/")  # one: the address that `planrules serve` says
    page.keyboard.press("Tab")  # nothing has to be closed or accepted first
    visit.follow('button[name="sample"][value="joined"]')  # two
    expect(page.locator(HEADLINE)).to_have_text("E1001 joined the Plan on January 1, 1996.")
    page.locator("#participation details.cites summary").first.click()  # three: the reason's own words
    expect(page.locator("#participation details.cites[open] dd").first).not_to_be_empty()


@pytest.mark.parametrize("width", [DESKTOP, PHONE])
def test_the_answer_is_there_at_once(visitor: Visitor, width: int) -> None:
    page = visitor(width).sample("joined")
    took = []
    for _ in range(5):
        page.reload(wait_until="load")
        took.append(page.evaluate("performance.getEntriesByType('navigation')[0].loadEventEnd"))
    assert 0 < min(took) < _RENDERED


def test_the_skip_link_leads_past_the_navigation(visit: Visit) -> None:
    page = visit.go("/")
    page.keyboard.press("Tab")
    expect(page.locator(":focus")).to_have_text("Skip to the main content")
    page.keyboard.press("Enter")
    expect(page.locator(":focus")).to_have_id("main")


def test_a_mistake_takes_the_focus_to_the_summary_and_a_link_to_the_field(visit: Visit) -> None:
    page = visit.go("/plans/steel-technologies/facts")
    visit.tab_to(".actions button")
    visit.press("Enter")
    summary = page.locator(".errors")
    expect(summary).to_be_focused()
    first = summary.locator("a").first
    target = first.get_attribute("href") or ""
    said = first.inner_text()
    page.keyboard.press("Tab")
    page.keyboard.press("Enter")
    expect(page.locator(":focus")).to_have_id(target.removeprefix("#"))
    expect(page.locator(".error", has_text=said)).to_have_count(1)


def test_everything_works_without_javascript(visitor: Visitor) -> None:
    visit = visitor(scripts=False)
    page = visit.sample("joined")
    expect(page.locator(HEADLINE)).to_have_text("E1001 joined the Plan on January 1, 1996.")
    page.fill("#more_hours", "600")
    visit.follow('button:has-text("Answer with these hours")')
    expect(page.locator(".changed")).to_be_visible()
    visit.go("/everybody")
    for box, typed in (("month", "12"), ("day", "31"), ("year", "1995")):
        page.fill(f"#{box}", typed)
    visit.follow('button:has-text("Show the list")')
    assert re.search(r"as_of=1995-12-31$", page.url)
    expect(page.locator("table.people tbody tr")).to_have_count(12)
