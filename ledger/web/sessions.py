"""Who is signed in: held in memory, so that to sign out, or to stop the server, ends it for good."""

from __future__ import annotations

import secrets
import time
from dataclasses import dataclass
from threading import Lock
from typing import TYPE_CHECKING

if TYPE_CHECKING:
    from collections.abc import Callable

#: A working day.
LENGTH = 12 * 3600.0


@dataclass(frozen=True, slots=True)
class Session:
    """One sign-in: whose, by which password, and until when."""

    name: str
    password: str
    until: float


class Sessions:
    """The sessions by their keys, which nobody can guess."""

    def __init__(self, clock: Callable[[], float] = time.monotonic) -> None:
        """Hold none."""
        self._clock = clock
        self._lock = Lock()
        self._held: dict[str, Session] = {}

    def start(self, name: str, password: str) -> str:
        """Start one and give its key."""
        now, key = self._clock(), secrets.token_urlsafe(32)
        with self._lock:
            self._held = {k: held for k, held in self._held.items() if held.until > now}
            self._held[key] = Session(name, password, now + LENGTH)
        return key

    def get(self, key: str) -> Session | None:
        """Give a session that has not ended."""
        held = self._held.get(key)
        return held if held is not None and held.until > self._clock() else None

    def end(self, key: str) -> None:
        """End one."""
        with self._lock:
            self._held.pop(key, None)
