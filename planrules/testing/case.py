"""One trial and what the engine said of it: what a property looks at."""

from collections.abc import Mapping
from dataclasses import dataclass, field
from datetime import date
from decimal import Decimal
from functools import cached_property
from typing import Any

from planrules.plan import Terms
from planrules.testing.drawn import Trial
from planrules.testing.history import History

Row = Mapping[str, Any]
_OPEN = ("needs_data", "needs_reading")


@dataclass(frozen=True)
class Told:
    """The engine's answer to one trial: the person's fields and the lines of each ledger, in their order.

    Attributes:
        people: every field of the answer, with `statuses`.
        participation: the eligibility computation periods.
        vesting: the vesting computation periods.
        matching: the allocation periods.
        missing: the fields that rest on a missing fact.
    """

    people: Row
    participation: tuple[Row, ...] = ()
    vesting: tuple[Row, ...] = ()
    matching: tuple[Row, ...] = ()
    missing: frozenset[str] = frozenset()

    def value(self, name: str) -> Any:  # noqa: ANN401  each field has its own type
        """What the answer says in a field; null when it says nothing."""
        return self.people[name]

    def day(self, name: str) -> date | None:
        """A field that holds a day."""
        found = self.people[name]
        return found if isinstance(found, date) else None

    def money(self, name: str) -> Decimal | None:
        """A field that holds dollars."""
        found = self.people[name]
        return None if found is None else Decimal(found)

    def owned(self, account: str) -> Decimal | None:
        """The Nonforfeitable percentage of an account."""
        found = self.people["vested_percent"][account]
        return None if found is None else Decimal(str(found))

    def status(self, name: str) -> str:
        """The status of a field."""
        return str(self.people["statuses"][name])

    def settles(self, name: str) -> bool:
        """Whether the answer stands: it neither waits for a fact nor for the meaning of words."""
        return self.status(name) not in _OPEN

    def overtaken(self, name: str) -> bool:
        """Whether the answer says itself that a later law has overtaken the elected term."""
        return self.status(name) == "superseded"


@dataclass(frozen=True)
class Case:
    """A trial under a plan, the engine's answer, and its answers to the changed trials that a property asks about.

    Attributes:
        terms: what the plan's elections mean.
        beside: by the name of a variant, the changed trial and what the engine said of it; absent where the change
            leaves nothing to ask.
    """

    terms: Terms
    trial: Trial
    told: Told
    beside: Mapping[str, tuple[Trial, Told]] = field(default_factory=dict)

    @property
    def as_of(self) -> date:
        """The day at whose close the answer holds."""
        return self.trial.as_of

    @cached_property
    def history(self) -> History:
        """The person's facts known by then, read without the engine."""
        return History(self.terms, self.trial)
