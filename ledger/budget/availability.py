"""What may still be spent from a cell on a day, without overdrawing it then or later."""

from __future__ import annotations

from decimal import Decimal
from typing import TYPE_CHECKING

from yusuan.ledger.budget.deltas import deltas
from yusuan.ledger.budget.movement import State
from yusuan.ledger.budget.movement import place

if TYPE_CHECKING:
    from collections.abc import Iterable
    from datetime import date

    from yusuan.ledger.budget.layers import Layers
    from yusuan.ledger.budget.line import Cell
    from yusuan.ledger.budget.movement import Event

ZERO = Decimal("0.00")


def available(
    events: Iterable[Event], layers: Layers, cell: Cell, on: date, state: State = State.AVAILABLE
) -> Decimal:
    """Give the least that a cell holds at the end of that day or of any later one, in 元.

    What is already recorded for later days counts: money spent in May is not there to be
    spent again in March. A 款 that shares its limit with its 类 holds what the 类 does. An
    unreviewed increase does not count, as control does not count it.
    Source: project decision (DESIGN §2, availability day by day).
    """
    pools = layers.pools
    wanted = pools.place(place(cell, state))
    by_day: dict[date, Decimal] = {}
    held = ZERO
    for event in events:
        changes = deltas(event, layers)
        if pools.by_head:
            moved = [change for each, change in changes.items() if pools.place(each) is wanted]
            change = sum(moved, ZERO) if moved else None
        else:
            change = changes.get(wanted)
        if change is None or (event.pending and state is State.AVAILABLE and change > ZERO):
            continue
        if event.date <= on:
            held += change
        else:
            by_day[event.date] = by_day.get(event.date, ZERO) + change
    least = held
    for day in sorted(by_day):
        held += by_day[day]
        least = min(least, held)
    return least
