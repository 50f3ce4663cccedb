"""One version of a plan's elections."""

from dataclasses import dataclass
from datetime import datetime
from typing import Literal

Origin = Literal["file", "put", "engine"]


@dataclass(frozen=True)
class Version:
    """A version, as the database keeps it.

    Attributes:
        plan: the id of the plan.
        number: its place in the chain of versions, from 1.
        hash: SHA-256 over elections, facts and readings, as answers name it.
        at: the hour it was put in force, in UTC.
        by: who put it: the login or the name of a token; "file" where it was read at a start, and "planrules" where an
            engine of another version reads the version before it otherwise.
        origin: whether it came from the file, over HTTP, or of another engine.
        document: elections and facts as JSON.
    """

    plan: str
    number: int
    hash: str
    at: datetime
    by: str
    origin: Origin
    document: str
