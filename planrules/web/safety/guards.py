"""What stands before every route: who asks, the browser's cookie, the headers of every reply."""

import secrets

from fastapi import FastAPI
from starlette.datastructures import MutableHeaders
from starlette.requests import HTTPConnection
from starlette.types import ASGIApp, Message, Receive, Scope, Send

from planrules.web.safety.callers import LOCAL

COOKIE = "planrules"
_SECURITY = {
    "content-security-policy": (
        "default-src 'none'; script-src 'self'; style-src 'self'; img-src 'self'; font-src 'self'; connect-src 'self'; "
        "form-action 'self'; base-uri 'none'; frame-ancestors 'none'"
    ),
    "x-content-type-options": "nosniff",
    "x-frame-options": "DENY",
    "referrer-policy": "no-referrer",
    "cross-origin-opener-policy": "same-origin",
    "cross-origin-resource-policy": "same-origin",
    "permissions-policy": "camera=(), geolocation=(), microphone=()",
}


class Door:
    """Names the caller and the browser of a request, and gives its reply the headers of every reply."""

    def __init__(self, app: ASGIApp) -> None:
        self.app = app

    async def __call__(self, scope: Scope, receive: Receive, send: Send) -> None:
        """Passes a request on."""
        if scope["type"] != "http":
            await self.app(scope, receive, send)
            return
        state = scope.setdefault("state", {})
        known = HTTPConnection(scope).cookies.get(COOKIE)
        state["browser"] = known or secrets.token_urlsafe(32)
        state["caller"] = LOCAL

        async def sent(message: Message) -> None:
            if message["type"] == "http.response.start":
                headers = MutableHeaders(scope=message)
                for name, value in _SECURITY.items():
                    headers.setdefault(name, value)
                headers.setdefault("cache-control", "no-store")
                if not known:
                    headers.append("set-cookie", f"{COOKIE}={state['browser']}; Path=/; HttpOnly; SameSite=Strict")
            await send(message)

        await self.app(scope, receive, sent)


def add_guards(app: FastAPI) -> None:
    """Puts the guards before an application."""
    app.add_middleware(Door)
