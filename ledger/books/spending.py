"""An execution file put beside a book: its payments tried out together, or why none are recorded."""

from __future__ import annotations

from dataclasses import dataclass
from datetime import date
from typing import TYPE_CHECKING

from yusuan.importers.execution.payments import drafted
from yusuan.importers.execution.payments import plan
from yusuan.ledger.books import record
from yusuan.ledger.books.record import Item
from yusuan.ledger.books.view import view
from yusuan.ledger.events.payment import leaves

if TYPE_CHECKING:
    from collections.abc import Iterator

    from yusuan.importers.execution.payments import Planned
    from yusuan.importers.execution.record import Execution
    from yusuan.ledger.books.load import Book
    from yusuan.ledger.books.record import Recording

_PREFIX = "zf"


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
    free = _Free(record.ids(book))
    items = []
    given = []
    for booked in planned.new:
        on = booked.payment.date
        id_ = free.next(on.year)
        names = found.names(date(on.year, 1, 1))
        draft = drafted(booked, id_, names, execution, planned.batch)
        items.append(Item(draft, leaves(booked.payment)))
        given.append(id_)
    first = date(min(item.draft.date.year for item in items), 1, 1)
    recording = record.prepare(book, items, found.names(first))
    return Prepared(planned, recording, tuple(given))


class _Free:
    """Free ids, year by year: the ids of a large book are read once."""

    def __init__(self, taken: set[str]) -> None:
        self._taken = taken
        self._years: dict[int, Iterator[str]] = {}

    def next(self, year: int) -> str:
        if year not in self._years:
            self._years[year] = self._count(f"{_PREFIX}-{year}-")
        return next(self._years[year])

    def _count(self, head: str) -> Iterator[str]:
        numbers = (each[len(head) :] for each in self._taken if each.startswith(head))
        after = max((int(number) for number in numbers if number.isdecimal()), default=0)
        while True:
            after += 1
            yield f"{head}{after:04d}"
