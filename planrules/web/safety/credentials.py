"""What the header Authorization brings: a token, or a name and a password."""

import base64
from dataclasses import dataclass, field


@dataclass(frozen=True)
class Token:
    """A token of a program."""

    secret: str = field(repr=False)
    name: str = ""


@dataclass(frozen=True)
class Password:
    """A name and a password, as they were typed; the name may be nobody's."""

    name: str = field(repr=False)
    secret: str = field(repr=False)


Credentials = Token | Password


def credentials(authorization: str) -> Credentials | None:
    """What a header brings; null where it brings nothing that could let anybody in.

    >>> credentials("Basic YW5uOnNlY3JldA==") == Password("ann", "secret")
    True
    >>> credentials("Basic %%"), credentials("Digest ann"), credentials("")
    (None, None, None)
    """
    scheme, _, given = authorization.partition(" ")
    if scheme.lower() == "bearer":
        return Token(given.strip())
    if scheme.lower() != "basic":
        return None
    try:
        name, _, password = base64.b64decode(given.strip(), validate=True).decode().partition(":")
    except ValueError:  # not base64, not ASCII, or not UTF-8 in it
        return None
    return Password(name, password)
