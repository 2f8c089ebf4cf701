"""All rules over a book, kept at the beginnings of days: what is added later is judged from there.

For a server, which tries many additions on one book; a command tries one. Equal to judging all
of it anew, by a law.
"""

from __future__ import annotations

from bisect import bisect_left
from bisect import bisect_right
from bisect import insort
from datetime import date
from threading import Lock
from typing import TYPE_CHECKING
from typing import Any
from typing import NamedTuple

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


class _Mark(NamedTuple):
    """What the rules have learned of all entries before a day."""

    day: date
    learned: Checkpoint


class _Ground(NamedTuple):
    """What an addition of transactions leaves as it is: all other directives, and a pass begun on them."""

    directives: list[Any]
    held: Pass
    #: In the order of their days; the first is before any entry. One at the most is not of a first of a month.
    marks: list[_Mark]


class Judging:
    """What the rules have learned of a book at the beginnings of some days; one thread at a time asks it."""

    def __init__(self, entries: Sequence[Any]) -> None:
        """Know nothing as yet of a book of these entries."""
        self._lock = Lock()
        #: The book only grows, so their number tells which state of it is known.
        self._count = len(entries)
        self._ground: _Ground | None = None

    def judged(self, book: Book, added: Sequence[Any]) -> tuple[list[Any], list[Finding]] | None:
        """Give the entries with an addition and what is found then.

        None where that takes all of the book: the addition opens or declares something, a
        balance is asserted that it could change, or the book has grown since it was looked at.
        """
        if not added or any(type(entry) is not Transaction for entry in added):
            return None
        first = min(entry.date for entry in added)
        with self._lock:
            if len(book.entries) != self._count:
                return None  # what is learned of an older state must not be kept for the new one
            ground = self._ground = self._ground or _begun(book)
            if any(type(e) in _PROVED and _moved(e, first) for e in ground.directives):
                return None
            mark = _reached(ground, book.entries, first)
            ground.held.restore(mark.learned)
            ground.held.through(_with(_between(book.entries, mark.day, date.max), added))
            findings = ground.held.findings()
            layers = ground.held.ground
            checked = _with(ground.directives, added)
        entries = _with(book.entries, added)
        errors = shortcuts.validate(checked, book.options)
        found = told(findings, entries, layers)
        return entries, [*found, *(translated(error, book.main) for error in errors)]

    def grown(self, added: Sequence[Any]) -> None:
        """Take an addition to be in the book from now on."""
        with self._lock:
            self._count += len(added)
            if any(type(entry) is not Transaction for entry in added):
                self._ground = None
            elif self._ground is not None and added:
                first = min(entry.date for entry in added)
                del self._ground.marks[bisect_right(self._ground.marks, first, key=_day) :]


def _begun(book: Book) -> _Ground:
    directives = [entry for entry in book.entries if type(entry) is not Transaction]
    held = opened(directives, book.settings, FAMILIES)
    return _Ground(directives, held, [_Mark(date.min, held.checkpoint())])


def _reached(ground: _Ground, entries: list[Any], day: date) -> _Mark:
    """Give what is learned of all before a day: mostly it is the day asked about last.

    For all other days, the beginnings of months are kept to start from.
    """
    _marked(ground, entries, day.replace(day=1))
    return _marked(ground, entries, day)


def _marked(ground: _Ground, entries: list[Any], day: date) -> _Mark:
    """Give the mark of a day: made from the last one before it, if there is none yet."""
    marks = ground.marks
    before = marks[bisect_right(marks, day, key=_day) - 1]
    if before.day == day:
        return before
    ground.held.restore(before.learned)
    ground.held.through(_between(entries, before.day, day))
    mark = _Mark(day, ground.held.checkpoint())
    if day.day != 1:
        marks[:] = [each for each in marks if each.day.day == 1]
    insort(marks, mark, key=_day)
    return mark


def _between(entries: list[Any], since: date, until: date) -> list[Any]:
    """Give the entries from a day on, before another."""
    return entries[bisect_left(entries, since, key=_date) : bisect_left(entries, until, key=_date)]


def _with(entries: Sequence[Any], added: Sequence[Any]) -> list[Any]:
    """Give entries with more of them, in beancount's order."""
    found = list(entries)
    for entry in added:
        insort(found, entry, key=data.entry_sortkey)
    return found


def _day(mark: _Mark) -> date:
    return mark.day


def _date(entry: Any) -> date:  # noqa: ANN401 -- any directive
    day: date = entry.date
    return day


def _moved(proof: Any, first: date) -> bool:  # noqa: ANN401 -- a balance or a pad
    """Tell whether what is added from a day on can change what is asserted; of authority, by legs anyway."""
    money = type(proof) is Balance and proof.amount.currency == "CNY"
    return not money or proof.date > first
