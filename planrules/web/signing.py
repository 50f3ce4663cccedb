"""Tokens that stand in URLs where an employee_id must not: an HMAC of this process's secret.

A token is good as long as the process runs, or until what it is of is forgotten. Whoever was never sealed cannot be
unsealed, so that no list of tokens can be made from a list of employee_ids.
"""

import hashlib
import hmac
import secrets
from dataclasses import dataclass, field

from starlette.requests import Request

_BYTES = 16


@dataclass(frozen=True)
class Sealer:
    """Seals and unseals under one secret."""

    secret: bytes = field(default_factory=lambda: secrets.token_bytes(32), repr=False)
    _sealed: dict[str, str] = field(default_factory=dict, repr=False)

    def seal(self, value: str) -> str:
        """The token of a value, always the same within the process."""
        token = self.digest("seal", value)
        self._sealed[token] = value
        return token

    def unseal(self, token: str) -> str | None:
        """The value that was sealed into this token; null where none was."""
        return self._sealed.get(token)

    def forget(self, prefix: str) -> None:
        """Lets go of every value that begins so; what was sealed into their tokens is nobody's any more."""
        for token in [token for token, value in self._sealed.items() if value.startswith(prefix)]:
            del self._sealed[token]

    def digest(self, purpose: str, value: str) -> str:
        """A keyed digest for one purpose, so that a token of one use is none of another."""
        made = hmac.new(self.secret, f"{purpose}\0{value}".encode(), hashlib.sha256)
        return made.digest()[:_BYTES].hex()


def sealer(request: Request) -> Sealer:
    """The sealer of this process."""
    found: Sealer = request.app.state.sealer
    return found


def seal(request: Request, employee_id: str) -> str:
    """The token that stands in URLs for an employee_id."""
    return sealer(request).seal(employee_id)


def unseal(request: Request, token: str) -> str | None:
    """The employee_id of a token; null where this process has sealed none into it."""
    return sealer(request).unseal(token)
