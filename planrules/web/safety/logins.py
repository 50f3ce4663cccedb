"""Logins and tokens: read from a file, kept as hashes."""

from collections.abc import Mapping
from dataclasses import dataclass, field

from planrules.web.safety.callers import Caller


@dataclass(frozen=True)
class Logins:
    """Who may ask; empty: whoever reaches the port may do everything."""

    tokens: Mapping[str, Caller] = field(default_factory=dict)

    def __bool__(self) -> bool:
        return bool(self.tokens)
