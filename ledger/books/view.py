"""What reports need of a loaded book: its events, its layers, and names for its codes."""

from __future__ import annotations

from bisect import insort
from dataclasses import dataclass
from typing import TYPE_CHECKING
from typing import Any

from beancount.core import data
from beancount.core.data import Open
from beancount.core.data import Transaction

from yusuan.ledger.budget.layers import Layers
from yusuan.ledger.budget.position import positions
from yusuan.ledger.chart.names import split
from yusuan.ledger.classification import load
from yusuan.ledger.entries import EventReader
from yusuan.ledger.entries import register
from yusuan.ledger.events.names import BookNames
from yusuan.ledger.rules.ruling import pools_of
from yusuan.ledger.tables.execution import execution

if TYPE_CHECKING:
    from collections.abc import Sequence
    from datetime import date

    from yusuan.ledger.books.load import Book
    from yusuan.ledger.budget.movement import Event
    from yusuan.ledger.tables.execution import By
    from yusuan.ledger.tables.execution import Execution


@dataclass(frozen=True, slots=True)
class View:
    """A book's events and layers, read once."""

    book: Book
    events: list[Event]
    layers: Layers

    def names(self, on: date) -> BookNames:
        """Give official names on a day; for codes no table knows, those the chart was opened with."""
        lines = {line.id: line.name for line in self.layers.register.lines.values()}
        opened: dict[str, str] = {}
        for entry in self.book.entries:
            if type(entry) is Open and entry.meta.get("name"):
                opened.setdefault(
                    split(entry.account.rpartition(":")[2])[0], str(entry.meta["name"])
                )
        return BookNames(load(self.book.folder), on, lines, opened)

    def execution(self, by: By, as_of: date) -> Execution:
        """Make the execution table on a day."""
        found = positions(self.events, self.layers, as_of)
        return execution(found, self.layers.register, self.names(as_of), by, as_of)

    def last_day(self) -> date | None:
        """Give the day of the last event, which a report without a day is made for."""
        return max((event.date for event in self.events), default=None)


def grown(before: View, book: Book, added: Sequence[Any]) -> View:
    """Read a book that has grown by some entries since it was read."""
    if any(type(entry) is not Transaction for entry in added):
        return view(book)
    events = list(before.events)
    for event in EventReader().events(added):
        insort(events, event, key=_order)
    return View(book, events, before.layers)


def _order(event: Event) -> Any:  # noqa: ANN401 -- what beancount sorts by
    return data.entry_sortkey(event.entry)  # type: ignore[arg-type]


def view(book: Book) -> View:
    """Read a loaded book's events."""
    return View(
        book,
        list(EventReader().events(book.entries)),
        Layers(register(book.entries), pools_of(book.settings)),
    )
