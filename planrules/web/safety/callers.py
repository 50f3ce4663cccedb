"""Who asks, and what the asker may do."""

from collections.abc import Callable
from dataclasses import dataclass
from typing import Literal, get_args

from starlette.requests import Request

from planrules.web.safety.refusals import forbidden, nameless

Role = Literal["look_up_one", "run_batch", "change_elections"]
ROLES: tuple[Role, ...] = get_args(Role)


@dataclass(frozen=True)
class Caller:
    """Who asks: the name of a login or a token, and what it may do."""

    name: str
    roles: frozenset[Role]


LOCAL = Caller("local", frozenset(ROLES) - {"change_elections"})
"""Whoever uses the machine, where no login is asked for: may ask everything, and has no name to change
anything by."""


def caller(request: Request) -> Caller:
    """Who asks, as the guard at the door found."""
    found: Caller = request.state.caller
    return found


def roles_of(request: Request) -> frozenset[Role]:
    """What the asker may do; nothing before it is found who asks."""
    found: Caller | None = getattr(request.state, "caller", None)
    return frozenset() if found is None else found.roles


def role(wanted: Role) -> Callable[[Request], Caller]:
    """A dependency that lets those with the role pass, and gives who they are.

    Raises:
        RefusedError: the caller has not got the role.
    """

    def allowed(request: Request) -> Caller:
        asking = caller(request)
        if wanted not in asking.roles:
            raise nameless(wanted) if asking is LOCAL else forbidden(wanted)
        return asking

    return allowed
