"""What an event does to each state of each cell, as a net amount for the whole event."""

from __future__ import annotations

from typing import TYPE_CHECKING

if TYPE_CHECKING:
    from collections.abc import Iterable
    from decimal import Decimal

    from yusuan.ledger.budget.layers import Layers
    from yusuan.ledger.budget.movement import Event
    from yusuan.ledger.budget.movement import Place
    from yusuan.ledger.budget.movement import Spending
    from yusuan.ledger.budget.movement import Touched


def deltas(event: Event, layers: Layers) -> dict[Place, Decimal]:
    """Sum an event by place; the event keeps the sums, which nobody may change.

    Payments count by their expenditure, never by legs written beside it. A payment against a
    commitment draws on what is committed, any other on what is available. Source: DESIGN §2.
    """
    if event.changes is None:
        event.changes = _changes(event, layers)
    return event.changes


def _changes(event: Event, layers: Layers) -> dict[Place, Decimal]:
    if not event.derived:
        return _summed((shift.place, shift.amount) for shift in event.shifts)
    touched = layers.of(event)
    if len(touched) == 1:
        return _spent(event.spendings[0], touched[0])
    parts = map(_spent, event.spendings, touched)
    return _summed(item for part in parts for item in part.items())


def _spent(spending: Spending, touched: Touched) -> dict[Place, Decimal]:
    found = dict.fromkeys(touched.spent, spending.amount)
    less = -spending.amount
    for place in touched.committed if spending.commitment else touched.available:
        found[place] = less
    return found


def _summed(items: Iterable[tuple[Place, Decimal]]) -> dict[Place, Decimal]:
    found: dict[Place, Decimal] = {}
    for place, amount in items:
        held = found.get(place)
        found[place] = amount if held is None else held + amount
    return found
