"""What may still be spent from a cell on a day, without overdrawing it then or later."""

from __future__ import annotations

from decimal import Decimal
from typing import TYPE_CHECKING

from yusuan.ledger.budget.deltas import deltas
from yusuan.ledger.budget.movement import State
from yusuan.ledger.budget.movement import place

if TYPE_CHECKING:
    from collections.abc import Collection
    from collections.abc import Iterable
    from collections.abc import Mapping
    from datetime import date

    from yusuan.ledger.budget.layers import Layers
    from yusuan.ledger.budget.line import Cell
    from yusuan.ledger.budget.movement import Event
    from yusuan.ledger.budget.movement import Place

ZERO = Decimal("0.00")


def available(
    events: Iterable[Event], layers: Layers, cell: Cell, on: date, state: State = State.AVAILABLE
) -> Decimal:
    """Give the least that a cell holds at the end of that day or of any later one, in 元."""
    return available_each(events, layers, (cell,), on, state)[cell]


def available_each(
    events: Iterable[Event],
    layers: Layers,
    cells: Collection[Cell],
    on: date,
    state: State = State.AVAILABLE,
) -> dict[Cell, Decimal]:
    """Give the least that each of some cells holds at the end of that day or of any later one, in 元.

    What is already recorded for later days counts: money spent in May is not there to be
    spent again in March. A 款 that shares its limit with its 类 holds what the 类 does. An
    unreviewed increase does not count, as control does not count it.
    Source: project decision (DESIGN §2, availability day by day).
    """
    pools = layers.pools
    wanted = {cell: pools.place(place(cell, state)) for cell in cells}
    held = dict.fromkeys(wanted.values(), ZERO)
    later: dict[Place, dict[date, Decimal]] = {each: {} for each in held}
    for event in events:
        moved: dict[Place, Decimal] = {}
        for each, change in deltas(event, layers).items():
            pool = pools.place(each) if pools.by_head else each
            if pool in held:
                moved[pool] = moved.get(pool, ZERO) + change
        for pool, change in moved.items():
            if event.pending and state is State.AVAILABLE and change > ZERO:
                continue
            if event.date <= on:
                held[pool] += change
            else:
                later[pool][event.date] = later[pool].get(event.date, ZERO) + change
    return {cell: _least(held[pool], later[pool]) for cell, pool in wanted.items()}


def _least(held: Decimal, later: Mapping[date, Decimal]) -> Decimal:
    least = held
    for day in sorted(later):
        held += later[day]
        least = min(least, held)
    return least
