"""Where events are made: a loaded book on a day, and what is asked to be recorded in it."""

from __future__ import annotations

from dataclasses import dataclass
from dataclasses import field
from typing import TYPE_CHECKING

from yusuan.ledger.books.record import ids
from yusuan.ledger.events import authority
from yusuan.ledger.events.authority import Request
from yusuan.ledger.events.ids import FreeIds
from yusuan.ledger.events.refused import RefusedError

if TYPE_CHECKING:
    from collections.abc import Iterable
    from collections.abc import Mapping
    from collections.abc import Sequence
    from datetime import date
    from decimal import Decimal

    from yusuan.ledger.books.view import View
    from yusuan.ledger.budget.line import Line
    from yusuan.ledger.chart import Leaf
    from yusuan.ledger.desk.share import Share
    from yusuan.ledger.draft import Draft
    from yusuan.ledger.draft import Note
    from yusuan.ledger.events.authority import Change
    from yusuan.ledger.events.names import BookNames
    from yusuan.ledger.methods import Term


@dataclass(frozen=True, slots=True)
class Desk:
    """A loaded book on a day, and what is looked up in it to make an event."""

    found: View
    day: date
    names: BookNames

    @property
    def methods(self) -> Mapping[str, Term]:
        """The payment methods, with the days on which the book has them."""
        return self.found.book.settings.methods

    def line(self, id_: str) -> Line:
        """Give a line. Raises RefusedError: what has no line has no authority."""
        held = self.found.layers.register.lines.get(id_)
        if held is None:
            why = f"没有编号为 {id_} 的指标，无指标不得支出"
            raise RefusedError(f"[R01] 无预算支出：{why}；用 yusuan lines 查看全部指标")
        return held

    def change(self, line: str, amount: Decimal, economic: str, klass: str | None) -> Change:
        """Make a change of authority with the limit it concerns. Raises RefusedError, LimitError."""
        request = Request(self.line(line), amount, economic, klass or "")
        return authority.change(request, self.found.layers, self.day.year)

    def changes(self, shares: Iterable[Share], sign: int = 1) -> tuple[Change, ...]:
        """Make the changes of several shares."""
        return tuple(self.change(s.line, sign * s.amount, s.economic, s.klass) for s in shares)

    def id(self, prefix: str, own: str = "") -> str:
        """Give the id that was asked for, else the next free one of a kind."""
        return self.ids(prefix, own, 1)[0]

    def ids(self, prefix: str, own: str, count: int) -> list[str]:
        """Give as many ids: one's own with -2, -3 …, else the next free ones of a kind."""
        if own:
            return [own, *(f"{own}-{at}" for at in range(2, count + 1))]
        free = FreeIds(ids(self.found.book))
        return [free.next(prefix, self.day.year) for _ in range(count)]


@dataclass(frozen=True, slots=True)
class Event:
    """What somebody wants recorded: the entry, the accounts it needs, and what is said of it."""

    draft: Draft | Note
    leaves: Sequence[Leaf]
    word: str
    said: str = ""
    notes: Sequence[str] = ()
    #: Further directives of the same document, each with an id of its own.
    further: Sequence[Note] = ()
    declared: Sequence[tuple[Leaf, Mapping[str, str]]] = ()
    #: Names of lines that the event brings into being.
    named: Mapping[str, str] = field(default_factory=dict)
