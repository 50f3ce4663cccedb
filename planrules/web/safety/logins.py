"""Tokens and logins, kept as hashes and compared without telling by the time it takes how near a guess was."""

import hashlib
import hmac
from collections.abc import Callable, Mapping
from dataclasses import dataclass, field
from typing import Final

from planrules.web.safety.callers import Caller
from planrules.web.safety.credentials import Credentials, Password
from planrules.web.safety.refusals import StrangerError, stranger

Check = Callable[[str, str], bool]
NOT_SIGNED_IN: Final = "no login"
WRONG: Final = "wrong token or password"


@dataclass(frozen=True)
class Logins:
    """Who may ask; empty: whoever reaches the port may do everything.

    Attributes:
        tokens: the callers of tokens, by the SHA-256 of each.
        passwords: the hash of each person's password with the caller, by name.
    """

    tokens: Mapping[bytes, Caller] = field(default_factory=dict)
    passwords: Mapping[str, tuple[str, Caller]] = field(default_factory=dict)

    def __bool__(self) -> bool:
        return bool(self.tokens or self.passwords)

    def of(self, given: Credentials, check: Check) -> Caller | None:
        """Whom these let in, null for nobody; `check` holds a password against its hash, which takes long."""
        return self._of_password(given, check) if isinstance(given, Password) else self._of_token(given.secret)

    def _of_token(self, token: str) -> Caller | None:
        given = hashlib.sha256(token.encode()).digest()
        found = [caller for digest, caller in self.tokens.items() if hmac.compare_digest(digest, given)]
        return found[0] if found else None

    def _of_password(self, given: Password, check: Check) -> Caller | None:
        hashed, caller = self.passwords.get(given.name, (None, None))
        if hashed is None:
            if self.passwords:
                check(given.secret, self._another(given.name))
            return None
        return caller if check(given.secret, hashed) else None

    def _another(self, name: str) -> str:
        """A hash to check where there is nobody of a name: always the same one, so that it takes as long each time."""
        hashes = [hashed for hashed, _ in self.passwords.values()]
        return hashes[hashlib.sha256(name.encode()).digest()[0] % len(hashes)]

    def unknown(self, given: Credentials | None, reason: str) -> StrangerError:
        """The refusal of whoever is not known, with the name of the login that was tried if there is one of it."""
        ways = (
            *(['Basic realm="planrules", charset="UTF-8"'] if self.passwords else []),
            *(["Bearer"] if self.tokens else []),
        )
        return stranger(
            401,
            "a token or a login is needed",
            "This server answers those it knows.",
            "Send the header Authorization with a token, or sign in.",
            reason=reason,
            tried=self.named(given),
            headers={"www-authenticate": "\n".join(ways)},
        )

    def named(self, given: Credentials | None) -> str:
        """The name of a login, where there is one of the name that was typed; else empty."""
        return given.name if isinstance(given, Password) and given.name in self.passwords else ""
