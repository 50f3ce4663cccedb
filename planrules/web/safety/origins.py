"""Where a request may come from: under this server's own name, and where it writes, from its own pages."""

from collections.abc import Collection
from typing import Final

from starlette.datastructures import Headers
from starlette.types import Scope

from planrules.web.safety.refusals import StrangerError, stranger

_SAFE: Final = frozenset({"GET", "HEAD", "OPTIONS"})


def check_origin(scope: Scope, headers: Headers, hosts: Collection[str]) -> None:
    """Refuses names that this server has not got, and what pages of others send. `hosts` empty: any name.

    A link on a page of another server leads here. A picture or a frame on it does not: it would see nothing, and could
    make this server work, and write rows, in the name of whoever looks at it.

    Raises:
        StrangerError: 421 for another name, 403 for a page of another server.
    """
    host = headers.get("host", "")
    if hosts and _without_port(host) not in hosts:
        raise _elsewhere(421, "another name")
    foreign = headers.get("sec-fetch-site", "same-origin") not in {"same-origin", "none"}
    if scope["method"] in _SAFE:
        if foreign and not _is_link(headers):
            raise _elsewhere(403, "another origin")
        return
    if foreign or not _is_own(headers.get("origin"), host, scope["scheme"]):
        raise _elsewhere(403, "another origin")


def _is_link(headers: Headers) -> bool:
    """Whether somebody followed a link, so that a whole page is asked for."""
    return headers.get("sec-fetch-mode") == "navigate" and headers.get("sec-fetch-dest", "document") == "document"


def _is_own(origin: str | None, host: str, scheme: str) -> bool:
    """Whether an origin is this server; a page that came without TLS is none of a server that has it."""
    if origin is None:
        return True
    said, _, name = origin.partition("://")
    return bool(name) and name == host and (said == "https" or scheme != "https")


def _without_port(host: str) -> str:
    return host.rpartition("]")[0] + "]" if host.startswith("[") else host.partition(":")[0]


def _elsewhere(status: int, reason: str) -> StrangerError:
    return stranger(
        status,
        "a request from elsewhere",
        "Pages of other servers may not ask this one, under its own name or another.",
        "Open the address that `planrules serve` printed.",
        reason=reason,
    )
