"""The book as fava knows it: a snapshot, replaced by a new one when the book has changed.

fava itself loads into the ledger that other requests are reading from, and two requests can do so
at once. Here one request makes a new snapshot of what is in memory already, the others wait, and
those under way keep the one they have.
"""

from __future__ import annotations

import time
from contextvars import ContextVar
from dataclasses import replace
from threading import Lock
from typing import TYPE_CHECKING
from typing import Any

import fava.core
from fava.application import _LedgerSlugLoader
from fava.application import _slug
from fava.core import FavaLedger
from fava.core.ingest import LoadedImportConfig
from fava.core.ingest import WrappedImporter

from yusuan.importers import gulp
from yusuan.importers.gulp import importers
from yusuan.ledger.books.create import IMPORTS_FOLDER
from yusuan.ledger.books.legs import with_legs
from yusuan.ledger.web.failures import without_traceback
from yusuan.ledger.web.residents import resident

if TYPE_CHECKING:
    from collections.abc import Iterable
    from collections.abc import Iterator

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
        self._take_importers()

    def _take_importers(self) -> None:
        """Have fava's import page know our importers, where the book names none of its own."""
        options, ingest = self.fava_options, self.ingest
        if not options.import_config:
            ours = map(WrappedImporter, importers(self.view.book.folder))
            ingest.loaded_config = LoadedImportConfig({each.name: each for each in ours}, ())
            # fava asks by this whether there are any.
            options.import_config = gulp.__name__
        if not options.import_dirs:
            options.set_import_dirs(IMPORTS_FOLDER)
        if ingest.loaded_config:
            hooks = (*ingest.loaded_config.hooks, self._announce)
            ingest.loaded_config = replace(ingest.loaded_config, hooks=hooks)

    def _announce(self, found: Any, _existing: Any) -> Any:  # noqa: ANN401 -- as fava has it
        """Name the accounts of imported entries that are opened when they are recorded.

        fava's form takes no account but those that it knows; it asks again when the time has changed.
        """
        known = self.attributes.accounts
        named = {posting.account for _, entries in found for posting in _postings(entries)}
        if new := sorted(named.difference(known)):
            self.attributes.accounts = [*known, *new]
            self._made = time.time_ns()
        return found

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


def _postings(entries: Iterable[Any]) -> Iterator[Any]:
    return (each for entry in entries for each in getattr(entry, "postings", ()))


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
            return [now]

    @property
    def ledgers_by_slug(self) -> dict[str, FavaLedger]:
        """Give it by the name that addresses have for it.

        Each time anew: fava keeps the answer, and who is overtaken while working it out would
        keep the snapshot from before for all who ask after.
        """
        return {_slug(ledger): ledger for ledger in self.ledgers}
