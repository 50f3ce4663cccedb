"""A plan as a server has it."""

from collections.abc import Mapping
from dataclasses import dataclass, field

from planrules.api import Plan
from planrules.people import Person


@dataclass(frozen=True)
class HostedPlan:
    """One plan of a server, in one version of its elections.

    Attributes:
        id: its file's stem, which stands in URLs.
        plan: what answers.
        samples: made-up people by a short name; may be empty.
    """

    id: str
    plan: Plan
    samples: Mapping[str, Person] = field(default_factory=dict)

    @property
    def hash(self) -> str:
        """The hash of the version, as answers name it."""
        return self.plan.reference.elections_hash
