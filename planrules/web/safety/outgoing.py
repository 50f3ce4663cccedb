"""A reply on its way out: the headers that every reply has, the browser's cookie, and the row that goes before it."""

import re
import secrets
from collections.abc import Awaitable, Callable, Mapping
from typing import Final

from starlette.datastructures import MutableHeaders
from starlette.requests import Request
from starlette.types import Message, Scope

from planrules.errors import PlanrulesError
from planrules.web.audit.routes import STATIC

COOKIE: Final = "planrules"
_ONLY_HERE: Final = "__Host-"
"""Begins the name of a cookie that browsers take from this very host alone, and over HTTPS alone."""
_RANDOM: Final = re.compile(r"[\w-]{43}", re.ASCII)
"""A cookie as it is made here; any other is not taken."""
SECURITY: Final[Mapping[str, str]] = {
    "content-security-policy": (
        "default-src 'none'; script-src 'self'; style-src 'self'; img-src 'self'; font-src 'self'; connect-src 'self'; "
        "form-action 'self'; base-uri 'none'; frame-ancestors 'none'"
    ),
    "x-content-type-options": "nosniff",
    "x-frame-options": "DENY",
    "referrer-policy": "same-origin",
    "cross-origin-opener-policy": "same-origin",
    "cross-origin-resource-policy": "same-origin",
    "permissions-policy": "camera=(), geolocation=(), microphone=()",
}
"""The headers of every reply: nothing inline, nothing from elsewhere, nothing kept."""
Recorded = Callable[[int], Awaitable[None]]


class Reply:
    """A reply on its way.

    Args:
        scope: the request.
        send: where the reply goes.
        recorded: is told the status before anything leaves; raises where nothing may.
        public: whether the server is reached from other machines.

    Attributes:
        browser: what the browser's cookie holds, or will hold.
        status: that of the reply once it has begun; null before.
        held: why what was about to leave does not; null where it does.
    """

    def __init__(
        self, scope: Scope, send: Callable[[Message], Awaitable[None]], recorded: Recorded, *, public: bool
    ) -> None:
        self._scope, self._send, self._recorded, self._public = scope, send, recorded, public
        self._secure = public and scope["scheme"] == "https"
        self._name = f"{_ONLY_HERE}{COOKIE}" if self._secure else COOKIE
        known = Request(scope).cookies.get(self._name, "")
        self._known = _RANDOM.fullmatch(known) is not None
        self.browser = known if self._known else secrets.token_urlsafe(32)
        self.status: int | None = None
        self.held: PlanrulesError | None = None

    async def send(self, message: Message) -> None:
        """Passes a part of the reply on, once its row is written; nothing of it where that fails."""
        if message["type"] == "http.response.start":
            self.held = None
            try:
                await self._recorded(message["status"])
            except PlanrulesError as error:
                self.held = error
                return
            self.status = message["status"]
            self._add_headers(MutableHeaders(scope=message))
        if self.held is None:
            await self._send(message)

    def _add_headers(self, headers: MutableHeaders) -> None:
        for name, value in SECURITY.items():
            headers.setdefault(name, value)
        static = self._scope["path"].startswith(STATIC)
        headers.setdefault("cache-control", "private, no-cache" if static else "no-store")
        if self._public:
            headers.setdefault("strict-transport-security", "max-age=31536000")
        if not self._known and headers.get("content-type", "").startswith("text/html"):
            secure = "; Secure" if self._secure else ""
            headers.append("set-cookie", f"{self._name}={self.browser}; Path=/; HttpOnly; SameSite=Strict{secure}")
