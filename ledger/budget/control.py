"""The control reducer: no state of any cell falls below zero at the end of any day (`days`)."""

from __future__ import annotations

from dataclasses import dataclass
from dataclasses import field
from typing import TYPE_CHECKING
from typing import Any
from typing import ClassVar

from yusuan.ledger.budget.checkpoint import Checkpointed
from yusuan.ledger.budget.days import ZERO
from yusuan.ledger.budget.days import Days
from yusuan.ledger.budget.deltas import deltas
from yusuan.ledger.budget.movement import Event
from yusuan.ledger.budget.movement import State

if TYPE_CHECKING:
    from collections.abc import Callable
    from collections.abc import Iterable
    from datetime import date
    from decimal import Decimal

    from yusuan.ledger.budget.days import Dated
    from yusuan.ledger.budget.layers import Layers
    from yusuan.ledger.budget.line import Cell
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
    unbudgeted: bool = False

    @property
    def key(self) -> tuple[int, str, str]:
        """What it was spent on: year, line and 款."""
        return self.event.date.year, self.spending.line, self.spending.economic


Violation = Overdraft | Unreviewed | Unfounded
#: The places that a part of a payment draws on, and how much, in 元.
Part = tuple[tuple["Place", ...], "Decimal"]


@dataclass(slots=True)
class Control(Checkpointed):
    """Walks the events in the order of their dates and collects violations.

    A payment of which only the day and the amounts are new is taken into its `days` unread, and
    read by `read` where there turns out to be too little for it.
    """

    #: The days first: keeping them takes in what was put off, and that may be a violation.
    STATE: ClassVar[tuple[str, ...]] = ("days", "violations")

    layers: Layers
    read: Callable[[Any], Event | None] | None = None
    violations: list[Violation] = field(default_factory=list)
    days: Days[Dated] = field(init=False)

    def __post_init__(self) -> None:
        """Start with nothing approved."""
        self.days = Days(self._counted, self._order, self._overdraft)

    def step(self, event: Event) -> None:
        """Take in one event; events come in the order of their dates."""
        days = self.days
        touched = self.layers.of(event) if event.derived else []
        if len(touched) == 1 and not event.pending:
            # A payment of one part, as nearly all are, need not be summed up first.
            (spending,), (found,) = event.spendings, touched
            drawn = found.committed if spending.commitment else found.available
            places = self.pooled(drawn)
            days.fall(event.date, event, places, spending.amount)
            if found.problem:
                self._look_behind(event, touched)
            return
        days.begin(event.date, event)
        self._look_behind(event, touched)
        if event.pending:
            self._look_ahead(event)
        for place, change in self._counted(event).items():
            if not place.loose:
                days.move(place, change)

    def falls(self, day: date, entry: Dated, parts: Iterable[Part]) -> None:
        """Take in a payment of several parts, unread."""
        days = self.days
        days.begin(day, entry)
        for places, amount in parts:
            for place in places:
                days.move(place, -amount)

    def finish(self) -> list[Violation]:
        """End the last day and give all violations.

        What was let through without a budget (by an authorisation) may come back, and no more.
        """
        self.days.end_day()
        left: dict[tuple[int, str, str], Decimal] = {}
        for item in self.violations:
            if isinstance(item, Unfounded) and item.unbudgeted:
                left[item.key] = left.get(item.key, ZERO) + item.spending.amount
        return [item for item in self.violations if not _came_back(item, left)]

    def _overdraft(self, item: Dated, place: Place, held: Decimal, asked: Decimal) -> None:
        self.violations.append(Overdraft(self._event(item), place.cell, place.state, held, asked))

    def _look_behind(self, event: Event, touched: list[Touched]) -> None:
        for spending, found in zip(event.spendings, touched, strict=False):
            if found.problem:
                self.violations.append(Unfounded(event, spending, found.problem, found.unbudgeted))

    def _look_ahead(self, event: Event) -> None:
        """Find what makes more available, or sets more aside than it takes: that is spent later."""
        more: dict[Cell, Decimal] = {}
        held: dict[Cell, Decimal] = {}
        for place, change in deltas(event, self.layers).items():
            if place.state is State.AVAILABLE and change > ZERO:
                more[place.cell] = change
            if place.limited:
                held[place.cell] = held.get(place.cell, ZERO) + change
        for cell, change in held.items():
            if cell in more or change > ZERO:
                self.violations.append(Unreviewed(event, cell, more.get(cell, change)))

    def pooled(self, places: tuple[Place, ...]) -> tuple[Place, ...]:
        """Give the places that these are controlled in."""
        pools = self.layers.pools
        return tuple(map(pools.place, places)) if pools.by_head else places

    def _pooled_changes(self, changes: dict[Place, Decimal]) -> dict[Place, Decimal]:
        pools = self.layers.pools
        if not pools.by_head:
            return changes
        found: dict[Place, Decimal] = {}
        for place, change in changes.items():
            pool = pools.place(place)
            found[pool] = found.get(pool, ZERO) + change
        return found

    def _event(self, item: Dated) -> Event:
        if isinstance(item, Event):
            return item
        event = self.read(item) if self.read else None
        if event is None:
            raise TypeError(item)
        return event

    def _order(self, item: Dated) -> tuple[str, str]:
        """Order the decreases of a day by id, and by what they say where ids are missing or the same."""
        event = self._event(item)
        return event.id, repr((event.spendings, event.shifts))

    def _counted(self, item: Dated) -> dict[Place, Decimal]:
        """Give what counts of an event: nothing that makes more available before it is reviewed."""
        event = self._event(item)
        changes = self._pooled_changes(deltas(event, self.layers))
        if not event.pending:
            return changes
        available = State.AVAILABLE
        return {p: c for p, c in changes.items() if p.state is not available or c <= ZERO}


def _came_back(item: Violation, left: dict[tuple[int, str, str], Decimal]) -> bool:
    """Tell whether it is a refund of what had been spent without a budget."""
    if not isinstance(item, Unfounded) or not item.unbudgeted:
        return False
    return item.spending.amount < ZERO and left[item.key] >= ZERO
