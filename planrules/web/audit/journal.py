"""Who did what, beside asking the engine: each request that gave something out, or was refused, becomes a row."""

import logging
from collections.abc import Mapping
from dataclasses import asdict
from http import HTTPStatus
from typing import Any, Final

from starlette.concurrency import run_in_threadpool

from planrules.errors import FileError
from planrules.web.audit.folding import Folding, RowLimits
from planrules.web.audit.log import AuditLog
from planrules.web.audit.noting import STATE, Noted
from planrules.web.audit.record import Done
from planrules.web.audit.routes import REQUEST, Route
from planrules.web.clock import Clock

LOG: Final = logging.getLogger("planrules.access")
SIGN_IN: Final = "sign in"
REFUSED: Final = "refused"
"""Where a request's state has the word for why it is refused."""
TRIED: Final = "tried"
"""Where it has the login that a sign-in failed for."""


class Journal:
    """Writes the rows of one server.

    Args:
        audit: where they go.
        limits: how many refusals of a kind have rows of their own.
        clock: what hour it is.
    """

    def __init__(self, audit: AuditLog, limits: RowLimits, clock: Clock) -> None:
        self._audit = audit
        self._folding = Folding(limits, clock)

    async def signed_in(self, who: str, route: Route) -> None:
        """Somebody was let in by a token or a password.

        Raises:
            FileError: it cannot be recorded, so that nothing may be given out.
        """
        row = Done(who, SIGN_IN, route.name, HTTPStatus.OK)
        await run_in_threadpool(self._audit.note, row, *self._folding.over())

    async def replying(self, route: Route, state: Mapping[str, Any], status: int) -> None:
        """A reply is about to leave; its row is on disk once this has returned.

        A refusal that cannot be recorded goes out all the same: it gives nothing away.

        Raises:
            FileError: something would be given out, and cannot be recorded.
        """
        if status < HTTPStatus.BAD_REQUEST:
            if route.recorded:
                await run_in_threadpool(self._audit.note, _row(route, state, status), *self._folding.over())
            return
        if state.get(REFUSED) == FileError.code or (route.static and "caller" in state):
            return
        row = _row(route, state, status)
        rows = (*self._folding.over(), *self._folding.rows_for(row, stranger="caller" not in state))
        if rows:
            await run_in_threadpool(self._try, rows)

    def _try(self, rows: tuple[Done, ...]) -> None:
        try:
            self._audit.note(*rows)
        except FileError:
            LOG.error("a refusal could not be written to the audit log")  # noqa: TRY400  a trace could hold a value

    def close(self) -> None:
        """Writes what was only counted."""
        if rest := self._folding.rest():
            self._try(rest)


def _row(route: Route, state: Mapping[str, Any], status: int) -> Done:
    refused = state.get(REFUSED, REQUEST) if status >= HTTPStatus.BAD_REQUEST else ""
    noted: Noted = state.get(STATE, Noted())
    if "caller" in state:
        return Done(state["caller"].name, route.does, route.name, status, refused, **asdict(noted))
    signing_in = status in {HTTPStatus.UNAUTHORIZED, HTTPStatus.TOO_MANY_REQUESTS}
    return Done(state.get(TRIED, ""), SIGN_IN if signing_in else REQUEST, route.name, status, refused)
