"""An event made and tried out on a book: what it would write, move and leave, before anything is written."""

from __future__ import annotations

from dataclasses import dataclass
from dataclasses import replace
from typing import TYPE_CHECKING
from typing import NamedTuple

from yusuan.ledger.books.record import Item
from yusuan.ledger.books.record import prepare
from yusuan.ledger.books.trial import is_added
from yusuan.ledger.budget.movement import State
from yusuan.ledger.desk import authorisations
from yusuan.ledger.desk import means
from yusuan.ledger.desk.desk import Desk
from yusuan.ledger.desk.layers import Layer
from yusuan.ledger.desk.layers import layers
from yusuan.ledger.events.refused import RefusedError
from yusuan.ledger.money import ZERO

if TYPE_CHECKING:
    from collections.abc import Callable
    from collections.abc import Iterator
    from collections.abc import Mapping
    from collections.abc import Sequence
    from datetime import date
    from decimal import Decimal

    from yusuan.ledger.books.record import Recording
    from yusuan.ledger.books.view import View
    from yusuan.ledger.budget.line import Cell
    from yusuan.ledger.desk.desk import Event

#: The states whose availability a preview shows, in this order.
_SHOWN = (State.AVAILABLE, State.FROZEN, State.COMMITTED)


class Shift(NamedTuple):
    """What an event moves in one state: each layer as it is before, and by how much it changes, in 元."""

    state: State
    layers: list[Layer]
    moves: Mapping[Cell, Decimal]


@dataclass(frozen=True, slots=True)
class Tried:
    """An event with all that is to be said of it before it is recorded."""

    found: View
    day: date
    event: Event
    recording: Recording

    @property
    def ids(self) -> list[str]:
        """The ids of what would be recorded."""
        return [each.id for each in (self.event.draft, *self.event.further)]

    @property
    def strikes_others(self) -> bool:
        """Whether what stops it are entries that stand already and would no longer pass."""
        return bool(self.recording.findings) and not any(map(is_added, self.recording.findings))

    def shifts(self) -> Iterator[Shift]:
        """Give what each layer holds and how it changes, state by state."""
        moves, changed = self.recording.moves()
        after = replace(self.found, layers=changed)
        for state in _SHOWN:
            moved: dict[Cell, Decimal] = {}
            for place, amount in moves.items():
                if place.state is state:
                    cell = changed.pools.cell(place.cell)
                    moved[cell] = moved.get(cell, ZERO) + amount
            if moved:
                yield Shift(state, layers(after, tuple(moved), self.day, state), moved)

    def notes(self) -> Iterator[str]:
        """Say what becomes of the money and of the commitment."""
        yield from means.moved(self.found, self.recording.tried.added, self.day)
        yield from self.event.notes


def try_out(
    found: View, day: date, make: Callable[[Desk], Event], authorised: Sequence[str] = ()
) -> Tried:
    """Make an event of what a book holds on a day, and try it out. Raises RefusedError and those of `prepare`.

    `authorised` are the authorisations that the entry rests on, by their ids.
    """
    absent = authorisations.unknown(found.book, authorised)
    if absent:
        why = f"账套中没有编号为 {'、'.join(absent)} 的例外授权"
        raise RefusedError(f"{why}；请先用 yusuan authorise 登记，或核对编号")
    names = found.names(day)
    event = make(Desk(found, day, names))
    named = replace(names, lines={**names.lines, **event.named})
    draft = authorisations.resting(event.draft, authorised)
    items = [Item(draft, event.leaves, event.declared)]
    items += (Item(note, ()) for note in event.further)
    return Tried(found, day, event, prepare(found.book, items, named))
