"""Errors as a program or a person reads them: problem+json (RFC 9457) under /v1 and for `.json`, a page elsewhere.

One shape for all: type, title, status, detail and `problems`, each with what, where, why, do and a JSON pointer. None
holds a value of the request. The page is the template `error.html`, with `status`, `title` and `problems`.
"""

import json
import re
from collections.abc import Iterator, Mapping
from http import HTTPStatus

from fastapi import FastAPI
from fastapi.exceptions import RequestValidationError
from starlette.exceptions import HTTPException
from starlette.requests import Request
from starlette.responses import Response
from starlette.routing import Match

from planrules.errors import PlanrulesError, Problem
from planrules.web.audit.journal import REFUSED
from planrules.web.safety.refusals import PointedProblem, RefusedError, StrangerError, reason_of, refused
from planrules.web.templating import page

MEDIA_TYPE = "application/problem+json"
_TITLES: Mapping[str, str] = {
    "people": "Facts about a person cannot all be true, or cannot be read",
    "elections": "Elections, a reading or an option that cannot be",
    "law": "A statutory amount or change of law is not on file for the day asked",
    "file": "The server cannot read or write what it needs",
    "unsupported_election": "An election that is not evaluated",
    "engine": "The engine itself failed",
    "request": "The request is refused",
}
_OF_STATUS: Mapping[int, str] = {
    401: "A token or a login is needed",
    403: "This is not allowed",
    404: "There is nothing here",
    405: "This cannot be done here",
    409: "The plan is another than expected",
    412: "The plan is another than expected",
    413: "The request is too large",
    415: "The request is of another kind",
    428: "It has to be said what is in force",
    429: "Too many wrong tokens or passwords",
    500: "Something went wrong in the server",
    503: "The server cannot answer now",
}
_TO_STRANGERS = """<!doctype html>
<html lang="en"><head><title>{title}</title></head><body><h1>{title}</h1><p>{do}</p></body></html>
"""
_STATUSES: Mapping[str, int] = {"file": 503, "engine": 500}
_PLACE = re.compile(r"(?:(?P<table>\w+) row (?P<row>\d+), )?(?P<column>\w+)")
_DECLARED = frozenset({"query", "path", "header"})
"""Where a parameter can only have a name that the program gave it."""
_OBJECTS = frozenset({"accounts"})


def problem_of(problem: Problem, base: str = "") -> dict[str, str]:
    """One problem as JSON; `base` is the pointer to the person it is about."""
    return {**problem.as_dict(), "pointer": pointed(problem, base).pointer}


def pointed(problem: Problem, base: str) -> PointedProblem:
    """The problem with a pointer; `base` is the pointer to the person it is about."""
    if isinstance(problem, PointedProblem):
        return problem
    pointer = _pointer(problem.where, base)
    return PointedProblem(problem.what, problem.where, problem.why, problem.do, pointer=pointer)


def _pointer(where: str, base: str) -> str:
    """The pointer to what the engine's checks name in words: the person, pay row 2, hours."""
    if where == "as_of":
        return "/as_of"
    found = _PLACE.fullmatch(where.partition(", ")[2]) if base else None
    if found is None:
        return base
    steps = [found["table"], str(int(found["row"]) - 1)] if found["row"] else []
    return "/".join([base, *(steps[:1] if steps and steps[0] in _OBJECTS else steps), found["column"]])


def document(error: PlanrulesError, base: str = "") -> tuple[int, dict[str, object]]:
    """The status and the problem document (RFC 9457) of an error; `base` points to the person it is about."""
    status = error.status if isinstance(error, RefusedError) else _STATUSES.get(error.code, 422)
    problems = [problem_of(problem, base) for problem in error.problems]
    return status, {
        "type": f"urn:planrules:error:{error.code}",
        "title": _title(error.code, status),
        "status": status,
        "detail": _sentence(problems[0]) if problems else HTTPStatus(status).phrase,
        "problems": problems,
    }


