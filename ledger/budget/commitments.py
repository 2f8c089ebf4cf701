"""What is left of a commitment (占用): committed, less what was paid on it and released."""

from __future__ import annotations

from decimal import Decimal
from typing import TYPE_CHECKING

from yusuan.ledger.budget.movement import State

if TYPE_CHECKING:
    from collections.abc import Iterable
    from collections.abc import Iterator

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
