"""An execution file put beside a book: its payments tried out together, or why none are recorded."""

from __future__ import annotations

from dataclasses import dataclass
from datetime import date
from typing import TYPE_CHECKING

from yusuan.importers.execution.booked import drafted
from yusuan.importers.execution.payments import plan
from yusuan.ledger.books import record
from yusuan.ledger.books.record import Item
from yusuan.ledger.books.view import view
from yusuan.ledger.events.ids import FreeIds

if TYPE_CHECKING:
    from yusuan.importers.execution.booked import Planned
    from yusuan.importers.execution.record import Execution
    from yusuan.ledger.books.load import Book
    from yusuan.ledger.books.record import Recording
    from yusuan.ledger.events.names import BookNames


@dataclass(frozen=True, slots=True)
class Prepared:
    """What a file comes to: its plan, and the entries to append where there are any."""

    planned: Planned
    recording: Recording | None = None
    #: The ids of the new payments, in the order of the plan.
    ids: tuple[str, ...] = ()


def prepare(book: Book, execution: Execution, day: date | None) -> Prepared:
    """Plan a file's payments and try the new ones out together. Raises TextError, HeadingsError."""
    planned = plan(execution, book.entries, book.settings, day)
    if planned.problems or not planned.new:
        return Prepared(planned)
    found = view(book)
    free = FreeIds(record.ids(book))
    items = []
    given = []
    names: dict[int, BookNames] = {}
    for booked in planned.new:
        year = booked.day.year
        id_ = free.next(booked.prefix, year)
        if year not in names:
            names[year] = found.names(date(year, 1, 1))
        draft = drafted(booked, id_, names[year], execution, planned.batch)
        items.append(Item(draft, booked.leaves))
        given.append(id_)
    recording = record.prepare(book, items, names[min(names)])
    return Prepared(planned, recording, tuple(given))
