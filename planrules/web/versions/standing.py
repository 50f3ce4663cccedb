"""Which version of each plan is in force while a server runs."""

from collections import OrderedDict
from collections.abc import Iterator, Mapping
from dataclasses import dataclass, replace
from datetime import UTC
from threading import Lock

from planrules.web.hosted import HostedPlan
from planrules.web.versions.document import plan_of
from planrules.web.versions.store import Versions
from planrules.web.versions.version import Version

SHORT = 12
"""How many characters of a hash are enough for people."""
_EARLIER = 16


@dataclass(frozen=True)
class Standing:
    """A plan in the version in force.

    Attributes:
        hosted: the plan.
        version: who put it, and when.
        file: the hash of what the plan's file had when the server started.
        new: whether this start of the server recorded it.
    """

    hosted: HostedPlan
    version: Version
    file: str
    new: bool = False

    def in_words(self) -> str:
        """Where the version comes from, for whoever starts the server."""
        since = self.version.at.astimezone(UTC).strftime("%Y-%m-%d %H:%M UTC")
        if self.hosted.hash == self.file and self.version.origin != "put":
            return "as in its file, new here" if self.new else f"as in its file since {since}"
        put = f"put by {self.version.by} on {since}"
        if self.version.origin == "engine":
            put = f"as this planrules reads the last version since {since}"
        if self.hosted.hash == self.file:
            return f"{put}, as its file has it"
        return f"{put}; its file has an earlier version, {self.file[:SHORT]}"


class InForce(Mapping[str, HostedPlan]):
    """The plans of a server by their ids, each in the version in force, and the way to earlier ones.

    Whoever has taken a plan out goes on with that version; who takes it out after a change has the new one.

    Attributes:
        versions: where all of them are kept.
        changing: held while a version is put in the place of another.
    """

    def __init__(self, standings: Mapping[str, Standing], versions: Versions) -> None:
        self._standings = dict(standings)
        self.versions = versions
        self.changing = Lock()
        self._earlier: OrderedDict[tuple[str, str], HostedPlan] = OrderedDict()
        self._reading = Lock()

    def __getitem__(self, plan: str) -> HostedPlan:
        return self._standings[plan].hosted

    def __iter__(self) -> Iterator[str]:
        return iter(self._standings)

    def __len__(self) -> int:
        return len(self._standings)

    def standing(self, plan: str) -> Standing:
        """The plan with its version; KeyError where the server has none of this id."""
        return self._standings[plan]

    def put(self, standing: Standing) -> None:
        """Puts another version of a plan in force."""
        self._standings[standing.hosted.id] = standing

    def under(self, plan: str, content_hash: str) -> HostedPlan | None:
        """The plan in the version of this hash; null where it never had one. The last few are kept as they were read.

        Raises:
            FileError: the database cannot be read.
            ElectionsError: this planrules no longer takes what an earlier one took.
            UnsupportedElectionError: likewise.
        """
        now, key = self[plan], (plan, content_hash)
        if content_hash == now.hash:
            return now
        with self._reading:
            if key not in self._earlier:
                found = self.versions.named(plan, content_hash)
                if found is None:
                    return None
                self._earlier[key] = replace(now, plan=plan_of(found.document))
                while len(self._earlier) > _EARLIER:
                    self._earlier.popitem(last=False)
            self._earlier.move_to_end(key)
            return self._earlier[key]
