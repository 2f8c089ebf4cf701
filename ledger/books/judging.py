"""All rules over a book, kept at the beginning of a month: what is added later is judged from there.

For a server, which tries many additions on one book; a command tries one. Equal to judging all
of it anew, by a law.
"""

from __future__ import annotations

from bisect import insort
from datetime import date
from threading import Lock
from typing import TYPE_CHECKING
from typing import Any

from beancount.core import data
from beancount.core.data import Balance
from beancount.core.data import Pad
from beancount.core.data import Transaction

from yusuan.ledger.books import shortcuts
from yusuan.ledger.books.errors import translated
from yusuan.ledger.rules import FAMILIES
from yusuan.ledger.rules.run import opened
from yusuan.ledger.rules.run import told

if TYPE_CHECKING:
    from collections.abc import Sequence

    from yusuan.ledger.books.load import Book
    from yusuan.ledger.finding import Finding
    from yusuan.ledger.rules.run import Checkpoint
    from yusuan.ledger.rules.run import Pass

_PROVED = (Balance, Pad)


class Judging:
    """What the rules have learned of a book up to a month; one thread at a time asks it."""

    def __init__(self) -> None:
        """Know nothing as yet."""
        self._lock = Lock()
        self._pass: Pass | None = None
        self._saved: Checkpoint | None = None
        #: The first day that is judged again for each addition, and all entries from it on.
        self._since = date.max
        self._rest: list[Any] = []
        #: Everything but transactions: what transactions are validated by.
        self._directives: list[Any] = []

    def judged(self, book: Book, added: Sequence[Any]) -> tuple[list[Any], list[Finding]] | None:
        """Give the entries with an addition and what is found then.

        None where that takes all of the book: the addition opens or declares something, or a
        balance is asserted that it could change.
        """
        if not added or any(type(entry) is not Transaction for entry in added):
            return None
        first = min(entry.date for entry in added)
        if any(type(e) in _PROVED and _moved(e, first) for e in book.entries):
            return None
        with self._lock:
            held, saved = self._begin(book, first)
            try:
                held.through(sorted([*self._rest, *added], key=data.entry_sortkey))
                findings = held.findings()
            finally:
                # What fails half way must not be taken for part of the book by the next trial.
                held.restore(saved)
            checked = sorted([*self._directives, *added], key=data.entry_sortkey)
        entries = list(book.entries)
        for entry in added:
            insort(entries, entry, key=data.entry_sortkey)
        errors = shortcuts.validate(checked, book.options)
        found = told(findings, entries, held.ground)
        return entries, [*found, *(translated(error, book.main) for error in errors)]

    def grown(self, added: Sequence[Any]) -> None:
        """Take an addition to be in the book from now on; it has its place in the files already."""
        with self._lock:
            if all(type(e) is Transaction and e.date >= self._since for e in added):
                self._rest = sorted([*self._rest, *added], key=data.entry_sortkey)
            else:
                self._pass = None

    def _begin(self, book: Book, first: date) -> tuple[Pass, Checkpoint]:
        """Learn all that was before the month of a day, unless that is known already."""
        if self._pass is None or self._saved is None or first < self._since:
            self._since = first.replace(day=1)
            self._directives = [e for e in book.entries if type(e) is not Transaction]
            self._rest = [e for e in book.entries if e.date >= self._since]
            self._pass = opened(self._directives, book.settings, FAMILIES)
            self._pass.through([e for e in book.entries if e.date < self._since])
            self._saved = self._pass.checkpoint()
        return self._pass, self._saved


def _moved(proof: Any, first: date) -> bool:  # noqa: ANN401 -- a balance or a pad
    """Tell whether what is added from a day on can change what is asserted; of authority, by legs anyway."""
    money = type(proof) is Balance and proof.amount.currency == "CNY"
    return not money or proof.date > first
