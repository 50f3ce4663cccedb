"""Tokens and logins, kept as hashes and compared without telling by the time it takes how near a guess was."""

import base64
import hashlib
import hmac
import secrets
from collections.abc import Callable, Mapping
from dataclasses import dataclass, field

from planrules.web.safety.callers import LOCAL, Caller
from planrules.web.safety.refusals import RefusedError, stranger

Check = Callable[[str, str], bool]


@dataclass(frozen=True)
class Logins:
    """Who may ask; empty: whoever reaches the port may do everything.

    Attributes:
        tokens: the callers of tokens, by the SHA-256 of each.
        passwords: the hash of each person's password with the caller, by name.
    """

    tokens: Mapping[bytes, Caller] = field(default_factory=dict)
    passwords: Mapping[str, tuple[str, Caller]] = field(default_factory=dict)
    _secret: bytes = field(default_factory=lambda: secrets.token_bytes(32), repr=False)
    _known: dict[bytes, Caller] = field(default_factory=dict, repr=False)

    def __bool__(self) -> bool:
        return bool(self.tokens or self.passwords)

    def caller(self, authorization: str, check: Check) -> Caller:
        """Who asks, by the header Authorization; `check` holds a password against its hash.

        Raises:
            RefusedError: 401 where the header lets nobody in.
        """
        if not self:
            return LOCAL
        scheme, _, given = authorization.partition(" ")
        if scheme.lower() == "bearer":
            return self._of_token(given.strip())
        if scheme.lower() == "basic":
            return self._of_password(given.strip(), check)
        raise self.unknown()

    def remembered(self, authorization: str) -> Caller | None:
        """Who asks, where the same header has let somebody in before: scrypt takes long, once is enough."""
        if not self:
            return LOCAL
        return self._known.get(self._digest(authorization))

    def remember(self, authorization: str, caller: Caller) -> None:
        """Keeps a keyed digest of a header that has let somebody in; there are as many as people let in."""
        self._known[self._digest(authorization)] = caller

    def _digest(self, authorization: str) -> bytes:
        return hmac.new(self._secret, authorization.encode(), hashlib.sha256).digest()

    def _of_token(self, token: str) -> Caller:
        given = hashlib.sha256(token.encode()).digest()
        found = [caller for digest, caller in self.tokens.items() if hmac.compare_digest(digest, given)]
        if not found:
            raise self.unknown()
        return found[0]

    def _of_password(self, given: str, check: Check) -> Caller:
        try:
            name, _, password = base64.b64decode(given, validate=True).decode().partition(":")
        except ValueError:  # not base64, not ASCII, or not UTF-8 in it
            raise self.unknown() from None
        hashed, caller = self.passwords.get(name, (None, None))
        if hashed is None:
            for other, _ in list(self.passwords.values())[:1]:
                check(password, other)  # nobody of this name takes as long as a wrong password
            raise self.unknown()
        if not check(password, hashed) or caller is None:
            raise self.unknown()
        return caller

    def unknown(self) -> RefusedError:
        """The refusal of whoever is not known."""
        ways = (
            *(["Bearer"] if self.tokens else []),
            *(['Basic realm="planrules", charset="UTF-8"'] if self.passwords else []),
        )
        found = stranger(
            401,
            "a token or a login is needed",
            "This server answers those it knows.",
            "Send the header Authorization with a token, or sign in.",
        )
        found.headers["www-authenticate"] = "\n".join(reversed(ways))
        return found
