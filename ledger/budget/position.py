"""Where authority stands on a day, by cell: what reports are made of."""

from __future__ import annotations

from dataclasses import dataclass
from dataclasses import field
from dataclasses import replace
from decimal import Decimal
from typing import TYPE_CHECKING

from yusuan.ledger.budget.deltas import deltas
from yusuan.ledger.budget.line import ECONOMIC_LAYER
from yusuan.ledger.budget.movement import Kind
from yusuan.ledger.budget.movement import State

if TYPE_CHECKING:
    from collections.abc import Iterable
    from datetime import date

    from yusuan.ledger.budget.layers import Layers
    from yusuan.ledger.budget.line import Cell
    from yusuan.ledger.budget.movement import Event
    from yusuan.ledger.budget.movement import Place

ZERO = Decimal("0.00")
#: What gives the approved budget, or only breaks it down.
_APPROVING = frozenset({Kind.APPROPRIATION, Kind.ADVANCE, Kind.ASSIGNMENT})
_APPROVED_SOURCES = frozenset({"01", "02"})


@dataclass(slots=True)
class Position:
    """One cell's authority, in 元.

    `adjusted` = 年初 + 追加 − 追减 ± 调剂 + 结转 − 年中收回 (DESIGN §4); `approved` is the
    first of these alone, with an advance standing in for the approval until it comes.
    """

    approved: Decimal = ZERO
    adjusted: Decimal = ZERO
    available: Decimal = ZERO
    frozen: Decimal = ZERO
    committed: Decimal = ZERO
    spent: Decimal = ZERO
    carried: Decimal = ZERO
    lapsed: Decimal = ZERO

    def __add__(self, other: Position) -> Position:
        """Sum two positions, figure by figure."""
        return Position(*(getattr(self, name) + getattr(other, name) for name in FIGURES))

    def move(self, state: State, amount: Decimal) -> None:
        """Put an amount into a state (or take it out)."""
        setattr(self, state.value, getattr(self, state.value) + amount)
        if state is not State.LAPSED:
            self.adjusted += amount


FIGURES = ("approved", "adjusted", "available", "frozen", "committed", "spent", "carried", "lapsed")


@dataclass(slots=True)
class Positions:
    """All cells' positions at the end of a day, and what was spent outside the economic layer."""

    cells: dict[Cell, Position] = field(default_factory=dict)
    #: Spending that no economic limit covers, by 款.
    outside: dict[str, Decimal] = field(default_factory=dict)

    def copy(self) -> Positions:
        """Give the same positions, to be added to."""
        return Positions(
            {cell: replace(position) for cell, position in self.cells.items()}, dict(self.outside)
        )

    def of(self, cell: Cell) -> Position:
        """Give a cell's position; a cell that nothing has moved is all zero."""
        return self.cells.get(cell) or Position()


@dataclass(slots=True)
class Sums:
    """What some events do together, in 元: by place, to the approved budget, outside the economic layer."""

    places: dict[Place, Decimal] = field(default_factory=dict)
    approved: dict[Cell, Decimal] = field(default_factory=dict)
    outside: dict[str, Decimal] = field(default_factory=dict)

    def add(self, event: Event, layers: Layers) -> None:
        """Add one event more."""
        places = self.places
        changes = deltas(event, layers)
        for place, amount in changes.items():
            held = places.get(place)
            places[place] = amount if held is None else held + amount
        if event.derived:
            self._spend(event, layers)
        if _approves(event):
            for place, amount in changes.items():
                if place.state is not State.LAPSED:
                    held = self.approved.get(place.cell)
                    self.approved[place.cell] = amount if held is None else held + amount

    def onto(self, found: Positions) -> Positions:
        """Add the sums to positions, which change; give them back."""
        for place, amount in self.places.items():
            position = found.cells.get(place.cell)
            if position is None:
                position = found.cells[place.cell] = Position()
            position.move(place.state, amount)
        for cell, amount in self.approved.items():
            found.cells[cell].approved += amount
        for economic, amount in self.outside.items():
            found.outside[economic] = found.outside.get(economic, ZERO) + amount
        return found

    def _spend(self, event: Event, layers: Layers) -> None:
        for spending, touched in zip(event.spendings, layers.of(event), strict=True):
            if not any(cell.layer == ECONOMIC_LAYER for cell in touched.cells):
                held = self.outside.get(spending.economic, ZERO)
                self.outside[spending.economic] = held + spending.amount


def positions(events: Iterable[Event], layers: Layers, as_of: date) -> Positions:
    """Add up the events dated up to and including a day."""
    sums = Sums()
    for event in events:
        if event.date <= as_of:
            sums.add(event, layers)
    return sums.onto(Positions())


def _approves(event: Event) -> bool:
    """Tell what changes the approved figure; a reversal takes it back with the authority."""
    if event.kind is Kind.REVERSAL:
        return any(origin.source in _APPROVED_SOURCES for origin in event.origins)
    return event.kind in _APPROVING
