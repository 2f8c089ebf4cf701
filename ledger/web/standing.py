"""What is worked out of a book once and asked for by many requests: positions by day, names, tables."""

from __future__ import annotations

from datetime import date
from threading import RLock
from typing import TYPE_CHECKING

from beancount.core.data import Open

from yusuan.ledger.budget.commitments import unpaid
from yusuan.ledger.budget.months import Months
from yusuan.ledger.collector import paused
from yusuan.ledger.entries import meaning
from yusuan.ledger.tables.execution import execution

if TYPE_CHECKING:
    from pathlib import Path

    from yusuan.ledger.books.view import View
    from yusuan.ledger.budget.commitments import Open as Commitment
    from yusuan.ledger.budget.position import Positions
    from yusuan.ledger.chart import Account
    from yusuan.ledger.events.names import BookNames
    from yusuan.ledger.tables.execution import By
    from yusuan.ledger.tables.execution import Execution

#: Days of which the positions are kept: two years of month ends, and some that people ask for.
_DAYS = 32


class Standing:
    """One view of a book. The tables are those of `View.execution`."""

    def __init__(self, view: View) -> None:
        """Work nothing out as yet."""
        self.view = view
        self._lock = RLock()
        self._months: Months | None = None
        self._positions: dict[date, Positions] = {}
        self._names: dict[date, BookNames] = {}
        self._last: date | None = None
        self._unpaid: tuple[date, list[Commitment]] | None = None
        self._opened: tuple[tuple[str, Account | None], ...] | None = None

    def positions(self, as_of: date) -> Positions:
        """Give where authority stood at the end of a day; whoever is given it leaves it as it is."""
        with self._lock:
            found = self._positions.pop(as_of, None)
            if found is None:
                found = self.months().at(as_of)
            self._positions[as_of] = found
            if len(self._positions) > _DAYS:
                del self._positions[next(iter(self._positions))]
            return found

    def months(self) -> Months:
        """Go through the events of the view, once."""
        with self._lock:
            if self._months is None:
                with paused():
                    self._months = Months(self.view.events, self.view.layers)
            return self._months

    def names(self, as_of: date) -> BookNames:
        """Give the names that codes have on a day."""
        with self._lock:
            if as_of not in self._names:
                if len(self._names) >= _DAYS:
                    self._names.clear()
                self._names[as_of] = self.view.names(as_of)
            return self._names[as_of]

    def execution(self, by: By, as_of: date, found: Positions | None = None) -> Execution:
        """Make the execution table on a day, of all events or of positions made of some."""
        found = self.positions(as_of) if found is None else found
        return execution(found, self.view.layers.register, self.names(as_of), by, as_of)

    def unpaid(self, as_of: date) -> list[Commitment]:
        """Give what is left of all commitments on a day."""
        with self._lock:
            if self._unpaid is None or self._unpaid[0] != as_of:
                self._unpaid = as_of, unpaid(self.view.events, self.view.layers, as_of)
            return self._unpaid[1]

    def last_day(self) -> date:
        """Give the day that a page is made for that is asked for none: as the commands do."""
        with self._lock:
            if self._last is None:
                years = self.view.book.settings.years
                self._last = self.view.last_day() or date(max(years, default=1970), 1, 1)
            return self._last

    def opened(self) -> tuple[tuple[str, Account | None], ...]:
        """Give every account of the book with what it means."""
        with self._lock:
            if self._opened is None:
                self._opened = tuple(
                    (entry.account, meaning(entry.account))
                    for entry in self.view.book.entries
                    if type(entry) is Open
                )
            return self._opened


_held: dict[Path, Standing] = {}
_guard = RLock()


def standing(view: View) -> Standing:
    """Give what was worked out of a view. Of each book the last view that was asked for is kept."""
    with _guard:
        found = _held.get(view.book.main)
        if found is None or found.view is not view:
            found = _held[view.book.main] = Standing(view)
        return found
