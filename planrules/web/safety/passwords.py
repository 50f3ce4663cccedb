"""What a password must be, and its hash by scrypt, from which it cannot be told."""

import base64
import hashlib
import hmac
import secrets
import unicodedata
from functools import cache
from importlib.resources import files
from typing import Annotated, Final

import yaml
from pydantic import BaseModel, ConfigDict, Field

from planrules.errors import Problem

_BYTES: Final = 32
_MOST_MEMORY: Final = 2**28
"""Bytes that checking one password may take."""
_WHERE: Final = "password"


class Scrypt(BaseModel):
    """The settings of the hash, by the letters that RFC 7914 has for them."""

    model_config = ConfigDict(frozen=True, extra="forbid")

    n: int
    r: int
    p: int

    @property
    def memory(self) -> int:
        """Bytes that it takes at most."""
        return 256 * self.n * self.r * self.p


class PasswordRules(BaseModel):
    """What a password must be: the shortest and the longest in characters, words it is not to consist of; its hash."""

    model_config = ConfigDict(frozen=True, extra="forbid")

    shortest: Annotated[int, Field(ge=8)]
    longest: Annotated[int, Field(ge=64)]
    cites: str
    expected: tuple[str, ...]
    scrypt: Scrypt


@cache
def password_rules() -> PasswordRules:
    """The rules of `passwords.yaml`."""
    text = files(__package__).joinpath("passwords.yaml").read_text(encoding="utf-8")
    return PasswordRules.model_validate(yaml.safe_load(text))


def wrong_with(password: str, name: str) -> Problem | None:
    """What stands against a password for the login of this name; null where nothing does."""
    rules, length = password_rules(), len(password)
    if length < rules.shortest:
        return _problem(
            f"shorter than {rules.shortest} characters", "Take several words that nobody would put together."
        )
    if length > rules.longest:
        return _problem(f"longer than {rules.longest} characters", "Take a shorter one.")
    if _is_expected(password, name):
        return _problem("one of those that are guessed first", "Take several words that nobody would put together.")
    return None


def _is_expected(password: str, name: str) -> bool:
    """Whether it is one word, or one character, again and again; the last time perhaps in part."""
    said = password.casefold()
    words = (*password_rules().expected, name.casefold(), said[0])
    return any((word * len(said)).startswith(said) for word in words)


def _problem(what: str, do: str) -> Problem:
    why = f"It alone lets somebody in ({password_rules().cites})."
    return Problem(what=what, where=_WHERE, why=why, do=do)


def hashed(password: str) -> str:
    """A new salted hash of a password: scrypt$n$r$p$salt$hash, the last two in base64."""
    salt, settings = secrets.token_bytes(16), password_rules().scrypt
    made = _scrypt(password, salt, settings)
    return f"scrypt${settings.n}${settings.r}${settings.p}${_base64(salt)}${_base64(made)}"


def password_is(password: str, kept: str) -> bool:
    """Whether this is the password that was hashed so; takes as long either way."""
    settings, salt, made = _parts(kept)
    return hmac.compare_digest(_scrypt(password, salt, settings), made)


def can_be_checked(kept: str) -> bool:
    """Whether passwords can be held against this hash: its settings are some, with memory that there is."""
    try:
        settings, _, _ = _parts(kept)
    except ValueError:  # not base64
        return False
    power_of_two = settings.n > 1 and settings.n & (settings.n - 1) == 0
    return power_of_two and settings.r > 0 and settings.p > 0 and settings.memory <= _MOST_MEMORY


def _parts(kept: str) -> tuple[Scrypt, bytes, bytes]:
    _, n, r, p, salt, made = kept.split("$")
    return (
        Scrypt(n=int(n), r=int(r), p=int(p)),
        base64.b64decode(salt, validate=True),
        base64.b64decode(made, validate=True),
    )


def _scrypt(password: str, salt: bytes, settings: Scrypt) -> bytes:
    """The hash. Characters that look the same are the same, however a keyboard composes them."""
    given = unicodedata.normalize("NFC", password).encode()
    return hashlib.scrypt(
        given, salt=salt, n=settings.n, r=settings.r, p=settings.p, maxmem=settings.memory, dklen=_BYTES
    )


def _base64(value: bytes) -> str:
    return base64.b64encode(value).decode()
