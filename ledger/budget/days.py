"""The day rule: no limited balance below zero at the end of any day, whatever it is a balance of.

Increases of a day come before its decreases, decreases in an order of their own, each event as a
whole. A balance that only falls once the increases are in is lowest when the day ends, so it is
enough to look at days' ends; only a day that ends below zero is gone through again, to name the
events that did it.

Most events only take from places where there is enough. They are put off (`put_off`) and taken in
together before anything else happens (`_settle`): if a place holds as much as all of them take from it, it
cannot have fallen short between them, in whatever order they came.
"""

from __future__ import annotations

from dataclasses import dataclass
from dataclasses import field
from decimal import Decimal
from itertools import islice
from typing import TYPE_CHECKING
from typing import Any
from typing import ClassVar
from typing import Generic
from typing import Protocol
from typing import TypeVar

from yusuan.ledger.budget.checkpoint import Checkpointed
from yusuan.ledger.budget.movement import Place

if TYPE_CHECKING:
    from collections.abc import Callable
    from collections.abc import Mapping
    from collections.abc import Sequence
    from datetime import date

ZERO = Decimal("0.00")


class Dated(Protocol):
    """Something that happens on a day."""

    @property
    def date(self) -> date:
        """The day."""
        ...


E = TypeVar("E", bound=Dated)


@dataclass(slots=True)
class PutOff(Generic[E]):
    """What was put off, in the order in which it came, by columns: what takes how much from where."""

    events: list[E] = field(default_factory=list)
    places: list[tuple[Place, ...]] = field(default_factory=list)
    amounts: list[Decimal] = field(default_factory=list)


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
    _put_off: PutOff[E] = field(default_factory=PutOff)

    def put_off(
        self,
        events: Sequence[E],
        places: Sequence[tuple[Place, ...]],
        amounts: Sequence[Decimal],
    ) -> None:
        """Take events that only take, each so much from each of these places; amounts are above zero."""
        self._put_off.events += events
        self._put_off.places += places
        self._put_off.amounts += amounts

    def begin(self, day: date, event: E) -> None:
        """Begin an event; events come in the order of their days."""
        self._settle()
        if day != self._day:
            self._end_day()
            self._day = day
        self._today.append(event)

    def fall(self, day: date, event: E, places: tuple[Place, ...], amount: Decimal) -> None:
        """Take an event that only takes so much from each of these places."""
        self._settle()
        self._fall(day, event, places, amount)

    def _fall(self, day: date, event: E, places: tuple[Place, ...], amount: Decimal) -> None:
        if day != self._day:
            self._end_day()
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
        self._settle()
        self._end_day()

    def checkpoint(self) -> dict[str, Any]:
        """Give a copy of what is known, with all that was put off."""
        self._settle()
        return super(Days, self).checkpoint()  # `super()` finds no class here: it has slots

    def restore(self, saved: dict[str, Any]) -> None:
        """Go back to a checkpoint; what was put off since then is forgotten."""
        self._put_off = PutOff()
        super(Days, self).restore(saved)

    def _settle(self) -> None:
        """Take in what was put off: at once where there is enough, else event by event.

        Those of the last day are taken in one by one: the day may not be over.
        """
        put_off = self._put_off
        if not put_off.events:
            return
        self._put_off = PutOff()
        last, until = put_off.events[-1].date, len(put_off.events)
        while until and put_off.events[until - 1].date == last:
            until -= 1
        if not self._taken(put_off, until):
            until = 0
        events = zip(put_off.events, put_off.places, put_off.amounts, strict=True)
        for event, places, amount in islice(events, until, None):
            self._fall(event.date, event, places, amount)

    def _taken(self, put_off: PutOff[E], until: int) -> bool:
        """Take in at once what was put off, as far as it is of earlier days; if there is enough of it all."""
        totals: dict[tuple[Place, ...], Decimal] = {}
        for places, amount in zip(put_off.places[:until], put_off.amounts, strict=False):
            totals[places] = totals.get(places, ZERO) + amount
        taken: dict[Place, Decimal] = {}
        for places, total in totals.items():
            for place in places:
                taken[place] = taken.get(place, ZERO) + total
        balances = self.balances
        enough = all(balances.get(place, ZERO) >= amount for place, amount in taken.items())
        if enough:
            for place, amount in taken.items():
                balances[place] = balances.get(place, ZERO) - amount
        return enough

    def _end_day(self) -> None:
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
