"""Requests that are refused: an HTTP status with the problems, in the one shape of all errors."""

from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from typing import ClassVar

from planrules.errors import PlanrulesError, Problem

HERE = "request"


@dataclass(frozen=True)
class PointedProblem(Problem):
    """A problem of a request's JSON; `pointer` (RFC 6901) leads to what is wrong, empty for the whole of it.

    It never leads through a name that the schema does not have: such a name may be anything.
    """

    pointer: str = ""


class RefusedError(PlanrulesError):
    """A request that the server refuses, whatever the facts in it are."""

    code: ClassVar[str] = "request"

    def __init__(self, status: int, problems: Sequence[Problem], headers: Mapping[str, str] | None = None) -> None:
        super().__init__(problems)
        self.status = status
        self.headers = dict(headers or {})


class StrangerError(RefusedError):
    """A request of whoever is not known, or from elsewhere: told without a word of what is served here."""


def stranger(status: int, what: str, why: str, do: str) -> StrangerError:
    """A refusal of a stranger."""
    return StrangerError(status, [Problem(what=what, where=HERE, why=why, do=do)])


def refused(status: int, what: str, why: str, do: str, where: str = HERE) -> RefusedError:
    """A refusal for one reason."""
    return RefusedError(status, [Problem(what=what, where=where, why=why, do=do)])


def forbidden(role: str) -> RefusedError:
    """The caller is known and has not got the role."""
    return refused(
        403,
        f"the role {role} is needed",
        "Each login and each token has roles.",
        "Ask whoever runs this server for the role, or sign in as somebody who has it.",
    )


def not_found(what: str, do: str) -> RefusedError:
    """There is nothing under this address."""
    return refused(404, what, "Plans, people and answers have addresses of their own.", do)
