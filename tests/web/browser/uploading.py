"""Uploading the census and payroll of the examples, as somebody does it on the page."""

from pathlib import Path

from playwright.sync_api import Page
from web.browser.visiting import Visit

IMPORT = Path(__file__).parents[3] / "docs" / "examples" / "import"
LIST = "/everybody?as_of=1995-12-31"
BROKEN = (b"10/15/1994", b"02/30/1994")
"""A day of the example's census, and a day that the calendar does not have."""


def upload(visit: Visit, census: bytes | None = None) -> Page:
    """Uploads the example's census and payroll, or another census."""
    page = visit.go("/upload")
    content = (IMPORT / "census-1996.csv").read_bytes() if census is None else census
    page.set_input_files("#census", [{"name": "census-1996.csv", "mimeType": "text/csv", "buffer": content}])
    page.set_input_files("#payroll", [IMPORT / "payroll-1996.csv"])
    for box, typed in (("month", "9"), ("day", "30"), ("year", "1996")):
        page.fill(f"#{box}", typed)
    page.check("#layout-one-row-a-person")
    return visit.follow('button:has-text("Read the files")')
