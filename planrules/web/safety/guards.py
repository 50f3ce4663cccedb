"""What stands before every route: where a request may come from, who asks, how much it brings, what its reply says.

Nothing that fails is told with its message: a message can hold a value of a person. Neither are addresses logged as
they come: what is logged is the route, its status and how the error is called.
"""

import logging
import secrets
from collections.abc import Awaitable, Callable, Mapping

from fastapi import FastAPI
from starlette.concurrency import run_in_threadpool
from starlette.datastructures import Headers, MutableHeaders
from starlette.requests import Request
from starlette.responses import Response
from starlette.types import ASGIApp, Message, Receive, Scope, Send

from planrules.errors import PlanrulesError
from planrules.web.safety.access import password_is
from planrules.web.safety.callers import LOCAL, Caller
from planrules.web.safety.refusals import RefusedError, refused, stranger
from planrules.web.safety.uploads import too_large
from planrules.web.site import Site

COOKIE = "planrules"
LOG = logging.getLogger("planrules.access")
SECURITY: Mapping[str, str] = {
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
_API = "/v1"
_SAFE = frozenset({"GET", "HEAD", "OPTIONS"})
_UPLOADS = ("multipart/", "application/zip", "application/x-ndjson", "application/jsonl")
Told = Callable[[Request, PlanrulesError], Response]


class Door:
    """Lets in who may come in; gives every reply its headers.

    Args:
        app: what is behind it.
        site: what is served.
        told: how an error is told.
    """

    def __init__(self, app: ASGIApp, site: Site, told: Told) -> None:
        self.app, self._site, self._told = app, site, told

    async def __call__(self, scope: Scope, receive: Receive, send: Send) -> None:
        """Passes a request on, or refuses it."""
        if scope["type"] != "http":
            await self.app(scope, receive, send)
            return
        headers = Headers(scope=scope)
        reply = _Reply(scope, send, known=_cookie(scope), public=self._site.settings.public)
        state = scope.setdefault("state", {})
        state["browser"], state["caller"] = reply.browser, LOCAL
        try:
            self._check_origin(scope, headers)
            state["caller"] = await self._caller(headers)
            await self.app(scope, self._counted(headers, receive), reply.send)
        except RefusedError as error:
            await self._tell(error, scope, reply)
        except Exception as error:  # noqa: BLE001  its message may hold a value of a person
            LOG.error("%s %s: %s at %s", scope["method"], _route(scope), type(error).__name__, _place(error))  # noqa: TRY400
            await self._tell(_failed(), scope, reply)
        finally:
            LOG.info("%s %s %s", scope["method"], _route(scope), reply.status)

    async def _tell(self, error: PlanrulesError, scope: Scope, reply: "_Reply") -> None:
        if reply.status is None:
            await self._told(Request(scope), error)(scope, _nothing, reply.send)

    def _check_origin(self, scope: Scope, headers: Headers) -> None:
        """Refuses names that this server has not got, and writing from pages of others."""
        host = headers.get("host", "")
        if self._site.settings.hosts and _without_port(host) not in self._site.settings.hosts:
            raise _elsewhere(421)
        if scope["method"] in _SAFE:
            return
        origin = headers.get("origin")
        foreign = headers.get("sec-fetch-site", "same-origin") not in {"same-origin", "none"}
        if foreign or (origin is not None and origin.partition("://")[2] != host):
            raise _elsewhere(403)

    async def _caller(self, headers: Headers) -> Caller:
        logins, given = self._site.logins, headers.get("authorization", "")
        found = logins.remembered(given)
        if found is None:
            found = await run_in_threadpool(logins.caller, given, password_is)
            logins.remember(given, found)
        return found

    def _counted(self, headers: Headers, receive: Receive) -> Receive:
        """The body, as long as there is not more of it than may be."""
        settings = self._site.settings
        upload = headers.get("content-type", "").lower().startswith(_UPLOADS)
        most = settings.max_upload if upload else settings.max_body
        declared = headers.get("content-length", "")
        if declared.isdecimal() and int(declared) > most:
            raise too_large(what="the request", most=most)
        so_far = 0

        async def counted() -> Message:
            nonlocal so_far
            message = await receive()
            so_far += len(message.get("body", b""))
            if so_far > most:
                raise too_large(what="the request", most=most)
            return message

        return counted


class _Reply:
    """A reply on its way: its status once it has begun, and the headers that every reply has."""

    def __init__(
        self, scope: Scope, send: Callable[[Message], Awaitable[None]], known: str | None, *, public: bool
    ) -> None:
        self._scope, self._send, self._known, self._public = scope, send, known, public
        self.browser = known or secrets.token_urlsafe(32)
        self.status: int | None = None

    async def send(self, message: Message) -> None:
        """Passes a part of the reply on."""
        if message["type"] == "http.response.start":
            self.status = message["status"]
            headers = MutableHeaders(scope=message)
            for name, value in SECURITY.items():
                headers.setdefault(name, value)
            static = self._scope["path"].startswith("/static/")
            headers.setdefault("cache-control", "private, no-cache" if static else "no-store")
            if self._public:
                headers.setdefault("strict-transport-security", "max-age=31536000")
            if self._known is None and headers.get("content-type", "").startswith("text/html"):
                secure = "; Secure" if self._public and self._scope["scheme"] == "https" else ""
                headers.append("set-cookie", f"{COOKIE}={self.browser}; Path=/; HttpOnly; SameSite=Strict{secure}")
        await self._send(message)


def add_guards(app: FastAPI, site: Site, told: Told) -> None:
    """Puts the door before an application."""
    app.add_middleware(Door, site=site, told=told)


def _cookie(scope: Scope) -> str | None:
    return Request(scope).cookies.get(COOKIE)


def _route(scope: Scope) -> str:
    """The route's own path, with names in place of what stands in them."""
    path = str(getattr(scope.get("route"), "path", "(none)"))
    return f"{_API}{path}" if scope["path"].startswith(f"{_API}/") and not path.startswith((_API, "(")) else path


def _place(error: BaseException) -> str:
    """Where an error arose, in our own words: file and line."""
    trace = error.__traceback__
    while trace is not None and trace.tb_next is not None:
        trace = trace.tb_next
    return "unknown" if trace is None else f"{trace.tb_frame.f_code.co_filename}:{trace.tb_lineno}"


def _without_port(host: str) -> str:
    return host.rpartition("]")[0] + "]" if host.startswith("[") else host.partition(":")[0]


async def _nothing() -> Message:
    return {"type": "http.disconnect"}


def _elsewhere(status: int) -> RefusedError:
    return stranger(
        status,
        "a request from elsewhere",
        "Pages of other servers may not ask this one, under its own name or another.",
        "Open the address that `planrules serve` printed.",
    )


def _failed() -> RefusedError:
    return refused(
        500,
        "something went wrong in the server",
        "It says no more here, so that no value of a person is told.",
        "Try again; the server's log has the place of the error.",
    )
