"""The day rule: no limited balance below zero at the end of any day, whatever it is a balance of.

Increases of a day come before its decreases, decreases in an order of their own, each event as a
whole. A balance that only falls once the increases are in is lowest when the day ends, so it is
enough to look at days' ends; only a day that ends below zero is gone through again, to name the
events that did it.
"""

from __future__ import annotations

from dataclasses import dataclass
from dataclasses import field
from decimal import Decimal
from typing import TYPE_CHECKING
from typing import ClassVar
from typing import Generic
from typing import TypeVar

from yusuan.ledger.budget.checkpoint import Checkpointed
from yusuan.ledger.budget.movement import Place

if TYPE_CHECKING:
    from collections.abc import Callable
    from collections.abc import Mapping
    from datetime import date

ZERO = Decimal("0.00")
E = TypeVar("E")


@dataclass(slots=True)
class Days(Checkpointed, Generic[E]):
    """Keeps balances through days of events, and tells of each decrease that finds too little.

    `counted` gives what an event changes, `order` what the decreases of a day are sorted by,
    `report` is told the event, the place, what it held and what was asked, in 元.
    """

    STATE: ClassVar[tuple[str, ...]] = ("balances", "_day", "_today", "_suspects")

    counted: Callable[[E], Mapping[Place, Decimal]]
    order: Callable[[E], tuple[str, ...]]
    report: Callable[[E, Place, Decimal, Decimal], None]
    balances: dict[Place, Decimal] = field(default_factory=dict)
    _day: date | None = None
    _today: list[E] = field(default_factory=list)
    _suspects: set[Place] = field(default_factory=set)

    def begin(self, day: date, event: E) -> None:
        """Begin an event; events come in the order of their days."""
        if day != self._day:
            self.end_day()
            self._day = day
        self._today.append(event)

    def fall(self, day: date, event: E, places: tuple[Place, ...], amount: Decimal) -> None:
        """Take an event that only takes so much from each of these, as nearly all of a year do."""
        if day != self._day:
            self.end_day()
            self._day = day
        self._today.append(event)
        balances = self.balances
        for place in places:
            held = balances[place] = balances.get(place, ZERO) - amount
            if held < ZERO:
                self._suspects.add(place)

    def move(self, place: Place, change: Decimal) -> None:
        """Change a balance by a part of the event begun last."""
        held = self.balances[place] = self.balances.get(place, ZERO) + change
        if held < ZERO:
            self._suspects.add(place)

    def end_day(self) -> None:
        """Look at what fell below zero today; call it once more when there are no more events."""
        for place in sorted(self._suspects, key=Place.key):
            if self.balances[place] < ZERO:
                self._overdrafts(place)
        self._suspects.clear()
        self._today.clear()

    def _overdrafts(self, place: Place) -> None:
        today = ((event, self.counted(event)) for event in self._today)
        moves = [(event, changes[place]) for event, changes in today if place in changes]
        held = self.balances[place] - sum((change for _, change in moves), ZERO)
        held += sum((change for _, change in moves if change > ZERO), ZERO)
        falls = [(event, change) for event, change in moves if change < ZERO]
        for event, change in sorted(falls, key=lambda move: self.order(move[0])):
            if held + change < ZERO:
                self.report(event, place, held, -change)
            held += change
