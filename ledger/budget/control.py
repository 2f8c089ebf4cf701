"""The control reducer: no state of any cell falls below zero at the end of any day.

Increases of a day come before its decreases, decreases in the order of their ids, each event
as a whole. A balance that only falls once the increases are in is lowest when the day ends, so
it is enough to look at days' ends; only a day that ends below zero is gone through again, to
name the events that did it.
"""

from __future__ import annotations

from dataclasses import dataclass
from dataclasses import field
from decimal import Decimal
from typing import TYPE_CHECKING

from yusuan.ledger.budget.deltas import deltas
from yusuan.ledger.budget.movement import Place
from yusuan.ledger.budget.movement import State

if TYPE_CHECKING:
    from collections.abc import Iterator
    from datetime import date

    from yusuan.ledger.budget.layers import Layers
    from yusuan.ledger.budget.line import Cell
    from yusuan.ledger.budget.movement import Event
    from yusuan.ledger.budget.movement import Spending
    from yusuan.ledger.budget.movement import Touched

ZERO = Decimal("0.00")


@dataclass(frozen=True, slots=True)
class Overdraft:
    """An event that asks for more than a cell holds; amounts in 元."""

    event: Event
    cell: Cell
    state: State
    available: Decimal
    asked: Decimal

    @property
    def short(self) -> Decimal:
        """How much is missing."""
        return self.asked - self.available


@dataclass(frozen=True, slots=True)
class Unreviewed:
    """An event marked `!` that would increase what is available, which it may not."""

    event: Event
    cell: Cell
    amount: Decimal


@dataclass(frozen=True, slots=True)
class Unfounded:
    """A spending that no line, or no limit of its economic class, stands behind."""

    event: Event
    spending: Spending
    problem: str


Violation = Overdraft | Unreviewed | Unfounded


@dataclass(slots=True)
class Control:
    """Walks the events in the order of their dates and collects violations."""

    layers: Layers
    balances: dict[Place, Decimal] = field(default_factory=dict)
    violations: list[Violation] = field(default_factory=list)
    _day: date | None = None
    _today: list[Event] = field(default_factory=list)
    _suspects: set[Place] = field(default_factory=set)

    def step(self, event: Event) -> None:
        """Take in one event; events come in the order of their dates."""
        if event.date != self._day:
            self._end_day()
            self._day = event.date
        self._today.append(event)
        if event.derived:
            touched = self.layers.of(event)
            self._look_behind(event, touched)
            if len(touched) == 1 and not event.pending:
                self._draw(event.spendings[0], touched[0])
                return
        if event.pending:
            self._look_ahead(event)
        for place, change in self._counted(event).items():
            if place.limited:
                self._move(place, change)

    def finish(self) -> list[Violation]:
        """End the last day and give all violations."""
        self._end_day()
        return self.violations

    def _draw(self, spending: Spending, touched: Touched) -> None:
        """Take in a payment of one part, which nearly all are, without summing it up first."""
        less = -spending.amount
        for place in touched.committed if spending.commitment else touched.available:
            self._move(place, less)

    def _move(self, place: Place, change: Decimal) -> None:
        held = self.balances[place] = self.balances.get(place, ZERO) + change
        if held < ZERO:
            self._suspects.add(place)

    def _end_day(self) -> None:
        for place in sorted(self._suspects, key=Place.key):
            if self.balances[place] < ZERO:
                self.violations.extend(self._overdrafts(place))
        self._suspects.clear()
        self._today.clear()

    def _overdrafts(self, place: Place) -> Iterator[Overdraft]:
        today = ((event, self._counted(event)) for event in self._today)
        moves = [(event, changes[place]) for event, changes in today if place in changes]
        held = self.balances[place] - sum((change for _, change in moves), ZERO)
        held += sum((change for _, change in moves if change > ZERO), ZERO)
        falls = [(event, change) for event, change in moves if change < ZERO]
        for event, change in sorted(falls, key=lambda move: _order(move[0])):
            if held + change < ZERO:
                yield Overdraft(event, place.cell, place.state, held, -change)
            held += change

    def _look_behind(self, event: Event, touched: list[Touched]) -> None:
        for spending, found in zip(event.spendings, touched, strict=True):
            if found.problem:
                self.violations.append(Unfounded(event, spending, found.problem))

    def _look_ahead(self, event: Event) -> None:
        for place, change in deltas(event, self.layers).items():
            if place.state is State.AVAILABLE and change > ZERO:
                self.violations.append(Unreviewed(event, place.cell, change))

    def _counted(self, event: Event) -> dict[Place, Decimal]:
        """Give what counts of an event: nothing that makes more available before it is reviewed."""
        changes = deltas(event, self.layers)
        if not event.pending:
            return changes
        available = State.AVAILABLE
        return {p: c for p, c in changes.items() if p.state is not available or c <= ZERO}


def _order(event: Event) -> tuple[str, str]:
    """Order the decreases of a day by id, and by what they say where ids are missing or the same."""
    return event.id, repr((event.spendings, event.shifts))
