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

_COST, _BLOCK, _PARALLEL = 2**14, 8, 1
_WHERE: Final = "password"


class PasswordRules(BaseModel):
    """What a password must be: the shortest and the longest in characters, and words it is not to consist of."""

    model_config = ConfigDict(frozen=True, extra="forbid")

    shortest: Annotated[int, Field(ge=8)]
    longest: Annotated[int, Field(ge=64)]
    cites: str
    expected: tuple[str, ...]


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
    salt = secrets.token_bytes(16)
    made = _scrypt(password, salt, _COST, _BLOCK, _PARALLEL)
    parts = ("scrypt", str(_COST), str(_BLOCK), str(_PARALLEL), _base64(salt), _base64(made))
    return "$".join(parts)


def password_is(password: str, kept: str) -> bool:
    """Whether this is the password that was hashed so; takes as long either way."""
    _, cost, block, parallel, salt, made = kept.split("$")
    found = _scrypt(password, base64.b64decode(salt), int(cost), int(block), int(parallel))
    return hmac.compare_digest(found, base64.b64decode(made))


def _scrypt(password: str, salt: bytes, cost: int, block: int, parallel: int) -> bytes:
    """The hash. Characters that look the same are the same, however a keyboard composes them."""
    memory = 256 * cost * block * parallel
    given = unicodedata.normalize("NFC", password).encode()
    return hashlib.scrypt(given, salt=salt, n=cost, r=block, p=parallel, maxmem=memory, dklen=32)


def _base64(value: bytes) -> str:
    return base64.b64encode(value).decode()
