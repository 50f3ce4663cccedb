"""The files that say who may ask: tokens of programs and logins of people, each with its roles.

```yaml
- {name: payroll, sha256: 9f86d0..., roles: [look_up_one, run_batch]}
- {name: ann, password: scrypt$16384$8$1$c2FsdA==$..., roles: [look_up_one]}
```

Each entry may be appended to what is there. A file may also have them under the headings `tokens:` and `logins:`.

A token is a long random text, so that its SHA-256 tells nothing of it; a password is hashed by scrypt with a salt.
`planrules serve --new-token NAME` and `--new-login NAME` write the entries.
"""

import hashlib
import secrets
from collections.abc import Iterable, Sequence
from pathlib import Path
from typing import Annotated, ClassVar, Final

import yaml
from pydantic import AfterValidator, BaseModel, ConfigDict, Field, ValidationError

from planrules.errors import PlanrulesError, Problem
from planrules.form.strict_yaml import Duplicate, StrictYamlError, read_yaml
from planrules.web.safety.callers import Caller, Role
from planrules.web.safety.logins import Logins
from planrules.web.safety.passwords import can_be_checked, hashed, wrong_with

_SCRYPT: Final = r"^scrypt\$\d{1,8}\$\d{1,3}\$\d{1,3}\$[A-Za-z0-9+/=]{8,100}\$[A-Za-z0-9+/=]{20,200}$"


_KEYS: Final = frozenset({"tokens", "logins", "name", "roles", "sha256", "password"})


class AccessError(PlanrulesError):
    """Who may ask is not said, or not so that it can be held to."""

    code: ClassVar[str] = "access"
    exit_code: ClassVar[int] = 2


class _Entry(BaseModel):
    model_config = ConfigDict(frozen=True, extra="forbid", hide_input_in_errors=True)

    name: Annotated[str, Field(min_length=1, max_length=100, pattern=r"^[^:\s]+$")]
    roles: Annotated[tuple[Role, ...], Field(min_length=1)]


class TokenEntry(_Entry):
    """A token of a program, by its SHA-256 in hexadecimal."""

    sha256: Annotated[str, Field(pattern=r"^[0-9a-f]{64}$")]


def _checkable(kept: str) -> str:
    if not can_be_checked(kept):
        raise ValueError
    return kept


class LoginEntry(_Entry):
    """A person's login; `password` is scrypt$n$r$p$salt$hash, the last two in base64."""

    password: Annotated[str, Field(pattern=_SCRYPT), AfterValidator(_checkable)]


class AccessFile(BaseModel):
    """A file of tokens, logins or both."""

    model_config = ConfigDict(frozen=True, extra="forbid", hide_input_in_errors=True)

    tokens: tuple[TokenEntry, ...] = ()
    logins: tuple[LoginEntry, ...] = ()


def load_logins(files: Iterable[Path]) -> Logins:
    """Who may ask, by these files together.

    Raises:
        AccessError: a file cannot be read, is not of this form, has nobody in it, or a name is in them twice.
    """
    found = [_load(file) for file in files]
    tokens = [each for file in found for each in file.tokens]
    logins = [each for file in found for each in file.logins]
    names = [each.name for each in (*tokens, *logins)]
    if len(set(names)) < len(names):
        raise AccessError([_problem(what="a name is there twice", where="--login, --token-file", do="Rename one.")])
    return Logins(
        tokens={bytes.fromhex(each.sha256): _caller(each) for each in tokens},
        passwords={each.name: (each.password, _caller(each)) for each in logins},
    )


def _caller(entry: _Entry) -> Caller:
    return Caller(entry.name, frozenset(entry.roles))


def _load(file: Path) -> AccessFile:
    try:
        document = read_yaml(file.read_text(encoding="utf-8"))
    except (OSError, UnicodeDecodeError) as error:
        told = _problem(what=f"cannot be read ({type(error).__name__})", where=file.name, do="Check the file.")
        raise AccessError([told]) from None
    except StrictYamlError as error:
        told = _problem(what="not the plain YAML of these files", where=f"{file.name}, {error}", do="Mend that line.")
        raise AccessError([told]) from None
    if document.duplicates:
        raise AccessError([_twice(each, file.name) for each in document.duplicates])
    try:
        found = AccessFile.model_validate(_grouped(document.data))
    except ValidationError as error:
        raise AccessError(list(_problems(error, file.name))) from None
    if not found.tokens and not found.logins:
        raise AccessError([_problem(what="nobody is in it", where=file.name, do="Add a token or a login.")])
    return found


def _grouped(data: object) -> object:
    """What a file has, under its headings; of entries without headings each is told by its password."""
    if not isinstance(data, list):
        return {} if data is None else data
    logins = [each for each in data if isinstance(each, dict) and "password" in each]
    return {"tokens": [each for each in data if each not in logins], "logins": logins}


def _twice(found: Duplicate, where: str) -> Problem:
    """The key is told where it is one of these files': any other may be a secret in the wrong place."""
    return Problem(
        what=f"the key {found.key} is there twice" if found.key in _KEYS else "a key is there twice",
        where=f"{where}, lines {found.first_line} and {found.line}",
        why="Only one of the two would count, and whoever is in the other would not be let in.",
        do="Put all entries under one heading each, or leave the headings out.",
    )


def _problems(error: ValidationError, where: str) -> Iterable[Problem]:
    for each in error.errors(include_url=False, include_input=False, include_context=False):
        place = ", ".join(str(part) for part in each["loc"])
        yield _problem(
            what="not what this field takes",
            where=f"{where}, {place}",
            do="Write the entries with `planrules serve --new-token NAME` or `--new-login NAME`.",
        )


def _problem(what: str, where: str, do: str) -> Problem:
    return Problem(what=what, where=where, why="Tokens and logins say who may ask, and what.", do=do)


def new_token(name: str, roles: Sequence[Role]) -> tuple[str, str]:
    """A token that nobody has yet, and the file's lines that let it in."""
    token = f"planrules_{secrets.token_urlsafe(32)}"
    entry = TokenEntry(name=name, roles=tuple(roles), sha256=hashlib.sha256(token.encode()).hexdigest())
    return token, _lines(entry)


def new_login(name: str, password: str, roles: Sequence[Role]) -> str:
    """The file's lines that let a person in with this password.

    Raises:
        AccessError: the password would be guessed.
    """
    if wrong := wrong_with(password, name):
        raise AccessError([wrong])
    return _lines(LoginEntry(name=name, roles=tuple(roles), password=hashed(password)))


def _lines(entry: _Entry) -> str:
    """An entry without a heading, so that it can be appended to a file of entries."""
    return yaml.safe_dump([entry.model_dump(mode="json")], sort_keys=False, width=200)
