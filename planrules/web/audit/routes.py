"""What the audit log and the server's output call a request: by its route, never by the path as it was asked."""

import re
from collections.abc import Sequence
from dataclasses import dataclass
from functools import cache
from importlib.resources import files
from typing import Final

import yaml
from starlette.routing import compile_path

REQUEST: Final = "request"
"""What a request is called that has no name of its own."""
STATIC: Final = "/static/"
_METHODS: Final = ("GET", "HEAD", "POST", "PUT", "PATCH", "DELETE", "OPTIONS")
_NOWHERE: Final = "(none)"


@dataclass(frozen=True)
class Route:
    """One address.

    Attributes:
        name: the method and the address, with names in place of what stands in them.
        does: what a request to it is called; "request" where it has no name.
        recorded: whether each request to it is a row, and not only such as are refused.
        static: whether it is a file of the server's own, refusals of which tell nothing.
    """

    name: str
    does: str = REQUEST
    recorded: bool = False
    static: bool = False


@cache
def routes() -> Sequence[tuple[str, re.Pattern[str], Route]]:
    """Every address, with its method and the pattern of its paths."""
    text = files(__package__).joinpath("routes.yaml").read_text(encoding="utf-8")
    said: dict[str, dict[str, str]] = yaml.safe_load(text)
    found = []
    for name, kind in said.items():
        method, _, path = name.partition(" ")
        does = kind.get("does") or kind.get("asks") or REQUEST
        found.append((method, compile_path(path)[0], Route(name, does, recorded="does" in kind)))
    return found


def route_of(method: str, path: str) -> Route:
    """The route of a request. A path that is no address is named as little as a method that HTTP has not got.

    >>> route_of("GET", "/cases/secret/letter.pdf").name, route_of("GET", "/secret").name, route_of("SECRET", "/").name
    ('GET /cases/{token}/letter.pdf', 'GET (none)', '(other) /')
    """
    spoken = method if method in _METHODS else "(other)"
    if path.startswith(STATIC):
        return Route(f"{spoken} {STATIC}", static=True)
    fits = [(known, route) for known, pattern, route in routes() if pattern.match(path)]
    for known, route in fits:
        if known == method:
            return route
    place = fits[0][1].name.partition(" ")[2] if fits else _NOWHERE
    return Route(f"{spoken} {place}")
