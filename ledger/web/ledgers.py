"""The book as fava knows it: a snapshot, replaced by a new one when the book has changed.

fava itself loads into the ledger that other requests are reading from, and two requests can do so
at once. Here one request makes a new snapshot of what is in memory already, the others wait, and
those under way keep the one they have.
"""

from __future__ import annotations

import time
from contextvars import ContextVar
from threading import Lock
from typing import TYPE_CHECKING
from typing import Any

import fava.core
from fava.application import _LedgerSlugLoader
from fava.core import FavaLedger

from yusuan.ledger.books.legs import with_legs
from yusuan.ledger.web.failures import without_traceback
from yusuan.ledger.web.residents import resident

if TYPE_CHECKING:
    from fava.helpers import BeancountError
    from flask import Flask

    from yusuan.ledger.books.resident import Resident
    from yusuan.ledger.books.view import View

_loading: ContextVar[View | None] = ContextVar("loading", default=None)
_core: Any = fava.core
_load_from_files = _core.load_uncached


def _load(path: str, *, is_encrypted: bool) -> Any:  # noqa: ANN401 -- what beancount gives
    """Give fava the entries in memory, with the legs that it shows; without a snapshot, do as fava does."""
    held = _loading.get()
    if held is None:
        return _load_from_files(path, is_encrypted=is_encrypted)
    return with_legs(held.book), list(held.book.stops), held.book.options


# The one seam that fava leaves: it looks this name up each time it loads.
_core.load_uncached = _load


class BookLedger(FavaLedger):
    """fava's ledger over one view of a book; it does not change."""

    __slots__ = ("_made", "_unseen", "view")

    def __init__(self, held: View, *, first: bool) -> None:
        """Build fava's own tables over a view."""
        self.view = held
        self._made = time.time_ns()
        self._unseen = not first
        token = _loading.set(held)
        try:
            super().__init__(str(held.book.main), poll_watcher=True)
        finally:
            _loading.reset(token)

    def changed(self) -> bool:
        """Tell the first one who asks whether this snapshot has taken the place of another."""
        unseen, self._unseen = self._unseen, False
        return unseen

    @property
    def errors(self) -> list[BeancountError]:
        """What is wrong, without where in the code it went wrong."""
        return [e._replace(message=without_traceback(e.message)) for e in super().errors]

    @property
    def mtime(self) -> int:
        """When the snapshot was made: by this the pages see that they are out of date."""
        return self._made


class Ledgers(_LedgerSlugLoader):
    """fava's list of ledgers, of one book, looked up by each request."""

    def __init__(self, app: Flask) -> None:
        """Read the book that the application was made for."""
        super().__init__(app)
        self._guard = Lock()
        self._now: BookLedger | None = None
        [main] = app.config["BEANCOUNT_FILES"]
        self.resident: Resident = resident(main)

    @property
    def ledgers(self) -> list[FavaLedger]:
        """Give the book's present snapshot."""
        with self._guard:
            held = self.resident.view()
            now = self._now
            if now is None or now.view is not held:
                now = self._now = BookLedger(held, first=now is None)
                self._ledgers_by_slug = None
            return [now]
