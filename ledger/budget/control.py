"""The control reducer: no state of any cell falls below zero at the end of any day (`days`)."""

from __future__ import annotations

from dataclasses import dataclass
from dataclasses import field
from typing import TYPE_CHECKING

from yusuan.ledger.budget.days import ZERO
from yusuan.ledger.budget.days import Days
from yusuan.ledger.budget.deltas import deltas
from yusuan.ledger.budget.movement import State

if TYPE_CHECKING:
    from decimal import Decimal

    from yusuan.ledger.budget.layers import Layers
    from yusuan.ledger.budget.line import Cell
    from yusuan.ledger.budget.movement import Event
    from yusuan.ledger.budget.movement import Place
    from yusuan.ledger.budget.movement import Spending
    from yusuan.ledger.budget.movement import Touched


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

    @property
    def excess(self) -> Decimal:
        """By how much this event makes it worse: what was missing before it is not its doing."""
        return self.asked - max(self.available, ZERO)


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
    violations: list[Violation] = field(default_factory=list)
    _days: Days[Event] = field(init=False)

    def __post_init__(self) -> None:
        """Start with nothing approved."""
        self._days = Days(self._counted, _order, self._overdraft)

    def step(self, event: Event) -> None:
        """Take in one event; events come in the order of their dates."""
        days = self._days
        touched = self.layers.of(event) if event.derived else []
        if len(touched) == 1 and not event.pending:
            # A payment of one part, as nearly all are, need not be summed up first.
            (spending,), (found,) = event.spendings, touched
            places = found.committed if spending.commitment else found.available
            days.fall(event.date, event, places, spending.amount)
            if found.problem:
                self._look_behind(event, touched)
            return
        days.begin(event.date, event)
        self._look_behind(event, touched)
        if event.pending:
            self._look_ahead(event)
        for place, change in self._counted(event).items():
            if place.limited:
                days.move(place, change)

    def finish(self) -> list[Violation]:
        """End the last day and give all violations."""
        self._days.end_day()
        return self.violations

    def _overdraft(self, event: Event, place: Place, held: Decimal, asked: Decimal) -> None:
        self.violations.append(Overdraft(event, place.cell, place.state, held, asked))

    def _look_behind(self, event: Event, touched: list[Touched]) -> None:
        for spending, found in zip(event.spendings, touched, strict=False):
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
