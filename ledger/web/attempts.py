"""Attempts to sign in that failed: after a few, each further one has to wait longer."""

from __future__ import annotations

import time
from collections import OrderedDict
from threading import Lock
from typing import TYPE_CHECKING

if TYPE_CHECKING:
    from collections.abc import Callable
    from collections.abc import Hashable
    from collections.abc import Mapping

#: The wait after the first attempt too many, in seconds; it doubles with each further one.
FIRST_WAIT = 30.0
LONGEST_WAIT = 15 * 60.0
#: So many names and addresses are remembered.
_MOST = 10_000


class Attempts:
    """Failures in a row, by whatever they are counted by."""

    def __init__(self, clock: Callable[[], float] = time.monotonic) -> None:
        """Remember none."""
        self._clock = clock
        self._lock = Lock()
        self._failed: OrderedDict[Hashable, tuple[int, float]] = OrderedDict()

    def wait(self, keys: Mapping[Hashable, int]) -> float:
        """Give the seconds until the next attempt is taken, for keys with how many may fail before."""
        now = self._clock()
        with self._lock:
            return max(0.0, *(self._until(key, free) - now for key, free in keys.items()))

    def failed(self, keys: Mapping[Hashable, int]) -> None:
        """Count a failure."""
        with self._lock:
            for key in keys:
                count, _ = self._failed.pop(key, (0, 0.0))
                self._failed[key] = (count + 1, self._clock())
            while len(self._failed) > _MOST:
                self._failed.popitem(last=False)

    def succeeded(self, keys: Mapping[Hashable, int]) -> None:
        """Forget the failures."""
        with self._lock:
            for key in keys:
                self._failed.pop(key, None)

    def _until(self, key: Hashable, free: int) -> float:
        count, last = self._failed.get(key, (0, 0.0))
        if count < free:
            return 0.0
        return last + min(FIRST_WAIT * 2.0 ** min(count - free, 16), LONGEST_WAIT)
