"""The answer's page: the picture against its table, what if, print and the letter."""

import re
from io import BytesIO

import pytest
from playwright.sync_api import Page, Route, expect
from pypdf import PdfReader
from web.browser.visiting import PHONE, Visit, Visitor

NO_PANGO = 501
SAMPLES = ("joined", "left-at-57", "part-timer-year-done-late", "hours-missing", "left-the-bargaining-unit")


def rows(page: Page) -> list[list[str]]:
    """The timeline's table: what, from, through, detail."""
    found: list[list[str]] = page.locator("details:has(caption:text-is('Timeline')) tbody tr").evaluate_all(
        "rows => rows.map(row => [...row.cells].map(cell => cell.textContent.trim()))"
    )
    return found


def drawn(page: Page) -> list[str]:
    """What stands in the picture, as text."""
    found: list[str] = page.locator("figure.timeline svg text").evaluate_all(
        "all => all.map(t => t.textContent.trim())"
    )
    return found


@pytest.mark.parametrize("name", SAMPLES)
def test_the_picture_says_what_its_table_and_its_paragraph_say(visit: Visit, name: str) -> None:
    page = visit.sample(name)
    told, words = rows(page), drawn(page)
    measured = [row for row in told if row[0] == "Measuring year"]
    assert measured
    for row in measured:
        hours = row[3].partition(" of ")[0]
        sign = {"a Year of Service": "✓", "too few hours": "✗", "not over yet": "…", "hours not known": "?"}
        shown = sign[row[3].rpartition(": ")[2]]
        assert any(text.startswith(shown) and (hours in text or text == shown) for text in words) or (
            hours == "?" and any(text in {"?", "hours not known"} for text in words)
        ), row
    for row in told:
        if row[1] == row[2] and row[0] != "Measuring year":
            assert any(row[1] in text for text in words), row
    title = page.locator("figure.timeline svg title").first.text_content() or ""
    assert title.startswith("Timeline of ")
    said = page.locator("figure.timeline figcaption").inner_text()
    assert page.locator("figure.timeline svg desc").text_content() == said
    assert all(row[1] in said for row in told if row[1] == row[2] and row[0] != "Measuring year")


def test_nothing_is_told_by_colour_alone(visit: Visit) -> None:
    page = visit.sample("joined")
    for status in page.locator(".status").all():
        assert status.inner_text().strip()
    assert any(text.startswith("✓") for text in drawn(page))


def test_more_hours_are_answered_at_once_and_the_page_stays(visit: Visit) -> None:
    page = visit.sample("part-timer-year-done-late")
    before = page.locator("#participation .headline").inner_text()
    address = page.url
    page.fill("#more_hours", "2000")
    page.click('button:has-text("Answer with these hours")')
    changed = page.locator(".changed")
    expect(changed).to_be_focused()
    expect(changed.locator("tbody tr").first).to_be_visible()
    assert page.url == address
    assert page.locator("#participation .headline").inner_text() == before


def test_another_last_day_and_top_heavy_are_answered(visit: Visit) -> None:
    page = visit.sample("joined")
    for part, typed in (("month", "6"), ("day", "30"), ("year", "1996")):
        page.fill(f"#last_day-{part}", typed)
    page.click('button:has-text("Answer with this day")')
    expect(page.locator(".changed")).to_contain_text("June 30, 1996")
    page.check("#top_heavy")
    page.click("#what-if form:has(#top_heavy) button")
    expect(page.locator(".changed h3")).to_contain_text(re.compile("top heavy", re.IGNORECASE))


def test_a_mistake_in_what_if_is_told_there(visit: Visit) -> None:
    page = visit.sample("joined")
    page.fill("#more_hours", "many")
    page.click('button:has-text("Answer with these hours")')
    expect(page.locator("#what-if .errors")).to_be_focused()


OTHERWISE = "Read otherwise: no, there is no employment condition for the match."


def answered_anew(visit: Visit) -> Page:
    """The answer for a sample person that nobody has looked at yet."""
    visit.go("/")
    return visit.follow('button[name="sample"][value="joined"]')


