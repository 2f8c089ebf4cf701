"""What is left of a commitment (占用): committed, less what was paid on it and released."""

from __future__ import annotations

from dataclasses import dataclass
from decimal import Decimal
from typing import TYPE_CHECKING

from yusuan.ledger.budget.line import LINE_LAYER
from yusuan.ledger.budget.movement import State

if TYPE_CHECKING:
    from collections.abc import Iterable
    from collections.abc import Iterator
    from datetime import date

    from yusuan.ledger.budget.layers import Layers
    from yusuan.ledger.budget.movement import Event
    from yusuan.ledger.budget.movement import Place

ZERO = Decimal("0.00")


def outstanding(events: Iterable[Event], layers: Layers, commitment: str) -> dict[Place, Decimal]:
    """Give what is left of a commitment by place, in 元; empty where there never was one.

    The line's committed state (94) is the sum over all its contracts; this is one of them. A
    payment, refund or reversal that names the commitment counts, whatever its date.
    """
    found: dict[Place, Decimal] = {}
    for event in events:
        for place, amount in _of(event, layers, commitment):
            found[place] = found.get(place, ZERO) + amount
    return found


def _of(event: Event, layers: Layers, commitment: str) -> Iterator[tuple[Place, Decimal]]:
    if event.derived:
        for spending, touched in zip(event.spendings, layers.of(event), strict=True):
            if spending.commitment == commitment:
                for place in touched.held:
                    yield place, -spending.amount
    elif commitment == (event.commitment or event.id):
        for shift in event.shifts:
            if shift.place.state is State.COMMITTED:
                yield shift.place, shift.amount


@dataclass(frozen=True, slots=True)
class Open:
    """A commitment of which something is left on a line: since when, and how much, in 元."""

    id: str
    line: str
    since: date
    left: Decimal
    made: Event


def unpaid(events: Iterable[Event], layers: Layers, as_of: date) -> list[Open]:
    """Give what is left of all commitments on a day by line, the oldest first."""
    left: dict[tuple[str, str], Decimal] = {}
    made: dict[str, Event] = {}
    for event in events:
        if event.date > as_of or not _commits(event):
            continue
        for commitment, place, amount in _all_of(event, layers):
            if place.cell.layer == LINE_LAYER:
                made.setdefault(commitment, event)
                key = commitment, place.cell.scope
                left[key] = left.get(key, ZERO) + amount
    found = [
        Open(commitment, line, made[commitment].date, amount, made[commitment])
        for (commitment, line), amount in left.items()
        if amount != ZERO
    ]
    return sorted(found, key=lambda each: (each.since, each.id, each.line))


def _commits(event: Event) -> bool:
    """Tell whether an event can concern a commitment at all: few of a book's payments do."""
    if event.derived:
        return any(spending.commitment for spending in event.spendings)
    return any(shift.place.state is State.COMMITTED for shift in event.shifts)


def _all_of(event: Event, layers: Layers) -> Iterator[tuple[str, Place, Decimal]]:
    names = {spending.commitment for spending in event.spendings if spending.commitment}
    for name in names if event.derived else {event.commitment or event.id}:
        for place, amount in _of(event, layers, name):
            yield name, place, amount
