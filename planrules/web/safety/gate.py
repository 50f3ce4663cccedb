"""Who is let in, and how many guesses are taken before nobody new is, for a while.

Whoever was let in goes on while others guess: what once let somebody in is known again without being counted. Passwords
are checked one at a time, so that guesses cannot take up the machine.
"""

import asyncio
import hashlib
import hmac
import ipaddress
import secrets
from collections import OrderedDict
from dataclasses import dataclass, field
from datetime import datetime, timedelta
from typing import Final

from starlette.concurrency import run_in_threadpool

from planrules.web.clock import Clock
from planrules.web.safety.callers import LOCAL, Caller
from planrules.web.safety.credentials import Credentials, Password, credentials
from planrules.web.safety.failures import Failures
from planrules.web.safety.limits import Guesses
from planrules.web.safety.logins import NOT_SIGNED_IN, WRONG, Check, Logins
from planrules.web.safety.passwords import password_is
from planrules.web.safety.refusals import StrangerError, stranger

TOO_MANY: Final = "too many guesses"
_MOST_HOMES: Final = 10_000


@dataclass(frozen=True)
class Entered:
    """Who was let in; `signed_in`: just now, and not because it was known already."""

    caller: Caller
    signed_in: bool


@dataclass
class Gate:
    """What every request goes through.

    Attributes:
        logins: who may ask.
        guesses: how many may be wrong.
        clock: what hour it is.
        check: holds a password against its hash.
    """

    logins: Logins
    guesses: Guesses
    clock: Clock
    check: Check = password_is
    _secret: bytes = field(default_factory=lambda: secrets.token_bytes(32), repr=False)
    _known: dict[bytes, tuple[Caller, datetime]] = field(default_factory=dict, repr=False)
    _homes: OrderedDict[tuple[str, str], None] = field(default_factory=OrderedDict, repr=False)
    _turn: asyncio.Lock = field(default_factory=asyncio.Lock, repr=False)

    def __post_init__(self) -> None:
        self._failures = Failures(self.clock, self.guesses.window)

    async def enter(self, authorization: str, host: str) -> Entered:
        """Lets in whom the header Authorization lets in, from the address of this host.

        Raises:
            StrangerError: 401 where it is nobody, 429 where so many were wrong that none is looked at for now.
        """
        if not self.logins:
            return Entered(LOCAL, signed_in=False)
        given = credentials(authorization)
        if given is not None and (known := self._again(given)):
            return known
        if not authorization:
            raise self.logins.unknown(None, NOT_SIGNED_IN)
        return await self._tried(given, address_of(host))

    async def _tried(self, given: Credentials | None, address: str) -> Entered:
        self._hold(given, address)
        if not isinstance(given, Password):
            return self._entered(given, address, None if given is None else self.logins.of(given, self.check))
        async with self._turn:  # those who waited for their turn may be known by now, or have guessed too often
            if known := self._again(given):
                return known
            self._hold(given, address)
            return self._entered(given, address, await run_in_threadpool(self.logins.of, given, self.check))

    def _hold(self, given: Credentials | None, address: str) -> None:
        """Refuses to look at anything more where too many were wrong.

        Guesses from elsewhere do not keep a login from an address that it has come from before.
        """
        wait = self._failures.wait(address, self.guesses.of_address)
        if isinstance(given, Password) and (given.name, address) not in self._homes:
            wait = max(wait, self._failures.wait(self._name(given), self.guesses.of_login))
        if wait:
            raise _too_many(wait, self.logins.named(given))

    def _entered(self, given: Credentials | None, address: str, caller: Caller | None) -> Entered:
        if given is None or caller is None:
            self._failures.add(address)
            if isinstance(given, Password):
                self._failures.add(self._name(given))
            raise self.logins.unknown(given, WRONG)
        self._known[self._digest(given)] = (caller, self.clock())
        self._homes[caller.name, address] = None
        while len(self._homes) > _MOST_HOMES:
            self._homes.popitem(last=False)
        return Entered(caller, signed_in=True)

    def _again(self, given: Credentials) -> Entered | None:
        """Who these have let in before. After a long quiet it is a sign-in again, for the record."""
        digest, now = self._digest(given), self.clock()
        if digest not in self._known:
            return None
        caller, at = self._known[digest]
        self._known[digest] = (caller, now)
        return Entered(caller, signed_in=now - at >= timedelta(seconds=self.guesses.quiet))

    def _name(self, given: Password) -> str:
        """What failures of a login are kept under: not the name itself, which may be a password in the wrong place."""
        return self._digest(Password(given.name, "")).hex()

    def _digest(self, given: Credentials) -> bytes:
        """A keyed digest; there are as many kept as there are logins and tokens, and as are guessed wrong of late."""
        said = f"{type(given).__name__}\0{given.name}\0{given.secret}"
        return hmac.new(self._secret, said.encode(), hashlib.sha256).digest()


def address_of(host: str) -> str:
    """What guesses of a host are counted under: its address; of IPv6 the network that one customer is given, a /64.

    >>> address_of("192.0.2.7"), address_of("::ffff:192.0.2.7"), address_of("2001:db8:1:2:3::4"), address_of("nowhere")
    ('192.0.2.7', '192.0.2.7', '2001:db8:1:2::/64', 'nowhere')
    """
    try:
        found = ipaddress.ip_address(host.partition("%")[0])
    except ValueError:
        return host
    if isinstance(found, ipaddress.IPv4Address):
        return str(found)
    if found.ipv4_mapped is not None:
        return str(found.ipv4_mapped)
    return str(ipaddress.ip_network((found, 64), strict=False))


def _too_many(seconds: int, tried: str) -> StrangerError:
    return stranger(
        429,
        "too many wrong tokens or passwords",
        "None is looked at for a while, so that nobody finds one by trying.",
        f"Wait {seconds} seconds, then sign in again.",
        reason=TOO_MANY,
        tried=tried,
        headers={"retry-after": str(seconds)},
    )