def test_the_other_readings_follow_by_themselves(visit: Visit) -> None:
    with visit.page.expect_response("**/readings") as reply:
        page = answered_anew(visit)
    assert reply.value.request.headers["x-fragment"] == "readings"
    place = page.locator("#readings")
    expect(place).to_contain_text(OTHERWISE)
    expect(place.get_by_role("link", name="Compare now")).to_have_count(0)
    expect(place).not_to_have_attribute("aria-busy", "true")
    assert place.get_attribute("aria-live") == "polite"
    assert visit.violations() == []


def test_the_link_stays_where_the_other_readings_do_not_come(visit: Visit) -> None:
    def nothing(route: Route) -> None:
        route.fulfill(status=404, body="")

    visit.page.route("**/readings", nothing)
    with visit.page.expect_response("**/readings"):
        page = answered_anew(visit)
    expect(page.locator("#readings")).not_to_have_attribute("aria-busy", "true")
    page.emulate_media(media="print")
    expect(page.locator("#readings")).to_have_text(
        "The other ways to read the plan are not shown here.", use_inner_text=True
    )
    page.emulate_media(media="screen")
    page.unroute("**/readings")
    visit.follow("#readings a")
    expect(page.locator("section")).to_contain_text(OTHERWISE)


def test_without_script_the_link_leads_to_the_other_readings(visitor: Visitor) -> None:
    visit = visitor(scripts=False)
    page = answered_anew(visit)
    expect(page.locator("#readings")).to_contain_text("The other ways to read the plan are being compared.")
    visit.follow("#readings a")
    expect(page.locator("section")).to_contain_text(OTHERWISE)
    visit.follow('a:has-text("Back to the answer")')
    expect(page.locator("#readings")).to_contain_text(OTHERWISE)


def test_a_citation_opens_its_plain_words_and_leads_to_the_box(visit: Visit) -> None:
    page = visit.sample("joined")
    cites = page.locator("#participation details.cites").first
    cites.locator("summary").click()
    expect(cites.locator("dd").first).to_be_visible()
    with page.expect_navigation():
        cites.locator("a").first.click()
    target = page.url.partition("#")[2]
    expect(page.locator(f'[id="{target}"]')).to_be_visible()


def test_it_prints_in_black_on_white_with_everything_said(visit: Visit) -> None:
    page = visit.sample("joined")
    page.emulate_media(media="print")
    for hidden in (".site-header", "#what-if", ".site-footer"):
        expect(page.locator(hidden)).to_be_hidden()
    colours = page.locator("main :is(p, h2, a, summary, .status)").evaluate_all(
        "all => [...new Set(all.map(e => getComputedStyle(e).color))]"
    )
    assert colours == ["rgb(0, 0, 0)"]
    text = "\n".join(each.extract_text() for each in PdfReader(BytesIO(page.pdf())).pages)
    flat = " ".join(text.split())
    for part in ("joined the Plan on January 1, 1996", "1,040 hours", "AA 2.01(b)(1)", "Next step"):
        assert part in flat
    assert "What if?" not in flat


@pytest.mark.parametrize("name", ["joined", "left-at-57"])
def test_the_letter_is_a_page_and_a_pdf_that_say_the_same(visitor: Visitor, name: str) -> None:
    visit = visitor(PHONE)
    page = visit.sample(name)
    headline = page.locator(".headline").first.inner_text()
    token = page.url.rpartition("/")[2]
    visit.go(f"/cases/{token}/letter")
    letter = page.locator("body").inner_text()
    assert visit.overflow() == 0
    reply = page.request.get(f"{visit.base}/cases/{token}/letter.pdf")
    if reply.status == NO_PANGO:
        pytest.skip("Pango is not installed (apt-get install libpango-1.0-0 libpangoft2-1.0-0)")
    assert reply.ok
    assert reply.headers["content-type"] == "application/pdf"
    told = " ".join(" ".join(each.extract_text() for each in PdfReader(BytesIO(reply.body())).pages).split())
    for said in (" ".join(letter.split()), told):
        assert headline in said
        assert "review" in said


def test_no_fact_stands_in_an_address(visit: Visit) -> None:
    page = visit.sample("joined")
    seen = [page.url, *page.locator("a, form").evaluate_all("all => all.map(e => e.href || e.action)")]
    assert not [address for address in seen if re.search(r"E1001|1994-10-15|1967", address)]
