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
    _today: list[tuple[Event, dict[Place, Decimal]]] = field(default_factory=list)
    _suspects: set[Place] = field(default_factory=set)

    def step(self, event: Event) -> None:
        """Take in one event; events come in the order of their dates."""
        if event.date != self._day:
            self._end_day()
            self._day = event.date
        if event.derived:
            self._look_behind(event)
        changes = deltas(event, self.layers)
        if event.pending:
            changes = self._without_increases(event, changes)
        if not changes:
            return
        self._today.append((event, changes))
        balances = self.balances
        for place, change in changes.items():
            if place.limited:
                held = balances[place] = balances.get(place, ZERO) + change
                if held < ZERO:
                    self._suspects.add(place)

    def finish(self) -> list[Violation]:
        """End the last day and give all violations."""
        self._end_day()
        return self.violations

    def _end_day(self) -> None:
        for place in sorted(self._suspects, key=Place.key):
            if self.balances[place] < ZERO:
                self.violations.extend(self._overdrafts(place))
        self._suspects.clear()
        self._today.clear()

    def _overdrafts(self, place: Place) -> Iterator[Overdraft]:
        moves = [(event, changes[place]) for event, changes in self._today if place in changes]
        held = self.balances[place] - sum((change for _, change in moves), ZERO)
        held += sum((change for _, change in moves if change > ZERO), ZERO)
        falls = [(event, change) for event, change in moves if change < ZERO]
        for event, change in sorted(falls, key=lambda move: _order(move[0])):
            if held + change < ZERO:
                yield Overdraft(event, place.cell, place.state, held, -change)
            held += change

    def _look_behind(self, event: Event) -> None:
        for spending, touched in zip(event.spendings, self.layers.of(event), strict=True):
            if touched.problem:
                self.violations.append(Unfounded(event, spending, touched.problem))

    def _without_increases(
        self, event: Event, changes: dict[Place, Decimal]
    ) -> dict[Place, Decimal]:
        kept = {}
        for place, change in changes.items():
            if place.state is State.AVAILABLE and change > ZERO:
                self.violations.append(Unreviewed(event, place.cell, change))
            else:
                kept[place] = change
        return kept


def _order(event: Event) -> tuple[str, str]:
    """Order the decreases of a day by id, and by what they say where ids are missing or the same."""
    return event.id, repr((event.spendings, event.shifts))
