"""Requests that are refused: an HTTP status with the problems, in the one shape of all errors."""

from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from typing import ClassVar

from planrules.errors import PlanrulesError, Problem

HERE = "request"
_REASONS: Mapping[int, str] = {
    404: "not there",
    405: "another method",
    409: "other elections",
    413: "too large",
    500: "server",
    503: "busy",
}
"""Why something is refused, where the status says it."""


@dataclass(frozen=True)
class PointedProblem(Problem):
    """A problem of a request's JSON; `pointer` (RFC 6901) leads to what is wrong, empty for the whole of it.

    It never leads through a name that the schema does not have: such a name may be anything.
    """

    pointer: str = ""


class RefusedError(PlanrulesError):
    """A request that the server refuses, whatever the facts in it are."""

    code: ClassVar[str] = "request"

    def __init__(
        self, status: int, problems: Sequence[Problem], headers: Mapping[str, str] | None = None, reason: str = ""
    ) -> None:
        super().__init__(problems)
        self.status = status
        self.headers = dict(headers or {})
        self.reason = reason or _REASONS.get(status, self.code)
        """Why, in a word or two, for the audit log."""


class StrangerError(RefusedError):
    """A request of whoever is not known, or from elsewhere: told without a word of what is served here."""

    tried: str = ""
    """The login that was tried, where there is one of the name; empty where not."""


def stranger(  # noqa: PLR0913  what is told of a refusal
    status: int,
    what: str,
    why: str,
    do: str,
    *,
    reason: str,
    tried: str = "",
    headers: Mapping[str, str] | None = None,
) -> StrangerError:
    """A refusal of a stranger."""
    found = StrangerError(status, [Problem(what=what, where=HERE, why=why, do=do)], headers, reason)
    found.tried = tried
    return found


def refused(  # noqa: PLR0913, PLR0917  the parts of a problem
    status: int, what: str, why: str, do: str, where: str = HERE, reason: str = ""
) -> RefusedError:
    """A refusal for one reason."""
    return RefusedError(status, [Problem(what=what, where=where, why=why, do=do)], reason=reason)


def reason_of(error: PlanrulesError) -> str:
    """Why something is refused, in a word or two, for the audit log: the error's code where nothing nearer is known."""
    return error.reason if isinstance(error, RefusedError) else error.code


def forbidden(role: str) -> RefusedError:
    """The caller is known and has not got the role."""
    return refused(
        403,
        f"the role {role} is needed",
        "Each login and each token has roles.",
        "Ask whoever runs this server for the role, or sign in as somebody who has it.",
        reason=f"role {role}",
    )


def nameless(role: str) -> RefusedError:
    """Nobody signs in here, and what is asked for is done by somebody with a name."""
    return refused(
        403,
        f"the role {role} is needed, and nobody signs in here",
        "It is kept who did it, and without tokens or logins nobody has a name.",
        "Change the file and start the server again, or serve with --token-file or --login.",
    )


def not_found(what: str, do: str) -> RefusedError:
    """There is nothing under this address."""
    return refused(404, what, "Plans, people and answers have addresses of their own.", do)
