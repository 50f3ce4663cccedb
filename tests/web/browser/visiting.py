"""A visit to the server in a real browser: it notes whatever a page must not do."""

from collections.abc import Callable, Sequence
from dataclasses import dataclass, field
from typing import Any

from axe_playwright_python.sync_playwright import Axe
from playwright.sync_api import ConsoleMessage, Page, Request

RULES = ["wcag2a", "wcag2aa", "wcag21a", "wcag21aa", "wcag22aa", "best-practice"]
DESKTOP, PHONE, ZOOMED = 1280, 375, 320
"""Widths in CSS pixels; the last is that of a desktop at 400 per cent."""
_OPTIONS = {"runOnly": {"type": "tag", "values": RULES}, "resultTypes": ["violations"]}
_REFUSED = "status of 4"
"""What the browser itself notes of a page that is refused, such as a form with a mistake in it."""


_ANSWERED: dict[tuple[str, str], str] = {}
"""The addresses of answers that a server has worked out, by server and sample."""


@dataclass
class Visit:
    """A page of the browser, at one server.

    `noted` has each console message, error and request that must not be.
    """

    page: Page
    base: str
    noted: list[str] = field(default_factory=list)

    def __post_init__(self) -> None:
        self.page.on("console", self._console)
        self.page.on("pageerror", lambda error: self.noted.append(f"script: {error}"))
        self.page.on("request", self._request)

    def _console(self, message: ConsoleMessage) -> None:
        if message.type in {"error", "warning"} and _REFUSED not in message.text:
            self.noted.append(f"console: {message.text}")

    def _request(self, request: Request) -> None:
        if not request.url.startswith((self.base, "data:", "blob:")):
            self.noted.append("request: to another server")

    def go(self, path: str) -> Page:
        """Opens an address of the server."""
        reply = self.page.goto(self.base + path)
        assert reply is not None
        assert reply.ok, f"{path}: {reply.status}"
        return self.page

    def follow(self, selector: str) -> Page:
        """Clicks what leads to another page, and waits until that is there."""
        with self.page.expect_navigation():
            self.page.click(selector)
        return self.page

    def press(self, key: str) -> Page:
        """Presses a key that leads to another page, and waits until that is there."""
        with self.page.expect_navigation():
            self.page.keyboard.press(key)
        return self.page

    def sample(self, name: str) -> Page:
        """The answer for a sample person: from the start, or where it stands already."""
        if (self.base, name) in _ANSWERED:
            return self.go(_ANSWERED[self.base, name])
        self.go("/")
        page = self.follow(f'button[name="sample"][value="{name}"]')
        _ANSWERED[self.base, name] = page.url.removeprefix(self.base)
        return page

    def tab_to(self, selector: str, most: int = 120) -> int:
        """Presses the tabulator until an element has the focus; gives how often."""
        for pressed in range(1, most + 1):
            self.page.keyboard.press("Tab")
            if self.page.evaluate("s => document.activeElement.matches(s)", selector):
                return pressed
        msg = f"{selector} cannot be reached with the keyboard"
        raise AssertionError(msg)

    def violations(self) -> Sequence[str]:
        """What axe finds on the page: each rule with the elements that break it."""
        found: Any = Axe().run(self.page, options=_OPTIONS)
        return [
            f"{each['id']}: {', '.join(str(node['target']) for node in each['nodes'])}"
            for each in found.response["violations"]
        ]

    def overflow(self) -> int:
        """By how many pixels the page is wider than the window."""
        wider: int = self.page.evaluate("document.documentElement.scrollWidth - document.documentElement.clientWidth")
        return wider


Visitor = Callable[..., Visit]
"""Opens a page: `width` in pixels, `scripts` false for a browser without JavaScript."""
