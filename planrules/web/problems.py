"""Errors as a program or a person reads them: problem+json (RFC 9457) under /v1 and for `.json`, a page elsewhere.

The page is the template `error.html`, with `status`, `title` and `problems`.
"""

import html
from collections.abc import Sequence
from http import HTTPStatus

from fastapi import FastAPI
from starlette.requests import Request
from starlette.responses import HTMLResponse, JSONResponse, Response

from planrules.errors import PlanrulesError, Problem
from planrules.web.safety.refusals import RefusedError


def for_programs(request: Request) -> bool:
    """Whether a program reads the reply."""
    path = request.url.path
    return path.startswith("/v1/") or path.endswith(".json")


def add_errors(app: FastAPI) -> None:
    """Teaches an application how errors are told."""
    app.add_exception_handler(PlanrulesError, _told)


async def _told(request: Request, error: Exception) -> Response:
    assert isinstance(error, PlanrulesError)  # noqa: S101  what the handler is registered for
    status = error.status if isinstance(error, RefusedError) else 422
    if for_programs(request):
        body = {
            "type": f"about:blank#{error.code}",
            "title": HTTPStatus(status).phrase,
            "status": status,
            "problems": [problem.as_dict() for problem in error.problems],
        }
        return JSONResponse(body, status, media_type="application/problem+json")
    return _page(status, error.problems)


def _page(status: int, problems: Sequence[Problem]) -> Response:
    said = "".join(f"<li>{html.escape(str(problem))}</li>" for problem in problems)
    title = HTTPStatus(status).phrase
    return HTMLResponse(f'<!doctype html><html lang="en"><title>{title}</title><h1>{title}</h1><ul>{said}</ul>', status)
