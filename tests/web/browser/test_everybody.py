"""The list of everybody and the upload, as somebody uses them."""

import csv
from pathlib import Path

import pytest
from playwright.sync_api import Page, expect
from web.browser.uploading import BROKEN, IMPORT, LIST, upload
from web.browser.visiting import DESKTOP, PHONE, Visit, Visitor


def people(page: Page) -> list[str]:
    return [each.strip() for each in page.locator("table.people tbody th").all_inner_texts()]


def test_each_filter_shows_as_many_as_it_counts(visit: Visit) -> None:
    page = visit.go(LIST)
    count = page.locator(".filters a").count()
    assert count == 6
    for number in range(count):
        chosen = page.locator(".filters a").nth(number)
        shown = int(chosen.locator(".count").inner_text())
        with page.expect_navigation():
            chosen.click()
        expect(page.locator('.filters a[aria-current="page"]')).to_have_count(1)
        assert len(people(page)) == shown
        assert page.locator(".aside").first.inner_text().strip()


def test_the_list_is_used_by_keyboard_alone(visit: Visit) -> None:
    page = visit.go("/everybody")
    visit.tab_to("#month")
    for key in ("12", "Tab", "31", "Tab", "1995"):
        page.keyboard.press(key) if key == "Tab" else page.keyboard.type(key)
    visit.press("Enter")
    visit.tab_to('.filters a[href*="at-risk"]')
    visit.press("Enter")
    assert people(page) == ["E1003"]
    visit.tab_to("table.people tbody th a")
    visit.press("Enter")
    expect(page.locator("#participation .headline")).to_have_text(
        "E1003 is not in the Plan yet, and can join on April 1, 1996 at the earliest."
    )
    assert "E1003" not in page.url


@pytest.mark.parametrize("width", [DESKTOP, PHONE])
def test_a_column_sorts_both_ways(visitor: Visitor, width: int) -> None:
    visit = visitor(width)
    page = visit.go(LIST)
    visit.tab_to('table.people thead a[href*="sort=joins"]')
    box = page.locator(":focus").bounding_box()
    assert box is not None
    assert box["width"] > 1
    visit.follow('table.people thead a:has-text("Employee")')
    assert people(page) == [f"E{number}" for number in range(1012, 1000, -1)]
    expect(page.locator('th[aria-sort="descending"]')).to_have_text("Employee ▼")


def test_the_csv_has_the_people_that_are_shown(visit: Visit, tmp_path: Path) -> None:
    page = visit.go(f"{LIST}&show=missing-data")
    with page.expect_download() as started:
        page.click('a:has-text("Download this list as CSV")')
    assert started.value.suggested_filename == "missing-data-1995-12-31.csv"
    file = tmp_path / "list.csv"
    started.value.save_as(file)
    with file.open(newline="") as opened:
        assert [row["employee_id"] for row in csv.DictReader(opened)] == people(page)


@pytest.mark.parametrize("scripts", [True, False], ids=["with scripts", "without scripts"])
def test_an_upload_with_a_defect_tells_the_row_and_goes_on_with_the_others(visitor: Visitor, *, scripts: bool) -> None:
    visit = visitor(scripts=scripts)
    census = (IMPORT / "census-1996.csv").read_bytes().replace(*BROKEN)
    page = upload(visit, census)
    expect(page.locator("h1")).to_have_text("2 people were read")
    cells = page.locator("section, main").first.locator("#set-aside ~ .scroll").first.locator("tbody tr td")
    assert cells.all_inner_texts()[:3] == ["census-1996.csv", "2", "Date of Hire"]
    assert "02/30/1994" not in page.content()
    visit.follow('a:has-text("Show everybody")')
    assert people(page) == ["E1002", "E1003"]
    with page.expect_navigation():
        page.click("table.people tbody th a")
    expect(page.locator("#participation .headline")).to_contain_text("E1002")


def test_what_the_upload_form_lacks_is_told_at_the_fields(visitor: Visitor) -> None:
    visit = visitor(PHONE)
    page = visit.go("/upload")
    visit.follow('button:has-text("Read the files")')
    expect(page.locator(".errors")).to_be_focused()
    for link in page.locator(".errors a").all():
        target = (link.get_attribute("href") or "").removeprefix("#")
        expect(page.locator(f'[id="{target}"]')).to_be_visible()


def test_a_workbook_with_macros_is_refused_with_what_to_do(visit: Visit) -> None:
    upload(visit, b"\xd0\xcf\x11\xe0" + b"x" * 600)
    expect(visit.page.locator(".errors")).to_contain_text("old binary format")
    expect(visit.page.locator(".errors")).to_contain_text("Save the values alone")


def test_an_upload_is_forgotten_when_told_so(visit: Visit) -> None:
    page = upload(visit)
    address = page.url
    visit.follow('button:has-text("Forget this upload now")')
    reply = page.goto(address)
    assert reply is not None
    assert reply.status == 404