def _title(code: str, status: int) -> str:
    return _OF_STATUS.get(status, _TITLES[RefusedError.code]) if code == RefusedError.code else _TITLES[code]


def _sentence(problem: Mapping[str, str]) -> str:
    return " ".join(part for part in (f"{problem['where']}: {problem['what']}.", problem["do"]) if part)


def replied(error: PlanrulesError, base: str = "") -> Response:
    """The reply to a program."""
    status, body = document(error, base)
    return _with_headers(Response(json.dumps(body, ensure_ascii=False), status, media_type=MEDIA_TYPE), error)


def told(request: Request, error: PlanrulesError) -> Response:
    """The reply to whoever asks: a program or a person."""
    setattr(request.state, REFUSED, reason_of(error))
    if for_programs(request.url.path):
        return replied(error)
    status, body = document(error)
    if isinstance(error, StrangerError) or not hasattr(request.state, "caller"):  # not even the plan's name
        bare = _TO_STRANGERS.format(title=body["title"], do=error.problems[0].do)
        return _with_headers(Response(bare, status, media_type="text/html"), error)
    return _with_headers(
        page(request, "error.html", status=status, title=body["title"], problems=error.problems), error
    )


def _with_headers(reply: Response, error: PlanrulesError) -> Response:
    """The reply with the headers of a refusal; one of several lines is sent line by line.

    A browser that finds two ways to sign in on one line of `www-authenticate` asks for neither.
    """
    for name, value in (error.headers if isinstance(error, RefusedError) else {}).items():
        for line in value.splitlines():
            reply.headers.append(name, line)
    return reply


def for_programs(path: str) -> bool:
    """Whether a program reads what is under this path."""
    return path == "/v1" or path.startswith("/v1/") or path.endswith(".json")


def add_errors(app: FastAPI) -> None:
    """Teaches an application how errors are told."""
    app.add_exception_handler(PlanrulesError, _planrules)
    app.add_exception_handler(HTTPException, _http)
    app.add_exception_handler(RequestValidationError, _parameters)


async def _planrules(request: Request, error: Exception) -> Response:
    return told(request, error if isinstance(error, PlanrulesError) else _failed())


async def _http(request: Request, error: Exception) -> Response:
    status = error.status_code if isinstance(error, HTTPException) else 500
    words = HTTPStatus(status).phrase.lower()
    program = for_programs(request.url.path)
    do = "Look into /v1/openapi.json for what can be asked, and how." if program else "Go back to the start."
    found = refused(status, words, "", do)
    if isinstance(error, HTTPException):
        found.headers.update(error.headers or {})
    if status == HTTPStatus.METHOD_NOT_ALLOWED:
        found.headers["allow"] = ", ".join(_methods(request))
    return told(request, found)


def _methods(request: Request) -> Iterator[str]:
    """What an address takes, by all the routes it has; a single route knows of its own method only."""
    for method in ("GET", "POST", "PUT", "DELETE"):
        scope = {**request.scope, "method": method}
        if any(route.matches(scope)[0] is Match.FULL for route in request.app.routes):
            yield method


async def _parameters(request: Request, error: Exception) -> Response:
    """Parameters of the address that are missing or not of their kind: told by name, without the values."""
    found = error.errors() if isinstance(error, RequestValidationError) else []
    problems = [
        Problem(
            what="missing" if each["type"] == "missing" else "not a value that this parameter takes",
            where=f"{each['loc'][0]}, {each['loc'][1]}" if each["loc"][0] in _DECLARED else str(each["loc"][0]),
            why="",
            do="Look into /v1/openapi.json for what it takes.",
        )
        for each in found
    ]
    return told(request, RefusedError(422, problems or [_failed().problems[0]]))


def _failed() -> RefusedError:
    return refused(
        500,
        "something went wrong in the server",
        "It says no more, so that no value of a person is told.",
        "Try again.",
    )
