"""Parameters of an address that nobody knows: refused, for what was meant by them would not be done."""

import re
from collections.abc import Sequence
from typing import Final

from fastapi.routing import APIRoute
from starlette.requests import Request

from planrules.errors import Problem
from planrules.web.safety.refusals import RefusedError

_NAME: Final = re.compile(r"[A-Za-z][A-Za-z_-]{0,39}")
"""A name that is told again; any other, as one with digits, may be somebody's number in the wrong place."""
_TOLD: Final = 10
"""How many are told of at most."""


def check_query(request: Request) -> None:
    """A dependency that lets a request pass whose address has parameters of its route alone.

    Raises:
        RefusedError: 422 with each unknown parameter by its name, without its value, and the names that are known.
    """
    route = request.scope["route"]
    if isinstance(route, APIRoute):
        known = [each.alias for each in route.dependant.query_params]
        if unknown := [name for name in dict.fromkeys(request.query_params) if name not in known]:
            raise RefusedError(422, [_problem(name, known) for name in unknown[:_TOLD]])


def _problem(name: str, known: Sequence[str]) -> Problem:
    return Problem(
        what="an unknown parameter",
        where=f"query, {name}" if _NAME.fullmatch(name) else "query",
        why=f"Known here: {', '.join(known)}." if known else "This address takes no parameters.",
        do="Leave it out, or write it as it is known.",
    )
