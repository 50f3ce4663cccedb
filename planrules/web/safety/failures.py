"""How often somebody failed of late, by what they failed at: an address, or the name of a login."""

import math
from collections import OrderedDict, deque
from datetime import datetime, timedelta
from typing import Final

from planrules.web.clock import Clock

_MOST_KEPT: Final = 10_000
"""Addresses and names that are remembered; the one that failed longest ago goes first."""


class Failures:
    """Failures within a window that moves with the clock: each is forgotten `window` seconds after it was."""

    def __init__(self, clock: Clock, window: int) -> None:
        self._clock, self._window = clock, timedelta(seconds=window)
        self._failed: OrderedDict[str, deque[datetime]] = OrderedDict()

    def add(self, key: str) -> None:
        """One more."""
        self._failed.setdefault(key, deque()).append(self._clock())
        self._failed.move_to_end(key)
        while len(self._failed) > _MOST_KEPT:
            self._failed.popitem(last=False)

    def wait(self, key: str, most: int) -> int:
        """Seconds until there are fewer than `most` again; 0 where there are now."""
        failed, now = self._failed.get(key), self._clock()
        if failed is None:
            return 0
        while failed and now - failed[0] >= self._window:
            failed.popleft()
        if not failed:
            del self._failed[key]
        if len(failed) < most:
            return 0
        return math.ceil((failed[-most] + self._window - now).total_seconds())
