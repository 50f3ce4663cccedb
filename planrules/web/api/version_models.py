"""What the API takes and gives about versions of elections."""

from collections.abc import Mapping
from datetime import datetime
from typing import Any

from pydantic import BaseModel, ConfigDict, Field

from planrules.web.versions.version import Origin


class _Given(BaseModel):
    model_config = ConfigDict(frozen=True, extra="forbid")


class ElectionsChange(_Given):
    """Other elections for a plan.

    Attributes:
        elections: what an elections file says, as JSON: its keys and values by the same names, and fractions in quotes.
        facts: what a plan facts file says; null or left out, those in force stay, and `{}` takes them away.
    """

    elections: dict[str, Any]
    facts: dict[str, Any] | None = None


class VersionLine(_Given):
    """A version of a plan's elections.

    Attributes:
        hash: SHA-256 over elections, facts and readings, as answers name it.
        at: the hour it was put in force, in UTC.
        by: who put it: a login, the name of a token, "file" or "planrules".
        origin: "file" where it was read when a server started, "put" where it came over HTTP, "engine" where another
            version of planrules reads the same elections otherwise.
        in_force: whether this server answers under it where nobody names another.
    """

    hash: str
    at: datetime
    by: str
    origin: Origin
    in_force: bool


class VersionPage(_Given):
    """Versions of a plan, the last first; `next` is the cursor of the page after this one, null on the last."""

    versions: list[VersionLine]
    next: str | None


class VersionDetail(_Given):
    """A version with what it says: `elections` and `facts` can be sent again as they are, in a change."""

    plan: str
    hash: str
    elections: Mapping[str, Any]
    facts: Mapping[str, Any]


class Index(_Given):
    """Where what is: addresses on this server."""

    plans: str = Field(examples=["/v1/plans"])
    answers: str = Field(examples=["/v1/answers"])
    evaluations: str = Field(examples=["/v1/evaluations"])
    openapi: str = Field(examples=["/v1/openapi.json"])
