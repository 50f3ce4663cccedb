"""The facts that somebody looks at, held in memory under a random token, so that none of them stands in a URL.

They are gone when the process ends, after hours without use, or when many newer ones have come.
"""

import asyncio
import secrets
from collections import OrderedDict
from collections.abc import Mapping
from dataclasses import dataclass, field
from datetime import date, datetime, timedelta
from threading import Lock
from typing import Final, Literal
from weakref import WeakValueDictionary

from starlette.requests import Request

from planrules.answers import Answer
from planrules.api import Plan
from planrules.people import Person
from planrules.web.clock import Clock
from planrules.web.safety.refusals import not_found

Want = Literal["join", "own", "paid"]
WANTS: Final[tuple[Want, ...]] = ("join", "own", "paid")
Source = Literal["sample", "record", "typed"]


@dataclass(frozen=True)
class OnFile:
    """The facts that the form began with, and whose they are: what it does not show is kept of them."""

    person: Person
    source: Source


@dataclass(frozen=True)
class Case:
    """One person's facts and what is asked about them.

    Attributes:
        plan_id: the plan that is asked.
        as_of: the day that is asked about.
        person: the facts; null when the first day of work is not known, so that nothing can be worked out.
        source: whether they were typed here, are a sample's, or come from the people of the server.
        who: the caller who may see them.
        wants: the questions that are asked.
        fields: what was typed into the form, by field; empty where nothing was.
        kept: the facts on file that the form began with; null where it began empty, or was not used.
        taken: what was taken as it stands because the person who typed does not know.
        answer: the answer, once it was asked for.
        compared: whether that answer says what the other options of decided readings would change, which takes longer.
        under: the plan in the version that gave the answer, which stays the one of the case; null until it was asked.
    """

    plan_id: str
    as_of: date
    person: Person | None
    source: Source
    who: str
    wants: tuple[Want, ...] = WANTS
    fields: Mapping[str, str] = field(default_factory=dict)
    kept: OnFile | None = None
    taken: tuple[str, ...] = ()
    answer: Answer | None = None
    compared: bool = False
    under: Plan | None = None


class Cases:
    """Cases by token: at most `most` of them, each for `kept` after it was last looked at."""

    def __init__(self, clock: Clock, most: int = 500, kept: timedelta = timedelta(hours=8)) -> None:
        self._clock, self._most, self._kept = clock, most, kept
        self._held: OrderedDict[str, tuple[datetime, Case]] = OrderedDict()
        self._lock = Lock()
        self._turns: WeakValueDictionary[str, asyncio.Lock] = WeakValueDictionary()

    def add(self, case: Case) -> str:
        """Keeps a case and gives its token."""
        token = secrets.token_urlsafe(18)
        self.put(token, case)
        return token

    def put(self, token: str, case: Case) -> None:
        """Keeps a case under a token that it, or the case before it, was given."""
        with self._lock:
            now = self._clock()
            for old in [each for each, (at, _) in self._held.items() if now - at > self._kept]:
                del self._held[old]
            self._held[token] = (now, case)
            self._held.move_to_end(token)
            while len(self._held) > self._most:
                self._held.popitem(last=False)

    def exchange(self, token: str, before: Case, after: Case) -> None:
        """Keeps a case in place of the one it was made from, unless that was forgotten or changed in the meantime."""
        with self._lock:
            if token in self._held and self._held[token][1] is before:
                self._held[token] = (self._held[token][0], after)

    def turn(self, token: str) -> asyncio.Lock:
        """What is held while the answer of a case is worked out, so that it is asked for only once."""
        return self._turns.setdefault(token, asyncio.Lock())

    def forget(self, token: str, who: str) -> None:
        """Drops the case of a token, where it is this caller's."""
        with self._lock:
            if token in self._held and self._held[token][1].who == who:
                del self._held[token]

    def get(self, token: str, who: str) -> Case:
        """The case of a token.

        Raises:
            RefusedError: there is none, it has expired, or it is another caller's.
        """
        with self._lock:
            found = self._held.pop(token, None)
            if found is not None and self._clock() - found[0] <= self._kept:
                self._held[token] = (self._clock() if found[1].who == who else found[0], found[1])
                if found[1].who == who:
                    return found[1]
        raise not_found(
            what="these facts are no longer held",
            do="Facts are held in memory only, for some hours. Start again: look the person up, or type the facts.",
        )


def cases(request: Request) -> Cases:
    """The cases of this server."""
    state = request.app.state
    if not hasattr(state, "cases"):
        state.cases = Cases(state.site.clock)
    found: Cases = state.cases
    return found
