"""The card of a budget line (指标): where its authority came from, what happened to it, what is committed.

Amounts in 元; every figure is made of the same movements as `yusuan lines` and `yusuan available`.
"""

from __future__ import annotations

from dataclasses import dataclass
from decimal import Decimal
from typing import TYPE_CHECKING

from yusuan.ledger.budget.deltas import deltas
from yusuan.ledger.budget.line import SPECIAL_LAYER
from yusuan.ledger.budget.line import line_cell
from yusuan.ledger.budget.movement import State
from yusuan.ledger.budget.movement import place

if TYPE_CHECKING:
    from collections.abc import Iterable
    from collections.abc import Iterator
    from collections.abc import Mapping
    from datetime import date

    from yusuan.ledger.budget.layers import Layers
    from yusuan.ledger.budget.line import Cell
    from yusuan.ledger.budget.line import Line
    from yusuan.ledger.budget.movement import Event
    from yusuan.ledger.budget.movement import Place

ZERO = Decimal("0.00")


@dataclass(frozen=True, slots=True)
class Move:
    """One event on a line: by how much each state changed, and what was available after it."""

    event: Event
    changes: Mapping[State, Decimal]
    available: Decimal

    @property
    def authority(self) -> Decimal:
        """By how much all authority of the line grew or shrank; what lapses is gone (DESIGN §4)."""
        kept = (amount for state, amount in self.changes.items() if state is not State.LAPSED)
        return sum(kept, ZERO)

    @property
    def amount(self) -> Decimal:
        """How much moved; below zero where authority was taken away and went nowhere."""
        gained = sum((amount for amount in self.changes.values() if amount > 0), ZERO)
        return gained or sum(self.changes.values(), ZERO)

    @property
    def out_of(self) -> tuple[State, ...]:
        """The states that it came out of."""
        return tuple(state for state, amount in self.changes.items() if amount < 0)

    @property
    def into(self) -> tuple[State, ...]:
        """The states that it went into."""
        return tuple(state for state, amount in self.changes.items() if amount > 0)


@dataclass(slots=True)
class Contract:
    """One commitment as far as it is this line's."""

    id: str
    committed: Decimal = ZERO
    released: Decimal = ZERO
    paid: Decimal = ZERO

    @property
    def left(self) -> Decimal:
        """What may still be paid or released."""
        return self.committed - self.released - self.paid


@dataclass(frozen=True, slots=True)
class LineCard:
    """All that happened to a line up to a day, in the order in which authority is judged."""

    line: Line
    moves: tuple[Move, ...]
    contracts: tuple[Contract, ...]
    #: What was paid of the line, by month (`2020-03`).
    paid: Mapping[str, Decimal]
    #: The 三公 and 采购 items that its spending touched.
    specials: tuple[Cell, ...]

    @property
    def grants(self) -> tuple[Move, ...]:
        """What gave the line authority, or took it away."""
        return tuple(move for move in self.moves if move.authority)


def line_card(events: Iterable[Event], layers: Layers, line: Line, as_of: date) -> LineCard:
    """Gather what happened to a line up to and including a day."""
    cell = line_cell(line.id)
    places = {place(cell, state): state for state in State}
    found = [event for event in events if event.date <= as_of]
    of_line = [(event, of) for event in found if (of := _changes(event, layers, places))]
    contracts: dict[str, Contract] = {}
    paid: dict[str, Decimal] = {}
    specials: dict[Cell, None] = {}
    for event, _ in of_line:
        _contracted(event, cell, contracts)
        if event.derived:
            month = f"{event.date:%Y-%m}"
            for special, amount in _spent(event, layers, line):
                paid[month] = paid.get(month, ZERO) + amount
                specials.update(dict.fromkeys(special))
    return LineCard(
        line, tuple(_moves(of_line)), tuple(contracts.values()), paid, tuple(sorted(specials))
    )


def _changes(event: Event, layers: Layers, places: Mapping[Place, State]) -> dict[State, Decimal]:
    changes = deltas(event, layers)
    return {state: changes[at] for at, state in places.items() if changes.get(at)}


def _moves(found: list[tuple[Event, dict[State, Decimal]]]) -> Iterator[Move]:
    """Run through the events as control does: by day, increases first, then by id."""

    def order(item: tuple[Event, dict[State, Decimal]]) -> tuple[date, bool, str]:
        event, changes = item
        return event.date, changes.get(State.AVAILABLE, ZERO) < 0, event.id

    available = ZERO
    for event, changes in sorted(found, key=order):
        available += changes.get(State.AVAILABLE, ZERO)
        yield Move(event, changes, available)


def _contracted(event: Event, cell: Cell, contracts: dict[str, Contract]) -> None:
    """Add to the commitments what an event does to them; they are known as `outstanding` knows them."""
    if event.derived:
        for spending in event.spendings:
            if spending.commitment and spending.line == cell.scope:
                id_ = spending.commitment
                contracts.setdefault(id_, Contract(id_)).paid += spending.amount
        return
    id_ = event.commitment or event.id
    for shift in event.shifts:
        if shift.place.cell == cell and shift.place.state is State.COMMITTED:
            contract = contracts.setdefault(id_, Contract(id_))
            if shift.amount > 0:
                contract.committed += shift.amount
            else:
                contract.released -= shift.amount


def _spent(event: Event, layers: Layers, line: Line) -> Iterator[tuple[list[Cell], Decimal]]:
    for spending, touched in zip(event.spendings, layers.of(event), strict=True):
        if spending.line == line.id:
            cells = [cell for cell in touched.cells if cell.layer == SPECIAL_LAYER]
            yield cells, spending.amount
