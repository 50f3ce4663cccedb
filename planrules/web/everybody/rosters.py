"""Rosters kept in memory, a few at a time: worked out off the event loop, once for a plan's version, people and day."""

import asyncio
from collections import Counter, OrderedDict
from collections.abc import Hashable
from dataclasses import dataclass, field, fields
from datetime import date

from starlette.concurrency import run_in_threadpool
from starlette.requests import Request

from planrules.people import People
from planrules.web.audit.hashing import hash_of, tables_hash
from planrules.web.everybody.roster import Roster, roster
from planrules.web.safety.refusals import refused
from planrules.web.site import HostedPlan

KEPT = 8
MOST_PEOPLE = 100_000
"""People of one list; a million are worked out by `planrules evaluate`, which writes them to files."""


@dataclass(frozen=True)
class Kept:
    """A roster, with the hashes that the audit log has for it: of the people and the day, and of the rows."""

    roster: Roster
    inputs: str
    answers: str


@dataclass
class Rosters:
    """What has been worked out lately; the oldest goes when there are more than `KEPT`.

    `_asked` counts the requests that wait for a group's rosters; `_gone` has those forgotten meanwhile.
    """

    _kept: OrderedDict[Hashable, Kept] = field(default_factory=OrderedDict)
    _asked: Counter[str] = field(default_factory=Counter)
    _gone: set[str] = field(default_factory=set)
    _busy: asyncio.Lock = field(default_factory=asyncio.Lock)

    async def of(self, group: str, hosted: HostedPlan, people: People, as_of: date) -> Kept:
        """The roster of a group of people; one is worked out at a time.

        `group` names the people: the same name always stands for the same people.

        Raises:
            RefusedError: there are more people than one list holds.
            PeopleError: the day is none that can be asked about.
        """
        if people.employees.height > MOST_PEOPLE:
            raise _too_many()
        self._asked[group] += 1
        try:
            async with self._busy:
                return await self._found((group, hosted.id, hosted.hash, as_of), hosted, people)
        finally:
            self._asked[group] -= 1
            if not self._asked[group]:
                del self._asked[group]
                self._gone.discard(group)

    async def _found(self, key: tuple[str, str, str, date], hosted: HostedPlan, people: People) -> Kept:
        if key not in self._kept:
            made = await run_in_threadpool(_kept, hosted, people, key[-1])
            if key[0] in self._gone:
                return made
            self._kept[key] = made
            while len(self._kept) > KEPT:
                self._kept.popitem(last=False)
        self._kept.move_to_end(key)
        return self._kept[key]

    def forget(self, group: str) -> None:
        """Lets go of every roster of a group; one that is being worked out is not kept."""
        if group in self._asked:
            self._gone.add(group)
        for key in [key for key in self._kept if isinstance(key, tuple) and key[0] == group]:
            del self._kept[key]


def _kept(hosted: HostedPlan, people: People, as_of: date) -> Kept:
    found = roster(hosted.plan, people, as_of)
    tables = {each.name: getattr(people, each.name) for each in fields(people)}
    return Kept(found, tables_hash(tables, as_of), hash_of(found.rows.write_ndjson()))


def rosters(request: Request) -> Rosters:
    """The rosters of this process."""
    state = request.app.state
    if not hasattr(state, "rosters"):
        state.rosters = Rosters()
    found: Rosters = state.rosters
    return found


def _too_many() -> Exception:
    return refused(
        413,
        f"more than {MOST_PEOPLE:,} people",
        "A list is kept in memory.",
        "Use `planrules evaluate`, which writes the answers for any number of people to files.",
        "people",
    )
