"""What one server serves: plans, people, settings and the audit log."""

from collections.abc import Mapping
from dataclasses import dataclass, field
from functools import cached_property
from typing import cast

from planrules.people import People
from planrules.web.audit import AuditLog, Journal, RowLimits
from planrules.web.clock import Clock, utc
from planrules.web.desk import Desk
from planrules.web.hosted import HostedPlan
from planrules.web.safety.limits import Guesses, Limits
from planrules.web.safety.logins import Logins
from planrules.web.versions import InForce, Versions
from planrules.web.versions.starting import in_force

__all__ = ["HostedPlan", "Settings", "Site"]


@dataclass(frozen=True)
class Settings(Limits):
    """How a server is bound, and what it takes.

    Attributes:
        host: the address it listens on.
        port: the port it listens on.
        public: bound beyond loopback, so that cookies are for HTTPS only.
        hosts: the names it answers to, without ports; empty for any. On loopback a page of the web must not reach it
            under a name of its own.
        guesses: how many tokens and passwords may be wrong.
        row_limits: how many refusals of a kind are rows of the audit log of their own.
    """

    host: str = "127.0.0.1"
    port: int = 8080
    public: bool = False
    hosts: tuple[str, ...] = ()
    guesses: Guesses = field(default_factory=Guesses)
    row_limits: RowLimits = field(default_factory=RowLimits)


@dataclass(frozen=True)
class Site:
    """What one server serves.

    Attributes:
        plans: the plans by their ids, each in the version in force; given as their files have them.
        people: those of the first plan; null where none were loaded.
    """

    plans: Mapping[str, HostedPlan]
    audit: AuditLog
    people: People | None = None
    settings: Settings = field(default_factory=Settings)
    logins: Logins = field(default_factory=Logins)
    clock: Clock = utc

    def __post_init__(self) -> None:
        if not isinstance(self.plans, InForce):
            found = in_force(self.plans, Versions(self.audit.engine), self.audit.clock)
            object.__setattr__(self, "plans", found)

    @property
    def in_force(self) -> InForce:
        """The plans with their versions."""
        return cast("InForce", self.plans)

    @cached_property
    def desk(self) -> Desk:
        """Where questions to the engine wait for each other."""
        return Desk(self.audit)

    @cached_property
    def journal(self) -> Journal:
        """What writes down who did what, and what was refused."""
        return Journal(self.audit, self.settings.row_limits, self.clock)

    @property
    def first(self) -> HostedPlan:
        """The plan that people of the server belong to."""
        return next(iter(self.plans.values()))
