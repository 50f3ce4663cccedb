"""What stands before every route: where a request may come from, who asks, how much it brings, what its reply says.

Nothing that fails is told with its message: a message can hold a value of a person. Neither are addresses logged as
they come: what is logged is the route, its status and how the error is called.
"""

import logging
from collections.abc import Callable

from fastapi import FastAPI
from starlette.datastructures import Headers
from starlette.requests import ClientDisconnect, Request
from starlette.responses import Response
from starlette.types import ASGIApp, Message, Receive, Scope, Send

from planrules.errors import PlanrulesError
from planrules.web.audit.journal import REFUSED, TRIED
from planrules.web.audit.routes import Route, route_of
from planrules.web.safety.gate import Gate
from planrules.web.safety.origins import check_origin
from planrules.web.safety.outgoing import Reply
from planrules.web.safety.refusals import RefusedError, StrangerError, reason_of, refused
from planrules.web.safety.uploads import too_large
from planrules.web.site import Site

LOG = logging.getLogger("planrules.access")
_UPLOADS = ("multipart/", "application/zip", "application/x-ndjson", "application/jsonl")
_DIGITS = 18
"""Of a length that is worth reading as a number."""
Told = Callable[[Request, PlanrulesError], Response]


class Door:
    """Lets in who may come in; gives every reply its headers, and sees to it that its row is written first.

    Args:
        app: what is behind it.
        site: what is served.
        told: how an error is told.
    """

    def __init__(self, app: ASGIApp, site: Site, told: Told) -> None:
        self.app, self._site, self._told = app, site, told
        self._gate = Gate(site.logins, site.settings.guesses, site.clock)

    async def __call__(self, scope: Scope, receive: Receive, send: Send) -> None:
        """Passes a request on, or refuses it."""
        if scope["type"] == "lifespan":
            await self.app(scope, receive, send)
        elif scope["type"] == "http":
            await self._pass(scope, receive, send)
        else:  # nothing here speaks by a socket, and none gets past the door
            await send({"type": "websocket.close", "code": 1008})

    async def _pass(self, scope: Scope, receive: Receive, send: Send) -> None:
        headers, route = Headers(scope=scope), route_of(scope["method"], scope["path"])
        state = scope.setdefault("state", {})

        async def recorded(status: int) -> None:
            await self._site.journal.replying(route, state, status)

        reply = Reply(scope, send, recorded, public=self._site.settings.public)
        state["browser"] = reply.browser
        try:
            check_origin(scope, headers, self._site.settings.hosts)
            await self._let_in(scope, headers, route)
            await self.app(scope, self._counted(headers, receive), reply.send)
            if reply.held is not None:
                await self._tell(reply.held, scope, reply)
        except PlanrulesError as error:
            await self._tell(error, scope, reply)
        except ClientDisconnect:  # nobody is there to be told, and nothing was given out
            LOG.info("%s: gone before it was answered", route.name)
        except Exception as error:  # noqa: BLE001  its message may hold a value of a person
            LOG.error("%s: %s at %s", route.name, type(error).__name__, _place(error))  # noqa: TRY400
            await self._tell(_failed(), scope, reply)
        finally:
            LOG.info("%s %s", route.name, reply.status)

    async def _let_in(self, scope: Scope, headers: Headers, route: Route) -> None:
        host = scope["client"][0] if scope.get("client") else ""
        entered = await self._gate.enter(headers.get("authorization", ""), host)
        if entered.signed_in:
            await self._site.journal.signed_in(entered.caller.name, route)
        scope["state"]["caller"] = entered.caller

    async def _tell(self, error: PlanrulesError, scope: Scope, reply: Reply) -> None:
        if reply.status is not None:
            return
        scope["state"][REFUSED] = reason_of(error)
        if isinstance(error, StrangerError):
            scope["state"][TRIED] = error.tried
        await self._told(Request(scope), error)(scope, _nothing, reply.send)

    def _counted(self, headers: Headers, receive: Receive) -> Receive:
        """The body, as long as there is not more of it than may be."""
        settings = self._site.settings
        upload = headers.get("content-type", "").lower().startswith(_UPLOADS)
        most = settings.max_upload if upload else settings.max_body
        declared = headers.get("content-length", "")
        if declared.isdecimal() and (len(declared) > _DIGITS or int(declared) > most):
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


def add_guards(app: FastAPI, site: Site, told: Told) -> None:
    """Puts the door before an application."""
    app.add_middleware(Door, site=site, told=told)


def _place(error: BaseException) -> str:
    """Where an error arose, in our own words: file and line."""
    trace = error.__traceback__
    while trace is not None and trace.tb_next is not None:
        trace = trace.tb_next
    return "unknown" if trace is None else f"{trace.tb_frame.f_code.co_filename}:{trace.tb_lineno}"


async def _nothing() -> Message:
    return {"type": "http.disconnect"}


def _failed() -> RefusedError:
    return refused(
        500,
        "something went wrong in the server",
        "It says no more here, so that no value of a person is told.",
        "Try again; the server's log has the place of the error.",
    )
